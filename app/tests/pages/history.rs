//! The history by month, filtered: what stands there, what is counted, and the ways back.

use app::PublicPage;
use app::pages::history::{Kind, Query, Refused, with_month};
use app::parts::time::Month;
use app::view::PublicView;
use app::words::{Id, Impact};

use super::fixtures;
use super::{shown, text};

fn page(view: &PublicView, query: Query) -> String {
    shown(&PublicPage::History(query), view).expect("a page")
}

/// How many entries the month shows.
fn entries(html: &str) -> usize {
    html.matches("<div class=\"en\">").count()
}

/// Whether the filter is unfolded.
fn is_open(html: &str) -> bool {
    let tag = html.split("<details").find_map(|rest| rest.split('>').next().filter(|tag| tag.contains("how filter")));
    tag.expect("a filter").contains(" open")
}

/// How many the index counts for the month that is shown.
fn counted(html: &str) -> usize {
    let index = html.split("id=\"all-months\"").nth(1).expect("an index");
    let cell = index.split("aria-current=\"page\"").nth(1).expect("a cell");
    let number = cell.split("</a>").next().and_then(|cell| cell.split("<b>").nth(1)).and_then(|rest| rest.split("</b>").next());
    number.map_or(0, |number| number.parse().expect("a number"))
}

#[test]
fn a_filter_shows_and_counts_only_what_it_asks_for() {
    let view = fixtures::worst_day("Etc/UTC");
    let all = page(&view, Query::default());
    let of = |query: Query| {
        let html = page(&view, query);
        assert_eq!(entries(&html), counted(&html));
        entries(&html)
    };
    let incidents = of(Query { kind: Some(Kind::Incident), ..Query::default() });
    let works = of(Query { kind: Some(Kind::Maintenance), ..Query::default() });
    assert_eq!(incidents + works, entries(&all));
    assert!(incidents > 0 && works > 0);
    let [minor, major, critical] = Query::IMPACTS.map(|impact| of(Query { impact: Some(impact), ..Query::default() }));
    assert!(incidents >= minor && minor > major && major >= critical && critical > 0, "{minor} {major} {critical}");
    let touched = view.components.iter().map(|c| of(Query { component: Some(c.component.id.clone()), ..Query::default() }));
    assert!(touched.clone().any(|number| number > 0) && touched.clone().any(|number| number < entries(&all)));
}

#[test]
fn a_filter_goes_along_to_other_months_and_can_be_taken_off() {
    let view = fixtures::worst_day("Etc/UTC");
    let component = view.components[0].component.id.clone();
    let query = Query { component: Some(component.clone()), impact: Some(Impact::Major), kind: Some(Kind::Incident), ..Query::default() };
    let html = page(&view, query).replace("&amp;", "&");
    let filter = format!("component={component}&impact=major&kind=incident");
    assert!(html.contains(&format!("href=\"/history?month=2026-10&{filter}\" rel=\"prev\"")));
    for rest in [
        "impact=major&kind=incident".to_owned(),
        format!("component={component}&kind=incident"),
        format!("component={component}&impact=major"),
    ] {
        assert!(html.contains(&format!("href=\"/history?{rest}\"")), "{rest}");
    }
    assert!(is_open(&html) && html.contains("href=\"/history\">Show everything"));
    assert!(html.contains("content=\"noindex\"") && text(&html).contains("Major or worse"));
}

#[test]
fn where_nothing_matches_the_page_says_so_and_a_strange_component_has_no_page() {
    let view = fixtures::worst_day("Etc/UTC");
    let month = Month::parse("2026-10");
    let html = page(&view, Query { month, impact: Some(Impact::Critical), kind: Some(Kind::Maintenance), ..Query::default() });
    assert!(html.contains("Nothing in this month matches the filter.") && entries(&html) == 0);
    assert!(html.contains("type=\"hidden\" name=\"month\" value=\"2026-10\""), "the form keeps the month");
    let strange = Query { component: Id::parse("zzzzzzzzzzzz").ok(), ..Query::default() };
    assert_eq!(shown(&PublicPage::History(strange), &view), None);
    let plain = page(&view, Query::default());
    assert!(!is_open(&plain) && !plain.contains("id=\"chosen\""));
}

