//! Somebody who reads a shared address confirms by the link that was mailed to it that it leaves.

use app::pages::leave::{ask, lapsed};
use app::pages::unsubscribe::done;
use app::words::{Subscriber, SubscriberState};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::{Link, Visit, act, refused, show, unknown_link};
use crate::actions::subscribers::{Leaving, actor, holds, leave};
use crate::secret::Purpose;
use crate::web::router::{Guard, Route};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/leave/{token}", Guard::Visitor, || get(open)),
    Route::new("POST", "/leave/{token}", Guard::Visitor, || post(press)),
];

/// Whose link it is: the one of the mail that was written last, as long as it holds and after.
async fn owner(visit: &Visit, token: &str) -> Result<(Link, Subscriber), Response> {
    let mut link = Link::look(visit, token).await?;
    let found = link.subscriber.take();
    let proven = |s: &Subscriber| {
        let secret = &link.secret;
        s.leave_asked_at.is_some_and(|at| secret.proves_dated(token, Purpose::Leave, &link.page, &s.id, s.token_epoch, at))
    };
    match found.filter(proven) {
        Some(subscriber) => Ok((link, subscriber)),
        None => Err(unknown_link(visit)),
    }
}

async fn open(visit: Visit, Path(token): Path<String>) -> Response {
    let (_, subscriber) = match owner(&visit, &token).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    match subscriber.state {
        SubscriberState::Unsubscribed => show(&visit, StatusCode::OK, done),
        _ if holds(&subscriber, visit.clock.now()) => show(&visit, StatusCode::OK, |view| ask(view, &token)),
        _ => show(&visit, StatusCode::GONE, lapsed),
    }
}

async fn press(visit: Visit, Path(token): Path<String>) -> Response {
    let (link, subscriber) = match owner(&visit, &token).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let actor = actor(Some(subscriber.id.clone()));
    match leave(&act(&visit, &actor), &link.page, &subscriber.id).await {
        Ok(Leaving::Lapsed) => show(&visit, StatusCode::GONE, lapsed),
        Ok(_) => show(&visit, StatusCode::OK, done),
        Err(error) => refused(&visit, &error),
    }
}
