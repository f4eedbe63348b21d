//! How long a view of the record stays true when nobody writes.

use app::view::SERIES_DAYS;
use app::words::{Announcement, Maintenance};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::{calendar, maintenance};

/// Everything shown that time alone can change.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clockwork<'a> {
    /// Published maintenances, whatever their status.
    pub maintenances: &'a [&'a Maintenance],
    /// Promised times: of next updates, of post-mortems.
    pub promises: &'a [DateTime<Utc>],
    /// Announcements, also those to come.
    pub announcements: &'a [Announcement],
    /// For each watched component the first instant at which its data is too old if nothing new comes.
    pub fresh_until: &'a [DateTime<Utc>],
}

/// Whether a promise has lapsed, or data gone stale: the named instant itself is already too late.
#[must_use]
pub fn passed(instant: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    instant <= now
}

/// Whether an announcement is to be shown.
#[must_use]
pub fn announced(announcement: &Announcement, now: DateTime<Utc>) -> bool {
    announcement.starts_at <= now && announcement.expires_at.is_none_or(|end| now < end)
}

/// The next instant after `now` at which time alone changes what is shown: work begins, ends or overruns, a promise lapses, data
/// grows stale, an announcement comes or goes, a window of a series comes near enough to be listed, a day begins in the page's zone.
#[must_use]
pub fn valid_until(now: DateTime<Utc>, zone: Tz, clockwork: &Clockwork<'_>) -> DateTime<Utc> {
    let work = clockwork.maintenances.iter().filter_map(|m| maintenance::next_change(m, now));
    let midnight = calendar::next_day_start(zone, now);
    work.chain(instants(clockwork)).filter(|at| *at > now).fold(midnight, DateTime::min)
}

/// The newest such instant that `now` has reached: an open page that was made before it no longer shows what holds.
#[must_use]
pub fn changed_at(now: DateTime<Utc>, zone: Tz, clockwork: &Clockwork<'_>) -> DateTime<Utc> {
    let work = clockwork.maintenances.iter().filter_map(|m| maintenance::last_change(m, now));
    let midnight = calendar::day_start(zone, calendar::day_of(zone, now));
    work.chain(instants(clockwork)).filter(|at| *at <= now).fold(midnight, DateTime::max)
}

/// What is known beforehand, whatever the time; what planned work does depends on it.
fn instants(clockwork: &Clockwork<'_>) -> impl Iterator<Item = DateTime<Utc>> {
    let lapses = clockwork.promises.iter().chain(clockwork.fresh_until).copied();
    let banners = clockwork.announcements.iter().flat_map(|a| [Some(a.starts_at), a.expires_at]).flatten();
    let series = clockwork.maintenances.iter().filter(|m| m.occurrence.is_some()).filter_map(|m| m.window);
    let listed = series.map(|window| window.from - TimeDelta::days(SERIES_DAYS));
    lapses.chain(banners).chain(listed)
}
