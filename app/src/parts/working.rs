//! A figure with its working, so that anybody can do the sum again on paper.

use leptos::prelude::*;

use super::locale::Locale;
use super::measure::decimal;
use crate::view::PublicView;
use crate::words::{DayUptime, UptimeFigure, Weights};

impl Locale {
    /// A number with the decimal mark of the language.
    fn number(self, digits: &str) -> String {
        digits.replace('.', &self.t("decimal-mark"))
    }

    fn weight(self, hundredths: i64) -> String {
        self.number(&decimal(hundredths))
    }

    /// Seconds as they stand in the sum; weighted ones have up to two decimals.
    fn seconds(self, digits: &str) -> String {
        self.with("uptime-seconds", [("n", self.number(digits).into())])
    }
}

/// The figure over some days in large, what it covers, and a fold with its working; nothing where nothing was measured.
#[must_use]
pub fn figure(days: &[DayUptime], view: &PublicView, locale: Locale) -> Option<AnyView> {
    let (first, last) = (days.first()?.day, days.last()?.day);
    let figure = UptimeFigure::over(days, view.weights)?;
    let zone = || locale.name().into();
    let window = if first == last {
        locale.with("uptime-one-day", [("day", locale.day_in_full(first).into()), ("zone", zone())])
    } else {
        let (first, last) = (locale.day_in_full(first), locale.day_in_full(last));
        locale.with("uptime-window", [("first", first.into()), ("last", last.into()), ("zone", zone())])
    };
    let percent = locale.percent(figure.percent);
    let said = locale.with("uptime-covered", [("figure", percent.clone().into()), ("share", locale.covered(&figure).into())]);
    // The figure itself stands out of the sentence it is said in.
    let (before, after) = said.split_once(&percent).map(|(before, after)| (before.to_owned(), after.to_owned())).unwrap_or_default();
    Some(
        view! {
            <p class="figure">{before}<strong>{percent}</strong>{after}</p>
            <details class="how">
                <summary>{locale.t("uptime-how")}</summary>
                <p>{window}</p>
                <p>{locale.t("uptime-method")}</p>
                {table(&figure, view.weights, locale)}
                <p class="sum">{sum(&figure, locale)}</p>
            </details>
        }
        .into_any(),
    )
}

/// How every figure of the page is computed, where none stands beside it.
#[must_use]
pub fn method(weights: Weights, locale: Locale) -> AnyView {
    let [degraded, partial, major] = lossy(weights).map(|(status, weight)| {
        view! { <tr><th scope="row">{locale.t(&format!("status-{status}"))}</th><td>{locale.weight(weight)}</td></tr> }
    });
    let out = |key| view! { <tr><th scope="row">{locale.t(key)}</th><td>{locale.t("uptime-left-out")}</td></tr> };
    view! {
        <details class="how" id="how">
            <summary>{locale.t("uptime-how")}</summary>
            <p>{locale.t("uptime-method")}</p>
            <table>
                <thead><tr><th scope="col">{locale.t("uptime-col-time")}</th><th scope="col">{locale.t("uptime-col-weight")}</th></tr></thead>
                <tbody>{degraded}{partial}{major}{out("status-under_maintenance")}{out("status-unknown")}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn lossy(weights: Weights) -> [(&'static str, i64); 3] {
    [("degraded_performance", weights.degraded), ("partial_outage", weights.partial), ("major_outage", weights.major)]
}

fn table(figure: &UptimeFigure, weights: Weights, locale: Locale) -> AnyView {
    let told = |seconds: i64| match seconds {
        0 => locale.t("uptime-none"),
        _ => locale.with("uptime-seconds-told", [("length", locale.duration(seconds).into()), ("n", seconds.to_string().into())]),
    };
    let line = |key: &str, seconds: i64, weight: String, lost: String| {
        view! { <tr><th scope="row">{locale.t(key)}</th><td>{told(seconds)}</td><td>{weight}</td><td>{lost}</td></tr> }.into_any()
    };
    let seconds = figure.seconds;
    let lost = [seconds.degraded_performance, seconds.partial_outage, seconds.major_outage];
    let lines: Vec<AnyView> = lossy(weights)
        .into_iter()
        .zip(lost)
        .map(|((status, weight), seconds)| {
            line(&format!("status-{status}"), seconds, locale.weight(weight), locale.seconds(&decimal(seconds * weight)))
        })
        .collect();
    let out = || locale.t("uptime-left-out");
    view! {
        <table>
            <thead>
                <tr>
                    <th scope="col">{locale.t("uptime-col-time")}</th>
                    <th scope="col">{locale.t("uptime-col-seconds")}</th>
                    <th scope="col">{locale.t("uptime-col-weight")}</th>
                    <th scope="col">{locale.t("uptime-col-lost")}</th>
                </tr>
            </thead>
            <tbody>
                {line("uptime-row-measured", seconds.measured(), String::new(), String::new())}
                {lines}
                {line("status-under_maintenance", seconds.under_maintenance, out(), String::new())}
                {line("status-unknown", seconds.not_measured, out(), String::new())}
            </tbody>
        </table>
    }
    .into_any()
}

/// The formula with its numbers: `100 % × (86400 s − 180 s) ÷ 86400 s = 99.79 %`.
fn sum(figure: &UptimeFigure, locale: Locale) -> String {
    let measured = locale.seconds(&figure.seconds.measured().to_string());
    let down = locale.seconds(&figure.down_seconds.to_string());
    let percent = locale.percent(figure.percent);
    locale.with("uptime-sum", [("measured", measured.into()), ("down", down.into()), ("percent", percent.into())])
}
