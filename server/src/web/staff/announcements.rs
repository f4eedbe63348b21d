//! Announcements: written, looked at, ended and deleted.

use app::markdown;
use app::pages::staff::announcements::{self as pages, Fields, Line};
use app::pages::staff::other_languages::{self, Texts};
use app::staff::Wrong;
use app::words::{Announcement, Id, Role};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::desk;
use super::paging::{Paged, paged};
use super::reading::{self, Reading};
use crate::actions::announcements::{self as actions, AnnouncementInput};
use crate::actions::{Act, ActionError, Done};
use crate::store::announcements::{self, AnnouncementFile};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/announcements";
const RESPONDER: Guard = Guard::Staff(Role::Responder);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("GET", "/staff/announcements/new", RESPONDER, || get(begin)),
    Route::new("POST", "/staff/announcements/new", RESPONDER, || post(create)),
    Route::new("GET", "/staff/announcements/{id}", RESPONDER, || get(open)),
    Route::new("POST", "/staff/announcements/{id}", RESPONDER, || post(change)),
    Route::new("POST", "/staff/announcements/{id}/end", RESPONDER, || post(end)),
    Route::new("POST", "/staff/announcements/{id}/delete", RESPONDER, || post(delete)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let asked = paged(&Form::of_query(query.as_deref()));
    let read = async {
        let mut tx = shared.db.read().await?;
        announcements::list(&mut tx, &caller.page.id, Paged::SIZE + 1, asked.offset()).await
    };
    match read.await {
        Ok(files) => {
            let (files, more) = asked.cut(files);
            let lines: Vec<Line> = files.into_iter().map(line).collect();
            let older = more.then(|| asked.next(HERE, &[]));
            problem::html(StatusCode::OK, pages::page(&super::frame(&shared, &caller, HERE, None), &lines, older))
        }
        Err(error) => problem::away(&error),
    }
}

fn line(file: AnnouncementFile) -> Line {
    let body_html = markdown::to_html(&file.announcement.body);
    Line { announcement: Announcement { body_html, ..file.announcement }, author: file.author }
}

async fn begin(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let fields = Fields { until: "at".to_owned(), bodies: other_languages::none(&view), ..Fields::default() };
    answer(&shared, &caller, None, StatusCode::OK, &fields, None, &[])
}

async fn open(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    match opened(&shared, &caller, &id).await {
        Ok((announcement, (notify, told))) => {
            let zone = super::frame(&shared, &caller, HERE, None).locale();
            let fields = Fields {
                body: announcement.body,
                bodies: other_languages::bodies(&view, &announcement.id),
                starts_at: zone.field(announcement.starts_at),
                until: if announcement.expires_at.is_some() { "at" } else { "open" }.to_owned(),
                expires_at: announcement.expires_at.map(|end| zone.field(end)).unwrap_or_default(),
                notify,
                told,
            };
            answer(&shared, &caller, Some(&announcement.id), StatusCode::OK, &fields, None, &[])
        }
        Err(error) => refused(&shared, &caller, &error),
    }
}

/// The announcement, whether subscribers are still to be told of it, and whether they were.
async fn opened(shared: &Shared, caller: &Caller, id: &str) -> Result<(Announcement, (bool, bool)), ActionError> {
    let announcement = load(shared, caller, id).await?;
    let told = actions::told(&mut shared.db.read().await?, &caller.page.id, &announcement.id).await?;
    Ok((announcement, told))
}

async fn load(shared: &Shared, caller: &Caller, id: &str) -> Result<Announcement, ActionError> {
    let id = known(id)?;
    let mut tx = shared.db.read().await?;
    let file = announcements::get(&mut tx, &caller.page.id, &id).await?.ok_or(ActionError::Missing("announcement"))?;
    Ok(file.announcement)
}

fn known(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("announcement"))
}

async fn create(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    sent(&shared, &caller, &form, None).await
}

