//! Planned work and post-mortems, rendered: what is promised, what is late, what was said before, and what follows.

use std::sync::Arc;

use app::PublicPage;
use app::view::{PostmortemView, PublicView};
use app::words::*;

use super::fixtures::{self, TO_COME, at, id};
use super::{history, home, incident, shown, text};

fn planned() -> PublicView {
    fixtures::planned("Etc/UTC")
}

fn document(view: &PublicView, key: &str) -> String {
    shown(&PublicPage::Postmortem(id(key).to_string()), view).expect("a page")
}

fn list(view: &PublicView) -> String {
    shown(&PublicPage::Postmortems, view).expect("the list always renders")
}

fn follow_ups(view: &PublicView) -> String {
    shown(&PublicPage::FollowUps, view).expect("the list always renders")
}

/// Where a text stands.
fn place(html: &str, needle: &str) -> usize {
    html.find(needle).unwrap_or_else(|| panic!("{needle} is on the page"))
}

#[test]
fn of_a_series_the_front_page_shows_the_next_window_and_tells_of_the_others() {
    let html = home(&planned());
    assert_eq!(html.matches("Rotation of keys").count(), 2, "the next one, and the last one among the past");
    let words = text(&html);
    assert!(words.contains("Repeats, 12 more dates:1 Dec8 Dec15 Dec22 Dec8 later"), "{words}");
}

#[test]
fn lists_show_of_a_series_the_next_window_and_those_within_thirty_days() {
    let mut view = planned();
    let listed = |view: &PublicView| {
        let windows = view.listed().filter(|m| m.occurrence.is_some() && m.status == MaintenanceStatus::Scheduled);
        windows.filter_map(|m| m.window.map(|w| w.from.format("%m-%d").to_string())).collect::<Vec<_>>()
    };
    view.as_of = at("2026-11-22 04:00");
    assert_eq!(listed(&view), ["11-24", "12-01", "12-08", "12-15", "12-22"], "the last one is 30 days away, to the minute");
    view.as_of = at("2026-11-22 03:59");
    assert_eq!(listed(&view).len(), 4);
    // Somebody skipped the near ones: the next is listed however far it is.
    let far = at("2027-01-01 00:00");
    view.maintenances.retain(|m| m.occurrence.is_none() || m.window.is_some_and(|w| w.from > far));
    assert_eq!(listed(&view).len(), 1);
}

#[test]
fn what_runs_stands_first_and_what_is_late_says_so_plainly() {
    let view = planned();
    let order: Vec<_> = view.coming().into_iter().map(|m| m.name.clone()).collect();
    assert_eq!(order.first().map(String::as_str), Some("Replacing a storage node"), "under way");
    assert_eq!(order.get(1).map(String::as_str), Some("Moving a rack"), "was to begin");
    assert_eq!(order.last().map(String::as_str), Some("New certificates for device tunnels"), "without a date");
    let words = text(&home(&view));
    assert!(words.contains("Taking longer than planned: it was to end at 14:15 UTC"));
    assert!(words.contains("Has not begun yet, although it was to begin at 14:00 UTC"));
}

#[test]
fn the_front_page_leads_to_the_calendar_by_its_own_scheme_and_every_page_names_it() {
    let html = home(&planned());
    assert!(html.contains("href=\"webcal://status.example.com/history.ics\""));
    assert!(html.contains("<link rel=\"alternate\" type=\"text/calendar\" href=\"/history.ics\""));
}

#[test]
fn cancelled_work_is_told_on_the_day_it_was_cancelled() {
    let words = text(&home(&planned()));
    assert!(words.contains("Fri 20 NovCablingPlanned work, cancelled"), "{words}");
    let history = shown(&history(""), &planned()).expect("a page");
    assert!(text(&history).contains("CablingPlanned work, cancelled"));
}

