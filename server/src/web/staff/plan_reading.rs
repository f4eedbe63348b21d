//! What the forms on planned work send, as actions take it; and what the record says, as texts of a form.

use app::pages::staff::other_languages::{self, Texts};
use app::pages::staff::{Again, DATED, OFFERED, Plan, UNDATED, When};
use app::parts::locale::Locale;
use app::view::PublicView;
use app::words::{Impact, Maintenance, ReminderPlan, Window};
use chrono::{NaiveDate, TimeDelta};

use super::reading::{Reading, some, texts, wordings};
use crate::actions::Problem;
use crate::actions::maintenances::{EditInput, MaintenanceInput, RecurrenceInput};
use crate::domain::planning;
use crate::store::maintenances::MaintenanceFile;
use crate::web::form::Form;

/// The texts of a whole form.
#[must_use]
pub fn plan(form: &Form) -> Plan {
    Plan {
        name: form.text("name"),
        names: texts(form, "name"),
        body: form.text("body"),
        bodies: texts(form, "body"),
        when: When { choice: form.text("when"), ..when(form) },
        components: form.all("components").into_iter().filter(|text| !text.is_empty()).collect(),
        expected: form.text("expected_downtime_minutes"),
        worst: form.text("worst_downtime_minutes"),
        auto_start: form.flag("auto_start"),
        auto_complete: form.flag("auto_complete"),
        remind: form.all("remind"),
        remind_more: form.text("reminder_minutes"),
        again: Again {
            choice: form.text("again"),
            count: form.text("count"),
            last: form.text("last"),
            rule: form.text("rrule"),
            except: form.text("exceptions"),
        },
        notify: form.flag("notify"),
        owner: form.text("owner"),
        internal_notes: form.text("internal_notes"),
    }
}

/// The texts of a window.
#[must_use]
pub fn when(form: &Form) -> When {
    When { choice: DATED.to_owned(), from: form.text("window_from"), until: form.text("window_until"), length: form.text("length") }
}

/// A window as a form holds it.
#[must_use]
pub fn when_of(window: Option<Window>, zone: Locale) -> When {
    window.map_or_else(
        || When { choice: UNDATED.to_owned(), ..When::default() },
        |window| When { choice: DATED.to_owned(), from: zone.field(window.from), until: zone.field(window.until), length: String::new() },
    )
}

/// What the record says, as a form holds it.
#[must_use]
pub fn plan_of(file: &MaintenanceFile, view: &PublicView, zone: Locale) -> Plan {
    let work = &file.record.maintenance;
    let text = |minutes: Option<i64>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
    let first = work.updates.last();
    let offered = |minutes: &str| OFFERED.iter().any(|(known, _)| *known == minutes);
    let (mut remind, more): (Vec<String>, Vec<String>) =
        work.reminders.before_minutes.iter().map(ToString::to_string).partition(|minutes| offered(minutes));
    remind.extend(work.reminders.at_start.then(|| "start".to_owned()));
    remind.extend(work.reminders.at_end.then(|| "end".to_owned()));
    Plan {
        name: work.name.clone(),
        names: other_languages::names(view, &work.id),
        bodies: first.map(|first| other_languages::bodies(view, &first.id)).unwrap_or_default(),
        body: first.map(|first| first.body.clone()).unwrap_or_default(),
        when: when_of(work.window, zone),
        components: work.components.iter().map(|planned| format!("{} {}", planned.component_id, planned.status)).collect(),
        expected: text(work.expected_downtime_minutes),
        worst: text(work.worst_downtime_minutes),
        auto_start: work.auto_start,
        auto_complete: work.auto_complete,
        remind,
        remind_more: more.join(", "),
        again: Again::default(),
        notify: first.is_none_or(|first| first.notify),
        owner: file.owner.clone().unwrap_or_default(),
        internal_notes: file.internal_notes.clone().unwrap_or_default(),
    }
}

/// What an import may have set, and the forms leave alone.
fn impact(known: Option<&Maintenance>) -> Option<Impact> {
    known.map(|work| work.impact).filter(|impact| *impact != Impact::Maintenance)
}

impl Reading {
    fn wrong<T>(&mut self, field: &'static str, sentence: &str) -> Option<T> {
        self.problems.push(Problem::new(field, sentence));
        None
    }

    /// Start and end, or start and length.
    pub fn window(&mut self, when: &When, known: Option<Window>) -> Option<Window> {
        if when.from.is_empty() {
            return self.wrong("window_from", "Give the time at which it starts, or choose that its date is to be set.");
        }
        let from = self.time("window_from", &when.from, known.map(|window| window.from));
        let until = match (when.until.as_str(), when.length.as_str()) {
            ("", "") => self.wrong("window_until", "Give the end, or the length in minutes."),
            ("", length) => self.minutes("length", length).and_then(|minutes| from?.checked_add_signed(TimeDelta::minutes(minutes))),
            (until, _) => self.time("window_until", until, known.map(|window| window.until)),
        };
        from.zip(until).map(|(from, until)| Window { from, until })
    }

