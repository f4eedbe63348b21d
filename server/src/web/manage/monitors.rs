//! Monitors: ours, the field has none. Their targets and headers are for administrators only, and headers are never shown again.

use std::collections::BTreeMap;

use app::view::PublicView;
use app::words::{Advice, ComponentStatus, HttpMethod, Id, Monitor, MonitorKind, MonitorSettings, RecordType, Role, Verdict};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{delete, get, patch, post, put};
use serde::Serialize;

use super::call::{Call, answer};
use super::fields::Fields;
use super::refusal::Refusal;
use crate::actions::ActionError;
use crate::actions::monitors::{self, MonitorInput};
use crate::domain::certificate::Certificate;
use crate::domain::heartbeat::Rhythm;
use crate::domain::maintenance::is_worked_on;
use crate::domain::monitor::{State, shown as shown_verdict};
use crate::snapshot::v2;
use crate::store::monitors as rows;
use crate::store::{advice, certificates, monitor_sheets};
use crate::web::hooks::heartbeat::push_url;
use crate::web::router::{Guard, Route};

/// Their routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages/{page}/monitors", Guard::Token(Role::Admin), || get(list)),
    Route::new("POST", "/v1/pages/{page}/monitors", Guard::Token(Role::Admin), || post(create)),
    Route::new("GET", "/v1/pages/{page}/monitors/{monitor}", Guard::Token(Role::Admin), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}/monitors/{monitor}", Guard::Token(Role::Admin), || patch(change)),
    Route::new("PUT", "/v1/pages/{page}/monitors/{monitor}", Guard::Token(Role::Admin), || put(change)),
    Route::new("POST", "/v1/pages/{page}/monitors/{monitor}/push_url", Guard::Token(Role::Admin), || post(renew_address)),
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
    response_time_ms: Option<i64>,
    max_body_bytes: Option<i64>,
    certificate_sha256: Option<&'a str>,
    send: Option<&'a str>,
    expect: Option<&'a str>,
    grace_seconds: Option<i64>,
    push_url: Option<String>,
    record_type: Option<RecordType>,
    expected_answers: &'a [String],
    name_servers: &'a [String],
    server_name: Option<&'a str>,
    certificate_expires_at: Option<String>,
    advice: Vec<Advice>,
    statuses_by_class: BTreeMap<&'a str, ComponentStatus>,
    blocked_is_down: bool,
    paused: bool,
    verdict: Verdict,
    verdict_of_checks: Verdict,
    since: String,
    last_checked_at: Option<String>,
    created_at: String,
    updated_at: String,
}

/// What was seen of a target.
struct Seen<'a> {
    state: &'a State,
    certificate: Option<&'a Certificate>,
    advice: Vec<Advice>,
}

