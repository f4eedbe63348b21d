//! What needs somebody now.

use std::collections::BTreeMap;

use app::pages::staff::home::{self, LateMails, Report, Waiting as Page, Work};
use app::pages::staff::incidents::Line;
use app::view::PublicView;
use app::words::{Component, Id, Role, Sighted, Sightings};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::{desk, maintenances};
use crate::actions::voices::sightings::seen;
use crate::domain::courier;
use crate::store::deliveries;
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
        let (drafts, open) = waiting(&mut tx, &caller.page).await?;
        let backlog = deliveries::backlog(&mut tx).await?;
        Ok::<_, StoreError>((drafts, open, seen(&mut tx, &caller.page, shared.clock.now()).await?, backlog))
    };
    match read.await {
        Ok((drafts, open, seen, backlog)) => {
            let frame = super::frame(&shared, &caller, HERE, None);
            let (running, later) = maintenances::announced(&view, frame.now);
            let today =
                |line: &maintenances::Line| line.window.is_some_and(|window| frame.locale().day(window.from) == frame.locale().today());
            let work = Work { running, today: later.into_iter().filter(today).collect() };
            let reports = reports(&view, &seen);
            let late =
                courier::late(backlog.oldest, frame.now).map(|late| LateMails { waiting: backlog.depth, seconds: late.num_seconds() });
            problem::html(StatusCode::OK, home::page(&frame, &Page { late, drafts, open, work, reports }, &view))
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

/// What visitors see within the hour that no open incident speaks of.
fn reports(view: &PublicView, seen: &BTreeMap<(Sighted, Id), Sightings>) -> Vec<Report> {
    let told = |id: &Id| view.open_incidents().any(|incident| incident.components.contains(id));
    let components = view.components.iter().map(|known| &known.component);
    let report = |component: &Component| {
        let sightings = *seen.get(&(Sighted::Component, component.id.clone()))?;
        (sightings.last_hour > 0 && !told(&component.id)).then(|| Report { name: component.name.clone(), sightings })
    };
    components.filter_map(report).collect()
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
        evidence: desk::shown(one.seen),
        publish_at: one.publish_at.filter(|_| one.published_at.is_none()),
    }
}
