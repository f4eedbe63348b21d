//! Who is told of planned work, and what: fixed in the transaction of the message.

use app::words::{Id, Maintenance, MaintenanceUpdate, NotificationKind, Window};
use chrono::{DateTime, TimeDelta, Utc};

use crate::actions::notify::{self, About};
use crate::actions::statuses::Board;
use crate::domain::notice::{MaintenanceNotice, Notice, NoticeComponent};
use crate::store::{StoreError, Tx, notifications};

/// Tells subscribers of a message of `m`, if its writer wants them to hear of it. `further` are the other windows of a series where the
/// whole of it is announced or called off.
///
/// # Errors
/// [`StoreError`].
#[expect(clippy::too_many_arguments, reason = "a notice is fixed from all of them; a struct would be made here and taken apart there")]
pub(crate) async fn tell(
    tx: &mut Tx,
    page: &Id,
    now: DateTime<Utc>,
    undo: TimeDelta,
    m: &Maintenance,
    update: &MaintenanceUpdate,
    board: &Board,
    further: Vec<Window>,
) -> Result<(), StoreError> {
    if !update.notify {
        return Ok(());
    }
    let (subject, previous) = thread(tx, page, m).await?;
    let notice = MaintenanceNotice { subject, previous, further, ..of_message(m, update, board) };
    let kind = NotificationKind::from(m.event_of(update));
    let about = About { subject_kind: "maintenance", subject_id: &m.id, update_id: Some(&update.id) };
    notify::subscribers(tx, page, kind, about, Notice::Maintenance(notice), now, undo).await?;
    Ok(())
}

/// Reminds subscribers of work that is near; `due` is the instant the reminder was planned for.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn remind(
    tx: &mut Tx,
    page: &Id,
    now: DateTime<Utc>,
    m: &Maintenance,
    due: DateTime<Utc>,
    board: &Board,
) -> Result<(), StoreError> {
    let Some(newest) = m.updates.first() else { return Ok(()) };
    let (subject, previous) = thread(tx, page, m).await?;
    let notice = MaintenanceNotice { subject, previous, update_id: None, at: due, window_before: None, ..of_message(m, newest, board) };
    let about = About { subject_kind: "maintenance", subject_id: &m.id, update_id: None };
    let (kind, notice) = (NotificationKind::MaintenanceReminder, Notice::Maintenance(notice));
    notify::subscribers(tx, page, kind, about, notice, now, TimeDelta::zero()).await?;
    Ok(())
}

/// Lets a notice that nobody got yet say what the message says now.
pub async fn tell_anew(tx: &mut Tx, page: &Id, m: &Maintenance, update: &MaintenanceUpdate, board: &Board) -> Result<(), StoreError> {
    let Some(told) = notifications::of_update(tx, page, &update.id).await? else { return Ok(()) };
    if let Notice::Maintenance(before) = told.notice {
        let MaintenanceNotice { subject, previous, further, .. } = before;
        let notice = MaintenanceNotice { subject, previous, further, ..of_message(m, update, board) };
        notifications::rewrite(tx, &told.id, &Notice::Maintenance(notice)).await?;
    }
    Ok(())
}

/// The subject of the thread and the notice before; the first notice begins the thread.
async fn thread(tx: &mut Tx, page: &Id, m: &Maintenance) -> Result<(String, Option<Id>), StoreError> {
    let newest = notifications::newest_about(tx, page, "maintenance", &m.id).await?;
    let known = newest.and_then(|newest| newest.notice.subject().map(|subject| (subject.to_owned(), Some(newest.id.clone()))));
    Ok(known.unwrap_or_else(|| (m.name.clone(), None)))
}

/// What a message says, outside of any thread.
fn of_message(m: &Maintenance, update: &MaintenanceUpdate, board: &Board) -> MaintenanceNotice {
    let moved = m.move_of(update);
    let component = |planned: &app::words::PlannedStatus| {
        let row = board.component(&planned.component_id)?;
        Some(NoticeComponent { id: row.component.id.clone(), name: board.full_name(row), status: planned.status })
    };
    MaintenanceNotice {
        maintenance_id: m.id.clone(),
        subject: m.name.clone(),
        name: m.name.clone(),
        update_id: Some(update.id.clone()),
        said: Some(update.id.clone()),
        status: update.status,
        body: update.body.clone(),
        at: update.display_at,
        window: moved.map_or(m.window, |moved| Some(moved.to)),
        window_before: moved.and_then(|moved| moved.from),
        further: Vec::new(),
        expected_downtime_minutes: m.expected_downtime_minutes,
        worst_downtime_minutes: m.worst_downtime_minutes,
        components: m.components.iter().filter_map(component).collect(),
        previous: None,
    }
}
