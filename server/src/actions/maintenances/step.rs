//! What can be said of announced work, and whether it can be said now.

use app::language::Language;
use app::stock;
use app::words::{MaintenanceStatus, Window, WindowMove};
use chrono::{DateTime, Utc};

use super::in_hand::Work;
use super::{UpdateInput, check};
use crate::actions::{ActionError, Problems};
use crate::domain::planning;

/// One thing that is said of announced work.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// It has this window from now on.
    Window {
        /// The window.
        window: Window,
        /// The message; empty gets a stock sentence.
        body: &'a str,
        /// Whether subscribers are told.
        notify: bool,
    },
    /// It will not happen, or not go on.
    Cancel {
        /// The message; empty gets a stock sentence.
        body: &'a str,
        /// Whether subscribers are told.
        notify: bool,
    },
    /// A message.
    Message(&'a UpdateInput),
}

/// The message that a step makes.
pub struct Said {
    pub status: MaintenanceStatus,
    pub body: String,
    pub notify: bool,
    pub display_at: Option<DateTime<Utc>>,
    pub window: Option<Window>,
    /// Whether calendars have to follow.
    pub in_calendar: bool,
    /// What the audit calls it.
    pub action: &'static str,
}

impl Step<'_> {
    /// What is said, as the work stands, in the page's own language where nobody wrote anything.
    ///
    /// # Errors
    /// A conflict where it is past this step. What is wrong with the words is added to the problems.
    pub fn check(&self, language: &Language, work: &Work, problems: &mut Problems, now: DateTime<Utc>) -> Result<Said, ActionError> {
        if work.maintenance.published_at.is_none() {
            return Err(ActionError::Conflict("This work is a draft that nobody was shown yet. Announce it first.".to_owned()));
        }
        match *self {
            Self::Window { window, body, notify } => set_window(language, work, window, (body, notify), problems, now),
            Self::Cancel { body, notify } => {
                going(work)?;
                let body = or_stock(check::body(problems, body), || stock::of_work(language, MaintenanceStatus::Cancelled));
                let (status, action) = (MaintenanceStatus::Cancelled, "maintenance.cancel");
                Ok(Said { status, body, notify, display_at: None, window: None, in_calendar: true, action })
            }
            Self::Message(input) => message(language, work, input, problems, now),
        }
    }
}

fn set_window(
    language: &Language,
    work: &Work,
    window: Window,
    (body, notify): (&str, bool),
    problems: &mut Problems,
    now: DateTime<Utc>,
) -> Result<Said, ActionError> {
    going(work)?;
    let m = &work.maintenance;
    let window = check::window(problems, window, true, now);
    if m.window == Some(window) {
        return Err(ActionError::Conflict(
            "This work has exactly this window already. Nothing was changed and nobody was told.".to_owned(),
        ));
    }
    check::refuse(problems, planning::movable(m, window, now));
    let change = WindowMove { at: now, from: m.window, to: window };
    let body = or_stock(check::body(problems, body), || stock::moved(language, &change));
    Ok(Said { status: m.status, body, notify, display_at: None, window: Some(window), in_calendar: true, action: "maintenance.window" })
}

fn message(
    language: &Language,
    work: &Work,
    input: &UpdateInput,
    problems: &mut Problems,
    now: DateTime<Utc>,
) -> Result<Said, ActionError> {
    let before = work.maintenance.status;
    if before == MaintenanceStatus::Cancelled {
        going(work)?;
    }
    let body = check::body(problems, &input.body);
    let display_at = problems.past("display_at", "The time of the message", input.display_at, now);
    match input.status {
        MaintenanceStatus::Cancelled => problems.add("status", "A message cannot cancel this work. Cancel it instead."),
        MaintenanceStatus::Scheduled if before != MaintenanceStatus::Scheduled => {
            let sentence =
                "This work has begun, so it is not scheduled any more. Say that it is in progress, verifying or completed, or cancel it.";
            problems.add("status", sentence);
        }
        same if same == before && body.is_empty() => problems.add("body", "The message is empty. Write a few words."),
        _ => {}
    }
    let (status, notify) = (input.status, input.notify);
    let body = or_stock(body, || stock::of_work(language, status));
    Ok(Said { status, body, notify, display_at, window: None, in_calendar: false, action: "maintenance.update" })
}

/// Whether the work is not over: why not, where it is.
fn going(work: &Work) -> Result<(), ActionError> {
    let m = &work.maintenance;
    let since = m.updates.iter().take_while(|update| update.status.is_over()).last();
    let since = since.map_or_else(String::new, |update| format!(" ({})", update.display_at.format("%Y-%m-%d %H:%M UTC")));
    match m.status {
        MaintenanceStatus::Cancelled => Err(ActionError::Conflict(format!(
            "This work is cancelled already{since}, and nothing more is said of it. Plan new work instead."
        ))),
        MaintenanceStatus::Completed => {
            Err(ActionError::Conflict(format!("This work is completed already{since}. If it goes on, say first that it is in progress.")))
        }
        _ => Ok(()),
    }
}

fn or_stock(body: String, stock: impl FnOnce() -> String) -> String {
    if body.is_empty() { stock() } else { body }
}
