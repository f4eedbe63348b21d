//! Times as the page shows them: in the page's zone, and in UTC where that differs. The reader's own zone is added in the
//! browser by an island, which finds the instant in `datetime` and the page's calendar day in its first ten characters.

use chrono::{DateTime, Datelike, Days, NaiveDate, Offset, SecondsFormat, TimeZone, Utc};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::locale::Locale;
use crate::calendar;
use crate::language::Value;
use crate::words::Window;

impl Locale {
    /// The day of the view's instant.
    #[must_use]
    pub const fn today(self) -> NaiveDate {
        self.today
    }

    /// The day an instant is in. Days tile the time line, so it is not always the date that clocks show: clocks may skip or repeat midnight.
    #[must_use]
    pub fn day(self, at: DateTime<Utc>) -> NaiveDate {
        calendar::day_of(self.tz, at)
    }

    /// The date that stands beside a clock: that of yesterday again where clocks were turned back over midnight.
    fn shown_day(self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.tz).date_naive()
    }

    /// The same for a page about that day: times on it need no date.
    #[must_use]
    pub const fn about(self, day: NaiveDate) -> Self {
        Self { today: day, ..self }
    }

    fn month(self, month: u32) -> String {
        self.t(&format!("month-{month}"))
    }

    /// The same in another zone.
    fn elsewhere(self, tz: Tz) -> Self {
        Self { tz, ..self }
    }

    /// What the footer calls the zone.
    #[must_use]
    pub fn name(self) -> &'static str {
        if matches!(self.tz, Tz::UTC | Tz::Etc__UTC) { "UTC" } else { self.tz.name() }
    }

    /// The small print on how times are written.
    #[must_use]
    pub fn sentence(self) -> String {
        if self.name() == "UTC" { self.t("times-in-utc") } else { self.with("times-in-zone", [("zone", self.name().into())]) }
    }

    /// The zone's local time as a form field carries it: `2026-11-23T14:05`.
    #[must_use]
    pub fn field(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.tz).format("%Y-%m-%dT%H:%M").to_string()
    }

    /// Whether its clocks show UTC at that instant.
    fn is_utc(self, at: DateTime<Utc>) -> bool {
        self.tz.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc() == 0
    }

    /// What clocks call the zone at that instant: `CET`, `UTC`, `UTC+0530`.
    #[must_use]
    pub fn label(self, at: DateTime<Utc>) -> String {
        if self.is_utc(at) {
            return "UTC".to_owned();
        }
        let label = at.with_timezone(&self.tz).format("%Z").to_string();
        if label.starts_with(['+', '-']) { format!("UTC{label}") } else { label }
    }

    fn stamp(self, at: DateTime<Utc>) -> String {
        if self.is_utc(at) {
            return at.to_rfc3339_opts(SecondsFormat::Secs, true);
        }
        at.with_timezone(&self.tz).to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    fn clock(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.tz).format("%H:%M").to_string()
    }

    /// `22 Nov`, with the year where it is not this one.
    #[must_use]
    pub fn short_date(self, day: NaiveDate) -> String {
        if day.year() == self.today.year() {
            return self.with("date-short", [("day", day.day().into()), ("month", self.month(day.month()).into())]);
        }
        self.dated(day)
    }

    /// A calendar day with its year as text.
    fn dated(self, day: NaiveDate) -> String {
        let year = Value::from(day.year().to_string());
        self.with("date-full", [("day", day.day().into()), ("month", self.month(day.month()).into()), ("year", year)])
    }

    fn weekday(self, day: NaiveDate, date: String) -> String {
        let weekday = self.t(&format!("weekday-{}", day.weekday().number_from_monday()));
        self.with("date-named", [("weekday", weekday.into()), ("date", date.into())])
    }

    /// A day with a time on it.
    fn on(self, date: String, time: String) -> String {
        self.with("date-time", [("date", date.into()), ("time", time.into())])
    }

    /// A calendar day with its year: for what may be long ago.
    #[must_use]
    pub fn full_date(self, day: NaiveDate) -> AnyView {
        view! { <time datetime=day.to_string()>{self.dated(day)}</time> }.into_any()
    }

    /// `Sun 22 Nov`, with the year where it is not this one.
    #[must_use]
    pub fn named_date(self, day: NaiveDate) -> String {
        self.weekday(day, self.short_date(day))
    }

    /// `22 Nov`, `16–22 Nov`, `28 Oct – 3 Nov`: first and last day of a run.
    #[must_use]
    pub fn run_of_days(self, first: NaiveDate, last: NaiveDate) -> String {
        if first == last {
            return self.named_date(first);
        }
        if (first.year(), first.month()) == (last.year(), last.month()) {
            return self.with("date-run", [("first", first.day().into()), ("last", self.short_date(last).into())]);
        }
        self.with("date-run-far", [("first", self.short_date(first).into()), ("last", self.short_date(last).into())])
    }

    /// The text of an instant, for places that hold no elements: `14:32 UTC`, `21 Nov, 14:32 UTC`.
    #[must_use]
    pub fn text(self, at: DateTime<Utc>) -> String {
        let day = self.shown_day(at);
        let clock = format!("{} {}", self.clock(at), self.label(at));
        if day == self.today { self.language.isolated(clock) } else { self.on(self.short_date(day), clock) }
    }

    /// The clock to the second, for what happened just now: `14:32:07 UTC`.
    #[must_use]
    pub fn to_the_second(self, at: DateTime<Utc>) -> String {
        format!("{} {}", at.with_timezone(&self.tz).format("%H:%M:%S"), self.label(at))
    }

    /// The text of an instant for what is read another day: with its date, in the zone and in UTC:
    /// `Sun 22 Nov 2026, 15:32 CET (14:32 UTC)`.
    #[must_use]
    pub fn full_text(self, at: DateTime<Utc>) -> String {
        let there = self.on(self.in_full(self.shown_day(at)), format!("{} {}", self.clock(at), self.label(at)));
        if self.is_utc(at) {
            return there;
        }
        format!("{there} ({})", self.in_utc(at))
    }

    /// A window for what is read another day, in the zone, and in UTC where that differs: `Sat 5 Dec 2026, 06:00 to 08:00 CET` and
    /// `05:00 to 07:00 UTC`.
    #[must_use]
    pub fn full_window(self, window: Window) -> (String, Option<String>) {
        let utc = self.elsewhere(Tz::UTC);
        let differs = !self.is_utc(window.from) || !self.is_utc(window.until);
        let another_day = self.shown_day(window.from) != utc.shown_day(window.from);
        (self.span(window, true), differs.then(|| utc.span(window, another_day)))
    }

    /// [`Locale::full_window`] in one line: `Sat 5 Dec 2026, 06:00 to 08:00 CET (05:00 to 07:00 UTC)`.
    #[must_use]
    pub fn full_window_text(self, window: Window) -> String {
        match self.full_window(window) {
            (there, None) => there,
            (there, Some(utc)) => format!("{there} ({utc})"),
        }
    }

    /// Both ends, each with its date where it is another day's; the zone's label once, unless the clocks change in between.
    fn span(self, window: Window, dated: bool) -> String {
        let (first, last) = (self.shown_day(window.from), self.shown_day(window.until));
        let (before, after) = (self.label(window.from), self.label(window.until));
        let from_label = if before == after { String::new() } else { format!(" {before}") };
        let from = format!("{}{from_label}", self.clock(window.from));
        let from = if dated { self.on(self.in_full(first), from) } else { from };
        let until = format!("{} {after}", self.clock(window.until));
        let until = if first == last { until } else { self.on(self.in_full(last), until) };
        format!("{from} {} {until}", self.t("window-to"))
    }

    /// An instant: the clock alone where it is today, else with its date.
    #[must_use]
    pub fn moment(self, at: DateTime<Utc>) -> AnyView {
        let stamp = self.stamp(at);
        if self.is_utc(at) {
            return view! { <time datetime=stamp><span class="w">{self.text(at)}</span></time> }.into_any();
        }
        view! { <time datetime=stamp><span class="w">{self.text(at)}</span>" "<span class="u">{self.in_utc(at)}</span></time> }.into_any()
    }

    /// The same to the second, for what happens many times an hour.
    #[must_use]
    pub fn moment_to_the_second(self, at: DateTime<Utc>) -> AnyView {
        let (day, clock) = (self.shown_day(at), self.to_the_second(at));
        let text = if day == self.today { self.language.isolated(clock) } else { self.on(self.short_date(day), clock) };
        let utc = (!self.is_utc(at)).then(|| view! { " "<span class="u">{self.in_utc(at)}</span> });
        view! { <time datetime=self.stamp(at)><span class="w">{text}</span>{utc}</time> }.into_any()
    }

    /// The clock in UTC, with the day where it is another one there.
    fn in_utc(self, at: DateTime<Utc>) -> String {
        let clock = at.format("%H:%M UTC").to_string();
        let day = at.date_naive();
        if day == self.shown_day(at) {
            return self.language.isolated(clock);
        }
        self.on(self.with("date-short", [("day", day.day().into()), ("month", self.month(day.month()).into())]), clock)
    }

    /// A calendar day.
    #[must_use]
    pub fn date(self, day: NaiveDate) -> AnyView {
        view! { <time datetime=day.to_string()>{self.short_date(day)}</time> }.into_any()
    }

    /// A window as text: `Sat 5 Dec, 06:00 to 07:00 UTC`.
    #[must_use]
    pub fn window_text(self, window: Window) -> String {
        let (start, end) = self.window_ends(window);
        format!("{start} {} {end}", self.t("window-to"))
    }

    /// A window of planned work. The first time is marked as one the reader's zone is not added to: the second carries both.
    #[must_use]
    pub fn window(self, window: Window) -> AnyView {
        let (start, end) = self.window_ends(window);
        let to = self.t("window-to");
        let utc = (!self.is_utc(window.from) || !self.is_utc(window.until)).then(|| {
            let (start, end) = self.elsewhere(Tz::UTC).window_ends(window);
            let same_day = self.shown_day(window.from) == window.from.date_naive();
            let start = if same_day { window.from.format("%H:%M").to_string() } else { start };
            view! { <span class="u">{format!(" {start} {to} {end}")}</span> }
        });
        view! {
            <span class="win">
                <time datetime=self.stamp(window.from) data-q="">{start}</time>
                <span>{format!(" {to} ")}</span>
                <time datetime=self.stamp(window.until) data-from=self.stamp(window.from)><span class="w">{end}</span>{utc}</time>
            </span>
        }
        .into_any()
    }

    fn window_ends(self, window: Window) -> (String, String) {
        let (first, last) = (self.shown_day(window.from), self.shown_day(window.until));
        let start = self.on(self.named_date(first), self.clock(window.from));
        let end = format!("{} {}", self.clock(window.until), self.label(window.until));
        if first == last { (start, end) } else { (start, self.on(self.named_date(last), end)) }
    }

    /// When a day begins and ends.
    #[must_use]
    pub fn day_window(self, day: NaiveDate) -> Window {
        let begins = |day| calendar::day_start(self.tz, day);
        Window { from: begins(day), until: begins(day.succ_opt().unwrap_or(day)) }
    }

    /// `22 Nov 2026`
    #[must_use]
    pub fn day_in_full(self, day: NaiveDate) -> String {
        self.dated(day)
    }

    /// `Sat 5 Dec 2026`: a day with everything.
    fn in_full(self, day: NaiveDate) -> String {
        self.weekday(day, self.dated(day))
    }
}

