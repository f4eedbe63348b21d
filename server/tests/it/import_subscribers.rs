//! `allclear import subscribers`: the real binary on real files.

use std::path::Path;
use std::process::{Command, Output};

use app::words::{Channel, Id, SubscriberState};
use chrono::TimeDelta;
use server::actions::subscribers::import::{ImportError, Imported, import};
use server::actions::{Act, Actor};
use server::store::{Db, audit, components, delivery_reads, pages, subscribers};

use crate::store::sample::{at, component, furnish, id};
use crate::support::each_engine;

async fn run(db: &Db, text: &[u8], now: &str) -> Result<Imported, ImportError> {
    let actor = Actor::system();
    let act = Act { db, actor: &actor, now: at(now), undo: TimeDelta::zero() };
    import(&act, &id("page"), text).await
}

async fn refused(db: &Db, text: &[u8]) -> String {
    match run(db, text, "12:00").await {
        Err(ImportError::Refused(sentences)) => sentences.join("\n"),
        other => panic!("{other:?} for {:?}", String::from_utf8_lossy(text)),
    }
}

async fn find(db: &Db, email: &str) -> Option<app::words::Subscriber> {
    let mut tx = db.read().await.unwrap();
    subscribers::find(&mut tx, &id("page"), Channel::Email, email).await.unwrap()
}

#[tokio::test]
async fn whoever_consented_is_active_at_once_and_nobody_is_mailed() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let group = app::words::ComponentGroup {
            id: id("core"),
            name: "Core".to_owned(),
            description: None,
            position: 1,
            created_at: at("08:00"),
            updated_at: at("08:00"),
        };
        components::upsert_group(&mut tx, &id("page"), &group).await.unwrap();
        let grouped = app::words::Component { group_id: Some(id("core")), name: "web".to_owned(), ..component("inner", 3) };
        components::upsert_component(&mut tx, &id("page"), &grouped).await.unwrap();
        tx.commit().await.unwrap();
        let file = "\u{feff}consent_date,email,components\r\n\
                    2025-03-01,Anna@example.test,\r\n\
                    ,bert@example.test,API; core - WEB \r\n\
                    ,postmaster@example.test,web000000000\r\n\
                    \r\n\
                    ,BERT@example.test,web000000000\r\n\
                    2025-04-01,\"anna@example.test\",api\r\n";
        let done = run(&db, file.as_bytes(), "12:00").await.unwrap();
        assert_eq!(done, Imported { imported: 3, known: 0, kept_away: 0, repeated: 2, inactive: 0 });
        let anna = find(&db, "anna@example.test").await.unwrap();
        assert_eq!((anna.state, anna.all_components, anna.consent_date), (SubscriberState::Active, true, "2025-03-01".parse().ok()));
        let bert = find(&db, "bert@example.test").await.unwrap();
        assert_eq!(bert.components, [id("api"), id("inner"), id("web")], "both lines together");
        let again = run(&db, file.as_bytes(), "13:00").await.unwrap();
        assert_eq!(again, Imported { imported: 0, known: 3, kept_away: 0, repeated: 2, inactive: 0 }, "twice is the same as once");
        assert_eq!(find(&db, "anna@example.test").await.unwrap(), anna);
        let mut tx = db.read().await.unwrap();
        assert_eq!(delivery_reads::notifications(&mut tx, &id("page"), 10, 0).await.unwrap(), []);
        let entries = audit::newest(&mut tx, &id("page"), None, 10).await.unwrap();
        let told: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.detail.as_deref())).collect();
        assert_eq!(told, [("subscriber.import", Some("3 imported, 0 known already"))]);
    })
    .await;
}

