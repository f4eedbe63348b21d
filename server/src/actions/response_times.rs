//! How long the checks of a monitor took: percentiles over days, of all checks together.

use app::words::Id;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::calendar;
use crate::domain::times::Times;
use crate::store::{Db, StoreError, Tx, response_times};

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

/// Days of which results are counted one by one, today included: as long as they are kept (housekeeping), whatever hour it is.
const COUNTED: i64 = 7;
/// Days of the longest look, today included: those before the counted ones are summed up whole.
const LONGEST: i64 = 90;

/// How the times of a monitor were spread over the last 24 hours, and over the last 7 and 90 days of the page's zone, today included.
///
/// # Errors
/// [`StoreError`]
pub async fn spread(db: &Db, monitor: &Id, zone: Tz, now: DateTime<Utc>) -> Result<Vec<Spread>, StoreError> {
    let today = calendar::day_of(zone, now);
    let counted = today - TimeDelta::days(COUNTED - 1);
    let mut tx = db.read().await?;
    let results = response_times::times(&mut tx, monitor, calendar::day_start(zone, counted), now).await?;
    let kept = response_times::histograms(&mut tx, monitor, today - TimeDelta::days(LONGEST - 1)).await?;
    drop(tx);
    let day = now - TimeDelta::days(1);
    let mut times = Times::of(results.iter().map(|(_, time)| *time));
    let last_day = Times::of(results.iter().filter(|(at, _)| *at >= day).map(|(_, time)| *time));
    let mut found = vec![Spread::of(1, &last_day), Spread::of(COUNTED, &times)];
    kept.iter().filter(|(day, _)| *day < counted).for_each(|(_, histogram)| times.add(&Times::read(histogram)));
    found.push(Spread::of(LONGEST, &times));
    Ok(found)
}

/// How the times of a monitor were spread over the last 24 hours.
///
/// # Errors
/// [`StoreError`]
pub async fn of_last_day(tx: &mut Tx, monitor: &Id, now: DateTime<Utc>) -> Result<Spread, StoreError> {
    let results = response_times::times(tx, monitor, now - TimeDelta::days(1), now).await?;
    Ok(Spread::of(1, &Times::of(results.into_iter().map(|(_, time)| time))))
}

impl Spread {
    fn of(days: i64, times: &Times) -> Self {
        let percentile = |of_hundred| times.percentile(of_hundred);
        Self { days, checks: times.len(), p50_us: percentile(50.0), p95_us: percentile(95.0), p99_us: percentile(99.0) }
    }
}
