//! What becomes of incidents that monitors wrote: their monitors recover or fail again, and the clock does what the owner left to it.
//! Of what a person has touched nothing is changed; staff are told.

use app::parts::locale::Locale;
use app::words::{Id, NotificationKind, RecipientKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::incidents::{publish_unattended, resolve_unattended};
use super::notify::{self, About};
use super::{ActionError, settings};
use crate::domain::evidence::Evidence;
use crate::domain::failure::{self, Standing};
use crate::domain::notice::{Notice, TaskNotice};
use crate::domain::seen::Seen;
use crate::store::incidents::{self, Watch, Watched};
use crate::store::{Db, StoreError, Tx, monitor_failures, monitors, pages};

/// Notes with every open incident that knows of a failure of the monitor that it is up again, or fails again since now. A draft that the
/// clock was to publish waits as long as a new one then. What is told stays with staff.
///
/// # Errors
/// [`StoreError`].
pub async fn note(tx: &mut Tx, page: &Id, monitor: &Id, recovered_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let known = monitor_failures::seen_in(tx, monitor).await?;
    if known.is_empty() {
        return Ok(());
    }
    if recovered_at.is_none() {
        rearm(tx, page, monitor, now).await?;
    }
    for (incident, seen) in known {
        let noted = |seen: Seen| {
            if seen.monitor_id != *monitor {
                return seen;
            }
            let noted_at = if recovered_at.is_none() { now } else { seen.noted_at };
            Seen { noted_at, evidence: Evidence { recovered_at, ..seen.evidence }, ..seen }
        };
        let seen: Vec<Seen> = seen.into_iter().map(noted).collect();
        incidents::set_seen(tx, &incident, &seen, monitor).await?;
    }
    Ok(())
}

/// Lets drafts of which all was well wait anew.
async fn rearm(tx: &mut Tx, page: &Id, monitor: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let minutes = settings::load(tx, page).await?.publish_after_minutes;
    let well = |one: &Watched| one.published_at.is_none() && one.about(monitor) && matches!(one.standing(), Standing::Recovered(_));
    for one in incidents::watched(tx, page).await?.into_iter().filter(well) {
        let publish_at = failure::publish_again_at(one.watch.publish_at, minutes, now);
        incidents::set_watch(tx, &one.id, &Watch { publish_at, ..one.watch }).await?;
    }
    Ok(())
}

/// What is to be done of an incident at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    Publish,
    Resolve,
    TellRecovered(DateTime<Utc>),
    TellAgain,
}

fn due(one: &Watched, by_itself: bool, gap: TimeDelta, now: DateTime<Utc>) -> Option<Due> {
    let standing = one.standing();
    let draft = one.published_at.is_none();
    if draft && one.watch.machine_words && failure::publishes(one.watch.publish_at, standing, now) {
        return Some(Due::Publish);
    }
    match (failure::over_since(standing, now, gap), one.watch.recovery_told_at) {
        (Some(_), _) if !draft && one.watch.machine_words && by_itself => Some(Due::Resolve),
        (Some(since), None) => Some(Due::TellRecovered(since)),
        (None, Some(_)) if standing == Standing::Failing => Some(Due::TellAgain),
        _ => None,
    }
}

/// Does all that is to be done at `now`, each incident in a transaction of its own. Doing it twice, at once by two processes or late, is
/// as good as once.
///
/// # Errors
/// [`StoreError`], the first one; one that fails keeps none of the others from being done.
pub async fn tick(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let chosen = settings::load(&mut tx, page).await?;
    let all = incidents::watched(&mut tx, page).await?;
    drop(tx);
    // Where nothing belongs together a target that comes and goes would still write a mail each time.
    let gap = TimeDelta::minutes(chosen.merge_minutes.max(1));
    let mut result = Ok(());
    for (id, due) in all.iter().filter_map(|one| Some((&one.id, due(one, chosen.resolve_by_itself, gap, now)?))) {
        let done = match due {
            Due::Publish => acted(id, publish_unattended(db, id, now).await.map(drop)),
            Due::Resolve => acted(id, resolve_unattended(db, id, gap, now).await.map(drop)),
            Due::TellRecovered(_) | Due::TellAgain => tell(db, page, id, due, (chosen.resolve_by_itself, gap), now).await,
        };
        result = result.and(done);
    }
    result
}

/// What the rules refuse is no failure of the database: it waits for a person, and stands in the log once for each try.
fn acted(id: &Id, done: Result<(), ActionError>) -> Result<(), StoreError> {
    match done {
        Err(ActionError::Store(error)) => Err(error),
        Err(error) => {
            tracing::warn!(incident = %id, %error, "the clock could not write to an incident; it waits for a person");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// Tells staff, unless that was done or is not so any more.
async fn tell(db: &Db, page: &Id, id: &Id, due: Due, (by_itself, gap): (bool, TimeDelta), now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    // Others who tick or write wait here; what they did is read below.
    pages::hold(&mut tx, page).await?;
    let Some(record) = pages::default_page(&mut tx).await? else { return Ok(()) };
    let one = incidents::watched(&mut tx, page).await?.into_iter().find(|one| one.id == *id);
    let Some(one) = one.filter(|one| self::due(one, by_itself, gap, now) == Some(due)) else { return Ok(()) };
    let task = task(&one, due, Locale::at(&record.time_zone, now));
    let told_at = matches!(due, Due::TellRecovered(_)).then_some(now);
    incidents::set_watch(&mut tx, id, &Watch { recovery_told_at: told_at, ..one.watch }).await?;
    let responders: Vec<_> = monitors::responders(&mut tx, page).await?.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
    let about = About { subject_kind: "task", subject_id: id, update_id: None };
    notify::people(&mut tx, page, NotificationKind::StaffTask, about, Notice::Task(task), &responders, now).await?;
    tx.commit().await
}

/// What staff are told.
fn task(one: &Watched, due: Due, zone: Locale) -> TaskNotice {
    let (name, draft) = (&one.name, one.published_at.is_none());
    let path = format!("/staff/incidents/{}", one.id);
    let names: Vec<&str> = one.seen.iter().filter(|seen| !seen.beside).map(|seen| seen.evidence.monitor.as_str()).collect();
    let facts = vec![("Monitors".to_owned(), names.join(", "))];
    let said = |subject: String, sentence: String, path: String, action: &str| TaskNotice {
        subject,
        sentence,
        facts: facts.clone(),
        path,
        action: action.to_owned(),
    };
    match due {
        Due::TellRecovered(since) if draft => said(
            format!("Up again before anybody was told: {name}"),
            format!(
                "All monitors of this draft have been up again since {}. Publish what happened, or delete the draft.",
                zone.full_text(since)
            ),
            path,
            "Look at the draft",
        ),
        Due::TellRecovered(since) => said(
            format!("Up again: {name}"),
            format!(
                "All monitors of this incident have been up again since {}. It stays open until you resolve it.",
                zone.full_text(since)
            ),
            format!("{path}?resolve=1"),
            "Look at the resolving update",
        ),
        _ => said(
            format!("Failing again: {name}"),
            "A monitor of it is down again after all of them were up. It is still open.".to_owned(),
            path,
            "Look at it",
        ),
    }
}
