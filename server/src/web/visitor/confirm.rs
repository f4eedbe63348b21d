//! A subscriber confirms, or asks for another link.

use app::pages::confirm::{ask, done, lapsed, not_again, sent_again};
use app::words::{Subscriber, SubscriberState};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::{Link, Visit, act, refused, show, unknown_link};
use crate::actions::ActionError;
use crate::actions::subscribers::{self, Confirmation, actor};
use crate::secret::Purpose;
use crate::web::form::Form;
use crate::web::limits::Limited;
use crate::web::router::{Guard, Route};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/confirm/{token}", Guard::Visitor, || get(open)),
    Route::new("POST", "/confirm/{token}", Guard::Visitor, || post(press)),
];

async fn open(visit: Visit, Path(token): Path<String>) -> Response {
    let (link, subscriber) = match Link::owner(&visit, &token, Purpose::Confirm).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    match subscriber.state {
        SubscriberState::Active => confirmed(&visit, &link, &subscriber),
        SubscriberState::Pending if subscriber.confirm_expires_at.is_some_and(|until| visit.clock.now() < until) => {
            show(&visit, StatusCode::OK, |view| ask(view, &token))
        }
        SubscriberState::Pending => show(&visit, StatusCode::GONE, |view| lapsed(view, &token)),
        SubscriberState::Quarantined | SubscriberState::Unsubscribed => unknown_link(&visit),
    }
}

async fn press(visit: Visit, Extension(client): Extension<Client>, Path(token): Path<String>, body: Bytes) -> Response {
    let (link, subscriber) = match Link::owner(&visit, &token, Purpose::Confirm).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    if Form::read(&body).is_ok_and(|form| form.flag("again")) {
        return again(&visit, &link, &subscriber).await;
    }
    let actor = actor(Some(subscriber.id.clone()));
    match subscribers::confirm(&act(&visit, &actor), &link.page, &subscriber.id).await {
        Ok(Confirmation::Active) => {
            // Who confirms was no flood: many colleagues behind one address may subscribe on the worst day (design §8).
            if subscriber.state == SubscriberState::Pending {
                visit.limits.forgive(Limited::Subscribe, &client.key());
            }
            confirmed(&visit, &link, &subscriber)
        }
        Ok(Confirmation::Lapsed) if subscriber.state == SubscriberState::Pending => {
            show(&visit, StatusCode::GONE, |view| lapsed(view, &token))
        }
        Ok(Confirmation::Lapsed) => unknown_link(&visit),
        Err(error) => refused(&visit, &error),
    }
}

async fn again(visit: &Visit, link: &Link, subscriber: &Subscriber) -> Response {
    if visit.config.smtp.is_none() {
        return show(visit, StatusCode::CONFLICT, not_again);
    }
    let actor = actor(Some(subscriber.id.clone()));
    match subscribers::resend_confirmation(&act(visit, &actor), &link.page, &subscriber.id).await {
        Ok(_) => {
            visit.signals.outbox.notify_one();
            show(visit, StatusCode::OK, sent_again)
        }
        Err(ActionError::Conflict(_)) => show(visit, StatusCode::CONFLICT, not_again),
        Err(error) => refused(visit, &error),
    }
}

fn confirmed(visit: &Visit, link: &Link, subscriber: &Subscriber) -> Response {
    let manage = link.path("subscription", Purpose::Manage, subscriber);
    show(visit, StatusCode::OK, |view| done(view, &manage))
}
