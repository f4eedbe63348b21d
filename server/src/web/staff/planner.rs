//! When to do planned work: what is known of the load, and what is in the way.

use app::pages::staff::Cell;
use app::pages::staff::planner::{self as page, Planner, Source, Suggestion};
use app::staff::Wrong;
use app::view::PublicView;
use app::words::{Maintenance, PageSettings, Role, Window};
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::desk;
use crate::actions::settings;
use crate::domain::load::{self, Wanted, Week};
use crate::store::{StoreError, checks, page_reads, subscriber_zones};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

/// The page.
pub const HERE: &str = "/staff/maintenances/planner";
/// What work takes unless somebody says otherwise.
const HOUR: i64 = 60;
/// The longest window that is looked for, in minutes: a week.
const LONGEST: i64 = 7 * 24 * 60;

/// The routes.
pub const ROUTES: &[Route] = &[Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show))];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let view = match desk::view(&shared) {
        Ok(view) => view,
        Err(starting) => return *starting,
    };
    let known = match known(&shared, &caller).await {
        Ok(known) => known,
        Err(error) => return problem::away(&error),
    };
    let form = Form::of_query(query.as_deref());
    let (length, wrong) = length(&form.text("length"));
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let now = shared.clock.now();
    let zone: Tz = caller.page.time_zone.parse().unwrap_or(Tz::UTC);
    let weeks = Weeks::of(&known, zone, now);
    let planned = upcoming(&view, now);
    let taken: Vec<Window> = planned.iter().filter_map(|work| work.window).collect();
    let lead = TimeDelta::days(known.settings.lead_days);
    let wanted = Wanted { zone, from: now + lead, length: TimeDelta::minutes(length), taken: &taken };
    let suggested = load::suggestions(&weeks.guide, &wanted);
    let soon = now + load::LOOKED_AHEAD;
    let planner = Planner {
        sources: weeks.sources(),
        chosen: chosen(&form.text("source")),
        length: if wrong.is_empty() { length.to_string() } else { form.text("length") },
        suggested: if wrong.is_empty() { suggested.into_iter().map(|window| weeks.suggestion(zone, window)).collect() } else { Vec::new() },
        wrong,
        lead_days: known.settings.lead_days,
        planned: planned
            .into_iter()
            .filter_map(|work| Some((work.id.clone(), work.name.clone(), work.window.filter(|window| window.from < soon)?)))
            .collect(),
        open: view.incidents.iter().filter(|i| !i.status.is_over()).map(|i| (i.id.clone(), i.name.clone())).collect(),
    };
    problem::html(status, page::page(&super::frame(&shared, &caller, "/staff/maintenances", None), &planner))
}

/// Announced work that is not over, soonest first.
fn upcoming(view: &PublicView, now: DateTime<Utc>) -> Vec<&Maintenance> {
    let ahead = view.maintenances.iter().map(AsRef::as_ref).filter(|m: &&Maintenance| !m.status.is_over());
    let mut ahead: Vec<&Maintenance> = ahead.filter(|m| m.window.is_some_and(|window| now < window.until)).collect();
    ahead.sort_by_key(|work| work.window.map(|window| window.from));
    ahead
}

fn length(text: &str) -> (i64, Vec<Wrong>) {
    if text.is_empty() {
        return (HOUR, Vec::new());
    }
    let read = text.parse().ok().filter(|minutes| (1..=LONGEST).contains(minutes));
    let sentence = || format!("The length must be a whole number of minutes from 1 to {LONGEST}.");
    read.map_or_else(|| (HOUR, vec![Wrong { field: "length".to_owned(), sentence: sentence() }]), |minutes| (minutes, Vec::new()))
}

fn chosen(text: &str) -> &'static str {
    [ALL, CHECKS, READS, PEOPLE].into_iter().find(|key| *key == text).unwrap_or(ALL)
}

const ALL: &str = "all";
const CHECKS: &str = "checks";
const READS: &str = "reads";
const PEOPLE: &str = "people";

/// What the database knows.
struct Known {
    settings: PageSettings,
    times: Vec<(DateTime<Utc>, i64, i64)>,
    reads: Vec<(DateTime<Utc>, i64)>,
    people: Vec<(Option<String>, i64)>,
}

