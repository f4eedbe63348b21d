//! Planning work: which windows can be announced, what to warn of before it is announced, and what is proposed where it takes longer.

use app::language::Language;
use app::stock;
use app::words::{Id, Incident, Maintenance, MaintenanceStatus, Window};
use chrono::{DateTime, DurationRound as _, TimeDelta, Utc};

use super::maintenance::status_at;

/// The longest window: what takes longer is several pieces of work.
pub const LONGEST_WINDOW: TimeDelta = TimeDelta::days(30);
/// Windows farther ahead than this (ten years) are slips of the pen.
const FARTHEST: TimeDelta = TimeDelta::days(3_653);
/// Longest time before the start at which subscribers are reminded, in minutes: 90 days.
pub const EARLIEST_REMINDER: i64 = 90 * 24 * 60;
/// Most reminders before a start.
pub const MOST_REMINDERS: usize = 10;
/// The least by which running work is prepared to be extended.
const LEAST_EXTENSION: TimeDelta = TimeDelta::minutes(30);

/// Why a window cannot be used: a sentence about its start or its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The start is wrong.
    From(String),
    /// The end is wrong.
    Until(String),
}

/// Whether a window is one at all: its end after its start, not too long, not too far ahead.
///
/// # Errors
/// A sentence.
pub fn shape(window: Window, now: DateTime<Utc>) -> Result<(), Refused> {
    let Window { from, until } = window;
    if until <= from {
        return Err(Refused::Until(format!("The end ({}) is not after the start ({}). Give a later end.", utc(until), utc(from))));
    }
    if until - from > LONGEST_WINDOW {
        return Err(Refused::Until("The window is longer than 30 days. Plan several windows instead.".to_owned()));
    }
    if from > now + FARTHEST {
        return Err(Refused::From(format!("The start ({}) lies more than ten years ahead. Give an earlier one.", utc(from))));
    }
    Ok(())
}

/// Whether work in this window can still be announced.
///
/// # Errors
/// A sentence where the window has passed.
pub fn announceable(window: Window, now: DateTime<Utc>) -> Result<(), Refused> {
    if window.until <= now {
        let sentence = format!("This window has passed already: it ended at {}. Give one that is still to come.", utc(window.until));
        return Err(Refused::Until(sentence));
    }
    Ok(())
}

/// Whether the window can become `to`, as the work stands: of work that has begun only the end can change.
///
/// # Errors
/// A sentence.
pub fn movable(m: &Maintenance, to: Window, now: DateTime<Utc>) -> Result<(), Refused> {
    let begun = matches!(m.status, MaintenanceStatus::InProgress | MaintenanceStatus::Verifying);
    match m.window {
        Some(window) if begun && to.from != window.from => {
            Err(Refused::From(format!("This work has begun, so its start stays at {}. Change only the end.", utc(window.from))))
        }
        None if begun && to.from > now => Err(Refused::From(format!(
            "This work has begun, so its window cannot start later ({}). Give a start that has passed.",
            utc(to.from)
        ))),
        _ => Ok(()),
    }
}

/// Whether the minutes without service agree with each other and with the window: the name of the wrong field and a sentence.
///
/// # Errors
/// A sentence.
pub fn downtime(expected: Option<i64>, worst: Option<i64>, window: Option<Window>) -> Result<(), (&'static str, String)> {
    let named = [("expected_downtime_minutes", "expected", expected), ("worst_downtime_minutes", "worst", worst)];
    for (field, word, minutes) in named.into_iter().filter_map(|(field, word, minutes)| Some((field, word, minutes?))) {
        if minutes < 0 {
            return Err((field, format!("The {word} downtime is {minutes} minutes. Give 0 or more.")));
        }
        let room = window.map_or(LONGEST_WINDOW, |window| window.until - window.from).num_minutes();
        if minutes > room {
            let sentence =
                format!("The {word} downtime of {minutes} minutes is longer than the window, which has {room}. Make one of them fit.");
            return Err((field, sentence));
        }
    }
    match expected.zip(worst) {
        Some((expected, worst)) if expected > worst => Err((
            "expected_downtime_minutes",
            format!("The expected downtime ({expected} minutes) is above the worst ({worst}). Swap or change them."),
        )),
        _ => Ok(()),
    }
}

/// The reminders as they are kept: the longest first.
///
/// # Errors
/// A sentence.
pub fn reminders(minutes: &[i64]) -> Result<Vec<i64>, String> {
    if minutes.len() > MOST_REMINDERS {
        return Err(format!("These are {} reminders. Keep at most {MOST_REMINDERS}.", minutes.len()));
    }
    if let Some(wrong) = minutes.iter().find(|minutes| !(1..=EARLIEST_REMINDER).contains(*minutes)) {
        return Err(format!(
            "A reminder {wrong} minutes before the start is not possible. Give minutes from 1 to {EARLIEST_REMINDER} (90 days)."
        ));
    }
    let mut sorted = minutes.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    match sorted.iter().zip(sorted.iter().skip(1)).find(|(one, next)| one == next) {
        Some((double, _)) => Err(format!("The reminder {double} minutes before the start is named twice. Name each once.")),
        None => Ok(sorted),
    }
}

