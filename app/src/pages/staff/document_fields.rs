//! The fields of a post-mortem's text. Values are the texts as they stand in the fields, right or wrong.

use leptos::prelude::*;

use super::postmortems::{Coverable, covers};
use crate::parts::form::{self, Choice, Input};
use crate::parts::locale::Locale;
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{DataLoss, Id, PostmortemText};

/// All that the form of a post-mortem holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The title.
    pub title: String,
    /// Free text.
    pub body: String,
    /// The sections in the order of [`SECTIONS`].
    pub sections: [String; 7],
    /// First instant of the impact, as `Locale::field` writes it.
    pub from: String,
    /// First instant after it.
    pub until: String,
    /// Ids of the components it was seen in.
    pub components: Vec<String>,
    /// How many were affected.
    pub share_affected: String,
    /// Whether data was lost; empty says nothing of it.
    pub data_loss: String,
    /// What one could do meanwhile.
    pub workaround: String,
    /// Ids of the incidents it covers.
    pub incidents: Vec<String>,
    /// Id of the maintenance it covers; empty for none.
    pub maintenance: String,
}

/// A section: its field, its heading, and what belongs there.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The field's name in the form.
    pub field: &'static str,
    /// What readers see above it.
    pub heading: &'static str,
    hint: &'static str,
    rows: u8,
}

/// The sections in reading order.
pub const SECTIONS: [Section; 7] = [
    Section { field: "summary", heading: "Summary", hint: "What happened, for whom, how long: two or three sentences.", rows: 4 },
    Section {
        field: "impact",
        heading: "Impact",
        hint: "What readers could not do, in their words. Times and figures stand in the fields above.",
        rows: 5,
    },
    Section {
        field: "causes",
        heading: "Causes",
        hint: "Why it happened, and why it was not noticed or stopped sooner. Systems, not people.",
        rows: 8,
    },
    Section {
        field: "actions_taken",
        heading: "Actions taken",
        hint: "How it was brought back, and what has been changed since.",
        rows: 6,
    },
    Section { field: "near_term", heading: "Near-term plans", hint: "What comes in the next weeks.", rows: 5 },
    Section { field: "long_term", heading: "Long-term plans", hint: "What keeps this kind of failure away for good.", rows: 5 },
    Section {
        field: "stay_informed",
        heading: "How to stay informed",
        hint: "Where readers follow the plans, and where they can ask.",
        rows: 3,
    },
];

impl Typed {
    /// The texts of what is written already.
    #[must_use]
    pub fn of(text: &PostmortemText, incidents: &[Id], maintenance: Option<&Id>, locale: Locale) -> Self {
        let (sections, facts) = (&text.sections, &text.facts);
        let words = [
            &sections.summary,
            &sections.impact,
            &sections.causes,
            &sections.actions_taken,
            &sections.near_term,
            &sections.long_term,
            &sections.stay_informed,
        ];
        Self {
            title: text.title.clone(),
            body: text.body.clone(),
            sections: words.map(|text| text.clone().unwrap_or_default()),
            from: facts.from.map(|at| locale.field(at)).unwrap_or_default(),
            until: facts.until.map(|at| locale.field(at)).unwrap_or_default(),
            components: facts.components.iter().map(Id::to_string).collect(),
            share_affected: facts.share_affected.clone().unwrap_or_default(),
            data_loss: facts.data_loss.map(|loss| loss.to_string()).unwrap_or_default(),
            workaround: facts.workaround.clone().unwrap_or_default(),
            incidents: incidents.iter().map(Id::to_string).collect(),
            maintenance: maintenance.map(Id::to_string).unwrap_or_default(),
        }
    }

    /// Heading and text of every field that says something else here than there, as it is here.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<(&'static str, String)> {
        // Browsers send line ends of their own kind.
        let same = |ours: &str, theirs: &str| ours.replace("\r\n", "\n").trim() == theirs.replace("\r\n", "\n").trim();
        let fields = [
            ("Title", &self.title, &other.title),
            ("Free text", &self.body, &other.body),
            ("From", &self.from, &other.from),
            ("Until", &self.until, &other.until),
            ("Share affected", &self.share_affected, &other.share_affected),
            ("Data loss", &self.data_loss, &other.data_loss),
            ("Workaround", &self.workaround, &other.workaround),
        ];
        let sections =
            SECTIONS.iter().zip(self.sections.iter().zip(&other.sections)).map(|(section, (ours, theirs))| (section.heading, ours, theirs));
        fields
            .into_iter()
            .chain(sections)
            .filter(|(_, ours, theirs)| !same(ours, theirs))
            .map(|(name, ours, _)| (name, ours.clone()))
            .collect()
    }
}

/// All fields.
#[must_use]
pub fn fields(typed: &Typed, coverable: &Coverable, view: &PublicView, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let input = |name, label, value, hint| Input { name, label, value, hint, wrong, ..Input::default() };
    let sections: Vec<_> = SECTIONS
        .iter()
        .zip(&typed.sections)
        .map(|(section, text)| form::textarea(&input(section.field, section.heading, text, section.hint), section.rows))
        .collect();
    let folded = ["incidents", "maintenance_id"];
    let open = (typed.incidents.is_empty() && typed.maintenance.is_empty()) || wrong.iter().any(|w| folded.contains(&w.field.as_str()));
    view! {
        {form::text(&input("title", "Title", &typed.title, "What failed and when, as a reader would look for it."))}
        <details class="more-fields" open=open>
            <summary>"What it covers"</summary>
            {covers(coverable, &typed.incidents, &typed.maintenance, wrong)}
        </details>
        {impact(typed, view, locale, wrong)}
        <h2 class="part">"The text"</h2>
        <p class="hint">"Markdown. A section that stays empty is not shown."</p>
        {sections}
        {form::textarea(&input("body", "Free text", &typed.body, "Before the sections, or instead of them."), 4)}
    }
    .into_any()
}

/// The facts of the impact.
fn impact(typed: &Typed, view: &PublicView, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let input = |name, label, value, hint| Input { name, label, value, hint, wrong, ..Input::default() };
    let losses: Vec<Choice> = std::iter::once(Choice::new("", "Nothing said"))
        .chain(DataLoss::ALL.iter().map(|loss| Choice::new(loss.as_str(), loss.label())))
        .collect();
    let known = view
        .components
        .iter()
        .map(|row| Choice::new(row.component.id.as_str(), crate::parts::measure::plain_or(&row.component.name, "Untitled")));
    let named: Vec<Choice> = known.collect();
    let seen_in = (!named.is_empty()).then(|| {
        view! {
            <details class="more-fields" open=wrong.iter().any(|wrong| wrong.field == "impact_components")>
                <summary>{format!("Components it was seen in ({})", typed.components.len())}</summary>
                <div class="picks">{form::checkboxes(&input("impact_components", "Components", "", ""), &named, &typed.components)}</div>
            </details>
        }
    });
    view! {
        <h2 class="part">"The impact in figures"</h2>
        <div class="two">
            {form::datetime(&input("impact_from", "From", &typed.from, ""), locale.name())}
            {form::datetime(&input("impact_until", "Until", &typed.until, ""), locale.name())}
        </div>
        {seen_in}
        <div class="two">
            {form::text(&input("share_affected", "Share affected", &typed.share_affected, "Such as: about 1 % of devices."))}
            {form::select(&input("data_loss", "Data loss", &typed.data_loss, ""), &losses)}
        </div>
        {form::text(&input("workaround", "Workaround", &typed.workaround, "What readers could do meanwhile."))}
    }
    .into_any()
}
