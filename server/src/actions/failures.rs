//! Confirmed failures: of those that are not planned and come together staff get one draft, and hear of it once.

use std::collections::BTreeMap;

use app::stock;
use app::words::{ComponentStatus, Id, Incident, Maintenance, Monitor, NotificationKind, RecipientKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::incidents::{DraftInput, Growth, grow_draft, open_draft};
use super::notify::{self, About};
use super::statuses::Board;
use super::{pages as page_actions, settings};
use crate::domain::evidence::{Evidence, KEPT_CHECKS};
use crate::domain::notice::{self, DraftNotice, Notice};
use crate::domain::seen::Seen;
use crate::domain::{failure, maintenance};
use crate::store::incidents::{self, Watched};
use crate::store::{Db, StoreError, Tx, checks, component_templates, maintenances, monitor_failures, monitors, notifications, pages};

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
    if monitor_failures::has_told(tx, &monitor.id, since).await? {
        return Ok(None);
    }
    let Some(component) = &monitor.component_id else { return Ok(Some(since)) };
    Ok(maintenance::unplanned_since(component, plans.of(tx, page).await?, since, now))
}

/// Writes the draft of a failure and tells staff of it, unless they know of it or planned work explains it; whether they were told. A
/// failure soon after others joins their draft, of which staff know (reliability N15). The caller has raised the revision: who comes
/// second finds the draft. Neither title nor message holds an address or a text of a library (reliability N17).
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
    let chosen = settings::load(tx, page).await?;
    let gap = TimeDelta::minutes(chosen.merge_minutes);
    let checks = checks::failures(tx, &monitor.id, since, KEPT_CHECKS).await?;
    let reason = checks.last().map(|check| check.reason.clone()).unwrap_or_default();
    let evidence = Evidence { monitor: monitor.name.clone(), reason, first_failed_at: since, checks, recovered_at: None };
    let component = monitor.component_id.as_ref().and_then(|id| board.component(id));
    let status = monitors::status_down(tx, &monitor.id).await?.unwrap_or(monitor.status_when_down);
    let said = component.map(|row| (row.component.id.clone(), status));
    let failed = Failed { monitor, said, evidence, started_at, board };

    let known = incidents::watched(tx, page).await?;
    let open: Vec<failure::Open> = known.iter().filter_map(Watched::open).collect();
    for id in failure::beside(&open, now, gap) {
        if let Some(one) = known.iter().find(|one| one.id == *id) {
            failed.note(tx, one, true, now).await?;
        }
    }
    let joined = failure::joined(&open, now, gap).and_then(|id| known.iter().find(|one| one.id == *id));
    match joined {
        Some(draft) => failed.join(tx, page, draft, now).await.map(|()| false),
        None => failed.open(tx, page, failure::publish_at(chosen.publish_after_minutes, now), now).await.map(|()| true),
    }
}

/// A failure that staff know of got worse: its draft says so, as long as nobody has touched it. The caller has raised the revision.
///
/// # Errors
/// [`StoreError`].
pub async fn worsen(tx: &mut Tx, page: &Id, monitor: &Monitor, board: &Board, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(component) = monitor.component_id.as_ref().filter(|id| board.component(id).is_some()) else { return Ok(()) };
    let status = monitors::status_down(tx, &monitor.id).await?.unwrap_or(monitor.status_when_down);
    let untouched = |one: &Watched| one.about(&monitor.id) && one.open().is_some_and(|open| open.untouched_draft);
    for draft in incidents::watched(tx, page).await?.iter().filter(|one| untouched(one)) {
        let record = drafted(tx, page, &draft.id).await?;
        let before = said(&record);
        let components = failure::grown(&before, Some(&(component.clone(), status)));
        if components == before {
            continue;
        }
        let body = record.updates.first().map(|update| update.body.clone()).unwrap_or_default();
        let growth = Growth { components, name: record.name, body, started_at: record.started_at };
        let revision = pages::revision(tx, page).await?;
        grow_draft(tx, page, &draft.id, revision, &growth, now).await?;
    }
    Ok(())
}

async fn drafted(tx: &mut Tx, page: &Id, id: &Id) -> Result<Incident, StoreError> {
    let missing = || StoreError::Missing { what: "incident", id: id.to_string() };
    Ok(incidents::get(tx, page, id).await?.ok_or_else(missing)?.record.incident)
}

/// What a draft says of components.
fn said(draft: &Incident) -> Vec<(Id, ComponentStatus)> {
    let effects = draft.updates.first().and_then(|update| update.effects.as_deref()).unwrap_or_default();
    effects.iter().map(|effect| (effect.component_id.clone(), effect.to)).collect()
}

/// Monitors of one incident whose single checks are kept.
const MOST_WITH_CHECKS: usize = 20;

