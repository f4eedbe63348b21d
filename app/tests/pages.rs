//! Every public page, rendered: clean markup, nothing let through, nothing promised that is not known.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use app::pages::history::Query;
use app::parts::time::Month;
use app::view::PublicView;
use app::words::*;
use app::{Assets, PublicPage, THEME_SCRIPT, render, render_starting};

#[path = "pages/days.rs"]
mod days;
mod fixtures;
#[path = "pages/history.rs"]
mod history_pages;
#[path = "pages/incident.rs"]
mod incident_pages;
#[path = "pages/look.rs"]
mod look;
#[path = "pages/planned.rs"]
mod planned;
use fixtures::{at, id};

fn assets() -> Assets {
    Assets {
        css: "/assets/main.css".to_owned(),
        staff_css: "/assets/staff.css".to_owned(),
        script: Some("/assets/load.js".to_owned()),
        icon: "/assets/icon.svg".to_owned(),
    }
}

fn shown(page: &PublicPage, view: &PublicView) -> Option<String> {
    render(page, &Arc::new(view.clone()), &assets())
}

/// A month of the history; the newest where none is named.
fn history(month: &str) -> PublicPage {
    PublicPage::History(Query { month: Month::parse(month), ..Query::default() })
}

fn home(view: &PublicView) -> String {
    shown(&PublicPage::Home, view).expect("the front page always renders")
}

fn incident(view: &PublicView, key: &str) -> String {
    shown(&PublicPage::Incident(id(key).to_string()), view).expect("a page")
}

/// Every page of a view that has all kinds of things.
fn every_page(view: &PublicView) -> Vec<(PublicPage, String)> {
    let mut pages = vec![PublicPage::Home, history(""), PublicPage::Postmortems, PublicPage::FollowUps, PublicPage::NotFound];
    for document in view.documents().map(|p| &p.postmortem) {
        pages.push(PublicPage::Postmortem(document.id.to_string()));
        pages.extend(document.revisions.iter().map(|revision| PublicPage::Revision(document.id.to_string(), revision.number)));
    }
    pages.extend(view.incidents.iter().map(|i| PublicPage::Incident(i.id.to_string())));
    pages.extend(view.maintenances.iter().map(|m| PublicPage::Incident(m.id.to_string())));
    pages.extend(view.components.iter().map(|c| PublicPage::Component(c.component.id.to_string())));
    pages.push(PublicPage::Uptime(None));
    let days = view.components.iter().filter_map(|c| c.days.last().map(|day| PublicPage::Day(c.component.id.to_string(), day.day)));
    pages.extend(days);
    pages.into_iter().map(|page| (page.clone(), shown(&page, view).unwrap_or_else(|| panic!("{page:?} renders")))).collect()
}

/// The text between tags.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn every_page_has_one_h1_and_headings_in_order() {
    for (page, html) in every_page(&fixtures::planned("Europe/Berlin")) {
        assert_eq!(html.matches("<h1").count(), 1, "{page:?}");
        let levels = html.split("<h").skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
        let mut last = 0;
        for level in levels {
            assert!(level <= last + 1, "{page:?} jumps from h{last} to h{level}");
            last = level;
        }
    }
}

/// How many scripts a browser would run: a block of data is none.
fn running(html: &str) -> usize {
    html.matches("<script").count() - html.matches("<script type=\"application/ld+json\">").count()
}

#[test]
fn no_page_carries_inline_styles_handlers_or_markers() {
    for (page, html) in every_page(&fixtures::planned("Etc/UTC")) {
        for word in [" style=", " onclick=", " onload=", "javascript:", "<!>", "<!--", "<style"] {
            assert!(!html.contains(word), "{page:?} holds {word}");
        }
        assert_eq!(running(&html), 2, "{page:?} has the theme's script and the loader");
        assert!(html.contains(THEME_SCRIPT), "{page:?}");
    }
}

#[test]
fn ids_are_unique_on_every_page() {
    for (page, html) in every_page(&fixtures::planned("Etc/UTC")) {
        let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{page:?}");
    }
}

