//! How a platform is used, hour of the week by hour of the week, and when work would disturb least. Hours are those of the page's
//! zone, found from instants: where clocks are turned, an hour is there twice or not at all, and nothing shifts.

use app::words::Window;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use chrono::{Datelike, Timelike};
use chrono_tz::Tz;

/// Hours of a week.
pub const HOURS: usize = 7 * 24;
/// The steps in which load is drawn, beside none.
pub const LEVELS: u8 = 5;

/// How far behind an average looks: four weeks say what is usual, and what was usual last season is left out.
pub const LOOKED_BACK: TimeDelta = TimeDelta::days(28);
/// How far ahead windows are looked for.
pub const LOOKED_AHEAD: TimeDelta = TimeDelta::days(28);
/// Windows that are suggested.
const SUGGESTED: usize = 5;
/// When people work, in their own zone, Monday to Friday.
const WORKING_HOURS: std::ops::Range<u32> = 8..18;

/// A figure for each hour of the week, Monday from midnight first; `None` where nothing is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Week(Vec<Option<f64>>);

impl Week {
    /// The mean of what is known of each hour.
    fn of_means(sums: Vec<(f64, f64)>) -> Self {
        Self(sums.into_iter().map(|(sum, weight)| (weight > 0.0).then(|| sum / weight)).collect())
    }

    /// The figures, Monday from midnight first.
    #[must_use]
    pub fn figures(&self) -> &[Option<f64>] {
        &self.0
    }

    /// The figure of that hour of the week.
    #[must_use]
    pub fn figure(&self, hour: usize) -> Option<f64> {
        self.0.get(hour).copied().flatten()
    }

    /// Whether anything is known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    /// The same from 0, the quietest hour, to 1, the busiest. A week that is the same all over is quiet all over.
    #[must_use]
    pub fn relative(&self) -> Self {
        let known = || self.0.iter().flatten().copied();
        let least = known().fold(f64::INFINITY, f64::min);
        let span = known().fold(f64::NEG_INFINITY, f64::max) - least;
        Self(self.0.iter().map(|figure| figure.map(|figure| if span > 0.0 { (figure - least) / span } else { 0.0 })).collect())
    }

    /// The step in which an hour is drawn, from 0 to [`LEVELS`] - 1; of a week from 0 to 1.
    #[must_use]
    pub fn level(&self, hour: usize) -> Option<u8> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 4")]
        let step = |figure: f64| (figure * f64::from(LEVELS)).clamp(0.0, f64::from(LEVELS - 1)) as u8;
        self.figure(hour).map(step)
    }
}

/// Which hour of the week an instant is in.
#[must_use]
pub fn hour_of_week(zone: Tz, at: DateTime<Utc>) -> usize {
    let local = at.with_timezone(&zone);
    (local.weekday().num_days_from_monday() * 24 + local.hour()) as usize
}

/// What was measured at instants, each with its weight: the mean of each hour of the week.
#[must_use]
pub fn means(zone: Tz, measured: impl IntoIterator<Item = (DateTime<Utc>, f64, f64)>) -> Week {
    let mut sums = vec![(0.0, 0.0); HOURS];
    for (at, sum, weight) in measured {
        if let Some(known) = sums.get_mut(hour_of_week(zone, at)) {
            known.0 += sum;
            known.1 += weight;
        }
    }
    Week::of_means(sums)
}

/// Reads per hour: an hour that nobody counted since the first that was counted had none. The running hour is left out: it is not over.
#[must_use]
pub fn reads(zone: Tz, counted: &[(DateTime<Utc>, i64)], now: DateTime<Utc>) -> Week {
    let counted: std::collections::BTreeMap<_, _> = counted.iter().copied().collect();
    let first = counted.keys().next().copied();
    let until = whole_hour(now);
    #[expect(clippy::cast_precision_loss, reason = "reads of an hour")]
    let of = |hour: DateTime<Utc>| (hour, counted.get(&hour).copied().unwrap_or(0) as f64, 1.0);
    means(zone, first.into_iter().flat_map(|first| hours(first, until)).map(of))
}

