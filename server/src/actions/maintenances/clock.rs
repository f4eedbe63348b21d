//! What the clock does for planned work: it writes down what time alone has made of it, reminds subscribers, and tells staff what waits
//! for them. Nothing that viewers are shown depends on it.

use app::parts::locale::Locale;
use app::words::{Id, Maintenance, NotificationKind, RecipientKind};
use chrono::{DateTime, TimeDelta, Utc};

use super::{remind, write_down};
use crate::actions::notify::{self, About};
use crate::actions::statuses::Board;
use crate::actions::{Act, Actor, failures, pages as page_actions};
use crate::domain::maintenance;
use crate::domain::notice::{Notice, TaskNotice};
use crate::domain::planning::EARLIEST_REMINDER;
use crate::domain::reminder::{self, Saying};
use crate::store::pages::PageRecord;
use crate::store::{Db, StoreError, Tx, maintenances, monitors, pages, told};

/// Does all that is to be done at `now`, each maintenance in a transaction of its own. Doing it twice, at once by two processes or late,
/// is as good as once.
///
/// # Errors
/// [`StoreError`], the first one; one that fails keeps none of the others from being done.
pub async fn tick(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let mut waiting = Vec::new();
    for file in maintenances::due(&mut tx, page, now + TimeDelta::minutes(EARLIEST_REMINDER)).await? {
        let m = file.record.maintenance;
        if waits(&mut tx, page, &m, now).await? {
            waiting.push(m.id);
        }
    }
    drop(tx);
    let mut result = Ok(());
    for id in waiting {
        result = result.and(one(db, page, &id, now).await);
    }
    result.and(failures::after_work(db, page, now).await)
}

/// Whether there is anything to be done for it.
async fn waits(tx: &mut Tx, page: &Id, m: &Maintenance, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if maintenance::status_at(m, now) != m.status {
        return Ok(true);
    }
    for due in reminder::due(m, now) {
        if !told::known(tx, page, &due.key).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn one(db: &Db, page: &Id, id: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.write().await?;
    // Others who tick or write wait here; what they did is read below.
    pages::hold(&mut tx, page).await?;
    let Some(file) = maintenances::get(&mut tx, page, id).await?.filter(|file| file.record.visible) else { return Ok(()) };
    let Some(page) = pages::default_page(&mut tx).await? else { return Ok(()) };
    let board = Board::load(&mut tx, &page.id, now).await?;
    let mut m = file.record.maintenance;
    if maintenance::status_at(&m, now) != m.status {
        let language = page_actions::language(&mut tx, &page.id).await?;
        let revision = pages::bump_revision(&mut tx, &page.id, now).await?;
        write_down(&mut tx, &page.id, language, now, revision, &mut m, &board).await?;
        let act = Act { db, actor: &Actor::system(), now, undo: TimeDelta::zero() };
        let verb = if m.status.is_over() { "maintenance.finish" } else { "maintenance.start" };
        act.audit(&mut tx, &page.id, verb, Some(("maintenance", &m.id)), Some(format!("\"{}\", by the clock", m.name))).await?;
    }
    for due in reminder::due(&m, now) {
        if told::first(&mut tx, &page.id, &due.key, now).await? {
            say(&mut tx, &page, &m, due.saying, &board, now).await?;
        }
    }
    tx.commit().await
}

async fn say(tx: &mut Tx, page: &PageRecord, m: &Maintenance, saying: Saying, board: &Board, now: DateTime<Utc>) -> Result<(), StoreError> {
    let task = match saying {
        Saying::Reminder(at) => return remind(tx, &page.id, now, m, at, board).await,
        other => task(page, m, other, now),
    };
    let responders: Vec<_> = monitors::responders(tx, &page.id).await?.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
    let about = About { subject_kind: "task", subject_id: &m.id, update_id: None };
    notify::people(tx, &page.id, NotificationKind::StaffTask, about, Notice::Task(task), &responders, now).await?;
    Ok(())
}

/// What staff are told of work that needs them.
fn task(page: &PageRecord, m: &Maintenance, saying: Saying, now: DateTime<Utc>) -> TaskNotice {
    let zone = Locale::at(&page.time_zone, now);
    let path = format!("/staff/maintenances/{}", m.id);
    let longer = format!("{path}?longer=1");
    let (subject, sentence, path, action) = match saying {
        Saying::EndsSoon(at) => (
            format!("Planned work ends soon: {}", m.name),
            format!("It ends by itself at {}. Extend it if you need longer.", zone.full_text(at)),
            longer,
            "We need longer",
        ),
        Saying::Overruns(at) => (
            format!("Planned work is overrunning: {}", m.name),
            format!("Its window ended at {}, and it is still under way. Confirm the end, or extend it.", zone.full_text(at)),
            longer,
            "Confirm the end or extend",
        ),
        Saying::Waits(at) | Saying::Reminder(at) => (
            format!("Planned work waits for its start: {}", m.name),
            format!("It was to begin at {}, and begins by your word. Start it, move it, or cancel it.", zone.full_text(at)),
            path,
            "Start, move or cancel",
        ),
    };
    let window = m.window.map(|window| format!("{} to {}", zone.full_text(window.from), zone.full_text(window.until)));
    let facts = window.map(|window| ("Window".to_owned(), window)).into_iter().collect();
    TaskNotice { subject, sentence, facts, path, action: action.to_owned() }
}
