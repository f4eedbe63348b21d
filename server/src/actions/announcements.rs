//! Announcements: banners that come and go by themselves, apart from incidents. Subscribers are mailed where staff say so.

use app::markdown;
use app::words::{Announcement, Id, NotificationKind};
use chrono::{DateTime, Utc};

use super::notify::{self, About};
use super::translations::{self, Place, Said, Wording};
use super::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::domain::announcement::{BEGINNING, MOST_AT_ONCE, most_at_once};
use crate::domain::compose;
use crate::domain::notice::{AnnouncementNotice, Notice};
use crate::store::announcements::{self, AnnouncementFile};
use crate::store::{StoreError, Tx, notifications, pages};

/// Most characters: a banner that is longer pushes the page away.
pub const LONGEST: usize = 2_000;

/// What notices call it.
const NOUN: &str = "announcement";

/// A text without a title.
const SAID: Said = Said { name: None, field: "body", body: Some("The announcement"), most: LONGEST };

/// What an announcement is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnouncementInput {
    /// The text as Markdown.
    pub body: String,
    /// First instant it is shown; `None`, or one that has passed, is at once.
    pub starts_at: Option<DateTime<Utc>>,
    /// First instant it is no longer shown; `None` stays until it is taken back.
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether subscribers are told when it begins; `None` leaves that as it was.
    pub notify: Option<bool>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

/// Announces.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn create(act: &Act<'_>, input: &AnnouncementInput) -> Result<Done, ActionError> {
    let (mut tx, page, revision) = begin(act).await?;
    let (announcement, wordings) = checked(&mut tx, act, &page, input, act.fresh_id(), act.now).await?;
    tell(&mut tx, act, &page, &announcement, input.notify).await?;
    write(tx, act, &page, &announcement, &wordings, "announcement.create", revision).await
}

/// Changes what is announced, until it is over.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn change(act: &Act<'_>, id: &Id, input: &AnnouncementInput) -> Result<Done, ActionError> {
    let (mut tx, page, revision) = begin(act).await?;
    let known = lasting(&mut tx, act, &page, id).await?;
    // One that is shown began when it began, and is not moved back.
    let earliest = act.now.min(known.starts_at);
    let (announcement, wordings) = checked(&mut tx, act, &page, input, known.id, earliest).await?;
    tell(&mut tx, act, &page, &announcement, input.notify).await?;
    write(tx, act, &page, &announcement, &wordings, "announcement.change", revision).await
}

/// Ends an announcement that is shown, now.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn end(act: &Act<'_>, id: &Id) -> Result<Done, ActionError> {
    let (mut tx, page, revision) = begin(act).await?;
    let known = lasting(&mut tx, act, &page, id).await?;
    if act.now <= known.starts_at {
        return Err(ActionError::Conflict("This announcement has not begun. Delete it instead.".to_owned()));
    }
    let ended = Announcement { expires_at: Some(act.now), ..known };
    tell(&mut tx, act, &page, &ended, Some(false)).await?;
    write(tx, act, &page, &ended, &[], "announcement.end", revision).await
}

/// Deletes an announcement, as if it had not been; the audit remembers it.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn delete(act: &Act<'_>, id: &Id) -> Result<Done, ActionError> {
    let (mut tx, page, revision) = begin(act).await?;
    known(&mut tx, &page, id).await?;
    announcements::remove(&mut tx, &page, id).await?;
    notifications::cancel_about(&mut tx, &page, NOUN, id, act.now).await?;
    translations::forget(act, &mut tx, Place { page: &page, revision }, id).await?;
    act.audit(&mut tx, &page, "announcement.delete", Some(("announcement", id)), None).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: Some(revision) })
}

async fn begin(act: &Act<'_>) -> Result<(Tx, Id, i64), ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
    Ok((tx, page, revision))
}

async fn known(tx: &mut Tx, page: &Id, id: &Id) -> Result<AnnouncementFile, ActionError> {
    announcements::get(tx, page, id).await?.ok_or(ActionError::Missing("announcement"))
}

/// The announcement, unless it is over.
async fn lasting(tx: &mut Tx, act: &Act<'_>, page: &Id, id: &Id) -> Result<Announcement, ActionError> {
    let announcement = known(tx, page, id).await?.announcement;
    if announcement.expires_at.is_some_and(|end| end <= act.now) {
        return Err(ActionError::Conflict("This announcement is over. Write a new one.".to_owned()));
    }
    Ok(announcement)
}

