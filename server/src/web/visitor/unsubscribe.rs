//! A subscriber leaves: by the button, or by their mail program in one click (RFC 8058), without cookies, origin or redirect. An address
//! that several people read is mailed first: one of them alone does not end what the others want.

use app::pages::leave::asked;
use app::pages::unsubscribe::{ask, done};
use app::words::{Id, SubscriberState};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::{Link, Visit, act, refused, show, unknown_link};
use crate::actions::ActionError;
use crate::actions::subscribers::{Leaving, actor, asks_first, unsubscribe};
use crate::secret::{Purpose, Secret};
use crate::web::router::{Guard, Route};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/unsubscribe/{token}", Guard::Visitor, || get(open)),
    Route::new("POST", "/unsubscribe/{token}", Guard::Visitor, || post(leave)),
];

/// How often somebody may have subscribed anew whose row is gone: only then a link of theirs is not recognised any more.
const FORGOTTEN_EPOCHS: i64 = 16;

impl Link {
    /// Whose link to leave it is. Leaving works from every mail ever sent: from those before the address subscribed anew, and from
    /// those to a subscriber who was removed since.
    fn leaves(&self, token: &str) -> Option<Id> {
        let id = Secret::subject(token)?;
        let newest = self.subscriber.as_ref().map_or(FORGOTTEN_EPOCHS, |subscriber| subscriber.token_epoch);
        (0..=newest).any(|epoch| self.secret.proves(token, Purpose::Unsubscribe, &self.page, &id, epoch)).then_some(id)
    }
}

async fn open(visit: Visit, Path(token): Path<String>) -> Response {
    let link = match Link::look(&visit, &token).await {
        Ok(link) => link,
        Err(refused) => return refused,
    };
    if link.leaves(&token).is_none() {
        return unknown_link(&visit);
    }
    let there = link.subscriber.filter(|subscriber| subscriber.state != SubscriberState::Unsubscribed);
    let mail = visit.config.smtp.is_some();
    show(&visit, StatusCode::OK, |view| match there {
        Some(subscriber) => ask(view, &token, mail && asks_first(&subscriber)),
        None => done(view),
    })
}

async fn leave(visit: Visit, Path(token): Path<String>) -> Response {
    let link = match Link::look(&visit, &token).await {
        Ok(link) => link,
        Err(refused) => return refused,
    };
    let Some(id) = link.leaves(&token) else { return unknown_link(&visit) };
    let actor = actor(Some(id.clone()));
    match unsubscribe(&act(&visit, &actor), &link.page, &id, visit.config.smtp.is_some()).await {
        Ok(Leaving::Asked) => {
            visit.signals.outbox.notify_one();
            show(&visit, StatusCode::OK, asked)
        }
        Ok(_) | Err(ActionError::Missing(_)) => show(&visit, StatusCode::OK, done),
        Err(error) => refused(&visit, &error),
    }
}