async fn known(shared: &Shared, caller: &Caller) -> Result<Known, StoreError> {
    let (page, since) = (&caller.page.id, load::whole_hour(shared.clock.now() - load::LOOKED_BACK));
    let mut tx = shared.db.read().await?;
    Ok(Known {
        settings: settings::load(&mut tx, page).await?,
        times: checks::times(&mut tx, page, since).await?,
        reads: page_reads::since(&mut tx, page, since).await?,
        people: subscriber_zones::counts(&mut tx, page).await?,
    })
}

/// The hours of the week as each source sees them.
struct Weeks {
    times: Week,
    reads: Week,
    people: Week,
    together: Week,
    /// What suggestions go by: where nothing is known, the working hours of the page's zone.
    guide: Week,
    unzoned: bool,
}

impl Weeks {
    fn of(known: &Known, zone: Tz, now: DateTime<Utc>) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "sums of times and counts far below 2^52")]
        let times = known.times.iter().map(|(at, sum, checks)| (*at, *sum as f64 / 1000.0, *checks as f64));
        let times = load::means(zone, times);
        let reads = load::reads(zone, &known.reads, now);
        let people: Vec<(Tz, i64)> = known
            .people
            .iter()
            .map(|(theirs, number)| (theirs.as_deref().and_then(|name| name.parse().ok()).unwrap_or(zone), *number))
            .collect();
        let people = load::at_work(zone, &people, now);
        let together = load::together(&[times.clone(), reads.clone(), people.clone()]);
        let guide = if together.is_known() { together.clone() } else { load::at_work(zone, &[(zone, 1)], now).relative() };
        Self { guide, times, reads, people, together, unzoned: known.people.iter().any(|(zone, _)| zone.is_none()) }
    }

    fn sources(&self) -> Vec<Source> {
        let people = if self.unzoned {
            "Subscribers who are at work, Monday to Friday from 8 to 18 where they are. Those who named no zone are counted in the page's."
        } else {
            "Subscribers who are at work, Monday to Friday from 8 to 18 where they are."
        };
        vec![
            source(ALL, "All together", &self.together, "Every source as much as the others, from 0 to 100.", |figure| figure * 100.0),
            source(
                CHECKS,
                "Response times",
                &self.times,
                "What checks of the monitors took, in milliseconds, the mean of four weeks.",
                |ms| ms,
            ),
            source(READS, "Page reads", &self.reads, "Documents that readers were handed in an hour, the mean of four weeks.", |reads| {
                reads
            }),
            source(PEOPLE, "Working hours", &self.people, people, |people| people),
        ]
    }

    fn suggestion(&self, zone: Tz, window: Window) -> Suggestion {
        let mut hours: Vec<usize> = std::iter::successors(Some(window.from), |at| Some(*at + TimeDelta::hours(1)))
            .take_while(|at| *at < window.until)
            .map(|at| load::hour_of_week(zone, at))
            .collect();
        hours.dedup();
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 100")]
        let load = (load::weight(&self.guide, zone, window) * 100.0).round() as i64;
        Suggestion { window, load, hours }
    }
}

fn source(key: &'static str, label: &'static str, week: &Week, sentence: &str, shown: impl Fn(f64) -> f64) -> Source {
    let levels = week.relative();
    let cell = |(hour, figure): (usize, &Option<f64>)| {
        let level = levels.level(hour)?;
        figure.map(|figure| Cell { level, figure: short(shown(figure)) })
    };
    let cells = if week.is_known() { week.figures().iter().enumerate().map(cell).collect() } else { Vec::new() };
    Source { key, label, sentence: sentence.to_owned(), cells }
}

/// A figure in at most four characters.
fn short(figure: f64) -> String {
    match figure.round() {
        large if large >= 9_999_500.0 => format!("{:.0}M", figure / 1_000_000.0),
        large if large >= 999_500.0 => format!("{:.1}M", figure / 1_000_000.0),
        large if large >= 9_999.5 => format!("{:.0}k", figure / 1_000.0),
        whole => format!("{whole:.0}"),
    }
}
