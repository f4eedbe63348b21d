//! What a post-mortem begins with: the title, the facts and the timeline that the record knows. Causes and plans are for people.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use app::words::{ComponentStatus, Id, ImpactFacts, Incident, Maintenance, PostmortemText, Sections};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The title of a document over things of these names.
#[must_use]
pub fn title(names: &[String]) -> String {
    let (first, more) = names.split_first().map_or(("", 0), |(first, rest)| (first.as_str(), rest.len()));
    match more {
        0 => first.to_owned(),
        1 => shortened(first, " and one more"),
        more => shortened(first, &format!(" and {more} more")),
    }
}

/// A title has at most so many characters as one line may have.
fn shortened(name: &str, tail: &str) -> String {
    let room = super::compose::LONGEST_LINE.saturating_sub(tail.chars().count());
    name.chars().take(room).chain(tail.chars()).collect()
}

/// A draft over these, oldest incident first; times stand in the page's zone. `named` knows what a component is called.
#[must_use]
pub fn prefill(
    incidents: &[Incident],
    maintenance: Option<&Maintenance>,
    zone: Tz,
    named: impl Fn(&Id) -> Option<String>,
) -> PostmortemText {
    let names: Vec<String> =
        incidents.iter().map(|incident| incident.name.clone()).chain(maintenance.map(|work| work.name.clone())).collect();
    let mut told: Vec<Told> = incidents.iter().map(|incident| Told::incident(incident, zone)).collect();
    told.extend(maintenance.map(|work| Told::work(work, zone)));
    told.sort_by_key(|told| told.from);
    let worst = worst(incidents, maintenance);
    let facts = ImpactFacts {
        from: told.iter().filter_map(|told| told.from).min(),
        // While one of them goes on, so does the impact.
        until: if told.iter().all(|told| told.until.is_some()) { told.iter().filter_map(|told| told.until).max() } else { None },
        components: worst.keys().cloned().cloned().collect(),
        ..ImpactFacts::default()
    };
    let sections = Sections { impact: affected(&worst, named), actions_taken: timeline(&told), ..Sections::default() };
    PostmortemText { title: title(&names), body: String::new(), sections, facts }
}

/// One of the things that a document is about, and what was said of it, oldest first.
struct Told {
    name: String,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    messages: Vec<String>,
}

impl Told {
    fn incident(incident: &Incident, zone: Tz) -> Self {
        let messages = incident.updates.iter().rev().map(|update| line(update.display_at, update.status.label(), &update.body, zone));
        Self { name: incident.name.clone(), from: Some(incident.started_at), until: incident.resolved_at, messages: messages.collect() }
    }

    fn work(work: &Maintenance, zone: Tz) -> Self {
        let messages = work.updates.iter().rev().map(|update| line(update.display_at, update.status.label(), &update.body, zone));
        Self {
            name: work.name.clone(),
            from: work.started_at.or(work.window.map(|window| window.from)),
            until: work.completed_at.or(work.window.map(|window| window.until)),
            messages: messages.collect(),
        }
    }
}

/// A point of a list; further lines of the message belong to it.
fn line(at: DateTime<Utc>, status: &str, body: &str, zone: Tz) -> String {
    let at = at.with_timezone(&zone).format("%-d %b %Y, %H:%M %Z");
    let mut lines = body.trim().lines();
    let mut text = format!("- **{at}, {status}:** {}", lines.next().unwrap_or_default());
    for line in lines {
        // Writing into a text does not fail.
        let _ = if line.is_empty() { writeln!(text) } else { write!(text, "\n  {line}") };
    }
    text.trim_end().to_owned()
}

fn timeline(told: &[Told]) -> Option<String> {
    let alone = told.len() == 1;
    let part = |told: &Told| {
        let heading = if alone { "What happened".to_owned() } else { format!("What happened: {}", told.name) };
        format!("### {heading}\n\n{}", told.messages.join("\n"))
    };
    let parts: Vec<String> = told.iter().filter(|told| !told.messages.is_empty()).map(part).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// The worst that was said of each component. One that is named without any status was affected all the same.
fn worst<'a>(incidents: &'a [Incident], maintenance: Option<&'a Maintenance>) -> BTreeMap<&'a Id, Option<ComponentStatus>> {
    let mut worst: BTreeMap<&Id, Option<ComponentStatus>> = BTreeMap::new();
    let mut note = |id: &'a Id, status: Option<ComponentStatus>| {
        let known = worst.entry(id).or_default();
        *known = (*known).max(status);
    };
    for incident in incidents {
        incident.components.iter().for_each(|id| note(id, None));
        for effect in incident.updates.iter().flat_map(|update| update.effects.iter().flatten()) {
            note(&effect.component_id, Some(effect.to).filter(|status| *status != ComponentStatus::Operational));
        }
    }
    for planned in maintenance.iter().flat_map(|work| &work.components) {
        note(&planned.component_id, Some(planned.status));
    }
    worst
}

fn affected(worst: &BTreeMap<&Id, Option<ComponentStatus>>, named: impl Fn(&Id) -> Option<String>) -> Option<String> {
    let mut lines: Vec<String> = worst
        .iter()
        .filter_map(|(id, status)| {
            let name = named(id)?;
            Some(status.map_or_else(|| format!("- {name}"), |status| format!("- {name}: {}", status.label().to_lowercase())))
        })
        .collect();
    lines.sort();
    (!lines.is_empty()).then(|| format!("Affected, at worst:\n\n{}", lines.join("\n")))
}
