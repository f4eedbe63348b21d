//! Whether a post-mortem answered its readers' questions.

use app::words::{Feedback, Id};

use crate::actions::{Act, ActionError, Problem};
use crate::domain::compose;
use crate::store::feedback;

/// Most characters of what a reader writes: what somebody reads who has many of them to read.
pub const LONGEST: usize = 2_000;

/// A reader says whether the document answered their questions. Nothing is kept of who they are.
///
/// # Errors
/// [`ActionError::Invalid`] where it cannot be used; [`ActionError::Missing`] where the document is not public.
pub async fn give(act: &Act<'_>, page: &Id, postmortem: &Id, helpful: &str, text: &str) -> Result<(), ActionError> {
    let (helpful, body) = match (read(helpful), readable(text)) {
        (Ok(helpful), Ok(body)) => (helpful, Some(body).filter(|body| !body.is_empty())),
        (helpful, body) => return Err(ActionError::Invalid(helpful.err().into_iter().chain(body.err()).collect())),
    };
    let said = Feedback { id: act.fresh_id(), at: act.now, helpful, body };
    let mut tx = act.db.write().await?;
    if !feedback::insert(&mut tx, page, postmortem, &said).await? {
        return Err(ActionError::Missing("post-mortem"));
    }
    tx.commit().await?;
    Ok(())
}

fn readable(text: &str) -> Result<String, Problem> {
    let length = text.trim().chars().count();
    if length > LONGEST {
        return Err(Problem::said("text", "feedback-long", length.to_string()));
    }
    if let Some(unseen) = compose::unseen(text.trim()) {
        return Err(Problem::said("text", "feedback-character", format!("U+{:04X}", u32::from(unseen))));
    }
    Ok(text.trim().replace("\r\n", "\n"))
}

fn read(helpful: &str) -> Result<bool, Problem> {
    match helpful {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Problem::said("helpful", "feedback-choose", "")),
    }
}
