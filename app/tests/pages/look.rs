//! The head of documents, and what the operator chose.

use app::PublicPage;
use app::look;
use app::words::{ComponentStatus, Look, Picture, PictureKind};

use crate::fixtures::{planned, quiet, worst_day};
use crate::{every_page, home, shown};

/// What stands in the data block of a page.
fn data(html: &str) -> serde_json::Value {
    let start = html.find("ld+json\">").expect("there is a data block") + 9;
    let end = html[start..].find("</script>").expect("it ends") + start;
    serde_json::from_str(&html[start..end]).expect("it is JSON")
}

fn picture(address: &str, kind: PictureKind) -> Picture {
    Picture { address: address.to_owned(), kind, width: 200, height: 50 }
}

#[test]
fn every_page_that_may_be_found_says_what_it_is_to_programs() {
    let view = worst_day("Europe/Berlin");
    for (page, html) in every_page(&view) {
        if html.contains("rel=\"canonical\"") {
            assert_eq!(data(&html)["@context"], "https://schema.org", "{page:?}");
            assert!(html.contains("property=\"og:site_name\"") && html.contains("property=\"og:locale\" content=\"en_US\""), "{page:?}");
        }
    }
    assert_eq!(data(&home(&view))["@graph"][0]["@type"], "WebSite");
}

#[test]
fn planned_work_with_a_date_is_an_event_and_an_incident_an_announcement() {
    let view = planned("Europe/Berlin");
    let mut events = 0;
    for maintenance in &view.maintenances {
        let html = shown(&PublicPage::Incident(maintenance.id.to_string()), &view).expect("it is shown");
        let thing = data(&html)["@graph"][0].clone();
        let expected = if maintenance.window.is_some() { "Event" } else { "BreadcrumbList" };
        assert_eq!(thing["@type"], expected, "{}", maintenance.name);
        if let Some(window) = maintenance.window {
            events += 1;
            let start: chrono::DateTime<chrono::Utc> = thing["startDate"].as_str().expect("a start").parse().expect("an instant");
            assert_eq!(start, window.from);
        }
    }
    assert!(events > 0, "the fixture has dates");
    let open = worst_day("Europe/Berlin");
    let incident = open.incidents.first().expect("something is open");
    let html = shown(&PublicPage::Incident(incident.id.to_string()), &open).expect("it is shown");
    assert_eq!(data(&html)["@graph"][0]["@type"], "SpecialAnnouncement");
}

#[test]
fn no_name_ends_the_data_block() {
    let mut view = quiet();
    view.page.name = "</script><script>alert(1)</script><!--".to_owned();
    let html = home(&view);
    assert!(!html.contains("<script>alert"), "{html}");
    assert_eq!(data(&html)["@graph"][0]["publisher"]["name"], view.page.name);
}

#[test]
fn a_logo_keeps_its_place_and_is_the_name_to_who_cannot_see_it() {
    let mut view = quiet();
    view.page.look.logo = Some(picture("/files/a.png", PictureKind::Png));
    let one = home(&view);
    assert!(one.contains("src=\"/files/a.png\" width=\"200\" height=\"50\""), "{one}");
    assert!(one.contains("property=\"og:image\" content=\"https://status.example.com/files/a.png\""), "{one}");
    view.page.look.logo = Some(picture("/files/a.svg", PictureKind::Svg));
    assert!(!home(&view).contains("og:image"), "chat programs take no drawings");
}

#[test]
fn the_icon_in_the_head_is_that_of_the_status() {
    let icons = ComponentStatus::ALL.iter().map(|status| format!("/files/icon-{status}.svg")).collect();
    let mut view = quiet();
    view.page.look = Look { icons, ..Look::default() };
    assert!(home(&view).contains("rel=\"icon\" href=\"/files/icon-operational.svg\""));
    let mut red = worst_day("Europe/Berlin");
    red.page.look = view.page.look.clone();
    assert!(home(&red).contains("rel=\"icon\" href=\"/files/icon-major_outage.svg\""));
}

#[test]
fn each_mark_is_another_and_all_is_well_has_none() {
    let icons: Vec<String> = ComponentStatus::ALL.iter().map(|status| look::icon(*status, None)).collect();
    for (at, icon) in icons.iter().enumerate() {
        assert!(!icons[..at].contains(icon), "{icon} stands twice");
        assert_eq!(icon.contains("class=\"k\""), ComponentStatus::ALL[at] != ComponentStatus::Operational);
    }
}

#[test]
fn a_style_sheet_is_made_only_of_what_differs() {
    assert_eq!(look::sheet(None, None, false), None);
    let dark = look::sheet(None, "#8ab8f2".parse().ok(), false).expect("a sheet");
    assert!(dark.starts_with("@media screen and (prefers-color-scheme:dark)") && !dark.contains(":root,"), "{dark}");
    let logos = look::sheet(None, None, true).expect("a sheet");
    assert!(logos.contains("--on-dark:none") && logos.contains("--on-light:none") && !logos.contains("--link"), "{logos}");
}

#[test]
fn the_text_about_the_page_is_marked_where_the_page_is_in_another_language() {
    let mut view = quiet();
    view.page.look.about_html = "<p>All of it.</p>".to_owned();
    assert!(home(&view).contains("<p>All of it.</p>") && !home(&view).contains("lang=\"en\" dir=\"auto\""));
    let german = home(&view.in_language("de"));
    assert!(german.contains("Über diese Seite") && german.contains("lang=\"en\" dir=\"auto\""), "{german}");
}
