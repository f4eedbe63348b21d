//! Who is told of a post-mortem or of a follow-up that is done, and what: fixed in the transaction of the change.

use app::words::{ActionItem, Id, NotificationKind, Postmortem, PostmortemStatus, PostmortemText};
use sha2::{Digest, Sha256};

use super::check::Covered;
use super::hand::Hand;
use crate::actions::notify::{self, About};
use crate::domain::lane;
use crate::domain::notice::{ItemNotice, Notice, PostmortemNotice};
use crate::store::{StoreError, action_items, notifications, told};

/// Tells the subscribers of everything that the document covers, each once.
pub async fn tell(hand: &mut Hand<'_>, covered: &Covered) -> Result<(), StoreError> {
    let postmortem = &hand.file.record.postmortem;
    let id = postmortem.id.clone();
    let newest = notifications::newest_about(hand.tx, &hand.page, "postmortem", &id).await?;
    // Taken back and published again as it was, it is no news to those who were told.
    let key = format!("postmortem/{id}/said/{}", digest(postmortem));
    if !told::first(hand.tx, &hand.page, &key, hand.act.now).await? && newest.is_some() {
        return Ok(());
    }
    let thread = newest.and_then(|newest| newest.notice.subject().map(|subject| (newest.id.clone(), subject.to_owned())));
    let (previous, title) = thread.map_or_else(|| (None, postmortem.title.clone()), |(id, subject)| (Some(id), subject));
    let revised = postmortem.status == PostmortemStatus::Revised;
    let kind = if revised { NotificationKind::PostmortemRevised } else { NotificationKind::PostmortemPublished };
    let notice = Notice::Postmortem(PostmortemNotice {
        postmortem_id: id.clone(),
        title,
        summary: summary(&postmortem.text()),
        provisional: postmortem.provisional,
        at: postmortem.updated_at,
        covers: covered.names(),
        impact: covered.impact(),
        components: covered.components(),
        covered: covered.ids(),
        previous,
    });
    // The document is its own message on the wire.
    let about = About { subject_kind: "postmortem", subject_id: &id, update_id: Some(&id) };
    notify::subscribers(hand.tx, &hand.page, kind, about, notice, hand.act.now, hand.act.undo).await?;
    Ok(())
}

/// The same for the same words about the same.
fn digest(said: &Postmortem) -> Id {
    let said = format!("{:?} {} {:?} {:?}", said.text(), said.provisional, said.incident_ids, said.maintenance_id);
    Id::from_bytes(Sha256::digest(said.as_bytes()).first_chunk::<16>().copied().unwrap_or_default())
}

/// The summary, or the first paragraph of what there is.
fn summary(text: &PostmortemText) -> String {
    let named = text.sections.named();
    let first = text.sections.summary.as_deref().or(Some(text.body.as_str()).filter(|body| !body.is_empty()));
    let first = first.or_else(|| named.first().map(|(_, _, section)| *section)).unwrap_or_default();
    if text.sections.summary.is_some() {
        return first.to_owned();
    }
    let paragraphs = first.split("\n\n").filter(|paragraph| !paragraph.trim_start().starts_with('#'));
    paragraphs.map(str::trim).find(|paragraph| !paragraph.is_empty()).unwrap_or(first).to_owned()
}

/// Tells those who voted for an item and asked to be told that it is done: once for each item, whatever becomes of it later.
pub async fn tell_done(hand: &mut Hand<'_>, item: &ActionItem) -> Result<(), StoreError> {
    let act = hand.act;
    if !told::first(hand.tx, &hand.page, &format!("action_item/{}/done", item.id), act.now).await? {
        return Ok(());
    }
    let notice = Notice::ItemDone(ItemNotice {
        item_id: item.id.clone(),
        title: item.title.clone(),
        explanation: item.explanation.clone(),
        postmortem_id: hand.file.record.postmortem.id.clone(),
        postmortem: hand.file.record.postmortem.title.clone(),
    });
    let about = About { subject_kind: "action_item", subject_id: &item.id, update_id: None };
    let kind = NotificationKind::ActionItemDone;
    let notification = notify::people(hand.tx, &hand.page, kind, about, notice, &[], act.now).await?;
    action_items::tell_followers(hand.tx, &notification, &item.id, lane::of_many(kind), act.now + act.undo).await?;
    Ok(())
}
