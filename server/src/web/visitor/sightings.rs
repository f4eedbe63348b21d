//! "I see this too": counted in memory, so that a crowd costs nothing. Everybody is told the same, the first time and the thousandth.

use app::pages::thanks::{over, seen};
use app::words::{Id, Sighted};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;

use super::{current, missing, not_yet, show};
use crate::actions::voices::sightings::sighting;
use crate::web::router::{Guard, Route, Shared};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("POST", "/incidents/{id}/seen", Guard::Visitor, || post(incident)),
    Route::new("POST", "/components/{id}/seen", Guard::Visitor, || post(component)),
];

async fn incident(State(shared): State<Shared>, Extension(client): Extension<Client>, Path(id): Path<String>) -> Response {
    let view = match current(&shared) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let Some(incident) = view.incident(&id) else { return missing(&shared) };
    let back = format!("/incidents/{}", incident.id);
    if incident.status.is_over() {
        return show(&shared, StatusCode::CONFLICT, |view| over(view, &incident.name, &back));
    }
    note(&shared, client, &view.page.id, (Sighted::Incident, &incident.id), &incident.name, &back)
}

async fn component(State(shared): State<Shared>, Extension(client): Extension<Client>, Path(id): Path<String>) -> Response {
    let view = match current(&shared) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let Some(component) = view.component(&id).map(|known| &known.component) else { return missing(&shared) };
    let back = format!("/components/{}", component.id);
    note(&shared, client, &view.page.id, (Sighted::Component, &component.id), &component.name, &back)
}

fn note(shared: &Shared, client: Client, page: &Id, (kind, id): (Sighted, &Id), name: &str, back: &str) -> Response {
    let Some(secret) = shared.secret.get() else { return not_yet() };
    shared.sightings.note(sighting(secret, page, kind, id, client.0, shared.clock.now()));
    show(shared, StatusCode::OK, |view| seen(view, name, back))
}
