//! Times that people type: a date and a clock time in the page's zone.

use app::words::Window;
use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// The instant of a local time as a form carries it: `2026-11-23T14:05`, seconds allowed. Where clocks are turned back and show it
/// twice, it is the first one.
///
/// # Errors
/// A sentence, also where clocks are turned forward over it.
pub fn read(zone: Tz, text: &str) -> Result<DateTime<Utc>, String> {
    let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"].into_iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let Some(local) = local else {
        let shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
        return Err(format!("\"{shown}\" is no date and time. Write it like 2026-11-23T14:05."));
    };
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Ok(at.to_utc()),
        MappedLocalTime::None => Err(format!(
            "{} does not exist in {}: clocks are turned forward over it. Give a time an hour later.",
            local.format("%H:%M on %-d %b %Y"),
            zone.name()
        )),
    }
}

/// What to know of a window because clocks are turned: that one of its ends comes twice on the clock, and that it lasts longer or
/// shorter than its clock times say.
#[must_use]
pub fn notes(zone: Tz, window: Window) -> Vec<String> {
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).naive_local();
    let offset = |at: DateTime<Utc>| at.with_timezone(&zone).offset().fix().local_minus_utc();
    let mut notes = Vec::new();
    for (what, at) in [("start", window.from), ("end", window.until)] {
        if let MappedLocalTime::Ambiguous(first, _) = zone.from_local_datetime(&local(at)) {
            let which = if first.to_utc() == at { "first" } else { "second" };
            let clock = local(at).format("%H:%M on %-d %b %Y");
            notes.push(format!(
                "Clocks are turned back: {clock} comes twice in {}. The {what} is the {which} of the two, {}.",
                zone.name(),
                at.format("%H:%M UTC")
            ));
        }
    }
    if offset(window.from) != offset(window.until) {
        let (by_clock, minutes) = ((local(window.until) - local(window.from)).num_minutes(), (window.until - window.from).num_minutes());
        notes.push(format!(
            "Clocks are turned within the window of {}: it lasts {minutes} minutes, not the {by_clock} that its clock times say.",
            local(window.from).format("%-d %b %Y")
        ));
    }
    notes
}
