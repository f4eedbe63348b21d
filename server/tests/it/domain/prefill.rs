//! What a post-mortem begins with.

use app::words::{ComponentEffect, ComponentStatus, Id, Incident, IncidentStatus, IncidentUpdate};
use chrono_tz::Tz;
use server::domain::prefill::{prefill, title};

use super::{id, minute};
use crate::store::sample;

fn update(n: i64, status: IncidentStatus, body: &str, effect: Option<(Id, ComponentStatus)>) -> IncidentUpdate {
    let effect = effect.map(|(component_id, to)| ComponentEffect {
        component_id,
        name: "as it was called then".to_owned(),
        from: ComponentStatus::Operational,
        to,
    });
    IncidentUpdate {
        id: id(u8::try_from(n).unwrap()),
        status,
        body: body.to_owned(),
        body_html: String::new(),
        display_at: minute(n),
        created_at: minute(n),
        updated_at: minute(n),
        effects: effect.map(|effect| vec![effect]),
        notify: true,
    }
}

fn incident(name: &str, from: i64, until: Option<i64>) -> Incident {
    let mut updates =
        vec![update(from, IncidentStatus::Investigating, "We see errors.\n\nMany.", Some((id(201), ComponentStatus::MajorOutage)))];
    updates.extend(until.map(|n| update(n, IncidentStatus::Resolved, "Over.", Some((id(201), ComponentStatus::Operational)))));
    updates.reverse();
    Incident {
        name: name.to_owned(),
        started_at: minute(from),
        resolved_at: until.map(minute),
        components: vec![id(202), id(201)],
        updates,
        ..sample::incident("one")
    }
}

fn named(component: &Id) -> Option<String> {
    [(201, "API"), (202, "Web")].into_iter().find(|(n, _)| id(*n) == *component).map(|(_, name)| name.to_owned())
}

#[test]
fn a_title_names_the_first_and_fits() {
    let names = |names: &[&str]| title(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert_eq!(names(&["A"]), "A");
    assert_eq!(names(&["A", "B"]), "A and one more");
    assert_eq!(names(&["A", "B", "C"]), "A and 2 more");
    assert_eq!(names(&[&"x".repeat(255), "B"]).chars().count(), 255);
}

#[test]
fn times_stand_in_the_zone_of_the_page_and_each_incident_has_its_own_list() {
    let both = [incident("Second", 60, Some(90)), incident("First", 0, Some(30))];
    let text = prefill(&both, None, Tz::Europe__Berlin, named);
    assert_eq!((text.facts.from, text.facts.until), (Some(minute(0)), Some(minute(90))));
    assert_eq!(text.sections.impact.as_deref(), Some("Affected, at worst:\n\n- API: major outage\n- Web"));
    assert_eq!(
        text.sections.actions_taken.as_deref(),
        Some(
            "### What happened: First\n\n\
             - **23 Nov 2026, 09:00 CET, Investigating:** We see errors.\n\n  Many.\n\
             - **23 Nov 2026, 09:30 CET, Resolved:** Over.\n\n\
             ### What happened: Second\n\n\
             - **23 Nov 2026, 10:00 CET, Investigating:** We see errors.\n\n  Many.\n\
             - **23 Nov 2026, 10:30 CET, Resolved:** Over."
        )
    );
    assert_eq!((text.sections.summary, text.sections.causes, text.body), (None, None, String::new()));
}

#[test]
fn while_one_goes_on_the_impact_has_no_end_and_work_counts_with_its_window() {
    let text = prefill(&[incident("Open", 0, None), incident("Over", 5, Some(10))], None, Tz::UTC, named);
    assert_eq!((text.facts.from, text.facts.until), (Some(minute(0)), None));
    let work = sample::maintenance("work");
    let text = prefill(&[], Some(&work), Tz::UTC, |_| None);
    assert_eq!((text.title.as_str(), text.sections.impact), ("Database upgrade", None));
    assert_eq!((text.facts.from, text.facts.until), (work.window.map(|window| window.from), work.window.map(|window| window.until)));
    assert_eq!(text.sections.actions_taken, None);
}
