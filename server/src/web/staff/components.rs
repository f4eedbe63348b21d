//! Components and groups: what is said of them, and how readers see them.

use app::pages::staff::component::{self as page, ComponentForm, GroupForm};
use app::pages::staff::components::{self as list_page, Row};
use app::pages::staff::other_languages;
use app::parts::glyph::face_of;
use app::staff::Wrong;
use app::words::{ComponentStatus, Id, Role, Sighted, StatusSource};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;
use chrono::NaiveDate;

use super::desk;
use super::reading::{texts, wordings};
use crate::actions::components::{self as actions, ComponentInput, GroupInput};
use crate::actions::voices::sightings::seen;
use crate::actions::{ActionError, Done, Problem, arrangement};
use crate::domain::order::Way;
use crate::domain::template::Template;
use crate::store::{StoreError, component_templates, components, incidents};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/components";
const ADMIN: Guard = Guard::Staff(Role::Admin);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("GET", "/staff/components/new", ADMIN, || get(begin)),
    Route::new("POST", "/staff/components/new", ADMIN, || post(create)),
    Route::new("GET", "/staff/components/{id}", ADMIN, || get(open)),
    Route::new("POST", "/staff/components/{id}", ADMIN, || post(change)),
    Route::new("POST", "/staff/components/{id}/status", Guard::Staff(Role::Responder), || post(state)),
    Route::new("POST", "/staff/components/{id}/move", ADMIN, || post(shift)),
    Route::new("POST", "/staff/components/{id}/delete", ADMIN, || post(delete)),
    Route::new("GET", "/staff/components/groups/new", ADMIN, || get(begin_group)),
    Route::new("POST", "/staff/components/groups/new", ADMIN, || post(create_group)),
    Route::new("GET", "/staff/components/groups/{id}", ADMIN, || get(open_group)),
    Route::new("POST", "/staff/components/groups/{id}", ADMIN, || post(change_group)),
    Route::new("POST", "/staff/components/groups/{id}/move", ADMIN, || post(shift)),
    Route::new("POST", "/staff/components/groups/{id}/delete", ADMIN, || post(delete_group)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        let page = &caller.page.id;
        let records = components::components(&mut tx, page).await?;
        let seen = seen(&mut tx, &caller.page, shared.clock.now()).await?;
        Ok::<_, StoreError>((records, incidents::stated(&mut tx, page).await?, seen))
    };
    let (records, stated, seen) = match read.await {
        Ok(read) => read,
        Err(error) => return problem::away(&error),
    };
    let frame = super::frame(&shared, &caller, HERE, None);
    let row = |record: components::ComponentRecord| {
        let id = &record.component.id;
        let shown = view.component(id.as_str()).map(|component| face_of(component, frame.locale()));
        Row {
            by_incidents: stated.iter().rfind(|stated| stated.component == *id).map(|stated| stated.status),
            shown: shown.unwrap_or_else(|| (ComponentStatus::Operational.into(), ComponentStatus::Operational.label().to_owned())),
            stated: record.stated,
            observed: record.observed,
            sightings: seen.get(&(Sighted::Component, id.clone())).copied().unwrap_or_default(),
            component: record.component,
        }
    };
    let rows: Vec<Row> = records.into_iter().map(row).collect();
    // Readers see every group, so that what they see need not be asked for again.
    let groups: Vec<_> = view.groups.iter().map(|known| known.group.clone()).collect();
    problem::html(StatusCode::OK, list_page::page(&frame, &groups, &rows))
}

async fn begin(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let (names, descriptions) = (other_languages::none(&view), other_languages::none(&view));
    let fields =
        ComponentForm { names, descriptions, showcase: true, status: ComponentStatus::Operational.to_string(), ..ComponentForm::default() };
    answer(&shared, &caller, None, StatusCode::OK, &fields, &[]).await
}

