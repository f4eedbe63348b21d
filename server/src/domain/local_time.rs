//! Times that people type: a date and a clock time in the page's zone.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, TimeZone, Utc};
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
