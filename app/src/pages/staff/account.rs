//! A member's own account.

use leptos::prelude::*;

use super::set_up::new_password;
use crate::parts::form::{self, Input, Weight};
use crate::staff::{Frame, Wrong, document};

/// Who they are, and the form to change their password.
#[must_use]
pub fn page(frame: &Frame, email: &str, wrong: &[Wrong]) -> String {
    document(frame, "Your account", || {
        let current = Input {
            name: "current",
            label: "Your password now",
            kind: "password",
            complete: "current-password",
            required: true,
            wrong,
            ..Input::default()
        };
        view! {
            <h1>"Your account"</h1>
            <p>{format!("You are signed in as {email}.")}</p>
            <section>
                <h2>"Change your password"</h2>
                <p>"You are signed out everywhere else."</p>
                {form::problems(wrong)}
                <form method="post" action="/staff/people/me">
                    {form::text(&current)}
                    {new_password(wrong)}
                    <div class="acts">{form::button(Weight::Primary, "Change the password")}</div>
                </form>
            </section>
        }
        .into_any()
    })
}
