//! Choosing a password: of the first owner at the one-time address, and of whoever was invited.

use leptos::prelude::*;

use crate::parts::form::{self, Input, Weight};
use crate::staff::{Frame, Wrong, document};

/// The first owner: address and password.
#[must_use]
pub fn page(frame: &Frame, action: &str, email: &str, wrong: &[Wrong]) -> String {
    document(frame, "Set up", || {
        let input = Input {
            name: "email",
            label: "Your e-mail address",
            value: email,
            hint: "You sign in with it, and hear there when something fails.",
            kind: "email",
            complete: "username",
            required: true,
            wrong,
            ..Input::default()
        };
        view! {
            <h1>"Set up Allclear"</h1>
            <p>"You become the first owner, who may do everything and add others. This address works once."</p>
            {form::problems(wrong)}
            <form method="post" action=action.to_owned()>
                {form::text(&input)}
                {new_password(wrong)}
                <div class="acts">{form::button(Weight::Primary, "Become the owner")}</div>
            </form>
        }
        .into_any()
    })
}

/// Somebody who was invited, or who forgot their password.
#[must_use]
pub fn invitation(frame: &Frame, action: &str, email: &str, wrong: &[Wrong]) -> String {
    document(frame, "Choose a password", || {
        view! {
            <h1>"Choose a password"</h1>
            <p>{format!("You sign in as {email}.")}</p>
            {form::problems(wrong)}
            <form method="post" action=action.to_owned()>
                // Password managers store the pair they see.
                <input type="hidden" name="username" value=email.to_owned() autocomplete="username"/>
                {new_password(wrong)}
                <div class="acts">{form::button(Weight::Primary, "Choose this password and sign in")}</div>
            </form>
        }
        .into_any()
    })
}

/// A new password, typed twice.
pub(super) fn new_password(wrong: &[Wrong]) -> AnyView {
    let password = Input {
        name: "password",
        label: "New password",
        hint: "At least 12 characters. A few unrelated words make a good one.",
        kind: "password",
        complete: "new-password",
        required: true,
        wrong,
        ..Input::default()
    };
    let again = Input { name: "again", label: "The same password again", hint: "", ..password };
    view! { {form::text(&password)}{form::text(&again)} }.into_any()
}
