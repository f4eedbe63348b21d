//! Components and their groups: what there is, and what staff and programs state of it.

use app::words::{ActorKind, Component, ComponentGroup, ComponentStatus, Id, StatusSource};
use chrono::NaiveDate;

use super::statuses::{Board, settle};
use super::translations::{self, Place, Said, Wording};
use super::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::domain::template::{self, Template};
use crate::domain::{compose, uptime};
use crate::store::{Tx, component_templates, components, pages};

/// A component as staff and programs describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentInput {
    /// What viewers call it.
    pub name: String,
    /// One line under the name.
    pub description: Option<String>,
    /// Its group; `None` stands alone.
    pub group_id: Option<Id>,
    /// Order among siblings, from 1; `None`: where it stands, or last.
    pub position: Option<i64>,
    /// Whether its history is offered.
    pub showcase: bool,
    /// The day from which uptime is offered.
    pub start_date: Option<NaiveDate>,
    /// Hidden while operational.
    pub only_show_if_degraded: bool,
    /// A provider the platform builds on.
    pub upstream: bool,
    /// What a draft says when its check fails; `None` leaves that as it is.
    pub template: Option<Template>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

/// A group as staff and programs describe it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupInput {
    /// What viewers call it.
    pub name: String,
    /// One line under the name.
    pub description: Option<String>,
    /// Order among groups and single components, from 1; `None`: where it stands, or last.
    pub position: Option<i64>,
    /// Exactly these are in it; `None` leaves them as they are.
    pub components: Option<Vec<Id>>,
    /// What is said in other languages.
    pub translations: Vec<Wording>,
}

/// Makes a component; without a status nothing is said of it yet.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn create(act: &Act<'_>, input: &ComponentInput, status: Option<ComponentStatus>) -> Result<Done, ActionError> {
    let mut change = Change::begin(act).await?;
    let component = change.describe(input, None).await?;
    if let Some(status) = status {
        let source = if act.actor.kind == ActorKind::Token { StatusSource::Api } else { StatusSource::Staff };
        change.state(&component.id, status, source).await?;
    }
    change.commit("component.create", "component", &component.id, component.name).await
}

/// Describes a component anew.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn update(act: &Act<'_>, id: &Id, input: &ComponentInput) -> Result<Done, ActionError> {
    describe(Change::begin(act).await?, id, input).await?.commit("component.update", "component", id, input.name.clone()).await
}

/// Describes a component anew and states what status it has, both or neither.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn update_and_state(
    act: &Act<'_>,
    id: &Id,
    input: &ComponentInput,
    status: ComponentStatus,
    source: StatusSource,
) -> Result<Done, ActionError> {
    let mut change = describe(Change::begin(act).await?, id, input).await?;
    change.state(id, status, source).await?;
    change.commit("component.update", "component", id, format!("{}: {}", input.name, status.label())).await
}

async fn describe<'a>(mut change: Change<'a>, id: &Id, input: &ComponentInput) -> Result<Change<'a>, ActionError> {
    let known = change.component(id)?;
    change.describe(input, Some(&known)).await?;
    Ok(change)
}

/// States what status a component has.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn state(act: &Act<'_>, id: &Id, status: ComponentStatus, source: StatusSource) -> Result<Done, ActionError> {
    let mut change = Change::begin(act).await?;
    let known = change.component(id)?;
    change.state(id, status, source).await?;
    change.commit("component.state", "component", id, format!("{}: {}", known.name, status.label())).await
}

/// Takes a component out of sight; what was said of it stays in the record.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn delete(act: &Act<'_>, id: &Id) -> Result<Done, ActionError> {
    let mut change = Change::begin(act).await?;
    let known = change.component(id)?;
    components::delete_component(&mut change.tx, &change.page, id, act.now).await?;
    change.commit("component.delete", "component", id, known.name).await
}

/// Makes a group.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn create_group(act: &Act<'_>, input: &GroupInput) -> Result<Done, ActionError> {
    let mut change = Change::begin(act).await?;
    let group = ComponentGroup {
        id: act.fresh_id(),
        name: String::new(),
        description: None,
        position: change.last(None) + 1,
        created_at: act.now,
        updated_at: act.now,
    };
    let group = change.group(group, input).await?;
    change.commit("component_group.create", "component_group", &group.id, group.name).await
}

/// Describes a group anew.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn update_group(act: &Act<'_>, id: &Id, input: &GroupInput) -> Result<Done, ActionError> {
    let mut change = Change::begin(act).await?;
    let known = change.known_group(id)?;
    let group = change.group(ComponentGroup { updated_at: act.now, ..known }, input).await?;
    change.commit("component_group.update", "component_group", id, group.name).await
}

/// Removes a group; its components stand alone then.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn delete_group(act: &Act<'_>, id: &Id) -> Result<Done, ActionError> {
    let mut change = Change::begin(act).await?;
    let known = change.known_group(id)?;
    components::delete_group(&mut change.tx, &change.page, id).await?;
    translations::forget(act, &mut change.tx, Place { page: &change.page, revision: change.revision }, id).await?;
    change.commit("component_group.delete", "component_group", id, known.name).await
}

/// A change of the page's components under way.
struct Change<'a> {
    act: &'a Act<'a>,
    tx: Tx,
    page: Id,
    revision: i64,
    board: Board,
}