#[tokio::test]
async fn who_left_stays_away_and_who_waited_becomes_active() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for word in ["left", "lost", "waits", "there", "back"] {
            let email = format!("{word}@example.test");
            subscribers::insert(&mut tx, &id("page"), &id(word), Channel::Email, &email, at("10:00")).await.unwrap();
            if word != "waits" {
                subscribers::confirm(&mut tx, &id(word), None, at("10:01")).await.unwrap();
            }
        }
        let asking = subscribers::Asking {
            now: at("10:30"),
            rested_since: at("10:00"),
            most: 3,
            forgotten_since: at("00:00"),
            expires_at: at("11:00"),
        };
        for word in ["left", "back"] {
            subscribers::unsubscribe(&mut tx, &id(word), at("10:02")).await.unwrap();
        }
        subscribers::ask(&mut tx, &id("back"), &asking).await.unwrap();
        subscribers::quarantine(&mut tx, &id("lost"), "550", None, at("10:02")).await.unwrap();
        tx.commit().await.unwrap();
        let file = "email,components,consent_date\nleft@example.test,,\nlost@example.test,,\nwaits@example.test,web,2025-01-02\n\
                    there@example.test,web,\nback@example.test,,\n";
        let done = run(&db, file.as_bytes(), "12:00").await.unwrap();
        assert_eq!(done, Imported { imported: 1, known: 1, kept_away: 3, repeated: 0, inactive: 0 });
        let state = async |word: &str| find(&db, &format!("{word}@example.test")).await.unwrap().state;
        assert_eq!(state("left").await, SubscriberState::Unsubscribed);
        assert_eq!(state("lost").await, SubscriberState::Quarantined);
        assert_eq!(state("back").await, SubscriberState::Pending, "somebody asked for who left: only they can confirm it");
        let waits = find(&db, "waits@example.test").await.unwrap();
        assert_eq!(
            (waits.state, waits.components, waits.consent_date),
            (SubscriberState::Active, vec![id("web")], "2025-01-02".parse().ok())
        );
        assert!(find(&db, "there@example.test").await.unwrap().all_components, "who is active keeps what they chose");
    })
    .await;
}

