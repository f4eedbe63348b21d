//! How fast checks were answered: a line drawn by the server, what it says in a sentence, and the same as a table.

use std::fmt::Write as _;

use chrono::{Days, DurationRound, TimeDelta};
use leptos::prelude::*;

use super::locale::Locale;
use crate::view::{DAYS_SHOWN, PublicView};
use crate::words::{CheckSums, Id};

/// The drawing: width of a point, height of the whole, and of the mark of a failed check.
const STEP: usize = 10;
const HEIGHT: i64 = 100;
const FAILED: usize = 10;
/// Half hours of the last day.
const HALF_HOURS: usize = 48;

/// One point of a line, with its name; nothing was checked where there are no sums.
struct Point {
    name: String,
    sums: Option<CheckSums>,
}

/// Both lines of a component; nothing where no check of it was timed.
#[must_use]
pub fn section(component: &Id, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let times = view.response_times.get(component)?;
    let step = TimeDelta::minutes(30);
    let newest = view.as_of.duration_trunc(step).unwrap_or(view.as_of);
    let half_hours = (0..HALF_HOURS).rev().filter_map(|back| newest.checked_sub_signed(step * i32::try_from(back).ok()?));
    let recent: Vec<Point> = half_hours
        .map(|at| Point { name: locale.text(at), sums: times.recent.iter().find(|(known, _)| *known == at).map(|(_, sums)| *sums) })
        .collect();
    let days: Vec<Point> = (0..DAYS_SHOWN as u64)
        .rev()
        .filter_map(|back| locale.today().checked_sub_days(Days::new(back)))
        .map(|day| Point { name: locale.short_date(day), sums: times.days.iter().find(|(known, _)| *known == day).map(|(_, sums)| *sums) })
        .collect();
    let recent = figure(&recent, "response-recent", "half-hour", locale);
    let days = figure(&days, "response-days", "day", locale);
    if recent.is_none() && days.is_none() {
        return None;
    }
    Some(
        view! {
            <section aria-labelledby="response">
                <h2 id="response">{locale.t("response-title")}</h2>
                <p class="hint">{locale.t("response-note")}</p>
                {recent}
                {days}
            </section>
        }
        .into_any(),
    )
}

fn figure(points: &[Point], key: &'static str, unit: &'static str, locale: Locale) -> Option<AnyView> {
    let timed = || points.iter().filter_map(|point| Some((point, point.sums?.mean_us()?)));
    let (slowest, top) = timed().max_by_key(|(_, mean)| *mean)?;
    let all: CheckSums = points.iter().filter_map(|point| point.sums).sum();
    let title = locale.with(key, [("n", points.len().into())]);
    let said = locale.with(
        "response-said",
        [
            ("mean", locale.milliseconds(all.mean_us()?).into()),
            ("unit", unit.into()),
            ("when", slowest.name.clone().into()),
            ("slowest", locale.milliseconds(top).into()),
            ("failures", all.failures.into()),
            ("checks", all.checks.into()),
        ],
    );
    let ceiling = ceiling(top);
    let (line, failed) = drawn(points, ceiling);
    let width = points.len() * STEP;
    let ends = if unit == "day" {
        [locale.with("uptime-days-ago", [("n", points.len().into())]), locale.t("uptime-today")]
    } else {
        [locale.t("response-hours-ago"), locale.t("response-now")]
    };
    let [from, until] = ends;
    let row = |point: &Point| {
        let sums = point.sums?;
        let failed = locale.with("response-failed", [("failures", sums.failures.into()), ("checks", sums.checks.into())]);
        let mean = sums.mean_us().map_or_else(|| "–".to_owned(), |mean| locale.milliseconds(mean));
        let longest = if sums.timed > 0 { locale.milliseconds(sums.longest_us) } else { "–".to_owned() };
        Some(view! { <tr><th scope="row">{point.name.clone()}</th><td>{mean}</td><td>{longest}</td><td>{failed}</td></tr> })
    };
    let rows: Vec<_> = points.iter().rev().filter_map(row).collect();
    let heading = |key| view! { <th scope="col">{locale.t(key)}</th> };
    let (title_id, text_id) = (format!("{key}-t"), format!("{key}-d"));
    let named_by = format!("{title_id} {text_id}");
    Some(
        view! {
            <figure class="rt">
                <figcaption><h3>{title.clone()}</h3><p class="soft">{said.clone()}</p></figcaption>
                <p class="scale">{locale.with("response-scale", [("top", locale.milliseconds(ceiling).into())])}</p>
                <svg
                    viewBox=format!("0 0 {width} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="img"
                    aria-labelledby=named_by
                >
                    <title id=title_id>{title}</title>
                    <desc id=text_id>{said}</desc>
                    <path class="f" d=failed></path>
                    <path class="l" d=line></path>
                </svg>
                <div class="cf"><span>{from}</span><span>{until}</span></div>
                <details class="how">
                    <summary>{locale.t("response-table")}</summary>
                    <table>
                        <thead>
                            <tr>
                                {heading("response-col-when")}
                                {heading("response-col-mean")}
                                {heading("response-col-longest")}
                                {heading("response-col-failed")}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </details>
            </figure>
        }
        .into_any(),
    )
}

impl Locale {
    /// Microseconds in whole milliseconds; what took any time took one.
    fn milliseconds(self, microseconds: i64) -> String {
        let milliseconds = (microseconds / 1000).max(i64::from(microseconds > 0));
        self.with("response-ms", [("n", milliseconds.to_string().into())])
    }
}

/// A round number at or above the highest point: 1, 2 or 5 with noughts.
fn ceiling(top_us: i64) -> i64 {
    let mut unit = 1000;
    loop {
        for step in [1, 2, 5] {
            if unit * step >= top_us {
                return unit * step;
            }
        }
        unit *= 10;
    }
}

/// The line of the means, broken where nothing was timed, and a mark at the ground where checks failed.
fn drawn(points: &[Point], ceiling: i64) -> (String, String) {
    let (mut line, mut failed) = (String::new(), String::new());
    let mut pen_down = false;
    for (index, point) in points.iter().enumerate() {
        let x = index * STEP + STEP / 2;
        match point.sums.and_then(|sums| sums.mean_us()) {
            Some(mean) => {
                let y = HEIGHT - mean * HEIGHT / ceiling;
                // A point alone is a dot: a line without length and with round ends.
                let _ = if pen_down { write!(line, "L{x} {y}") } else { write!(line, "M{x} {y}h0") };
                pen_down = true;
            }
            None => pen_down = false,
        }
        if point.sums.is_some_and(|sums| sums.failures > 0) {
            let _ = write!(failed, "M{x} {HEIGHT}v-{FAILED}");
        }
    }
    (line, failed)
}
