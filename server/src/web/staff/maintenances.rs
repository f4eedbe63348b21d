//! The list of planned work, and new work.

use app::pages::staff::maintenances::{self as list_page, Maintenances, Waits};
use app::pages::staff::plan::{self as composer, Composer, Preview};
use app::pages::staff::{DATED, OFFERED, Plan, When, other_languages};
use app::staff::Wrong;
use app::view::PublicView;
use app::words::{Id, Maintenance, MaintenanceStatus, Role, SubscribedKind};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::{DateTime, Utc};

pub use app::pages::staff::maintenances::Line;

use super::plan_reading;
use super::reading::Reading;
use super::{desk, work};
use crate::actions::ActionError;
use crate::actions::maintenances as actions;
use crate::domain::maintenance::{overrunning, status_at};
use crate::store::StoreError;
use crate::store::audience::{self, Audience};
use crate::store::maintenances::{self, Unfinished};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

/// The list.
pub const HERE: &str = "/staff/maintenances";
const NEW: &str = "/staff/maintenances/new";
const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// Work of the past on one page.
const PAST: usize = 30;

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("GET", NEW, RESPONDER, || get(begin)),
    Route::new("POST", NEW, RESPONDER, || post(send)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let frame = super::frame(&shared, &caller, HERE, None);
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let skipped = match Form::of_query(query.as_deref()).text("skip").as_str() {
        "" => Some(0),
        text => text.parse::<usize>().ok(),
    };
    let Some(skipped) = skipped else {
        let sentence = "Behind skip= must stand what the link to older work has there.";
        return problem::page(&frame, StatusCode::BAD_REQUEST, "This address cannot be read", sentence);
    };
    let known: Result<_, StoreError> = async { maintenances::unfinished(&mut shared.db.read().await?, &caller.page.id).await }.await;
    let known = match known {
        Ok(known) => known,
        Err(error) => return problem::away(&error),
    };
    let (running, later) = announced(&view, frame.now);
    let owned = |line: Line| Line { owner: known.iter().find(|one| one.id == line.id).and_then(|one| one.owner.clone()), ..line };
    let (undated, upcoming): (Vec<_>, Vec<_>) = later.into_iter().map(owned).partition(|line| line.window.is_none());
    let over = past(&view, frame.now);
    let older = (over.len() > skipped.saturating_add(PAST)).then(|| format!("{HERE}?skip={}", skipped + PAST));
    let list = Maintenances {
        drafts: known.iter().filter(|one| !one.announced).map(draft).collect(),
        running: running.into_iter().map(owned).collect(),
        upcoming,
        undated,
        past: over.into_iter().skip(skipped).take(PAST).collect(),
        older,
        newest: skipped == 0,
    };
    problem::html(StatusCode::OK, list_page::page(&frame, &list))
}

fn draft(one: &Unfinished) -> Line {
    Line {
        id: one.id.clone(),
        name: one.name.clone(),
        announced: false,
        status: MaintenanceStatus::Scheduled,
        window: one.window,
        owner: one.owner.clone(),
        waits: None,
        more: 0,
        ended_at: None,
    }
}

/// Announced work that is not over: what is being done or waits for somebody now, and what is to come, soonest first and series folded.
pub(super) fn announced(view: &PublicView, now: DateTime<Utc>) -> (Vec<Line>, Vec<Line>) {
    let ahead = view.maintenances.iter().filter(|m| !status_at(m, now).is_over());
    let mut ahead: Vec<&Maintenance> = ahead.map(AsRef::as_ref).collect();
    ahead.sort_by_key(|m| m.window.map(|window| window.from));
    let (running, later): (Vec<&Maintenance>, Vec<&Maintenance>) = ahead.into_iter().partition(|m| is_now(m, now));
    let series = |m: &Maintenance| m.occurrence.as_ref().map(|occurrence| occurrence.series_id.clone());
    let lines: Vec<_> = later.iter().map(|m| (series(m), line(m, now))).collect();
    let later = folded(lines.iter().map(|(series, line)| (series.as_ref(), line.clone())));
    (running.into_iter().map(|m| line(m, now)).collect(), later)
}

/// Whether it is being done, or should be.
fn is_now(m: &Maintenance, now: DateTime<Utc>) -> bool {
    status_at(m, now) != MaintenanceStatus::Scheduled || m.window.is_some_and(|window| window.from <= now)
}

fn line(m: &Maintenance, now: DateTime<Utc>) -> Line {
    let status = status_at(m, now);
    Line {
        id: m.id.clone(),
        name: m.name.clone(),
        announced: true,
        status,
        window: m.window,
        owner: None,
        waits: waits(m, status, now),
        more: 0,
        ended_at: m.completed_at.or_else(|| m.updates.first().filter(|newest| newest.status.is_over()).map(|newest| newest.display_at)),
    }
}

