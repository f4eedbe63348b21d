//! Every kind of mail as its reader sees it, text and HTML, as it was looked at and found good: in English, and of each language one with
//! HTML and all of them as text.

use std::sync::Arc;

use app::language;
use app::words::{IncidentStatus, Mute, NotificationKind, Translation};
use chrono_tz::Tz;
use server::channels::email::Letter;
use server::domain::notice::{IncidentNotice, KnownNotice, MaintenanceNotice, Notice, PostmortemNotice};
use server::domain::other_words::OtherWords;

use super::{draft, html, id, incident, letter, others, parsed, planned, several_drafts, text_of, written};
use crate::support::app::test_now;
use crate::support::snapshot::compare;
use crate::support::works::window;

const BODY: &str =
    "We see **errors** on `POST /v1/pay`.\n\n- Cards work\n- *Transfers* do not\n\nMore at [our guide](https://example.test/guide).";

/// A name for the file, and the letter.
type Named = (String, Letter);

fn named(name: &str, kind: NotificationKind, notice: Notice) -> Named {
    (name.to_owned(), Letter { kind, ..letter(notice) })
}

/// What subscribers get, each kind once and planned work in each of its ways.
fn to_subscribers() -> Vec<Named> {
    use NotificationKind::{
        ActionItemDone, AnnouncementMade, ConfirmLeaving, ConfirmSubscription, ConfirmVote, IncidentOpened, IncidentResolved,
        IncidentUpdated, KnownSubscription, MaintenanceAnnounced, MaintenanceCancelled, PostmortemPublished, PostmortemRevised,
        SubscriptionLink,
    };
    let told = IncidentNotice { body: BODY.to_owned(), ..incident() };
    let over = IncidentNotice { status: IncidentStatus::Resolved, resolved_at: Some(test_now()), next_update_at: None, ..told.clone() };
    let identified = IncidentNotice { status: IncidentStatus::Identified, ..told.clone() };
    let work = |kind| MaintenanceNotice { body: BODY.to_owned(), ..planned::planned(kind) };
    let document = PostmortemNotice { summary: BODY.to_owned(), covered: vec![id("inc"), id("two")], ..others::document() };
    let further: Vec<_> = (1..=14).map(|week| window(48 + week * 168, 50 + week * 168)).collect();
    let mut all = vec![
        named("incident-opened", IncidentOpened, Notice::Incident(told)),
        named("incident-updated", IncidentUpdated, Notice::Incident(identified)),
        named("incident-resolved", IncidentResolved, Notice::Incident(over)),
        named("post-mortem-published", PostmortemPublished, Notice::Postmortem(document.clone())),
        named("post-mortem-revised", PostmortemRevised, Notice::Postmortem(PostmortemNotice { provisional: true, ..document })),
        named("announcement", AnnouncementMade, Notice::Announcement(others::announcement())),
        named("follow-up-done", ActionItemDone, Notice::ItemDone(others::item())),
        named("confirm", ConfirmSubscription, Notice::Confirm),
        named("known-follow", KnownSubscription, Notice::Known(others::known())),
        named("known-more", KnownSubscription, Notice::Known(KnownNotice { follow: None })),
        named("link", SubscriptionLink, Notice::Link),
        named("leave", ConfirmLeaving, Notice::Leave(others::leave())),
        named("vote", ConfirmVote, Notice::Vote(others::item())),
    ];
    all.extend(planned::KINDS.into_iter().map(|(kind, ..)| {
        let name = kind.as_str().replace('_', "-");
        named(&name, kind, Notice::Maintenance(work(kind)))
    }));
    let undated = MaintenanceNotice { window: None, ..work(MaintenanceAnnounced) };
    let series = |kind| Notice::Maintenance(MaintenanceNotice { further: further.clone(), ..work(kind) });
    let begun = MaintenanceNotice { window: Some(window(-1, 1)), ..work(MaintenanceCancelled) };
    all.extend([
        named("maintenance-announced-undated", MaintenanceAnnounced, Notice::Maintenance(undated)),
        named("maintenance-announced-series", MaintenanceAnnounced, series(MaintenanceAnnounced)),
        named("maintenance-cancelled-series", MaintenanceCancelled, series(MaintenanceCancelled)),
        named("maintenance-cancelled-begun", MaintenanceCancelled, Notice::Maintenance(begun)),
    ]);
    all
}

fn to_staff() -> Vec<Named> {
    vec![
        named("staff-draft", NotificationKind::DraftOpened, draft()),
        named("staff-draft-several", NotificationKind::DraftOpened, several_drafts()),
        named("staff-task", NotificationKind::StaffTask, Notice::Task(others::task())),
    ]
}

