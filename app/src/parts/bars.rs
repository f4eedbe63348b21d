//! Ninety days as ninety bars. A full quiet bar is a day up; the part of a day that was lost grows from the ground in the colour of
//! the worst status; days nobody measured are one hollow box.
//!
//! Days of one kind in a row are one dashed line of SVG, so that fifty components stay a small document.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::locale::Locale;
use super::measure::plain;
use crate::view::ComponentView;
use crate::words::{ComponentStatus, DaySeconds, UptimeFigure};

/// Height of a bar in units of the drawing.
const HEIGHT: i64 = 28;
/// Ten lost minutes must be seen.
const LEAST: i64 = 6;
/// Width of a bar with its gap, and without.
const STEP: usize = 5;
const WIDTH: usize = 4;

impl DaySeconds {
    /// Height of the lost part, 0 to [`HEIGHT`].
    fn lost_height(&self) -> i64 {
        let lost = if self.wrong() > 0 { self.wrong() } else { self.under_maintenance };
        let whole = self.measured() + self.under_maintenance;
        if lost == 0 || whole == 0 {
            return 0;
        }
        (lost * HEIGHT / whole).clamp(LEAST, HEIGHT)
    }
}

impl Locale {
    /// What went wrong and what was planned, in words, the worst first: `84 min major outage, 20 min planned work`; nothing where
    /// nothing did.
    #[must_use]
    pub fn lost(self, seconds: &DaySeconds) -> Vec<String> {
        [
            (seconds.major_outage, ComponentStatus::MajorOutage),
            (seconds.partial_outage, ComponentStatus::PartialOutage),
            (seconds.degraded_performance, ComponentStatus::DegradedPerformance),
            (seconds.under_maintenance, ComponentStatus::UnderMaintenance),
        ]
        .into_iter()
        .filter(|(seconds, _)| *seconds > 0)
        .map(|(seconds, status)| self.with(&format!("uptime-lost-{}", status.as_str()), [("length", self.duration(seconds).into())]))
        .collect()
    }

    /// `99.79 % up`; `not measured` where there is no figure.
    #[must_use]
    pub fn up(self, figure: Option<UptimeFigure>) -> String {
        let up = |figure: UptimeFigure| self.with("uptime-up", [("percent", self.percent(figure.percent).into())]);
        figure.map_or_else(|| self.t("uptime-not-measured"), up)
    }

    /// The same with how much of the time it is about: `100 % up, data for 43.1 %`. Silence is not uptime, and a figure over part of a
    /// time says so beside it.
    #[must_use]
    pub fn up_and_share(self, figure: UptimeFigure) -> String {
        let up = self.up(Some(figure));
        if figure.is_whole() {
            return up;
        }
        self.with("uptime-up-partly", [("up", up.into()), ("share", self.covered(&figure).into())])
    }

    /// The share of a time that somebody measured or planned, in percent.
    #[must_use]
    pub fn covered(self, figure: &UptimeFigure) -> String {
        self.share(figure.covered())
    }

    /// `a, b, c`
    #[must_use]
    pub fn row(self, words: &[String]) -> String {
        let join = |all: String, word: &String| self.with("list-more", [("first", all.into()), ("last", word.as_str().into())]);
        words.split_first().map(|(first, rest)| rest.iter().fold(first.clone(), join)).unwrap_or_default()
    }
}

/// Whether anybody measured any of the days.
#[must_use]
pub fn any_measured(component: &ComponentView) -> bool {
    component.days.iter().any(|day| day.seconds.worst().is_some())
}

/// The strip with its ends and, where `link` asks for it, the figure as a link to the table of days; nothing where history is not
/// offered, one quiet line where nothing was measured.
#[must_use]
pub fn strip(component: &ComponentView, locale: Locale, link: bool) -> Option<AnyView> {
    if component.days.is_empty() {
        return None;
    }
    if !any_measured(component) {
        return Some(view! { <p class="nm">{locale.t("uptime-not-yet")}</p> }.into_any());
    }
    let figure = link.then(|| {
        let href = locale.href(&format!("/components/{}#days", component.component.id));
        let figure = component.uptime.map_or_else(|| locale.up(None), |figure| locale.up_and_share(figure));
        view! { <a class="pc" href=href>{figure}</a> }
    });
    let first = locale.with("uptime-days-ago", [("n", component.days.len().into())]);
    Some(
        view! { {drawing(component, locale)}<div class="cf"><span>{first}</span>{figure}<span>{locale.t("uptime-today")}</span></div> }
            .into_any(),
    )
}

