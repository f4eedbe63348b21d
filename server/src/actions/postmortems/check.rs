//! Whether what was given can be used. All problems are told at once, each beside its field.

use app::words::{Id, Impact, ImpactFacts, Incident, Maintenance, PostmortemText, Sections};
use chrono::{DateTime, TimeDelta, Utc};

use super::{Covers, Plan};
use crate::actions::{ActionError, Problems};
use crate::domain::compose;
use crate::store::postmortem_files::PostmortemFile;
use crate::store::{StoreError, Tx, components, incidents, maintenances, micros, staff};

/// A promise further ahead is none.
const FURTHEST_PROMISE: TimeDelta = TimeDelta::days(366);

/// What a document is about, as the record has it.
#[derive(Debug, Default)]
pub struct Covered {
    /// The incidents, in order.
    pub incidents: Vec<Incident>,
    /// The planned work.
    pub maintenance: Option<Maintenance>,
}

impl Covered {
    /// By id.
    pub fn covers(&self) -> Covers {
        let incidents = self.incidents.iter().map(|incident| incident.id.clone()).collect();
        Covers { incidents, maintenance: self.maintenance.as_ref().map(|work| work.id.clone()) }
    }

    /// What each of them is called.
    pub fn names(&self) -> Vec<String> {
        self.incidents.iter().map(|incident| incident.name.clone()).chain(self.maintenance.iter().map(|work| work.name.clone())).collect()
    }

    /// What they are, by id.
    pub fn ids(&self) -> Vec<Id> {
        self.incidents.iter().map(|incident| incident.id.clone()).chain(self.maintenance.iter().map(|work| work.id.clone())).collect()
    }

    /// The worst impact among them.
    pub fn impact(&self) -> Impact {
        self.incidents.iter().map(|incident| incident.impact).max().unwrap_or(Impact::Maintenance)
    }

    /// The components of all of them; none where one of them concerns everyone.
    pub fn components(&self) -> Vec<Id> {
        let planned = self.maintenance.iter().map(|work| work.components.iter().map(|planned| planned.component_id.clone()).collect());
        let each: Vec<Vec<Id>> = self.incidents.iter().map(|incident| incident.components.clone()).chain(planned).collect();
        if each.iter().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut all: Vec<Id> = each.into_iter().flatten().collect();
        all.sort();
        all.dedup();
        all
    }
}

/// What the document is to cover: at least one thing, all of it known to readers.
pub async fn covered(tx: &mut Tx, page: &Id, covers: &Covers) -> Result<Covered, ActionError> {
    let (mut problems, mut found) = (Problems::default(), Covered::default());
    if covers.incidents.is_empty() && covers.maintenance.is_none() {
        problems.add("incidents", "A post-mortem is about something. Choose at least one incident, or planned work.");
    }
    for id in &covers.incidents {
        let record = incidents::get(tx, page, id).await?.filter(|file| !file.deleted).map(|file| file.record);
        match record {
            None => problems.add("incidents", format!("There is no incident {id} on this page. Choose one of its incidents.")),
            Some(record) if !record.visible => problems.add(
                "incidents",
                format!("\"{}\" is a draft that nobody was shown yet. Publish the incident first.", record.incident.name),
            ),
            Some(record) if found.incidents.iter().all(|known| known.id != *id) => found.incidents.push(record.incident),
            Some(_) => {}
        }
    }
    if let Some(id) = &covers.maintenance {
        let record = maintenances::get(tx, page, id).await?.map(|file| file.record);
        found.maintenance = record.filter(|record| record.visible).map(|record| record.maintenance);
        if found.maintenance.is_none() {
            problems.add("maintenance_id", format!("There is no planned work {id} on this page that readers know of. Choose another."));
        }
    }
    problems.end()?;
    Ok(found)
}

/// A plan that can be kept, for this document. A date that was promised before stays as it is when it has passed.
pub async fn plan(tx: &mut Tx, page: &Id, given: &Plan, file: &PostmortemFile, now: DateTime<Utc>) -> Result<Plan, ActionError> {
    let mut problems = Problems::default();
    let plan = match given {
        Plan::By { due_at, owner } => {
            let due_at = micros(*due_at);
            let given_at = if Some(due_at) == file.record.postmortem.due_at {
                Ok(due_at)
            } else if due_at > now + FURTHEST_PROMISE {
                Err(format!("The date of the post-mortem ({}) is over a year ahead. Promise a nearer one.", due_at.format("%Y-%m-%d")))
            } else {
                compose::coming("The date of the post-mortem", due_at, now)
            };
            let owner = self::owner(tx, page, owner.as_deref(), file.owner.as_deref()).await?;
            Plan::By { due_at: problems.keep("due_at", given_at), owner: problems.keep("owner", owner) }
        }
        Plan::Waived { because } => {
            Plan::Waived { because: problems.keep("waived_because", compose::line("The reason why there will be no post-mortem", because)) }
        }
    };
    problems.end()?;
    Ok(plan)
}