async fn checked(
    tx: &mut Tx,
    act: &Act<'_>,
    page: &Id,
    input: &AnnouncementInput,
    id: Id,
    earliest: DateTime<Utc>,
) -> Result<(Announcement, Vec<Wording>), ActionError> {
    let mut problems = Problems::default();
    let body = problems.keep("body", body(&input.body));
    let wordings = problems.wordings(&input.translations, SAID);
    let starts_at = input.starts_at.map_or(act.now, |at| at.max(earliest));
    if let Some(end) = input.expires_at {
        if end <= act.now {
            problems.keep("expires_at", compose::coming("The end", end, act.now).map(drop));
        } else if end <= starts_at {
            problems.add("expires_at", "The end is not after the start, so nobody would ever see this. Change one of the two times.");
        }
    }
    problems.end()?;
    let announcement = Announcement { id, body, body_html: String::new(), starts_at, expires_at: input.expires_at };
    let others = announcements::all_current(tx, page, act.now).await?;
    let others: Vec<_> = others.into_iter().filter(|other| other.id != announcement.id).collect();
    if most_at_once(&announcement, &others) > MOST_AT_ONCE {
        let sentence =
            format!("There would be more than {MOST_AT_ONCE} announcements at once. End one of the others, or choose another time.");
        return Err(ActionError::invalid("", sentence));
    }
    Ok((announcement, wordings))
}

fn body(text: &str) -> Result<String, String> {
    let body = compose::text_up_to("The announcement", text, LONGEST)?;
    if !body.chars().any(compose::shows) {
        return Err("The announcement is empty. Write a sentence or two.".to_owned());
    }
    Ok(body)
}

/// Tells subscribers when it begins, if they are to be told, or lets what nobody was told yet say what is announced now.
async fn tell(tx: &mut Tx, act: &Act<'_>, page: &Id, announcement: &Announcement, notify: Option<bool>) -> Result<(), StoreError> {
    let id = &announcement.id;
    let newest = notifications::newest_about(tx, page, NOUN, id).await?;
    let (waiting, told) = match newest {
        Some(newest) if newest.is_untold() => (Some(newest), None),
        newest => (None, newest),
    };
    let not_before = (act.now + act.undo).max(announcement.starts_at);
    let begun = waiting.as_ref().or(told.as_ref()).and_then(|known| match &known.notice {
        Notice::Announcement(notice) => Some(notice),
        _ => None,
    });
    let previous = told.as_ref().map(|told| told.id.clone()).or_else(|| begun?.previous.clone());
    let beginning = || markdown::to_excerpt(&announcement.body, BEGINNING);
    let subject = begun.filter(|_| previous.is_some()).map_or_else(beginning, |notice| notice.subject.clone());
    let notice = Notice::Announcement(AnnouncementNotice {
        announcement_id: id.clone(),
        subject,
        body: announcement.body.clone(),
        starts_at: announcement.starts_at,
        expires_at: announcement.expires_at,
        previous,
    });
    match (waiting, notify) {
        (Some(_), Some(false)) => notifications::cancel_about(tx, page, NOUN, id, act.now).await?,
        (Some(waiting), _) => {
            notifications::rewrite(tx, &waiting.id, &notice).await?;
            notifications::postpone(tx, &waiting.id, not_before).await?;
        }
        (None, Some(true)) => {
            let about = About { subject_kind: NOUN, subject_id: id, update_id: None };
            let undo = not_before - act.now;
            notify::subscribers(tx, page, NotificationKind::AnnouncementMade, about, notice, act.now, undo).await?;
        }
        (None, _) => {}
    }
    Ok(())
}

/// Whether subscribers are still to be told of an announcement, and whether they were.
///
/// # Errors
/// [`StoreError`].
pub async fn told(tx: &mut Tx, page: &Id, id: &Id) -> Result<(bool, bool), StoreError> {
    let newest = notifications::newest_about(tx, page, NOUN, id).await?;
    Ok(newest.map_or((false, false), |newest| (newest.is_untold(), !newest.is_untold())))
}

async fn write(
    mut tx: Tx,
    act: &Act<'_>,
    page: &Id,
    announcement: &Announcement,
    wordings: &[Wording],
    verb: &str,
    revision: i64,
) -> Result<Done, ActionError> {
    let id = &announcement.id;
    announcements::upsert(&mut tx, page, announcement).await?;
    translations::write(act, &mut tx, Place { page, revision }, wordings, id, id).await?;
    announcements::sign(&mut tx, id, &act.actor.name, act.now).await?;
    let time = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC").to_string();
    let until = announcement.expires_at.map_or_else(|| "until taken back".to_owned(), |end| format!("until {}", time(end)));
    let detail = format!("from {} {until}", time(announcement.starts_at));
    act.audit(&mut tx, page, verb, Some(("announcement", id)), Some(detail)).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: Some(revision) })
}
