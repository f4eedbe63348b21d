//! Days in the page's zone. Days tile the time line: each instant is in exactly one, also where clocks are turned at midnight.

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The first instant of a day. Where midnight comes twice it is the first one, where clocks jump over it the jump; a day that a
/// zone left out (Samoa's 30 December 2011) begins and ends with the next one.
#[must_use]
pub fn day_start(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    instant(zone, day.and_time(NaiveTime::MIN))
}

/// The instant that a local time means, also where nobody is there to ask: of a time that comes twice the first one, of a time that
/// clocks jump over the jump.
#[must_use]
pub fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => at.to_utc(),
        MappedLocalTime::None => jump_over(zone, local),
    }
}

/// The day an instant is in.
#[must_use]
pub fn day_of(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    let shown = at.with_timezone(&zone).date_naive();
    // Clocks turned back over midnight show yesterday's date again for a while: the new day has begun all the same.
    let next = shown.succ_opt().unwrap_or(shown);
    if next > shown && day_start(zone, next) <= at { next } else { shown }
}

/// The first instant after `now` at which a day begins.
#[must_use]
pub fn next_day_start(zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
    let following = day_of(zone, now).iter_days().skip(1).map(|day| day_start(zone, day));
    following.take(3).find(|start| *start > now).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The instant at which clocks jump over a local time: the first second at which they show it or a later one.
fn jump_over(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // No zone was ever a day away from UTC, so the jump lies within that distance.
    let reach = TimeDelta::days(1);
    let (Some(mut before), Some(mut after)) = (local.and_utc().checked_sub_signed(reach), local.and_utc().checked_add_signed(reach)) else {
        return local.and_utc();
    };
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if middle.with_timezone(&zone).naive_local() < local {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}
