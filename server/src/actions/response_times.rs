//! How long the checks of a monitor took: percentiles over days, of all checks together.

use app::words::Id;
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::times::Times;
use crate::store::{Db, StoreError, response_times};

/// How the times of some days were spread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many days, up to now.
    pub days: i64,
    /// How many checks had a time.
    pub checks: u64,
    /// Of half of them at most this, in microseconds; `None` where there was none.
    pub p50_us: Option<u64>,
    /// Of 95 in 100.
    pub p95_us: Option<u64>,
    /// Of 99 in 100.
    pub p99_us: Option<u64>,
}

/// The days that are looked at: one, as long as results are kept, and as long as their sums are.
const DAYS: [i64; 3] = [1, 7, 90];
/// Results of these days are counted themselves; of longer ago the sums of whole days are.
const COUNTED: TimeDelta = TimeDelta::days(7);

/// How the times of a monitor were spread over the last day, week and quarter.
///
/// # Errors
/// [`StoreError`]
pub async fn spread(db: &Db, monitor: &Id, now: DateTime<Utc>) -> Result<Vec<Spread>, StoreError> {
    let mut tx = db.read().await?;
    let mut found = Vec::new();
    for days in DAYS {
        let since = now - TimeDelta::days(days);
        let counted = since.max(now - COUNTED);
        let mut times = Times::of(response_times::times(&mut tx, monitor, counted, now).await?);
        if since < counted {
            // Whole days that ended before what is counted began.
            let until = counted.date_naive() - TimeDelta::days(1);
            let kept = response_times::histograms(&mut tx, monitor, since.date_naive()).await?;
            kept.iter().filter(|(day, _)| *day <= until).for_each(|(_, histogram)| times.add(&Times::read(histogram)));
        }
        let percentile = |of_hundred| times.percentile(of_hundred);
        found.push(Spread { days, checks: times.len(), p50_us: percentile(50.0), p95_us: percentile(95.0), p99_us: percentile(99.0) });
    }
    Ok(found)
}
