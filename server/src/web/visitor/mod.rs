//! What visitors send in, and where the links in their mails lead. Opening a link changes nothing, because programs open links too;
//! the link itself says whose subscription it is, and nothing here tells which addresses are subscribed.

pub mod confirm;
pub mod feedback;
pub mod follow;
pub mod preview;
pub mod sightings;
pub mod subscribe;
pub mod subscription;
pub mod unsubscribe;
pub mod votes;

use std::sync::Arc;
use std::time::Duration;

use app::pages::Body;
use app::view::PublicView;
use app::words::{Id, Subscriber};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;

use super::router::Shared;
use super::{assets, headers, problem};
use crate::actions::{Act, ActionError, Actor, Done};
use crate::secret::{Purpose, Secret};
use crate::store::{StoreError, pages, subscribers};

/// Longest wait until readers see what was done.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// A page that looks like every public one, for this visitor alone.
fn show(shared: &Shared, status: StatusCode, page: impl FnOnce(&PublicView) -> Body) -> Response {
    let view = match current(shared) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let mut response = problem::html(status, app::render_visit(&view, &assets::addresses(), || page(&view)));
    headers::private(&mut response);
    response
}

/// What readers are shown now.
#[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
fn current(shared: &Shared) -> Result<Arc<PublicView>, Response> {
    shared.publisher.with_current(|now| now.view.clone()).ok_or_else(not_yet)
}

/// The answer for what is not public, or does not exist.
fn missing(shared: &Shared) -> Response {
    show(shared, StatusCode::NOT_FOUND, app::pages::not_found::page)
}

/// Waits until readers see what was done.
async fn settle(shared: &Shared, done: &Done) {
    if let Some(revision) = done.revision {
        shared.publisher.shows(revision, SHOWN_WITHIN).await;
    }
}

/// While the record was not read since the start, nothing can be shown around a form.
fn not_yet() -> Response {
    problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, problem::AWAY), TimeDelta::seconds(5))
}

/// What a visitor does, at this instant.
fn act<'a>(shared: &'a Shared, actor: &'a Actor) -> Act<'a> {
    Act { db: &shared.db, actor, now: shared.clock.now(), undo: TimeDelta::zero() }
}

/// The answer for a link that is none, or whose subscription is gone meanwhile.
fn unknown_link(shared: &Shared) -> Response {
    show(shared, StatusCode::NOT_FOUND, app::pages::link::unknown)
}

/// The answer to an action that did not do what was asked, where the form has no better one.
fn refused(shared: &Shared, error: &ActionError) -> Response {
    match error {
        ActionError::Store(error) => problem::away(error),
        ActionError::Missing(_) | ActionError::Invalid(_) | ActionError::Conflict(_) => unknown_link(shared),
    }
}

/// A link of a mail, as far as it proves anything.
struct Link {
    page: Id,
    secret: Secret,
    subscriber: Option<Subscriber>,
}

impl Link {
    /// Looks up whose link it may be; `Err` is the answer to give where that cannot be said.
    async fn look(shared: &Shared, token: &str) -> Result<Self, Response> {
        let Some(secret) = shared.secret.get().cloned() else { return Err(not_yet()) };
        let Some(id) = Secret::subject(token) else { return Err(unknown_link(shared)) };
        let found: Result<_, StoreError> = async {
            let mut tx = shared.db.read().await?;
            let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
            let subscriber = subscribers::get(&mut tx, &page.id, &id).await?;
            Ok(Some((page.id, subscriber)))
        }
        .await;
        match found {
            Ok(Some((page, subscriber))) => Ok(Self { page, secret, subscriber }),
            Ok(None) => Err(unknown_link(shared)),
            Err(error) => Err(problem::away(&error)),
        }
    }

    /// The subscriber, if the link proves to be theirs for that purpose; otherwise the one answer for all that is wrong.
    async fn owner(shared: &Shared, token: &str, purpose: Purpose) -> Result<(Self, Subscriber), Response> {
        let mut link = Self::look(shared, token).await?;
        let owner = link.subscriber.take().filter(|s| link.secret.proves(token, purpose, &link.page, &s.id, s.token_epoch));
        owner.map(|owner| (link, owner)).ok_or_else(|| unknown_link(shared))
    }

    /// The path at which that subscriber may do something else.
    fn path(&self, to: &str, purpose: Purpose, subscriber: &Subscriber) -> String {
        format!("/{to}/{}", self.secret.token(purpose, &self.page, &subscriber.id, subscriber.token_epoch))
    }
}
