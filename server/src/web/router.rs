//! Every route and its guard, in one table. A route that is not here does not exist; `tests/it/routes.rs` compares the table with
//! what the router answers.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::{assets, public};
use crate::snapshot::Publisher;

/// What handlers share.
#[derive(Clone)]
pub struct Shared {
    /// The public face.
    pub publisher: Arc<Publisher>,
    /// The embedded files.
    pub assets: assets::Assets,
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Everybody; only published things are ever looked at.
    Public,
}

/// What answers a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A document of the snapshot.
    Document,
    /// An embedded file.
    Asset,
}

/// One route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The address as axum writes it.
    pub path: &'static str,
    /// Who may ask.
    pub guard: Guard,
    /// What answers. All of these are GET (and so HEAD).
    pub answer: Answer,
}

const fn document(path: &'static str) -> Route {
    Route { path, guard: Guard::Public, answer: Answer::Document }
}

const fn asset(path: &'static str) -> Route {
    Route { path, guard: Guard::Public, answer: Answer::Asset }
}

/// The table.
pub const ROUTES: &[Route] = &[
    // pages
    document("/"),
    document("/history"),
    document("/incidents/{id}"),
    document("/components/{id}"),
    // the field's read API
    document("/api/v2/summary.json"),
    document("/api/v2/status.json"),
    document("/api/v2/components.json"),
    document("/api/v2/incidents.json"),
    document("/api/v2/incidents/unresolved.json"),
    document("/api/v2/scheduled-maintenances.json"),
    document("/api/v2/scheduled-maintenances/upcoming.json"),
    document("/api/v2/scheduled-maintenances/active.json"),
    // feeds and machines
    document("/history.atom"),
    document("/live.json"),
    document("/robots.txt"),
    // embedded files
    asset("/favicon.ico"),
    asset("/assets/{name}"),
];

/// The router of the public listener.
pub fn public(shared: Shared) -> Router {
    let routes = ROUTES.iter().fold(Router::new(), |router, route| {
        let methods = match route.answer {
            Answer::Document => get(public::document),
            Answer::Asset => get(public::asset),
        };
        router.route(route.path, methods)
    });
    routes
        .method_not_allowed_fallback(public::method_not_allowed)
        .fallback(get(public::document).fallback(public::method_not_allowed))
        .with_state(shared)
}
