//! Uptime against a brute force that asks every single minute.

use app::parts::measure::percent as percent_text;
use app::words::ComponentStatus::{self, DegradedPerformance, MajorOutage, Operational, PartialOutage, UnderMaintenance};
use app::words::{DaySeconds, DayUptime, StatusChange, StatusSource, UptimeFigure, Weights, Window};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use server::domain::calendar::day_start;
use server::domain::uptime::History;

use super::{any_status, at, day, id};

/// Zones with a first day from which three days hold something odd: both of Berlin's changes, both of São Paulo's (at midnight).
const STAGES: &[(Tz, &str)] = &[
    (Tz::Etc__UTC, "2026-11-22"),
    (Tz::Asia__Kathmandu, "2026-11-22"),
    (Tz::Europe__Berlin, "2026-03-28"),
    (Tz::Europe__Berlin, "2026-10-24"),
    (Tz::America__Sao_Paulo, "2018-11-03"),
    (Tz::America__Sao_Paulo, "2018-02-16"),
];

fn change(from: Option<ComponentStatus>, to: ComponentStatus, at: DateTime<Utc>) -> StatusChange {
    StatusChange { component_id: id(1), from, to, at, source: StatusSource::Staff }
}

fn history(words: &[(DateTime<Utc>, ComponentStatus)]) -> Vec<StatusChange> {
    let mut words = words.to_vec();
    words.sort_by_key(|(at, _)| *at);
    let before = std::iter::once(None).chain(words.iter().map(|(_, status)| Some(*status)));
    before.zip(&words).map(|(from, (at, to))| change(from, *to, *at)).collect()
}

fn field(seconds: &mut DaySeconds, status: Option<ComponentStatus>) -> &mut i64 {
    match status {
        None => &mut seconds.not_measured,
        Some(Operational) => &mut seconds.operational,
        Some(UnderMaintenance) => &mut seconds.under_maintenance,
        Some(DegradedPerformance) => &mut seconds.degraded_performance,
        Some(PartialOutage) => &mut seconds.partial_outage,
        Some(MajorOutage) => &mut seconds.major_outage,
    }
}

