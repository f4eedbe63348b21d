//! What visitors send in, and where the links in their mails lead. Opening a link changes nothing, because programs open links too;
//! the link itself says whose subscription it is, and nothing here tells which addresses are subscribed.

mod asking;
pub mod confirm;
pub mod feedback;
pub mod follow;
pub mod leave;
pub mod mute;
pub mod preview;
pub mod sightings;
pub mod subscribe;
pub mod subscription;
pub mod unsubscribe;
pub mod votes;
pub mod way;

use std::sync::Arc;
use std::time::Duration;

use app::language::Language;
use app::pages::Body;
use app::staff::Wrong;
use app::view::PublicView;
use app::words::{Id, Subscriber};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::Response;
use bytes::Bytes;
use chrono::TimeDelta;

use super::form::Form;
use super::language::{self, Prefix};
use super::router::Shared;
use super::{assets, flash, headers, problem};
use crate::actions::{Act, ActionError, Actor, Done};
use crate::secret::{Purpose, Secret};
use crate::snapshot::asked::in_language;
use crate::store::{StoreError, pages, subscribers};

/// Longest wait until readers see what was done.
const SHOWN_WITHIN: Duration = Duration::from_secs(2);

/// What a visitor asks of us, and in which language: that of the address. The page they are answered with stays in it.
#[derive(Clone)]
struct Visit {
    shared: Shared,
    /// `None` is the page's own language.
    language: Option<&'static Language>,
    /// The address without its language: the same page in another one stands there.
    path: String,
}

impl std::ops::Deref for Visit {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl FromRequestParts<Shared> for Visit {
    type Rejection = Response;

    /// Refuses a language that the page is not offered in; its own has one address, the one without a prefix.
    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Response> {
        let path = parts.uri.path().to_owned();
        let visit = Self { shared: shared.clone(), language: None, path };
        let Some(Prefix(language)) = parts.extensions.get::<Prefix>().copied() else { return Ok(visit) };
        let view = current(&visit)?;
        if view.page.language == language.code() {
            return Err(language::without_prefix(&parts.uri));
        }
        // A link of a mail outlives what the page is offered in: it leads on without the language.
        if !view.page.languages.iter().any(|code| code == language.code()) {
            return Err(language::without_prefix(&parts.uri));
        }
        Ok(Self { language: Some(language), ..visit })
    }
}

impl Visit {
    /// The language the visitor reads.
    fn reads(&self) -> &'static Language {
        self.language.unwrap_or_else(|| language::own(&self.shared))
    }

    /// The form that was sent; where it is none, the answer that says so.
    #[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
    fn form(&self, body: &Bytes) -> Result<Form, Response> {
        Form::read_in(body, self.reads())
    }

    /// What is wrong with a form as a whole.
    fn whole(&self, key: &str) -> Vec<Wrong> {
        vec![Wrong { field: String::new(), sentence: self.reads().t(key) }]
    }

    /// 503 while the database is away.
    fn away(&self, error: &StoreError) -> Response {
        problem::away_saying(error, &self.reads().t("away"))
    }

    /// While the record was not read since the start, nothing can be shown around a form.
    fn not_yet(&self) -> Response {
        problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, &self.reads().t("away")), TimeDelta::seconds(5))
    }

    /// The same visit as if it were of another page, for what has none of its own.
    fn at(&self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self.clone() }
    }

    /// 303 to a page in the visitor's language, for them alone.
    fn lead_to(&self, path: &str) -> Response {
        let mut response = flash::silently_to(&in_language(self.language, path.to_owned()));
        headers::private(&mut response);
        response
    }
}

/// A page that looks like every public one, for this visitor alone.
fn show(visit: &Visit, status: StatusCode, page: impl FnOnce(&PublicView) -> Body) -> Response {
    let view = match current(visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let mut response = problem::html(status, app::render_visit(&view, &assets::addresses(), &visit.path, || page(&view)));
    headers::private(&mut response);
    response
}

/// What readers are shown now, in the visitor's language.
#[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
fn current(visit: &Visit) -> Result<Arc<PublicView>, Response> {
    visit.publisher.with_current(|now| now.in_language(visit.language).or(now.view.as_ref()).cloned()).ok_or_else(|| visit.not_yet())
}

/// The answer for what is not public, or does not exist.
fn missing(visit: &Visit) -> Response {
    show(&visit.at("/"), StatusCode::NOT_FOUND, app::pages::not_found::page)
}

/// Waits until readers see what was done.
async fn settle(shared: &Shared, done: &Done) {
    if let Some(revision) = done.revision {
        shared.publisher.shows(revision, SHOWN_WITHIN).await;
    }
}

/// What a visitor does, at this instant.
fn act<'a>(shared: &'a Shared, actor: &'a Actor) -> Act<'a> {
    Act { db: &shared.db, actor, now: shared.clock.now(), undo: TimeDelta::zero() }
}

/// The answer for a link that is none, or whose subscription is gone meanwhile.
fn unknown_link(visit: &Visit) -> Response {
    show(visit, StatusCode::NOT_FOUND, app::pages::link::unknown)
}

/// The answer to an action that did not do what was asked, where the form has no better one.
fn refused(visit: &Visit, error: &ActionError) -> Response {
    match error {
        ActionError::Store(error) => visit.away(error),
        ActionError::Missing(_) | ActionError::Invalid(_) | ActionError::Conflict(_) => unknown_link(visit),
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
    async fn look(visit: &Visit, token: &str) -> Result<Self, Response> {
        let Some(secret) = visit.secret.get().cloned() else { return Err(visit.not_yet()) };
        let Some(id) = Secret::subject(token) else { return Err(unknown_link(visit)) };
        let found: Result<_, StoreError> = async {
            let mut tx = visit.db.read().await?;
            let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
            let subscriber = subscribers::get(&mut tx, &page.id, &id).await?;
            Ok(Some((page.id, subscriber)))
        }
        .await;
        match found {
            Ok(Some((page, subscriber))) => Ok(Self { page, secret, subscriber }),
            Ok(None) => Err(unknown_link(visit)),
            Err(error) => Err(visit.away(&error)),
        }
    }

    /// The subscriber, if the link proves to be theirs for that purpose; otherwise the one answer for all that is wrong.
    async fn owner(visit: &Visit, token: &str, purpose: Purpose) -> Result<(Self, Subscriber), Response> {
        let mut link = Self::look(visit, token).await?;
        let owner = link.subscriber.take().filter(|s| link.secret.proves(token, purpose, &link.page, &s.id, s.token_epoch));
        owner.map(|owner| (link, owner)).ok_or_else(|| unknown_link(visit))
    }

    /// The path at which that subscriber may do something else.
    fn path(&self, to: &str, purpose: Purpose, subscriber: &Subscriber) -> String {
        format!("/{to}/{}", self.secret.token(purpose, &self.page, &subscriber.id, subscriber.token_epoch))
    }
}
