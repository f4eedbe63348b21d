//! What the clock does for post-mortems: it reminds those who owe one, and the owners of action items with a date.

use app::parts::time::Zone;
use app::words::{Id, NotificationKind, RecipientKind, StaffMember};
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;

use crate::actions::notify::{self, About};
use crate::domain::notice::{Notice, TaskNotice};
use crate::domain::reminder;
use crate::store::postmortem_reads::{self, DueItem, OwedPostmortem};
use crate::store::{Db, StoreError, Tx, monitors, pages, staff, told};

/// A reminder that is due.
struct Reminder {
    /// Names it and its instant.
    key: String,
    subject: (Id, TaskNotice),
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
            let (id, task) = reminder.subject;
            let about = About { subject_kind: "task", subject_id: &id, update_id: None };
            notify::people(&mut tx, page, NotificationKind::StaffTask, about, Notice::Task(task), &recipients, now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// The reminders that mean something at `now`, whether or not they were sent.
async fn reminders(tx: &mut Tx, page: &Id, now: DateTime<Utc>) -> Result<Vec<Reminder>, StoreError> {
    let Some(record) = pages::default_page(tx).await? else { return Ok(Vec::new()) };
    let tz: Tz = record.time_zone.parse().unwrap_or(Tz::UTC);
    let zone = Zone::at(&record.time_zone, now);
    let owed = postmortem_reads::owed(tx, page).await?;
    let items = postmortem_reads::items_due(tx, page).await?;
    let owed = owed.into_iter().filter_map(|one| {
        // Whoever promises it sees the date; only what comes after that is news.
        let at = reminder::of_postmortem(one.due_at, now).filter(|at| one.created_at < *at)?;
        Some(Reminder { key: key("postmortem", &one.id, at), subject: (one.id.clone(), owed_task(&one, zone, now)), owner: one.owner })
    });
    let items = items.into_iter().filter_map(|one| {
        let at = reminder::of_item(one.due_on, tz, now)?;
        Some(Reminder { key: key("action_item", &one.id, at), subject: (one.id.clone(), item_task(&one, zone)), owner: one.owner })
    });
    Ok(owed.chain(items).collect())
}

fn key(what: &str, id: &Id, at: DateTime<Utc>) -> String {
    format!("{what}/{id}/due/{}", at.to_rfc3339_opts(SecondsFormat::AutoSi, true))
}

fn owed_task(one: &OwedPostmortem, zone: Zone, now: DateTime<Utc>) -> TaskNotice {
    let due = zone.full_text(one.due_at);
    let (subject, sentence) = if now < one.due_at {
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

fn item_task(one: &DueItem, zone: Zone) -> TaskNotice {
    let due = one.due_on.format("%-d %b %Y");
    let (subject, when) = match one.due_on.cmp(&zone.today()) {
        std::cmp::Ordering::Greater => ("An action item is due soon", "It is due on"),
        std::cmp::Ordering::Equal => ("An action item is due today", "It is due today,"),
        std::cmp::Ordering::Less => ("An action item is overdue", "It was due on"),
    };
    TaskNotice {
        subject: format!("{subject}: {}", one.title),
        sentence: format!("{when} {due}. Mark it as done, or give it another date."),
        facts: vec![("Post-mortem".to_owned(), one.postmortem.clone())],
        path: format!("/staff/post-mortems/{}", one.postmortem_id),
        action: "Open the action items".to_owned(),
    }
}

/// The owner, named by id, name or address, if they may sign in; otherwise everybody who may write.
async fn recipients(tx: &mut Tx, page: &Id, owner: Option<&str>) -> Result<Vec<(RecipientKind, Id)>, StoreError> {
    let is_owner = |member: &StaffMember| {
        let names = [Some(member.id.as_str()), member.name.as_deref(), Some(member.email.as_str())];
        names.into_iter().flatten().any(|name| owner.is_some_and(|owner| owner.to_lowercase() == name.to_lowercase()))
    };
    let members = staff::all(tx, page).await?.into_iter().map(|record| record.member);
    let mut found: Vec<Id> = members.filter(|member| member.disabled_at.is_none() && is_owner(member)).map(|member| member.id).collect();
    if found.is_empty() {
        found = monitors::responders(tx, page).await?;
    }
    Ok(found.into_iter().map(|id| (RecipientKind::Staff, id)).collect())
}
