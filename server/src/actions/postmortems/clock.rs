//! What the clock does for post-mortems: it reminds those who owe one, and the owners of action items with a date.

use app::parts::locale::Locale;
use app::words::{Id, NotificationKind, RecipientKind};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;

use crate::actions::notify::{self, About};
use crate::domain::notice::{Notice, TaskNotice};
use crate::domain::reminder;
use crate::store::action_items::{self, ItemFile};
use crate::store::postmortem_files::{self, PostmortemSummary};
use crate::store::{Db, StoreError, Tx, monitors, pages, staff, told};

/// A reminder that is due.
struct Reminder {
    /// Names it and its instant.
    key: String,
    id: Id,
    task: TaskNotice,
    owner: Option<String>,
}

/// Reminds of all that is due at `now` and was not reminded of, each in a transaction of its own.
///
/// # Errors
/// [`StoreError`]; what was told until then stays told.
pub async fn tick(db: &Db, page: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let mut waiting = Vec::new();
    for reminder in reminders(&mut tx, page, now).await? {
        if !told::known(&mut tx, page, &reminder.key).await? {
            waiting.push(reminder.key);
        }
    }
    drop(tx);
    for key in waiting {
        let mut tx = db.write().await?;
        // Whoever publishes or changes it meanwhile has done so when this goes on.
        pages::hold(&mut tx, page).await?;
        let still = reminders(&mut tx, page, now).await?.into_iter().find(|reminder| reminder.key == key);
        if let Some(reminder) = still
            && told::first(&mut tx, page, &key, now).await?
        {
            let recipients = recipients(&mut tx, page, reminder.owner.as_deref()).await?;
            let about = About { subject_kind: "task", subject_id: &reminder.id, update_id: None };
            notify::people(&mut tx, page, NotificationKind::StaffTask, about, Notice::Task(reminder.task), &recipients, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The reminders that mean something at `now`, whether or not they were sent.
async fn reminders(tx: &mut Tx, page: &Id, now: DateTime<Utc>) -> Result<Vec<Reminder>, StoreError> {
    let Some(record) = pages::default_page(tx).await? else { return Ok(Vec::new()) };
    let tz: Tz = record.time_zone.parse().unwrap_or(Tz::UTC);
    let zone = Locale::at(&record.time_zone, now);
    let owed = postmortem_files::owed(tx, page).await?.into_iter().filter_map(|one| {
        let due_at = one.due_at.filter(|_| one.waived_because.is_none())?;
        // Whoever promises it knows the date; what was due before that is no news.
        let at = reminder::of_postmortem(due_at, now).filter(|at| one.created_at < *at)?;
        Some(Reminder {
            key: key("postmortem", &one.id, at),
            owner: one.owner.clone(),
            task: owed_task(&one, due_at, zone, now),
            id: one.id,
        })
    });
    let items = action_items::items_due(tx, page).await?.into_iter().filter_map(|one| {
        let due_on = one.item.due_on?;
        let at = reminder::of_item(due_on, tz, now).filter(|at| one.item.history.first().is_none_or(|made| made.at < *at))?;
        let task = item_task(&one, due_on, zone);
        Some(Reminder { key: key("action_item", &one.item.id, at), owner: one.owner, task, id: one.item.id })
    });
    Ok(owed.chain(items).collect())
}

fn key(what: &str, id: &Id, at: DateTime<Utc>) -> String {
    format!("{what}/{id}/due/{}", at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn owed_task(one: &PostmortemSummary, due_at: DateTime<Utc>, zone: Locale, now: DateTime<Utc>) -> TaskNotice {
    let due = zone.full_text(due_at);
    let (subject, sentence) = if now < due_at {
        ("A post-mortem is due soon", format!("It was promised to readers by {due}."))
    } else {
        ("A post-mortem is overdue", format!("It was promised to readers by {due}, and the page says that it is overdue."))
    };
    TaskNotice {
        subject: format!("{subject}: {}", one.title),
        sentence: format!("{sentence} Publish it, or set another date."),
        facts: Vec::new(),
        path: format!("/staff/post-mortems/{}", one.id),
        action: "Write the post-mortem".to_owned(),
    }
}

fn item_task(one: &ItemFile, due_on: NaiveDate, zone: Locale) -> TaskNotice {
    let due = due_on.format("%-d %b %Y");
    let (subject, when) = match due_on.cmp(&zone.today()) {
        std::cmp::Ordering::Greater => ("An action item is due soon", "It is due on"),
        std::cmp::Ordering::Equal => ("An action item is due today", "It is due today,"),
        std::cmp::Ordering::Less => ("An action item is overdue", "It was due on"),
    };
    TaskNotice {
        subject: format!("{subject}: {}", one.item.title),
        sentence: format!("{when} {due}. Mark it as done, or give it another date."),
        facts: vec![("Post-mortem".to_owned(), one.postmortem.clone())],
        path: format!("/staff/post-mortems/{}", one.postmortem_id),
        action: "Open the action items".to_owned(),
    }
}

/// The owner, if they may sign in; otherwise everybody who may write.
async fn recipients(tx: &mut Tx, page: &Id, owner: Option<&str>) -> Result<Vec<(RecipientKind, Id)>, StoreError> {
    let members = staff::all(tx, page).await?.into_iter().map(|record| record.member);
    let named = members.filter(|member| member.disabled_at.is_none() && Some(member.id.as_str()) == owner);
    let mut found: Vec<Id> = named.map(|member| member.id).collect();
    if found.is_empty() {
        found = monitors::responders(tx, page).await?;
    }
    Ok(found.into_iter().map(|id| (RecipientKind::Staff, id)).collect())
}