/// Everything on whole minutes: each minute is asked for its date and its status.
fn by_the_minute(
    changes: &[StatusChange],
    planned: &[Window],
    zone: Tz,
    first: NaiveDate,
    last: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<DayUptime> {
    let mut found: Vec<_> =
        first.iter_days().take_while(|day| *day <= last).map(|day| DayUptime { day, seconds: DaySeconds::default() }).collect();
    let mut minute = first.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::days(1);
    while minute < now {
        let date = minute.with_timezone(&zone).date_naive();
        if let Some(today) = found.iter_mut().find(|d| d.day == date) {
            let said = changes.iter().filter(|c| c.at <= minute).map(|c| c.to).next_back();
            let working = planned.iter().any(|w| w.from <= minute && minute < w.until);
            *field(&mut today.seconds, if working { Some(UnderMaintenance) } else { said }) += 60;
        }
        minute += TimeDelta::minutes(1);
    }
    found
}

fn days(changes: &[StatusChange], planned: &[Window], zone: Tz, first: NaiveDate, last: NaiveDate, now: DateTime<Utc>) -> Vec<DayUptime> {
    History { changes, planned, zone, start_date: None }.days(first, last, now)
}

fn figure(days: &[DayUptime], weights: Weights) -> Option<UptimeFigure> {
    UptimeFigure::over(days, weights)
}

fn total(s: &DaySeconds) -> i64 {
    s.operational + s.degraded_performance + s.partial_outage + s.major_outage + s.under_maintenance + s.not_measured
}

proptest! {
    #[test]
    fn every_day_counts_what_asking_each_minute_counts(
        (zone, first) in prop::sample::select(STAGES),
        words in prop::collection::vec((0i64..6000, any_status()), 0..8),
        work in prop::collection::vec((0i64..6000, 1i64..900), 0..4),
        now in 0i64..7000,
    ) {
        let first = day(first);
        let last = first + TimeDelta::days(2);
        let minute = |n| first.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(n - 1000);
        let changes = history(&words.iter().map(|(n, status)| (minute(*n), *status)).collect::<Vec<_>>());
        let planned: Vec<_> = work.iter().map(|(n, long)| Window { from: minute(*n), until: minute(n + long) }).collect();
        let expected = by_the_minute(&changes, &planned, zone, first, last, minute(now));
        let found = days(&changes, &planned, zone, first, last, minute(now));
        prop_assert_eq!(&found, &expected);

        let weights = Weights { degraded: 10, partial: 30, major: 100 };
        let mut all = DaySeconds::default();
        for status in std::iter::once(None).chain(ComponentStatus::ALL.iter().copied().map(Some)) {
            *field(&mut all, status) = expected.iter().map(|d| *field(&mut d.seconds.clone(), status)).sum();
        }
        let measured = total(&all) - all.under_maintenance - all.not_measured;
        match figure(&found, weights) {
            None => prop_assert_eq!(measured, 0),
            Some(figure) => {
                let up = all.operational as f64 + all.degraded_performance as f64 * 0.9 + all.partial_outage as f64 * 0.7;
                let exact = up / measured as f64 * 100.0;
                prop_assert!(figure.percent <= exact + 1e-9 && figure.percent > exact - 0.01 - 1e-9, "{} for {exact}", figure.percent);
                prop_assert_eq!(figure.percent == 100.0, figure.down_seconds == 0.0);
                prop_assert!((figure.down_seconds - (measured as f64 - up)).abs() < 1e-6);
                prop_assert_eq!(figure.seconds.measured(), measured);
                prop_assert_eq!(figure.seconds.under_maintenance, all.under_maintenance);
                prop_assert_eq!(figure.seconds.not_measured, all.not_measured);
            }
        }
    }

    #[test]
    fn stretches_say_at_every_minute_what_the_minute_says(
        (zone, first) in prop::sample::select(STAGES),
        words in prop::collection::vec((0i64..6000, any_status()), 0..8),
        work in prop::collection::vec((0i64..6000, 1i64..900), 0..4),
        start in 0u64..4,
    ) {
        let first = day(first);
        let minute = |n| first.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(n - 1000);
        let changes = history(&words.iter().map(|(n, status)| (minute(*n), *status)).collect::<Vec<_>>());
        let planned: Vec<_> = work.iter().map(|(n, long)| Window { from: minute(*n), until: minute(n + long) }).collect();
        let start_date = (start > 0).then(|| first + chrono::Days::new(start - 1));
        let offered = start_date.map_or(DateTime::<Utc>::MIN_UTC, |day| day_start(zone, day));
        let now = minute(5500);
        let found = History { changes: &changes, planned: &planned, zone, start_date }.stretches(first, now);
        prop_assert!(found.windows(2).all(|pair| matches!(pair, [a, b] if a.from < b.from && a.status != b.status)));
        let mut at = day_start(zone, first);
        prop_assert_eq!(found.first().map(|stretch| stretch.from), Some(at));
        while at < now {
            let said = changes.iter().filter(|c| c.at <= at).map(|c| c.to).next_back();
            let working = planned.iter().any(|w| w.from <= at && at < w.until);
            let expected = if at < offered { None } else if working { Some(UnderMaintenance) } else { said };
            let stretch = found.iter().rfind(|stretch| stretch.from <= at);
            prop_assert_eq!(stretch.map(|stretch| stretch.status), Some(expected), "at {}", at);
            at += TimeDelta::minutes(1);
        }
    }

    #[test]
    fn a_days_seconds_add_up_to_the_day_however_crooked_the_times_are(
        words in prop::collection::vec((0i64..400_000_000_000, any_status()), 0..12),
        work in prop::collection::vec((0i64..400_000_000_000, 0i64..90_000_000_000), 0..4),
    ) {
        let first = day("2026-03-28");
        let micros = |n| at("2026-03-27T22:00:00Z") + TimeDelta::microseconds(n);
        let changes = history(&words.iter().map(|(n, status)| (micros(*n), *status)).collect::<Vec<_>>());
        let planned: Vec<_> = work.iter().map(|(n, long)| Window { from: micros(*n), until: micros(n + long) }).collect();
        let found = days(&changes, &planned, Tz::Europe__Berlin, first, day("2026-03-30"), at("2026-03-30T10:00:00.9Z"));
        let totals: Vec<_> = found.iter().map(|d| total(&d.seconds)).collect();
        prop_assert_eq!(totals, vec![86_400, 82_800, 43_200]);
    }

    #[test]
    fn a_shown_percentage_never_flatters(percent in 0.0f64..100.0) {
        let text = percent_text(percent);
        let shown: f64 = text.parse().unwrap_or(f64::NAN);
        prop_assert!(shown <= percent + 1e-7, "{text} for {percent}");
        prop_assert!(shown > percent - 0.01 - 1e-7, "{text} for {percent}");
        prop_assert_ne!(text, "100.00");
    }
}

fn one_utc_day(changes: &[StatusChange], planned: &[Window]) -> Vec<DayUptime> {
    days(changes, planned, Tz::UTC, day("2026-11-22"), day("2026-11-22"), at("2026-11-23T08:00:00Z"))
}

#[test]
fn ten_minutes_of_partial_outage_in_a_day_are_99_79_percent() {
    let changes = history(&[
        (at("2026-11-01T00:00:00Z"), Operational),
        (at("2026-11-22T12:00:00Z"), PartialOutage),
        (at("2026-11-22T12:10:00Z"), Operational),
    ]);
    let found =
        figure(&one_utc_day(&changes, &[]), Weights::default()).map(|f| (percent_text(f.percent), f.seconds.measured(), f.down_seconds));
    assert_eq!(found, Some(("99.79".to_owned(), 86_400, 180.0)));
}

#[test]
fn a_major_outage_counts_whole_and_degraded_performance_not_at_all() {
    let changes = history(&[
        (at("2026-11-01T00:00:00Z"), DegradedPerformance),
        (at("2026-11-22T06:00:00Z"), MajorOutage),
        (at("2026-11-22T12:00:00Z"), Operational),
    ]);
    assert_eq!(figure(&one_utc_day(&changes, &[]), Weights::default()).map(|f| f.percent), Some(75.0));
}

#[test]
fn nothing_before_the_first_word_is_measured_even_where_the_word_names_what_was() {
    let changes = [change(Some(Operational), MajorOutage, at("2026-11-22T18:00:00Z"))];
    let found = one_utc_day(&changes, &[]);
    let expected = DaySeconds { not_measured: 64_800, major_outage: 21_600, ..DaySeconds::default() };
    assert_eq!(found, [DayUptime { day: day("2026-11-22"), seconds: expected }]);
    assert_eq!(figure(&one_utc_day(&[], &[]), Weights::default()), None);
}

#[test]
fn planned_work_is_outside_the_sum_and_overlaps_count_once() {
    let changes = history(&[(at("2026-11-01T00:00:00Z"), Operational), (at("2026-11-22T10:00:00Z"), MajorOutage)]);
    let window = |from, until| Window { from: at(from), until: at(until) };
    let planned = [
        window("2026-11-22T11:00:00Z", "2026-11-23T02:00:00Z"),
        window("2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z"),
        window("2026-11-22T10:30:00Z", "2026-11-22T11:00:00Z"),
    ];
    let found = figure(&one_utc_day(&changes, &planned), Weights::default());
    assert_eq!(found.map(|f| (f.percent, f.seconds.under_maintenance, f.seconds.measured())), Some((100.0, 50_400, 36_000)));
}

#[test]
fn what_is_still_to_come_is_counted_nowhere() {
    let changes = history(&[(at("2026-11-01T00:00:00Z"), Operational), (at("2026-11-23T20:00:00Z"), MajorOutage)]);
    let found = days(&changes, &[], Tz::UTC, day("2026-11-22"), day("2026-11-25"), at("2026-11-23T08:00:00Z"));
    let operational: Vec<_> = found.iter().map(|d| (d.seconds.operational, total(&d.seconds))).collect();
    assert_eq!(operational, [(86_400, 86_400), (28_800, 28_800), (0, 0), (0, 0)]);
}

#[test]
fn percentages_are_cut_and_only_a_perfect_record_reads_100() {
    let cases =
        [(100.0, "100"), (99.999, "99.99"), (99.999_999_999_9, "99.99"), (99.7917, "99.79"), (99.79, "99.79"), (0.0, "0"), (8.05, "8.05")];
    for (percent, expected) in cases {
        assert_eq!(percent_text(percent), expected);
    }
}

#[test]
fn a_whole_number_of_hundredths_is_shown_as_it_is() {
    for n in 1..10_000 {
        assert_eq!(percent_text(f64::from(n) / 100.0), format!("{}.{:02}", n / 100, n % 100));
    }
}

#[test]
fn days_before_the_one_that_uptime_is_offered_from_are_not_measured() {
    let changes = history(&[(at("2026-11-01T00:00:00Z"), MajorOutage)]);
    let history = History { changes: &changes, planned: &[], zone: Tz::UTC, start_date: Some(day("2026-11-22")) };
    let found = history.days(day("2026-11-21"), day("2026-11-22"), at("2026-11-24T00:00:00Z"));
    let seconds: Vec<_> = found.iter().map(|day| (day.seconds.not_measured, day.seconds.major_outage)).collect();
    assert_eq!(seconds, [(86_400, 0), (0, 86_400)]);
}

#[test]
fn pages_and_figures_agree_on_when_a_day_begins() {
    for (zone, first) in STAGES.iter().chain(&[(Tz::Pacific__Apia, "2011-12-29"), (Tz::Australia__Lord_Howe, "2026-10-03")]) {
        let locale = app::parts::locale::Locale::at(zone.name(), at("2026-11-22T00:00:00Z"));
        for date in day(first).iter_days().take(4) {
            assert_eq!(locale.day_window(date).from, day_start(*zone, date), "{zone} {date}");
        }
    }
}
