//! The months of a year as twelve quiet figures, the bad ones marked by weight and by a line under them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use super::locale::Locale;
use super::measure;
use super::period;
use super::time::Month;
use crate::view::{ComponentView, PublicView};
use crate::words::{DayUptime, UptimeFigure, Weights};

/// Figures below these, in percent, are marked: a little lost, more, much.
const MARKS: [(f64, &str); 3] = [(99.0, "m3"), (99.9, "m2"), (100.0, "m1")];

/// The figure of a year, where anything was measured in it, and its twelve months.
pub struct Year {
    /// Which.
    pub year: i32,
    /// The figure of what there is of it.
    pub figure: UptimeFigure,
    months: BTreeMap<Month, UptimeFigure>,
}

/// The years of a component in which anything was measured, oldest first.
#[must_use]
pub fn years(component: &ComponentView, view: &PublicView) -> Vec<Year> {
    let days: Vec<&DayUptime> = view.all_days(component).collect();
    days.chunk_by(|a, b| a.day.year() == b.day.year()).filter_map(|days| Year::of(days, view.weights)).collect()
}

/// One year of a component; `None` where nothing was measured in it.
#[must_use]
pub fn year(component: &ComponentView, view: &PublicView, year: i32) -> Option<Year> {
    let (first, last) = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31))?;
    Year::of(&view.days_between(component, first, last).collect::<Vec<_>>(), view.weights)
}

impl Year {
    /// What days of one year hold.
    fn of(days: &[&DayUptime], weights: Weights) -> Option<Self> {
        let figure = UptimeFigure::over(days.iter().copied(), weights)?;
        let months = period::months(days.iter().copied()).into_iter();
        let months = months.filter_map(|month| UptimeFigure::of(month.seconds, weights).map(|figure| (month.key, figure))).collect();
        Some(Self { year: days.first()?.day.year(), figure, months })
    }

    /// The months in their columns, each a link to what happened in it; `heading` says whose they are.
    #[must_use]
    pub fn shown(&self, heading: AnyView, component: &ComponentView, locale: Locale) -> AnyView {
        let lowest = self.months.values().map(|figure| figure.percent).fold(100.0, f64::min);
        let cell = |month: Month| match self.months.get(&month) {
            None => view! { <li aria-hidden="true"><span><b>{month.short(locale)}</b>"–"</span></li> }.into_any(),
            Some(figure) => {
                let mark = MARKS.iter().find(|(below, _)| figure.percent < *below).map(|(_, class)| *class);
                let href = locale.href(&format!("/history?month={}&component={}", month.key(), component.component.id));
                let worst = (figure.percent < 100.0 && figure.percent <= lowest)
                    .then(|| view! { <span class="vh">", "{locale.t("uptime-month-worst")}</span> });
                let percent = measure::percent(figure.percent).replace('.', &locale.t("decimal-mark"));
                view! { <li class=mark><a href=href><b>{month.short(locale)}</b>{percent}{worst}</a></li> }.into_any()
            }
        };
        let cells: Vec<_> = Month::all_of(self.year).map(cell).collect();
        let figure = locale.up_and_share(self.figure);
        view! { <div class="ym"><div class="ch">{heading}<span class="pc">{figure}</span></div><ul>{cells}</ul></div> }.into_any()
    }
}
