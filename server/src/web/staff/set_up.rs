//! The two ways in without a password: the one-time address of the first owner, and invitations.

use app::pages::staff::set_up;
use app::staff::Wrong;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::TimeDelta;

use super::{default_page, outside};
use crate::actions::people::sessions::Begun;
use crate::actions::people::{members, set_up as action};
use crate::actions::{Act, ActionError, Actor};
use crate::domain::address;
use crate::domain::password::{BadPassword, Password};
use crate::store::StoreError;
use crate::store::pages::PageRecord;
use crate::store::staff::StaffRecord;
use crate::web::form::Form;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem, session};

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/staff/set-up/{token}", Guard::Entrance, || get(show)),
    Route::new("POST", "/staff/set-up/{token}", Guard::Entrance, || post(become_owner)),
    Route::new("GET", "/staff/invitation/{token}", Guard::Entrance, || get(show_invitation)),
    Route::new("POST", "/staff/invitation/{token}", Guard::Entrance, || post(accept)),
];

async fn show(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    match open(&shared, &token).await {
        Ok(page) => problem::html(StatusCode::OK, set_up::page(&outside(&shared, &page, ""), &own_address(&token), "", &[])),
        Err(refused) => refused,
    }
}

async fn become_owner(State(shared): State<Shared>, Path(token): Path<String>, body: Bytes) -> Response {
    let page = match open(&shared, &token).await {
        Ok(page) => page,
        Err(refused) => return refused,
    };
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let frame = outside(&shared, &page, "");
    let email = form.text("email");
    let again =
        |wrong: &[Wrong]| problem::html(StatusCode::UNPROCESSABLE_ENTITY, set_up::page(&frame, &own_address(&token), &email, wrong));
    let (password, mut wrong) = chosen(&form);
    if let Err(bad) = address::parse(&email) {
        wrong.insert(0, Wrong { field: "email".to_owned(), sentence: bad.to_string() });
    }
    let (Some(password), true) = (password, wrong.is_empty()) else { return again(&wrong) };
    let done = async {
        let hashed = shared.passwords.hash(password).await?;
        action::first_owner(&shared.db, &page.id, &email, hashed, shared.clock.now()).await
    };
    match done.await {
        Ok(begun) => enter(&shared, &begun, "Allclear is set up, and you are its owner."),
        Err(ActionError::Invalid(problems)) => again(&super::wrong(&problems)),
        Err(error) => problem::refused(&frame, &error),
    }
}

async fn show_invitation(State(shared): State<Shared>, Path(token): Path<String>) -> Response {
    match invited(&shared, &token).await {
        Ok((page, record)) => {
            let frame = outside(&shared, &page, "");
            problem::html(StatusCode::OK, set_up::invitation(&frame, &invitation_address(&token), &record.member.email, &[]))
        }
        Err(refused) => refused,
    }
}

async fn accept(State(shared): State<Shared>, Path(token): Path<String>, body: Bytes) -> Response {
    let (page, record) = match invited(&shared, &token).await {
        Ok(known) => known,
        Err(refused) => return refused,
    };
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let frame = outside(&shared, &page, "");
    let (password, wrong) = chosen(&form);
    let Some(password) = password else {
        let document = set_up::invitation(&frame, &invitation_address(&token), &record.member.email, &wrong);
        return problem::html(StatusCode::UNPROCESSABLE_ENTITY, document);
    };
    let system = Actor::system();
    let act = Act { db: &shared.db, actor: &system, now: shared.clock.now(), undo: TimeDelta::zero() };
    let done = async {
        let hashed = shared.passwords.hash(password).await?;
        let secret = shared.secret.get().ok_or(ActionError::Missing("invitation"))?;
        members::accept(act, secret, &page.id, &token, hashed).await
    };
    match done.await {
        Ok(begun) => enter(&shared, &begun, "Your password is set, and you are signed in."),
        Err(error) => problem::refused(&frame, &error),
    }
}

/// A password typed twice, and what is wrong with it.
pub(super) fn chosen(form: &Form) -> (Option<Password>, Vec<Wrong>) {
    match Password::typed_twice(form.raw("password"), form.raw("again")) {
        Ok(password) => (Some(password), Vec::new()),
        Err(bad) => {
            let field = if bad == BadPassword::Different { "again" } else { "password" };
            (None, vec![Wrong { field: field.to_owned(), sentence: bad.to_string() }])
        }
    }
}

fn enter(shared: &Shared, begun: &Begun, sentence: &str) -> Response {
    let mut response = flash::to("/staff", sentence);
    session::give(&mut response, &begun.token, &shared.config);
    response
}

fn own_address(token: &str) -> String {
    format!("/staff/set-up/{token}")
}

fn invitation_address(token: &str) -> String {
    format!("/staff/invitation/{token}")
}

/// The page that waits for its first owner, if that is its token.
async fn open(shared: &Shared, token: &str) -> Result<PageRecord, Response> {
    let page = default_page(&shared.db).await?;
    if !action::proves(shared.secret.get().ok_or_else(starting)?, &page, token) {
        return Err(nothing(shared, &page));
    }
    let asked = async {
        let mut tx = shared.db.read().await?;
        action::is_open(&mut tx, &page.id).await
    };
    if asked.await.map_err(|error: StoreError| problem::away(&error))? { Ok(page) } else { Err(nothing(shared, &page)) }
}

/// Whose invitation it is.
async fn invited(shared: &Shared, token: &str) -> Result<(PageRecord, StaffRecord), Response> {
    let page = default_page(&shared.db).await?;
    let secret = shared.secret.get().ok_or_else(starting)?;
    let asked = async {
        let mut tx = shared.db.read().await?;
        members::invited(&mut tx, secret, &page.id, token, shared.clock.now()).await
    };
    match asked.await.map_err(|error: StoreError| problem::away(&error))? {
        Some(record) => Ok((page, record)),
        None => Err(nothing(shared, &page)),
    }
}

/// For as long as the database has not answered for the first time, and nobody knows the key.
fn starting() -> Response {
    problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, problem::AWAY), TimeDelta::seconds(5))
}

/// The same for a wrong address, one that was used and one that lapsed.
fn nothing(shared: &Shared, page: &PageRecord) -> Response {
    let sentence = "This address leads nowhere, or was used already. If you have an account, sign in; if not, ask an owner for a link.";
    problem::page(&outside(shared, page, ""), StatusCode::NOT_FOUND, "Not found", sentence)
}
