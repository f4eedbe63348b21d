//! A visitor asks for mails. The form itself is a public document.

use app::pages::subscribe::{Typed, asked, page, too_often};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use chrono::TimeDelta;

use super::{act, refused, show};
use crate::actions::ActionError;
use crate::actions::subscribers::{actor, subscribe};
use crate::domain::address;
use crate::store::{StoreError, pages};
use crate::web::form::Form;
use crate::web::limits::Limited;
use crate::web::router::{Guard, Route, Shared};
use crate::web::session::Client;
use crate::web::{problem, wishes};

/// The routes of this file.
pub const ROUTES: &[Route] = &[Route::new("POST", "/subscribe", Guard::Visitor, || post(ask))];

async fn ask(State(shared): State<Shared>, Extension(client): Extension<Client>, body: Bytes) -> Response {
    if shared.config.smtp.is_none() {
        return show(&shared, StatusCode::NOT_FOUND, |view| page(view, &Typed::default()));
    }
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let email = form.text("email");
    // A field that people cannot see was filled in by a program; it is told what everybody is told.
    if !form.text("website").is_empty() {
        return show(&shared, StatusCode::OK, |view| asked(view, &email));
    }
    let (wished, unreadable) = wishes::read(&form);
    // What cannot be used asks nobody for anything, so it is not counted.
    if unreadable.is_empty()
        && let Ok(address) = address::parse_of_stranger(&email)
        && let Err(wait) = within_limits(&shared, client, &address)
    {
        return problem::later(show(&shared, StatusCode::TOO_MANY_REQUESTS, too_often), wait);
    }
    let done = if unreadable.is_empty() { subscribed(&shared, &email, &wished, &form.text("time_zone")).await } else { Ok(()) };
    match wishes::wrong(unreadable, done) {
        Ok(wrong) if wrong.is_empty() => {
            shared.signals.outbox.notify_one();
            show(&shared, StatusCode::OK, |view| asked(view, &email))
        }
        Ok(wrong) => show(&shared, StatusCode::UNPROCESSABLE_ENTITY, |view| page(view, &Typed { email, wishes: wished, wrong })),
        Err(error) => refused(&shared, &error),
    }
}

/// By client, by mailbox, and all together: whoever uses us to flood somebody's mailbox is stopped by one of them (reliability X46).
pub(super) fn within_limits(shared: &Shared, client: Client, address: &str) -> Result<(), TimeDelta> {
    let now = shared.clock.now();
    shared.limits.allow(Limited::Subscribe, &client.key(), now)?;
    shared.limits.allow(Limited::Mailbox, &address::mailbox(address), now)?;
    shared.limits.allow(Limited::Subscriptions, "", now)?;
    Ok(())
}

async fn subscribed(shared: &Shared, email: &str, wished: &app::words::Wishes, zone: &str) -> Result<(), ActionError> {
    let page: Result<_, StoreError> = async { pages::default_page(&mut shared.db.read().await?).await }.await;
    let page = page?.ok_or(ActionError::Missing("page"))?;
    // Their browser says it, where it runs scripts; what is no zone that we know is as good as none.
    subscribe(&act(shared, &actor(None)), &page.id, email, wished, zone.parse().ok()).await
}
