//! Days summed up by the month and by the year.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

use super::locale::Locale;
use super::time::Month;
use crate::view::PublicView;
use crate::words::{DaySeconds, DayUptime};

/// A run of days with what they hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period<K> {
    /// What the days have in common.
    pub key: K,
    /// The first of them.
    pub first: NaiveDate,
    /// The last of them.
    pub last: NaiveDate,
    /// Their seconds.
    pub seconds: DaySeconds,
}

/// Days by month, in their order.
#[must_use]
pub fn months<'d>(days: impl Iterator<Item = &'d DayUptime>) -> Vec<Period<Month>> {
    summed(days, Month::of)
}

/// Days by year, in their order.
#[must_use]
pub fn years<'d>(days: impl Iterator<Item = &'d DayUptime>) -> Vec<Period<i32>> {
    summed(days, |day| day.year())
}

/// The first day there is a record of.
#[must_use]
pub fn first_day(view: &PublicView) -> Option<NaiveDate> {
    view.components.iter().filter_map(|component| view.all_days(component).next()).map(|day| day.day).min()
}

/// The years of which there is a record, oldest first; this one at least.
#[must_use]
pub fn recorded(view: &PublicView) -> RangeInclusive<i32> {
    let this = Locale::of(view).today().year();
    first_day(view).map_or(this, |day| day.year()).min(this)..=this
}

fn summed<'d, K: PartialEq>(days: impl Iterator<Item = &'d DayUptime>, key: fn(NaiveDate) -> K) -> Vec<Period<K>> {
    let mut found: Vec<Period<K>> = Vec::new();
    for DayUptime { day, seconds } in days {
        let key = key(*day);
        match found.last_mut().filter(|period| period.key == key) {
            Some(period) => {
                period.last = *day;
                period.seconds = [period.seconds, *seconds].into_iter().sum();
            }
            None => found.push(Period { key, first: *day, last: *day, seconds: *seconds }),
        }
    }
    found
}
