//! A subscriber sees and changes what they hear of.

use app::pages::subscription::{Managed, page};
use app::words::Subscriber;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::{Link, act, refused, show};
use crate::actions::subscribers::{actor, change};
use crate::domain::address;
use crate::secret::Purpose;
use crate::web::form::Form;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, headers, wishes};

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/subscription/{token}", Guard::Visitor, || get(open)),
    Route::new("POST", "/subscription/{token}", Guard::Visitor, || post(save)),
];

async fn open(State(shared): State<Shared>, Path(token): Path<String>, uri: Uri) -> Response {
    let (link, subscriber) = match Link::owner(&shared, &token, Purpose::Manage).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let managed = Managed { saved: uri.query() == Some("saved"), ..managed(&link, &subscriber) };
    show(&shared, StatusCode::OK, |view| page(view, &managed))
}

async fn save(State(shared): State<Shared>, Path(token): Path<String>, body: Bytes) -> Response {
    let (link, subscriber) = match Link::owner(&shared, &token, Purpose::Manage).await {
        Ok(found) => found,
        Err(refused) => return refused,
    };
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (wished, unreadable) = wishes::read(&form);
    let actor = actor(Some(subscriber.id.clone()));
    let done = match unreadable.as_slice() {
        [] => change(&act(&shared, &actor), &link.page, &subscriber.id, &wished).await.map(drop),
        _ => Ok(()),
    };
    match wishes::wrong(unreadable, done) {
        Ok(wrong) if wrong.is_empty() => {
            let mut response = flash::silently_to(&format!("/subscription/{token}?saved"));
            headers::private(&mut response);
            response
        }
        Ok(wrong) => {
            let managed = Managed { wishes: wished, wrong, ..managed(&link, &subscriber) };
            show(&shared, StatusCode::UNPROCESSABLE_ENTITY, |view| page(view, &managed))
        }
        Err(error) => refused(&shared, &error),
    }
}

fn managed(link: &Link, subscriber: &Subscriber) -> Managed {
    Managed {
        address: address::masked(&subscriber.address),
        state: subscriber.state,
        wishes: subscriber.wishes(),
        here: link.path("subscription", Purpose::Manage, subscriber),
        leave: link.path("unsubscribe", Purpose::Unsubscribe, subscriber),
        saved: false,
        wrong: Vec::new(),
    }
}
