//! Days and what belongs to them: where each begins and ends, whom work concerns, and the ways to the days beside.

use std::sync::Arc;

use app::PublicPage;
use app::pages::history::Query;
use app::parts::locale::Locale;
use app::parts::time::Month;
use app::view::PublicView;
use app::words::{ComponentStatus, Id, Impact, IncidentStatus, MaintenanceStatus};
use chrono::{DateTime, NaiveDate, Utc};

use super::fixtures::{self, at};
use super::{home, shown, text};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn of_day(view: &PublicView, component: &Id, date: &str) -> String {
    shown(&PublicPage::Day(component.to_string(), day(date)), view).expect("a day")
}

/// A component that works, and an incident that it had from one evening to midnight.
fn until_midnight() -> (PublicView, Id) {
    let mut view = fixtures::empty("Status", "Etc/UTC");
    let api = fixtures::component(&mut view, "API", None, ComponentStatus::Operational, fixtures::days(0, &[]));
    let closing = fixtures::update("over", IncidentStatus::Resolved, "2026-11-19 00:00", "Over.");
    let mut incident = fixtures::incident("late", "Late requests", Impact::Minor, "2026-11-18 22:00", vec![closing]);
    incident.status = IncidentStatus::Resolved;
    incident.resolved_at = Some(at("2026-11-19 00:00"));
    incident.components = vec![api.clone()];
    fixtures::tell(&mut view, vec![Arc::new(incident)]);
    (view, api)
}

#[test]
fn what_ends_with_the_first_instant_of_a_day_belongs_to_the_day_before() {
    let (view, api) = until_midnight();
    assert!(of_day(&view, &api, "2026-11-18").contains("Late requests"));
    assert!(!of_day(&view, &api, "2026-11-19").contains("Late requests"));
    let component = shown(&PublicPage::Component(api.to_string()), &view).expect("a page");
    let told: Vec<&str> = component.split("data-t=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(told.len(), 90);
    let counted: Vec<&&str> = told.iter().filter(|told| told.contains("1 incident")).collect();
    assert!(matches!(counted.as_slice(), [only] if only.contains("18 Nov")), "{counted:?}");
    assert!(!home(&view).contains("id=\"d-2026-11-19\""), "nothing went on that day");
}

#[test]
fn what_begins_and_ends_with_the_first_instant_of_a_day_belongs_to_that_day() {
    let (mut view, api) = until_midnight();
    let mut brief = view.incidents[0].as_ref().clone();
    brief.started_at = at("2026-11-19 00:00");
    fixtures::tell(&mut view, vec![Arc::new(brief)]);
    assert!(!of_day(&view, &api, "2026-11-18").contains("Late requests"));
    assert!(of_day(&view, &api, "2026-11-19").contains("Late requests"));
}

#[test]
fn work_that_names_no_component_concerns_every_one() {
    let mut view = fixtures::empty("Status", "Etc/UTC");
    let api = fixtures::component(&mut view, "API", None, ComponentStatus::Operational, fixtures::days(0, &[]));
    let work = |key, name, status, from, until| {
        let mut work = fixtures::maintenance(key, name, status, Some((from, until)), "All of it.");
        work.components.clear();
        Arc::new(work)
    };
    let done = work("done", "Moved the cables", MaintenanceStatus::Completed, "2026-11-10 01:00", "2026-11-10 02:00");
    let coming = work("next", "Move the racks", MaintenanceStatus::Scheduled, "2026-12-01 01:00", "2026-12-01 02:00");
    view.maintenances = vec![done, coming];
    let page = shown(&PublicPage::Component(api.to_string()), &view).expect("a page");
    assert!(page.contains("Moved the cables") && page.contains("Move the racks"), "{}", text(&page));
    assert!(of_day(&view, &api, "2026-11-10").contains("Moved the cables"));
    let filtered = Query { component: Some(api), month: Month::parse("2026-11"), ..Query::default() };
    assert!(shown(&PublicPage::History(filtered), &view).expect("a month").contains("Moved the cables"));
}

#[test]
fn arrows_to_the_days_and_months_beside_point_as_the_language_runs() {
    let (view, api) = until_midnight();
    for (code, back, on) in [("en", '←', '→'), ("de", '←', '→'), ("ar", '→', '←')] {
        let view = view.in_language(code);
        let month = PublicPage::History(Query { month: Month::parse("2026-10"), ..Query::default() });
        for html in [of_day(&view, &api, "2026-11-18"), shown(&month, &view).expect("a month")] {
            let link = |rel: &str| html.split(&format!("rel=\"{rel}\"")).nth(1).and_then(|rest| rest.split("</a>").next()).expect("a link");
            for (rel, arrow, other) in [("prev", back, on), ("next", on, back)] {
                let hidden = format!("<span aria-hidden=\"true\">{arrow}</span>");
                assert!(link(rel).contains(&hidden) && !link(rel).contains(other), "{code} {rel}: {}", link(rel));
            }
        }
    }
}

#[test]
fn today_is_the_day_that_has_begun_also_while_clocks_show_yesterday_again() {
    // Clocks in Newfoundland went back from 0:01 to 23:01.
    let now: DateTime<Utc> = "2010-11-07T03:00:00Z".parse().expect("an instant");
    let locale = Locale::at("America/St_Johns", now);
    assert_eq!((locale.today(), locale.day(now)), (day("2010-11-07"), day("2010-11-07")));
    assert!(locale.day_window(locale.today()).from <= now);
    assert_eq!(locale.full_text(now), "Sat 6 Nov 2010, 23:30 NST (7 Nov, 03:00 UTC)", "a clock stands beside the date it shows");
}