async fn open(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let id = known(&id)?;
        let mut tx = shared.db.read().await?;
        let all = components::components(&mut tx, &caller.page.id).await?;
        let found = all.into_iter().map(|row| row.component).find(|one| one.id == id).ok_or(ActionError::Missing("component"))?;
        let template = component_templates::get(&mut tx, &found.id).await?;
        Ok((found, template))
    };
    match read.await {
        Ok((component, template)) => {
            let fields = ComponentForm {
                names: other_languages::names(&view, &component.id),
                descriptions: other_languages::bodies(&view, &component.id),
                name: component.name,
                description: component.description.unwrap_or_default(),
                group_id: component.group_id.map(String::from).unwrap_or_default(),
                start_date: component.start_date.map(|day| day.to_string()).unwrap_or_default(),
                showcase: component.showcase,
                only_show_if_degraded: component.only_show_if_degraded,
                upstream: component.upstream,
                status: String::new(),
                draft_title: template.title,
                draft_body: template.body,
            };
            answer(&shared, &caller, Some(&component.id), StatusCode::OK, &fields, &[]).await
        }
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn create(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = fields(&form);
    let done = async { actions::create(&caller.act(&shared), &input(&fields)?, first_status(&fields.status)?).await };
    sent(&shared, &caller, done.await, None, &fields, "The component is added.").await
}

async fn change(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = fields(&form);
    let id = match known(&id) {
        Ok(id) => id,
        Err(error) => return refused(&shared, &caller, &error),
    };
    let done = async { actions::update(&caller.act(&shared), &id, &input(&fields)?).await };
    sent(&shared, &caller, done.await, Some(&id), &fields, "The component is changed.").await
}

async fn state(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async { actions::state(&caller.act(&shared), &known(&id)?, status(&form.text("status"))?, StatusSource::Staff).await };
    led(&shared, &caller, done.await, "The status is stated. Readers see it now; nobody is told by mail.").await
}

async fn shift(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let way = if form.text("to") == "up" { Way::Up } else { Way::Down };
    let done = async { arrangement::shift(&caller.act(&shared), &known(&id)?, way).await };
    led(&shared, &caller, done.await, "Moved.").await
}

async fn delete(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = async { actions::delete(&caller.act(&shared), &known(&id)?).await };
    led(&shared, &caller, done.await, "The component is deleted. What was said of it stays in the record.").await
}

async fn begin_group(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let none = || other_languages::none(&view);
    let fields = GroupForm { names: none(), descriptions: none(), ..GroupForm::default() };
    group_page(&shared, &caller, None, StatusCode::OK, &fields, &[])
}

async fn open_group(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let id = known(&id)?;
        let mut tx = shared.db.read().await?;
        components::groups(&mut tx, &caller.page.id).await?.into_iter().find(|group| group.id == id).ok_or(ActionError::Missing("group"))
    };
    match read.await {
        Ok(group) => {
            let fields = GroupForm {
                names: other_languages::names(&view, &group.id),
                descriptions: other_languages::bodies(&view, &group.id),
                name: group.name,
                description: group.description.unwrap_or_default(),
            };
            group_page(&shared, &caller, Some(&group.id), StatusCode::OK, &fields, &[])
        }
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn create_group(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = group_fields(&form);
    let done = actions::create_group(&caller.act(&shared), &group_input(&fields)).await;
    group_sent(&shared, &caller, done, None, &fields, "The group is added. Choose it on its components.").await
}

async fn change_group(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let fields = group_fields(&form);
    let id = match known(&id) {
        Ok(id) => id,
        Err(error) => return refused(&shared, &caller, &error),
    };
    let done = actions::update_group(&caller.act(&shared), &id, &group_input(&fields)).await;
    group_sent(&shared, &caller, done, Some(&id), &fields, "The group is changed.").await
}

async fn delete_group(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = async { actions::delete_group(&caller.act(&shared), &known(&id)?).await };
    led(&shared, &caller, done.await, "The group is deleted. Its components stand in no group.").await
}

fn known(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("component"))
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn status(text: &str) -> Result<ComponentStatus, ActionError> {
    text.parse().map_err(|_| ActionError::invalid("status", "Choose one of the statuses."))
}

fn first_status(text: &str) -> Result<Option<ComponentStatus>, ActionError> {
    some(text).map(status).transpose()
}

fn fields(form: &Form) -> ComponentForm {
    ComponentForm {
        name: form.text("name"),
        names: texts(form, "name"),
        description: form.text("description"),
        descriptions: texts(form, "description"),
        group_id: form.text("group_id"),
        start_date: form.text("start_date"),
        showcase: form.flag("showcase"),
        only_show_if_degraded: form.flag("only_show_if_degraded"),
        upstream: form.flag("upstream"),
        status: form.text("status"),
        draft_title: form.text("draft_title"),
        draft_body: form.text("draft_body"),
    }
}

fn input(fields: &ComponentForm) -> Result<ComponentInput, ActionError> {
    let mut problems = Vec::new();
    let group_id = some(&fields.group_id).and_then(|text| {
        let id = Id::parse(text).ok();
        if id.is_none() {
            problems.push(Problem::new("group_id", "Choose one of the groups, or none."));
        }
        id
    });
    let start_date = some(&fields.start_date).and_then(|text| {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if day.is_none() {
            problems.push(Problem::new("start_date", "Write the day like 2026-11-23, or leave it empty."));
        }
        day
    });
    if !problems.is_empty() {
        return Err(ActionError::Invalid(problems));
    }
    Ok(ComponentInput {
        name: fields.name.clone(),
        description: some(&fields.description).map(str::to_owned),
        group_id,
        position: None,
        showcase: fields.showcase,
        start_date,
        only_show_if_degraded: fields.only_show_if_degraded,
        upstream: fields.upstream,
        template: Some(Template { title: fields.draft_title.clone(), body: fields.draft_body.clone() }),
        translations: wordings(&fields.names, &fields.descriptions),
    })
}

fn group_fields(form: &Form) -> GroupForm {
    GroupForm {
        name: form.text("name"),
        names: texts(form, "name"),
        description: form.text("description"),
        descriptions: texts(form, "description"),
    }
}

fn group_input(fields: &GroupForm) -> GroupInput {
    GroupInput {
        name: fields.name.clone(),
        description: some(&fields.description).map(str::to_owned),
        translations: wordings(&fields.names, &fields.descriptions),
        ..GroupInput::default()
    }
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

/// Leads to the list, or shows the form again.
async fn sent(
    shared: &Shared,
    caller: &Caller,
    done: Result<Done, ActionError>,
    id: Option<&Id>,
    fields: &ComponentForm,
    sentence: &str,
) -> Response {
    match done {
        Err(ActionError::Invalid(problems)) => {
            answer(shared, caller, id, StatusCode::UNPROCESSABLE_ENTITY, fields, &super::wrong(&problems)).await
        }
        done => led(shared, caller, done, sentence).await,
    }
}

async fn group_sent(
    shared: &Shared,
    caller: &Caller,
    done: Result<Done, ActionError>,
    id: Option<&Id>,
    fields: &GroupForm,
    sentence: &str,
) -> Response {
    match done {
        Err(ActionError::Invalid(problems)) => {
            group_page(shared, caller, id, StatusCode::UNPROCESSABLE_ENTITY, fields, &super::wrong(&problems))
        }
        done => led(shared, caller, done, sentence).await,
    }
}

async fn answer(
    shared: &Shared,
    caller: &Caller,
    id: Option<&Id>,
    status: StatusCode,
    fields: &ComponentForm,
    wrong: &[Wrong],
) -> Response {
    let read = async {
        let mut tx = shared.db.read().await?;
        components::groups(&mut tx, &caller.page.id).await
    };
    match read.await {
        Ok(groups) => problem::html(status, page::page(&super::frame(shared, caller, HERE, None), id, fields, &groups, wrong)),
        Err(error) => problem::away(&error),
    }
}

fn group_page(shared: &Shared, caller: &Caller, id: Option<&Id>, status: StatusCode, fields: &GroupForm, wrong: &[Wrong]) -> Response {
    problem::html(status, page::group(&super::frame(shared, caller, HERE, None), id, fields, wrong))
}
