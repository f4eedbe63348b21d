//! Monitors: ours, the field has none. Their targets and headers are for administrators only, and headers are never shown again.

use app::words::{ComponentStatus, Id, Monitor, MonitorKind, Role};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, post};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Fields;
use super::refusal::Refusal;
use crate::actions::monitors::{self, MonitorInput};
use crate::snapshot::v2;
use crate::store::monitors as rows;
use crate::web::router::{Guard, Route};

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/monitors", Guard::Token(Role::Admin), || get(list)),
    Route::new("POST", "/v1/pages/{page}/monitors", Guard::Token(Role::Admin), || post(create)),
    Route::new("GET", "/v1/pages/{page}/monitors/{monitor}", Guard::Token(Role::Admin), || get(one)),
    Route::new("DELETE", "/v1/pages/{page}/monitors/{monitor}", Guard::Token(Role::Admin), || delete(remove)),
];

#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    page_id: &'a str,
    component_id: Option<&'a str>,
    name: &'a str,
    kind: MonitorKind,
    url: &'a str,
    interval_seconds: i64,
    timeout_ms: i64,
    failure_threshold: i64,
    success_threshold: i64,
    status_when_down: ComponentStatus,
    header_names: Vec<&'a str>,
    expected_statuses: &'a [u16],
    keyword: Option<&'a str>,
    keyword_absent: Option<&'a str>,
    paused: bool,
    created_at: String,
    updated_at: String,
}

fn row<'a>(call: &'a Call, wire: &v2::Wire<'_>, known: &'a Monitor) -> Row<'a> {
    let settings = &known.settings;
    Row {
        id: known.id.as_str(),
        page_id: call.page().as_str(),
        component_id: known.component_id.as_ref().map(Id::as_str),
        name: &known.name,
        kind: known.kind,
        url: &known.target,
        interval_seconds: known.interval_seconds,
        timeout_ms: known.timeout_ms,
        failure_threshold: known.failure_threshold,
        success_threshold: known.success_threshold,
        status_when_down: known.status_when_down,
        header_names: settings.headers.iter().map(|(name, _)| name.as_str()).collect(),
        expected_statuses: &settings.expected_statuses,
        keyword: settings.keyword.as_deref(),
        keyword_absent: settings.keyword_absent.as_deref(),
        paused: known.paused_at.is_some(),
        created_at: wire.time(known.created_at),
        updated_at: wire.time(known.updated_at),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let found = rows::list(&mut tx, call.page()).await?;
    let view = call.view()?;
    let wire = v2::Wire::new(&view);
    let shown = found.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    answer(StatusCode::OK, &shown.map(|known| row(&call, &wire, &known.monitor)).collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let known = known(&call, &call.id("monitor")?).await?;
    answer(StatusCode::OK, &row(&call, &v2::Wire::new(&*call.view()?), &known))
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("monitor")?;
    fields.alias("target", "url");
    let input = read(&mut fields);
    fields.end()?;
    let networks = &call.shared.config.allow_private_targets;
    let done = monitors::create(&call.act(), call.page(), networks, input).await.map_err(|error| error.renamed("target", "url"))?;
    call.shared.signals.monitors.notify_one();
    let view = call.shown(&done).await?;
    answer(StatusCode::CREATED, &row(&call, &v2::Wire::new(&view), &known(&call, &done.id).await?))
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let done = monitors::delete(&call.act(), call.page(), &call.id("monitor")?).await?;
    call.shared.signals.monitors.notify_one();
    call.shown(&done).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn read(fields: &mut Fields) -> MonitorInput {
    let usual = MonitorInput::default();
    let mut settings = usual.settings;
    settings.headers = fields.pairs("headers").value().unwrap_or_default();
    settings.expected_statuses = fields.codes("expected_statuses").value().unwrap_or_default();
    settings.keyword = fields.text("keyword").value();
    settings.keyword_absent = fields.text("keyword_absent").value();
    MonitorInput {
        name: fields.text("name").value().unwrap_or_default(),
        kind: fields.word("kind", MonitorKind::ALL).value().unwrap_or(usual.kind),
        target: fields.text("url").value().unwrap_or_default(),
        interval_seconds: fields.number("interval_seconds").value().unwrap_or(usual.interval_seconds),
        timeout_ms: fields.number("timeout_ms").value().unwrap_or(usual.timeout_ms),
        component_id: fields.id("component_id").value(),
        failure_threshold: fields.number("failure_threshold").value().unwrap_or(usual.failure_threshold),
        success_threshold: fields.number("success_threshold").value().unwrap_or(usual.success_threshold),
        status_when_down: fields.word("status_when_down", ComponentStatus::ALL).value().unwrap_or(usual.status_when_down),
        settings,
        paused: fields.flag("paused").value().unwrap_or(usual.paused),
    }
}

async fn known(call: &Call, id: &Id) -> Result<Monitor, Refusal> {
    let mut tx = call.shared.db.read().await?;
    rows::get(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("monitor"))
}