#[test]
fn every_message_on_planned_work_says_what_it_tells() {
    let mut view = planned();
    let moved = view.maintenances.iter_mut().find(|m| m.id == id("mnta")).expect("planned");
    let message = fixtures::update("mntav", MaintenanceStatus::Scheduled, "2026-11-18 10:00", "A week later.");
    Arc::make_mut(moved).updates.insert(0, message);
    let html = incident(&view, "mnta");
    let (newer, older) = (place(&html, "<strong>Moved</strong>"), place(&html, "<strong>Announced</strong>"));
    assert!(newer < older);
    let told = html.get(newer..older).expect("in order");
    assert!(
        told.contains("<del><span class=\"win\">")
            && text(told).contains("Sat 28 Nov, 06:00 to 07:00 UTC")
            && text(told).contains("Sat 5 Dec, 06:00 to 07:00 UTC")
    );
    assert!(html.contains(&format!("id=\"u-{}\"", id("mntav"))));
    assert!(text(&html).contains("Subscribers are reminded 7 days, 24 hours and 1 hour before, when it begins and when it ends."));
}

#[test]
fn nobody_is_promised_a_reminder_where_no_mail_is_sent() {
    let mut view = planned();
    view.page.mail = false;
    assert!(!incident(&view, "mnta").contains("reminded"));
    view.page.mail = true;
    for maintenance in &mut view.maintenances {
        Arc::make_mut(maintenance).reminders = ReminderPlan::silent();
    }
    assert!(!incident(&view, "mnta").contains("reminded"));
}

#[test]
fn a_window_of_a_series_knows_its_place_and_the_other_dates() {
    let words = text(&incident(&planned(), "ser0x"));
    assert!(words.contains(&format!("Number 1 of {} in a series.", TO_COME + 1)));
    assert!(words.contains("Tue 24 Nov, 04:00 to 04:30 UTC") && words.contains("and one more, in the calendar"), "{words}");
}

#[test]
fn what_the_clock_posted_says_so_and_what_people_wrote_does_not() {
    let html = incident(&planned(), "ser0x");
    assert_eq!(html.matches("Posted automatically").count(), 2);
    let mut view = planned();
    let window = view.maintenances.iter_mut().find(|m| m.id == id("ser0x")).expect("planned");
    for update in &mut Arc::make_mut(window).updates {
        update.display_at += chrono::TimeDelta::minutes(1);
        update.created_at = update.display_at;
    }
    assert!(!incident(&view, "ser0x").contains("Posted automatically"), "the field's own words, but said by somebody a minute later");
}

#[test]
fn planned_work_shows_the_post_mortem_that_covers_it() {
    let html = incident(&planned(), "mnta");
    assert!(html.contains(&format!("href=\"/post-mortems/{}\"", id("pmc"))) && html.contains("more than it could answer"));
}

#[test]
fn an_incident_shows_the_summary_and_leads_to_the_document() {
    let html = incident(&fixtures::worst_day("Etc/UTC"), "incf");
    assert!(html.contains(&format!("<a href=\"/post-mortems/{}\">Read the whole post-mortem</a>", id("pma"))));
    assert!(html.contains("older workers") && !html.contains("The canary took writes only"), "the causes are in the document");
    assert!(text(&html).contains("1 of 2 follow-ups is done."));
}

#[test]
fn a_post_mortem_that_is_not_planned_says_why_where_it_would_be_looked_for() {
    let view = planned();
    assert!(text(&incident(&view, "incb")).contains("No post-mortem is planned: a lost cable tells no story."));
    assert!(!list(&view).contains("lost cable"));
}

#[test]
fn the_list_has_what_is_owed_above_what_is_published_newest_first() {
    let html = list(&planned());
    assert!(place(&html, "Being written") < place(&html, "Two failures of one database"));
    assert!(place(&html, "Two failures of one database") < place(&html, &format!("/post-mortems/{}", id("pma"))));
    let words = text(&html);
    assert!(words.contains("Delta downloads slow in South America 21 NovPromised by 21 Nov, overdue."), "{words}");
    assert!(words.contains("Published 2 NovRevised 9 NovProvisional"));
    assert!(html.contains("href=\"/post-mortems.atom\""));
}

