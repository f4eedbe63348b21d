//! Stock sentences: written in the page's language, known again and said in the language of the view; what a person changed is not.

use std::sync::Arc;

use app::language;
use app::stock;
use app::view::PublicView;
use app::words::*;

use super::fixtures::{at, empty, id, incident, maintenance, tell, update};

fn span(from: &str, until: &str) -> Window {
    Window { from: at(from), until: at(until) }
}

/// A page with one incident that says this, as a reader of another language meets it.
fn told(own: &str, code: &str, status: IncidentStatus, body: &str) -> PublicView {
    let mut view = empty("Meridian", "Etc/UTC");
    view.page.language = own.to_owned();
    own.clone_into(&mut view.language);
    tell(
        &mut view,
        vec![Arc::new(incident(
            "inca",
            "Nothing",
            Impact::Major,
            "2026-11-22 14:00",
            vec![update("incaa", status, "2026-11-22 14:05", body)],
        ))],
    );
    view.in_language(code)
}

/// A page with this work.
fn planned(own: &str, code: &str, work: Maintenance) -> PublicView {
    let mut view = empty("Meridian", "Etc/UTC");
    view.page.language = own.to_owned();
    own.clone_into(&mut view.language);
    view.maintenances = vec![Arc::new(work)];
    view.in_language(code)
}

/// What the messages of the work say, oldest first, and whether each needs a mark.
fn said(view: &PublicView) -> Vec<(&str, bool)> {
    let updates = view.maintenances.iter().flat_map(|work| work.updates.iter().rev());
    updates.map(|update| (update.body.as_str(), view.is_foreign(&update.id))).collect()
}

/// Work whose date was set, moved and put off, that began early, was checked and ended: every message in the page's own language.
fn eventful(own: &str) -> Maintenance {
    let language = language::of(own);
    let (first, second) = (span("2026-11-21 22:00", "2026-11-22 01:00"), span("2026-11-22 04:00", "2026-11-22 06:00"));
    let third = Window { until: at("2026-11-22 07:30"), ..second };
    let fourth = Window { until: at("2026-11-22 08:00"), ..second };
    let mut work = maintenance("wrk", "Upgrade", MaintenanceStatus::Completed, None, &stock::announced(language, None));
    work.window = Some(fourth);
    let change = |when: &str, from, to| WindowMove { at: at(when), from, to };
    let changes = [
        change("2026-11-20 09:00", None, first),
        change("2026-11-21 09:00", Some(first), second),
        change("2026-11-22 05:00", Some(second), third),
        change("2026-11-22 07:00", Some(third), fourth),
    ];
    work.moves = changes.to_vec();
    let [set, moved, extended, _] = changes.map(|change| stock::moved(language, &change));
    let mut say = |key: &str, status, when: &str, body: &str| work.updates.insert(0, update(key, status, when, body));
    say("wrkb", MaintenanceStatus::Scheduled, "2026-11-20 09:00", &set);
    say("wrkc", MaintenanceStatus::Scheduled, "2026-11-21 09:00", &moved);
    say("wrkd", MaintenanceStatus::InProgress, "2026-11-22 04:00", &stock::begun_by_itself(language));
    say("wrke", MaintenanceStatus::InProgress, "2026-11-22 05:00", &extended);
    say("wrkf", MaintenanceStatus::InProgress, "2026-11-22 07:00", &stock::longer(language, third.until, fourth.until));
    say("wrkg", MaintenanceStatus::Verifying, "2026-11-22 07:40", &stock::of_work(language, MaintenanceStatus::Verifying));
    say("wrkh", MaintenanceStatus::Completed, "2026-11-22 08:00", &stock::ended_by_itself(language));
    work
}

