//! A visitor asks for mails. The form itself is a public document.

use app::pages::subscribe::{Typed, asked, page};
use axum::Extension;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;

use super::asking::{SUBSCRIBING, evenly, is_trapped, kept_back, no_mail, within};
use super::{Visit, act, current, refused, show};
use crate::actions::subscribers::{Reader, actor, subscribe};
use crate::web::router::{Guard, Route};
use crate::web::session::Client;
use crate::web::wishes;

/// The routes of this file.
pub const ROUTES: &[Route] = &[Route::new("POST", "/subscribe", Guard::Visitor, || post(ask))];

async fn ask(visit: Visit, Extension(client): Extension<Client>, body: Bytes) -> Response {
    if visit.config.smtp.is_none() {
        return show(&visit, StatusCode::NOT_FOUND, |view| page(view, &Typed::default()));
    }
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let view = match current(&visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let email = form.text("email");
    if is_trapped(&form) {
        return show(&visit, StatusCode::OK, |view| asked(view, &email));
    }
    let (wished, mut unreadable) = wishes::read(&form);
    if unreadable.is_empty() {
        if let Err(kept) = within(&visit, client, &form, SUBSCRIBING) {
            return kept_back(&visit, &form, kept);
        }
        unreadable.extend(no_mail(&visit, &email).await);
    }
    // Their browser says the zone, where it runs scripts; what is none that we know is as good as none.
    let reader = Reader { zone: form.text("time_zone").parse().ok(), language: visit.reads().code() };
    let (actor, here) = (actor(None), &view.page.id);
    let done = if unreadable.is_empty() { evenly(subscribe(&act(&visit, &actor), here, &email, &wished, &reader)).await } else { Ok(()) };
    match wishes::wrong(visit.reads(), unreadable, done) {
        Ok(wrong) if wrong.is_empty() => {
            visit.signals.outbox.notify_one();
            show(&visit, StatusCode::OK, |view| asked(view, &email))
        }
        Ok(wrong) => show(&visit, StatusCode::UNPROCESSABLE_ENTITY, |view| page(view, &Typed { email, wishes: wished, wrong })),
        Err(error) => refused(&visit, &error),
    }
}