fn row<'a>(call: &'a Call, view: &PublicView, known: &'a Monitor, seen: Seen<'_>) -> Row<'a> {
    let (settings, wire) = (&known.settings, v2::Wire::new(view));
    let verdict_of_checks = if known.paused_at.is_some() { Verdict::Unknown } else { seen.state.verdict };
    let worked_on = is_worked_on(known, view.maintenances(), call.shared.clock.now());
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
        response_time_ms: settings.response_time_ms,
        max_body_bytes: settings.max_body_bytes,
        certificate_sha256: settings.certificate_sha256.as_deref(),
        send: settings.send.as_deref(),
        expect: settings.expect.as_deref(),
        grace_seconds: (known.kind == MonitorKind::Heartbeat).then(|| Rhythm::of(known).grace.num_seconds()),
        push_url: push_url(&call.shared, call.page(), known),
        record_type: (known.kind == MonitorKind::Dns).then_some(settings.record_type),
        expected_answers: &settings.expected_answers,
        name_servers: &settings.name_servers,
        server_name: settings.server_name.as_deref(),
        certificate_expires_at: seen.certificate.map(|certificate| wire.time(certificate.expires_at)),
        advice: seen.advice,
        statuses_by_class: settings.statuses_by_class.iter().map(|(class, status)| (class.as_str(), *status)).collect(),
        blocked_is_down: settings.blocked_is_down,
        paused: known.paused_at.is_some(),
        verdict: shown_verdict(verdict_of_checks, worked_on),
        verdict_of_checks,
        since: wire.time(known.paused_at.unwrap_or_else(|| seen.state.began())),
        last_checked_at: seen.state.last_result_at.map(|at| wire.time(at)),
        created_at: wire.time(known.created_at),
        updated_at: wire.time(known.updated_at),
    }
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let (limit, offset) = call.paging(1)?;
    let mut tx = call.shared.db.read().await?;
    let found = rows::list(&mut tx, call.page()).await?;
    let view = call.view()?;
    let shown = found.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(usize::try_from(limit).unwrap_or(0));
    let rows = shown.map(|known| {
        let (certificate, advice) = (known.certificate.as_ref(), known.advice.clone());
        row(&call, &view, &known.monitor, Seen { state: &known.state, certificate, advice })
    });
    answer(StatusCode::OK, &rows.collect::<Vec<_>>())
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let id = call.id("monitor")?;
    shown(&call, StatusCode::OK, &*call.view()?, &id).await
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let input = given(&call, MonitorInput::default())?;
    let networks = &call.shared.config.allow_private_targets;
    let done = monitors::create(&call.act(), call.page(), networks, input).await.map_err(named)?;
    call.shared.signals.monitors.notify_one();
    let view = call.shown(&done).await?;
    shown(&call, StatusCode::CREATED, &view, &done.id).await
}

async fn change(call: Call) -> Result<Response, Refusal> {
    let before = known(&call, &call.id("monitor")?).await?;
    let input = given(&call, MonitorInput::from(before.clone()))?;
    let networks = &call.shared.config.allow_private_targets;
    let done = monitors::update(&call.act(), call.page(), networks, &before.id, input).await.map_err(named)?;
    call.shared.signals.monitors.notify_one();
    let view = call.shown(&done).await?;
    shown(&call, StatusCode::OK, &view, &done.id).await
}

/// What the request says of a monitor, under any name of its fields.
fn given(call: &Call, known: MonitorInput) -> Result<MonitorInput, Refusal> {
    let mut fields = call.fields("monitor")?;
    for (old, field) in [("target", "url"), ("expected_statuses", "expected_status"), ("keyword", "keyword_present")] {
        fields.alias(old, field);
    }
    let input = read(&mut fields, known);
    fields.end()?;
    Ok(input)
}

