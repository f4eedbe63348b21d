//! From the first words to their publication. A draft is an incident with one message that nobody was shown yet.

use app::words::{ComponentStatus, Id, Incident, IncidentStatus};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::check::Check;
use super::in_hand::{InHand, effects, empty, message};
use super::tell::tell;
use super::{EditInput, IncidentInput};
use crate::actions::statuses::Board;
use crate::actions::translations::Said;
use crate::actions::{Act, ActionError, Done, Problems};
use crate::domain::evidence::Evidence;
use crate::domain::{calendar, impact};
use crate::store::{StoreError, Tx, incident_updates, incidents, pages};

/// Makes an incident: published at once, or as a draft.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn create(act: &Act<'_>, input: &IncidentInput, publish: bool) -> Result<Done, ActionError> {
    first_words(InHand::fresh(act).await?, input, publish, act.now).await
}

/// Writes down an incident of the past that is told only now: over from its first message on, without components, and nobody is mailed.
/// It is shown under `day` in the page's zone.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn backfill(act: &Act<'_>, input: &IncidentInput, day: NaiveDate) -> Result<Done, ActionError> {
    let mut hand = InHand::fresh(act).await?;
    let mut problems = Problems::default();
    if !input.components.is_empty() {
        problems.add("components", "An incident of the past says nothing of components. Leave them out.");
    }
    let page = pages::default_page(&mut hand.tx).await?.ok_or(ActionError::Missing("page"))?;
    let at = calendar::day_start(page.time_zone.parse().unwrap_or(Tz::UTC), day);
    let at = problems.past("backfill_date", "The day", Some(at), act.now).unwrap_or(act.now);
    problems.end()?;
    hand.incident.created_at = at;
    let input = IncidentInput { status: IncidentStatus::Resolved, notify: false, started_at: None, next_update_at: None, ..input.clone() };
    first_words(hand, &input, true, at).await
}

/// Writes a draft anew.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn save_draft(act: &Act<'_>, id: &Id, input: &IncidentInput, seen: Option<i64>) -> Result<Done, ActionError> {
    first_words(draft(act, id, seen).await?, input, false, act.now).await
}

/// Publishes a draft as it is given here.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn publish(act: &Act<'_>, id: &Id, input: &IncidentInput, seen: Option<i64>) -> Result<Done, ActionError> {
    first_words(draft(act, id, seen).await?, input, true, act.now).await
}

async fn draft<'a>(act: &'a Act<'a>, id: &Id, seen: Option<i64>) -> Result<InHand<'a>, ActionError> {
    let hand = InHand::open(act, id, seen).await?;
    if hand.is_published() {
        return Err(ActionError::Conflict("This incident is published already. Post an update instead.".to_owned()));
    }
    Ok(hand)
}

pub(super) async fn first_words(
    mut hand: InHand<'_>,
    input: &IncidentInput,
    publish: bool,
    said_at: DateTime<Utc>,
) -> Result<Done, ActionError> {
    let now = hand.act.now;
    let mut check = Check::default();
    let mut facts = check.facts(&EditInput::from(input), now);
    let body = check.body(&input.body, || if publish { hand.stock(input.status) } else { String::new() });
    let wordings = check.wordings(&input.translations, Said::BOTH);
    check.status(input.status);
    check.components(&input.components, input.status, &hand.board);
    facts.next_update_at = check.promise(facts.next_update_at, None, input.status, now);
    check.end()?;
    let known = hand.incident.updates.first().map(|update| update.id.clone());
    hand.incident.updates.clear();
    hand.incident.components.clear();
    let mut update = hand.message(input.status, body, &input.components, input.notify, said_at);
    hand.incident.updates.push(update.clone());
    hand.set_facts(facts);
    if publish {
        hand.incident.published_at = Some(now);
    }
    let board = hand.save().await?;
    match known {
        Some(known) => {
            update.id = known;
            hand.incident.updates = vec![update.clone()];
            incident_updates::change(&mut hand.tx, &hand.incident.id, &update).await?;
        }
        None => hand.write(&update).await?,
    }
    hand.translate(&wordings, &update.id).await?;
    if publish {
        tell(&mut hand, &update, &board).await?;
    }
    let detail = format!("\"{}\" as {}", hand.incident.name, hand.incident.status);
    let id = hand.incident.id.clone();
    hand.commit(if publish { "incident.publish" } else { "incident.draft" }, detail, id).await
}

impl From<&IncidentInput> for EditInput {
    fn from(input: &IncidentInput) -> Self {
        Self {
            name: input.name.clone(),
            impact_override: input.impact_override,
            started_at: input.started_at,
            next_update_at: input.next_update_at,
            owner: input.owner.clone(),
            internal_notes: input.internal_notes.clone(),
            // They are checked and written with the message.
            translations: Vec::new(),
        }
    }
}

/// What a monitor suggests to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftInput {
    /// The monitor.
    pub monitor_id: Id,
    /// The component it speaks for, and what it says of it.
    pub component: Option<(Id, ComponentStatus)>,
    /// The suggested title.
    pub name: String,
    /// The suggested first message.
    pub body: String,
    /// First failed check.
    pub started_at: DateTime<Utc>,
    /// When the failure was confirmed.
    pub detected_at: DateTime<Utc>,
    /// What the monitor saw.
    pub evidence: Evidence,
    /// When the clock publishes it; `None`: never.
    pub publish_at: Option<DateTime<Utc>>,
}

/// Writes the draft of a monitor within the caller's transaction, unless an incident of that monitor is open; its id, or that one's.
/// Subscribers hear nothing of it and viewers see nothing.
///
/// # Errors
/// [`StoreError`].
pub async fn open_draft(tx: &mut Tx, page: &Id, input: &DraftInput) -> Result<Id, StoreError> {
    // Raising the revision first makes writers wait for each other, so that of two only one finds no incident.
    let revision = pages::bump_revision(tx, page, input.detected_at).await?;
    if let Some(open) = incidents::unresolved_of_monitor(tx, page, &input.monitor_id).await? {
        return Ok(open);
    }
    let now = input.detected_at;
    let board = Board::load(tx, page, now).await?;
    let blank = empty(Id::from_bytes(rand::random()), now);
    let effects = effects(&board, &blank, blank.status, input.component.as_slice());
    let updates = vec![message(blank.status, input.body.clone(), effects, true, now, now)];
    let incident = Incident {
        name: input.name.clone(),
        impact: impact::impact_of(&updates, None),
        started_at: input.started_at,
        detected_at: Some(input.detected_at),
        components: input.component.iter().map(|(id, _)| id.clone()).collect(),
        updates,
        ..blank
    };
    incidents::upsert(tx, page, &incident, None, revision).await?;
    incidents::set_origin(tx, &incident.id, &input.monitor_id, &input.evidence, now).await?;
    let watch = incidents::Watch { publish_at: input.publish_at, machine_words: true, ..incidents::Watch::default() };
    incidents::set_watch(tx, &incident.id, &watch).await?;
    let named: Vec<incidents::Named> = incident.components.iter().map(|id| (id.clone(), None)).collect();
    incidents::set_components(tx, &incident.id, &named).await?;
    for update in &incident.updates {
        incident_updates::upsert(tx, page, &incident.id, update, 1).await?;
    }
    Ok(incident.id)
}
