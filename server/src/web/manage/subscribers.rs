//! Subscribers. Only mail is spoken so far.

use app::words::{Channel, Id, Role, Subscriber, SubscriberState, Wishes};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{delete, get, post};
use serde::Serialize;

use super::call::{Call, answer};
use super::refusal::Refusal;
use crate::actions::subscribers::{self, AddInput};
use crate::snapshot::v2;
use crate::store::subscribers::{self as rows, Filter};
use crate::web::router::{Guard, Route};

/// Their routes. Addresses are for administrators only.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/subscribers", Guard::Token(Role::Admin), || get(list)),
    Route::new("POST", "/v1/pages/{page}/subscribers", Guard::Token(Role::Admin), || post(create)),
    Route::new("GET", "/v1/pages/{page}/subscribers/{subscriber}", Guard::Token(Role::Admin), || get(one)),
    Route::new("DELETE", "/v1/pages/{page}/subscribers/{subscriber}", Guard::Token(Role::Admin), || delete(remove)),
];

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    mode: Channel,
    email: &'a str,
    created_at: String,
    quarantined_at: Option<String>,
    purge_at: Option<()>,
    skip_confirmation_notification: bool,
    state: &'static str,
    components: Option<&'a [Id]>,
    language: Option<&'a str>,
    time_zone: Option<&'a str>,
    shared: bool,
}

fn row<'a>(wire: &v2::Wire<'_>, known: &'a Subscriber) -> Row<'a> {
    Row {
        id: known.id.as_str(),
        mode: known.channel,
        email: &known.address,
        created_at: wire.time(known.created_at),
        quarantined_at: known.quarantined_at.map(|at| wire.time(at)),
        purge_at: None,
        skip_confirmation_notification: known.confirmations == 0,
        state: wire_state(known.state),
        components: (!known.all_components).then_some(known.components.as_slice()),
        language: known.language.as_deref(),
        time_zone: known.time_zone.as_deref(),
        shared: known.shared,
    }
}

/// The field says `unconfirmed` where we say pending.
const fn wire_state(state: SubscriberState) -> &'static str {
    match state {
        SubscriberState::Pending => "unconfirmed",
        state => state.as_str(),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(0)?;
    let wanted = call.asked("state").unwrap_or("active");
    let state = SubscriberState::ALL.iter().copied().find(|state| wire_state(*state) == wanted);
    if state.is_none() && wanted != "all" {
        return Err(Refusal::invalid("state", "state must be one of active, unconfirmed, quarantined, unsubscribed, all."));
    }
    // Ways that we do not speak have no subscribers.
    let channel = match call.asked("type") {
        None => None,
        Some("email") => Some(Channel::Email),
        Some(_) => return answer(StatusCode::OK, &[(); 0]),
    };
    let filter = Filter { state, channel, query: call.asked("q").unwrap_or_default().to_owned() };
    let mut tx = call.shared.db.read().await?;
    let found = rows::list(&mut tx, call.page(), &filter, limit, offset).await?;
    let view = call.view()?;
    let wire = v2::Wire::new(&view);
    answer(StatusCode::OK, &found.iter().map(|known| row(&wire, known)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let known = known(&call, &call.id("subscriber")?).await?;
    answer(StatusCode::OK, &row(&v2::Wire::new(&*call.view()?), &known))
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("subscriber")?;
    for field in ["endpoint", "phone_number", "phone_country", "page_access_user"] {
        if fields.has(field) {
            fields.refuse(field, "Only subscribers by mail can be added in this version. Give an email.");
        }
    }
    let email = fields.text("email").value().unwrap_or_default();
    let skip_confirmation = fields.flag("skip_confirmation_notification").value().unwrap_or(false);
    // Without a relay the mail that asks to confirm could never be sent (reliability E26).
    if !skip_confirmation && call.shared.config.smtp.is_none() {
        let sentence = "Mail is not configured, so they cannot be asked to confirm. Set skip_confirmation_notification where they consented elsewhere.";
        fields.refuse("skip_confirmation_notification", sentence);
    }
    let components = fields.ids("component_ids").value();
    if components.as_ref().is_some_and(Vec::is_empty) {
        fields.refuse("component_ids", "component_ids is empty. Give some components, or leave it out for all of them.");
    }
    let (language, time_zone) = (fields.text("language").value(), fields.text("time_zone").value());
    let shared = fields.flag("shared").value().unwrap_or(false);
    fields.end()?;
    let wishes = Wishes { components, ..Wishes::default() };
    let input = AddInput { email, wishes, skip_confirmation, language, time_zone, shared };
    let done = subscribers::add(&call.act(), call.page(), &input).await.map_err(|error| error.renamed("components", "component_ids"))?;
    call.shared.signals.outbox.notify_one();
    answer(StatusCode::CREATED, &row(&v2::Wire::new(&*call.view()?), &known(&call, &done.id).await?))
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let id = call.id("subscriber")?;
    let gone = known(&call, &id).await?;
    subscribers::remove(&call.act(), call.page(), &id).await?;
    answer(StatusCode::OK, &row(&v2::Wire::new(&*call.view()?), &gone))
}

async fn known(call: &Call, id: &Id) -> Result<Subscriber, Refusal> {
    let mut tx = call.shared.db.read().await?;
    rows::get(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("subscriber"))
}
