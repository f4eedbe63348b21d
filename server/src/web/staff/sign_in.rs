//! In and out.

use app::pages::staff::sign_in::{self, SignIn};
use app::staff::Wrong;
use app::words::Role;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::TimeDelta;

use super::{default_page, outside};
use crate::actions::people::sessions::{self, SignInError, Token};
use crate::domain::address;
use crate::store::pages::PageRecord;
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::limits::Limited;
use crate::web::router::{Guard, Route, Shared};
use crate::web::session::{self, Client};
use crate::web::{flash, problem};

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/staff/sign-in", Guard::Entrance, || get(show)),
    Route::new("POST", "/staff/sign-in", Guard::Entrance, || post(enter)),
    Route::new("POST", "/staff/sign-out", Guard::Staff(Role::Viewer), || post(leave)),
];

async fn show(State(shared): State<Shared>, RawQuery(query): RawQuery) -> Response {
    let page = match default_page(&shared.db).await {
        Ok(page) => page,
        Err(away) => return away,
    };
    let next = Form::of_query(query.as_deref()).text("next");
    answer(&shared, &page, StatusCode::OK, &SignIn { next: within(&next), ..SignIn::default() })
}

async fn enter(State(shared): State<Shared>, Extension(client): Extension<Client>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let page = match default_page(&shared.db).await {
        Ok(page) => page,
        Err(away) => return away,
    };
    let (email, next) = (form.text("email"), form.text("next"));
    let again = |status, sentence: String| {
        let wrong = [Wrong { field: String::new(), sentence }];
        answer(&shared, &page, status, &SignIn { email: &email, next: within(&next), wrong: &wrong })
    };
    let now = shared.clock.now();
    let keys = [format!("account:{}", address::key(&email)), client.key()];
    for key in &keys {
        if let Err(wait) = shared.limits.allow(Limited::SignIn, key, now) {
            let sentence = format!("Too many tries. Please wait {} seconds, then try again.", wait.num_seconds() + 1);
            return problem::later(again(StatusCode::TOO_MANY_REQUESTS, sentence), wait);
        }
    }
    let begun = match sessions::sign_in(&shared.db, &shared.passwords, &page.id, &email, form.raw("password").to_owned(), now).await {
        Ok(Some(begun)) => begun,
        Ok(None) => {
            let sentence = "Nobody can sign in with this address and this password. Check both, and whether capitals are locked.";
            return again(StatusCode::UNPROCESSABLE_ENTITY, sentence.to_owned());
        }
        Err(SignInError::Busy(busy)) => {
            return problem::later(again(StatusCode::SERVICE_UNAVAILABLE, busy.to_string()), TimeDelta::seconds(3));
        }
        Err(SignInError::Store(error)) => return problem::away(&error),
    };
    for key in &keys {
        shared.limits.forgive(Limited::SignIn, key);
    }
    let mut response = flash::silently_to(within(&next));
    session::give(&mut response, &begun.token, &shared.config);
    response
}

async fn leave(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Extension(token): Extension<Token>) -> Response {
    if let Err(error) = sessions::sign_out(caller.act(&shared), &caller.page.id, &token).await {
        return problem::refused(&super::frame(&shared, &caller, "/staff", None), &error);
    }
    let mut response = flash::silently_to("/staff/sign-in");
    session::take(&mut response, &shared.config);
    response
}

/// Where to go on: only ever to a page of staff, so that a link cannot lead through the sign-in to somewhere else.
fn within(next: &str) -> &str {
    let below = next.strip_prefix("/staff").is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    let plain = next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if below && plain { next } else { "/staff" }
}

fn answer(shared: &Shared, page: &PageRecord, status: StatusCode, shown: &SignIn) -> Response {
    problem::html(status, sign_in::page(&outside(shared, page, "/staff/sign-in"), shown))
}