/// The id of the member of staff who is meant: given by id, address or name. Nobody where nothing is given; who is `known` may have left.
pub async fn owner(tx: &mut Tx, page: &Id, given: Option<&str>, known: Option<&str>) -> Result<Result<Option<String>, String>, StoreError> {
    let given = given.map(str::trim).filter(|given| !given.is_empty());
    let Some(given) = given.filter(|given| Some(*given) != known) else { return Ok(Ok(given.map(str::to_owned))) };
    let all = staff::all(tx, page).await?;
    let active = || all.iter().map(|record| &record.member).filter(|member| member.disabled_at.is_none());
    let found = active().find(|member| member.id.as_str() == given || member.email.eq_ignore_ascii_case(given));
    let found = found.or_else(|| active().find(|member| member.name.as_deref() == Some(given)));
    Ok(found.map(|member| Some(member.id.to_string())).ok_or_else(|| {
        format!("Nobody of staff is called \"{}\". Give the address that they sign in with.", given.chars().take(100).collect::<String>())
    }))
}

/// What is to be written, cleaned. Nothing of it has to be there yet.
pub async fn text(tx: &mut Tx, page: &Id, given: &PostmortemText, now: DateTime<Utc>) -> Result<PostmortemText, ActionError> {
    let mut problems = Problems::default();
    let title = if given.title.trim().is_empty() { Ok(String::new()) } else { compose::line("The title", &given.title) };
    let mut section = |field: &'static str, what: &str, text: &Option<String>| {
        let text = problems.keep(field, part(what, text.as_deref().unwrap_or_default()));
        Some(text).filter(|text| !text.is_empty())
    };
    let sections = Sections {
        summary: section("summary", "The summary", &given.sections.summary),
        impact: section("impact", "The impact", &given.sections.impact),
        causes: section("causes", "The text on the causes", &given.sections.causes),
        actions_taken: section("actions_taken", "The text on the actions taken", &given.sections.actions_taken),
        near_term: section("near_term", "The text on near-term plans", &given.sections.near_term),
        long_term: section("long_term", "The text on long-term plans", &given.sections.long_term),
        stay_informed: section("stay_informed", "The text on how to stay informed", &given.sections.stay_informed),
    };
    let text = PostmortemText {
        title: problems.keep("title", title),
        body: problems.keep("body", part("The text", &given.body)),
        sections,
        facts: facts(tx, page, &given.facts, now, &mut problems).await?,
    };
    let length = text.markdown().chars().count();
    if length > compose::LONGEST_DOCUMENT {
        problems.add("body", format!("The whole has {length} characters. Shorten it to at most {}.", compose::LONGEST_DOCUMENT));
    }
    problems.end()?;
    Ok(text)
}

/// A part of a document may be as long as all of it.
fn part(what: &str, text: &str) -> Result<String, String> {
    compose::text_up_to(what, text, compose::LONGEST_DOCUMENT)
}

async fn facts(
    tx: &mut Tx,
    page: &Id,
    given: &ImpactFacts,
    now: DateTime<Utc>,
    problems: &mut Problems,
) -> Result<ImpactFacts, StoreError> {
    let known = components::components(tx, page).await?;
    for id in &given.components {
        if known.iter().all(|row| row.component.id != *id) {
            problems.add("impact_components", format!("There is no component {id} on this page. Choose one of its components."));
        }
    }
    if let (Some(from), Some(until)) = (given.from, given.until) {
        problems.keep("impact_until", compose::in_order(from, until));
    }
    let mut line = |field: &'static str, what: &str, text: &Option<String>| {
        let given = text.as_deref().filter(|text| !text.trim().is_empty());
        problems.keep(field, given.map(|text| compose::line(what, text)).transpose())
    };
    let share_affected = line("share_affected", "The share that was affected", &given.share_affected);
    let from = problems.past("impact_from", "The start of the impact", given.from, now);
    let until = problems.past("impact_until", "The end of the impact", given.until, now);
    let workaround = problems.keep("workaround", compose::text("The workaround", given.workaround.as_deref().unwrap_or_default()));
    Ok(ImpactFacts {
        from,
        until,
        components: given.components.clone(),
        share_affected,
        data_loss: given.data_loss,
        workaround: Some(workaround).filter(|text| !text.is_empty()),
    })
}
