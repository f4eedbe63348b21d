//! Somebody follows one incident or planned work: asks for a mail, and decides where the link in it leads to.

use app::pages::follow::{Following, Subject, ask, asked, decide};
use app::pages::subscribe::too_often;
use app::staff::Wrong;
use app::words::{Id, Subscriber, SubscriberState};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::asking::{SUBSCRIBING, by_mail};
use super::{Link, Visit, act, current, missing, refused, show, unknown_link};
use crate::actions::subscribers::{Reader, actor, ask_to_follow, follow, unfollow};
use crate::actions::{ActionError, Done};
use crate::secret::Purpose;
use crate::store::{StoreError, follows, mutes};
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::router::{Guard, Route};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/incidents/{id}/follow", Guard::Visitor, || get(open)),
    Route::new("POST", "/incidents/{id}/follow", Guard::Visitor, || post(send)),
    // The link is the one of the whole subscription: it proves whose it is, and whoever has it may choose what they hear of.
    Route::new("GET", "/incidents/{id}/follow/{token}", Guard::Visitor, || get(look)),
    Route::new("POST", "/incidents/{id}/follow/{token}", Guard::Visitor, || post(choose)),
];

/// What is followed or muted, as readers see it now.
#[expect(clippy::result_large_err, reason = "the error is the answer, made once and sent")]
pub(super) fn subject(visit: &Visit, id: &str) -> Result<Subject, Response> {
    Subject::find(&*current(visit)?, id).ok_or_else(|| missing(visit))
}

async fn open(visit: Visit, Path(id): Path<String>) -> Response {
    match subject(&visit, &id) {
        Ok(subject) => show(&visit, StatusCode::OK, |view| ask(view, &subject, "", &[])),
        Err(refused) => refused,
    }
}

async fn send(visit: Visit, Extension(client): Extension<Client>, Path(id): Path<String>, body: Bytes) -> Response {
    let subject = match subject(&visit, &id) {
        Ok(subject) => subject,
        Err(refused) => return refused,
    };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let email = form.text("email");
    let again = |status, wrong: &[Wrong]| show(&visit, status, |view| ask(view, &subject, &email, wrong));
    let answered = || show(&visit, StatusCode::OK, |view| asked(view, &subject, &email));
    let request = async |page: &Id, email: &str| {
        let zone = form.text("time_zone");
        let reader = Reader { zone: zone.parse().ok(), language: visit.reads().code() };
        ask_to_follow(&act(&visit, &actor(None)), page, &subject.id, email, &reader).await
    };
    match by_mail(&visit, client, &form, SUBSCRIBING, again, answered, request).await {
        Ok(answer) => answer,
        // It ended while they read.
        Err(ActionError::Missing(_)) => {
            let over = Subject { over: true, ..subject };
            show(&visit, StatusCode::CONFLICT, |view| ask(view, &over, &email, &[]))
        }
        Err(error) => refused(&visit, &error),
    }
}

/// Who came by a link, and to what.
async fn follower(visit: &Visit, id: &str, token: &str) -> Result<(Link, Subscriber, Subject), Response> {
    let (link, subscriber) = Link::owner(visit, token, Purpose::Manage).await?;
    if subscriber.state != SubscriberState::Active {
        return Err(unknown_link(visit));
    }
    Ok((link, subscriber, subject(visit, id)?))
}

async fn look(visit: Visit, Path((id, token)): Path<(String, String)>) -> Response {
    match follower(&visit, &id, &token).await {
        Ok((link, subscriber, subject)) => page(&visit, StatusCode::OK, &link, &subscriber, subject, Vec::new()).await,
        Err(refused) => refused,
    }
}

async fn page(visit: &Visit, status: StatusCode, link: &Link, subscriber: &Subscriber, subject: Subject, wrong: Vec<Wrong>) -> Response {
    let followed = match followed(visit, subscriber).await {
        Ok(followed) => followed,
        Err(error) => return visit.away(&error),
    };
    let following = Following {
        follows: followed.contains(&subject.id),
        here: here(link, &subject.id, subscriber),
        manage: link.path("subscription", Purpose::Manage, subscriber),
        subject,
        wrong,
    };
    show(visit, status, |view| decide(view, &following))
}

/// The address at which a subscriber decides about one thing.
pub(super) fn here(link: &Link, object: &Id, subscriber: &Subscriber) -> String {
    link.path(&format!("incidents/{object}/follow"), Purpose::Manage, subscriber)
}

/// What a subscriber follows, without what they muted.
pub(super) async fn followed(visit: &Visit, subscriber: &Subscriber) -> Result<Vec<Id>, StoreError> {
    let mut tx = visit.db.read().await?;
    let muted = mutes::of_subscriber(&mut tx, &subscriber.id).await?;
    let mut followed = follows::of_subscriber(&mut tx, &subscriber.id).await?;
    followed.retain(|id| muted.iter().all(|(other, _)| other != id));
    Ok(followed)
}

async fn choose(visit: Visit, Path((id, token)): Path<(String, String)>, body: Bytes) -> Response {
    let (link, subscriber, subject) = match follower(&visit, &id, &token).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    if let Err(wait) = visit.limits.allow(Limited::Vote, subscriber.id.as_str(), visit.clock.now()) {
        return problem::later(show(&visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait);
    }
    let (status, key) = match decided(&visit, &link, &subscriber, &subject, &form.text("do")).await {
        Ok(_) => {
            return visit.lead_to(&format!("{}?saved", link.path("subscription", Purpose::Manage, &subscriber)));
        }
        Err(ActionError::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "follow-button"),
        Err(ActionError::Conflict(_)) => (StatusCode::CONFLICT, "follow-ended"),
        Err(error) => return refused(&visit, &error),
    };
    page(&visit, status, &link, &subscriber, subject, visit.whole(key)).await
}

async fn decided(visit: &Visit, link: &Link, subscriber: &Subscriber, subject: &Subject, word: &str) -> Result<Done, ActionError> {
    let actor = actor(Some(subscriber.id.clone()));
    let act = act(visit, &actor);
    match word {
        "follow" => follow(&act, &link.page, &subscriber.id, &subject.id).await,
        "stop" => unfollow(&act, &link.page, &subscriber.id, &subject.id).await,
        _ => Err(ActionError::invalid("do", "Press the button on this page to follow it, or to stop. Nothing was changed.")),
    }
}
