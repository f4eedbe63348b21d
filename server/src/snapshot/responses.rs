//! How fast the monitors of each component were answered, at most a minute old. Checks are no change of the record, so this is read
//! beside it: what is new of the five minutes, and the days once a day.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use app::view::DAYS_SHOWN;
use app::words::{CheckSums, Id, ResponseTimes};
use chrono::{DateTime, Days, DurationRound, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::domain::calendar;
use crate::store::{StoreError, Tx, response_times};

/// How old they may grow.
const RENEWED: TimeDelta = TimeDelta::seconds(60);
/// How much of the recent past is shown, and in what steps.
const RECENT: TimeDelta = TimeDelta::hours(24);
const STEP: TimeDelta = TimeDelta::minutes(30);
/// What is kept of the five minutes: all of today, however long the day is.
const KEPT: TimeDelta = TimeDelta::hours(25);
/// The sums of the last minutes still grow, by results that come late.
const LATE: TimeDelta = TimeDelta::minutes(20);

/// What is known of them.
#[derive(Clone, Debug)]
pub struct Responses {
    page: Id,
    zone: Tz,
    read_at: DateTime<Utc>,
    buckets: BTreeMap<(Id, DateTime<Utc>), CheckSums>,
    days: BTreeMap<(Id, NaiveDate), CheckSums>,
    /// What pages show of them.
    pub shown: Arc<HashMap<Id, ResponseTimes>>,
}

impl Responses {
    /// Reads them anew where what is known has grown old; `None` where it has not.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be read.
    pub async fn load(tx: &mut Tx, page: &Id, zone: Tz, known: Option<&Self>, now: DateTime<Utc>) -> Result<Option<Self>, StoreError> {
        if known.is_some_and(|known| known.page == *page && known.zone == zone && now - known.read_at < RENEWED && known.read_at <= now) {
            return Ok(None);
        }
        let today = calendar::day_of(zone, now);
        // Once a day all is read again: a monitor may watch another component by now.
        let known = known.filter(|known| {
            known.page == *page && known.zone == zone && known.read_at <= now && calendar::day_of(zone, known.read_at) == today
        });
        let mut buckets = known.map(|known| known.buckets.clone()).unwrap_or_default();
        let mut days = known.map(|known| known.days.clone()).unwrap_or_default();
        let since = known.map_or(now - KEPT, |known| (known.read_at - LATE).max(now - KEPT));
        for (component, at, sums) in response_times::buckets(tx, page, since).await? {
            buckets.insert((component, at), sums);
        }
        buckets.retain(|(_, at), _| *at >= now - KEPT);
        let first = today.checked_sub_days(Days::new(DAYS_SHOWN as u64 - 1)).unwrap_or(today);
        // The day before this one is summed up a little after it has ended, or later: until it is there, all of them are asked for.
        let yesterday = today.pred_opt().unwrap_or(today);
        let first = if days.keys().any(|(_, day)| *day == yesterday) { yesterday } else { first };
        for (component, day, sums) in response_times::days(tx, page, first).await? {
            days.insert((component, day), sums);
        }
        let shown = Arc::new(shown(&buckets, &days, calendar::day_start(zone, today), today, now));
        Ok(Some(Self { page: page.clone(), zone, read_at: now, buckets, days, shown }))
    }
}

fn shown(
    buckets: &BTreeMap<(Id, DateTime<Utc>), CheckSums>,
    days: &BTreeMap<(Id, NaiveDate), CheckSums>,
    began: DateTime<Utc>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> HashMap<Id, ResponseTimes> {
    let mut shown: HashMap<Id, ResponseTimes> = HashMap::new();
    for ((component, day), sums) in days {
        shown.entry(component.clone()).or_default().days.push((*day, *sums));
    }
    for ((component, at), sums) in buckets {
        let times = shown.entry(component.clone()).or_default();
        if *at >= began {
            merge(&mut times.days, today, *sums);
        }
        if *at >= now - RECENT {
            // Cutting an instant to half an hour fails only outside the years that can be kept.
            merge(&mut times.recent, at.duration_trunc(STEP).unwrap_or(*at), *sums);
        }
    }
    shown
}

/// Adds to the last point, or begins the next.
fn merge<T: PartialEq>(points: &mut Vec<(T, CheckSums)>, at: T, sums: CheckSums) {
    match points.last_mut() {
        Some((last, known)) if *last == at => *known = [*known, sums].into_iter().sum(),
        _ => points.push((at, sums)),
    }
}
