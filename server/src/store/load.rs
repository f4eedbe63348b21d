//! What is known of how busy the platform is: what checks took, what readers read, and where subscribers' clocks are.

use app::words::{Id, SubscriberState};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::{StoreError, Tx};

/// Everything at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Of each bucket of five minutes: when it begins, how long all checks took together in microseconds, and how many they were.
    pub times: Vec<(DateTime<Utc>, i64, i64)>,
    /// Hours in which documents were read, and how many.
    pub reads: Vec<(DateTime<Utc>, i64)>,
    /// Zones of active subscribers, and how many are there; `None` is one that nobody named.
    pub people: Vec<(Option<String>, i64)>,
}

#[derive(FromRow)]
struct LoadRow {
    source: String,
    at: Option<DateTime<Utc>>,
    zone: Option<String>,
    amount: i64,
    weight: i64,
}

/// What is known since then, oldest first. One statement.
///
/// # Errors
/// [`StoreError`]
pub async fn known(tx: &mut Tx, page: &Id, since: DateTime<Utc>) -> Result<Load, StoreError> {
    let rows = fetch_all!(
        tx,
        LoadRow,
        "select 'times' as source, r.bucket_start as at, null as zone, cast(sum(r.total_us_sum) as bigint) as amount,
                cast(sum(r.timed_checks) as bigint) as weight
         from check_rollups r join monitors m on m.id = r.monitor_id
         where m.page_id = $1 and r.bucket_start >= $2 and r.timed_checks > 0 group by r.bucket_start
         union all
         select 'reads', hour, null, reads, 1 from page_reads where page_id = $1 and hour >= $2
         union all
         select 'people', null, time_zone, count(*), 1 from subscribers where page_id = $1 and state = $3 group by time_zone
         order by source, at, zone",
        page,
        since,
        SubscriberState::Active
    )?;
    let mut load = Load::default();
    for row in rows {
        match (row.source.as_str(), row.at) {
            ("times", Some(at)) => load.times.push((at, row.amount, row.weight)),
            ("reads", Some(at)) => load.reads.push((at, row.amount)),
            _ => load.people.push((row.zone, row.amount)),
        }
    }
    Ok(load)
}
