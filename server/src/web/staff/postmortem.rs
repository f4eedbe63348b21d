//! One post-mortem: the page on which it is written, saved, read and published.

use app::pages::postmortem::within;
use app::pages::staff::action_items::{ItemFields, Items, Owned};
use app::pages::staff::postmortem::{self as pages, Desk, Form as Which, Review};
use app::pages::staff::{BY, PlanFields, Typed, WAIVED};
use app::parts::locale::Locale;
use app::staff::Wrong;
use app::view::PublicView;
use app::words::{Id, Impact, Role, SubscribedKind};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::names::{Names, is_caller};
use super::postmortems::{HERE, coverable};
use super::reading::Reading;
use super::{desk, document, postmortem_steps as steps};
use crate::actions::postmortems::{self as actions, Saved, usually_due};
use crate::actions::{ActionError, Done};
use crate::domain::lint::lint;
use crate::store::audience::{self, Audience};
use crate::store::postmortem_files::{Covers, PostmortemFile};
use crate::store::{StoreError, postmortem_sheets};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::visitor::preview::as_read;
use crate::web::{flash, problem};

const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/staff/post-mortems/{id}", Guard::Staff(Role::Viewer), || get(show)),
    Route::new("POST", "/staff/post-mortems/{id}", RESPONDER, || post(send)),
    Route::new("POST", "/staff/post-mortems/{id}/draft", RESPONDER, || post(autosave)),
    Route::new("POST", "/staff/post-mortems/{id}/approve", RESPONDER, || post(steps::approve)),
    Route::new("POST", "/staff/post-mortems/{id}/send-back", RESPONDER, || post(steps::send_back)),
    Route::new("POST", "/staff/post-mortems/{id}/plan", RESPONDER, || post(steps::plan)),
    Route::new("POST", "/staff/post-mortems/{id}/preview-link", RESPONDER, || post(steps::link)),
    Route::new("POST", "/staff/post-mortems/{id}/revert", RESPONDER, || post(steps::revert)),
    Route::new("POST", "/staff/post-mortems/{id}/delete", RESPONDER, || post(steps::delete)),
    Route::new("GET", "/staff/post-mortems/{id}/feedback", Guard::Staff(Role::Viewer), || get(steps::feedback)),
];

/// What a form that was refused, or is only looked at, had in it.
#[derive(Default)]
pub(super) struct Kept {
    /// Which form it was.
    pub which: Which,
    /// The text.
    pub typed: Option<Typed>,
    /// Whether it shall be provisional, and whether subscribers are told.
    pub publication: Option<(bool, bool)>,
    /// The promise.
    pub plan: Option<PlanFields>,
    /// Why it is sent back.
    pub because: String,
    /// A follow-up: which, or a new one.
    pub item: Option<(Option<Id>, ItemFields)>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
    /// Whether somebody else was faster.
    pub conflict: bool,
    /// What readers would see.
    pub preview: Option<String>,
    /// A link to show the draft with.
    pub link: Option<(String, DateTime<Utc>)>,
}

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    answer(&shared, &caller, &id, StatusCode::OK, Kept::default()).await
}

/// The id in an address.
pub(super) fn known(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("post-mortem"))
}

