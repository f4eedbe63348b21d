//! A subscriber sees and changes what they hear of.

use app::pages::follow::Subject;
use app::pages::subscription::{Followed, Managed, Muted, Spoken, Voted, page};
use app::pages::thanks::too_often;
use app::pages::vote::FollowUp;
use app::parts::locale::Locale;
use app::parts::measure::plain_or;
use app::words::{Id, Mute, Subscriber, SubscriberState, Vote};
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::{Link, Visit, act, current, follow, mute, refused, show, votes};
use crate::actions::subscribers::{Choices, actor, change};
use crate::domain::address;
use crate::secret::Purpose;
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::router::{Guard, Route};
use crate::web::wishes;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/subscription/{token}", Guard::Visitor, || get(open)),
    Route::new("POST", "/subscription/{token}", Guard::Visitor, || post(save)),
];

async fn open(visit: Visit, Path(token): Path<String>, uri: Uri) -> Response {
    let (link, subscriber) = match Link::owner(&visit, &token, Purpose::Manage).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    match managed(&visit, &link, &subscriber).await {
        Ok(managed) => {
            let managed = Managed { saved: uri.query() == Some("saved"), ..managed };
            show(&visit, StatusCode::OK, |view| page(view, &managed))
        }
        Err(away) => away,
    }
}

async fn save(visit: Visit, Path(token): Path<String>, body: Bytes) -> Response {
    let (link, subscriber) = match Link::owner(&visit, &token, Purpose::Manage).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    // Each time is written down, so there is an end to them.
    if let Err(wait) = visit.limits.allow(Limited::Choice, subscriber.id.as_str(), visit.clock.now()) {
        return problem::later(show(&visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait);
    }
    let (wished, unreadable) = wishes::read(&form);
    let spoken = Spoken { language: form.text("language"), time_zone: form.text("time_zone"), shared: form.flag("shared") };
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    // A program that knows only of the kinds leaves language and zone as they are.
    let kept = |field: &str, known: &Option<String>| if form.has(field) { given(&form.text(field)) } else { known.clone() };
    let choices = Choices {
        wishes: wished.clone(),
        language: kept("language", &subscriber.language),
        time_zone: kept("time_zone", &subscriber.time_zone),
        shared: spoken.shared,
    };
    let actor = actor(Some(subscriber.id.clone()));
    let done = match unreadable.as_slice() {
        [] => change(&act(&visit, &actor), &link.page, &subscriber.id, &choices).await.map(drop),
        _ => Ok(()),
    };
    match wishes::wrong(visit.reads(), unreadable, done) {
        Ok(wrong) if wrong.is_empty() => visit.lead_to(&format!("/subscription/{token}?saved")),
        Ok(wrong) => match managed(&visit, &link, &subscriber).await {
            Ok(managed) => {
                let managed = Managed { wishes: wished, spoken, wrong, ..managed };
                show(&visit, StatusCode::UNPROCESSABLE_ENTITY, |view| page(view, &managed))
            }
            Err(away) => away,
        },
        Err(error) => refused(&visit, &error),
    }
}

async fn managed(visit: &Visit, link: &Link, subscriber: &Subscriber) -> Result<Managed, Response> {
    let cast = votes::cast(&visit.db, link, subscriber).await.map_err(|error| visit.away(&error))?;
    let muted = mute::muted(visit, subscriber).await.map_err(|error| visit.away(&error))?;
    let followed = follow::followed(visit, subscriber).await.map_err(|error| visit.away(&error))?;
    let view = current(visit)?;
    let stop = |subject: Subject| Followed { stop: follow::here(link, &subject.id, subscriber), subject };
    let unmute = |(id, choice): &(Id, Mute)| {
        let subject = Subject::find(&view, id.as_str())?;
        Some(Muted { stop: mute::here(link, id, subscriber), subject, choice: *choice })
    };
    let offered = |code: &&String| view.page.languages.contains(code);
    let spoken = Spoken {
        language: subscriber.language.as_ref().filter(offered).unwrap_or(&view.page.language).clone(),
        time_zone: subscriber.time_zone.clone().unwrap_or_default(),
        shared: subscriber.shared,
    };
    let ballot = |item: &str| link.path(&format!("follow-ups/{item}/vote"), Purpose::Vote, subscriber);
    let voted = |Vote { item, title, follows }: &Vote| Voted {
        name: plain_or(title, &visit.reads().t("untitled")),
        ballot: ballot(item.as_str()),
        follows: *follows,
    };
    // Only who has confirmed may vote.
    let open = FollowUp::all(&view).filter(|one| subscriber.state == SubscriberState::Active && one.is_open());
    let open = open.filter(|one| cast.iter().all(|vote| vote.item != one.item.id));
    Ok(Managed {
        address: address::masked(&subscriber.address),
        state: subscriber.state,
        wishes: subscriber.wishes(),
        here: link.path("subscription", Purpose::Manage, subscriber),
        leave: link.path("unsubscribe", Purpose::Unsubscribe, subscriber),
        follows: followed.iter().filter_map(|id| Subject::find(&view, id.as_str())).map(stop).collect(),
        mutes: muted.iter().filter_map(unmute).collect(),
        spoken,
        shared: subscriber.shared,
        votes: cast.iter().map(voted).collect(),
        ballots: open.map(|one| (one.name(Locale::of(&view)), ballot(one.item.id.as_str()))).collect(),
        saved: false,
        wrong: Vec::new(),
    })
}
