//! The planner, the settings it goes by, and where its figures come from.

use app::words::Role;
use chrono::TimeDelta;

use crate::staff_pages::{between, each_engine_app, led_to};
use crate::support::app::TestApp;
use crate::support::mailing::mailing_app;

const PLANNER: &str = "/staff/maintenances/planner";

#[tokio::test]
async fn without_any_data_it_says_so_and_suggests_around_the_pages_working_hours() {
    let app = TestApp::plain().await;
    let page = app.owner().await.get(PLANNER).await.text();
    assert!(page.contains("There is no data of this yet.") && !page.contains("<svg class=\"load\" viewBox=\"0 0 320"), "{page}");
    assert!(page.contains("There is no data yet of response times, page reads and working hours."), "{page}");
    assert!(page.contains("Nothing is planned for the next four weeks, and no incident is open."), "{page}");
    let quiet = between(&page, "id=\"quiet\"", "</section>");
    assert_eq!(quiet.matches("Plan work here").count(), 5, "{quiet}");
    // Seven days from Monday, 10:00; the working day there ends at 18:00.
    assert!(quiet.contains("window_from=2026-11-30T18:00&amp;window_until=2026-11-30T19:00"), "{quiet}");
    assert!(!quiet.contains("Load "), "nothing is compared: {quiet}");
}

#[tokio::test]
async fn what_is_read_is_drawn_and_told_in_a_table() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        for _ in 0..3 {
            app.get("/").await;
        }
        app.workers().tally.write().await.unwrap();
        app.hand.advance(TimeDelta::hours(2));
        let page = browser.get(&format!("{PLANNER}?source=reads")).await.text();
        assert!(page.contains("Page reads by hour of the week in UTC."), "{page}");
        let table = between(&page, "<table class=\"hours\">", "</table>");
        assert!(table.contains("<th scope=\"row\">10:00</th><td>3</td>"), "{table}");
        assert!(table.contains("<th scope=\"row\">11:00</th><td>0</td>"), "nobody read then: {table}");
        assert!(table.contains("<th scope=\"row\">12:00</th><td>–</td>"), "that hour is not over: {table}");
        assert!(!between(&page, "<main", "</main>").contains("style="), "no style stands in the page");
        let all = browser.get(PLANNER).await.text();
        assert!(all.contains("There is no data yet of response times and working hours."), "{all}");
    })
    .await;
}

#[tokio::test]
async fn subscribers_are_counted_where_their_browsers_say_they_are() {
    let app = mailing_app(&[]).await;
    let browser = app.owner().await;
    for (who, zone) in [("anna", "America/New_York"), ("ben", ""), ("cleo", "Mars/Olympus_Mons")] {
        let email = format!("{who}@example.test");
        let fields = [("email", email.as_str()), ("about", "all"), ("kinds", "maintenances"), ("time_zone", zone)];
        assert_eq!(app.post("/subscribe", &fields).await.status, 200, "{zone}");
    }
    let zones = app.texts("select coalesce(time_zone, 'none') from subscribers order by address_key").await;
    assert_eq!(zones, ["America/New_York", "none", "none"], "what is no zone is none");
    app.meddle("update subscribers set state = 'active'").await;
    let page = browser.get(&format!("{PLANNER}?source=people")).await.text();
    let table = between(&page, "<table class=\"hours\">", "</table>");
    assert!(table.contains("<th scope=\"row\">09:00</th><td>2</td>"), "those without a zone are in the page's: {table}");
    assert!(table.contains("<th scope=\"row\">14:00</th><td>3</td>"), "{table}");
    assert!(table.contains("<th scope=\"row\">20:00</th><td>1</td>"), "{table}");
    assert!(page.contains("Those who named no zone are counted in the page's."), "{page}");
    assert!(app.get("/subscribe").await.text().contains("<input type=\"hidden\" name=\"time_zone\" value=\"\""));
}

