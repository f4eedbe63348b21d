//! The rules alone: which failures belong together, what the clock may do, and what a template may say.

use app::words::ComponentStatus::{DegradedPerformance, MajorOutage};
use app::words::Id;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use server::domain::evidence::Evidence;
use server::domain::failure::{Open, Says, Standing, beside, grown, joined, over_since, publish_again_at, publish_at, publishes, standing};
use server::domain::seen::{Kept, Seen};
use server::domain::template::{body, title};

use crate::store::sample::{at, id};

const FIVE: TimeDelta = TimeDelta::minutes(5);

fn open(word: &str, untouched_draft: bool, newest: &str) -> Open {
    Open { id: id(word), untouched_draft, newest_at: at(newest) }
}

#[test]
fn a_failure_joins_the_newest_untouched_draft_within_the_gap_and_stands_beside_what_is_staffs() {
    let all = [open("old", true, "10:00"), open("new", true, "10:02"), open("theirs", false, "10:03"), open("done", false, "09:00")];
    let asked = |time: &str, gap| {
        let beside: Vec<&Id> = beside(&all, at(time), gap).collect();
        (joined(&all, at(time), gap).cloned(), beside.into_iter().cloned().collect::<Vec<_>>())
    };
    assert_eq!(asked("10:04", FIVE), (Some(id("new")), vec![id("theirs")]));
    assert_eq!(asked("10:06:59", FIVE), (Some(id("new")), vec![id("theirs")]));
    assert_eq!(asked("10:07", FIVE), (None, vec![id("theirs")]));
    assert_eq!(asked("10:08", FIVE), (None, vec![]));
    assert_eq!(asked("10:03", TimeDelta::zero()), (None, vec![]), "without a gap nothing belongs together");
}

#[test]
fn a_component_that_is_named_twice_has_the_worse_status() {
    let known = [(id("api"), DegradedPerformance)];
    assert_eq!(grown(&known, None), known);
    assert_eq!(grown(&known, Some(&(id("api"), MajorOutage))), [(id("api"), MajorOutage)]);
    assert_eq!(grown(&known, Some(&(id("web"), MajorOutage))), [(id("api"), DegradedPerformance), (id("web"), MajorOutage)]);
}

#[test]
fn all_is_well_only_when_every_monitor_at_work_says_so() {
    let up = |time: &str| Says { at_work: true, recovered_at: Some(at(time)) };
    let failing = Says { at_work: true, recovered_at: None };
    let resting = Says { at_work: false, recovered_at: None };
    assert_eq!(standing([]), Standing::Unknown);
    assert_eq!(standing([resting]), Standing::Unknown);
    assert_eq!(standing([up("10:05"), up("10:01"), resting]), Standing::Recovered(at("10:05")));
    for order in [[up("10:05"), failing], [failing, up("10:05")]] {
        assert_eq!(standing(order), Standing::Failing);
    }
}

#[test]
fn the_clock_publishes_only_what_was_left_to_it_and_still_fails() {
    assert_eq!(publish_at(0, at("10:00")), None);
    assert_eq!(publish_at(-5, at("10:00")), None);
    assert_eq!(publish_at(2, at("10:00")), Some(at("10:02")));
    let due = Some(at("10:02"));
    assert!(publishes(due, Standing::Failing, at("10:02")));
    assert!(!publishes(due, Standing::Failing, at("10:01:59")));
    assert!(!publishes(None, Standing::Failing, at("23:00")), "nobody chose so, or somebody stopped it");
    assert!(!publishes(due, Standing::Recovered(at("10:01")), at("23:00")));
    assert!(!publishes(due, Standing::Unknown, at("23:00")));
    assert_eq!(publish_again_at(due, 2, at("10:01")), Some(at("10:03")));
    assert_eq!(publish_again_at(Some(at("11:00")), 2, at("10:01")), Some(at("11:00")), "never sooner than it was said");
    assert_eq!(publish_again_at(None, 2, at("10:01")), None, "what was stopped stays so");
    assert_eq!(over_since(Standing::Recovered(at("10:00")), at("10:05"), FIVE), Some(at("10:00")));
    assert_eq!(over_since(Standing::Recovered(at("10:00")), at("10:04:59"), FIVE), None);
    assert_eq!(over_since(Standing::Failing, at("23:00"), FIVE), None);
}

#[test]
fn a_template_says_what_staff_wrote_and_holds_no_address() {
    assert_eq!((title("  "), body("")), (Ok(String::new()), Ok(String::new())), "empty is the stock sentence");
    assert_eq!(title(" Payments fail ").unwrap(), "Payments fail");
    assert_eq!(
        body("We *look* at it: 10.5 % of payments.\r\nSince 10:30:15.").unwrap(),
        "We *look* at it: 10.5 % of payments.\nSince 10:30:15."
    );
    for text in
        ["see https://x.example/health", "10.0.0.7 is away", "db (10.0.0.7:5432)", "[::ffff:10.0.0.7]", "2001:db8::1.", "Away: fe80::1"]
    {
        let sentence = body(text).unwrap_err();
        assert!(sentence.contains("cannot hold a web or IP address"), "{text}: {sentence}");
        assert!(title(text).is_err(), "{text}");
    }
    assert!(title("two\nlines").is_err() && title(&"x".repeat(256)).is_err() && body(&"x".repeat(25_001)).is_err());
}

#[test]
fn evidence_of_earlier_versions_is_that_of_the_monitor_that_wrote_the_draft() {
    let evidence = Evidence {
        monitor: "API".to_owned(),
        reason: "timeout".to_owned(),
        first_failed_at: at("10:00"),
        checks: Vec::new(),
        recovered_at: None,
    };
    let old: Kept = serde_json::from_str(&serde_json::to_string(&evidence).unwrap()).unwrap();
    let seen = Seen { monitor_id: id("mon"), beside: false, noted_at: at("10:00"), evidence };
    assert_eq!(old.clone().seen(Some(&id("mon"))), std::slice::from_ref(&seen));
    assert_eq!(old.seen(None), []);
    let new: Kept = serde_json::from_str(&serde_json::to_string(&[&seen]).unwrap()).unwrap();
    assert_eq!(new.seen(Some(&id("other"))), [seen]);
}

fn instant(second: i64) -> DateTime<Utc> {
    at("10:00") + TimeDelta::seconds(second)
}

proptest! {
    #[test]
    fn a_failure_never_joins_what_staff_own_nor_what_is_older_than_the_gap(
        of in prop::collection::vec((any::<bool>(), 0_i64..1_200), 0..12), now in 0_i64..1_200, gap in 0_i64..900,
    ) {
        let all: Vec<Open> = of.iter().enumerate().map(|(number, (untouched_draft, second))| Open {
            id: id(&format!("i{number:02}x")), untouched_draft: *untouched_draft, newest_at: instant(*second),
        }).collect();
        let (now, gap) = (instant(now), TimeDelta::seconds(gap));
        let found = joined(&all, now, gap).map(|id| all.iter().find(|one| one.id == *id).unwrap());
        let near = |one: &&Open| one.untouched_draft && now - one.newest_at < gap;
        prop_assert_eq!(found.is_some(), all.iter().any(|one| near(&one)));
        if let Some(found) = found {
            prop_assert!(near(&found) && all.iter().filter(near).all(|one| one.newest_at <= found.newest_at));
        }
        for id in beside(&all, now, gap) {
            prop_assert!(Some(id) != found.map(|one| &one.id));
        }
    }
}
