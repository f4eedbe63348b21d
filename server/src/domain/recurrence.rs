//! Windows that come again: a rule (RFC 5545) in the page's zone, and the windows it makes.
//!
//! A rule is about local time. "Tuesdays at 02:30" stays 02:30 when clocks are turned; each window is as long as the first. Where clocks
//! jump over 02:30 the window begins with the jump, and where 02:30 comes twice with the first of the two.

use app::words::{Id, Window};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use rrule::{Frequency, RRule, Unvalidated};
use sha2::{Digest, Sha256};

use super::calendar;

/// Most windows of a series.
pub const MOST_WINDOWS: u16 = 200;
/// How far ahead of its first a series may reach: two years, one of which may be a leap year.
const FARTHEST: TimeDelta = TimeDelta::days(2 * 365 + 1);
/// Longer rules are no rules: every part once, with full lists, is shorter.
const LONGEST_RULE: usize = 1_000;
/// How local times are written in a rule.
const LOCAL: &str = "%Y%m%dT%H%M%S";

/// Why a series cannot be made: a sentence for its writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The rule cannot be used.
    Rule(String),
    /// An exception cannot.
    Exceptions(String),
}

/// The windows that a rule makes, soonest first: like `first`, at the same local time on other days, but for the days excepted.
///
/// # Errors
/// A sentence where there would be no end, too many, windows that overlap, or none.
pub fn windows(rule: &str, first: Window, zone: Tz, exceptions: &[NaiveDate]) -> Result<Vec<Window>, Refused> {
    let starts = starts(rule, first.from.with_timezone(&zone).naive_local(), zone).map_err(Refused::Rule)?;
    if starts.first() != Some(&first.from.with_timezone(&zone).naive_local()) {
        return Err(Refused::Rule(
            "The first window is not one that the rule makes. Give the first window a start that the rule meets.".to_owned(),
        ));
    }
    for day in exceptions {
        if !starts.iter().any(|start| start.date() == *day) {
            return Err(Refused::Exceptions(format!("No window begins on {day}, so it cannot be left out. Take this exception away.")));
        }
    }
    let long = first.until - first.from;
    let kept = starts.iter().filter(|start| !exceptions.contains(&start.date()));
    let made: Vec<Window> = kept.map(|start| calendar::instant(zone, *start)).map(|from| Window { from, until: from + long }).collect();
    if made.is_empty() {
        return Err(Refused::Exceptions("The exceptions leave no window at all. Take some of them away.".to_owned()));
    }
    if let Some((one, next)) = made.iter().zip(made.iter().skip(1)).find(|(one, next)| next.from < one.until) {
        return Err(Refused::Rule(format!(
            "The rule fires too often: a window begins at {}, before the one of {} is over. Let it come less often, or make it shorter.",
            next.from.format("%Y-%m-%d %H:%M UTC"),
            one.from.format("%Y-%m-%d %H:%M UTC")
        )));
    }
    Ok(made)
}

/// The id of a window of a series: the same whoever works it out.
#[must_use]
pub fn window_id(series: &Id, number: i64) -> Id {
    let digest = Sha256::digest(format!("allclear series {series} window {number}"));
    Id::from_bytes(digest.first_chunk::<16>().copied().unwrap_or_default())
}

/// The rule as it is kept: without the name before it, in capitals.
#[must_use]
pub fn tidy(rule: &str) -> String {
    let rule = rule.trim().to_uppercase();
    rule.strip_prefix("RRULE:").unwrap_or(&rule).trim().to_owned()
}

