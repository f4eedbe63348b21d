//! Files of subscribers that staff take away.

use app::words::{Channel, Role, SubscribedKind};
use server::actions::subscribers::import::{Imported, import};
use server::actions::{Act, Actor};
use server::store::{audit, components, subscribers};

use crate::store::sample::{component, id};
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::{each_mailing_app, mailing_app};

async fn act<T>(app: &TestApp, does: impl AsyncFnOnce(&Act<'_>) -> T) -> T {
    let system = Actor::system();
    does(&Act { db: &app.db, actor: &system, now: app.hand.now(), undo: chrono::TimeDelta::zero() }).await
}

/// Subscribers who consented elsewhere.
async fn consented(app: &TestApp, emails: impl Iterator<Item = String>) {
    let page = app.page().await.id;
    let file = std::iter::once("email,components,consent_date".to_owned()).chain(emails.map(|email| format!("\"{email}\",,")));
    let file = file.collect::<Vec<_>>().join("\n");
    act(app, async |act| import(act, &page, file.as_bytes()).await.unwrap()).await;
}

/// The lines of a file, each its cells.
pub fn cells(file: &Reply) -> Vec<Vec<String>> {
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    let text = file.text();
    let text = text.strip_prefix('\u{feff}').expect("it says that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[tokio::test]
async fn subscribers_are_exported_so_that_no_spreadsheet_computes_them_and_an_import_reads_them_again() {
    each_mailing_app(async |app| {
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        for (place, name) in ["API", "=cmd", "One; two"].into_iter().enumerate() {
            let position = i64::try_from(place).unwrap();
            let word = ["api", "cmd", "two"][place];
            let component = app::words::Component { name: name.to_owned(), ..component(word, position) };
            components::upsert_component(&mut tx, &page, &component).await.unwrap();
        }
        tx.commit().await.unwrap();
        let file = "email,components,consent_date,language,time_zone\n=1+1@example.test,=cmd,2025-03-01,de,Asia/Dubai\n\
                    +49@example.test,,,,\n'quoted@example.test,api;two000000000,,,\nnormal@example.test,,,,\n";
        act(app, async |act| import(act, &page, file.as_bytes()).await.unwrap()).await;
        app.subscribe("waits@example.test").await;
        let admin = app.member(Role::Admin).await;
        assert!(admin.get("/staff/subscribers").await.text().contains("Download as CSV"));
        let all = admin.post_form("/staff/subscribers/export", &[]).await;
        assert!(all.header("content-disposition").starts_with("attachment; filename=\"subscribers-2026-"), "{all:?}");
        let mut lines = cells(&all);
        assert_eq!(
            lines.remove(0),
            ["email", "components", "consent_date", "kinds", "severity_floor", "shared", "language", "time_zone", "state"]
        );
        lines.sort();
        let today = app.hand.now().date_naive().to_string();
        let all_kinds = SubscribedKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(";");
        let line = |[email, components, consented, language, zone, state]: [&str; 6]| {
            let kinds = if state == "pending" { "incidents;maintenances;postmortems" } else { all_kinds.as_str() };
            [email, components, consented, kinds, "none", "no", language, zone, state].map(str::to_owned)
        };
        let expected = [
            ["''quoted@example.test", "API;two000000000", &today, "", "", "active"],
            ["'+49@example.test", "", &today, "", "", "active"],
            ["'=1+1@example.test", "'=cmd", "2025-03-01", "de", "Asia/Dubai", "active"],
            ["normal@example.test", "", &today, "", "", "active"],
            ["waits@example.test", "", "", "en", "", "pending"],
        ]
        .map(line);
        assert_eq!(lines, expected);
        assert_eq!(cells(&admin.post_form("/staff/subscribers/export", &[("state", "pending")]).await).len(), 2);
        let mut tx = app.db.write().await.unwrap();
        for email in ["=1+1@example.test", "'quoted@example.test"] {
            let one = subscribers::find(&mut tx, &page, Channel::Email, email).await.unwrap().unwrap();
            subscribers::remove(&mut tx, &page, &one.id, app.hand.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let again = act(app, async |act| import(act, &page, all.bytes.as_slice()).await.unwrap()).await;
        assert_eq!(again, Imported { imported: 2, known: 2, kept_away: 0, repeated: 0, inactive: 1 });
        let back = app.subscriber("=1+1@example.test").await.unwrap();
        assert_eq!((back.components, back.language.as_deref()), (vec![id("cmd")], Some("de")));
        assert_eq!(app.subscriber("'quoted@example.test").await.unwrap().components, [id("api"), id("two")]);
        let mut tx = app.db.read().await.unwrap();
        let noted = audit::newest(&mut tx, &page, None, 10).await.unwrap();
        let mut told: Vec<_> =
            noted.iter().filter(|entry| entry.action == "subscriber.export").map(|entry| entry.detail.as_deref()).collect();
        told.sort_unstable();
        assert_eq!(told, [Some("all"), Some("pending")], "who takes addresses away is noted");
    })
    .await;
}

#[tokio::test]
async fn an_export_widens_nobody_who_is_imported_elsewhere() {
    each_mailing_app(async |app| {
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        for (position, word) in [(0, "api"), (1, "gone")] {
            components::upsert_component(&mut tx, &page, &component(word, position)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let file = "email,components,consent_date,kinds,severity_floor,shared\n\
                    follows@example.test,,,none,,\nworks@example.test,,,maintenances,critical,no\nteam@example.test,api;gone,,,,yes\n\
                    past@example.test,gone,,incidents;announcements,,\npast@example.test,,,postmortems,major,\n";
        act(app, async |act| import(act, &page, file.as_bytes()).await.unwrap()).await;
        let other = "email,components,consent_date,kinds\nlost@example.test,gone,,incidents;announcements\n";
        act(app, async |act| import(act, &page, other.as_bytes()).await.unwrap()).await;
        let mut tx = app.db.write().await.unwrap();
        components::delete_component(&mut tx, &page, &id("gone"), app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        let exported = app.member(Role::Admin).await.post_form("/staff/subscribers/export", &[]).await;
        let people = ["follows", "works", "team", "past", "lost"];
        let mut tx = app.db.write().await.unwrap();
        for who in people {
            let one = subscribers::find(&mut tx, &page, Channel::Email, &format!("{who}@example.test")).await.unwrap().unwrap();
            subscribers::remove(&mut tx, &page, &one.id, app.hand.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        act(app, async |act| import(act, &page, exported.bytes.as_slice()).await.unwrap()).await;
        let mut heard = Vec::new();
        for who in people {
            let one = app.subscriber(&format!("{who}@example.test")).await.unwrap();
            let mut kinds: Vec<_> = one.kinds.iter().map(|kind| kind.as_str()).collect();
            kinds.sort_unstable();
            heard.push((kinds.join(" "), one.severity_floor.to_string(), one.components, one.shared));
        }
        let all = {
            let mut all: Vec<_> = SubscribedKind::ALL.iter().map(|kind| kind.as_str()).collect();
            all.sort_unstable();
            all.join(" ")
        };
        let expected = [
            ("", "none", vec![], false),
            ("maintenances", "critical", vec![], false),
            (all.as_str(), "none", vec![id("api")], true),
            ("announcements incidents postmortems", "none", vec![], false),
            ("announcements", "none", vec![], false),
        ];
        assert_eq!(heard, expected.map(|(kinds, floor, components, shared)| (kinds.to_owned(), floor.to_owned(), components, shared)));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_thousands_comes_whole() {
    let app = mailing_app(&[]).await;
    consented(&app, (0..2_300).map(|number| format!("person{number}@example.test"))).await;
    let admin = app.member(Role::Admin).await;
    let mut lines = cells(&admin.post_form("/staff/subscribers/export", &[("state", "active")]).await);
    assert_eq!(lines.len(), 2_301);
    lines.sort();
    lines.dedup();
    assert_eq!(lines.len(), 2_301, "nobody stands there twice");
}