#[tokio::test]
async fn addresses_that_come_again_after_thousands_of_lines_are_still_one_subscriber() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut file = String::from("email,components,consent_date\n");
        for round in ["api", "web"] {
            for number in 0..2_500 {
                file.push_str(&format!("person{number}@example.test,{round},\n"));
            }
        }
        let done = run(&db, file.as_bytes(), "12:00").await.unwrap();
        assert_eq!(done, Imported { imported: 2_500, known: 0, kept_away: 0, repeated: 2_500, inactive: 0 });
        for number in [0, 999, 1_000, 2_499] {
            let person = find(&db, &format!("person{number}@example.test")).await.unwrap();
            assert_eq!(person.components, [id("api"), id("web")]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_with_any_mistake_changes_nothing_and_every_mistake_is_told_with_its_line() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        components::upsert_component(&mut tx, &id("page"), &app::words::Component { name: "API".to_owned(), ..component("twin", 3) })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let file = "email,components,consent_date\ngood@example.test,web,\nbad,,\nx@example.test,nothing,\n\nx@example.test,api,\n\
                    x@example.test,,03/01/2025\nx@example.test,,2099-01-01\nx@example.test\n\"two\nlines\",,\nx@example.test,,\n\
                    y@example.test,,1999-12-31\nz@example.test,,-0044-03-15\n";
        let told = refused(&db, file.as_bytes()).await;
        for part in [
            "Line 3: \"bad\": This is not an e-mail address",
            "Line 4: \"nothing\" is no component",
            "Line 6: \"api\" is what several components are called",
            "Line 7: \"03/01/2025\" is no date",
            "Line 8: the consent date 2099-01-01 lies ahead",
            "Line 9: there are 1 fields, but 3 columns",
            "Line 10: \"two\\nlines\"",
            "Line 13: the consent date is before 2000-01-01",
            "Line 14: the consent date is before 2000-01-01 (in the year -44)",
        ] {
            assert!(told.contains(part), "{told}\nlacks {part}");
        }
        assert_eq!(find(&db, "good@example.test").await, None);
        let many = format!("email,components,consent_date\n{}", "bad,,\n".repeat(1_000));
        assert_eq!(refused(&db, many.as_bytes()).await.lines().count(), 21, "after 20 it is enough");
        let files: [(&[u8], &str); 9] = [
            (b"", "The file is empty"),
            (b"\xef\xbb\xbf", "The file is empty"),
            (b"name,phone\n", "a column \"name\", which is not one of email,components,consent_date"),
            (b"email,components,consent_date,phone\n", "a column \"phone\""),
            (b"email;components;consent_date\n", "a column \"email;components;consent_date\""),
            (b"email,components\n", "no column consent_date"),
            (b"email,email,components,consent_date\n", "The column email stands there twice"),
            (b"\xff\xfee\0m\0a\0i\0l\0", "not UTF-8"),
            (b"email,components,consent_date\nj\xf6rg@example.test,,\n", "Line 2: the text is not UTF-8"),
        ];
        for (file, part) in files {
            let told = refused(&db, file).await;
            assert!(told.contains(part), "{told}\nlacks {part}");
        }
        let mut tx = db.read().await.unwrap();
        assert_eq!(subscribers::counts(&mut tx, &id("page")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn language_zone_and_state_may_stand_beside_and_only_active_ones_are_taken() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        subscribers::insert(&mut tx, &id("page"), &id("waits"), Channel::Email, "waits@example.test", at("10:00")).await.unwrap();
        tx.commit().await.unwrap();
        let file = "email,components,consent_date,time_zone,language,state\n\
                    anna@example.test,,,Asia/Dubai,ar,active\nbert@example.test,,,,,\ngone@example.test,,,,,unsubscribed\n\
                    waits@example.test,,,Europe/Berlin,de,\nlost@example.test,nothing,,,,quarantined\nANNA@example.test,,,UTC,de,active\n";
        let done = run(&db, file.as_bytes(), "12:00").await.unwrap();
        assert_eq!(done, Imported { imported: 3, known: 0, kept_away: 0, repeated: 1, inactive: 2 });
        let spoken = async |word: &str| {
            let one = find(&db, &format!("{word}@example.test")).await.unwrap();
            (one.state, one.language, one.time_zone)
        };
        let of =
            |language: Option<&str>, zone: Option<&str>| (SubscriberState::Active, language.map(str::to_owned), zone.map(str::to_owned));
        assert_eq!(spoken("anna").await, of(Some("ar"), Some("Asia/Dubai")));
        assert_eq!(spoken("bert").await, of(None, None));
        assert_eq!(spoken("waits").await, of(Some("de"), Some("Europe/Berlin")));
        assert_eq!(find(&db, "gone@example.test").await, None);
        for (cells, part) in [
            ("Mars/Olympus,,", "\"Mars/Olympus\" is no time zone: write it as Europe/Berlin"),
            (",tlh,", "\"tlh\" is no language of this page: write one of en, "),
            (",,gone", "\"gone\" is no state: write one of pending, active"),
        ] {
            let told =
                refused(&db, format!("email,components,consent_date,time_zone,language,state\nx@example.test,,,{cells}\n").as_bytes())
                    .await;
            assert!(told.contains("Line 2: ") && told.contains(part), "{told}\nlacks {part}");
        }
    })
    .await;
}

fn allclear(folder: &Path, file: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(folder).env_clear().args(["import", "subscribers", file]).output().unwrap()
}

#[tokio::test]
async fn the_command_says_what_it_did_and_what_it_could_not_do() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("good.csv"), "email,components,consent_date\na@example.test,,\na@example.test,,\nb@example.test,,\n").unwrap();
    std::fs::write(at.join("bad.csv"), "email,components,consent_date\nc@example.test,,\nnobody,,\n").unwrap();
    let done = allclear(at, "good.csv");
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(
        said.starts_with("2 subscribers imported, 0 known already\n1 lines repeated") && said.ends_with("Nobody was mailed.\n"),
        "{said}"
    );
    for (file, part) in [("bad.csv", "Line 3: \"nobody\""), ("none.csv", "none.csv"), (".", "no plain file")] {
        let output = allclear(at, file);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && complaint.contains(part) && !complaint.contains("panicked"), "{complaint}");
    }
    let db = Db::open(&format!("sqlite:{}", at.join("data/allclear.db").display())).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let page: Id = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    assert_eq!(subscribers::counts(&mut tx, &page).await.unwrap(), [(SubscriberState::Active, 2)]);
}
