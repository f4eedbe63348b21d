//! A subscriber hears nothing more of one incident or planned work, or nothing but that it is over.

use app::pages::follow::Subject;
use app::pages::mute::{Muting, decide};
use app::pages::thanks::too_often;
use app::staff::Wrong;
use app::words::{Id, Mute, Subscriber, SubscriberState};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::follow::subject;
use super::{Link, Visit, act, refused, show, unknown_link};
use crate::actions::subscribers::{actor, mute, unmute};
use crate::actions::{ActionError, Done};
use crate::secret::Purpose;
use crate::store::{StoreError, mutes};
use crate::web::form::Form;
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::router::{Guard, Route};

/// The routes of this file. The link is the one of the whole subscription: whoever has it may choose what they hear of.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/incidents/{id}/mute/{token}", Guard::Visitor, || get(look)),
    Route::new("POST", "/incidents/{id}/mute/{token}", Guard::Visitor, || post(choose)),
];

/// Who came by a link, and to what.
struct Muter {
    link: Link,
    subscriber: Subscriber,
    subject: Subject,
}

impl Muter {
    async fn find(visit: &Visit, id: &str, token: &str) -> Result<Self, Response> {
        let (link, subscriber) = Link::owner(visit, token, Purpose::Manage).await?;
        if subscriber.state != SubscriberState::Active {
            return Err(unknown_link(visit));
        }
        Ok(Self { link, subscriber, subject: subject(visit, id)? })
    }

    async fn page(&self, visit: &Visit, status: StatusCode, proposed: Mute, wrong: Vec<Wrong>) -> Response {
        let muted = match muted(visit, &self.subscriber).await {
            Ok(muted) => muted,
            Err(error) => return visit.away(&error),
        };
        let shown = Muting {
            muted: muted.into_iter().find(|(id, _)| *id == self.subject.id).map(|(_, choice)| choice),
            proposed,
            here: here(&self.link, &self.subject.id, &self.subscriber),
            manage: self.link.path("subscription", Purpose::Manage, &self.subscriber),
            subject: self.subject.clone(),
            wrong,
        };
        show(visit, status, |view| decide(view, &shown))
    }
}

/// The address at which a subscriber decides about one thing.
pub(super) fn here(link: &Link, object: &Id, subscriber: &Subscriber) -> String {
    link.path(&format!("incidents/{object}/mute"), Purpose::Manage, subscriber)
}

/// What a subscriber muted.
pub(super) async fn muted(visit: &Visit, subscriber: &Subscriber) -> Result<Vec<(Id, Mute)>, StoreError> {
    mutes::of_subscriber(&mut visit.db.read().await?, &subscriber.id).await
}

async fn look(visit: Visit, Path((id, token)): Path<(String, String)>, RawQuery(query): RawQuery) -> Response {
    let until = Form::of_query(query.as_deref()).text("until");
    let proposed = if until == "over" { Mute::UntilOver } else { Mute::All };
    match Muter::find(&visit, &id, &token).await {
        Ok(muter) => muter.page(&visit, StatusCode::OK, proposed, Vec::new()).await,
        Err(refused) => refused,
    }
}

async fn choose(visit: Visit, Path((id, token)): Path<(String, String)>, body: Bytes) -> Response {
    let muter = match Muter::find(&visit, &id, &token).await {
        Ok(muter) => muter,
        Err(refused) => return refused,
    };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    if let Err(wait) = visit.limits.allow(Limited::Vote, muter.subscriber.id.as_str(), visit.clock.now()) {
        return problem::later(show(&visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait);
    }
    match decided(&visit, &muter, &form.text("do")).await {
        Ok(_) => visit.lead_to(&format!("{}?saved", muter.link.path("subscription", Purpose::Manage, &muter.subscriber))),
        Err(ActionError::Invalid(_)) => muter.page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Mute::All, visit.whole("mute-button")).await,
        Err(error) => refused(&visit, &error),
    }
}

async fn decided(visit: &Visit, muter: &Muter, word: &str) -> Result<Done, ActionError> {
    let subscriber = &muter.subscriber.id;
    let actor = actor(Some(subscriber.clone()));
    let (act, page, object) = (act(visit, &actor), &muter.link.page, &muter.subject.id);
    match word.parse() {
        Ok(choice) => mute(&act, page, subscriber, object, choice).await,
        Err(_) if word == "stop" => unmute(&act, page, subscriber, object).await,
        Err(_) => Err(ActionError::invalid("do", "Press one of the buttons on this page. Nothing was changed.")),
    }
}
