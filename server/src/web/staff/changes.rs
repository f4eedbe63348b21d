//! What is done to an incident after it was published.

use app::pages::staff::PlanFields;
use app::pages::staff::composer::Preview;
use app::pages::staff::incident::{Edited, Form as Which};
use app::pages::staff::other_languages::Texts;
use app::words::{Id, IncidentStatus};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use bytes::Bytes;

use super::incident::{Kept, answer, load, refused, to};
use super::reading::{self, Reading};
use super::{desk, document};
use crate::actions::incidents::{self as actions, UpdateInput};
use crate::actions::{ActionError, Done};
use crate::web::flash;
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::Shared;

const POST: &str = "post";

fn incident_id(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("incident"))
}

/// Leads on, or shows the page again.
async fn led(shared: &Shared, caller: &Caller, id: &str, done: Result<Done, ActionError>, kept: Kept, sentence: &str) -> Response {
    match (done, incident_id(id)) {
        (Ok(done), Ok(id)) => {
            desk::settle(shared, &done).await;
            to(&id, sentence)
        }
        (Err(error), _) | (_, Err(error)) => refused(shared, caller, id, error, kept).await,
    }
}

/// The next message: looked at, or posted.
pub(super) async fn update(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let message = reading::message(&form);
    let display_at = form.text("display_at");
    let mut reading = Reading::new(&caller.page.time_zone, shared.clock.now());
    // Whoever ends it owes it: the form asks for nobody else.
    let plan = PlanFields { owner: String::new(), ..document::plan(&form) };
    let input = reading.update(&message, &display_at);
    // What is promised is promised with the end alone: with any other message the fields are not looked at.
    let postmortem = if input.status == IncidentStatus::Resolved { reading.plan(&plan, None) } else { None };
    let input = reading.end(UpdateInput { postmortem, ..input });
    let kept = Kept { message: Some(message), display_at, plan: Some(plan), ..Kept::default() };
    if form.text("do") == POST {
        let done = async {
            let done = actions::post_update(&caller.act(&shared), &incident_id(&id)?, &input?, reading::seen(&form)?).await;
            done.map_err(document::named_as_in_forms)
        };
        return led(&shared, &caller, &id, done.await, kept, "Posted. Readers see it now.").await;
    }
    let looked = async { looked(&shared, &caller, &id, &input?).await };
    match looked.await {
        Ok(preview) => answer(&shared, &caller, &id, StatusCode::OK, Kept { preview: Some(preview), ..kept }).await,
        Err(error) => refused(&shared, &caller, &id, error, kept).await,
    }
}

async fn looked(shared: &Shared, caller: &Caller, id: &str, input: &UpdateInput) -> Result<Preview, ActionError> {
    let file = load(shared, caller, id).await?;
    let view = desk::view(shared).map_err(|_| ActionError::invalid("", "There is no preview yet: the page is starting."))?;
    let now = shared.clock.now();
    let next = desk::Next {
        status: input.status,
        body: &input.body,
        components: &input.components,
        display_at: input.display_at.unwrap_or(now),
        next_update_at: input.next_update_at,
    };
    Ok(desk::preview(&view, file.record.incident, file.record.impact_override, &next, now))
}

/// Other words for a message.
pub(super) async fn edit_update(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((id, update)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let edited = Edited { body: form.text("body"), bodies: reading::texts(&form, "body"), display_at: form.text("display_at") };
    let done = async {
        let update = Id::parse(&update).map_err(|_| ActionError::Missing("message"))?;
        let known = load(&shared, &caller, &id).await?.record.incident;
        let shown = known.updates.iter().find(|known| known.id == update).map(|known| known.display_at);
        let act = caller.act(&shared);
        let mut reading = Reading::new(&caller.page.time_zone, act.now);
        let at = reading.time("display_at", &edited.display_at, shown);
        let at = reading.end(at)?;
        let wordings = reading::wordings(&Texts::new(), &edited.bodies);
        actions::edit_update(&act, &known.id, &update, &edited.body, at, &wordings, reading::seen(&form)?).await
    };
    let done = done.await;
    let kept = Kept { which: Which::Edit, edited: Id::parse(&update).ok().map(|id| (id, edited)), ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "The message is changed. Readers see that it was edited.").await
}

/// Takes the newest message back.
pub(super) async fn undo(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((id, update)): Path<(String, String)>,
) -> Response {
    let done = async {
        let update = Id::parse(&update).map_err(|_| ActionError::Missing("message"))?;
        actions::undo(&caller.act(&shared), &incident_id(&id)?, &update).await
    };
    led(&shared, &caller, &id, done.await, Kept::default(), "Taken back. Nobody got a mail of it.").await
}

/// The title and the rest.
pub(super) async fn details(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (facts, next) = (reading::facts(&form), reading::next(&form));
    let done = async {
        let known = load(&shared, &caller, &id).await?.record.incident;
        let act = caller.act(&shared);
        let mut reading = Reading::new(&caller.page.time_zone, act.now);
        let input = reading.edit(&facts, &next, Some(known.started_at), known.next_update_at);
        actions::edit(&act, &known.id, &reading.end(input)?, reading::seen(&form)?).await
    };
    let done = done.await;
    let kept = Kept { which: Which::Details, facts: Some(facts), next: Some(next), ..Kept::default() };
    led(&shared, &caller, &id, done, kept, "Saved.").await
}

/// Takes an incident or a draft out of sight.
pub(super) async fn delete(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async { actions::delete(&caller.act(&shared), &incident_id(&id)?, reading::seen(&form)?).await };
    match done.await {
        Ok(done) => {
            desk::settle(&shared, &done).await;
            flash::to("/staff/incidents", "Deleted. It stays in the record and in the audit.")
        }
        Err(error) => refused(&shared, &caller, &id, error, Kept::default()).await,
    }
}
