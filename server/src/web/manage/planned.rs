//! What a body says of planned work, in the field's words and ours.

use app::words::{ComponentStatus, Id, Impact, Maintenance, MaintenanceStatus, ReminderPlan, Window};
use chrono::{DateTime, NaiveDate, Utc};

use super::call::Call;
use super::fields::{Concerned, Fields, Given};
use super::refusal::Refusal;
use super::translations;
use crate::actions::maintenances::{EditInput, MaintenanceInput, RecurrenceInput, UpdateInput};
use crate::actions::translations::Wording;
use crate::actions::{ActionError, Problems};
use crate::store::maintenances::MaintenanceFile;

/// Fields that only planned work has.
pub const FIELDS: [&str; 3] = ["scheduled_for", "scheduled_until", "rrule"];
/// Minutes before the start of the one reminder that the field knows.
const FIELDS_REMINDER: i64 = 60;

/// What a body says of planned work.
///
/// How the field's words are understood:
/// * `scheduled_remind_prior`: the reminder an hour before, or none; `reminder_minutes` says more, and wins.
/// * `auto_transition_to_maintenance_state` false: components that are named without a status stay operational, so that failures
///   inside the window count as failures. Otherwise they are under maintenance.
/// * `auto_transition_to_operational_state` false: the work does not end by itself, as with `scheduled_auto_completed` false. Until
///   staff confirm the end, components keep their planned status; after it they show what monitors and open incidents say of them,
///   never blindly operational.
/// * `components` as an object says which status each has inside the window. Rows of a list carry the status a component has now, so
///   of a list only the ids are read.
pub struct Said {
    name: Given<String>,
    body: Option<String>,
    /// Where it is to stand.
    pub status: Option<MaintenanceStatus>,
    scheduled_for: Given<DateTime<Utc>>,
    scheduled_until: Given<DateTime<Utc>>,
    components: Option<Vec<(Id, Option<ComponentStatus>)>>,
    field: &'static str,
    maintenance_state: Option<bool>,
    impact_override: Given<Impact>,
    auto_start: Option<bool>,
    auto_complete: Option<bool>,
    reminder_minutes: Option<Vec<i64>>,
    tell_start: Option<bool>,
    tell_end: Option<bool>,
    expected_downtime_minutes: Given<i64>,
    worst_downtime_minutes: Given<i64>,
    /// The rule by which it comes again.
    pub rrule: Option<String>,
    exceptions: Vec<NaiveDate>,
    notify: Option<bool>,
    owner: Given<String>,
    internal_notes: Given<String>,
    /// Whether it is to be a draft.
    pub draft: Option<bool>,
    names: Vec<Wording>,
    /// The message in other languages.
    pub bodies: Vec<Wording>,
}

/// Whether a body speaks of planned work.
#[must_use]
pub fn is_meant(fields: &Fields) -> bool {
    FIELDS.iter().any(|field| fields.has(field)) || MaintenanceStatus::ALL.iter().any(|status| fields.is("status", status.as_str()))
}

impl Said {
    /// Reads a body.
    ///
    /// # Errors
    /// Values of the wrong kind: 422.
    pub fn read(call: &Call) -> Result<Self, Refusal> {
        let mut fields = call.fields("incident")?;
        fields.alias("message", "body");
        let of_now = fields.is_list("components");
        let (names, bodies) = translations::apart(&fields.translations(&*call.view()?, "body"));
        let Concerned { mut components, field } = fields.concerned();
        for (_, status) in components.iter_mut().flatten().filter(|_| of_now) {
            *status = None;
        }
        let (completes, returns) =
            (fields.flag("scheduled_auto_completed").value(), fields.flag("auto_transition_to_operational_state").value());
        let remind_prior = fields.flag("scheduled_remind_prior").value();
        let said = Self {
            name: fields.text("name"),
            body: fields.text("body").value(),
            status: fields.word("status", MaintenanceStatus::ALL).value(),
            scheduled_for: fields.time("scheduled_for"),
            scheduled_until: fields.time("scheduled_until"),
            components,
            field,
            maintenance_state: fields.flag("auto_transition_to_maintenance_state").value(),
            impact_override: fields.word("impact_override", Impact::ALL),
            auto_start: fields.flag("scheduled_auto_in_progress").value(),
            auto_complete: completes.into_iter().chain(returns).reduce(|one, other| one && other),
            reminder_minutes: fields
                .numbers("reminder_minutes")
                .or(remind_prior.map(|remind| if remind { vec![FIELDS_REMINDER] } else { Vec::new() })),
            tell_start: fields.flag("auto_transition_deliver_notifications_at_start").value(),
            tell_end: fields.flag("auto_transition_deliver_notifications_at_end").value(),
            expected_downtime_minutes: fields.number("expected_downtime_minutes"),
            worst_downtime_minutes: fields.number("worst_downtime_minutes"),
            rrule: fields.text("rrule").value(),
            exceptions: fields.days("exceptions").value().unwrap_or_default(),
            notify: fields.flag("deliver_notifications").value(),
            owner: fields.text("owner"),
            internal_notes: fields.text("internal_notes"),
            draft: fields.flag("draft").value(),
            names,
            bodies,
        };
        fields.end()?;
        Ok(said)
    }

    /// Why nothing was done, in the words of the body.
    #[must_use]
    pub fn named(&self, error: ActionError) -> ActionError {
        error.renamed("window_from", "scheduled_for").renamed("window_until", "scheduled_until").renamed("components", self.field)
    }