#[test]
fn empty_lists_say_what_will_stand_there() {
    let view = fixtures::empty("Platform", "Etc/UTC");
    assert!(text(&list(&view)).contains("No post-mortem has been published yet."));
    assert!(text(&follow_ups(&view)).contains("Nothing has been promised yet."));
}

#[test]
fn nothing_of_a_document_that_is_not_public_is_rendered() {
    let mut view = planned();
    let draft = Postmortem {
        status: PostmortemStatus::Review,
        title: "Secret".to_owned(),
        ..view.postmortem(id("pmc").as_str()).expect("there").postmortem.clone()
    };
    view.postmortems = vec![Arc::new(PostmortemView::new(draft))];
    for page in [PublicPage::Postmortem(id("pmc").to_string()), PublicPage::Revision(id("pmc").to_string(), 1)] {
        assert_eq!(shown(&page, &view), None);
    }
    assert!(!list(&view).contains("Secret") && !follow_ups(&view).contains("Limits"));
}

#[test]
fn the_facts_of_the_impact_are_a_table() {
    let html = document(&planned(), "pmc");
    let words = text(&html);
    for fact in [
        "From24 Oct, 02:00 UTC",
        "To21 Nov, 10:48 UTC",
        "Duration9 h 48 min in 2 incidents",
        "ComponentsAPIDashboard",
        "Affectedabout 1 % of devices",
        "Data lossNo data was lost",
    ] {
        assert!(words.contains(fact), "{fact}: {words}");
    }
    assert!(html.contains("<th scope=\"row\">Workaround</th><td>the &lt;b&gt;web&lt;/b&gt; terminal</td>"));
    assert!(
        place(&html, "id=\"impact\"") < place(&html, "<th scope=\"row\">") && place(&html, "Workaround") < place(&html, "Requests failed.")
    );
}

#[test]
fn one_incident_lasted_from_its_first_to_its_last_instant() {
    let mut view = planned();
    let mut one = view.postmortem(id("pmc").as_str()).expect("there").postmortem.clone();
    one.incident_ids.truncate(1);
    one.facts.until = Some(at("2026-10-24 11:00"));
    view.postmortems = vec![Arc::new(PostmortemView::new(one))];
    assert!(text(&document(&view, "pmc")).contains("Duration9 h"));
}

#[test]
fn every_part_of_a_document_can_be_linked_to_and_is_in_the_contents() {
    let html = document(&planned(), "pmc");
    for anchor in ["summary", "impact", "causes", "stay-informed", "follow-ups"] {
        assert!(html.contains(&format!("<a href=\"#{anchor}\">")) && html.contains(&format!("<section id=\"{anchor}\"")), "{anchor}");
    }
    assert!(html.contains(&format!("<li id=\"{}\"", id("acta1"))));
}

#[test]
fn call_outs_are_set_apart() {
    let html = document(&planned(), "pmc");
    assert!(html.contains("<p class=\"note\">NOTE: the figures") && html.contains("<p class=\"note warning\">WARNING: do not"));
    assert!(text(&html).contains("This is what we know so far. A fuller version will replace it here."));
}

#[test]
fn a_document_is_an_article_to_chat_programs() {
    let html = document(&planned(), "pmc");
    for property in [
        "property=\"og:type\" content=\"article\"",
        "property=\"og:title\" content=\"Two failures of one database - Meridian Cloud status\"",
        "property=\"og:description\" content=\"The database was asked more than it could answer, twice.\"",
        "property=\"article:published_time\" content=\"2026-11-02T09:00:00Z\"",
        "property=\"article:modified_time\" content=\"2026-11-09T09:00:00Z\"",
    ] {
        assert!(html.contains(property), "{property}");
    }
    let address = format!("https://status.example.com/post-mortems/{}", id("pmc"));
    assert!(
        html.contains(&format!("<link rel=\"canonical\" href=\"{address}\">"))
            && html.contains(&format!("\"og:url\" content=\"{address}\""))
    );
    assert!(home(&planned()).contains("property=\"og:type\" content=\"website\""));
}