#[test]
fn a_refused_filter_is_open_with_a_sentence_beside_each_wrong_field() {
    let view = fixtures::worst_day("Etc/UTC");
    let month = Month::parse("2026-10");
    let refused = Refused { query: Query { kind: Some(Kind::Incident), month, ..Query::default() }, wrong: vec!["component", "impact"] };
    let html = shown(&PublicPage::HistoryRefused(refused), &view).expect("a page");
    assert!(is_open(&html) && html.contains("content=\"noindex\"") && html.contains("October 2026"));
    assert!(html.contains("type=\"hidden\" name=\"month\" value=\"2026-10\"") && html.contains("<option value=\"incident\" selected"));
    let tag = |name: &str| {
        let from = html.find(&format!("<select id=\"f-{name}\"")).unwrap_or_else(|| panic!("no {name}"));
        html[from..].split('>').next().expect("a tag").to_owned()
    };
    for name in ["component", "impact"] {
        assert!(tag(name).contains("aria-invalid=\"true\"") && tag(name).contains(&format!("aria-describedby=\"f-{name}-wrong\"")));
        assert!(html.contains(&format!("id=\"f-{name}-wrong\" class=\"wrong\">")));
    }
    assert!(tag("component").contains("autofocus") && !tag("impact").contains("autofocus") && !tag("kind").contains("aria-invalid"));
}

#[test]
fn a_month_that_is_none_gets_a_field_with_what_was_typed() {
    let view = fixtures::worst_day("Etc/UTC");
    for (code, word) in [("en", "Month"), ("de", "Monat"), ("ar", "الشهر")] {
        let refused = Refused { wrong: vec!["month"], ..Refused::default() };
        let html = shown(&PublicPage::HistoryRefused(refused), &view.in_language(code)).expect("a page");
        let filled = with_month(&html, "soon\" onfocus=\"x");
        assert!(filled.contains("value=\"soon&quot; onfocus=&quot;x\"") && filled.contains("aria-describedby=\"f-month-wrong\""));
        assert!(filled.contains(&format!("<label for=\"f-month\">{word}</label>")), "{code}");
        assert_eq!(filled.matches("id=\"f-month\"").count(), 1);
    }
    let plain = page(&view, Query::default());
    assert_eq!(with_month(&plain, "soon"), plain, "no other page changes");
}

#[test]
fn a_year_that_is_none_is_told_at_the_top_of_the_uptime() {
    let view = fixtures::worst_day("Etc/UTC");
    let html = shown(&PublicPage::UptimeRefused, &view).expect("a page");
    let (sentence, months) = (html.find("The year must look like 2026").expect("a sentence"), html.find("id=\"months\"").expect("months"));
    assert!(sentence < months && html.contains("content=\"noindex\""));
    assert!(!shown(&PublicPage::Uptime(None), &view).expect("a page").contains("role=\"alert\""));
}

#[test]
fn post_mortems_follow_ups_and_the_history_speak_the_language_of_their_address() {
    let mut view = fixtures::planned("Europe/Berlin");
    view.page.languages = ["en", "de", "ar"].map(str::to_owned).to_vec();
    for (code, words) in
        [("de", ["Alle Monate", "Nachbetrachtungen", "Folgemaßnahmen"]), ("ar", ["كل الأشهر", "التقارير اللاحقة", "إجراءات المتابعة"])]
    {
        let view = view.in_language(code);
        let pages = [PublicPage::History(Query::default()), PublicPage::Postmortems, PublicPage::FollowUps];
        for (page, word) in pages.iter().zip(words) {
            let html = shown(page, &view).expect("a page");
            let main = html.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part");
            assert!(main.contains(word), "{code} {page:?}");
            assert!(
                !main.contains("href=\"/history") && !main.contains("href=\"/incidents/"),
                "{code} {page:?}: links stay in the language"
            );
        }
        let document = view.documents().next().expect("a document").postmortem.id.clone();
        let html = shown(&PublicPage::Postmortem(document.to_string()), &view).expect("a page");
        assert!(html.contains("<h1 lang=\"en\" dir=\"auto\">"), "what people wrote is in their language");
    }
}
