//! To hear nothing more of one incident or planned work, or nothing but that it is over.

use app::words::{Id, Mute};

use super::{Act, ActionError, Done, active};
use crate::store::mutes;

/// A confirmed subscriber mutes an incident or planned work; a second time changes nothing. What is not handed over yet is not sent. That they
/// follow it is kept, and counts for nothing meanwhile: whoever follows only this would otherwise not hear that it is over, nor of it again.
///
/// # Errors
/// [`ActionError::Missing`] of the subscriber, or where nothing public has that id.
pub async fn mute(act: &Act<'_>, page: &Id, subscriber: &Id, object: &Id, choice: Mute) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    active(&mut tx, page, subscriber).await?;
    if !mutes::published(&mut tx, page, object).await? {
        return Err(ActionError::Missing("incident"));
    }
    if mutes::set(&mut tx, subscriber, object, choice, act.now).await? {
        let detail = format!("{object} {choice}");
        act.audit(&mut tx, page, "subscriber.mute", Some(("subscriber", subscriber)), Some(detail)).await?;
    }
    tx.commit().await?;
    Ok(Done { id: object.clone(), revision: None })
}

/// A subscriber hears of it again as of everything else; a second time changes nothing.
///
/// # Errors
/// [`ActionError::Store`]
pub async fn unmute(act: &Act<'_>, page: &Id, subscriber: &Id, object: &Id) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    if mutes::remove(&mut tx, subscriber, object).await? {
        act.audit(&mut tx, page, "subscriber.unmute", Some(("subscriber", subscriber)), Some(object.to_string())).await?;
    }
    tx.commit().await?;
    Ok(Done { id: object.clone(), revision: None })
}
