//! The way in.

use leptos::prelude::*;

use crate::parts::form::{self, Input, Weight};
use crate::staff::{Frame, Wrong, document};

/// What the form holds.
#[derive(Clone, Debug, Default)]
pub struct SignIn<'a> {
    /// The address, as it was typed.
    pub email: &'a str,
    /// Where to go on afterwards.
    pub next: &'a str,
    /// What is wrong.
    pub wrong: &'a [Wrong],
}

/// The form.
#[must_use]
pub fn page(frame: &Frame, sign_in: &SignIn) -> String {
    document(frame, "Sign in", || {
        let email = Input {
            name: "email",
            label: "E-mail address",
            value: sign_in.email,
            kind: "email",
            complete: "username",
            required: true,
            wrong: sign_in.wrong,
            ..Input::default()
        };
        let password = Input {
            name: "password",
            label: "Password",
            kind: "password",
            complete: "current-password",
            required: true,
            wrong: sign_in.wrong,
            ..Input::default()
        };
        view! {
            <h1>"Sign in"</h1>
            {form::problems(sign_in.wrong)}
            <form method="post" action="/staff/sign-in">
                {form::hidden("next", sign_in.next)}
                {form::text(&email)}
                {form::text(&password)}
                <div class="acts">{form::button(Weight::Primary, "Sign in")}</div>
            </form>
            <p class="hint">"Password forgotten? An owner can hand you a link to choose another."</p>
        }
        .into_any()
    })
}
