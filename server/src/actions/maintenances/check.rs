//! Whether what was given can be used. All problems are told at once, each beside its field: `window_from` and `window_until` for the
//! window, `reminder_minutes` for the reminders, and the names of the input's own fields.

use app::words::{ReminderPlan, Window};
use chrono::{DateTime, SubsecRound as _, Utc};

use super::EditInput;
use crate::actions::statuses::Board;
use crate::actions::{Problems, translations};
use crate::domain::{compose, planning};

/// A message's text, perhaps none.
pub fn body(problems: &mut Problems, text: &str) -> String {
    problems.keep("body", compose::text("The message", text))
}

/// What the work says beside its messages, cleaned, as it is to be in that window.
pub fn facts(problems: &mut Problems, input: &EditInput, window: Option<Window>, board: &Board) -> EditInput {
    problems.components(&input.components, board);
    downtime(problems, input.expected_downtime_minutes, input.worst_downtime_minutes, window);
    let before_minutes = problems.keep("reminder_minutes", planning::reminders(&input.reminders.before_minutes));
    EditInput {
        name: problems.keep("name", compose::line("The title", &input.name)),
        reminders: ReminderPlan { before_minutes, ..input.reminders.clone() },
        owner: problems.owner(input.owner.as_deref()),
        internal_notes: problems.notes(input.internal_notes.as_deref()),
        translations: problems.wordings(&input.translations, translations::Said::TITLE),
        ..input.clone()
    }
}

/// The minutes without service, as they fit into a window.
pub fn downtime(problems: &mut Problems, expected: Option<i64>, worst: Option<i64>, window: Option<Window>) {
    // A window that is none is a problem of its own.
    let window = window.filter(|window| window.from < window.until);
    if let Err((field, sentence)) = planning::downtime(expected, worst, window) {
        problems.add(field, sentence);
    }
}

/// A window that can be kept, in whole seconds, and announced where that is to be done now.
pub fn window(problems: &mut Problems, window: Window, announced: bool, now: DateTime<Utc>) -> Window {
    let window = Window { from: window.from.trunc_subsecs(0), until: window.until.trunc_subsecs(0) };
    refuse(problems, planning::shape(window, now).and_then(|()| if announced { planning::announceable(window, now) } else { Ok(()) }));
    window
}

/// Puts a refusal beside its field.
pub fn refuse(problems: &mut Problems, answer: Result<(), planning::Refused>) {
    match answer {
        Ok(()) => {}
        Err(planning::Refused::From(sentence)) => problems.add("window_from", sentence),
        Err(planning::Refused::Until(sentence)) => problems.add("window_until", sentence),
    }
}