/// How many of these people are at work in each hour of the week; each has a zone. Of the two weeks to come, since zones turn their
/// clocks on different days, and in any single week an hour may be missing.
#[must_use]
pub fn at_work(zone: Tz, people: &[(Tz, i64)], now: DateTime<Utc>) -> Week {
    if people.iter().all(|(_, number)| *number <= 0) {
        return Week(vec![None; HOURS]);
    }
    let working = |at: DateTime<Utc>| {
        let here = people.iter().filter(|(theirs, _)| {
            let local = at.with_timezone(theirs);
            local.weekday().num_days_from_monday() < 5 && WORKING_HOURS.contains(&local.hour())
        });
        here.map(|(_, number)| *number).sum::<i64>()
    };
    let from = whole_hour(now);
    #[expect(clippy::cast_precision_loss, reason = "a number of people")]
    means(zone, hours(from, from + TimeDelta::days(14)).map(|at| (at, working(at) as f64, 1.0)))
}

/// All sources together, each as much as the others, from 0 to 1.
#[must_use]
pub fn together(sources: &[Week]) -> Week {
    let known: Vec<Week> = sources.iter().filter(|week| week.is_known()).map(Week::relative).collect();
    let sum = |hour: usize| {
        let figures: Vec<f64> = known.iter().filter_map(|week| week.figure(hour)).collect();
        #[expect(clippy::cast_precision_loss, reason = "three sources")]
        let weight = figures.len() as f64;
        (figures.iter().sum(), weight)
    };
    Week::of_means((0..HOURS).map(sum).collect()).relative()
}

/// What a suggestion may not touch, and how long it takes.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// The page's zone.
    pub zone: Tz,
    /// The earliest instant: now and the lead time.
    pub from: DateTime<Utc>,
    /// How long the work takes.
    pub length: TimeDelta,
    /// Other windows.
    pub taken: &'a [Window],
}

/// The quietest windows of the four weeks from then on, the quietest first and of equals the earliest; at most one a day, none over
/// another window, and none in which clocks are turned: nobody could say how long it is.
#[must_use]
pub fn suggestions(load: &Week, wanted: &Wanted) -> Vec<Window> {
    let first = whole_hour(wanted.from) + TimeDelta::hours(1);
    let offset = |at: DateTime<Utc>| {
        use chrono::Offset as _;
        at.with_timezone(&wanted.zone).offset().fix()
    };
    let mut found: Vec<(f64, Window)> = hours(first, first + LOOKED_AHEAD)
        .map(|from| Window { from, until: from + wanted.length })
        .filter(|window| offset(window.from) == offset(window.until))
        .filter(|window| wanted.taken.iter().all(|taken| window.until <= taken.from || taken.until <= window.from))
        .map(|window| (weight(load, wanted.zone, window), window))
        .collect();
    found.sort_by(|(one, a), (other, b)| one.total_cmp(other).then(a.from.cmp(&b.from)));
    let mut chosen: Vec<Window> = Vec::new();
    for (_, window) in found {
        let day = |window: &Window| window.from.with_timezone(&wanted.zone).date_naive();
        if chosen.len() < SUGGESTED && chosen.iter().all(|other| day(other) != day(&window)) {
            chosen.push(window);
        }
    }
    chosen
}

/// The load of a window: the mean over the time it lasts. An hour of which nothing is known counts like a busy one.
#[must_use]
pub fn weight(load: &Week, zone: Tz, window: Window) -> f64 {
    let mut sum = 0.0;
    for hour in hours(whole_hour(window.from), window.until) {
        let within = (window.until.min(hour + TimeDelta::hours(1)) - window.from.max(hour)).num_seconds();
        #[expect(clippy::cast_precision_loss, reason = "at most an hour")]
        let share = within as f64;
        sum += load.figure(hour_of_week(zone, hour)).unwrap_or(1.0) * share;
    }
    #[expect(clippy::cast_precision_loss, reason = "the length of a window")]
    let length = (window.until - window.from).num_seconds().max(1) as f64;
    sum / length
}

/// The whole hours from one on, until another.
fn hours(from: DateTime<Utc>, until: DateTime<Utc>) -> impl Iterator<Item = DateTime<Utc>> {
    std::iter::successors(Some(from), |at| at.checked_add_signed(TimeDelta::hours(1))).take_while(move |at| *at < until)
}

/// The start of the hour. Cutting fails only outside the years that can be kept.
#[must_use]
pub fn whole_hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}
