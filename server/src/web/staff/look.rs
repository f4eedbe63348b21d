//! The page itself: its name and zone, its languages, its colours and its images.

use app::pages::staff::look::{self as page, Fields};
use app::staff::Wrong;
use app::words::{LookSettings, PictureUse, Role};
use axum::Extension;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::desk;
use crate::actions::look::{self, PageInput};
use crate::actions::{ActionError, Done, Problems};
use crate::snapshot::look::offered;
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/look";
const ADMIN: Guard = Guard::Staff(Role::Admin);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, ADMIN, || get(show)),
    Route::new("POST", HERE, ADMIN, || post(save)),
    Route::new("POST", "/staff/look/{picture}", ADMIN, || post(upload)),
    Route::new("POST", "/staff/look/{picture}/removal", ADMIN, || post(remove)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    match known(&shared).await {
        Ok(fields) => answer(&shared, &caller, StatusCode::OK, &fields, &[]),
        Err(error) => refused(&shared, &caller, &error),
    }
}

/// What is kept, as texts.
async fn known(shared: &Shared) -> Result<Fields, ActionError> {
    let known = look::load(&mut shared.db.read().await?).await?;
    let colour = |colour: Option<app::words::Colour>| colour.map(String::from).unwrap_or_default();
    Ok(Fields {
        languages: offered(&known.look),
        accent: colour(known.look.accent),
        accent_dark: colour(known.look.accent_dark),
        name: known.name,
        time_zone: known.time_zone,
        home: known.look.home,
        about: known.look.about,
        hidden_from_search: known.look.hidden_from_search,
        language: known.look.language,
    })
}

fn answer(shared: &Shared, caller: &Caller, status: StatusCode, fields: &Fields, wrong: &[Wrong]) -> Response {
    let view = shared.publisher.current().view.clone();
    problem::html(status, page::page(&super::frame(shared, caller, HERE, None), fields, view.as_deref(), wrong))
}

fn refused(shared: &Shared, caller: &Caller, error: &ActionError) -> Response {
    problem::refused(&super::frame(shared, caller, HERE, None), error)
}

async fn save(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = Fields {
        name: form.text("name"),
        time_zone: form.text("time_zone"),
        home: form.text("home"),
        about: form.text("about"),
        hidden_from_search: form.flag("hidden_from_search"),
        language: form.text("language"),
        languages: form.all("languages"),
        accent: form.text("accent"),
        accent_dark: form.text("accent_dark"),
    };
    let done = async { look::save(&caller.act(&shared), &read(&fields)?).await };
    led(&shared, &caller, done.await, Some(fields), "Saved. Readers see it now.").await
}

/// The colours; whether the rest is possible says the action.
fn read(fields: &Fields) -> Result<PageInput, ActionError> {
    let mut problems = Problems::default();
    let mut colour = |field, text: &str| {
        let read = (!text.is_empty()).then(|| text.parse().map_err(str::to_owned)).transpose();
        problems.keep(field, read)
    };
    let (accent, accent_dark) = (colour("accent", &fields.accent), colour("accent_dark", &fields.accent_dark));
    problems.end()?;
    let all = app::language::all().iter().all(|language| fields.languages.iter().any(|code| code == language.code()));
    let look = LookSettings {
        accent,
        accent_dark,
        home: fields.home.clone(),
        about: fields.about.clone(),
        hidden_from_search: fields.hidden_from_search,
        language: fields.language.clone(),
        languages: (!all).then(|| fields.languages.clone()),
    };
    Ok(PageInput { name: fields.name.clone(), time_zone: fields.time_zone.clone(), look })
}

async fn upload(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(name): Path<String>,
    parts: Result<Multipart, MultipartRejection>,
) -> Response {
    let done = async {
        let purpose = purpose(&name)?;
        let bytes = file(parts, &name).await.map_err(|sentence| ActionError::invalid(purpose.as_str(), sentence))?;
        look::put_picture(&caller.act(&shared), purpose, &bytes).await
    };
    led(&shared, &caller, done.await, None, "The image is on the page now.").await
}

async fn remove(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(name): Path<String>) -> Response {
    let done = async { look::remove_picture(&caller.act(&shared), purpose(&name)?).await };
    led(&shared, &caller, done.await, None, "The image is removed.").await
}

fn purpose(name: &str) -> Result<PictureUse, ActionError> {
    name.parse().map_err(|_| ActionError::Missing("image"))
}

/// The file of that name in what was sent; empty where none was chosen.
async fn file(parts: Result<Multipart, MultipartRejection>, name: &str) -> Result<Bytes, String> {
    let broken = |_| "What was sent did not arrive whole. Choose the file again.".to_owned();
    let mut parts = parts.map_err(|_| "Choose a file first.".to_owned())?;
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        if part.name() == Some(name) {
            return part.bytes().await.map_err(broken);
        }
    }
    Ok(Bytes::new())
}

/// Shows the form again with what is wrong, or what was done. Where `sent` is missing, the form stands as it is kept.
async fn led(shared: &Shared, caller: &Caller, done: Result<Done, ActionError>, sent: Option<Fields>, sentence: &'static str) -> Response {
    let problems = match done {
        Ok(done) => {
            desk::settle(shared, &done).await;
            return flash::to(HERE, sentence);
        }
        Err(ActionError::Invalid(problems)) => problems,
        Err(error) => return refused(shared, caller, &error),
    };
    let fields = match sent {
        Some(fields) => Ok(fields),
        None => known(shared).await,
    };
    match fields {
        Ok(fields) => answer(shared, caller, StatusCode::UNPROCESSABLE_ENTITY, &fields, &super::wrong(&problems)),
        Err(error) => refused(shared, caller, &error),
    }
}