/// The post-mortem of that id on this page.
pub(super) async fn load(shared: &Shared, caller: &Caller, id: &str) -> Result<PostmortemFile, ActionError> {
    let id = known(id)?;
    let mut tx = shared.db.read().await?;
    postmortem_sheets::sheet(&mut tx, &caller.page.id, &id).await?.ok_or(ActionError::Missing("post-mortem"))
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

/// Leads to the page, or shows it again.
pub(super) async fn led(
    shared: &Shared,
    caller: &Caller,
    id: &str,
    done: Result<Done, ActionError>,
    kept: Kept,
    sentence: &str,
) -> Response {
    match done {
        Ok(done) => {
            desk::settle(shared, &done).await;
            flash::to(&format!("{HERE}/{id}"), sentence)
        }
        Err(error) => refused(shared, caller, id, error, kept).await,
    }
}

/// The page as it is now, with what was kept of a form.
pub(super) async fn answer(shared: &Shared, caller: &Caller, id: &str, status: StatusCode, kept: Kept) -> Response {
    let file = match load(shared, caller, id).await {
        Ok(file) => file,
        Err(error) => return problem::refused(&super::frame(shared, caller, HERE, None), &error),
    };
    let view = match desk::view(shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        let names = Names::read(&mut tx, &caller.page.id).await?;
        Ok::<_, StoreError>((names, reach(&mut tx, caller, &view, &file.covers).await?))
    };
    match read.await {
        Ok((names, reach)) => problem::html(status, document_of(shared, caller, &file, &view, &names, reach, kept)),
        Err(error) => problem::away(&error),
    }
}

/// How many subscribers a publication is told to: those of everything it covers. One statement.
async fn reach(tx: &mut crate::store::Tx, caller: &Caller, view: &PublicView, covers: &Covers) -> Result<i64, StoreError> {
    let incidents: Vec<_> = covers.incidents.iter().filter_map(|id| view.incident(id.as_str())).collect();
    let work = covers.maintenance.as_ref().and_then(|id| view.maintenance(id.as_str()));
    let mut each: Vec<Vec<Id>> = incidents.iter().map(|incident| incident.components.clone()).collect();
    each.extend(work.map(|work| work.components.iter().map(|planned| planned.component_id.clone()).collect()));
    // What names no component concerns everyone.
    let everyone = each.iter().any(Vec::is_empty);
    let components: Vec<Id> = if everyone { Vec::new() } else { each.into_iter().flatten().collect() };
    let impact = incidents.iter().map(|incident| incident.impact).max().unwrap_or(Impact::Maintenance);
    let about = covers.incidents.iter().chain(&covers.maintenance).collect();
    let audience = Audience { kind: SubscribedKind::Postmortems, impact, components: components.iter().collect(), about, over: true };
    audience::reach(tx, &caller.page.id, &audience).await
}

fn document_of(
    shared: &Shared,
    caller: &Caller,
    file: &PostmortemFile,
    view: &PublicView,
    names: &Names,
    reach: i64,
    kept: Kept,
) -> String {
    let frame = super::frame(shared, caller, HERE, None);
    let (zone, record) = (frame.locale(), &file.record.postmortem);
    let text = file.text();
    let theirs = Typed::of(&text, &file.covers.incidents, file.covers.maintenance.as_ref(), zone);
    let typed = kept.typed.unwrap_or_else(|| theirs.clone());
    let differs = if kept.conflict { theirs.differences(&typed) } else { Vec::new() };
    let staff = names.choices();
    let who = |person: &Option<String>| person.as_deref().map(|person| names.of(person));
    let (provisional, notify) = kept.publication.unwrap_or((record.provisional, true));
    let desk = Desk {
        coverable: coverable(view, &typed.incidents, &typed.maintenance),
        typed,
        begun: file.draft.is_some() || record.status.is_public(),
        seen: seen_text(file.draft_updated_at),
        saved: file.draft_updated_at.map(|at| (at, who(&file.draft_by))),
        pending: file.draft.is_some(),
        view,
        remarks: remarks(file),
        review: Review {
            demanded: caller.settings.review,
            asked: who(&file.review_asked_by).zip(file.review_asked_at),
            approved: who(&file.approved_by).zip(file.approved_at),
            mine: file.draft_by.as_deref().is_some_and(|writer| !is_caller(caller, writer)),
            because: kept.because,
        },
        plan: kept.plan.unwrap_or_else(|| plan_of(file, zone, usually_due(&caller.settings, frame.now))),
        owner: who(&file.owner),
        staff: &staff,
        items: Items {
            postmortem: &record.id,
            items: file
                .items
                .iter()
                .map(|(item, owner)| Owned { item: item.clone(), owner: owner.clone(), owner_name: who(owner) })
                .collect(),
            typed: kept.item,
        },
        reach,
        provisional,
        notify,
        refused: kept.which,
        wrong: kept.wrong,
        theirs: differs,
        // Those who may not write see what there is as readers would.
        preview: kept.preview.or_else(|| {
            let shown = || as_read(file, text.clone(), file.covers.clone(), frame.now);
            (!frame.may(Role::Responder)).then(|| app::render_piece(|| within(view, &shown())))
        }),
        link: kept.link,
        postmortem: record,
    };
    pages::page(&frame, &desk)
}

/// The promise as it stands in the record, or what would be promised.
fn plan_of(file: &PostmortemFile, zone: Locale, usual: DateTime<Utc>) -> PlanFields {
    let record = &file.record.postmortem;
    PlanFields {
        choice: if record.waived_because.is_some() { WAIVED } else { BY }.to_owned(),
        by: zone.day(record.due_at.unwrap_or(usual)).to_string(),
        owner: file.owner.clone().unwrap_or_default(),
        because: record.waived_because.clone().unwrap_or_default(),
    }
}

/// What a careful reader would remark of what is saved: where on the page, and the sentence.
fn remarks(file: &PostmortemFile) -> Vec<(Option<String>, String)> {
    let items: Vec<_> = file.items.iter().map(|(item, _)| item.clone()).collect();
    let place = |section: &str| match section {
        "facts" => "#f-impact_from".to_owned(),
        "action-items" => "#items-title".to_owned(),
        section => format!("#f-{}", section.replace('-', "_")),
    };
    lint(&file.text(), &items).into_iter().map(|remark| (remark.section.map(place), remark.sentence)).collect()
}

fn seen_text(at: Option<DateTime<Utc>>) -> String {
    at.map(|at| at.timestamp_micros().to_string()).unwrap_or_default()
}

/// The draft that the writer looked at; `None` where there was none.
pub(super) fn seen(form: &Form) -> Result<Option<DateTime<Utc>>, ActionError> {
    let refused = || ActionError::invalid("", "This form was changed on its way. Open the page again and send it from there.");
    match form.text("seen").as_str() {
        "" => Ok(None),
        text => text.parse().ok().and_then(DateTime::from_timestamp_micros).map(Some).ok_or_else(refused),
    }
}

/// Saves what a form holds.
async fn save(shared: &Shared, caller: &Caller, file: &PostmortemFile, form: &Form, typed: &Typed) -> Result<Saved, ActionError> {
    let act = caller.act(shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let text = reading.document(typed, &file.text());
    let covers = reading.covers(&typed.incidents, &typed.maintenance);
    let (text, covers) = reading.end((text, covers))?;
    actions::save(&act, &file.record.postmortem.id, &text, &covers, seen(form)?).await
}

/// What came of the form.
enum Sent {
    Done(Done, &'static str),
    Looked(String),
}

/// The text: saved, looked at, given to a second reader, or published. What is sent is saved before anything else is done with it.
async fn send(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let typed = document::typed(&form);
    let sent = try_send(&shared, &caller, &id, &form, &typed).await;
    let publication = Some((form.flag("provisional"), form.flag("notify")));
    let kept = Kept { typed: Some(typed), publication, ..Kept::default() };
    match sent {
        Ok(Sent::Done(done, sentence)) => led(&shared, &caller, &id, Ok(done), kept, sentence).await,
        Ok(Sent::Looked(html)) => answer(&shared, &caller, &id, StatusCode::OK, Kept { preview: Some(html), ..kept }).await,
        Err(error) => refused(&shared, &caller, &id, error, kept).await,
    }
}

async fn try_send(shared: &Shared, caller: &Caller, id: &str, form: &Form, typed: &Typed) -> Result<Sent, ActionError> {
    let file = load(shared, caller, id).await?;
    let wanted = form.text("do");
    if wanted == "preview" {
        return look(shared, caller, &file, typed).map(Sent::Looked);
    }
    let saved = save(shared, caller, &file, form, typed).await?;
    let (act, id) = (caller.act(shared), &file.record.postmortem.id);
    Ok(match wanted.as_str() {
        "publish" => {
            let (provisional, notify) = (form.flag("provisional"), form.flag("notify"));
            let done = actions::publish(&act, id, provisional, notify, saved.draft_updated_at).await?;
            Sent::Done(done, "Published. Readers see it now.")
        }
        "review" => Sent::Done(actions::ask_review(&act, id, saved.draft_updated_at).await?, "Saved. Somebody else is asked to read it."),
        _ => Sent::Done(Done { id: id.clone(), revision: saved.revision }, "Saved. Readers see nothing of it before it is published."),
    })
}

/// What readers would see: the same pieces as on the public page.
fn look(shared: &Shared, caller: &Caller, file: &PostmortemFile, typed: &Typed) -> Result<String, ActionError> {
    let view = desk::view(shared).map_err(|_| ActionError::invalid("", "There is no preview yet: the page is starting."))?;
    let now = shared.clock.now();
    let mut reading = Reading::new(&caller.page.time_zone, now);
    let text = reading.document(typed, &file.text());
    let covers = reading.covers(&typed.incidents, &typed.maintenance);
    let (text, covers) = reading.end((text, covers))?;
    let shown = as_read(file, text, covers, now);
    Ok(app::render_piece(|| within(&view, &shown)))
}

/// What the island sends every few seconds. It is answered in JSON: when it was saved, what the next save has seen, and the remarks.
async fn autosave(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async {
        let file = load(&shared, &caller, &id).await?;
        let saved = save(&shared, &caller, &file, &form, &document::typed(&form)).await?;
        Ok::<_, ActionError>((saved, load(&shared, &caller, &id).await?))
    };
    match done.await {
        Ok((saved, file)) => {
            let remarks: Vec<_> =
                remarks(&file).into_iter().map(|(place, sentence)| serde_json::json!({ "place": place, "sentence": sentence })).collect();
            let at = Locale::at(&caller.page.time_zone, shared.clock.now()).to_the_second(shared.clock.now());
            let body = serde_json::json!({ "saved": at, "seen": seen_text(saved.draft_updated_at), "remarks": remarks });
            problem::json_body(StatusCode::OK, &body)
        }
        Err(ActionError::Store(error)) => problem::away(&error),
        Err(error @ ActionError::Missing(_)) => problem::json(StatusCode::NOT_FOUND, &format!("Not saved: {error}")),
        Err(error @ ActionError::Invalid(_)) => problem::json(StatusCode::UNPROCESSABLE_ENTITY, &format!("Not saved: {error}")),
        Err(ActionError::Conflict(sentence)) => {
            problem::json(StatusCode::CONFLICT, &format!("Not saved: {sentence} Your text stays here. Press Save to see both texts."))
        }
    }
}
