//! The clock of an incident: how long it took from the first failed check until everybody knew.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::form;
use crate::parts::locale::Locale;
use crate::parts::measure::precise;

/// When each step was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When the failure began, as the incident says.
    pub began_at: DateTime<Utc>,
    /// The first failed check, where a monitor saw it.
    pub failed_at: Option<DateTime<Utc>>,
    /// When the monitor's draft was written, where there was one.
    pub drafted_at: Option<DateTime<Utc>>,
    /// When readers were first told.
    pub published_at: Option<DateTime<Utc>>,
    /// When the first and the newest mail of the first message were accepted.
    pub mails: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether mails of that message still wait.
    pub waiting: bool,
}

impl Clock {
    /// The steps that were taken, in the order in which they come: what it was, and when.
    #[must_use]
    pub fn steps(&self) -> Vec<(&'static str, DateTime<Utc>)> {
        let (first, newest) = self.mails.unzip();
        let newest = newest.map(|at| (if self.waiting { "Newest mail accepted; more wait" } else { "Last mail accepted" }, at));
        let start = self.failed_at.map_or(("Failure began", self.began_at), |at| ("First failed check", at));
        let steps = [
            self.drafted_at.map(|at| ("Draft written", at)),
            self.published_at.map(|at| ("Published", at)),
            first.map(|at| ("First mail accepted", at)),
            newest,
        ];
        std::iter::once(start).chain(steps.into_iter().flatten()).collect()
    }

    /// The steps with their times, and how long each was after the one before; nothing until it was published.
    #[must_use]
    pub fn section(&self, locale: Locale) -> Option<AnyView> {
        self.published_at?;
        let steps = self.steps();
        let (_, start) = *steps.first()?;
        // What was written down afterwards may begin later than it was told.
        let after = |from: DateTime<Utc>, to: DateTime<Utc>| precise((to - from).num_seconds().max(0));
        let row = |(index, (step, at)): (usize, &(&'static str, DateTime<Utc>))| {
            let before = index.checked_sub(1).and_then(|before| steps.get(before));
            let (step_after, all_after) = match before {
                Some((_, before)) => (format!("+ {}", after(*before, *at)), after(start, *at)),
                None => ("–".to_owned(), "–".to_owned()),
            };
            vec![(*step).into_any(), locale.moment(*at), step_after.into_any(), all_after.into_any()]
        };
        let rows = steps.iter().enumerate().map(row).collect();
        let table =
            form::table("How long it took until everybody knew", &["Step", "When", "After the one before", "Since the beginning"], rows);
        Some(view! { <section aria-labelledby="clock"><h2 id="clock">"Clock"</h2>{table}</section> }.into_any())
    }
}
