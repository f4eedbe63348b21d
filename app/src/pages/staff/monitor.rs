//! `/staff/monitors/{id}/checks`: what one monitor saw. Staff only.

use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

use super::evidence::{took, words};
use super::monitors::{face, standing};
use crate::parts::form::{self, Weight};
use crate::parts::glyph::badge;
use crate::parts::locale::Locale;
use crate::parts::measure::{count, plain, plain_or, precise};
use crate::staff::{Frame, document};
use crate::words::{Monitor, MonitorKind, Role, Verdict};

/// All that the page shows.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The monitor.
    pub monitor: Monitor,
    /// What its checks mean.
    pub verdict: Verdict,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Whether its component is worked on as planned.
    pub worked_on: bool,
    /// What its component is called.
    pub component: Option<String>,
    /// What is waited for, of a heartbeat monitor.
    pub beats: Option<Beats>,
    /// How long its checks of the last 24 hours took; `None` where none had a time.
    pub times: Option<Paces>,
    /// What its checks came to mean, newest first.
    pub turns: Vec<Turn>,
    /// Its newest checks, newest first.
    pub checks: Vec<Made>,
}

/// What a heartbeat monitor waits for.
#[derive(Clone, Debug)]
pub struct Beats {
    /// How late a beat may be.
    pub grace: TimeDelta,
    /// When the next beat counts as missing; `None` before the first one, and while it rests.
    pub missing_at: Option<DateTime<Utc>>,
    /// The address that the job calls; `None` for those who may not change monitors.
    pub push_url: Option<String>,
}

/// How the times of checks are spread, in microseconds.
#[derive(Clone, Copy, Debug)]
pub struct Paces {
    /// How many checks had a time.
    pub checks: usize,
    /// Half of them took at most this.
    pub half_us: u64,
    /// Of 100 of them 95.
    pub most_us: u64,
    /// Of 100 of them 99.
    pub nearly_all_us: u64,
}

/// A change of a verdict.
#[derive(Clone, Debug)]
pub struct Turn {
    /// When the check that decided it began.
    pub at: DateTime<Utc>,
    /// What is known since.
    pub verdict: Verdict,
    /// When that began.
    pub since: DateTime<Utc>,
    /// The class of the failure, where the check failed.
    pub reason: Option<String>,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long its phases took, in microseconds.
    pub phases_us: [Option<i64>; 5],
    /// Where it looked from.
    pub location: String,
}

/// A check that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// When it began.
    pub at: DateTime<Utc>,
    /// The class of the failure; `None` where all was well.
    pub reason: Option<String>,
    /// The status code, where an answer came.
    pub http_status: Option<u16>,
    /// How long its phases took, in microseconds.
    pub phases_us: [Option<i64>; 5],
    /// What else is to be said: the beginning of a bad answer, how late a beat was.
    pub detail: Option<String>,
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, seen: &Seen) -> String {
    let name = plain_or(&seen.monitor.name, "Monitor without a name");
    document(frame, &name, || {
        let locale = frame.locale();
        let change = frame.may(Role::Admin).then(|| form::way(Weight::Quiet, &format!("/staff/monitors/{}", seen.monitor.id), "Change"));
        view! {
            <p class="back"><a href="/staff/monitors">"Monitors"</a></p>
            <div class="bar"><h1>{name.clone()}</h1>{change}</div>
            {form::definitions(facts(seen, locale))}
            {seen.beats.as_ref().and_then(|beats| beats.push_url.as_deref()).map(|url| address(seen, url))}
            <section aria-labelledby="turns"><h2 id="turns">"What its checks came to mean"</h2>{turns(seen, locale)}</section>
            <section aria-labelledby="checks"><h2 id="checks">"Newest checks"</h2>{checks(seen, locale)}</section>
        }
        .into_any()
    })
}

fn facts(seen: &Seen, locale: Locale) -> Vec<(&'static str, AnyView)> {
    let monitor = &seen.monitor;
    let state = match monitor.paused_at {
        Some(at) => view! { "Paused "<span class="soft">"since "{locale.moment(at)}</span> }.into_any(),
        None => {
            view! { {standing(seen.verdict, seen.worked_on, monitor.status_when_down)}" "<span class="soft">"since "{locale.moment(seen.since)}</span> }
                .into_any()
        }
    };
    let every = precise(monitor.interval_seconds);
    let component = seen.component.as_deref().map_or_else(|| "No component: it only watches".to_owned(), |name| plain_or(name, "Untitled"));
    let mut facts = vec![("State", state)];
    match &seen.beats {
        Some(beats) => {
            let late = precise(beats.grace.num_seconds());
            let missing = match beats.missing_at {
                Some(at) => locale.moment_to_the_second(at),
                None if monitor.paused_at.is_some() => "Not while it is paused".into_any(),
                None => "Not before the job has called for the first time".into_any(),
            };
            facts.push(("A beat comes", format!("every {every}, and may be {late} late").into_any()));
            facts.push(("The next is missing at", missing));
        }
        None => {
            facts.push(("Asks", view! { {plain(&monitor.target)}<span class="soft">{format!(" ({})", monitor.kind)}</span> }.into_any()));
            facts.push(("How often", format!("every {every}").into_any()));
            facts.extend(seen.times.as_ref().map(|times| ("In 24 hours", paces(times))));
        }
    }
    facts.push(("Speaks for", component.into_any()));
    facts
}