/// A failure that is to be told of.
struct Failed<'a> {
    monitor: &'a Monitor,
    /// The component it speaks for, and what it says of it.
    said: Option<(Id, ComponentStatus)>,
    evidence: Evidence,
    started_at: DateTime<Utc>,
    board: &'a Board,
}

impl Failed<'_> {
    /// Writes a draft of it, and tells staff.
    async fn open(self, tx: &mut Tx, page: &Id, publish_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (name, body) = words(tx, page, self.board, self.said.as_slice()).await?;
        let component = spoken(self.board, self.said.as_slice());
        let (monitor_id, monitor) = (self.monitor.id.clone(), self.monitor.name.clone());
        let Self { said, evidence, started_at, .. } = self;
        let input = DraftInput { monitor_id, component: said, name, body, started_at, detected_at: now, evidence, publish_at };
        let incident = open_draft(tx, page, &input).await?;
        let notice = Notice::Draft(DraftNotice {
            incident_id: incident.clone(),
            name: input.name,
            monitor,
            component,
            reason: input.evidence.reason,
            first_failed_at: input.evidence.first_failed_at,
            also: Vec::new(),
            publish_at,
        });
        let responders: Vec<_> = monitors::responders(tx, page).await?.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
        let about = About { subject_kind: "incident", subject_id: &incident, update_id: None };
        notify::people(tx, page, NotificationKind::DraftOpened, about, notice, &responders, now).await?;
        Ok(())
    }

    /// Joins a draft. Who was not told of that yet is told of both.
    async fn join(&self, tx: &mut Tx, page: &Id, draft: &Watched, now: DateTime<Utc>) -> Result<(), StoreError> {
        let components = failure::grown(&said(&drafted(tx, page, &draft.id).await?), self.said.as_ref());
        let (name, body) = words(tx, page, self.board, &components).await?;
        let component = spoken(self.board, &components);
        let growth = Growth { components, name: name.clone(), body, started_at: self.started_at };
        let revision = pages::revision(tx, page).await?;
        grow_draft(tx, page, &draft.id, revision, &growth, now).await?;
        self.note(tx, draft, false, now).await?;
        let told = notifications::newest_about(tx, page, "incident", &draft.id).await?;
        if let Some((id, Notice::Draft(before))) = told.map(|told| (told.id, told.notice)) {
            let also = before.also.iter().cloned().chain([self.monitor.name.clone()]).collect();
            notifications::rewrite_waiting(tx, &id, &Notice::Draft(DraftNotice { name, component, also, ..before })).await?;
        }
        Ok(())
    }

    /// Notes with an incident what the monitor saw.
    async fn note(&self, tx: &mut Tx, one: &Watched, beside: bool, now: DateTime<Utc>) -> Result<(), StoreError> {
        let mut seen: Vec<Seen> = one.seen.iter().filter(|seen| seen.monitor_id != self.monitor.id).cloned().collect();
        // Where very many fail at once their checks say all the same, and each of them waits for this one.
        let checks = if seen.len() < MOST_WITH_CHECKS { self.evidence.checks.clone() } else { Vec::new() };
        let evidence = Evidence { checks, ..self.evidence.clone() };
        seen.push(Seen { monitor_id: self.monitor.id.clone(), beside, noted_at: now, evidence });
        incidents::set_seen(tx, &one.id, &seen, &self.monitor.id).await
    }
}

/// What the components are called, in one line.
fn spoken(board: &Board, components: &[(Id, ComponentStatus)]) -> Option<String> {
    let names: Vec<String> = components.iter().filter_map(|(id, _)| board.component(id)).map(|row| board.full_name(row)).collect();
    (!names.is_empty()).then(|| notice::in_one_line(&names))
}

/// Title and message of a draft about these components: of a single one what staff wrote for it, where they did.
async fn words(tx: &mut Tx, page: &Id, board: &Board, components: &[(Id, ComponentStatus)]) -> Result<(String, String), StoreError> {
    let language = page_actions::language(tx, page).await?;
    let [(component, _)] = components else {
        return Ok(if components.is_empty() { stock::failure(language, None) } else { stock::failures(language) });
    };
    let own = component_templates::get(tx, component).await?;
    let (title, body) = stock::failure(language, spoken(board, components).as_deref());
    let or = |own: String, stock: String| if own.is_empty() { stock } else { own };
    Ok((or(own.title, title), or(own.body, body)))
}

/// Tells staff of the failures that planned work explained until it ended, where no check has done so by now.
///
/// # Errors
/// [`StoreError`]; what was told until then stays told.
pub async fn after_work(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let (mut plans, mut untold) = (Plans::default(), Vec::new());
    for (monitor, since) in monitor_failures::untold_failures(&mut tx, page).await? {
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
    for (monitor, since) in monitor_failures::untold_failures(&mut tx, page).await? {
        if untold.iter().any(|(known, _)| known.id == monitor.id) {
            tell(&mut tx, &mut plans, page, &monitor, since, &board, now).await?;
        }
    }
    tx.commit().await
}
