//! A member's own account.

use app::pages::staff::account;
use app::staff::Wrong;
use app::words::Role;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::set_up::chosen;
use crate::actions::ActionError;
use crate::actions::people::members;
use crate::actions::people::sessions::Token;
use crate::domain::address;
use crate::store::{StoreError, staff};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::limits::Limited;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/people/me";

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("POST", HERE, Guard::Staff(Role::Viewer), || post(change_password)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    answer(&shared, &caller, StatusCode::OK, &[])
}

async fn change_password(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Extension(session): Extension<Token>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let again = |status, field: &str, sentence: String| answer(&shared, &caller, status, &[Wrong { field: field.to_owned(), sentence }]);
    let (password, wrong) = chosen(&form);
    let Some(password) = password else { return answer(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, &wrong) };
    // Whoever finds a browser that was left open cannot guess here either.
    let key = format!("account:{}", caller.member.as_ref().map(|member| address::key(&member.email)).unwrap_or_default());
    if let Err(wait) = shared.limits.allow(Limited::SignIn, &key, shared.clock.now()) {
        let sentence = format!("Too many tries. Please wait {} seconds, then try again.", wait.num_seconds() + 1);
        return problem::later(again(StatusCode::TOO_MANY_REQUESTS, "current", sentence), wait);
    }
    match change(&shared, &caller, &session, form.raw("current").to_owned(), password).await {
        Ok(true) => {
            shared.limits.forgive(Limited::SignIn, &key);
            flash::to(HERE, "Your password is changed, and you are signed out everywhere else.")
        }
        Ok(false) => again(StatusCode::UNPROCESSABLE_ENTITY, "current", "This is not your password now.".to_owned()),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

/// Changes it, if `current` is the password now.
async fn change(
    shared: &Shared,
    caller: &Caller,
    session: &Token,
    current: String,
    password: crate::domain::password::Password,
) -> Result<bool, ActionError> {
    let id = caller.actor.id.as_ref().ok_or(ActionError::Missing("person"))?;
    let kept = async {
        let mut tx = shared.db.read().await?;
        Ok::<_, StoreError>(staff::by_id(&mut tx, &caller.page.id, id).await?.and_then(|record| record.password_hash))
    };
    if !shared.passwords.verify(current, kept.await?).await? {
        return Ok(false);
    }
    let hashed = shared.passwords.hash(password).await?;
    members::change_password(caller.act(shared), &caller.page.id, id, hashed, session).await?;
    Ok(true)
}

fn answer(shared: &Shared, caller: &Caller, status: StatusCode, wrong: &[Wrong]) -> Response {
    let email = caller.member.as_ref().map_or("", |member| member.email.as_str());
    problem::html(status, account::page(&super::frame(shared, caller, HERE, None), email, wrong))
}
