//! "I see this too": kept in memory first, written in groups, and an alert to staff where many see the same.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::{Mutex, PoisonError};

use app::words::{Id, NotificationKind, RecipientKind, Sighted, Sightings};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::actions::notify::{self, About};
use crate::actions::settings;
use crate::domain::notice::{Notice, TaskNotice};
use crate::domain::{calendar, sighting};
use crate::secret::{Purpose, Secret};
use crate::store::sightings::{self, Sighting};
use crate::store::{Db, StoreError, Tx, components, incidents, monitors, pages, told};

/// Reports that wait, and as many that are remembered as written: about 30 MB at the worst (reliability X43).
const MOST: usize = 100_000;
/// Reports written in one transaction: others can write in between.
const CHUNK: usize = 5_000;

/// What a network is counted under: it says nothing to who does not have the key, and nothing about any other thing or hour. The
/// address itself is written nowhere.
#[must_use]
pub fn sighting(secret: &Secret, page: &Id, kind: Sighted, id: &Id, from: std::net::IpAddr, now: DateTime<Utc>) -> Sighting {
    let (hour, network) = (sighting::hour(now), sighting::network(from).to_string());
    let hash = secret.derive(Purpose::Sighting, &[page.as_str(), kind.as_str(), id.as_str(), &hour.to_rfc3339(), &network]);
    Sighting { kind, id: id.clone(), hour, network: hash.iter().map(|byte| format!("{byte:02x}")).collect() }
}

/// Reports of this process that are not written yet, each once.
#[derive(Debug, Default)]
pub struct Buffer(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    waiting: HashSet<Sighting>,
    /// Those of the running hour that need not be written again.
    written: HashSet<Sighting>,
}

impl Buffer {
    /// Takes a report. The thousandth of a network costs nothing; beyond the bound nothing is taken, which is a crowd all the same.
    pub fn note(&self, sighting: Sighting) {
        let mut held = self.held();
        if held.waiting.len() < MOST && !held.written.contains(&sighting) {
            held.waiting.insert(sighting);
        }
    }

    /// How many wait to be written.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.held().waiting.len()
    }

    /// Up to a chunk of what waits; it goes on waiting until it is [`Buffer::settle`]d.
    fn chunk(&self) -> Vec<Sighting> {
        self.held().waiting.iter().take(CHUNK).cloned().collect()
    }

    fn settle(&self, written: Vec<Sighting>, now: DateTime<Utc>) {
        let hour = sighting::hour(now);
        let mut held = self.held();
        held.written.retain(|one| one.hour == hour);
        if held.written.len() + written.len() > MOST {
            // Whoever comes again is written again, which changes nothing.
            held.written.clear();
        }
        for one in written {
            held.waiting.remove(&one);
            held.written.insert(one);
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes what waits, a chunk in a transaction; whether staff are alerted, so that the outbox has something new.
///
/// # Errors
/// [`StoreError`]; what is not written goes on waiting.
pub async fn flush(db: &Db, buffer: &Buffer, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let mut alerted = false;
    loop {
        let chunk = buffer.chunk();
        if chunk.is_empty() {
            return Ok(alerted);
        }
        let mut tx = db.write().await?;
        if let Some(page) = pages::default_page(&mut tx).await? {
            let new = sightings::insert(&mut tx, &page.id, &chunk).await?;
            alerted |= alert(&mut tx, &page, &new, now).await?;
        }
        tx.commit().await?;
        buffer.settle(chunk, now);
    }
}

/// What is seen of everything on the page, by thing.
///
/// # Errors
/// [`StoreError`]
pub async fn seen(tx: &mut Tx, page: &pages::PageRecord, now: DateTime<Utc>) -> Result<BTreeMap<(Sighted, Id), Sightings>, StoreError> {
    let zone = page.time_zone.parse().unwrap_or(Tz::UTC);
    let today = calendar::day_start(zone, calendar::day_of(zone, now));
    let counts = sightings::since(tx, &page.id, sighting::first_hour(now, today)).await?;
    Ok(sighting::tallies(&counts, now, today))
}

/// Tells staff of what enough networks see, also where every check is well.
async fn alert(tx: &mut Tx, page: &pages::PageRecord, new: &BTreeSet<(Sighted, Id)>, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if new.is_empty() {
        return Ok(false);
    }
    let enough = settings::load(tx, &page.id).await?.sightings_alert;
    let all = seen(tx, page, now).await?;
    let mut alerted = false;
    for thing in new {
        let Some(counts) = all.get(thing).filter(|counts| counts.last_hour >= enough) else { continue };
        if quiet(tx, &page.id, thing, now).await? {
            continue;
        }
        let Some(notice) = notice(tx, &page.id, thing, *counts).await? else { continue };
        let to: Vec<_> = monitors::responders(tx, &page.id).await?.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
        let about = About { subject_kind: "task", subject_id: &thing.1, update_id: None };
        notify::people(tx, &page.id, NotificationKind::StaffTask, about, Notice::Task(notice), &to, now).await?;
        alerted = true;
    }
    Ok(alerted)
}

/// Whether staff were alerted of it within the last hours; otherwise the hours that follow are quiet from now on.
async fn quiet(tx: &mut Tx, page: &Id, (kind, id): &(Sighted, Id), now: DateTime<Utc>) -> Result<bool, StoreError> {
    let key = |ahead| format!("sightings/{kind}/{id}/{}", sighting::hour(now + TimeDelta::hours(ahead)).to_rfc3339());
    if !told::first(tx, page, &key(0), now).await? {
        return Ok(true);
    }
    for ahead in 1..sighting::QUIET_HOURS {
        told::first(tx, page, &key(ahead), now).await?;
    }
    Ok(false)
}

/// What staff are told; `None` where the thing is gone meanwhile.
async fn notice(tx: &mut Tx, page: &Id, (kind, id): &(Sighted, Id), counts: Sightings) -> Result<Option<TaskNotice>, StoreError> {
    let (name, path, action, hint) = match kind {
        Sighted::Component => {
            let name = components::components(tx, page).await?.into_iter().map(|row| row.component).find(|one| one.id == *id);
            let hint = "Your checks may not see it. Look whether it is so, and report an incident if it is.";
            (name.map(|one| one.name), "/staff/incidents/new".to_owned(), "Report an incident", hint)
        }
        Sighted::Incident => {
            let name = incidents::sheet(tx, page, id).await?.map(|sheet| sheet.file.record.incident.name);
            let hint = "It may reach further than it says. Look whether it does, and post an update.";
            (name, format!("/staff/incidents/{id}"), "Open the incident", hint)
        }
    };
    Ok(name.map(|name| TaskNotice {
        subject: format!("Many visitors see it: {name}"),
        sentence: format!("Visitors from about {} networks say within an hour that they see a failure: {name}. {hint}", counts.last_hour),
        facts: vec![
            ("In the last hour".to_owned(), format!("about {} networks", counts.last_hour)),
            ("Today".to_owned(), format!("{} reports, each network once an hour", counts.today)),
        ],
        path,
        action: action.to_owned(),
    }))
}
