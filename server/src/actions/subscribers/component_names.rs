//! What components are called in files of subscribers.

use std::collections::HashMap;

use app::words::Id;

use crate::store::{StoreError, Tx, components};

/// Components by what they may be called: their id, their name, and their group's name before it.
pub(in crate::actions) struct ComponentNames {
    /// In lower case; `None` where two are called the same.
    ids: HashMap<String, Option<Id>>,
    /// What each may be called, the shortest first.
    names: HashMap<Id, Vec<String>>,
}

/// Whom a name means.
pub(in crate::actions) enum Found<'a> {
    One(&'a Id),
    Several,
    None,
}

impl ComponentNames {
    pub(in crate::actions) async fn load(tx: &mut Tx, page: &Id) -> Result<Self, StoreError> {
        let groups: HashMap<Id, String> = components::groups(tx, page).await?.into_iter().map(|group| (group.id, group.name)).collect();
        let mut all = Self { ids: HashMap::new(), names: HashMap::new() };
        for record in components::components(tx, page).await? {
            let component = record.component;
            let in_group = component.group_id.as_ref().and_then(|id| groups.get(id)).map(|group| format!("{group} - {}", component.name));
            let names: Vec<String> = [Some(component.name), in_group, Some(component.id.to_string())].into_iter().flatten().collect();
            for name in &names {
                let id = component.id.clone();
                all.ids.entry(folded(name)).and_modify(|known| *known = None).or_insert(Some(id));
            }
            all.names.insert(component.id, names);
        }
        Ok(all)
    }

    /// The component of that name, however its letters are cased.
    pub(in crate::actions) fn find(&self, name: &str) -> Found<'_> {
        match self.ids.get(&folded(name)) {
            Some(Some(id)) => Found::One(id),
            Some(None) => Found::Several,
            None => Found::None,
        }
    }

    /// A name that means this component alone, and stands in a list between `;`.
    pub(in crate::actions) fn name<'a>(&'a self, id: &'a Id) -> &'a str {
        let mut names = self.names.get(id).into_iter().flatten();
        let fits = |name: &&String| !name.contains(';') && matches!(self.find(name), Found::One(found) if found == id);
        names.find(fits).map_or(id.as_str(), String::as_str)
    }
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}