const ENGLISH: [&str; 8] = [
    "We are planning this work. Its date will be set later.",
    "The date of this work is set: 21 Nov 2026, 22:00 to 22 Nov 2026, 01:00 UTC.",
    "This work has another time: 22 Nov 2026, 04:00 to 06:00 UTC. It was planned for 21 Nov 2026, 22:00 to 22 Nov 2026, 01:00 UTC.",
    "Scheduled maintenance is currently in progress. We will provide updates as necessary.",
    "This work takes longer than planned. Its window is now 22 Nov 2026, 04:00 to 07:30 UTC. It was planned for 22 Nov 2026, 04:00 to \
     06:00 UTC.",
    "We need longer than planned. We now expect to be done by 22 Nov 2026, 08:00 UTC; until now it was 22 Nov 2026, 07:30 UTC. We will \
     tell you when the work is finished.",
    "The work is done. We are checking that everything is well.",
    "The scheduled maintenance has been completed.",
];

const GERMAN: [&str; 8] = [
    "Wir planen diese Arbeiten. Der Termin wird später festgelegt.",
    "Der Termin dieser Arbeiten steht fest: 21. Nov. 2026, 22:00 bis 22. Nov. 2026, 01:00 UTC.",
    "Diese Arbeiten haben einen anderen Termin: 22. Nov. 2026, 04:00 bis 06:00 UTC. Geplant war bisher: 21. Nov. 2026, 22:00 bis 22. Nov. \
     2026, 01:00 UTC.",
    "Die geplanten Arbeiten sind im Gange. Bei Bedarf melden wir Neues.",
    "Diese Arbeiten dauern länger als geplant. Der Zeitraum ist jetzt: 22. Nov. 2026, 04:00 bis 07:30 UTC. Geplant war bisher: 22. Nov. \
     2026, 04:00 bis 06:00 UTC.",
    "Wir brauchen länger als geplant. Wir rechnen nun mit dem Ende bis 22. Nov. 2026, 08:00 UTC; bisher war es 22. Nov. 2026, 07:30 UTC. \
     Wir melden, wenn die Arbeiten abgeschlossen sind.",
    "Die Arbeiten sind getan. Wir prüfen, ob alles in Ordnung ist.",
    "Die geplanten Arbeiten sind abgeschlossen.",
];