/// The notice that is prepared for work that needs longer: its window with a later end, and the text. `None` without a window.
#[must_use]
pub fn longer(language: &Language, m: &Maintenance, now: DateTime<Utc>) -> Option<(Window, String)> {
    let window = m.window?;
    let more = ((window.until - window.from) / 2).max(LEAST_EXTENSION).min(TimeDelta::hours(4));
    let quarter = TimeDelta::minutes(15);
    let until = window.until.max(now) + more;
    let until = until.duration_round_up(quarter).unwrap_or(until);
    let text = stock::longer(language, window.until, until);
    Some((Window { from: window.from, until }, text))
}

/// What staff should know before they announce. Nothing is refused for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// It begins sooner after its announcement than readers are promised.
    ShortNotice {
        /// When it begins.
        from: DateTime<Utc>,
        /// Whole days between its announcement and its start.
        days: i64,
        /// The days that should lie between.
        lead_days: i64,
    },
    /// Another piece of work is planned at the same time.
    Overlaps {
        /// The other one.
        id: Id,
        /// Its title.
        name: String,
        /// Its window.
        window: Window,
        /// Names of the components that both concern.
        shared: Vec<String>,
    },
    /// An incident is open that has to do with it.
    OpenIncident {
        /// The incident.
        id: Id,
        /// Its title.
        name: String,
    },
}

impl Warning {
    /// The words a member of staff reads.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::ShortNotice { from, days, lead_days } => {
                let days = match days {
                    0 => "less than a day".to_owned(),
                    1 => "1 day".to_owned(),
                    more => format!("{more} days"),
                };
                format!("Short notice: the window of {} begins {days} after it is announced, and not the usual {lead_days}.", utc(*from))
            }
            Self::Overlaps { name, window, shared, .. } if shared.is_empty() => {
                format!("\"{name}\" is planned at the same time ({}), on other components.", span(*window))
            }
            Self::Overlaps { name, window, shared, .. } => {
                format!("\"{name}\" is planned at the same time ({}) and concerns {} too.", span(*window), shared.join(", "))
            }
            Self::OpenIncident { name, .. } => format!("The incident \"{name}\" is open on what this work concerns."),
        }
    }
}

/// Planned work as it is to be announced.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// Its id, if it has one: it never overlaps itself.
    pub id: Option<&'a Id>,
    /// Its windows: none without a date, several of a series.
    pub windows: &'a [Window],
    /// The components it concerns; none concerns everyone.
    pub components: &'a [Id],
    /// When this window was announced, or now.
    pub announced_at: DateTime<Utc>,
}

/// What the plan is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'a> {
    /// Published planned work.
    pub maintenances: &'a [&'a Maintenance],
    /// Open incidents that readers know of.
    pub incidents: &'a [&'a Incident],
    /// Names of components.
    pub names: &'a [(Id, String)],
    /// Days that should lie between announcement and start.
    pub lead_days: i64,
    /// Now.
    pub now: DateTime<Utc>,
}

/// What to warn of, soonest window first.
#[must_use]
pub fn warnings(plan: Plan<'_>, around: Surroundings<'_>) -> Vec<Warning> {
    let lead = TimeDelta::days(around.lead_days);
    let short = plan.windows.iter().map(|window| window.from).filter(|from| *from < plan.announced_at + lead).map(|from| {
        let days = (from - plan.announced_at).num_days().max(0);
        Warning::ShortNotice { from, days, lead_days: around.lead_days }
    });
    let others = around.maintenances.iter().filter(|m| Some(&m.id) != plan.id && !status_at(m, around.now).is_over());
    let overlaps = others.filter_map(|m| {
        let window = m.window.filter(|window| plan.windows.iter().any(|own| own.from < window.until && window.from < own.until))?;
        let shared = m.components.iter().map(|planned| &planned.component_id).filter(|id| plan.components.contains(id));
        let name = |id: &Id| around.names.iter().find(|(known, _)| known == id).map_or_else(|| id.to_string(), |(_, name)| name.clone());
        Some(Warning::Overlaps { id: m.id.clone(), name: m.name.clone(), window, shared: shared.map(name).collect() })
    });
    let concerned = |incident: &&&Incident| {
        plan.components.is_empty() || incident.components.is_empty() || incident.components.iter().any(|id| plan.components.contains(id))
    };
    let open = around.incidents.iter().filter(|incident| !incident.status.is_over()).filter(concerned);
    let open = open.map(|incident| Warning::OpenIncident { id: incident.id.clone(), name: incident.name.clone() });
    short.chain(overlaps).chain(open).collect()
}

fn utc(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

fn span(window: Window) -> String {
    let end = if window.from.date_naive() == window.until.date_naive() { "%H:%M UTC" } else { "%-d %b %Y, %H:%M UTC" };
    format!("{} to {}", window.from.format("%-d %b %Y, %H:%M"), window.until.format(end))
}
