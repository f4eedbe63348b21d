//! Whether a post-mortem answered its readers' questions.

use app::words::{Feedback, Id};

use crate::actions::{Act, ActionError, Problems};
use crate::domain::compose;
use crate::store::feedback;

/// Most characters of what a reader writes: what somebody reads who has many of them to read.
pub const LONGEST: usize = 2_000;

/// A reader says whether the document answered their questions. Nothing is kept of who they are.
///
/// # Errors
/// [`ActionError::Invalid`] where it cannot be used; [`ActionError::Missing`] where the document is not public.
pub async fn give(act: &Act<'_>, page: &Id, postmortem: &Id, helpful: &str, text: &str) -> Result<(), ActionError> {
    let mut problems = Problems::default();
    let helpful = problems.keep("helpful", read(helpful));
    let body = problems.keep("text", compose::text_up_to("Your text", text, LONGEST));
    problems.end()?;
    let body = Some(body).filter(|body| !body.is_empty());
    let said = Feedback { id: act.fresh_id(), at: act.now, helpful, body };
    let mut tx = act.db.write().await?;
    if !feedback::insert(&mut tx, page, postmortem, &said).await? {
        return Err(ActionError::Missing("post-mortem"));
    }
    tx.commit().await?;
    Ok(())
}

fn read(helpful: &str) -> Result<bool, String> {
    match helpful {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("Choose yes or no.".to_owned()),
    }
}
