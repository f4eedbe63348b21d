//! A subscriber asks for the link to their subscription.

use app::pages::way::{HERE, asked, page};
use app::staff::Wrong;
use app::words::Id;
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::asking::{LINKING, by_mail};
use super::{Visit, act, refused, show};
use crate::actions::subscribers::{actor, send_link};
use crate::web::router::{Guard, Route};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] =
    &[Route::new("GET", HERE, Guard::Visitor, || get(open)), Route::new("POST", HERE, Guard::Visitor, || post(send))];

async fn open(visit: Visit) -> Response {
    show(&visit, StatusCode::OK, |view| page(view, "", &[]))
}

async fn send(visit: Visit, Extension(client): Extension<Client>, body: Bytes) -> Response {
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let email = form.text("email");
    let again = |status, wrong: &[Wrong]| show(&visit, status, |view| page(view, &email, wrong));
    let answered = || show(&visit, StatusCode::OK, |view| asked(view, &email));
    let request = async |page: &Id, email: &str| send_link(&act(&visit, &actor(None)), page, email).await;
    match by_mail(&visit, client, &form, LINKING, again, answered, request).await {
        Ok(answer) => answer,
        Err(error) => refused(&visit, &error),
    }
}
