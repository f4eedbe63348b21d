//! What a notice tells in other languages: what people wrote in them, and stock sentences; gathered when it is fixed.

use app::language;
use app::markdown;
use app::stock::{Interpreter, Spoken};
use app::words::{Id, Translation};

use crate::domain::announcement::BEGINNING;
use crate::domain::notice::{Notice, NoticeComponent};
use crate::domain::other_words::OtherWords;
use crate::store::{StoreError, Tx, components, incidents, look, maintenances, notifications, translations};

/// All that is said of it now. The subject of a thread stays as the mail before had it.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, page: &Id, notice: &Notice) -> Result<OtherWords, StoreError> {
    let named = notice.named();
    if named.is_empty() {
        return Ok(OtherWords::default());
    }
    let mut said = translations::of_all(tx, page, &named).await?;
    let concerned: &[NoticeComponent] = match notice {
        Notice::Incident(notice) => &notice.components,
        Notice::Maintenance(notice) => &notice.components,
        _ => &[],
    };
    if !concerned.is_empty() {
        said.extend(in_groups(tx, page, concerned, &said).await?);
    }
    let words = OtherWords::of(said).or(stock(tx, page, notice).await?);
    let Some((_, id, previous)) = notice.thread() else { return Ok(words) };
    let before = match previous {
        Some(previous) => notifications::get(tx, previous).await?.and_then(|before| before.other_words),
        None => None,
    };
    let announced = matches!(notice, Notice::Announcement(_));
    Ok(words.in_thread(before, |words, language| {
        if announced {
            words.body(language, id).map(|body| markdown::to_excerpt(body, BEGINNING))
        } else {
            words.name(language, id).map(str::to_owned)
        }
    }))
}

/// What the notice says in stock sentences, in every other language.
async fn stock(tx: &mut Tx, page: &Id, notice: &Notice) -> Result<Vec<Translation>, StoreError> {
    let own = look::settings_or_usual(tx, page).await?.language;
    let others = language::all().iter().map(|language| language.code()).filter(|code| **code != own);
    let interpreters: Vec<_> = others.filter_map(|code| Some((code, Interpreter::between(&own, code)?))).collect();
    let mut said = Vec::new();
    match notice {
        Notice::Incident(notice) => {
            let Some(file) = incidents::get(tx, page, &notice.incident_id).await? else { return Ok(said) };
            let incident = file.record.incident;
            // A message that was changed meanwhile says something else than the mail.
            let update = incident.updates.iter().find(|update| update.id == notice.update_id && update.body == notice.body);
            for (code, interpreter) in interpreters {
                let name = (incident.name == notice.name).then(|| interpreter.title(&incident)).flatten();
                said.extend(name.map(|name| called(&incident.id, code, name)));
                let body = update.and_then(|update| interpreter.incident(update));
                said.extend(body.zip(update).map(|(body, update)| saying(&update.id, code, body)));
            }
        }
        Notice::Maintenance(notice) => {
            let Some(file) = maintenances::get(tx, page, &notice.maintenance_id).await? else { return Ok(said) };
            let work = file.record.maintenance;
            let update = work.updates.iter().find(|update| notice.said.as_ref() == Some(&update.id) && update.body == notice.body);
            for (code, interpreter) in interpreters {
                let body = update.and_then(|update| interpreter.work(&work, update));
                said.extend(body.zip(update).map(|(body, update)| saying(&update.id, code, body)));
            }
        }
        _ => {}
    }
    Ok(said)
}

/// The full names of components that stand in groups, `Group - Component`, in every language in which one of the two has a name.
async fn in_groups(tx: &mut Tx, page: &Id, concerned: &[NoticeComponent], said: &[Translation]) -> Result<Vec<Translation>, StoreError> {
    let groups = components::groups(tx, page).await?;
    let known = components::components(tx, page).await?;
    let of_groups = translations::of_all(tx, page, &groups.iter().map(|group| &group.id).collect::<Vec<_>>()).await?;
    let name = |of: &[Translation], id: &Id, language: &str| {
        of.iter().find(|said| said.object_id == *id && said.language == language).and_then(|said| said.name.clone())
    };
    let mut full = Vec::new();
    for component in known.iter().map(|record| &record.component).filter(|known| concerned.iter().any(|one| one.id == known.id)) {
        let Some(group) = component.group_id.as_ref().and_then(|id| groups.iter().find(|group| group.id == *id)) else { continue };
        let tongues = said.iter().chain(&of_groups).filter(|said| said.object_id == component.id || said.object_id == group.id);
        let mut tongues: Vec<&str> = tongues.map(|said| said.language.as_str()).collect();
        tongues.sort_unstable();
        tongues.dedup();
        full.extend(tongues.into_iter().map(|language| {
            let of_group = name(&of_groups, &group.id, language).unwrap_or_else(|| group.name.clone());
            let own = name(said, &component.id, language).unwrap_or_else(|| component.name.clone());
            called(&component.id, language, format!("{of_group} - {own}"))
        }));
    }
    Ok(full)
}

/// What something is called in a language.
fn called(id: &Id, language: &str, name: String) -> Translation {
    Translation { object_id: id.clone(), language: language.to_owned(), name: Some(name), body: None, body_html: String::new() }
}

/// What something says in a language.
fn saying(id: &Id, language: &str, said: Spoken) -> Translation {
    Translation { object_id: id.clone(), language: language.to_owned(), name: None, body: Some(said.body), body_html: said.body_html }
}
