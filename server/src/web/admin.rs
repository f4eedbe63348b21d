//! The operator's listener: is the process alive, can it serve, how is it doing (reliability W9). Never on the public address.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::listen::Connections;
use crate::actions::outbox;
use crate::clock::Clock;
use crate::meters::Meters;
use crate::snapshot::Publisher;
use crate::store::Db;

/// What the operator's pages look at.
#[derive(Clone)]
pub struct Operator {
    /// The public face.
    pub publisher: Arc<Publisher>,
    /// Connections of the public listener.
    pub connections: Arc<Connections>,
    /// The time.
    pub clock: Clock,
    /// What the workers measure of themselves.
    pub meters: Arc<Meters>,
    /// The database, for what waits in the outbox.
    pub db: Db,
}

/// The router of the operator's listener.
pub fn router(operator: Operator) -> Router {
    Router::new().route("/healthz", get(healthz)).route("/readyz", get(readyz)).route("/metrics", get(metrics)).with_state(operator)
}

async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready means that readers can be served, not that the database is there.
async fn readyz(State(operator): State<Operator>) -> Response {
    if operator.publisher.with_current(|now| now.hot.contains_key("/")) {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "There is nothing to show yet.\n").into_response()
    }
}

/// Prometheus text (contract 9).
async fn metrics(State(operator): State<Operator>) -> Response {
    let mut text = String::new();
    let now = operator.clock.now();
    let (revision, age, documents) = operator.publisher.with_current(|current| {
        let age = current.seen_at.map_or(0.0, |at| (now - at).as_seconds_f64().max(0.0));
        (current.view.as_ref().map_or(0, |view| view.revision), age, current.hot.len())
    });
    // While the database is away there is no figure: a wrong one would be worse.
    let backlog = outbox::backlog(&operator.db).await.ok();
    let clock = outbox::newest_clock(&operator.db).await.ok().flatten();
    let mut gauge = |name: &str, help: &str, value: f64| {
        // Writing into a string does not fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
    };
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    {
        gauge("allclear_page_revision", "Revision of the record that readers are shown.", revision as f64);
        gauge("allclear_snapshot_age_seconds", "Seconds since the record was last seen to say what readers are shown.", age);
        gauge("allclear_snapshot_documents", "Documents held ready.", documents as f64);
        gauge("allclear_connections", "Open connections of the public listener.", operator.connections.open() as f64);
        gauge("allclear_connections_limit", "Most connections the public listener takes.", operator.connections.limit() as f64);
        let work = operator.meters.read(now);
        let seconds = |ms: i64| ms as f64 / 1000.0;
        gauge("allclear_check_lag_p50_seconds", "How late checks began, the newest 1024: half of them at most.", seconds(work.lag_p50_ms));
        gauge("allclear_check_lag_p95_seconds", "How late checks began, the newest 1024: 95 in 100 at most.", seconds(work.lag_p95_ms));
        gauge("allclear_check_oldest_due_seconds", "How long the check has been due that waits longest.", seconds(work.oldest_ms));
        let share = work.missed_ppm as f64 / 1_000_000.0;
        gauge(
            "allclear_check_missed_ratio",
            "Share of the newest 1024 checks whose time came that were not made within one interval.",
            share,
        );
        gauge("allclear_check_results_waiting", "Results that wait for the database.", work.unwritten as f64);
        gauge("allclear_check_results_lost", "Results given up because the database was away for too long.", work.dropped as f64);
        if let Some(age) = work.tick_age_ms {
            gauge("allclear_scheduler_last_tick_age_seconds", "Seconds since the jobs of the clock were last looked at.", seconds(age));
        }
        if let Some(lost) = work.network_lost {
            gauge(
                "allclear_network_lost",
                "Whether too few anchors can be reached: 1 while no failure is believed.",
                u8::from(lost).into(),
            );
        }
        if let Some(backlog) = backlog {
            let age = backlog.oldest.map_or(0.0, |at| (now - at).as_seconds_f64().max(0.0));
            gauge("allclear_outbox_depth", "Deliveries that are not yet sent.", backlog.depth as f64);
            gauge("allclear_outbox_oldest_seconds", "Seconds since the oldest unsent delivery became due.", age);
        }
        if let Some(clock) = clock {
            let _ = writeln!(
                text,
                "# HELP allclear_incident_step_seconds Seconds from the first failed check of the incident that was told of last until \
                 each step.\n# TYPE allclear_incident_step_seconds gauge"
            );
            let steps = [
                ("drafted", clock.drafted_at),
                ("published", clock.published_at),
                ("first_mail", clock.first_mail_at),
                ("last_mail", clock.last_mail_at),
            ];
            for (step, at) in steps.into_iter().filter_map(|(step, at)| Some((step, at?))) {
                let after = (at - clock.failed_at).as_seconds_f64().max(0.0);
                let _ = writeln!(text, "allclear_incident_step_seconds{{step=\"{step}\"}} {after}");
            }
        }
        let _ = writeln!(text, "# HELP allclear_checks_total Checks by what came of them.\n# TYPE allclear_checks_total counter");
        for (outcome, count) in work.outcomes {
            let _ = writeln!(text, "allclear_checks_total{{outcome=\"{outcome}\"}} {count}");
        }
        if !work.pings.is_empty() {
            let _ = writeln!(
                text,
                "# HELP allclear_dead_man_total Turns of the ping to the outside watcher by what came of them.\n\
                 # TYPE allclear_dead_man_total counter"
            );
        }
        for (outcome, count) in work.pings {
            let _ = writeln!(text, "allclear_dead_man_total{{outcome=\"{outcome}\"}} {count}");
        }
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}
