//! A subscriber votes for a follow-up: asks for a link by mail, and decides where it leads to.

use app::pages::thanks::too_often;
use app::pages::vote::{Ballot, FollowUp, ask, asked, ballot};
use app::staff::Wrong;
use app::words::{Id, Subscriber, SubscriberState, Vote};
use axum::Extension;
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::asking::{VOTING, by_mail};
use super::{Link, Visit, act, current, missing, refused, show, unknown_link};
use crate::actions::ActionError;
use crate::actions::subscribers::actor;
use crate::actions::voices::votes::{self as actions, Choice};
use crate::secret::Purpose;
use crate::store::{Db, StoreError, votes};
use crate::web::form::Form;
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::router::{Guard, Route};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/follow-ups/{item}/vote", Guard::Visitor, || get(open)),
    Route::new("POST", "/follow-ups/{item}/vote", Guard::Visitor, || post(send_link)),
    // A link proves whose it is, not for which follow-up: the one in the mail of one works for another. It is the same person, who has
    // the same right to vote for it.
    Route::new("GET", "/follow-ups/{item}/vote/{token}", Guard::Visitor, || get(look)),
    Route::new("POST", "/follow-ups/{item}/vote/{token}", Guard::Visitor, || post(decide)),
];

/// Whether a form names several addresses, items or decisions.
fn is_bulk(form: &Form) -> bool {
    ["email", "do"].iter().any(|field| form.all(field).len() > 1) || form.names().any(|name| name.starts_with("item"))
}

async fn open(visit: Visit, Path(item): Path<String>) -> Response {
    let view = match current(&visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    match FollowUp::find(&view, &item) {
        Some(follow_up) => show(&visit, StatusCode::OK, |view| ask(view, &follow_up, "", &[])),
        None => missing(&visit),
    }
}

async fn send_link(visit: Visit, Extension(client): Extension<Client>, Path(item): Path<String>, body: Bytes) -> Response {
    let view = match current(&visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let Some(follow_up) = FollowUp::find(&view, &item) else { return missing(&visit) };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let email = form.text("email");
    let again = |status, wrong: &[Wrong]| show(&visit, status, |view| ask(view, &follow_up, &email, wrong));
    if visit.config.smtp.is_some() && is_bulk(&form) {
        return again(StatusCode::UNPROCESSABLE_ENTITY, &visit.whole("vote-bulk"));
    }
    let answered = || show(&visit, StatusCode::OK, |view| asked(view, &email));
    let request = async |page: &Id, email: &str| actions::ask(&act(&visit, &actor(None)), page, &follow_up.item.id, email).await;
    match by_mail(&visit, client, &form, VOTING, again, answered, request).await {
        Ok(answer) => answer,
        Err(ActionError::Conflict(_)) => again(StatusCode::CONFLICT, &visit.whole("vote-over")),
        Err(ActionError::Missing(_)) => missing(&visit),
        Err(error) => refused(&visit, &error),
    }
}

/// Who came by a link, and to which follow-up.
struct Voter {
    link: Link,
    subscriber: Subscriber,
    follow_up: FollowUp,
}

impl Voter {
    async fn find(visit: &Visit, item: &str, token: &str) -> Result<Self, Response> {
        let (link, subscriber) = Link::owner(visit, token, Purpose::Vote).await?;
        if subscriber.state != SubscriberState::Active {
            return Err(unknown_link(visit));
        }
        let follow_up = FollowUp::find(&*current(visit)?, item).ok_or_else(|| missing(visit))?;
        Ok(Self { link, subscriber, follow_up })
    }

    fn here(&self) -> String {
        self.link.path(&format!("follow-ups/{}/vote", self.follow_up.item.id), Purpose::Vote, &self.subscriber)
    }

    /// The page with how things stand now.
    async fn page(&self, visit: &Visit, status: StatusCode, saved: bool, wrong: Vec<Wrong>) -> Response {
        let votes = match cast(&visit.db, &self.link, &self.subscriber).await {
            Ok(votes) => votes,
            Err(error) => return visit.away(&error),
        };
        let shown = Ballot {
            follow_up: self.follow_up.clone(),
            follows: votes.iter().find(|vote| vote.item == self.follow_up.item.id).map(|vote| vote.follows),
            here: self.here(),
            manage: self.link.path("subscription", Purpose::Manage, &self.subscriber),
            saved,
            wrong,
        };
        show(visit, status, |view| ballot(view, &shown))
    }
}

/// What a subscriber has voted for.
pub(super) async fn cast(db: &Db, link: &Link, subscriber: &Subscriber) -> Result<Vec<Vote>, StoreError> {
    let mut tx = db.read().await?;
    votes::of_subscriber(&mut tx, &link.page, &subscriber.id).await
}

async fn look(visit: Visit, Path((item, token)): Path<(String, String)>, uri: Uri) -> Response {
    match Voter::find(&visit, &item, &token).await {
        Ok(voter) => voter.page(&visit, StatusCode::OK, uri.query() == Some("saved"), Vec::new()).await,
        Err(refused) => refused,
    }
}

async fn decide(visit: Visit, Path((item, token)): Path<(String, String)>, body: Bytes) -> Response {
    let voter = match Voter::find(&visit, &item, &token).await {
        Ok(voter) => voter,
        Err(refused) => return refused,
    };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    if is_bulk(&form) {
        return voter.page(&visit, StatusCode::UNPROCESSABLE_ENTITY, false, visit.whole("vote-bulk")).await;
    }
    let (item, subscriber) = (&voter.follow_up.item.id, &voter.subscriber.id);
    // Each change of mind makes the page anew for everybody.
    if let Err(wait) = visit.limits.allow(Limited::Vote, subscriber.as_str(), visit.clock.now()) {
        return problem::later(show(&visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait);
    }
    let actor = actor(Some(subscriber.clone()));
    let done = async {
        let choice = Choice::read(&form.text("do"))?;
        actions::choose(&act(&visit, &actor), &voter.link.page, subscriber, item, choice).await
    };
    let (status, key) = match done.await {
        Ok(done) => {
            super::settle(&visit, &done).await;
            return visit.lead_to(&format!("{}?saved", voter.here()));
        }
        Err(ActionError::Invalid(_)) => (StatusCode::UNPROCESSABLE_ENTITY, "vote-button"),
        Err(ActionError::Conflict(_)) => (StatusCode::CONFLICT, "vote-over"),
        Err(error) => return refused(&visit, &error),
    };
    voter.page(&visit, status, false, visit.whole(key)).await
}
