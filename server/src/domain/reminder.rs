//! What the clock has to say, and until when it still means something. Each has a key that names the instant it belongs to, under which
//! it is said once: a window that moves has other instants, and so other keys. What lost its meaning is skipped, never said late.

use app::words::{Maintenance, MaintenanceStatus, Window};
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{calendar, maintenance};

/// Something to say of planned work, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Names it and its instant.
    pub key: String,
    /// What is said.
    pub saying: Saying,
}

/// What is said, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saying {
    /// To subscribers: work begins soon. The reminder was due then.
    Reminder(DateTime<Utc>),
    /// To staff: work ends by itself at that instant.
    EndsSoon(DateTime<Utc>),
    /// To staff: work goes on although its window ended then, and nothing will end it but their word.
    Overruns(DateTime<Utc>),
    /// To staff: work was to begin then, and waits for their word.
    Waits(DateTime<Utc>),
}

/// What is late by more than this says nothing new any more.
pub const STALE: TimeDelta = TimeDelta::days(1);
/// Staff are told that work overruns, and that it waits for its start, again after this.
const AGAIN: TimeDelta = TimeDelta::minutes(30);
/// Staff hear so long before work ends by itself; a quarter of a short window.
const NOTICE: TimeDelta = TimeDelta::minutes(15);

/// How late a reminder may be: a quarter of the time that it comes ahead, from a minute to an hour.
fn tolerance(ahead: TimeDelta) -> TimeDelta {
    (ahead / 4).clamp(TimeDelta::minutes(1), TimeDelta::hours(1))
}

/// All that is to be said of planned work at `now`, whether or not it was said before. Hand over published work.
#[must_use]
pub fn due(m: &Maintenance, now: DateTime<Utc>) -> Vec<Due> {
    let Some(window) = m.window else { return Vec::new() };
    let said = |what: &str, at: DateTime<Utc>, saying| {
        let key = format!("maintenance/{}/{what}/{}", m.id, at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        Due { key, saying }
    };
    match maintenance::status_at(m, now) {
        MaintenanceStatus::Scheduled if now < window.from => {
            let due = reminders(m, window, now).map(|(minutes, at)| said(&format!("before/{minutes}"), at, Saying::Reminder(at)));
            due.collect()
        }
        // It is to begin by a person's word, or it would have begun.
        MaintenanceStatus::Scheduled => {
            let at = if now < window.from + AGAIN { window.from } else { window.from + AGAIN };
            (now < at + STALE).then(|| said("waits", at, Saying::Waits(window.from))).into_iter().collect()
        }
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying if window.until <= now => {
            let at = newest_of(window.until, AGAIN, now);
            vec![said("overruns", at, Saying::Overruns(window.until))]
        }
        MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => {
            let notice = NOTICE.min((window.until - window.from) / 4);
            let soon = m.auto_complete && window.until - notice <= now;
            soon.then(|| said("ends", window.until, Saying::EndsSoon(window.until))).into_iter().collect()
        }
        MaintenanceStatus::Completed | MaintenanceStatus::Cancelled => Vec::new(),
    }
}

/// The reminders that mean something: due, not much later, and after the date was set. Whoever sets a date tells of it by themselves.
fn reminders(m: &Maintenance, window: Window, now: DateTime<Utc>) -> impl Iterator<Item = (i64, DateTime<Utc>)> {
    let dated = m.moves.last().map(|moved| moved.at).or(m.published_at);
    m.reminders.before_minutes.iter().filter_map(move |minutes| {
        let ahead = TimeDelta::try_minutes(*minutes)?;
        let at = window.from.checked_sub_signed(ahead)?;
        let means = at <= now && now < at + tolerance(ahead) && dated.is_some_and(|dated| dated < at);
        means.then_some((*minutes, at))
    })
}

/// The last instant not after `now` of those that come at `first` and every `step` after it.
fn newest_of(first: DateTime<Utc>, step: TimeDelta, now: DateTime<Utc>) -> DateTime<Utc> {
    let passed = (now - first).num_seconds() / step.num_seconds();
    first + TimeDelta::seconds(passed * step.num_seconds())
}

/// The newest of these instants, if it came and is not stale: after a long silence one is said, not all that were missed.
fn newest(instants: impl IntoIterator<Item = DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    instants.into_iter().filter(|at| *at <= now).max().filter(|at| now < *at + STALE)
}

/// The instant for which the one who owes a post-mortem is reminded now: a day before it is due, then, and three and seven days after.
#[must_use]
pub fn of_postmortem(due_at: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    newest([-1, 0, 3, 7].into_iter().filter_map(|days| due_at.checked_add_signed(TimeDelta::days(days))), now)
}

/// The instant for which the owner of an action item is reminded now: at nine in the morning on the day before, on the day, and a week
/// after.
#[must_use]
pub fn of_item(due_on: NaiveDate, zone: Tz, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let nine = NaiveTime::MIN + TimeDelta::hours(9);
    let days = [-1, 0, 7].into_iter().filter_map(|days| due_on.checked_add_signed(TimeDelta::days(days)));
    newest(days.map(|day| calendar::instant(zone, day.and_time(nine))), now)
}