#[test]
fn what_it_said_before_stays_and_is_marked_as_superseded() {
    let view = planned();
    let html = document(&view, "pmc");
    assert!(text(&html).contains("Revised twice"));
    for number in [1, 2] {
        assert!(html.contains(&format!("/post-mortems/{}/revisions/{number}\"", id("pmc"))));
    }
    let before = shown(&PublicPage::Revision(id("pmc").to_string(), 1), &view).expect("a page");
    assert!(
        before.contains("It failed.") && before.contains("Superseded") && before.contains("<meta name=\"robots\" content=\"noindex\">")
    );
    assert!(text(&before).contains("This is what the post-mortem said until 5 Nov, 09:00 UTC."));
    assert!(!before.contains("more than it could answer") && !before.contains("rel=\"canonical\""));
    for number in [0, 3, -1] {
        assert_eq!(shown(&PublicPage::Revision(id("pmc").to_string(), number), &view), None);
    }
}

#[test]
fn follow_ups_stand_by_state_most_wanted_first_with_their_past() {
    let html = follow_ups(&planned());
    assert!(
        place(&html, "id=\"under-way\"") < place(&html, "id=\"planned\"") && place(&html, "id=\"planned\"") < place(&html, "id=\"done\"")
    );
    assert!(place(&html, "Fewer questions") < place(&html, "Larger caches"), "twelve votes stand before three");
    let words = text(&html);
    assert!(words.contains("1 of them is overdue.") && words.contains("Overdue since 20 Nov"), "{words}");
    assert!(words.contains("Due 22 NovPlanned 12 Oct, under way 3 Nov"), "due today is not overdue: {words}");
    assert!(html.contains(&format!("href=\"/post-mortems/{}\">Two failures of one database</a>", id("pmc"))));
}

#[test]
fn one_can_vote_for_what_is_open_where_mail_says_who_votes() {
    let mut view = planned();
    let link = |key: &str| format!("href=\"/follow-ups/{}/vote\"", id(key));
    for html in [follow_ups(&view), document(&view, "pmc")] {
        assert!(html.contains(&link("acta1")) && html.contains("3 votes") && html.contains("1 vote<"));
        assert!(!html.contains(&link("acta4")), "what was dropped takes no votes");
    }
    view.page.mail = false;
    assert!(!follow_ups(&view).contains("/vote\"") && follow_ups(&view).contains("3 votes"));
}

#[test]
fn readers_can_answer_and_report_without_a_script() {
    let view = planned();
    let html = document(&view, "pmc");
    assert!(html.contains(&format!("method=\"post\" action=\"/post-mortems/{}/feedback\"", id("pmc"))));
    assert!(
        html.contains("name=\"helpful\" value=\"yes\"") && html.contains("name=\"helpful\" value=\"no\"") && html.contains("name=\"text\"")
    );
    assert!(incident(&view, "inca").contains(&format!("action=\"/incidents/{}/seen\"", id("inca"))));
    assert!(!incident(&view, "ince").contains("/seen\""), "it is over");
    let component = shown(&PublicPage::Component(id("comp1x").to_string()), &view).expect("a page");
    assert!(component.contains(&format!("action=\"/components/{}/seen\"", id("comp1x"))) && component.contains("I see this too"));
}

#[test]
fn a_component_tells_of_the_work_to_come() {
    let view = planned();
    let component = shown(&PublicPage::Component(id("comp8x").to_string()), &view).expect("a page");
    assert!(place(&component, "Database migration to a new engine") < place(&component, "Incidents and planned work"));
}