fn paces(times: &Paces) -> AnyView {
    // Rounded up: within is within.
    let ms = |us: u64| us.div_ceil(1_000).max(1);
    let (half, most, nearly_all) = (ms(times.half_us), ms(times.most_us), ms(times.nearly_all_us));
    let took = format!("half of its checks within {half} ms, 95 in a hundred within {most} ms, 99 within {nearly_all} ms");
    view! { {took}<span class="soft">{format!(" (of {})", count(times.checks, "check", "checks"))}</span> }.into_any()
}

/// Where the job calls. Whoever knows the address can speak for the job.
fn address(seen: &Seen, url: &str) -> AnyView {
    let renew = format!("/staff/monitors/{}/address", seen.monitor.id);
    view! {
        <section aria-labelledby="push">
            <h2 id="push">"Push address"</h2>
            <p>"Let the job call it whenever it has run; GET, HEAD and POST are the same. As its last line, for example:"</p>
            <pre>{format!("curl -fsS -m 10 --retry 3 {url}")}</pre>
            <p class="hint">
                "With "<code>"/fail"</code>" behind it the address says that the job ran and failed. Whoever knows it can speak for the job: keep it to yourselves."
            </p>
            <details class="more-fields">
                <summary>"Somebody else knows it?"</summary>
                <form method="post" action=renew>
                    <p>"A new address takes its place at once, and beats at the old one are refused. What the monitor knows it keeps."</p>
                    {form::button(Weight::Quiet, "Make a new address")}
                </form>
            </details>
        </section>
    }
    .into_any()
}

fn turns(seen: &Seen, locale: Locale) -> AnyView {
    if seen.turns.is_empty() {
        return form::empty("Nothing is known yet.");
    }
    let rows = seen.turns.iter().map(|turn| {
        let badge = badge(face(turn.verdict, seen.monitor.status_when_down), turn.verdict.label());
        let began =
            (turn.since < turn.at).then(|| view! { <br/><span class="soft">"began "{locale.moment_to_the_second(turn.since)}</span> });
        let from = view! { {locale.moment_to_the_second(turn.at)}<br/><span class="soft">{format!("from {}", turn.location)}</span> };
        let mut row = vec![from.into_any(), view! { {badge}{began} }.into_any(), why(turn.reason.as_deref(), turn.http_status)];
        row.extend(asks(seen).then(|| took(&turn.phases_us).into_any()));
        row
    });
    let columns: &[&'static str] = if asks(seen) { &["Checked", "State", "Why", "Took"] } else { &["Checked", "State", "Why"] };
    form::table("Changes of its state, newest first", columns, rows.collect())
}

fn checks(seen: &Seen, locale: Locale) -> AnyView {
    if seen.checks.is_empty() {
        return form::empty(if asks(seen) { "It has not checked yet." } else { "The job has not called yet." });
    }
    let rows = seen.checks.iter().map(|made| {
        let detail = made.detail.as_deref().map(plain);
        let mut row = vec![locale.moment_to_the_second(made.at), why(made.reason.as_deref(), made.http_status)];
        row.extend(asks(seen).then(|| took(&made.phases_us).into_any()));
        row.push(detail.into_any());
        row
    });
    let columns: &[&'static str] = if asks(seen) { &["Checked", "Result", "Took", "Answer"] } else { &["Checked", "Result", "Remark"] };
    form::table("Its checks, newest first", columns, rows.collect())
}

/// Whether it asks, or is told.
fn asks(seen: &Seen) -> bool {
    seen.monitor.kind != MonitorKind::Heartbeat
}

fn why(reason: Option<&str>, http_status: Option<u16>) -> AnyView {
    let status = http_status.map(|status| view! { <span class="soft">{format!(" ({status})")}</span> });
    match reason {
        None => view! { "good"{status} }.into_any(),
        // The words name the status already.
        Some(reason) if reason.starts_with("http_") => words(reason).into_any(),
        Some(reason) => view! { {words(reason)}{status} }.into_any(),
    }
}