fn drawing(component: &ComponentView, locale: Locale) -> AnyView {
    let whole = component.days.len() * STEP - (STEP - WIDTH);
    let (mut up, mut tops, mut silent) = (Run::default(), String::new(), Run::default());
    let mut lost: [(ComponentStatus, String); 4] = [
        (ComponentStatus::UnderMaintenance, String::new()),
        (ComponentStatus::DegradedPerformance, String::new()),
        (ComponentStatus::PartialOutage, String::new()),
        (ComponentStatus::MajorOutage, String::new()),
    ];
    for (index, day) in component.days.iter().enumerate() {
        let centre = index * STEP + WIDTH / 2;
        let Some(worst) = day.seconds.worst() else {
            silent.add(index);
            continue;
        };
        let height = day.seconds.lost_height();
        if height == 0 {
            up.add(index);
            continue;
        }
        for (status, path) in &mut lost {
            if *status == worst {
                let _ = write!(path, "M{centre} {HEIGHT}v-{height}");
            }
        }
        // One unit of air between what was lost and the rest.
        if HEIGHT - height > 2 {
            let _ = write!(tops, "M{centre} 0v{}", HEIGHT - height - 1);
        }
    }
    let path = |class: &'static str, d: String| (!d.is_empty()).then(|| view! { <path class=class d=d></path> });
    view! {
        <svg
            class="bars"
            viewBox=format!("0 0 {whole} {HEIGHT}")
            preserveAspectRatio="none"
            role="img"
            aria-label=label(component, locale)
        >
            {path("g", up.lines())}
            {path("t", tops)}
            {path("n", silent.boxes())}
            {lost.map(|(status, d)| path(status.as_str(), d)).into_iter().collect::<Vec<_>>()}
        </svg>
    }
    .into_any()
}

/// What the drawing says: the figure, the worst day, and how many days nobody measured.
fn label(component: &ComponentView, locale: Locale) -> String {
    let days = &component.days;
    let name = plain(&component.component.name);
    let mut text =
        locale.with("uptime-strip", [("name", name.into()), ("n", days.len().into()), ("figure", locale.up(component.uptime).into())]);
    let worst = days
        .iter()
        .filter(|day| day.seconds.wrong() > 0)
        .max_by_key(|day| (day.seconds.major_outage, day.seconds.partial_outage, day.seconds.degraded_performance));
    if let Some(day) = worst {
        let lost = locale.row(&locale.lost(&DaySeconds { under_maintenance: 0, ..day.seconds }));
        let day = locale.short_date(day.day);
        text = locale.with("uptime-strip-worst", [("text", text.into()), ("day", day.into()), ("what", lost.into())]);
    }
    // Silence is not uptime: days that nobody measured are told as they are drawn.
    let silent = days.iter().filter(|day| day.seconds.measured() == 0 && day.seconds.not_measured > 0).count();
    if silent > 0 && component.uptime.is_some() {
        text = locale.with("uptime-strip-silent", [("text", text.into()), ("n", silent.into())]);
    }
    text
}

/// Neighbouring days of one kind.
#[derive(Default)]
struct Run(Vec<(usize, usize)>);

impl Run {
    fn add(&mut self, index: usize) {
        match self.0.last_mut() {
            Some((_, last)) if *last + 1 == index => *last = index,
            _ => self.0.push((index, index)),
        }
    }

    /// One horizontal line per run; the style sheet dashes it into days.
    fn lines(&self) -> String {
        let mut d = String::new();
        for (first, last) in &self.0 {
            let _ = write!(d, "M{} 14h{}", first * STEP, (last - first) * STEP + WIDTH);
        }
        d
    }

    /// One hollow box per run.
    fn boxes(&self) -> String {
        let mut d = String::new();
        for (first, last) in &self.0 {
            let width = (last - first) * STEP + WIDTH - 1;
            let _ = write!(d, "M{}.5 .5h{width}v27h-{width}z", first * STEP);
        }
        d
    }
}