#[test]
fn a_document_says_what_it_is() {
    let html = home(&fixtures::worst_day("Etc/UTC"));
    assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\" data-revision=\"41\" data-changed=\"2026-11-22T14:00:00Z\">"));
    assert!(html.contains("<title>Partial System Outage - Meridian Cloud status</title>"));
    assert!(html.contains("<link rel=\"canonical\" href=\"https://status.example.com/\">"));
    assert!(html.contains("type=\"application/atom+xml\" href=\"/history.atom\""));
    assert!(html.contains("<a href=\"#main\" class=\"skip\">"));
    assert!(incident(&fixtures::worst_day("Etc/UTC"), "inca").contains("<title>Identified: Devices lose their VPN connection - "));
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{202E}evil";
    let mut view = fixtures::planned("Etc/UTC");
    view.page.name = hostile.to_owned();
    view.page.url = "https://x.example/\"><script>".to_owned();
    for component in &mut view.components {
        component.component.name = hostile.to_owned();
        component.component.description = Some(hostile.to_owned());
    }
    for group in &mut view.groups {
        group.group.name = hostile.to_owned();
        group.group.description = Some(hostile.to_owned());
    }
    let mut incidents = view.incidents.as_ref().clone();
    for incident in &mut incidents {
        let incident = Arc::make_mut(incident);
        incident.name = hostile.to_owned();
        for update in &mut incident.updates {
            update.body = hostile.to_owned();
            for effect in update.effects.iter_mut().flatten() {
                effect.name = hostile.to_owned();
            }
        }
    }
    fixtures::tell(&mut view, incidents);
    for maintenance in &mut view.maintenances {
        Arc::make_mut(maintenance).name = hostile.to_owned();
    }
    for document in &mut view.postmortems {
        let mut postmortem = document.postmortem.clone();
        postmortem.title = hostile.to_owned();
        postmortem.sections.summary = Some(hostile.to_owned());
        postmortem.facts.workaround = Some(hostile.to_owned());
        postmortem.waived_because = postmortem.waived_because.map(|_| hostile.to_owned());
        for item in &mut postmortem.action_items {
            item.title = hostile.to_owned();
            item.explanation = Some(hostile.to_owned());
            item.link = Some(format!("https://x.example/{hostile}"));
        }
        *document = Arc::new(app::view::PostmortemView::new(postmortem));
    }
    for (page, html) in every_page(&view) {
        assert_eq!(running(&html), 2, "{page:?}");
        assert!(!html.contains("<img") && !html.contains('\u{202E}'), "{page:?}");
        assert_eq!(html.matches("</title>").count(), 1, "{page:?}");
    }
}

#[test]
fn links_of_action_items_lead_to_the_web_only() {
    let view = fixtures::worst_day("Etc/UTC");
    let document = shown(&PublicPage::Postmortem(id("pma").to_string()), &view).expect("a page");
    for html in [document, shown(&PublicPage::FollowUps, &view).expect("a page")] {
        assert!(html.contains("Rehearse the rollback monthly") && !html.contains("javascript:"));
    }
}

#[test]
fn what_the_view_does_not_know_is_not_rendered() {
    let view = fixtures::worst_day("Etc/UTC");
    for unknown in ["", "nothing", "zzzzzzzzzzzz", "../../etc"] {
        assert_eq!(shown(&PublicPage::Incident(unknown.to_owned()), &view), None);
        assert_eq!(shown(&PublicPage::Component(unknown.to_owned()), &view), None);
        assert_eq!(shown(&PublicPage::Postmortem(unknown.to_owned()), &view), None);
    }
    for month in ["2026-12", "2026-07", "1999-01"] {
        assert_eq!(shown(&history(month), &view), None, "{month}");
    }
    for month in ["2026-11", "2026-10", "2026-09", "2026-08"] {
        assert!(shown(&history(month), &view).is_some(), "{month}");
    }
}

#[test]
fn an_empty_page_renders() {
    let view = fixtures::empty("", "No/Such_Zone");
    let html = home(&view);
    assert!(html.contains("All Systems Operational") && html.contains("No incidents reported."));
    assert!(shown(&history(""), &view).is_some_and(|html| html.contains("No incidents reported.")));
}

#[test]
fn the_starting_page_promises_nothing() {
    let html = render_starting(app::language::of("en"), &assets());
    assert!(html.contains("Allclear is starting") && html.contains("Try again") && !html.contains("http-equiv"));
    assert!(!html.contains("Operational"));
}