    /// A whole number of minutes, where there is one.
    fn minutes(&mut self, field: &'static str, text: &str) -> Option<i64> {
        if text.is_empty() {
            return None;
        }
        match text.parse::<u32>() {
            Ok(minutes) => Some(minutes.into()),
            Err(_) => self.wrong(field, "Write a whole number of minutes, such as 30."),
        }
    }

    fn reminders(&mut self, plan: &Plan) -> ReminderPlan {
        let ticked = plan.remind.iter().filter(|text| !matches!(text.as_str(), "start" | "end")).map(String::as_str);
        let more = plan.remind_more.split([',', ' ', ';']).filter(|text| !text.is_empty());
        let mut read: Vec<i64> = Vec::new();
        for text in ticked.chain(more) {
            match text.parse::<u32>() {
                Ok(minutes) => read.push(minutes.into()),
                Err(_) => {
                    self.wrong::<()>("reminder_minutes", "Write minutes before the start, with commas between, such as 2880, 15.");
                    break;
                }
            }
        }
        read.sort_unstable();
        read.dedup();
        let before_minutes = planning::reminders(&read).unwrap_or_else(|sentence| {
            self.problems.push(Problem::new("reminder_minutes", sentence));
            Vec::new()
        });
        let has = |name: &str| plan.remind.iter().any(|text| text == name);
        ReminderPlan { before_minutes, at_start: has("start"), at_end: has("end") }
    }

    /// Planned work. `known` is what the form was filled with.
    pub fn work(&mut self, plan: &Plan, known: Option<&Maintenance>) -> MaintenanceInput {
        let window = match plan.when.choice.as_str() {
            UNDATED => None,
            DATED => self.window(&plan.when, known.and_then(|work| work.window)),
            _ => self.wrong("when", "Choose whether there is a date."),
        };
        MaintenanceInput {
            name: plan.name.clone(),
            body: plan.body.clone(),
            window,
            components: self.components(&plan.components),
            impact_override: impact(known),
            auto_start: plan.auto_start,
            auto_complete: plan.auto_complete,
            expected_downtime_minutes: self.minutes("expected_downtime_minutes", &plan.expected),
            worst_downtime_minutes: self.minutes("worst_downtime_minutes", &plan.worst),
            reminders: self.reminders(plan),
            notify: plan.notify,
            owner: some(&plan.owner),
            internal_notes: some(&plan.internal_notes),
            translations: wordings(&plan.names, &plan.bodies),
        }
    }

    /// How it comes again, if it does.
    pub fn again(&mut self, again: &Again) -> Option<RecurrenceInput> {
        let every = match again.choice.as_str() {
            "" => return None,
            "rule" => None,
            "weekly" => Some("FREQ=WEEKLY"),
            "fortnightly" => Some("FREQ=WEEKLY;INTERVAL=2"),
            "monthly" => Some("FREQ=MONTHLY"),
            _ => return self.wrong("again", "Choose how it comes again."),
        };
        let rule = match every {
            None if again.rule.is_empty() => self.wrong("rrule", "Write the rule, or choose how it comes again."),
            None => Some(again.rule.clone()),
            Some(every) => self.end_of(again).map(|end| format!("{every};{end}")),
        };
        let exceptions = self.days(&again.except);
        Some(RecurrenceInput { rule: rule?, exceptions })
    }

    fn end_of(&mut self, again: &Again) -> Option<String> {
        match (again.count.as_str(), again.last.as_str()) {
            ("", "") => self.wrong("count", "Say how many windows there are, or the day of the last one."),
            (count, "") => match count.parse::<u16>() {
                Ok(count) => Some(format!("COUNT={count}")),
                Err(_) => self.wrong("count", "Write a whole number of windows, such as 10."),
            },
            ("", last) => match last.parse::<NaiveDate>() {
                Ok(last) => Some(format!("UNTIL={}", last.format("%Y%m%d"))),
                Err(_) => self.wrong("last", "Write the day like 2026-12-24."),
            },
            _ => self.wrong("count", "Give either a number of windows or the last day, not both."),
        }
    }

    fn days(&mut self, text: &str) -> Vec<NaiveDate> {
        let days: Result<Vec<NaiveDate>, _> = text.split([',', ' ', ';']).filter(|day| !day.is_empty()).map(str::parse).collect();
        days.unwrap_or_else(|_| {
            self.wrong::<()>("exceptions", "Write days like 2026-12-24, with commas between.");
            Vec::new()
        })
    }

    /// What planned work says beside its messages.
    pub fn facts(&mut self, plan: &Plan, known: &Maintenance) -> EditInput {
        EditInput {
            name: plan.name.clone(),
            components: self.components(&plan.components),
            impact_override: impact(Some(known)),
            auto_start: plan.auto_start,
            auto_complete: plan.auto_complete,
            expected_downtime_minutes: self.minutes("expected_downtime_minutes", &plan.expected),
            worst_downtime_minutes: self.minutes("worst_downtime_minutes", &plan.worst),
            reminders: self.reminders(plan),
            owner: some(&plan.owner),
            internal_notes: some(&plan.internal_notes),
            translations: wordings(&plan.names, &Texts::new()),
        }
    }
}