fn waits(m: &Maintenance, status: MaintenanceStatus, now: DateTime<Utc>) -> Option<Waits> {
    match (status, m.window) {
        (MaintenanceStatus::Completed | MaintenanceStatus::Cancelled, _) => None,
        _ if overrunning(m, now) => Some(Waits::Overrunning),
        (MaintenanceStatus::Verifying, _) if !m.auto_complete => Some(Waits::ToFinish),
        (MaintenanceStatus::Scheduled, None) => Some(Waits::Date),
        (MaintenanceStatus::Scheduled, Some(window)) if window.from <= now => Some(Waits::ToBegin),
        _ => None,
    }
}

/// The first window of each series stands for all of it.
fn folded<'a>(lines: impl Iterator<Item = (Option<&'a Id>, Line)>) -> Vec<Line> {
    let mut shown: Vec<(Option<&Id>, Line)> = Vec::new();
    for (series, line) in lines {
        match shown.iter_mut().find(|(known, _)| series.is_some() && *known == series) {
            Some((_, first)) => first.more += 1,
            None => shown.push((series, line)),
        }
    }
    shown.into_iter().map(|(_, line)| line).collect()
}

/// What is over, latest end first.
fn past(view: &PublicView, now: DateTime<Utc>) -> Vec<Line> {
    let mut over: Vec<Line> = view.maintenances.iter().filter(|m| status_at(m, now).is_over()).map(|m| line(m, now)).collect();
    over.sort_by_key(|line| std::cmp::Reverse(line.ended_at));
    over
}

/// What stands in the form.
#[derive(Default)]
struct Filled {
    plan: Plan,
    wrong: Vec<Wrong>,
    preview: Option<Preview>,
}

/// A new plan: everybody is told and reminded, and it begins and ends by itself. The planner hands over a window.
async fn begin(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let asked = Form::of_query(query.as_deref());
    let reminded = OFFERED.iter().map(|(minutes, _)| *minutes).chain(["start", "end"]);
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let plan = Plan {
        names: other_languages::none(&view),
        bodies: other_languages::none(&view),
        when: When { from: asked.text("window_from"), until: asked.text("window_until"), choice: DATED.to_owned(), ..When::default() },
        auto_start: true,
        auto_complete: true,
        remind: reminded.map(str::to_owned).collect(),
        notify: true,
        ..Plan::default()
    };
    compose(&shared, &caller, StatusCode::OK, Filled { plan, ..Filled::default() }).await
}

async fn send(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let filled = Filled { plan: plan_reading::plan(&form), ..Filled::default() };
    let act = caller.act(&shared);
    let mut reading = Reading::new(&caller.page.time_zone, act.now);
    let (input, again) = (reading.work(&filled.plan, None), reading.again(&filled.plan.again));
    let done = async {
        let (input, again) = reading.end((input, again))?;
        match form.text("do").as_str() {
            "announce" => Ok(Ok((actions::create(&act, &input, again.as_ref(), true).await?, true))),
            "save" => Ok(Ok((actions::create(&act, &input, again.as_ref(), false).await?, false))),
            _ => Ok(Err(work::preview(&shared, &caller, None, &input, again.as_ref()).await?)),
        }
    };
    match done.await {
        Ok(Ok((done, announced))) => work::told(&shared, &done, announced).await,
        Ok(Err(preview)) => compose(&shared, &caller, StatusCode::OK, Filled { preview: Some(preview), ..filled }).await,
        Err(ActionError::Invalid(problems)) => {
            let wrong = super::wrong(&problems);
            compose(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, Filled { wrong, ..filled }).await
        }
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

async fn compose(shared: &Shared, caller: &Caller, status: StatusCode, filled: Filled) -> Response {
    let view = match desk::view(shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let reach = match reach(shared, caller, &filled.plan.components, None).await {
        Ok(reach) => reach,
        Err(error) => return problem::away(&error),
    };
    let composer = Composer {
        draft: None,
        seen: None,
        plan: filled.plan,
        view: &view,
        reach: Some(reach),
        theirs: Vec::new(),
        wrong: filled.wrong,
        preview: filled.preview,
    };
    problem::html(status, composer::page(&super::frame(shared, caller, HERE, None), &composer))
}

/// How many would be told of work on these components, as the form names them, with those who follow it and without those who
/// muted it: of it is known whether it is over. One statement.
pub(super) async fn reach(shared: &Shared, caller: &Caller, chosen: &[String], work: Option<(&Id, bool)>) -> Result<i64, StoreError> {
    let named: Vec<Id> = chosen.iter().filter_map(|text| Id::parse(text.split(' ').next()?).ok()).collect();
    let mut tx = shared.db.read().await?;
    let audience = Audience {
        kind: SubscribedKind::Maintenances,
        impact: app::words::Impact::Maintenance,
        components: named.iter().collect(),
        about: work.iter().map(|(id, _)| *id).collect(),
        over: work.is_some_and(|(_, over)| over),
    };
    audience::reach(&mut tx, &caller.page.id, &audience).await
}
