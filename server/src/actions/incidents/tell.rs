//! Who is told of a message, and what: fixed in the transaction of the message.

use app::words::{Id, IncidentUpdate, NotificationKind};

use super::in_hand::InHand;
use crate::actions::notify::{self, About};
use crate::actions::statuses::Board;
use crate::domain::notice::{IncidentNotice, Notice, NoticeComponent};
use crate::store::{StoreError, notifications};

/// Tells subscribers of a message, if its writer wants them to hear of it. `board` is what is said after it.
pub async fn tell(hand: &mut InHand<'_>, update: &IncidentUpdate, board: &Board) -> Result<(), StoreError> {
    if !update.notify {
        return Ok(());
    }
    let newest = notifications::newest_about(&mut hand.tx, &hand.page, "incident", &hand.incident.id).await?;
    // Staff were told of a monitor's draft, which has no thread; the thread of subscribers begins after it.
    let thread = newest.and_then(|newest| newest.notice.subject().map(|subject| (newest.id.clone(), subject.to_owned())));
    let kind = match &thread {
        None => NotificationKind::IncidentOpened,
        Some(_) if update.status.is_over() => NotificationKind::IncidentResolved,
        Some(_) => NotificationKind::IncidentUpdated,
    };
    let (previous, subject) = thread.map_or_else(|| (None, hand.incident.name.clone()), |(id, subject)| (Some(id), subject));
    let notice = Notice::Incident(notice(hand, update, board, subject, previous));
    let about = About { subject_kind: "incident", subject_id: &hand.incident.id, update_id: Some(&update.id) };
    notify::subscribers(&mut hand.tx, &hand.page, kind, about, notice, hand.act.now, hand.act.undo).await?;
    Ok(())
}

/// Lets a notice that nobody got yet say what the message says now.
pub async fn tell_anew(hand: &mut InHand<'_>, update: &IncidentUpdate, board: &Board) -> Result<(), StoreError> {
    let Some(told) = notifications::of_update(&mut hand.tx, &hand.page, &update.id).await? else { return Ok(()) };
    if let Notice::Incident(before) = told.notice {
        let notice = Notice::Incident(notice(hand, update, board, before.subject, before.previous));
        notifications::rewrite(&mut hand.tx, &told.id, &notice).await?;
    }
    Ok(())
}

fn notice(hand: &InHand<'_>, update: &IncidentUpdate, board: &Board, subject: String, previous: Option<Id>) -> IncidentNotice {
    let incident = &hand.incident;
    let named = incident.components.iter().filter_map(|id| board.component(id));
    IncidentNotice {
        incident_id: incident.id.clone(),
        subject,
        name: incident.name.clone(),
        update_id: update.id.clone(),
        status: update.status,
        impact: incident.impact,
        body: update.body.clone(),
        display_at: update.display_at,
        started_at: incident.started_at,
        resolved_at: incident.resolved_at,
        next_update_at: incident.next_update_at,
        components: named
            .map(|row| NoticeComponent { id: row.component.id.clone(), name: board.full_name(row), status: board.status(row) })
            .collect(),
        previous,
    }
}
