//! When work is done: its date set, moved or extended, and its end before the end.

use app::words::{Id, MaintenanceEvent, MaintenanceStatus, Window, WindowMove};

use super::check;
use super::in_hand::Hand;
use crate::actions::{Act, ActionError, Done, Problems};
use crate::domain::planning;

/// Gives announced work this window. What changes decides what it is called: a date set, moved, or extended.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn set_window(act: &Act<'_>, id: &Id, window: Window, body: &str, notify: bool, seen: Option<i64>) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let mut work = hand.open_published(id, seen).await?;
    work.going()?;
    let mut problems = Problems::default();
    let window = check::window(&mut problems, window, true, act.now);
    check::refuse(&mut problems, planning::movable(&work.maintenance, window, act.now));
    let m = &work.maintenance;
    check::downtime(&mut problems, m.expected_downtime_minutes, m.worst_downtime_minutes, Some(window));
    let body = check::body(&mut problems, body);
    if m.window == Some(window) {
        return Err(ActionError::Conflict(
            "This work has exactly this window already. Nothing was changed and nobody was told.".to_owned(),
        ));
    }
    problems.end()?;
    let mut update = work.message(m.status, body, notify, act.now);
    let moved = WindowMove { at: update.created_at, from: m.window, to: window };
    if update.body.is_empty() {
        update.body = planning::stock(moved.event(), moved.from, Some(window));
    }
    work.maintenance.moves.push(moved);
    work.maintenance.window = Some(window);
    work.maintenance.sequence += 1;
    hand.say(&mut work, &update).await?;
    hand.tell(&work, &update, Vec::new()).await?;
    let times = "%Y-%m-%d %H:%M UTC";
    let detail =
        format!("\"{}\": {}, {} to {}", work.maintenance.name, moved.event(), window.from.format(times), window.until.format(times));
    hand.commit("maintenance.window", id, detail, update.id).await
}

/// Calls off what has not begun, or breaks off what has.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn cancel(act: &Act<'_>, id: &Id, body: &str, notify: bool, seen: Option<i64>) -> Result<Done, ActionError> {
    let mut hand = Hand::begin(act).await?;
    let mut work = hand.open_published(id, seen).await?;
    work.going()?;
    let mut problems = Problems::default();
    let mut body = check::body(&mut problems, body);
    problems.end()?;
    if body.is_empty() {
        body = planning::stock(MaintenanceEvent::Cancelled, None, work.maintenance.window);
    }
    let update = work.message(MaintenanceStatus::Cancelled, body, notify, act.now);
    work.maintenance.sequence += 1;
    hand.say(&mut work, &update).await?;
    hand.tell(&work, &update, Vec::new()).await?;
    let detail = format!("\"{}\"", work.maintenance.name);
    hand.commit("maintenance.cancel", id, detail, update.id).await
}