/// The letter for a reader of that language in that zone.
fn in_language(letter: Letter, code: &str, zone: Tz) -> Letter {
    Letter { language: language::known(code).unwrap(), time_zone: zone, ..letter }
}

/// Subject, empty line, text.
fn as_text(letter: &Letter) -> String {
    let mail = written(letter);
    format!("Subject: {}\n\n{}", parsed(&mail).subject().unwrap(), text_of(&mail))
}

fn as_html(letter: &Letter) -> String {
    html(&parsed(&written(letter)))
}

/// All comparisons, so that one run shows all that differs.
fn hold(comparisons: impl IntoIterator<Item = (String, String)>) {
    let wrong: Vec<String> =
        comparisons.into_iter().filter_map(|(name, text)| compare(&format!("mails/snapshots/{name}"), &text).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_kind_of_mail_reads_in_english_as_it_was_found_good() {
    let all: Vec<Named> = to_subscribers().into_iter().chain(to_staff()).collect();
    hold(all.iter().flat_map(|(name, letter)| [(format!("{name}.txt"), as_text(letter)), (format!("{name}.html"), as_html(letter))]));
}

#[test]
fn every_kind_of_mail_is_among_them() {
    let shown: Vec<NotificationKind> = to_subscribers().into_iter().chain(to_staff()).map(|(_, letter)| letter.kind).collect();
    for kind in NotificationKind::ALL {
        assert!(shown.contains(kind), "{kind}: nobody looks at this mail");
    }
}

#[test]
fn the_mails_read_in_german_and_arabic_as_they_were_found_good() {
    let said = |object: &str, name: Option<&str>, body: Option<&str>| Translation {
        object_id: id(object),
        language: "de".to_owned(),
        name: name.map(str::to_owned),
        body: body.map(str::to_owned),
        body_html: String::new(),
    };
    let german = OtherWords::of(vec![
        said("inc", Some("Anfragen scheitern"), None),
        said("incu", None, Some("Wir sehen **Fehler** bei `POST /v1/pay`.")),
        said("api", Some("Schnittstelle"), None),
    ]);
    let german = Arc::new(german.in_thread(None, |words, language| words.name(language, &id("inc")).map(str::to_owned)));
    let opened = |code, zone| {
        let (_, letter) = to_subscribers().swap_remove(0);
        let other_words = if code == "de" { german.clone() } else { Arc::default() };
        in_language(Letter { other_words, ..letter }, code, zone)
    };
    let mut comparisons = Vec::new();
    for (code, zone) in [("de", Tz::Europe__Vienna), ("ar", Tz::Asia__Dubai)] {
        let letter = opened(code, zone);
        comparisons.push((format!("incident-opened.{code}.txt"), as_text(&letter)));
        comparisons.push((format!("incident-opened.{code}.html"), as_html(&letter)));
        let all = to_subscribers().into_iter().map(|(name, letter)| format!("=== {name}\n\n{}", as_text(&in_language(letter, code, zone))));
        comparisons.push((format!("all.{code}.txt"), all.collect::<Vec<_>>().join("\n\n")));
    }
    hold(comparisons);
}

#[test]
fn what_is_equal_for_many_is_made_once_and_holds_nobodys_own_links() {
    let (_, first) = to_subscribers().swap_remove(0);
    let second = Letter { recipient: id("bob"), address: "bob@example.test".to_owned(), ..first.clone() };
    let (anna, bob) = (as_text(&first), as_text(&second));
    assert!(anna.contains("/subscription/ada000000000") && !anna.contains("bob000000000"), "{anna}");
    assert!(bob.contains("/subscription/bob000000000") && !bob.contains("ada000000000"), "{bob}");
    assert!(!as_html(&second).contains("ada000000000"));
    // What is told is fixed: a letter that says it otherwise finds what was made before.
    let other =
        Letter { notice: Arc::new(Notice::Incident(IncidentNotice { body: "Otherwise.".to_owned(), ..incident() })), ..second.clone() };
    assert!(as_text(&other).contains("We see **errors**"), "it was made once");
    let elsewhere = in_language(other, "en", Tz::Asia__Dubai);
    assert!(as_text(&elsewhere).contains("Otherwise."), "once for each language and zone");
    assert_eq!(Mute::ALL.len(), 2, "each way to hear less has its link at the foot");
    assert!(bob.contains("/incidents/inc000000000/mute/bob000000000") && bob.contains("?until=over"), "{bob}");
}
