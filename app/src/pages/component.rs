//! `/components/{id}`: one component, its figure with its working, and what touched it.

use leptos::prelude::*;

use super::Body;
use crate::parts::bars::{any_measured, strip};
use crate::parts::chrome::{crumb, name_of};
use crate::parts::entry::history;
use crate::parts::glyph::{Face, badge, face_of};
use crate::parts::locale::Locale;
use crate::parts::maintenance_card;
use crate::parts::measure::{count, duration, percent, plain, plain_or, share};
use crate::parts::reports;
use crate::view::{ComponentView, PublicView, UptimeFigure};
use crate::words::{ComponentStatus, DaySeconds, Maintenance, MaintenanceStatus};

/// Entries at most; the history has the rest.
const ENTRIES: usize = 20;
/// Weights of the statuses in the figure, as the page states them.
const WEIGHT_PARTIAL: f64 = 0.3;

/// The page.
#[must_use]
pub fn page(view: &PublicView, component: &ComponentView) -> Body {
    let locale = Locale::of(view);
    let (face, word) = face_of(component, locale);
    let name = plain_or(&component.component.name, "Unnamed component");
    let about = component.component.description.as_deref().map(plain).filter(|text| !text.is_empty());
    let about = about.map(|text| view! { <p class="lede">{text}</p> });
    let provider = component.component.upstream.then(|| {
        view! { <p class="soft">"A provider the platform builds on; it does not change the overall status."</p> }
    });
    let group = component.component.group_id.as_ref().and_then(|id| view.groups.iter().find(|g| g.group.id == *id));
    let group = group.map(|g| view! { <span class="state">{plain(&g.group.name)}</span> });
    let silent = (component.no_recent_data && face != Face::Unknown)
        .then(|| view! { <p class="soft">"Its monitors have been silent for some time."</p> });
    let address = format!("/components/{}", component.component.id);
    let main = view! {
        {crumb(view, locale)}
        <article class="one">
            <p class="tag">{badge(face, &word)}{group}</p>
            <h1>{name.clone()}</h1>
            {about}
            {provider}
            {silent}
            {reports::seen(&address, component.status != ComponentStatus::Operational, locale)}
            {uptime(component, locale)}
            {days(component, locale)}
            {planned(component, view, locale)}
            {touched(component, view, locale)}
        </article>
    }
    .into_any();
    Body {
        title: format!("{word}: {name}"),
        description: format!("Status, uptime and incidents of {name}, part of {}.", name_of(view)),
        path: address,
        index: true,
        main,
    }
}

fn uptime(component: &ComponentView, locale: Locale) -> Option<AnyView> {
    let strip = strip(component, locale, false)?;
    let working = component.uptime.map(|figure| working(component, figure));
    Some(
        view! {
            <section id="uptime" aria-labelledby="uptime-title">
                <h2 id="uptime-title">"Uptime"</h2>
                {strip}
                {working}
            </section>
        }
        .into_any(),
    )
}

/// The figure's working, in words and numbers, so that anybody can do the sum again.
fn working(component: &ComponentView, figure: UptimeFigure) -> AnyView {
    let sum = |of: fn(&DaySeconds) -> i64| component.days.iter().map(|day| of(&day.seconds)).sum::<i64>();
    let (degraded, partial, major) = (sum(|d| d.degraded_performance), sum(|d| d.partial_outage), sum(|d| d.major_outage));
    let known = figure.measured_seconds + figure.maintenance_seconds;
    let whole = known + figure.not_measured_seconds;
    let covered = if whole > 0 { share(100.0 * ratio(known, whole)) } else { "0".to_owned() };
    let line = |label: &'static str, seconds: i64, weight: &'static str| {
        view! { <tr><th scope="row">{label}</th><td>{seconds_told(seconds)}</td><td>{weight}</td></tr> }
    };
    view! {
        <p class="figure"><strong>{percent(figure.percent)}" %"</strong>" up over time measured, with data for "{covered}" % of the period."</p>
        <details class="how">
            <summary>"How is this computed?"</summary>
            <p>"Uptime = 100 % − (degraded × 0 + partial outage × 0.3 + major outage × 1) ÷ time measured. Planned work and time nobody measured are left out; the figure is cut, never rounded up."</p>
            <table>
                <thead><tr><th scope="col">"Time"</th><th scope="col">"Length"</th><th scope="col">"Weight"</th></tr></thead>
                <tbody>
                    {line("Measured", figure.measured_seconds, "")}
                    {line("Degraded performance", degraded, "0")}
                    {line("Partial outage", partial, "0.3")}
                    {line("Major outage", major, "1")}
                    {line("Planned work", figure.maintenance_seconds, "left out")}
                    {line("Not measured", figure.not_measured_seconds, "left out")}
                </tbody>
            </table>
            <p>{sum_told(figure)}</p>
        </details>
    }
    .into_any()
}

