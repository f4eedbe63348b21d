//! What readers say of post-mortems, without saying who they are. For staff only.

use app::words::{Feedback, Id};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

#[derive(FromRow)]
struct FeedbackRow {
    id: Word<Id>,
    at: DateTime<Utc>,
    helpful: bool,
    body: Option<String>,
}

/// Keeps what a reader said; false where the document is not public.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, page: &Id, postmortem: &Id, feedback: &Feedback) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into postmortem_feedback (id, postmortem_id, at, helpful, body)
         select $3, id, $4, $5, $6 from postmortems
         where page_id = $1 and id = $2 and deleted_at is null and status in ('published', 'revised')",
        page,
        postmortem,
        feedback.id,
        feedback.at,
        feedback.helpful,
        feedback.body
    )?;
    Ok(rows > 0)
}

/// How many readers say that the document answered their questions, and how many that it did not.
///
/// # Errors
/// [`StoreError`]
pub async fn summary(tx: &mut Tx, postmortem: &Id) -> Result<(i64, i64), StoreError> {
    fetch_one!(
        tx,
        (i64, i64),
        "select count(case when helpful = $2 then 1 end), count(case when helpful <> $2 then 1 end)
         from postmortem_feedback where postmortem_id = $1",
        postmortem,
        true
    )
}

/// What readers said of a document, newest first; those who wrote nothing are in the summary only.
///
/// # Errors
/// [`StoreError`]
pub async fn written(tx: &mut Tx, postmortem: &Id, limit: i64, offset: i64) -> Result<Vec<Feedback>, StoreError> {
    let rows = fetch_all!(
        tx,
        FeedbackRow,
        "select id, at, helpful, body from postmortem_feedback where postmortem_id = $1 and body is not null
         order by at desc, id limit $2 offset $3",
        postmortem,
        limit,
        offset
    )?;
    Ok(rows.into_iter().map(|row| Feedback { id: row.id.0, at: row.at, helpful: row.helpful, body: row.body }).collect())
}