    /// The rule and its exceptions.
    #[must_use]
    pub fn again(&self) -> Option<RecurrenceInput> {
        self.rrule.as_ref().map(|rule| RecurrenceInput { rule: rule.clone(), exceptions: self.exceptions.clone() })
    }

    /// Whether days are excepted from a rule that is not there.
    #[must_use]
    pub const fn excepts_from_nothing(&self) -> bool {
        self.rrule.is_none() && !self.exceptions.is_empty()
    }

    /// The text, "" where there is none.
    #[must_use]
    pub fn body(&self) -> &str {
        self.body.as_deref().unwrap_or_default()
    }

    /// Whether subscribers are told.
    #[must_use]
    pub fn notify(&self) -> bool {
        self.notify.unwrap_or(true)
    }

    /// The window as it is to be; what is not said stays.
    ///
    /// # Errors
    /// Half a window, or a date that is taken away.
    pub fn window(&self, known: Option<Window>) -> Result<Option<Window>, ActionError> {
        let from = self.scheduled_for.clone().or(known.map(|window| window.from));
        let until = self.scheduled_until.clone().or(known.map(|window| window.until));
        let mut problems = Problems::default();
        match (from, until) {
            (Some(from), Some(until)) => return Ok(Some(Window { from, until })),
            (None, None) => return Ok(None),
            (Some(_), None) => problems.add("scheduled_until", "A window needs an end too. Give scheduled_until."),
            (None, Some(_)) => problems.add("scheduled_for", "A window needs a start too. Give scheduled_for."),
        }
        problems.end().map(|()| None)
    }

    /// What is to stand beside the messages; what is not said stays.
    #[must_use]
    pub fn facts(&self, known: Option<&MaintenanceFile>) -> EditInput {
        let m = known.map(|file| &file.record.maintenance);
        let plan = m.map(|m| m.reminders.clone()).unwrap_or_default();
        let impact = m.map(|m| m.impact).filter(|impact| *impact != Impact::Maintenance);
        EditInput {
            name: self.name.clone().or(m.map(|m| m.name.clone())).unwrap_or_default(),
            components: self.planned(m),
            impact_override: self.impact_override.clone().or(impact),
            auto_start: self.auto_start.or(m.map(|m| m.auto_start)).unwrap_or(true),
            auto_complete: self.auto_complete.or(m.map(|m| m.auto_complete)).unwrap_or(true),
            expected_downtime_minutes: self.expected_downtime_minutes.clone().or(m.and_then(|m| m.expected_downtime_minutes)),
            worst_downtime_minutes: self.worst_downtime_minutes.clone().or(m.and_then(|m| m.worst_downtime_minutes)),
            reminders: ReminderPlan {
                before_minutes: self.reminder_minutes.clone().unwrap_or(plan.before_minutes),
                at_start: self.tell_start.unwrap_or(plan.at_start),
                at_end: self.tell_end.unwrap_or(plan.at_end),
            },
            owner: self.owner.clone().or(known.and_then(|file| file.owner.clone())),
            internal_notes: self.internal_notes.clone().or(known.and_then(|file| file.internal_notes.clone())),
            translations: self.names.clone(),
        }
    }

    fn planned(&self, known: Option<&Maintenance>) -> Vec<(Id, ComponentStatus)> {
        let before: Vec<_> =
            known.iter().flat_map(|m| &m.components).map(|planned| (planned.component_id.clone(), planned.status)).collect();
        let usual = if self.maintenance_state == Some(false) { ComponentStatus::Operational } else { ComponentStatus::UnderMaintenance };
        let status = |id: &Id| before.iter().find(|(known, _)| known == id).map_or(usual, |(_, status)| *status);
        match &self.components {
            Some(named) => named.iter().map(|(id, given)| (id.clone(), given.unwrap_or_else(|| status(id)))).collect(),
            None => before,
        }
    }

    /// Whole new planned work, or a draft as it is to be.
    ///
    /// # Errors
    /// Half a window.
    pub fn whole(&self, known: Option<&MaintenanceFile>) -> Result<MaintenanceInput, ActionError> {
        let m = known.map(|file| &file.record.maintenance);
        let first = m.and_then(|m| m.updates.first());
        let window = self.window(m.and_then(|m| m.window))?;
        let EditInput {
            name,
            components,
            impact_override,
            auto_start,
            auto_complete,
            expected_downtime_minutes,
            worst_downtime_minutes,
            reminders,
            owner,
            internal_notes,
            translations,
        } = self.facts(known);
        Ok(MaintenanceInput {
            name,
            body: self.body.clone().or_else(|| first.map(|first| first.body.clone())).unwrap_or_default(),
            window,
            components,
            impact_override,
            auto_start,
            auto_complete,
            expected_downtime_minutes,
            worst_downtime_minutes,
            reminders,
            notify: self.notify.or(first.map(|first| first.notify)).unwrap_or(true),
            owner,
            internal_notes,
            translations: [translations, self.bodies.clone()].concat(),
        })
    }

    /// The message in what is said of work that stands so: a text, or another status.
    #[must_use]
    pub fn message(&self, stands: MaintenanceStatus) -> Option<UpdateInput> {
        let status = self.status.filter(|status| *status != stands);
        if self.body().trim().is_empty() && status.is_none() {
            return None;
        }
        Some(UpdateInput { status: status.unwrap_or(stands), body: self.body().to_owned(), notify: self.notify(), display_at: None })
    }
}