#[tokio::test]
async fn it_suggests_after_the_lead_time_and_around_what_is_planned() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let shorter = [
        ("lead_days", "2"),
        ("postmortem_days", "5"),
        ("sightings_alert", "10"),
        ("weight_degraded", "0"),
        ("weight_partial", "0.3"),
        ("weight_major", "1"),
        ("merge_minutes", "5"),
        ("publish_after_minutes", "0"),
    ];
    assert_eq!(led_to(&browser.post_form("/staff/settings", &shorter).await), "/staff/settings");
    let first = "window_from=2026-11-25T18:00&amp;window_until=2026-11-25T19:00";
    assert!(browser.get(PLANNER).await.text().contains(first));
    let fields = [
        ("name", "Network work"),
        ("when", "dated"),
        ("window_from", "2026-11-25T18:30"),
        ("window_until", "2026-11-25T23:30"),
        ("do", "announce"),
    ];
    assert_eq!(browser.post_form("/staff/maintenances/new", &fields).await.status, 303);
    let page = browser.get(PLANNER).await.text();
    assert!(!page.contains(first), "another window is there: {page}");
    assert!(between(&page, "id=\"taken\"", "</section>").contains("Network work"), "{page}");
    assert!(page.contains("At least 2 days from now"), "{page}");
    let begun = browser.get("/staff/maintenances/new?window_from=2026-11-26T00:00&window_until=2026-11-26T01:00").await.text();
    assert!(begun.contains("value=\"2026-11-26T00:00\"") && begun.contains("value=\"2026-11-26T01:00\""), "the form is filled in: {begun}");
    for length in ["0", "soon", "10081", "-5"] {
        let refused = browser.get(&format!("{PLANNER}?length={length}")).await;
        assert_eq!(refused.status, 422, "{length}");
        assert!(refused.text().contains("The length must be a whole number of minutes from 1 to 10080."), "{}", refused.text());
    }
    let long = browser.get(&format!("{PLANNER}?length=480")).await.text();
    assert!(long.contains("window_until=2026-11-26T08:00") || long.contains("window_from=2026-11-26T00:00"), "{long}");
}

#[tokio::test]
async fn settings_are_chosen_or_refused_with_a_sentence() {
    each_engine_app(async |app| {
        let browser = app.member(Role::Admin).await;
        let page = browser.get("/staff/settings").await.text();
        assert!(between(&page, "name=\"lead_days\"", ">").contains("value=\"7\""), "a week by default: {page}");
        let chosen = [
            ("lead_days", "14"),
            ("postmortem_days", "10"),
            ("review", "on"),
            ("sightings_alert", "3"),
            ("weight_degraded", "0.1"),
            ("weight_partial", "0,25"),
            ("weight_major", "1"),
            ("merge_minutes", "10"),
            ("publish_after_minutes", "15"),
            ("resolve_by_itself", "on"),
        ];
        assert_eq!(led_to(&browser.post_form("/staff/settings", &chosen).await), "/staff/settings");
        let page = browser.get("/staff/settings").await.text();
        assert!(page.contains("Saved.") && between(&page, "name=\"lead_days\"", ">").contains("value=\"14\""), "{page}");
        assert!(between(&page, "name=\"review\"", ">").contains("checked"), "{page}");
        assert!(between(&page, "name=\"weight_partial\"", ">").contains("value=\"0.25\""), "{page}");
        assert!(between(&page, "name=\"merge_minutes\"", ">").contains("value=\"10\""), "{page}");
        assert!(between(&page, "name=\"publish_after_minutes\"", ">").contains("value=\"15\""), "{page}");
        assert!(between(&page, "name=\"resolve_by_itself\"", ">").contains("checked"), "{page}");
        let minutes = "must be a whole number from 0 to 120.";
        for (field, value, sentence) in [
            ("merge_minutes", "61", "The minutes within which failures are one draft must be a whole number from 0 to 60."),
            ("publish_after_minutes", "121", minutes),
            ("publish_after_minutes", "-1", minutes),
            ("publish_after_minutes", "0.5", "Write a whole number, such as 7."),
            ("lead_days", "0", "The lead time in days must be a whole number from 1 to 365."),
            ("lead_days", "soon", "Write a whole number, such as 7."),
            ("postmortem_days", "366", "The days until a post-mortem must be a whole number from 1 to 365."),
            ("sightings_alert", "", "Write a whole number, such as 7."),
            ("weight_partial", "1.01", "The weight of a partial outage must be a number from 0 to 1"),
            ("weight_partial", "0.333", "Write a number from 0 to 1 with at most two decimals, such as 0.3."),
            ("weight_major", "-1", "Write a number from 0 to 1 with at most two decimals, such as 0.3."),
        ] {
            let others = chosen.into_iter().filter(|(name, _)| *name != field);
            let refused = browser.post_form("/staff/settings", &others.chain([(field, value)]).collect::<Vec<_>>()).await;
            assert_eq!(refused.status, 422, "{field} = {value}");
            assert!(refused.text().contains(sentence), "{field}: {}", refused.text());
        }
        let page = browser.get("/staff/settings").await.text();
        assert!(between(&page, "name=\"lead_days\"", ">").contains("value=\"14\""), "nothing was changed: {page}");
    })
    .await;
}
