//! What monitors and the clock do with incidents where no person is there, and how a person takes that into their hands. Of what a person
//! has touched nothing is changed here.

use app::words::{ComponentStatus, Id, IncidentStatus};
use chrono::{DateTime, TimeDelta, Utc};

use super::draft::first_words;
use super::in_hand::{InHand, effects};
use super::message::post;
use super::{IncidentInput, UpdateInput};
use crate::actions::{Act, ActionError, Actor, Done, pages as page_actions};
use crate::domain::{failure, impact};
use crate::store::incidents::{self, Watch, Watched};
use crate::store::{Db, StoreError, Tx, incident_updates, pages};

/// What a draft of monitors says once it is about more than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Growth {
    /// The components, each with what is said of it.
    pub components: Vec<(Id, ComponentStatus)>,
    /// The title.
    pub name: String,
    /// The first message.
    pub body: String,
    /// First failed check of all.
    pub started_at: DateTime<Utc>,
}

/// Lets a draft that nobody has touched say more, within the caller's transaction. The caller has raised the page to `revision`.
///
/// # Errors
/// [`StoreError`].
pub async fn grow_draft(tx: &mut Tx, page: &Id, id: &Id, revision: i64, growth: &Growth, now: DateTime<Utc>) -> Result<(), StoreError> {
    let missing = || StoreError::Missing { what: "incident", id: id.to_string() };
    let mut incident = incidents::get(tx, page, id).await?.ok_or_else(missing)?.record.incident;
    let board = crate::actions::statuses::Board::load(tx, page, now).await?;
    let effects = effects(&board, &incident, incident.status, &growth.components);
    for update in &mut incident.updates {
        update.body.clone_from(&growth.body);
        update.effects.clone_from(&effects);
        incident_updates::change(tx, id, update).await?;
    }
    incident.name.clone_from(&growth.name);
    incident.impact = impact::impact_of(&incident.updates, None);
    incident.started_at = incident.started_at.min(growth.started_at);
    incident.components = growth.components.iter().map(|(id, _)| id.clone()).collect();
    incidents::upsert(tx, page, &incident, None, revision).await?;
    let named: Vec<incidents::Named> = incident.components.iter().map(|id| (id.clone(), None)).collect();
    incidents::set_components(tx, id, &named).await
}

/// How a person takes a draft out of the clock's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Take {
    /// They are on it: colleagues see who, and it is not published by itself.
    Mine,
    /// It is not published by itself.
    Stop,
}

/// Takes a draft out of the clock's hands. Readers see no difference, and whoever writes it at this moment is not disturbed.
///
/// # Errors
/// [`ActionError::Missing`]; [`ActionError::Conflict`] where it is published already.
pub async fn take(act: &Act<'_>, id: &Id, how: Take) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    // The clock that publishes it at this moment goes first or finds it taken.
    pages::hold(&mut tx, &page).await?;
    let file = incidents::get(&mut tx, &page, id).await?.filter(|file| !file.deleted).ok_or(ActionError::Missing("incident"))?;
    if file.record.incident.published_at.is_some() {
        return Err(ActionError::Conflict("This incident is published already. Post an update, or take its message back.".to_owned()));
    }
    let watch = match how {
        Take::Mine => file.watch.acknowledged(&act.actor.name, act.now),
        Take::Stop => Watch { publish_at: None, ..file.watch },
    };
    incidents::set_watch(&mut tx, id, &watch).await?;
    if how == Take::Mine && file.owner.is_none() {
        incidents::set_notes(&mut tx, id, Some(&act.actor.name), file.internal_notes.as_deref()).await?;
    }
    let action = if how == Take::Mine { "incident.acknowledge" } else { "incident.stop_clock" };
    let detail = Some(format!("\"{}\"", file.record.incident.name));
    act.audit(&mut tx, &page, action, Some(("incident", id)), detail).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: None })
}

/// An incident in hand as the clock may still change it; `None` where a person or a monitor was faster.
async fn still<'a>(act: &'a Act<'a>, id: &Id, wanted: impl Fn(&Watched) -> bool) -> Result<Option<InHand<'a>>, ActionError> {
    let mut hand = match InHand::open(act, id, None).await {
        Err(ActionError::Missing(_)) => return Ok(None),
        hand => hand?,
    };
    let watched = incidents::watched(&mut hand.tx, &hand.page).await?;
    let wanted = watched.iter().any(|one| one.id == *id && one.watch.machine_words && wanted(one));
    Ok(wanted.then_some(hand))
}

/// The clock, now. It waited long enough before it speaks, so that its mails need not wait.
const fn clock<'a>(db: &'a Db, actor: &'a Actor, now: DateTime<Utc>) -> Act<'a> {
    Act { db, actor, now, undo: TimeDelta::zero() }
}

/// Publishes a draft whose time has come with what it says, as a person would; `None` where somebody stopped it, or its monitors are up.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn publish_unattended(db: &Db, id: &Id, now: DateTime<Utc>) -> Result<Option<Done>, ActionError> {
    let actor = Actor::system();
    let act = clock(db, &actor, now);
    let due = |one: &Watched| one.published_at.is_none() && failure::publishes(one.watch.publish_at, one.standing(), now);
    let Some(hand) = still(&act, id, due).await? else { return Ok(None) };
    let incident = &hand.incident;
    let first = incident.updates.first();
    let effects = first.and_then(|update| update.effects.as_deref()).unwrap_or_default();
    let input = IncidentInput {
        name: incident.name.clone(),
        status: incident.status,
        body: first.map(|update| update.body.clone()).unwrap_or_default(),
        components: effects.iter().map(|effect| (effect.component_id.clone(), effect.to)).collect(),
        impact_override: None,
        started_at: Some(incident.started_at),
        notify: true,
        next_update_at: None,
        owner: hand.owner.clone(),
        internal_notes: hand.internal_notes.clone(),
        translations: Vec::new(),
    };
    first_words(hand, &input, true, now).await.map(Some)
}

/// Resolves what the clock published, once its monitors have been up for `gap`; `None` where that is not so any more, or a person has
/// touched it.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn resolve_unattended(db: &Db, id: &Id, gap: TimeDelta, now: DateTime<Utc>) -> Result<Option<Done>, ActionError> {
    let actor = Actor::system();
    let act = clock(db, &actor, now);
    let over = |one: &Watched| one.published_at.is_some() && failure::over_since(one.standing(), now, gap).is_some();
    let Some(hand) = still(&act, id, over).await? else { return Ok(None) };
    let input = UpdateInput {
        status: IncidentStatus::Resolved,
        body: String::new(),
        components: Vec::new(),
        notify: true,
        next_update_at: None,
        display_at: None,
        postmortem: None,
        translations: Vec::new(),
    };
    post(hand, None, &input).await.map(Some)
}