async fn change(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    match load(&shared, &caller, &id).await {
        Ok(known) => sent(&shared, &caller, &form, Some(&known)).await,
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn end(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = async { actions::end(&caller.act(&shared), &known(&id)?).await };
    led(&shared, &caller, done.await, "The announcement is ended.").await
}

async fn delete(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = async { actions::delete(&caller.act(&shared), &known(&id)?).await };
    led(&shared, &caller, done.await, "The announcement is deleted.").await
}

/// A form that was sent to be looked at, or to be kept.
async fn sent(shared: &Shared, caller: &Caller, form: &Form, known: Option<&Announcement>) -> Response {
    let fields = fields(form);
    let id = known.map(|known| &known.id);
    if form.text("do") != "save" {
        // A fresh id names nothing: the banner is for looking at.
        let id = id.cloned().unwrap_or_else(|| caller.act(shared).fresh_id());
        let preview = Announcement {
            id,
            body_html: markdown::to_html(&fields.body),
            body: fields.body.clone(),
            starts_at: shared.clock.now(),
            expires_at: None,
        };
        return answer(shared, caller, known.map(|known| &known.id), StatusCode::OK, &fields, Some(&preview), &[]);
    }
    let act = caller.act(shared);
    let done = async {
        let input = input(&act, &caller.page.time_zone, &fields, known)?;
        match id {
            Some(id) => actions::change(&act, id, &input).await,
            None => actions::create(&act, &input).await,
        }
    };
    match done.await {
        Err(ActionError::Invalid(problems)) => {
            answer(shared, caller, id, StatusCode::UNPROCESSABLE_ENTITY, &fields, None, &super::wrong(&problems))
        }
        done => led(shared, caller, done, "Saved. Readers see it at its time.").await,
    }
}

fn fields(form: &Form) -> Fields {
    Fields {
        body: form.text("body"),
        bodies: reading::texts(form, "body"),
        starts_at: form.text("starts_at"),
        until: form.text("until"),
        expires_at: form.text("expires_at"),
        notify: form.flag("notify"),
        told: false,
    }
}

fn input(act: &Act<'_>, zone: &str, fields: &Fields, known: Option<&Announcement>) -> Result<AnnouncementInput, ActionError> {
    let mut reading = Reading::new(zone, act.now);
    let starts_at = reading.time("starts_at", &fields.starts_at, known.map(|known| known.starts_at));
    let expires_at = match fields.until.as_str() {
        "at" if fields.expires_at.is_empty() => {
            reading.refuse("expires_at", "Give the time at which it ends, or choose that somebody takes it back.");
            None
        }
        "at" => reading.time("expires_at", &fields.expires_at, known.and_then(|known| known.expires_at)),
        "open" => None,
        _ => {
            reading.refuse("until", "Choose whether it ends at a time or when somebody takes it back.");
            None
        }
    };
    let translations = reading::wordings(&Texts::new(), &fields.bodies);
    reading.end(AnnouncementInput { body: fields.body.clone(), starts_at, expires_at, notify: Some(fields.notify), translations })
}

fn answer(
    shared: &Shared,
    caller: &Caller,
    id: Option<&Id>,
    status: StatusCode,
    fields: &Fields,
    preview: Option<&Announcement>,
    wrong: &[Wrong],
) -> Response {
    problem::html(status, pages::editor(&super::frame(shared, caller, HERE, None), id, fields, preview, wrong))
}

fn refused(shared: &Shared, caller: &Caller, error: &ActionError) -> Response {
    problem::refused(&super::frame(shared, caller, HERE, None), error)
}

async fn led(shared: &Shared, caller: &Caller, done: Result<Done, ActionError>, sentence: &str) -> Response {
    match done {
        Ok(done) => {
            desk::settle(shared, &done).await;
            flash::to(HERE, sentence)
        }
        Err(error) => refused(shared, caller, &error),
    }
}