/// A calendar month, the unit of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(NaiveDate);

impl Month {
    /// The month a day is in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Reads `2026-11`, that spelling only.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1).map(Self)
    }

    /// As addresses carry it: `2026-11`.
    #[must_use]
    pub fn key(self) -> String {
        self.0.format("%Y-%m").to_string()
    }

    /// `November 2026`
    #[must_use]
    pub fn title(self, locale: Locale) -> String {
        let month = locale.t(&format!("month-long-{}", self.0.month()));
        locale.with("month-year", [("month", month.into()), ("year", self.0.year().to_string().into())])
    }

    /// `Nov`
    #[must_use]
    pub fn short(self, locale: Locale) -> String {
        locale.month(self.0.month())
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The twelve months of a year.
    pub fn all_of(year: i32) -> impl Iterator<Item = Self> {
        (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(year, month, 1).map(Self))
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        self.0.checked_sub_days(Days::new(1)).map_or(self, Self::of)
    }

    /// The month after.
    #[must_use]
    pub fn after(self) -> Self {
        self.0.checked_add_days(Days::new(31)).map_or(self, Self::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_in_full_names_days_and_zones_as_often_as_needed() {
        let window = |from: &str, until: &str| Window { from: from.parse().unwrap_or_default(), until: until.parse().unwrap_or_default() };
        let cases = [
            ("Europe/Berlin", "2026-12-05T05:00:00Z", "2026-12-05T07:00:00Z", "Sat 5 Dec 2026, 06:00 to 08:00 CET (05:00 to 07:00 UTC)"),
            ("UTC", "2026-12-05T23:00:00Z", "2026-12-06T01:00:00Z", "Sat 5 Dec 2026, 23:00 to Sun 6 Dec 2026, 01:00 UTC"),
            // The clocks go forward in between.
            (
                "Europe/Berlin",
                "2026-03-29T00:30:00Z",
                "2026-03-29T02:00:00Z",
                "Sun 29 Mar 2026, 01:30 CET to 04:00 CEST (00:30 to 02:00 UTC)",
            ),
            // Another day in UTC.
            (
                "Asia/Kolkata",
                "2026-12-04T20:00:00Z",
                "2026-12-04T21:00:00Z",
                "Sat 5 Dec 2026, 01:30 to 02:30 IST (Fri 4 Dec 2026, 20:00 to 21:00 UTC)",
            ),
            // London shows UTC in winter and not in summer.
            ("Europe/London", "2026-12-05T05:00:00Z", "2026-12-05T07:00:00Z", "Sat 5 Dec 2026, 05:00 to 07:00 UTC"),
        ];
        for (zone, from, until, text) in cases {
            let window = window(from, until);
            assert_eq!(Locale::at(zone, window.from).full_window_text(window), text);
        }
    }

    #[test]
    fn months_are_read_in_one_spelling_only() {
        assert_eq!(Month::parse("2026-11").map(Month::key).as_deref(), Some("2026-11"));
        for text in ["2026-13", "2026-1", "26-11", "2026-11-01", "+026-11", "2026-+1", "", "x"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_follow_each_other_without_gaps() {
        let beside = |text: &str| Month::parse(text).map(|month| (month.before().key(), month.after().key()));
        assert_eq!(beside("2026-01"), Some(("2025-12".to_owned(), "2026-02".to_owned())));
        assert_eq!(beside("2026-12"), Some(("2026-11".to_owned(), "2027-01".to_owned())));
    }
}
