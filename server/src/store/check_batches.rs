//! What came of many checks, written at once: a statement for each check would cost more than the check.

use std::collections::{BTreeMap, BTreeSet};

use app::words::Id;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sqlx::types::Json;

use super::monitors::LOCATION;
use super::values::{Word, written};
use super::{StoreError, Tx};
use crate::domain::evidence::Observation;
use crate::domain::monitor::State;

/// What is known of a monitor after a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion<'a> {
    /// The monitor.
    pub monitor: &'a Id,
    /// The claim under which it was checked.
    pub epoch: i64,
    /// What is known.
    pub state: &'a State,
    /// When the next check is due.
    pub next_check_at: DateTime<Utc>,
}

/// Rows to bind, in an order that two processes share. Read as `jsonb_each($1)` by both engines, each value as an array.
fn rows(of: impl Iterator<Item = (String, Value)>) -> Json<BTreeMap<String, Value>> {
    Json(of.collect())
}

/// Keeps the results of checks; the same a second time changes nothing.
///
/// # Errors
/// [`StoreError`]
pub async fn insert_results(tx: &mut Tx, results: &[(&Id, &Observation)]) -> Result<(), StoreError> {
    let row = |(monitor, seen): &(&Id, &Observation)| {
        let (at, timings) = (written(seen.at), &seen.timings);
        let row = json!([
            monitor.as_str(),
            at,
            seen.outcome.is_good(),
            seen.outcome.class(),
            seen.excerpt,
            seen.http_status,
            timings.dns_us,
            timings.connect_us,
            timings.tls_us,
            timings.first_byte_us,
            timings.total_us
        ]);
        (format!("{monitor} {at}"), row)
    };
    execute!(
        tx,
        "insert into check_results (monitor_id, location, at, good, reason, detail, http_status, dns_us, connect_us, tls_us,
             first_byte_us, total_us)
         select value ->> 0, $1, cast(value ->> 1 as utc_text), cast(value ->> 2 as boolean), value ->> 3, value ->> 4,
                cast(value ->> 5 as bigint), cast(value ->> 6 as bigint), cast(value ->> 7 as bigint), cast(value ->> 8 as bigint),
                cast(value ->> 9 as bigint), cast(value ->> 10 as bigint)
         from jsonb_each($2) where true order by key on conflict do nothing",
        LOCATION,
        rows(results.iter().map(row))
    )?;
    Ok(())
}

/// Writes what is known of monitors after a check of each, says when the next ones are due, and gives the claims back, which are void
/// from now on. Answers with
/// those whose claim was not lost meanwhile; of the others nothing is changed.
///
/// # Errors
/// [`StoreError`]
pub async fn conclude(tx: &mut Tx, conclusions: &[Conclusion<'_>]) -> Result<BTreeSet<Id>, StoreError> {
    let row = |of: &Conclusion<'_>| {
        let state = of.state;
        let row = json!([
            of.monitor.as_str(),
            of.epoch,
            state.verdict,
            written(state.since),
            state.streak,
            state.first_failed_at.map(written),
            state.first_good_at.map(written),
            state.last_result_at.map(written),
            written(of.next_check_at),
            state.slowness.row,
            state.slowness.row_since.map(written),
            state.slowness.confirmed_since.map(written),
            state.turns.written()
        ]);
        (of.monitor.to_string(), row)
    };
    let kept = fetch_all!(
        tx,
        (Word<Id>,),
        "update monitor_states set verdict = value ->> 2, since = cast(value ->> 3 as utc_text), streak = cast(value ->> 4 as bigint),
             first_failed_at = cast(value ->> 5 as utc_text), first_good_at = cast(value ->> 6 as utc_text),
             last_result_at = cast(value ->> 7 as utc_text), next_check_at = cast(value ->> 8 as utc_text), epoch = epoch + 1,
             slow_row = cast(value ->> 9 as bigint), slow_row_since = cast(value ->> 10 as utc_text),
             slow_since = cast(value ->> 11 as utc_text), turns = value ->> 12, lease_until = null, owner = null
         from jsonb_each($1) where monitor_id = value ->> 0 and epoch = cast(value ->> 1 as bigint) and next_check_at is not null
         returning monitor_id",
        rows(conclusions.iter().map(row))
    )?;
    Ok(kept.into_iter().map(|(id,)| id.0).collect())
}

/// Lets components count as watched until those times, unless they do so for longer already. Readers' pages ask for it by themselves:
/// this is no new revision.
///
/// # Errors
/// [`StoreError`]
pub async fn refresh(tx: &mut Tx, until: &BTreeMap<&Id, DateTime<Utc>>) -> Result<(), StoreError> {
    if until.is_empty() {
        return Ok(());
    }
    let row = |(component, until): (&&Id, &DateTime<Utc>)| (component.to_string(), json!([written(*until)]));
    execute!(
        tx,
        "update components set fresh_until = cast(value ->> 0 as utc_text)
         from jsonb_each($1) fresh
         where components.id = fresh.key and (fresh_until is null or fresh_until < cast(value ->> 0 as utc_text))",
        rows(until.iter().map(row))
    )?;
    Ok(())
}
