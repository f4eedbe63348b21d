//! A component's uptime for programs: the same numbers that its page shows, with all they are made from, as JSON and as CSV.

use app::parts::measure::decimal;
use app::parts::period::{self, Period};
use app::view::{ComponentView, PublicView};
use app::words::{DayUptime, UptimeFigure, Weights};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::Serialize;

/// How a figure follows from its row.
const FORMULA: &str = "uptime_percent = 100 * (measured_seconds - down_seconds) / measured_seconds, cut to two decimals; down_seconds = \
     degraded_performance * its weight + partial_outage * its weight + major_outage * its weight; planned work and time not measured are \
     left out";

#[derive(Serialize)]
struct Figures<'a> {
    page: Named<'a>,
    component: Named<'a>,
    time_zone: &'a str,
    as_of: String,
    formula: &'static str,
    weights: WeightRow,
    /// The days that the strip shows.
    window: Option<Row>,
    years: Vec<Row>,
    months: Vec<Row>,
    days: Vec<Row>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct WeightRow {
    degraded_performance: serde_json::Number,
    partial_outage: serde_json::Number,
    major_outage: serde_json::Number,
}

impl From<Weights> for WeightRow {
    fn from(weights: Weights) -> Self {
        // A weight reads as a JSON number: digits, and a point at most.
        let number = |hundredths| decimal(hundredths).parse().unwrap_or_else(|_| 0.into());
        Self {
            degraded_performance: number(weights.degraded),
            partial_outage: number(weights.partial),
            major_outage: number(weights.major),
        }
    }
}

/// One period: its days, its figure, and the seconds it is made from.
#[derive(Serialize)]
struct Row {
    from: NaiveDate,
    until: NaiveDate,
    /// `null` where nothing was measured.
    uptime_percent: Option<f64>,
    measured_seconds: i64,
    down_seconds: f64,
    operational: i64,
    degraded_performance: i64,
    partial_outage: i64,
    major_outage: i64,
    under_maintenance: i64,
    not_measured: i64,
}

impl Row {
    fn of<K>(period: &Period<K>, weights: Weights) -> Self {
        let (figure, seconds) = (UptimeFigure::of(period.seconds, weights), period.seconds);
        Self {
            from: period.first,
            until: period.last,
            uptime_percent: figure.map(|figure| figure.percent),
            measured_seconds: seconds.measured(),
            down_seconds: figure.map_or(0.0, |figure| figure.down_seconds),
            operational: seconds.operational,
            degraded_performance: seconds.degraded_performance,
            partial_outage: seconds.partial_outage,
            major_outage: seconds.major_outage,
            under_maintenance: seconds.under_maintenance,
            not_measured: seconds.not_measured,
        }
    }
}

fn figures<'a>(view: &'a PublicView, component: &'a ComponentView) -> Figures<'a> {
    let days: Vec<&DayUptime> = view.all_days(component).collect();
    let all = || days.iter().copied();
    let one = |day: &DayUptime| Row::of(&Period { key: (), first: day.day, last: day.day, seconds: day.seconds }, view.weights);
    let window = component.days.first().zip(component.days.last()).map(|(first, last)| {
        let seconds = component.days.iter().map(|day| day.seconds).sum();
        Row::of(&Period { key: (), first: first.day, last: last.day, seconds }, view.weights)
    });
    Figures {
        page: Named { id: view.page.id.as_str(), name: &view.page.name },
        component: Named { id: component.component.id.as_str(), name: &component.component.name },
        time_zone: &view.page.time_zone,
        as_of: stamp(view.as_of),
        formula: FORMULA,
        weights: view.weights.into(),
        window,
        years: period::years(all()).iter().map(|year| Row::of(year, view.weights)).collect(),
        months: period::months(all()).iter().map(|month| Row::of(month, view.weights)).collect(),
        days: all().map(one).collect(),
    }
}

fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// As JSON.
///
/// # Errors
/// None in practice: plain rows of text and numbers always are JSON.
pub fn json(view: &PublicView, component: &ComponentView) -> anyhow::Result<Vec<u8>> {
    Ok(serde_json::to_vec(&figures(view, component))?)
}

/// The first line of the CSV.
pub const HEADER: [&str; 16] = [
    "component_id",
    "component_name",
    "period",
    "from",
    "until",
    "uptime_percent",
    "measured_seconds",
    "down_seconds",
    "operational",
    "degraded_performance",
    "partial_outage",
    "major_outage",
    "under_maintenance",
    "not_measured",
    "weights",
    "as_of",
];

/// As CSV: a row for the days that the strip shows, one for each year, each month and each day.
///
/// # Errors
/// None in practice: it is written into memory.
pub fn csv(view: &PublicView, component: &ComponentView) -> anyhow::Result<Vec<u8>> {
    let figures = figures(view, component);
    let weights = [view.weights.degraded, view.weights.partial, view.weights.major].map(decimal).join(" ");
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    out.write_record(HEADER)?;
    let periods = [
        ("window", figures.window.as_slice()),
        ("year", figures.years.as_slice()),
        ("month", figures.months.as_slice()),
        ("day", figures.days.as_slice()),
    ];
    for (period, row) in periods.into_iter().flat_map(|(period, rows)| rows.iter().map(move |row| (period, row))) {
        let seconds =
            [row.operational, row.degraded_performance, row.partial_outage, row.major_outage, row.under_maintenance, row.not_measured];
        let mut fields = vec![
            figures.component.id.to_owned(),
            harmless(figures.component.name),
            period.to_owned(),
            row.from.to_string(),
            row.until.to_string(),
            row.uptime_percent.map(|percent| percent.to_string()).unwrap_or_default(),
            row.measured_seconds.to_string(),
            row.down_seconds.to_string(),
        ];
        fields.extend(seconds.map(|seconds| seconds.to_string()));
        fields.extend([weights.clone(), figures.as_of.clone()]);
        out.write_record(&fields)?;
    }
    Ok(out.into_inner()?)
}

/// A text that a spreadsheet does not take for a formula.
fn harmless(text: &str) -> String {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    if formula { format!("'{text}") } else { text.to_owned() }
}
