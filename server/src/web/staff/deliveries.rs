//! Deliveries: what was told, to whom, and what came back.

use app::pages::staff::deliveries::{self as pages, Delivery, Told};
use app::words::{Id, Role};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::paging::{Paged, paged};
use crate::actions::{ActionError, deliveries as actions, exports};
use crate::domain::address;
use crate::domain::notice::{KnownNotice, Notice};
use crate::store::delivery_reads::DeliveryRead;
use crate::store::{StoreError, delivery_reads};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{download, flash, problem};

const HERE: &str = "/staff/deliveries";

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(list)),
    Route::new("GET", "/staff/deliveries/{notification}", Guard::Staff(Role::Viewer), || get(one)),
    Route::new("POST", "/staff/deliveries/{notification}/export", Guard::Staff(Role::Admin), || post(export)),
    Route::new("POST", "/staff/deliveries/{notification}/requeue", Guard::Staff(Role::Responder), || post(requeue_all)),
    Route::new("POST", "/staff/deliveries/{notification}/{recipient}/requeue", Guard::Staff(Role::Responder), || post(requeue_one)),
];

async fn list(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let query = Form::of_query(query.as_deref());
    let (paged, failed) = (paged(&query), query.flag("failed"));
    let read: Result<_, StoreError> = async {
        let mut tx = shared.db.read().await?;
        let (page, limit, offset) = (&caller.page.id, Paged::SIZE + 1, paged.offset());
        if failed {
            delivery_reads::with_failures(&mut tx, page, limit, offset).await
        } else {
            delivery_reads::notifications(&mut tx, page, limit, offset).await
        }
    }
    .await;
    match read {
        Ok(read) => {
            let (read, more) = paged.cut(read);
            let read: Vec<Told> = read.into_iter().map(told).collect();
            let older = more.then(|| paged.next(HERE, if failed { &[("failed", "on")] } else { &[] }));
            let frame = super::frame(&shared, &caller, HERE, None);
            problem::html(StatusCode::OK, pages::page(&frame, &read, failed, older.as_deref()))
        }
        Err(error) => problem::away(&error),
    }
}

async fn one(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let frame = super::frame(&shared, &caller, HERE, None);
    let missing = || problem::refused(&frame, &ActionError::Missing("notice"));
    let Ok(id) = Id::parse(&id) else { return missing() };
    let paged = paged(&Form::of_query(query.as_deref()));
    let read: Result<_, StoreError> = async {
        let mut tx = shared.db.read().await?;
        let Some(found) = delivery_reads::notification(&mut tx, &caller.page.id, &id).await? else { return Ok(None) };
        Ok(Some((found, delivery_reads::deliveries(&mut tx, &id, Paged::SIZE + 1, paged.offset()).await?)))
    }
    .await;
    match read {
        Ok(Some((found, rows))) => {
            let may = caller.role.covers(Role::Admin);
            let (rows, more) = paged.cut(rows);
            let rows: Vec<Delivery> = rows.into_iter().map(|row| delivery(row, may)).collect();
            let older = more.then(|| paged.next(&format!("{HERE}/{id}"), &[]));
            problem::html(StatusCode::OK, pages::one(&frame, &told(found), &rows, older.as_deref()))
        }
        Ok(None) => missing(),
        Err(error) => problem::away(&error),
    }
}

async fn export(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(notification): Path<String>) -> Response {
    let act = caller.act(&shared);
    let begun = match Id::parse(&notification) {
        Ok(id) => exports::not_reached(&act, &caller.page.id, &id).await,
        Err(_) => Err(ActionError::Missing("notice")),
    };
    match begun {
        Ok(export) => download::csv(&shared, &format!("not-reached-{notification}"), export),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

async fn requeue_all(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(notification): Path<String>) -> Response {
    requeue(&shared, &caller, &notification, None).await
}

async fn requeue_one(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path((notification, recipient)): Path<(String, String)>,
) -> Response {
    requeue(&shared, &caller, &notification, Some(&recipient)).await
}

async fn requeue(shared: &Shared, caller: &Caller, notification: &str, recipient: Option<&str>) -> Response {
    let refused = |error: &ActionError| problem::refused(&super::frame(shared, caller, HERE, None), error);
    let (Ok(notification), Ok(recipient)) = (Id::parse(notification), recipient.map(Id::parse).transpose()) else {
        return refused(&ActionError::Missing("delivery"));
    };
    let here = format!("{HERE}/{notification}");
    match actions::requeue(&caller.act(shared), &caller.page.id, &notification, recipient.as_ref()).await {
        Ok(count) => {
            shared.signals.outbox.notify_one();
            flash::to(&here, &format!("{count} {} tried again.", if count == 1 { "is" } else { "are" }))
        }
        Err(ActionError::Conflict(sentence)) => flash::sorry(&here, &sentence),
        Err(error) => refused(&error),
    }
}

fn told(read: delivery_reads::Told) -> Told {
    let incident = |id: &Id| Some(format!("/staff/incidents/{id}"));
    let (title, about) = match &read.notice {
        Notice::Incident(notice) => (notice.name.clone(), incident(&notice.incident_id)),
        Notice::Draft(notice) => (notice.name.clone(), incident(&notice.incident_id)),
        Notice::Confirm | Notice::Link | Notice::Leave(_) | Notice::Known(KnownNotice { follow: None }) => {
            ("A subscription".to_owned(), None)
        }
        Notice::Announcement(notice) => (notice.subject.clone(), Some(format!("/staff/announcements/{}", notice.announcement_id))),
        Notice::Known(KnownNotice { follow: Some((_, title)) }) => (title.clone(), None),
        Notice::Maintenance(notice) => (notice.name.clone(), Some(format!("/staff/maintenances/{}", notice.maintenance_id))),
        Notice::Postmortem(notice) => (notice.title.clone(), Some(format!("/staff/post-mortems/{}", notice.postmortem_id))),
        Notice::ItemDone(notice) | Notice::Vote(notice) => {
            (notice.title.clone(), Some(format!("/staff/post-mortems/{}", notice.postmortem_id)))
        }
        Notice::Task(notice) => (notice.subject.clone(), Some(notice.path.clone())),
    };
    Told {
        id: read.id,
        kind: read.kind,
        title,
        about,
        created_at: read.created_at,
        not_before: read.not_before,
        expanded: read.expanded,
        cancelled_at: read.cancelled_at,
        counts: read.counts,
        suppressed: read.untold.suppressed,
        unconfirmed: read.untold.unconfirmed,
        accepted: read.accepted,
    }
}

/// What the other side said may name the address: only whoever may read addresses reads it.
fn delivery(read: DeliveryRead, may: bool) -> Delivery {
    let said = read.reply.filter(|_| may);
    let reply: Vec<String> = read.reason.into_iter().chain(said).collect();
    let bounce =
        read.bounce.map(|(kind, report, at)| (if may { format!("{}: {report}", kind.label()) } else { kind.label().to_owned() }, at));
    Delivery {
        id: read.recipient,
        address: read.address.map(|text| if may { text } else { address::masked(&text) }),
        recipient: read.recipient_kind,
        state: read.state,
        run_at: read.run_at,
        finished_at: read.finished_at,
        attempts: read.attempts,
        reply: reply.join(": "),
        bounce,
    }
}
