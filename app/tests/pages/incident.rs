//! The page of one incident or planned work: edits, the course of each component, what is related, how to follow it.

use std::sync::Arc;

use app::PublicPage;
use app::view::PublicView;
use app::words::{Impact, IncidentStatus, PostmortemLink, PostmortemStatus};

use super::fixtures::{self, at};
use super::{home, incident, shown, text};

#[test]
fn an_update_posted_later_says_so() {
    let html = text(&incident(&fixtures::worst_day("Etc/UTC"), "incb"));
    assert!(html.contains("12:02 UTCposted later, at 12:11 UTC"));
}

#[test]
fn a_post_mortem_has_its_own_section_and_a_promise_its_date() {
    let view = fixtures::worst_day("Etc/UTC");
    let html = incident(&view, "incf");
    assert!(html.contains("<section id=\"postmortem\"") && html.contains("Post-mortem published") && html.contains("#postmortem"));
    assert_eq!(html.matches("older workers").count(), 1, "the text stands once");
    assert!(text(&incident(&view, "ince")).contains("Post-mortem promised by 27 Nov"));
    let mut late = view.clone();
    late.as_of = at("2026-11-28 09:00");
    assert!(text(&incident(&late, "ince")).contains("Post-mortem promised by 27 Nov, overdue."));
}

#[test]
fn an_edited_message_says_so_with_the_time_of_the_edit() {
    let mut view = fixtures::worst_day("Etc/UTC");
    let page = PublicPage::Incident(view.incidents[0].id.to_string());
    let shown = |view: &PublicView| shown(&page, view).expect("the page");
    assert!(!shown(&view).contains("edited <time"), "nothing was edited yet");
    let incident = Arc::make_mut(&mut Arc::make_mut(&mut view.incidents)[0]);
    let newest = &mut incident.updates[0];
    newest.updated_at = newest.created_at + chrono::TimeDelta::minutes(7);
    let stamp = newest.updated_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    assert_eq!(shown(&view).matches(&format!("edited <time datetime=\"{stamp}\">")).count(), 1, "one message, with its time");
}

#[test]
fn an_edited_message_shows_what_it_said_before_word_by_word() {
    let mut view = fixtures::edited("Etc/UTC");
    let html = incident(&view, "inca");
    assert!(html.contains("class=\"ed\"") && html.contains("<summary>edited <time datetime=\"2026-11-22T13:30:00Z\">"), "{html}");
    let words = text(&html);
    assert!(words.contains("Changed 13:30 UTCShown before under 13:01 UTC"), "{words}");
    assert!(words.contains("Changed 13:15 UTCremoved: Tunnelsadded: Some tunnels fail."), "the older change stands below: {words}");
    assert!(html.contains("&lt;b&gt;13:02&lt;/b&gt;") && !html.contains("<b>13:02"), "it is text");
    assert!(!home(&view).contains("class=\"ed\""), "the front page says only that it was edited");
    view.translated = Arc::new([view.incidents[0].updates[1].id.clone()].into_iter().collect());
    assert!(!incident(&view, "inca").contains("class=\"ed\""), "a translation is no edit");
}

#[test]
fn each_component_has_its_course_through_the_incident() {
    let html = incident(&fixtures::worst_day("Etc/UTC"), "inca");
    let words = text(&html);
    assert!(words.contains("OperationalPartial outage 13:09 UTCMajor outage 14:21 UTC"), "{words}");
    assert!(words.contains("OperationalPartial outage 14:21 UTC"));
    assert_eq!(html.matches("class=\"crb\"").count(), 2, "a band for each");
    // From 13:02 to 14:32 in 600 units: seven minutes of full service, 72 of a partial outage, 11 of a major one.
    for block in
        ["x=\"0\" y=\"10\" width=\"46\" height=\"2\"", "x=\"46\" y=\"4\" width=\"480\" height=\"8\"", "x=\"526\" y=\"0\" width=\"74\""]
    {
        assert!(html.contains(block), "{block} in {html}");
    }
}

#[test]
fn related_incidents_share_a_post_mortem_or_components_and_are_three_at_most() {
    let mut view = fixtures::empty("Platform", "Etc/UTC");
    let over = |key: &str, began: &str, components: &[&str]| {
        let updates = vec![fixtures::update(&format!("{key}u"), IncidentStatus::Resolved, began, "Over.")];
        let mut one = fixtures::incident(key, key, Impact::Minor, began, updates);
        one.components = components.iter().map(|name| fixtures::id(name)).collect();
        one
    };
    let link = |key: &str| {
        let (id, status) = (fixtures::id(key), PostmortemStatus::Promised);
        Some(PostmortemLink { id, status, due_at: None, waived_because: None, published_at: None })
    };
    let mut this = over("this", "2026-06-15 12:00", &["api", "web"]);
    let mut twin = over("twin", "2026-05-01 12:00", &["db"]);
    (this.postmortem, twin.postmortem) = (link("doc"), link("doc"));
    let all = vec![
        over("later", "2026-10-01 12:00", &["api", "web"]),
        over("near", "2026-06-20 12:00", &["api"]),
        over("both", "2026-06-25 12:00", &["web", "api"]),
        this.clone(),
        over("other", "2026-06-14 12:00", &["db"]),
        over("older", "2026-06-01 12:00", &["web"]),
        twin,
        over("ancient", "2025-06-15 12:00", &["api", "web"]),
    ];
    let mut all: Vec<_> = all.into_iter().map(Arc::new).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.started_at));
    fixtures::tell(&mut view, all);
    let names: Vec<_> = view.related(&this).into_iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["twin", "both", "near"]);
    let html = incident(&view, "this");
    assert!(html.contains("Related incidents") && !html.contains(&format!("/incidents/{}\"", fixtures::id("ancient"))));
}

#[test]
fn one_can_follow_what_goes_on_by_mail_and_everything_by_its_own_feeds() {
    let mut view = fixtures::planned("Etc/UTC");
    let follow = |key: &str| format!("href=\"/incidents/{}/follow\"", fixtures::id(key));
    for key in ["inca", "mnta"] {
        let html = incident(&view, key);
        assert!(html.contains(&follow(key)) && html.contains(&format!("href=\"/incidents/{}/history.atom\"", fixtures::id(key))));
        assert!(html.contains(&format!("href=\"webcal://status.example.com/incidents/{}/history.ics\"", fixtures::id(key))));
    }
    assert!(!incident(&view, "ince").contains(&follow("ince")), "it is over");
    view.page.mail = false;
    assert!(!incident(&view, "inca").contains(&follow("inca")), "no mail is sent");
    let german = incident(&view.in_language("de"), "inca");
    assert!(german.contains("Betroffene Komponenten") && german.contains("href=\"/de/components/"));
}

#[test]
fn work_that_ended_early_says_so_beside_its_window() {
    let words = text(&incident(&fixtures::worst_day("Etc/UTC"), "mntd"));
    assert!(words.contains("ended earlier than planned, at 17 Nov, 07:10 UTC"), "{words}");
}
