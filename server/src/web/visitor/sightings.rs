//! "I see this too": counted in memory, so that a crowd costs nothing. Everybody is told the same, the first time and the thousandth.

use app::pages::thanks::{over, seen};
use app::words::{Id, Sighted};
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;

use super::{Visit, current, missing, show};
use crate::actions::voices::sightings::sighting;
use crate::web::router::{Guard, Route};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] = &[
    Route::new("POST", "/incidents/{id}/seen", Guard::Visitor, || post(incident)),
    Route::new("POST", "/components/{id}/seen", Guard::Visitor, || post(component)),
];

async fn incident(visit: Visit, Extension(client): Extension<Client>, Path(id): Path<String>) -> Response {
    let view = match current(&visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let Some(incident) = view.incident(&id) else { return missing(&visit) };
    let back = format!("/incidents/{}", incident.id);
    if incident.status.is_over() {
        return show(&visit.at(&back), StatusCode::CONFLICT, |view| over(view, &incident.name, &back));
    }
    note(&visit, client, &view.page.id, (Sighted::Incident, &incident.id), &incident.name, &back)
}

async fn component(visit: Visit, Extension(client): Extension<Client>, Path(id): Path<String>) -> Response {
    let view = match current(&visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let Some(component) = view.component(&id).map(|known| &known.component) else { return missing(&visit) };
    let back = format!("/components/{}", component.id);
    note(&visit, client, &view.page.id, (Sighted::Component, &component.id), &component.name, &back)
}

fn note(visit: &Visit, client: Client, page: &Id, (kind, id): (Sighted, &Id), name: &str, back: &str) -> Response {
    let Some(secret) = visit.secret.get() else { return visit.not_yet() };
    visit.sightings.note(sighting(secret, page, kind, id, client.0, visit.clock.now()));
    show(&visit.at(back), StatusCode::OK, |view| seen(view, name, back))
}
