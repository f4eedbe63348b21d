//! The page itself.

use app::words::Role;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;

use super::call::{Call, answer};
use super::refusal::Refusal;
use crate::snapshot::v2;
use crate::web::router::{Guard, Route};

/// Its routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/v1/pages", Guard::Token(Role::Viewer), || get(list)),
    Route::new("GET", "/v1/pages/{page}", Guard::Token(Role::Viewer), || get(one)),
];

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    page: v2::Page<'a>,
    created_at: String,
}

async fn list(call: Call) -> Result<Response, Refusal> {
    let view = call.view()?;
    answer(StatusCode::OK, &[row(&call, &v2::Wire::new(&view))])
}

async fn one(call: Call) -> Result<Response, Refusal> {
    let view = call.view()?;
    answer(StatusCode::OK, &row(&call, &v2::Wire::new(&view)))
}

fn row<'a>(call: &Call, wire: &v2::Wire<'a>) -> Row<'a> {
    Row { page: wire.page(), created_at: wire.time(call.caller.page.created_at) }
}
