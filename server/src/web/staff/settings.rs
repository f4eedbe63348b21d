//! What the operator chose for the page.

use app::pages::staff::settings::{self as page, Settings};
use app::staff::Wrong;
use app::words::{PageSettings, Role, Weights};
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
        weights: [chosen.weights.degraded, chosen.weights.partial, chosen.weights.major].map(weight_text),
        merge_minutes: chosen.merge_minutes.to_string(),
        publish_after_minutes: chosen.publish_after_minutes.to_string(),
        resolve_by_itself: chosen.resolve_by_itself,
    }
}

/// Hundredths as a number from 0 to 1.
fn weight_text(hundredths: i64) -> String {
    app::parts::measure::decimal(hundredths)
}

/// The same the other way around: hundredths of a number such as `0.3`, in whole hundredths only.
fn weight(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let digits = |text: &str, most| text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole, 3) || !digits(part, 2) {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?)
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
        weights: ["weight_degraded", "weight_partial", "weight_major"].map(|field| form.text(field)),
        merge_minutes: form.text("merge_minutes"),
        publish_after_minutes: form.text("publish_after_minutes"),
        resolve_by_itself: form.flag("resolve_by_itself"),
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
    let mut weighed = |field, text: &str| {
        problems.keep(field, weight(text).ok_or_else(|| "Write a number from 0 to 1 with at most two decimals, such as 0.3.".to_owned()))
    };
    let [degraded, partial, major] = &texts.weights;
    let weights = Weights {
        degraded: weighed("weight_degraded", degraded),
        partial: weighed("weight_partial", partial),
        major: weighed("weight_major", major),
    };
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
        weights,
        merge_minutes: number("merge_minutes", &texts.merge_minutes),
        publish_after_minutes: number("publish_after_minutes", &texts.publish_after_minutes),
        resolve_by_itself: texts.resolve_by_itself,
    };
    problems.end().map(|()| chosen)
}