async fn remove(call: Call) -> Result<Response, Refusal> {
    let done = monitors::delete(&call.act(), call.page(), &call.id("monitor")?).await?;
    call.shared.signals.monitors.notify_one();
    call.shown(&done).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Gives a heartbeat another push address.
async fn renew_address(call: Call) -> Result<Response, Refusal> {
    let done = monitors::renew_address(&call.act(), call.page(), &call.id("monitor")?).await?;
    shown(&call, StatusCode::OK, &*call.view()?, &done.id).await
}

/// A monitor as it is to be: what is not said of it stays as it is, and what is `null` becomes the usual.
fn read(fields: &mut Fields, known: MonitorInput) -> MonitorInput {
    let kind = fields.word("kind", MonitorKind::ALL).or(Some(known.kind)).unwrap_or(MonitorInput::default().kind);
    let usual = MonitorInput::usual(kind);
    // What is confirmed by asking again and what is confirmed by waiting have different thresholds.
    let known = if (kind == MonitorKind::Heartbeat) == (known.kind == MonitorKind::Heartbeat) {
        known
    } else {
        MonitorInput { failure_threshold: usual.failure_threshold, success_threshold: usual.success_threshold, ..known }
    };
    let as_known = known.settings;
    let settings = MonitorSettings {
        method: fields.word("method", HttpMethod::ALL).or(Some(as_known.method)).unwrap_or_default(),
        headers: fields.pairs("headers").or(Some(as_known.headers)).unwrap_or_default(),
        body: fields.text("body").or(as_known.body),
        expected_statuses: fields.codes("expected_status").or(Some(as_known.expected_statuses)).unwrap_or_default(),
        keyword: fields.text("keyword_present").or(as_known.keyword),
        keyword_absent: fields.text("keyword_absent").or(as_known.keyword_absent),
        expected_headers: fields.pairs("expected_headers").or(Some(as_known.expected_headers)).unwrap_or_default(),
        json_path: fields.text("json_path").or(as_known.json_path),
        json_value: fields.text("json_value").or(as_known.json_value),
        redirect_target: fields.text("redirect_target").or(as_known.redirect_target),
        response_time_ms: fields.number("response_time_ms").or(as_known.response_time_ms),
        max_body_bytes: fields.number("max_body_bytes").or(as_known.max_body_bytes),
        certificate_sha256: fields.text("certificate_sha256").or(as_known.certificate_sha256),
        send: fields.text("send").or(as_known.send),
        expect: fields.text("expect").or(as_known.expect),
        grace_seconds: fields.number("grace_seconds").or(as_known.grace_seconds),
        // Not theirs to choose: the action keeps it, and `push_url` renews it.
        push_epoch: 0,
        record_type: fields.word("record_type", RecordType::ALL).or(Some(as_known.record_type)).unwrap_or_default(),
        expected_answers: fields.texts("expected_answers").or(Some(as_known.expected_answers)).unwrap_or_default(),
        name_servers: fields.texts("name_servers").or(Some(as_known.name_servers)).unwrap_or_default(),
        server_name: fields.text("server_name").or(as_known.server_name),
        statuses_by_class: fields.statuses("statuses_by_class").or(Some(as_known.statuses_by_class)).unwrap_or_default(),
        blocked_is_down: fields.flag("blocked_is_down").or(Some(as_known.blocked_is_down)).unwrap_or_default(),
    };
    let mut number = |field, known, usual| fields.number(field).or(Some(known)).unwrap_or(usual);
    MonitorInput {
        interval_seconds: number("interval_seconds", known.interval_seconds, usual.interval_seconds),
        timeout_ms: number("timeout_ms", known.timeout_ms, usual.timeout_ms),
        failure_threshold: number("failure_threshold", known.failure_threshold, usual.failure_threshold),
        success_threshold: number("success_threshold", known.success_threshold, usual.success_threshold),
        name: fields.text("name").or(Some(known.name)).unwrap_or_default(),
        kind,
        target: fields.text("url").or(Some(known.target)).unwrap_or_default(),
        component_id: fields.id("component_id").or(known.component_id),
        status_when_down: fields
            .word("status_when_down", ComponentStatus::ALL)
            .or(Some(known.status_when_down))
            .unwrap_or(usual.status_when_down),
        paused: fields.flag("paused").or(Some(known.paused)).unwrap_or(usual.paused),
        settings,
    }
}

/// Problems under the names that programs gave.
fn named(error: ActionError) -> ActionError {
    error.renamed("target", "url").renamed("expected_statuses", "expected_status").renamed("keyword", "keyword_present")
}

/// A monitor, with what it saw.
async fn shown(call: &Call, status: StatusCode, view: &PublicView, id: &Id) -> Result<Response, Refusal> {
    let mut tx = call.shared.db.read().await?;
    let known = monitor_sheets::one(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("monitor"))?;
    let certificate = certificates::get(&mut tx, id).await?;
    let seen = Seen { state: &known.state, certificate: certificate.as_ref(), advice: advice::get(&mut tx, id).await? };
    answer(status, &row(call, view, &known.monitor, seen))
}

async fn known(call: &Call, id: &Id) -> Result<Monitor, Refusal> {
    let mut tx = call.shared.db.read().await?;
    rows::get(&mut tx, call.page(), id).await?.ok_or(Refusal::missing("monitor"))
}
