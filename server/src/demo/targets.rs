//! Targets for the demonstration's monitors: some answer, one fails for a quarter of every hour, one is slow.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::Timelike as _;

use crate::clock::Clock;

/// What the slow one takes its time for.
const SLOW: std::time::Duration = std::time::Duration::from_millis(900);

/// How a target behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Answers 200.
    Well,
    /// Answers 503.
    Down,
    /// Answers 503 in the first quarter of every hour.
    Flaky,
    /// Answers late.
    Slow,
}

impl Behaviour {
    const fn name(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Down => "down",
            Self::Flaky => "flaky",
            Self::Slow => "slow",
        }
    }

    /// The path of a target that behaves like this.
    #[must_use]
    pub fn path(self, what: &str) -> String {
        format!("/{}/{what}", self.name())
    }
}

/// The router of the targets.
pub fn router(clock: Clock) -> Router {
    Router::new().route("/{behaviour}/{what}", get(answer)).with_state(clock)
}

async fn answer(State(clock): State<Clock>, Path((behaviour, what)): Path<(String, String)>) -> Response {
    if behaviour == Behaviour::Slow.name() {
        tokio::time::sleep(SLOW).await;
    }
    let failing = behaviour == Behaviour::Down.name() || behaviour == Behaviour::Flaky.name() && clock.now().minute() < 15;
    if failing {
        (StatusCode::SERVICE_UNAVAILABLE, format!("{what}: upstream connect error\n")).into_response()
    } else {
        format!("{what}: ok\n").into_response()
    }
}
