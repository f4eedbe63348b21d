//! What needs somebody now.

use app::pages::staff::home::{self, Work};
use app::pages::staff::incidents::Line;
use app::words::Role;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::{desk, maintenances};
use crate::store::incidents::{self, Waiting};
use crate::store::{StoreError, Tx, pages::PageRecord};
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

const HERE: &str = "/staff";

/// The routes.
pub const ROUTES: &[Route] = &[Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show))];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let read = async {
        let mut tx = shared.db.read().await?;
        waiting(&mut tx, &caller.page).await
    };
    match read.await {
        Ok((drafts, open)) => {
            let frame = super::frame(&shared, &caller, HERE, None);
            let (running, later) = maintenances::announced(&view, frame.now);
            let today = |line: &maintenances::Line| line.window.is_some_and(|window| frame.zone().day(window.from) == frame.zone().today());
            let work = Work { running, today: later.into_iter().filter(today).collect() };
            problem::html(StatusCode::OK, home::page(&frame, &drafts, &open, &work, &view))
        }
        Err(error) => problem::away(&error),
    }
}

/// Drafts, and what is open.
pub(super) async fn waiting(tx: &mut Tx, page: &PageRecord) -> Result<(Vec<Line>, Vec<Line>), StoreError> {
    let (open, drafts): (Vec<_>, Vec<_>) = incidents::waiting(tx, &page.id).await?.into_iter().partition(|one| one.published_at.is_some());
    let lines = |list: Vec<Waiting>| list.into_iter().map(line).collect();
    Ok((lines(drafts), lines(open)))
}

fn line(one: Waiting) -> Line {
    Line {
        id: one.id,
        name: one.name,
        status: one.status,
        impact: one.impact,
        started_at: one.started_at,
        resolved_at: None,
        next_update_at: one.next_update_at,
        owner: one.owner,
        evidence: one.evidence.map(desk::shown),
    }
}
