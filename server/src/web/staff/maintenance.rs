//! One piece of planned work: its draft, and its page once it is announced.

use app::pages::staff::incident::{Edited, Undo};
use app::pages::staff::maintenance::{self as page, Form as Which, Longer, Next, WorkPage};
use app::pages::staff::plan::{self as composer, Composer, Preview};
use app::pages::staff::{Plan, UNDATED, When};
use app::parts::locale::Locale;
use app::staff::Wrong;
use app::words::{Id, Maintenance, Role};
use app::{language, markdown};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::maintenances::{HERE, reach};
use super::reading::{self, Reading};
use super::{desk, plan_reading, work};
use crate::actions::maintenances as actions;
use crate::actions::{ActionError, Done};
use crate::domain::maintenance::{carried_on, is_automatic};
use crate::domain::planning;
use crate::store::maintenances::{self, MaintenanceFile};
use crate::store::{StoreError, delivery_reads};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/staff/maintenances/{id}", Guard::Staff(Role::Viewer), || get(show)),
    Route::new("POST", "/staff/maintenances/{id}", RESPONDER, || post(send_draft)),
    Route::new("POST", "/staff/maintenances/{id}/updates", RESPONDER, || post(work::update)),
    Route::new("POST", "/staff/maintenances/{id}/window", RESPONDER, || post(work::window)),
    Route::new("POST", "/staff/maintenances/{id}/cancel", RESPONDER, || post(work::cancel)),
    Route::new("POST", "/staff/maintenances/{id}/updates/{update}", RESPONDER, || post(work::edit_update)),
    Route::new("POST", "/staff/maintenances/{id}/updates/{update}/undo", RESPONDER, || post(work::undo)),
    Route::new("POST", "/staff/maintenances/{id}/details", RESPONDER, || post(work::details)),
    Route::new("POST", "/staff/maintenances/{id}/delete", RESPONDER, || post(work::delete)),
];

/// What a form that was refused, or is only looked at, had in it.
#[derive(Default)]
pub(super) struct Kept {
    /// Which form it was.
    pub which: Which,
    /// The whole plan, or its facts.
    pub plan: Option<Plan>,
    /// A message, perhaps with a window.
    pub next: Option<Next>,
    /// An edited message.
    pub edited: Option<(Id, Edited)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// Whether somebody else was faster.
    pub conflict: bool,
    /// What readers would see.
    pub preview: Option<Preview>,
    /// Whether the notice that it takes longer is asked for.
    pub longer: bool,
}

async fn show(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let longer = Form::of_query(query.as_deref()).flag("longer");
    answer(&shared, &caller, &id, StatusCode::OK, Kept { longer, ..Kept::default() }).await
}

/// The same page again: what was refused with the sentences, what conflicts with what is new.
pub(super) async fn refused(shared: &Shared, caller: &Caller, id: &str, error: ActionError, kept: Kept) -> Response {
    let (wrong, conflict) = match error {
        ActionError::Invalid(problems) => (super::wrong(&problems), false),
        ActionError::Conflict(sentence) => (vec![Wrong { field: String::new(), sentence }], true),
        error => return problem::refused(&super::frame(shared, caller, HERE, None), &error),
    };
    answer(shared, caller, id, desk::status(conflict), Kept { wrong, conflict, ..kept }).await
}

/// The work of that id on this page.
pub(super) async fn load(shared: &Shared, caller: &Caller, id: &str) -> Result<MaintenanceFile, ActionError> {
    let id = Id::parse(id).map_err(|_| ActionError::Missing("planned work"))?;
    let mut tx = shared.db.read().await?;
    maintenances::sheet(&mut tx, &caller.page.id, &id).await?.ok_or(ActionError::Missing("planned work"))
}

/// The page as it is now, with what was kept of a form.
pub(super) async fn answer(shared: &Shared, caller: &Caller, id: &str, status: StatusCode, kept: Kept) -> Response {
    let file = match load(shared, caller, id).await {
        Ok(file) => file,
        Err(error) => return problem::refused(&super::frame(shared, caller, HERE, None), &error),
    };
    let document = if file.record.maintenance.published_at.is_some() {
        announced(shared, caller, file, kept).await
    } else {
        draft(shared, caller, file, kept).await
    };
    match document {
        Ok(document) => problem::html(status, document),
        Err(response) => *response,
    }
}

fn away(error: &StoreError) -> Box<Response> {
    Box::new(problem::away(error))
}

async fn draft(shared: &Shared, caller: &Caller, file: MaintenanceFile, kept: Kept) -> Result<String, Box<Response>> {
    let view = desk::view(shared)?;
    let frame = super::frame(shared, caller, HERE, None);
    let known = plan_reading::plan_of(&file, &view, frame.locale());
    let theirs = if kept.conflict { differences(kept.plan.as_ref(), &known) } else { Vec::new() };
    let plan = kept.plan.unwrap_or(known);
    let reach = reach(shared, caller, &plan.components, None).await.map_err(|error| away(&error))?;
    let composer = Composer {
        draft: Some(&file.record.maintenance.id),
        seen: Some(file.record.revision),
        plan,
        view: &view,
        reach: Some(reach),
        theirs,
        wrong: kept.wrong,
        preview: kept.preview,
    };
    Ok(composer::page(&frame, &composer))
}