impl<'a> Change<'a> {
    async fn begin(act: &'a Act<'a>) -> Result<Self, ActionError> {
        let mut tx = act.db.write().await?;
        let page = page_actions::here(&mut tx).await?;
        let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
        let board = Board::load(&mut tx, &page, act.now).await?;
        Ok(Self { act, tx, page, revision, board })
    }

    fn component(&self, id: &Id) -> Result<Component, ActionError> {
        self.board.component(id).map(|row| row.component.clone()).ok_or(ActionError::Missing("component"))
    }

    fn known_group(&self, id: &Id) -> Result<ComponentGroup, ActionError> {
        self.board.groups.iter().find(|group| group.id == *id).cloned().ok_or(ActionError::Missing("component group"))
    }

    /// The last position among what stands in that group, or beside all groups.
    fn last(&self, group: Option<&Id>) -> i64 {
        let siblings = self.board.components.iter().map(|row| &row.component).filter(|component| component.group_id.as_ref() == group);
        let groups = self.board.groups.iter().filter(|_| group.is_none()).map(|group| group.position);
        siblings.map(|component| component.position).chain(groups).max().unwrap_or(0)
    }

    /// Writes the component as it is to be.
    async fn describe(&mut self, input: &ComponentInput, known: Option<&Component>) -> Result<Component, ActionError> {
        let mut problems = Problems::default();
        let name = problems.keep("name", compose::line("The name", &input.name));
        let description = described(&mut problems, input.description.as_deref());
        let position = placed(&mut problems, input.position);
        if let Some(day) = input.start_date {
            problems.keep("start_date", uptime::check_start(day, self.act.now.date_naive()));
        }
        if let Some(group) = &input.group_id
            && self.known_group(group).is_err()
        {
            problems.add("group_id", format!("There is no group {group} on this page. Choose one of its groups, or none."));
        }
        let template = input.template.as_ref().map(|given| Template {
            title: problems.keep("draft_title", template::title(&given.title)),
            body: problems.keep("draft_body", template::body(&given.body)),
        });
        let wordings = problems.wordings(&input.translations, Said::DESCRIBED);
        problems.end()?;
        let component = Component {
            id: known.map_or_else(|| self.act.fresh_id(), |known| known.id.clone()),
            name,
            description,
            position: position.or(known.map(|known| known.position)).unwrap_or_else(|| self.last(input.group_id.as_ref()) + 1),
            group_id: input.group_id.clone(),
            showcase: input.showcase,
            start_date: input.start_date,
            only_show_if_degraded: input.only_show_if_degraded,
            upstream: input.upstream,
            created_at: known.map_or(self.act.now, |known| known.created_at),
            updated_at: self.act.now,
        };
        components::upsert_component(&mut self.tx, &self.page, &component).await?;
        if let Some(template) = &template {
            component_templates::set(&mut self.tx, &component.id, template, self.act.now).await?;
        }
        self.translate(&wordings, &component.id).await?;
        Ok(component)
    }

    async fn translate(&mut self, wordings: &[Wording], id: &Id) -> Result<(), ActionError> {
        translations::write(self.act, &mut self.tx, Place { page: &self.page, revision: self.revision }, wordings, id, id).await?;
        Ok(())
    }

    async fn state(&mut self, id: &Id, status: ComponentStatus, source: StatusSource) -> Result<(), ActionError> {
        components::state_component(&mut self.tx, id, status, self.act.now, source).await?;
        settle(&mut self.tx, &self.page, std::slice::from_ref(id), self.act.now, source).await?;
        Ok(())
    }

    /// Writes a group with what is given, and moves components in and out.
    async fn group(&mut self, known: ComponentGroup, input: &GroupInput) -> Result<ComponentGroup, ActionError> {
        let mut problems = Problems::default();
        let name = problems.keep("name", compose::line("The name", &input.name));
        let description = described(&mut problems, input.description.as_deref());
        let position = placed(&mut problems, input.position).unwrap_or(known.position);
        for stranger in input.components.iter().flatten().filter(|id| self.board.component(id).is_none()) {
            problems.add("components", format!("There is no component {stranger} on this page. Choose some of its components."));
        }
        let wordings = problems.wordings(&input.translations, Said::DESCRIBED);
        problems.end()?;
        let group = ComponentGroup { name, description, position, ..known };
        components::upsert_group(&mut self.tx, &self.page, &group).await?;
        self.translate(&wordings, &group.id).await?;
        let Some(members) = &input.components else { return Ok(group) };
        for row in &self.board.components {
            let (id, inside) = (&row.component.id, row.component.group_id.as_ref() == Some(&group.id));
            if members.contains(id) != inside {
                let into = (!inside).then_some(&group.id);
                components::set_group(&mut self.tx, &self.page, id, into, self.act.now).await?;
            }
        }
        Ok(group)
    }

    async fn commit(mut self, action: &str, noun: &str, id: &Id, detail: String) -> Result<Done, ActionError> {
        self.act.audit(&mut self.tx, &self.page, action, Some((noun, id)), Some(detail)).await?;
        self.tx.commit().await?;
        Ok(Done { id: id.clone(), revision: Some(self.revision) })
    }
}

fn described(problems: &mut Problems, text: Option<&str>) -> Option<String> {
    let text = problems.keep("description", compose::text("The description", text.unwrap_or_default()));
    Some(text).filter(|text| !text.is_empty())
}

fn placed(problems: &mut Problems, position: Option<i64>) -> Option<i64> {
    if position.is_some_and(|position| position < 1) {
        problems.add("position", "The position is a number from 1: the first place.");
    }
    position
}