/// Local times at which windows begin. The rule is followed as if the zone's clocks were never turned; `calendar::instant` says what
/// such a time means.
fn starts(rule: &str, first: NaiveDateTime, zone: Tz) -> Result<Vec<NaiveDateTime>, String> {
    let asked = tidy(rule).split(';').find_map(|part| part.strip_prefix("COUNT=")?.parse::<usize>().ok());
    let rule = parse(rule, zone)?;
    let begin = first.and_utc().with_timezone(&rrule::Tz::UTC);
    let end = begin.checked_add_signed(FARTHEST).ok_or("The first window lies too far ahead.")?;
    let set = rule.build(begin).map_err(|error| unreadable(&error.to_string()))?;
    let dates = set.all(MOST_WINDOWS + 1).dates;
    if dates.len() > usize::from(MOST_WINDOWS) {
        return Err(format!("The rule makes more than {MOST_WINDOWS} windows. Let it end earlier, and make another series later."));
    }
    if let Some(count) = asked.filter(|count| dates.len() < *count) {
        return Err(format!(
            "The rule asks for {count} windows and makes only {}: the others are too far ahead or on days that do not exist. Change COUNT \
             or the rule.",
            dates.len()
        ));
    }
    if let Some(far) = dates.iter().find(|date| **date > end) {
        return Err(format!(
            "The rule reaches to {}, more than two years after its first window. Let it end earlier.",
            far.format("%Y-%m-%d")
        ));
    }
    Ok(dates.into_iter().map(|date| date.naive_utc()).collect())
}

fn parse(rule: &str, zone: Tz) -> Result<RRule<Unvalidated>, String> {
    let rule = tidy(rule);
    if rule.is_empty() {
        return Err("The rule is empty. Write one like FREQ=WEEKLY;BYDAY=TU;COUNT=10.".to_owned());
    }
    if rule.len() > LONGEST_RULE || !rule.chars().all(|character| character.is_ascii_graphic()) {
        return Err(unreadable("it is too long or holds signs that rules do not have"));
    }
    let parts: Option<Vec<(&str, &str)>> = rule.split(';').map(|part| part.split_once('=')).collect();
    let parts = parts.ok_or_else(|| unreadable("a part of it has no value"))?;
    let has = |name: &str| parts.iter().any(|(key, _)| *key == name);
    match (has("COUNT"), has("UNTIL")) {
        (false, false) => return Err("The rule never ends. Add COUNT or UNTIL, such as FREQ=WEEKLY;BYDAY=TU;COUNT=10.".to_owned()),
        (true, true) => return Err("The rule has both COUNT and UNTIL. Keep one of them.".to_owned()),
        _ => {}
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|(key, value)| {
            if *key == "UNTIL" { until(value, zone).map(|at| format!("UNTIL={}Z", at.format(LOCAL))) } else { Ok(format!("{key}={value}")) }
        })
        .collect::<Result<_, _>>()?;
    let read: RRule<Unvalidated> = parts.join(";").parse().map_err(|error: rrule::RRuleError| unreadable(&error.to_string()))?;
    if matches!(read.get_freq(), Frequency::Hourly | Frequency::Minutely | Frequency::Secondly) {
        return Err("The rule fires too often. Windows come again daily at most: use FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.".to_owned());
    }
    Ok(read)
}

/// The last local time at which a window may begin: of a day its last second, of a UTC time what clocks of the zone show then.
fn until(text: &str, zone: Tz) -> Result<NaiveDateTime, String> {
    let day = || NaiveDate::parse_from_str(text, "%Y%m%d").ok()?.and_hms_opt(23, 59, 59);
    let local = || NaiveDateTime::parse_from_str(text, LOCAL).ok();
    let instant = || Some(NaiveDateTime::parse_from_str(text.strip_suffix('Z')?, LOCAL).ok()?.and_utc());
    day()
        .or_else(local)
        .or_else(|| instant().map(|at: DateTime<Utc>| at.with_timezone(&zone).naive_local()))
        .ok_or_else(|| unreadable("UNTIL is no day like 20261231 and no time like 20261231T020000"))
}

fn unreadable(because: &str) -> String {
    let because: String = because.chars().filter(|character| !character.is_control()).take(200).collect();
    let because = because.trim_end_matches('.');
    format!("The rule cannot be read: {because}. Write it like FREQ=WEEKLY;BYDAY=TU;COUNT=10.")
}