async fn announced(shared: &Shared, caller: &Caller, file: MaintenanceFile, kept: Kept) -> Result<String, Box<Response>> {
    let view = desk::view(shared)?;
    let frame = super::frame(shared, caller, HERE, None);
    let (zone, now) = (frame.locale(), frame.now);
    let known = plan_reading::plan_of(&file, &view, zone);
    // The form of an announced one has neither its first message nor its window.
    let facts = kept.plan.clone().map(|ours| Plan { body: known.body.clone(), when: known.when.clone(), ..ours });
    let theirs = if kept.conflict { differences(facts.as_ref(), &known) } else { Vec::new() };
    let (seen, said) = (file.record.revision, file.record.maintenance);
    let written: Vec<Id> = said.updates.iter().map(|update| update.id.clone()).collect();
    let language = language::of(&view.page.language);
    let mut shown = carried_on(language, &said, now).unwrap_or_else(|| said.clone());
    for update in &mut shown.updates {
        update.body_html = markdown::to_html(&update.body);
    }
    let read = async {
        let mut tx = shared.db.read().await?;
        delivery_reads::by_message(&mut tx, &caller.page.id, &said.id).await
    };
    let told = read.await.map_err(|error| away(&error))?;
    let undo = i64::from(shared.config.undo_seconds);
    let left = said.updates.first().map_or(0, |newest| undo - (now - newest.created_at).num_seconds());
    let longer =
        planning::longer(language, &said, now).map(|(window, body)| Longer { when: plan_reading::when_of(Some(window), zone), body });
    let automatic = shown.updates.iter().filter(|update| is_automatic(&said, update)).map(|update| update.id.clone()).collect();
    let page = WorkPage {
        written,
        automatic,
        seen,
        view: &view,
        warnings: work::warnings(&view, &said, now),
        next: kept.next.unwrap_or_else(|| next(&said, zone)),
        longer,
        longer_open: kept.longer,
        plan: kept.plan.unwrap_or(known),
        edited: kept.edited,
        refused: kept.which,
        wrong: kept.wrong,
        theirs,
        reach: kept.preview.as_ref().and_then(|preview| preview.reach),
        preview: kept.preview,
        told,
        undo: if left > 0 { Undo::Possible(left) } else { Undo::Over(undo) },
        series: work::others(&view, &said, now),
        work: &shown,
    };
    Ok(page::page(&frame, &page))
}

/// What the next message begins with.
fn next(work: &Maintenance, zone: Locale) -> Next {
    Next { notify: true, when: plan_reading::when_of(work.window, zone), ..Next::default() }
}

/// What the record says where the writer's form says something else.
fn differences(ours: Option<&Plan>, theirs: &Plan) -> Vec<(&'static str, String)> {
    let Some(ours) = ours else { return Vec::new() };
    let when = |when: &When| if when.choice == UNDATED { "Date to be set".to_owned() } else { format!("{} to {}", when.from, when.until) };
    let pairs = [
        ("Title", theirs.name.clone(), ours.name.clone()),
        ("Message", theirs.body.clone(), ours.body.replace("\r\n", "\n")),
        ("When", when(&theirs.when), when(&ours.when)),
        ("Expected downtime", theirs.expected.clone(), ours.expected.clone()),
        ("Downtime at worst", theirs.worst.clone(), ours.worst.clone()),
        ("Owner", theirs.owner.clone(), ours.owner.clone()),
        ("Internal notes", theirs.internal_notes.clone(), ours.internal_notes.replace("\r\n", "\n")),
    ];
    pairs.into_iter().filter(|(_, theirs, ours)| theirs.trim() != ours.trim()).map(|(field, theirs, _)| (field, theirs)).collect()
}

/// The draft's one form: looked at, saved, or announced.
async fn send_draft(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let plan = plan_reading::plan(&form);
    let done = try_draft(&shared, &caller, &id, &form, &plan).await;
    let kept = Kept { plan: Some(plan), ..Kept::default() };
    match done {
        Ok(Sent::Done(done, announced)) => work::told(&shared, &done, announced).await,
        Ok(Sent::Looked(preview)) => answer(&shared, &caller, &id, StatusCode::OK, Kept { preview: Some(*preview), ..kept }).await,
        Err(error) => refused(&shared, &caller, &id, error, kept).await,
    }
}

/// What came of a form.
enum Sent {
    Done(Done, bool),
    Looked(Box<Preview>),
}

async fn try_draft(shared: &Shared, caller: &Caller, id: &str, form: &Form, plan: &Plan) -> Result<Sent, ActionError> {
    let known = load(shared, caller, id).await?.record.maintenance;
    let act = caller.act(shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let input = reading.work(plan, Some(&known));
    let input = reading.end(input)?;
    let seen = reading::seen(form)?;
    match form.text("do").as_str() {
        "announce" => Ok(Sent::Done(actions::publish(&act, &known.id, &input, seen).await?, true)),
        "save" => Ok(Sent::Done(actions::save_draft(&act, &known.id, &input, seen).await?, false)),
        _ => Ok(Sent::Looked(Box::new(work::preview(shared, caller, Some(&known), &input, None).await?))),
    }
}
