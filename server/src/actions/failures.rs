//! Confirmed failures: of each that is not planned staff get one draft, and hear of it once.

use std::collections::BTreeMap;

use app::stock;
use app::words::{Id, Maintenance, Monitor, NotificationKind, RecipientKind};
use chrono::{DateTime, Utc};

use super::incidents::{DraftInput, open_draft};
use super::notify::{self, About};
use super::pages as page_actions;
use super::statuses::Board;
use crate::domain::evidence::{Evidence, KEPT_CHECKS};
use crate::domain::maintenance;
use crate::domain::notice::{DraftNotice, Notice};
use crate::store::{Db, StoreError, Tx, checks, maintenances, monitors, pages};

/// The published planned work of pages, read once for each, and only where a failure asks for it.
#[derive(Debug, Default)]
pub struct Plans(BTreeMap<Id, Vec<Maintenance>>);

impl Plans {
    async fn of(&mut self, tx: &mut Tx, page: &Id) -> Result<&[Maintenance], StoreError> {
        if !self.0.contains_key(page) {
            let all = maintenances::changed_since(tx, page, -1).await?.into_iter().filter(|record| record.visible);
            self.0.insert(page.clone(), all.map(|record| record.maintenance).collect());
        }
        Ok(self.0.get(page).map_or(&[], Vec::as_slice))
    }
}

/// When the incident begins that is to be told of a failure whose first failed check was at `since`. `None` where staff know of it, or
/// planned work explains it.
///
/// # Errors
/// [`StoreError`].
pub async fn to_tell(
    tx: &mut Tx,
    plans: &mut Plans,
    page: &Id,
    monitor: &Monitor,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    if monitors::has_told(tx, &monitor.id, since).await? {
        return Ok(None);
    }
    let Some(component) = &monitor.component_id else { return Ok(Some(since)) };
    Ok(maintenance::unplanned_since(component, plans.of(tx, page).await?, since, now))
}

/// Writes the draft of a failure and tells staff of it, unless they know of it or planned work explains it; whether they were told. The
/// caller has raised the revision: who comes second finds the draft. Neither title nor message holds an address or a text of a library
/// (reliability N17).
///
/// # Errors
/// [`StoreError`].
pub async fn tell(
    tx: &mut Tx,
    plans: &mut Plans,
    page: &Id,
    monitor: &Monitor,
    since: DateTime<Utc>,
    board: &Board,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Some(started_at) = to_tell(tx, plans, page, monitor, since, now).await? else { return Ok(false) };
    let component = monitor.component_id.as_ref().and_then(|id| board.component(id));
    let spoken = component.map(|row| board.full_name(row));
    let (name, body) = stock::failure(page_actions::language(tx, page).await?, spoken.as_deref());
    let failed = checks::failures(tx, &monitor.id, since, KEPT_CHECKS).await?;
    let reason = failed.last().map(|check| check.reason.clone()).unwrap_or_default();
    let evidence =
        Evidence { monitor: monitor.name.clone(), reason: reason.clone(), first_failed_at: since, checks: failed, recovered_at: None };
    let input = DraftInput {
        monitor_id: monitor.id.clone(),
        component: component.map(|row| (row.component.id.clone(), monitor.status_when_down)),
        name: name.clone(),
        body,
        started_at,
        detected_at: now,
        evidence,
    };
    let incident = open_draft(tx, page, &input).await?;
    let monitor = monitor.name.clone();
    let notice = DraftNotice { incident_id: incident.clone(), name, monitor, component: spoken, reason, first_failed_at: since };
    let responders: Vec<_> = monitors::responders(tx, page).await?.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
    let about = About { subject_kind: "incident", subject_id: &incident, update_id: None };
    notify::people(tx, page, NotificationKind::DraftOpened, about, Notice::Draft(notice), &responders, now).await?;
    Ok(true)
}

/// Tells staff of the failures that planned work explained until it ended, where no check has done so by now.
///
/// # Errors
/// [`StoreError`]; what was told until then stays told.
pub async fn after_work(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let (mut plans, mut untold) = (Plans::default(), Vec::new());
    for (monitor, since) in monitors::untold_failures(&mut tx, page).await? {
        if to_tell(&mut tx, &mut plans, page, &monitor, since, now).await?.is_some() {
            untold.push((monitor, since));
        }
    }
    drop(tx);
    if untold.is_empty() {
        return Ok(());
    }
    let mut tx = db.write().await?;
    pages::bump_revision(&mut tx, page, now).await?;
    let board = Board::load(&mut tx, page, now).await?;
    // A good check may have come in between.
    for (monitor, since) in monitors::untold_failures(&mut tx, page).await? {
        if untold.iter().any(|(known, _)| known.id == monitor.id) {
            tell(&mut tx, &mut plans, page, &monitor, since, &board, now).await?;
        }
    }
    tx.commit().await
}
