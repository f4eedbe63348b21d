//! What the forms of post-mortems send, as actions take it; and the same texts again for a form that was refused.

use app::pages::staff::action_items::ItemFields;
use app::pages::staff::{BY, PlanFields, SECTIONS, Typed, WAIVED};
use app::words::{ActionState, DataLoss, Id, ImpactFacts, PostmortemText, Sections};
use chrono::{DateTime, NaiveDate, Utc};

use super::reading::{Reading, some};
use crate::actions::ActionError;
use crate::actions::postmortems::{ItemInput, Plan};
use crate::store::postmortem_files::Covers;
use crate::web::form::Form;

/// The texts of a post-mortem's fields.
#[must_use]
pub fn typed(form: &Form) -> Typed {
    Typed {
        title: form.text("title"),
        body: text(form, "body"),
        sections: SECTIONS.map(|section| text(form, section.field)),
        from: form.text("impact_from"),
        until: form.text("impact_until"),
        components: form.all("impact_components"),
        share_affected: form.text("share_affected"),
        data_loss: form.text("data_loss"),
        workaround: form.text("workaround"),
        incidents: form.all("incidents"),
        maintenance: form.text("maintenance_id"),
    }
}

/// Text of several lines: browsers send line ends of their own kind.
fn text(form: &Form, field: &str) -> String {
    form.text(field).replace("\r\n", "\n")
}

/// The texts of a promise.
#[must_use]
pub fn plan(form: &Form) -> PlanFields {
    PlanFields {
        choice: form.text("postmortem"),
        by: form.text("postmortem_by"),
        owner: form.text("postmortem_owner"),
        because: form.text("postmortem_because"),
    }
}

/// The texts of a follow-up's fields.
#[must_use]
pub fn item(form: &Form) -> ItemFields {
    ItemFields {
        title: form.text("title"),
        explanation: text(form, "explanation"),
        state: form.text("state"),
        due_on: form.text("due_on"),
        link: form.text("link"),
        owner: form.text("owner"),
    }
}

/// What an action says of a promise, beside the fields of our forms.
pub fn named_as_in_forms(error: ActionError) -> ActionError {
    error.renamed("due_at", "postmortem_by").renamed("owner", "postmortem_owner").renamed("waived_because", "postmortem_because")
}

impl Reading {
    /// The text of a document; `known` is what the form was filled with.
    pub fn document(&mut self, typed: &Typed, known: &PostmortemText) -> PostmortemText {
        let [summary, impact, causes, actions_taken, near_term, long_term, stay_informed] =
            typed.sections.each_ref().map(|text| some(text));
        let facts = ImpactFacts {
            from: self.time("impact_from", &typed.from, known.facts.from),
            until: self.time("impact_until", &typed.until, known.facts.until),
            components: self.ids("impact_components", &typed.components),
            share_affected: some(&typed.share_affected),
            data_loss: self.data_loss(&typed.data_loss),
            workaround: some(&typed.workaround),
        };
        PostmortemText {
            title: typed.title.clone(),
            body: typed.body.clone(),
            sections: Sections { summary, impact, causes, actions_taken, near_term, long_term, stay_informed },
            facts,
        }
    }

    /// What a document covers.
    pub fn covers(&mut self, incidents: &[String], maintenance: &str) -> Covers {
        let maintenance = some(maintenance).map(|id| self.ids("maintenance_id", &[id]));
        Covers { incidents: self.ids("incidents", incidents), maintenance: maintenance.and_then(|ids| ids.into_iter().next()) }
    }

    fn ids(&mut self, field: &'static str, texts: &[String]) -> Vec<Id> {
        let read: Result<Vec<Id>, _> = texts.iter().map(|text| Id::parse(text)).collect();
        read.unwrap_or_else(|_| {
            self.refuse(field, "Choose out of what is listed here.");
            Vec::new()
        })
    }

    fn data_loss(&mut self, text: &str) -> Option<DataLoss> {
        let loss = some(text)?.parse().ok();
        if loss.is_none() {
            self.refuse("data_loss", "Choose whether data was lost, or say nothing of it.");
        }
        loss
    }

    /// A promise, or the word that there will be none; `None` where neither is chosen. `known` is the promise as it is.
    pub fn plan(&mut self, fields: &PlanFields, known: Option<DateTime<Utc>>) -> Option<Plan> {
        match fields.choice.as_str() {
            "" => None,
            BY if fields.by.is_empty() => {
                self.refuse("postmortem_by", "Give the day by which the post-mortem is promised.");
                None
            }
            BY => self.last_minute("postmortem_by", &fields.by, known).map(|due_at| Plan::By { due_at, owner: some(&fields.owner) }),
            WAIVED if fields.because.is_empty() => {
                self.refuse("postmortem_because", "Say in a few words why no post-mortem is planned: readers see it.");
                None
            }
            WAIVED => Some(Plan::Waived { because: fields.because.clone() }),
            _ => {
                self.refuse("postmortem", "Choose one of the ways to go on.");
                None
            }
        }
    }

    /// The last minute of a day in the page's zone: a promise is kept all day.
    fn last_minute(&mut self, field: &'static str, day: &str, known: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
        let day = self.day(field, day)?;
        match known.filter(|known| self.day_of(*known) == day) {
            Some(known) => Some(known),
            None => self.time(field, &format!("{day}T23:59"), None),
        }
    }

    fn day(&mut self, field: &'static str, text: &str) -> Option<NaiveDate> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        if day.is_none() {
            let shown: String = text.chars().filter(|c| !c.is_control()).take(40).collect();
            self.refuse(field, format!("\"{shown}\" is no day. Write it like 2026-11-28."));
        }
        day
    }

    /// A follow-up.
    pub fn item(&mut self, fields: &ItemFields) -> ItemInput {
        let state = fields.state.parse().unwrap_or_else(|_| {
            self.refuse("state", "Choose one of the states.");
            ActionState::Planned
        });
        ItemInput {
            title: fields.title.clone(),
            explanation: some(&fields.explanation),
            state,
            due_on: some(&fields.due_on).and_then(|text| self.day("due_on", &text)),
            link: some(&fields.link),
            owner: some(&fields.owner),
        }
    }
}
