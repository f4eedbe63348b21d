//! The page itself.

use app::view::PublicView;
use app::words::Role;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, patch, put};
use serde::Serialize;

use super::call::{Call, answer};
use super::refusal::Refusal;
use crate::actions::look;
use crate::snapshot::v2;
use crate::web::router::{Guard, Route};

/// Its routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages", Guard::Token(Role::Viewer), || get(list)),
    Route::new("GET", "/v1/pages/{page}", Guard::Token(Role::Viewer), || get(one)),
    Route::new("PATCH", "/v1/pages/{page}", Guard::Token(Role::Admin), || patch(change)),
    Route::new("PUT", "/v1/pages/{page}", Guard::Token(Role::Admin), || put(change)),
];

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    page: v2::Page<'a>,
    created_at: String,
    hidden_from_search: bool,
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let view = call.view()?;
    answer(StatusCode::OK, &[row(&call, &view)])
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let view = call.view()?;
    answer(StatusCode::OK, &row(&call, &view))
}

/// What is not said stays as it is.
async fn change(call: Call) -> Result<Response, Refusal> {
    let mut fields = call.fields("page")?;
    let (name, time_zone) = (fields.text("name"), fields.text("time_zone"));
    let hidden = fields.flag("hidden_from_search").value();
    if fields.text("url").value().is_some_and(|url| url.trim_end_matches('/') != call.shared.config.public_url) {
        fields.refuse("url", "Where the page is served is said in the configuration of the service, as public_url, not here.");
    }
    fields.end()?;
    let amended = look::amend(&call.act(), |known| {
        known.name = name.or(Some(std::mem::take(&mut known.name))).unwrap_or_default();
        known.time_zone = time_zone.or(Some(std::mem::take(&mut known.time_zone))).unwrap_or_default();
        known.look.hidden_from_search = hidden.unwrap_or(known.look.hidden_from_search);
    })
    .await?;
    let view = call.shown(&amended).await?;
    answer(StatusCode::OK, &row(&call, &view))
}

fn row<'a>(call: &Call, view: &'a PublicView) -> Row<'a> {
    let wire = v2::Wire::new(view);
    Row {
        page: wire.page(),
        created_at: wire.time(call.caller.page.created_at),
        hidden_from_search: view.page.look.chosen.hidden_from_search,
    }
}
