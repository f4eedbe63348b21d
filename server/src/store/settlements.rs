//! What became of deliveries, written down by the group.

use std::collections::{BTreeMap, BTreeSet};

use app::words::Id;
use serde_json::{Value, json};
use sqlx::types::Json;

use super::deliveries::{Claimed, Span};
use super::values::{Word, written};
use super::{StoreError, Tx};
use crate::domain::courier::Verdict;

/// What became of one claimed delivery.
#[derive(Clone, Copy, Debug)]
pub struct Settlement<'a> {
    /// The claim.
    pub claimed: &'a Claimed,
    /// When it was tried.
    pub span: &'a Span,
    /// What became of it.
    pub verdict: &'a Verdict,
}

impl Settlement<'_> {
    fn key(&self) -> String {
        let Claimed { notification, recipient, epoch, .. } = self.claimed;
        format!("{notification} {recipient} {epoch}")
    }

    /// Attempts, this one included.
    fn tries(&self) -> i64 {
        self.claimed.attempts + i64::from(self.verdict.attempt.is_some())
    }
}

/// Writes down what became of claimed deliveries, and the attempts; of which the claim was still ours, by notification and recipient. Of
/// the others nothing is changed.
///
/// # Errors
/// [`StoreError`]
pub async fn settle(tx: &mut Tx, of: &[Settlement<'_>]) -> Result<BTreeSet<(Id, Id)>, StoreError> {
    let row = |one: &Settlement<'_>| {
        let (claimed, span, verdict) = (one.claimed, one.span, one.verdict);
        let over = verdict.state.is_over().then(|| written(span.finished));
        let row = json!([
            claimed.notification.as_str(),
            claimed.recipient.as_str(),
            claimed.epoch,
            verdict.state,
            written(verdict.run_at),
            verdict.maybe_duplicate,
            one.tries(),
            over,
            span.message_id
        ]);
        (one.key(), row)
    };
    // By their keys, so that two processes never wait for each other in a circle.
    let rows: BTreeMap<String, Value> = of.iter().map(row).collect();
    let settled = fetch_all!(
        tx,
        (Word<Id>, Word<Id>),
        "update deliveries set state = value ->> 3, run_at = cast(value ->> 4 as utc_text), maybe_duplicate = cast(value ->> 5 as boolean),
             attempts = cast(value ->> 6 as bigint), finished_at = cast(value ->> 7 as utc_text), owner = null, lease_until = null,
             message_id = coalesce(value ->> 8, message_id)
         from jsonb_each($1) where notification_id = value ->> 0 and recipient_id = value ->> 1 and epoch = cast(value ->> 2 as bigint)
             and state = 'sending'
         returning notification_id, recipient_id",
        Json(rows)
    )?;
    let settled: BTreeSet<(Id, Id)> = settled.into_iter().map(|(notification, recipient)| (notification.0, recipient.0)).collect();
    let ours = |one: &&Settlement<'_>| settled.contains(&(one.claimed.notification.clone(), one.claimed.recipient.clone()));
    let attempt = |one: &Settlement<'_>| {
        let attempt = one.verdict.attempt.as_ref()?;
        let (claimed, span) = (one.claimed, one.span);
        let row = json!([
            claimed.notification.as_str(),
            claimed.recipient.as_str(),
            one.tries(),
            written(span.started),
            written(span.finished),
            attempt.outcome,
            attempt.reason,
            attempt.reply
        ]);
        Some((one.key(), row))
    };
    let attempts: BTreeMap<String, Value> = of.iter().filter(ours).filter_map(attempt).collect();
    if !attempts.is_empty() {
        execute!(
            tx,
            "insert into attempts (notification_id, recipient_id, number, started_at, finished_at, outcome, reason, reply)
             select value ->> 0, value ->> 1, cast(value ->> 2 as bigint), cast(value ->> 3 as utc_text), cast(value ->> 4 as utc_text),
                    value ->> 5, value ->> 6, value ->> 7
             from jsonb_each($1) where true order by key",
            Json(attempts)
        )?;
    }
    Ok(settled)
}