#[test]
fn times_stand_in_the_pages_zone_and_in_utc() {
    let utc = home(&fixtures::worst_day("Etc/UTC"));
    assert!(utc.contains("As of <time datetime=\"2026-11-22T14:32:00Z\"><span class=\"w\">14:32 UTC</span></time>"));
    let berlin = home(&fixtures::worst_day("Europe/Berlin"));
    assert!(berlin.contains(
        "<time datetime=\"2026-11-22T15:32:00+01:00\"><span class=\"w\">15:32 CET</span> <span class=\"u\">14:32 UTC</span></time>"
    ));
    let london = home(&fixtures::worst_day("Europe/London"));
    assert!(
        london.contains("As of <time datetime=\"2026-11-22T14:32:00Z\"><span class=\"w\">14:32 UTC</span></time>"),
        "clocks that show UTC say it once"
    );
}

#[test]
fn a_lapsed_promise_is_a_sentence() {
    let html = text(&home(&fixtures::worst_day("Etc/UTC")));
    assert!(html.contains("Update overdue since 14:00 UTC"));
    assert!(html.contains("Next update by15:00 UTC"));
    assert!(html.contains("Taking longer than planned: it was to end at 14:15 UTC"));
}

#[test]
fn open_incidents_stand_above_the_components_and_later_ones_are_rows() {
    let html = home(&fixtures::worst_day("Etc/UTC"));
    let at = |needle: &str| html.find(needle).unwrap_or_else(|| panic!("{needle} is on the page"));
    assert!(at("i-inca") < at("id=\"components\"") && at("Also open") < at("i-incd"));
    assert!(text(&html).contains("Whole timeline, 1 more update"));
    assert!(html.contains("id=\"u-uaab") && !html.contains("id=\"u-uaaa"), "with several open, the newest of each in full");
    let mut alone = fixtures::worst_day("Etc/UTC");
    Arc::make_mut(&mut alone.incidents).retain(|one| one.status.is_over() || one.id == id("inca"));
    assert!(home(&alone).contains("id=\"u-uaaa"), "and of one alone what was said before it");
    assert!(at("Replacing a storage node") < at("Database migration") && at("Database migration") < at("New certificates"));
}

#[test]
fn moved_work_shows_the_old_time_struck_beside_the_new() {
    let html = home(&fixtures::worst_day("Etc/UTC"));
    assert!(
        html.contains("<del><span class=\"win\">")
            && text(&html).contains("moved from Sat 28 Nov, 06:00 to 07:00 UTC")
            && html.contains("Announced, date to be set")
    );
    assert!(html.contains("Expected downtime 8 min, at worst 30 min."));
}

#[test]
fn a_fresh_import_looks_quiet_not_broken() {
    let html = home(&fixtures::imported());
    assert!(!html.contains("class=\"bars\""), "nothing was measured: no bars");
    assert_eq!(html.matches("not measured yet").count(), 1);
    let words = text(&html);
    assert!(words.contains("16–22 NovNo incidents reported.") && words.contains("Last incident: 26 Feb 2026, Elevated Device SSH Errors"));
}

#[test]
fn history_reaches_every_month_since_the_first() {
    let view = fixtures::imported();
    let html = shown(&history("2026-02"), &view).expect("a page");
    assert!(html.contains("href=\"/history?month=2026-01\"") && html.contains("href=\"/history?month=2026-03\""));
    assert!(html.contains("href=\"/history?month=2018-08\"") && html.contains("<h3>2018</h3>"));
    assert!(text(&html).contains("2019–2025No incidents reported."), "years without entries are one line");
    let empty = shown(&history("2019-05"), &view).expect("a quiet month has a page");
    assert!(empty.contains("No incidents reported."));
    assert_eq!(shown(&history("2018-07"), &view), None);
}

#[test]
fn a_day_on_which_something_went_on_is_not_called_quiet() {
    let mut view = fixtures::empty("Platform", "Etc/UTC");
    let updates = vec![fixtures::update("ua", IncidentStatus::Investigating, "2026-11-18 10:00", "Looking.")];
    fixtures::tell(&mut view, vec![Arc::new(fixtures::incident("long", "It lasts", Impact::Minor, "2026-11-18 10:00", updates))]);
    let words = text(&home(&view));
    assert!(words.contains("Sun 22 NovIt lasts went on.") && words.contains("16–17 NovNo incidents reported."));
}

#[test]
fn silence_is_not_uptime() {
    let view = fixtures::worst_day("Etc/UTC");
    assert!(text(&home(&view)).contains("RegistryNo recent data"));
}

