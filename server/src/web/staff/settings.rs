//! What the operator chose for the page.

use app::pages::staff::settings::{self as page, Settings};
use app::staff::Wrong;
use app::words::{PageSettings, Role};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use crate::actions::{ActionError, Problems, settings};
use crate::store::StoreError;
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/settings";
const ADMIN: Guard = Guard::Staff(Role::Admin);

/// The routes.
pub const ROUTES: &[Route] = &[Route::new("GET", HERE, ADMIN, || get(show)), Route::new("POST", HERE, ADMIN, || post(save))];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let chosen: Result<_, StoreError> = async { settings::load(&mut shared.db.read().await?, &caller.page.id).await }.await;
    match chosen {
        Ok(chosen) => answer(&shared, &caller, StatusCode::OK, &texts(&chosen), &[]),
        Err(error) => problem::away(&error),
    }
}

fn answer(shared: &Shared, caller: &Caller, status: StatusCode, texts: &Settings, wrong: &[Wrong]) -> Response {
    problem::html(status, page::page(&super::frame(shared, caller, HERE, None), texts, wrong))
}

fn texts(chosen: &PageSettings) -> Settings {
    Settings {
        lead_days: chosen.lead_days.to_string(),
        postmortem_days: chosen.postmortem_days.to_string(),
        review: chosen.review,
        sightings_alert: chosen.sightings_alert.to_string(),
    }
}

async fn save(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let texts = Settings {
        lead_days: form.text("lead_days"),
        postmortem_days: form.text("postmortem_days"),
        review: form.flag("review"),
        sightings_alert: form.text("sightings_alert"),
    };
    let done = async { settings::save(&caller.act(&shared), &read(&texts)?).await };
    match done.await {
        Ok(_) => flash::to(HERE, "Saved."),
        Err(ActionError::Invalid(problems)) => answer(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, &texts, &super::wrong(&problems)),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

/// The numbers; whether they are possible says the action.
fn read(texts: &Settings) -> Result<PageSettings, ActionError> {
    let mut problems = Problems::default();
    let mut number = |field, text: &str| {
        text.parse().unwrap_or_else(|_| {
            problems.add(field, "Write a whole number, such as 7.");
            0
        })
    };
    let chosen = PageSettings {
        lead_days: number("lead_days", &texts.lead_days),
        postmortem_days: number("postmortem_days", &texts.postmortem_days),
        review: texts.review,
        sightings_alert: number("sightings_alert", &texts.sightings_alert),
    };
    problems.end().map(|()| chosen)
}
