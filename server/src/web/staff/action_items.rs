//! What follows from post-mortems: added and changed on the page of one, listed over all of them.

use app::pages::staff::action_items::{self as pages, Followed, Owned, Show};
use app::pages::staff::postmortem::Form as Which;
use app::words::{Id, Role};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::document;
use super::names::Names;
use super::postmortem::{Kept, known, led, load};
use super::postmortems::HERE;
use super::reading::Reading;
use crate::actions::{ActionError, postmortems as actions};
use crate::store::{StoreError, action_items};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// More than a platform ever has: what is older than that is long over.
const MOST: i64 = 1_000;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/staff/follow-ups", Guard::Staff(Role::Viewer), || get(list)),
    Route::new("POST", "/staff/post-mortems/{id}/items", RESPONDER, || post(add)),
    Route::new("POST", "/staff/post-mortems/{id}/items/{item}", RESPONDER, || post(change)),
    Route::new("POST", "/staff/post-mortems/{id}/items/{item}/move", RESPONDER, || post(place)),
    Route::new("POST", "/staff/post-mortems/{id}/items/{item}/remove", RESPONDER, || post(remove)),
];

async fn list(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let wanted = Form::of_query(query.as_deref()).text("show");
    let read = async {
        let mut tx = shared.db.read().await?;
        let all = action_items::list(&mut tx, &caller.page.id, MOST, 0).await?;
        Ok::<_, StoreError>((all, Names::read(&mut tx, &caller.page.id).await?))
    };
    match read.await {
        Ok((all, names)) => {
            let followed: Vec<Followed> = all
                .into_iter()
                .map(|file| Followed {
                    owned: Owned { owner_name: file.owner.as_deref().map(|owner| names.of(owner)), item: file.item, owner: file.owner },
                    postmortem: file.postmortem_id,
                    title: file.postmortem,
                    public: file.visible,
                })
                .collect();
            let me = caller.member.as_ref().map(|member| member.id.as_str());
            let frame = super::frame(&shared, &caller, HERE, None);
            problem::html(StatusCode::OK, pages::list(&frame, Show::parse(&wanted), &followed, me))
        }
        Err(error) => problem::away(&error),
    }
}

fn item_id(text: &str) -> Result<Id, ActionError> {
    Id::parse(text).map_err(|_| ActionError::Missing("follow-up"))
}

async fn add(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    set(&shared, &caller, &id, None, &body, "Added.").await
}

async fn change(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((id, item)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    set(&shared, &caller, &id, Some(&item), &body, "The follow-up is changed.").await
}

async fn set(shared: &Shared, caller: &Caller, id: &str, item: Option<&str>, body: &Bytes, sentence: &str) -> Response {
    let form = match Form::read(body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = document::item(&form);
    let act = caller.act(shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let input = reading.item(&fields);
    let done = async {
        let (input, id) = (reading.end(input)?, known(id)?);
        match item {
            None => actions::add_item(&act, &id, &input).await,
            Some(item) => actions::change_item(&act, &id, &item_id(item)?, &input).await,
        }
    };
    let done = done.await;
    let which = item.and_then(|item| item_id(item).ok());
    led(shared, caller, id, done, Kept { which: Which::Item, item: Some((which, fields)), ..Kept::default() }, sentence).await
}

/// To another place in the order, counted from the first.
async fn place(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((id, item)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async {
        let file = load(&shared, &caller, &id).await?;
        let item = item_id(&item)?;
        let mut order: Vec<Id> = file.items.iter().map(|(item, _)| item.id.clone()).collect();
        let from = order.iter().position(|known| *known == item).ok_or(ActionError::Missing("follow-up"))?;
        let to = form.text("to").parse().ok().filter(|to| *to < order.len());
        let to =
            to.ok_or_else(|| ActionError::invalid("", "There is no such place in the list. Open the page again and move it there."))?;
        let moved = order.remove(from);
        order.insert(to, moved);
        actions::order_items(&caller.act(&shared), &file.record.postmortem.id, &order).await
    };
    let done = done.await;
    led(&shared, &caller, &id, done, Kept { which: Which::Other, ..Kept::default() }, "Moved.").await
}

async fn remove(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path((id, item)): Path<(String, String)>) -> Response {
    let done = async { actions::remove_item(&caller.act(&shared), &known(&id)?, &item_id(&item)?).await };
    let done = done.await;
    led(&shared, &caller, &id, done, Kept { which: Which::Other, ..Kept::default() }, "Removed.").await
}