#[test]
fn components_shown_only_when_degraded_hide_while_they_work() {
    let mut view = fixtures::quiet();
    let component = view.components.first_mut().expect("a component");
    component.component.only_show_if_degraded = true;
    assert!(!home(&view).contains("id=\"c-comp1x"));
    view.components.first_mut().expect("a component").status = ComponentStatus::DegradedPerformance;
    assert!(home(&view).contains("id=\"c-comp1x"));
}

#[test]
fn a_figure_can_show_its_working() {
    let view = fixtures::worst_day("Etc/UTC");
    let component = view.components.first().expect("a component").component.id.to_string();
    let html = shown(&PublicPage::Component(component), &view).expect("a page");
    let words = text(&html);
    assert!(words.contains("How is this computed?") && words.contains("Partial outage") && words.contains("0.3"));
    assert!(words.contains("9 h (32400 s)"), "what was lost, in seconds, so that the sum can be done again");
    assert!(html.contains("aria-label=\"API, last 90 days: 99.56 % up; worst day 24 Oct: 9 h major outage\""));
}

#[test]
fn names_of_any_length_render() {
    let mut view = fixtures::worst_day("Etc/UTC");
    view.components.first_mut().expect("a component").component.name = "x".repeat(10_000);
    assert!(home(&view).contains(&"x".repeat(10_000)));
}

#[test]
fn fifty_components_stay_a_small_document() {
    let html = home(&fixtures::large(50));
    assert!(html.len() < 120_000, "{} bytes before compression", html.len());
}

#[test]
fn renders_on_many_threads_agree() {
    let view = Arc::new(fixtures::worst_day("Europe/Berlin"));
    let first = render(&PublicPage::Home, &view, &assets());
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let view = Arc::clone(&view);
            std::thread::spawn(move || render(&PublicPage::Home, &view, &assets()))
        })
        .collect();
    for thread in threads {
        assert_eq!(thread.join().expect("no panic"), first);
    }
}

#[test]
fn what_was_typed_stands_in_a_text_field_as_it_was_typed() {
    use app::parts::form::{Input, textarea};
    use app::staff::{Frame, document};
    let frame = Frame {
        page_name: "Example".to_owned(),
        time_zone: "Etc/UTC".to_owned(),
        now: at("2026-11-23 10:00"),
        member: None,
        here: "",
        flash: None,
        assets: assets(),
    };
    for typed in ["</textarea></form><form action=/staff/people><b>", "use `&lt;` and &amp;copy;", "\nbegins with an empty line", ""] {
        let page = document(&frame, "Form", || textarea(&Input { name: "body", label: "Body", value: typed, ..Input::default() }, 3));
        assert!(!page.contains("</form>") && !page.contains("<b>"), "{page}");
        let (_, rest) = page.split_once("<textarea").expect("there is a field");
        let (_, inside) = rest.split_once('>').expect("its tag ends");
        let (inside, _) = inside.split_once("</textarea>").expect("it ends");
        // What a browser reads: one line end right behind the tag is none of the text's, and references are characters.
        let read = inside.strip_prefix('\n').expect("a line end").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        assert_eq!(read, typed);
    }
}

#[test]
fn years_stand_behind_the_days_in_every_language() {
    let mut view = fixtures::large(50);
    let front = home(&view).len();
    fixtures::with_past(&mut view);
    assert_eq!(home(&view).len(), front, "the front page costs the same with years behind it");
    let first = view.components.first().map(|c| c.component.id.to_string()).unwrap_or_default();
    for code in ["en", "de", "ar"] {
        let view = view.in_language(code);
        for year in [None, Some(2025), Some(2024)] {
            let page = shown(&PublicPage::Uptime(year), &view).expect("a page");
            assert_eq!(page.matches("class=\"ym\"").count(), 50, "{code} {year:?}");
        }
        assert!(shown(&PublicPage::Uptime(Some(2020)), &view).is_none());
        let page = shown(&PublicPage::Component(first.clone()), &view).expect("a page");
        assert_eq!(page.matches("<tr data-t=").count(), 90, "{code}");
        assert!(page.matches("role=\"img\"").count() == 3 && !page.contains("style="), "{code}: a strip and two lines");
        let keys = ["uptime-", "component-", "response-", "day-"].map(|key| format!(">{key}"));
        assert!(keys.iter().all(|key| !page.contains(key)), "{code}: no message is missing");
    }
}