#[test]
fn every_event_of_planned_work_is_said_in_the_language_of_the_reader_with_its_own_windows() {
    let unmarked = |words: [&'static str; 8]| words.map(|words| (words, false)).to_vec();
    assert_eq!(said(&planned("en", "en", eventful("en"))), unmarked(ENGLISH), "the page's own words");
    assert_eq!(said(&planned("en", "de", eventful("en"))), unmarked(GERMAN));
    assert_eq!(said(&planned("de", "en", eventful("de"))), unmarked(ENGLISH));
    let arabic = planned("de", "ar", eventful("de"));
    assert!(said(&arabic)[2].0.starts_with("لهذه الأعمال موعد آخر: من 22 نوفمبر 2026، 04:00 إلى 06:00 UTC. وكان"), "{:?}", said(&arabic));
    assert_eq!(said(&planned("ar", "de", eventful("ar"))), unmarked(GERMAN));
    let spoken = planned("en", "de", eventful("en"));
    let automatic = |view: &PublicView| {
        let work = view.maintenances[0].clone();
        work.updates.iter().filter(|update| stock::is_automatic(&work, update)).map(|update| update.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(automatic(&spoken), [id("wrkh"), id("wrkd")], "what the clock said is known for it in every language");
    assert_eq!(automatic(&planned("ar", "ar", eventful("ar"))), [id("wrkh"), id("wrkd")]);
}

#[test]
fn work_that_was_moved_is_still_announced_for_its_first_window() {
    let window = span("2026-12-01 22:00", "2026-12-01 23:30");
    let mut work = maintenance("wrk", "Upgrade", MaintenanceStatus::Cancelled, None, &stock::announced(language::of("en"), Some(window)));
    work.window = Some(span("2026-12-08 22:00", "2026-12-08 23:30"));
    work.moves = vec![WindowMove { at: at("2026-11-22 12:00"), from: Some(window), to: span("2026-12-08 22:00", "2026-12-08 23:30") }];
    work.updates.insert(0, update("wrkb", MaintenanceStatus::Scheduled, "2026-11-22 12:00", "Later."));
    let off = stock::series_cancelled(language::of("en"));
    work.updates.insert(0, update("wrkc", MaintenanceStatus::Cancelled, "2026-11-22 13:00", &off));
    let spoken = planned("en", "de", work);
    assert_eq!(
        said(&spoken),
        [
            ("Diese Arbeiten sind geplant: 1. Dez. 2026, 22:00 bis 23:30 UTC.", false),
            ("Later.", true),
            ("Diese Reihe geplanter Arbeiten ist abgesagt. Keiner der kommenden Termine findet statt.", false),
        ]
    );
}

#[test]
fn a_sentence_with_other_times_or_of_another_event_was_written_by_a_person() {
    let window = span("2026-12-01 22:00", "2026-12-01 23:30");
    let other = span("2026-12-01 22:00", "2026-12-01 23:45");
    let english = language::of("en");
    let bodies = [
        stock::announced(english, Some(other)),
        stock::announced(english, Some(window)).replace("planned", "expected"),
        format!("{} Sorry!", stock::announced(english, Some(window))),
        stock::moved(english, &WindowMove { at: at("2026-11-22 12:00"), from: Some(other), to: window }),
        stock::of_work(english, MaintenanceStatus::Completed),
        "This work is planned for ever.".to_owned(),
        "This work is planned for .".to_owned(),
    ];
    for body in bodies {
        let mut work = maintenance("wrk", "Upgrade", MaintenanceStatus::Scheduled, None, &body);
        work.window = Some(window);
        assert_eq!(said(&planned("en", "de", work)), [(body.as_str(), true)]);
    }
}

#[test]
fn every_status_of_an_incident_is_said_in_each_language_and_another_status_is_not() {
    for own in language::all() {
        for other in language::all().iter().filter(|other| *other != own) {
            for status in IncidentStatus::ALL {
                let body = stock::of_incident(own, *status);
                let view = told(own.code(), other.code(), *status, &body);
                let message = &view.incidents[0].updates[0];
                assert_eq!(message.body, stock::of_incident(other, *status), "{own:?} {other:?}");
                assert_eq!(message.body_html, app::markdown::to_html(&message.body));
                assert!(!view.is_foreign(&message.id) && view.is_foreign(&view.incidents[0].id), "the title is a person's");
                for edited in [format!("{body} Really."), body.to_lowercase().replace(' ', "  ")] {
                    let view = told(own.code(), other.code(), *status, &edited);
                    let message = &view.incidents[0].updates[0];
                    assert!(message.body == edited && view.is_foreign(&message.id), "{edited}");
                }
            }
        }
    }
    let view = told("en", "de", IncidentStatus::Resolved, "We are looking into this.");
    assert_eq!(view.incidents[0].updates[0].body, "We are looking into this.");
    let view = told("de", "ar", IncidentStatus::Investigating, "We are looking into this.");
    assert!(view.is_foreign(&view.incidents[0].updates[0].id), "the page speaks German, this is not its stock");
}

#[test]
fn what_people_wrote_in_the_language_goes_before_the_stock_sentence() {
    let mut view = told("en", "en", IncidentStatus::Investigating, "We are looking into this.");
    let message = view.incidents[0].updates[0].id.clone();
    let translation = |body: Option<&str>| Translation {
        object_id: message.clone(),
        language: "de".to_owned(),
        name: None,
        body: body.map(str::to_owned),
        body_html: body.map(app::markdown::to_html).unwrap_or_default(),
    };
    Arc::make_mut(&mut view.translations).put(translation(Some("Wir *suchen*.")));
    let german = view.in_language("de");
    assert_eq!(german.incidents[0].updates[0].body_html, "<p>Wir <em>suchen</em>.</p>");
    assert_eq!(view.in_language("ar").incidents[0].updates[0].body, "نحن نبحث في هذا الأمر.");
    Arc::make_mut(&mut view.translations).put(translation(None));
    assert_eq!(view.in_language("de").incidents[0].updates[0].body, "Wir gehen der Sache nach.");
}

#[test]
fn what_a_failing_check_proposed_is_said_with_the_name_of_its_component() {
    let effect = |name: &str| ComponentEffect {
        component_id: id("api"),
        name: name.to_owned(),
        from: ComponentStatus::Operational,
        to: ComponentStatus::MajorOutage,
    };
    let english = language::of("en");
    let failed = |name: Option<&str>, stated: &str| {
        let (title, body) = stock::failure(english, name);
        let mut failed = incident(
            "inca",
            &title,
            Impact::Major,
            "2026-11-22 14:00",
            vec![update("incaa", IncidentStatus::Investigating, "2026-11-22 14:05", &body)],
        );
        failed.updates[0].effects = Some(vec![effect(stated)]);
        let mut view = empty("Meridian", "Etc/UTC");
        tell(&mut view, vec![Arc::new(failed)]);
        let german = view.in_language("de");
        let shown = german.incidents[0].clone();
        let marked = [german.is_foreign(&shown.id), german.is_foreign(&shown.updates[0].id)];
        (shown.name.clone(), shown.updates[0].body.clone(), marked)
    };
    let german = |title: &str, body: &str, marked: bool| (title.to_owned(), body.to_owned(), [marked; 2]);
    assert_eq!(
        failed(Some("Core - API"), "Core - API"),
        german("Problem mit Core - API", "Wir untersuchen ein Problem mit Core - API. Sobald wir mehr wissen, melden wir es.", false)
    );
    assert_eq!(
        failed(None, "API"),
        german("Ein Problem wird untersucht", "Wir untersuchen ein Problem. Sobald wir mehr wissen, melden wir es.", false)
    );
    let (title, body) = stock::failure(english, Some("the weather"));
    assert_eq!(failed(Some("the weather"), "API"), german(&title, &body, true), "that is no component of it");
}

#[test]
fn stock_sentences_are_plain_text_that_a_person_could_have_written() {
    for language in language::all() {
        let window = span("2026-11-21 22:00", "2026-11-22 01:00");
        let change = |from| stock::moved(language, &WindowMove { at: at("2026-11-20 09:00"), from, to: window });
        let mut all: Vec<String> = IncidentStatus::ALL.iter().map(|status| stock::of_incident(language, *status)).collect();
        all.extend(MaintenanceStatus::ALL.iter().skip(1).map(|status| stock::of_work(language, *status)));
        all.extend([stock::announced(language, None), stock::announced(language, Some(window))]);
        all.extend([change(None), change(Some(span("2026-11-20 22:00", "2026-11-20 23:00")))]);
        all.extend([stock::begun_by_itself(language), stock::ended_by_itself(language), stock::series_cancelled(language)]);
        all.extend([stock::longer(language, window.from, window.until), stock::failure(language, None).1]);
        all.extend([stock::failure(language, Some("API")).1, stock::failures(language).1]);
        let different: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(different.len(), all.len(), "{language:?}: each says something else");
        for sentence in &all {
            assert!(sentence.ends_with('.') && !sentence.contains("stock-") && !sentence.contains("  "), "{language:?}: {sentence}");
            assert!(!sentence.contains(|c| matches!(c, '\u{2066}'..='\u{2069}' | '\u{e000}')), "{language:?}: {sentence}");
            assert_eq!(app::markdown::to_html(sentence), format!("<p>{sentence}</p>"), "{language:?}: no letter of it is a mark");
        }
    }
}
