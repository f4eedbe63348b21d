//! Monitors: ours, the field has none. Their targets and headers are for administrators only, and headers are never shown again.

use std::collections::BTreeMap;

use app::words::{ComponentStatus, HttpMethod, Id, Monitor, MonitorKind, Role};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, post};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Fields;
use super::refusal::Refusal;
use crate::actions::ActionError;
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
    method: HttpMethod,
    header_names: Vec<&'a str>,
    has_body: bool,
    expected_status: &'a [u16],
    keyword_present: Option<&'a str>,
    keyword_absent: Option<&'a str>,
    expected_headers: BTreeMap<&'a str, &'a str>,
    json_path: Option<&'a str>,
    json_value: Option<&'a str>,
    redirect_target: Option<&'a str>,
    max_body_bytes: Option<i64>,
    certificate_sha256: Option<&'a str>,
    send: Option<&'a str>,
    expect: Option<&'a str>,
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
        method: settings.method,
        header_names: settings.headers.iter().map(|(name, _)| name.as_str()).collect(),
        has_body: settings.body.is_some(),
        expected_status: &settings.expected_statuses,
        keyword_present: settings.keyword.as_deref(),
        keyword_absent: settings.keyword_absent.as_deref(),
        expected_headers: settings.expected_headers.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect(),
        json_path: settings.json_path.as_deref(),
        json_value: settings.json_value.as_deref(),
        redirect_target: settings.redirect_target.as_deref(),
        max_body_bytes: settings.max_body_bytes,
        certificate_sha256: settings.certificate_sha256.as_deref(),
        send: settings.send.as_deref(),
        expect: settings.expect.as_deref(),
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
    for (old, field) in [("target", "url"), ("expected_statuses", "expected_status"), ("keyword", "keyword_present")] {
        fields.alias(old, field);
    }
    let input = read(&mut fields);
    fields.end()?;
    let networks = &call.shared.config.allow_private_targets;
    let done = monitors::create(&call.act(), call.page(), networks, input).await.map_err(named)?;
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
    settings.method = fields.word("method", HttpMethod::ALL).value().unwrap_or_default();
    settings.headers = fields.pairs("headers").value().unwrap_or_default();
    settings.body = fields.text("body").value();
    settings.expected_statuses = fields.codes("expected_status").value().unwrap_or_default();
    settings.keyword = fields.text("keyword_present").value();
    settings.keyword_absent = fields.text("keyword_absent").value();
    settings.expected_headers = fields.pairs("expected_headers").value().unwrap_or_default();
    settings.json_path = fields.text("json_path").value();
    settings.json_value = fields.text("json_value").value();
    settings.redirect_target = fields.text("redirect_target").value();
    settings.max_body_bytes = fields.number("max_body_bytes").value();
    settings.certificate_sha256 = fields.text("certificate_sha256").value();
    settings.send = fields.text("send").value();
    settings.expect = fields.text("expect").value();
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

/// Problems under the names that programs gave.
fn named(error: ActionError) -> ActionError {
    error.renamed("target", "url").renamed("expected_statuses", "expected_status").renamed("keyword", "keyword_present")
}

async fn known(call: &Call, id: &Id) -> Result<Monitor, Refusal> {
    let mut tx = call.shared.db.read().await?;
    rows::get(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("monitor"))
}
