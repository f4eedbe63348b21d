//! How each component went through an incident: drawn as one band, and told step by step beside it.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::glyph::{Face, face_of};
use super::locale::Locale;
use super::measure::plain;
use crate::view::PublicView;
use crate::words::{ComponentStatus, Course, Incident};

/// Width and height of a band in units of the drawing.
const WIDTH: i64 = 600;
const HEIGHT: i64 = 12;

/// The components of an incident, each with its course as far as the messages tell it, and what holds of it now.
#[must_use]
pub fn section(incident: &Incident, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let courses = incident.courses();
    let silent = incident.components.iter().filter(|id| courses.iter().all(|course| course.component != **id));
    let silent = silent.filter_map(|id| view.component(id.as_str())).map(|component| {
        let (face, word) = face_of(component, locale);
        let name = plain(&component.component.name);
        let href = locale.href(&format!("/components/{}", component.component.id));
        view! { <li><p class="ch"><a class="cn" href=href dir="auto">{name}</a>{now(face, word, locale)}</p></li> }.into_any()
    });
    let until = incident.resolved_at.filter(|_| incident.status.is_over()).unwrap_or(view.as_of);
    let items: Vec<_> = courses.iter().map(|course| item(course, incident.started_at, until, view, locale)).chain(silent).collect();
    (!items.is_empty()).then(|| {
        view! {
            <section id="s-affected" aria-labelledby="affected">
                <h2 id="affected">{locale.t("incident-affected")}</h2>
                <ul class="crs">{items}</ul>
            </section>
        }
        .into_any()
    })
}

fn now(face: Face, word: String, locale: Locale) -> AnyView {
    view! { <span class=format!("cs {}", face.class())><span class="vh">{locale.t("incident-now")}" "</span>{face.glyph()}{word}</span> }
        .into_any()
}

fn item(course: &Course, from: DateTime<Utc>, until: DateTime<Utc>, view: &PublicView, locale: Locale) -> AnyView {
    let known = view.component(course.component.as_str());
    let name = plain(known.map_or(course.name.as_str(), |known| known.component.name.as_str()));
    let name = match known {
        Some(_) => view! { <a class="cn" href=locale.href(&format!("/components/{}", course.component)) dir="auto">{name}</a> }.into_any(),
        None => view! { <bdi class="cn">{name}</bdi> }.into_any(),
    };
    let state = known.map(|known| {
        let (face, word) = face_of(known, locale);
        now(face, word, locale)
    });
    let steps: Vec<_> = course
        .steps
        .iter()
        .map(|(at, status)| {
            let face = Face::from(*status);
            view! { <li><b class=face.class()>{locale.status(*status)}</b>" "{locale.moment(*at)}</li> }
        })
        .collect();
    view! {
        <li>
            <div class="ch">{name}{state}</div>
            {band(course, from, until)}
            <ol class="stp"><li>{locale.status(course.before)}</li>{steps}</ol>
        </li>
    }
    .into_any()
}

/// One block for each status, as wide as it lasted and as high as it was bad. What it says stands in words below it.
fn band(course: &Course, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<AnyView> {
    let first = course.steps.first().map_or(from, |(at, _)| from.min(*at));
    let last = course.steps.last().map_or(until, |(at, _)| until.max(*at));
    let whole = (last - first).num_seconds();
    let place = |at: DateTime<Utc>| (at - first).num_seconds() * WIDTH / whole.max(1);
    let starts = std::iter::once((first, course.before)).chain(course.steps.iter().copied());
    let ends = course.steps.iter().map(|(at, _)| *at).chain([last]);
    let blocks = starts.zip(ends).map(|((start, status), end)| {
        let height = height(status);
        let (x, width) = (place(start), (place(end) - place(start)).max(2));
        view! { <rect class=status.as_str() x=x y=HEIGHT - height width=width height=height></rect> }
    });
    let blocks: Vec<_> = blocks.collect();
    (whole > 0).then(|| {
        view! { <svg class="crb" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none" aria-hidden="true">{blocks}</svg> }
            .into_any()
    })
}

/// It reads without its colour.
const fn height(status: ComponentStatus) -> i64 {
    match status {
        ComponentStatus::Operational => 2,
        ComponentStatus::UnderMaintenance | ComponentStatus::DegradedPerformance => 5,
        ComponentStatus::PartialOutage => 8,
        ComponentStatus::MajorOutage => HEIGHT,
    }
}