fn seconds_told(seconds: i64) -> String {
    if seconds == 0 { "none".to_owned() } else { format!("{} ({seconds} s)", duration(seconds)) }
}

fn sum_told(figure: UptimeFigure) -> String {
    let down = figure.down_seconds;
    let down = if down.fract().abs() < 1e-9 { format!("{down:.0}") } else { format!("{down:.1}") };
    format!("100 % − {down} s ÷ {} s = {} %", figure.measured_seconds, percent(figure.percent))
}

#[expect(clippy::cast_precision_loss, reason = "a period has fewer seconds than a float counts exactly")]
fn ratio(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}

/// The days that had something to say; the perfect ones are counted.
fn days(component: &ComponentView, locale: Locale) -> Option<AnyView> {
    if !any_measured(component) {
        return None;
    }
    let telling = |d: &DaySeconds| matches!(d.worst(), Some(worst) if worst != ComponentStatus::Operational);
    let perfect = component.days.iter().filter(|d| d.seconds.worst() == Some(ComponentStatus::Operational)).count();
    let silent = component.days.iter().filter(|d| d.seconds.worst().is_none()).count();
    let rows: Vec<AnyView> = component
        .days
        .iter()
        .rev()
        .filter(|d| telling(&d.seconds))
        .map(|d| {
            let face = d.seconds.worst().map_or(Face::Unknown, Face::Known);
            let uptime = day_percent(&d.seconds).map_or_else(|| "–".to_owned(), |p| format!("{} %", percent(p)));
            view! {
                <tr><th scope="row">{locale.date(d.day)}</th><td class="n">{uptime}</td><td><span class="wh">{face.glyph()}{d.seconds.told()}</span></td></tr>
            }
            .into_any()
        })
        .collect();
    let table = (!rows.is_empty()).then(|| {
        view! {
            <table class="dt">
                <thead><tr><th scope="col">"Day"</th><th scope="col" class="n">"Uptime"</th><th scope="col">"What happened"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let mut rest = Vec::new();
    if perfect > 0 {
        rest.push(format!("{} at 100 %", count(perfect, "day", "days")));
    }
    if silent > 0 {
        rest.push(format!("{} not measured", count(silent, "day", "days")));
    }
    let rest = format!("{}{}.", if table.is_some() { "Apart from these, " } else { "" }, rest.join(", "));
    let rest = (perfect + silent > 0).then(|| view! { <p class="soft">{rest}</p> });
    Some(
        view! { <section id="s-days" aria-labelledby="days"><h2 id="days">{format!("Last {} days", component.days.len())}</h2>{table}{rest}</section> }
            .into_any(),
    )
}

/// A day's uptime over the time measured in it.
fn day_percent(seconds: &DaySeconds) -> Option<f64> {
    let measured = seconds.measured();
    if measured == 0 {
        return None;
    }
    let down = WEIGHT_PARTIAL * ratio(seconds.partial_outage, measured) + ratio(seconds.major_outage, measured);
    Some(100.0 * (1.0 - down))
}

/// The work that is to come; what has begun is told below.
fn planned(component: &ComponentView, view: &PublicView, locale: Locale) -> Option<AnyView> {
    let concerns = |m: &Maintenance| m.components.iter().any(|planned| planned.component_id == component.component.id);
    let coming = view.coming().into_iter().filter(|m| m.status == MaintenanceStatus::Scheduled && concerns(m));
    let rows: Vec<_> = coming.map(|m| maintenance_card::row(m, view, locale)).collect();
    (!rows.is_empty()).then(|| {
        view! { <section id="s-planned" aria-labelledby="planned"><h2 id="planned">"Planned"</h2><ul class="card rows">{rows}</ul></section> }.into_any()
    })
}

fn touched(component: &ComponentView, view: &PublicView, locale: Locale) -> AnyView {
    let entries: Vec<_> = history(view).into_iter().filter(|entry| entry.touches(&component.component.id)).collect();
    let list = if entries.is_empty() {
        view! { <p class="none">"No incidents reported."</p> }.into_any()
    } else {
        entries
            .iter()
            .take(ENTRIES)
            .map(|entry| {
                let date = locale.day(entry.start());
                view! { <div class="day"><h3>{locale.short_date(date)}</h3><div>{entry.shown(view, locale)}</div></div> }
            })
            .collect::<Vec<_>>()
            .into_any()
    };
    let calendar = format!("/components/{}/history.ics", component.component.id);
    view! {
        <section id="s-touched" aria-labelledby="touched">
            <h2 id="touched">"Incidents and planned work"</h2>
            {list}
            <p class="more"><a href="/history">"All history"</a><a href=calendar>"Calendar of its planned work"</a></p>
        </section>
    }
    .into_any()
}
