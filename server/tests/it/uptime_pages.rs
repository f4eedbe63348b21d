//! The years behind a component, as pages, JSON and CSV tell them: all three the same. On both engines.

use app::words::{ComponentStatus, StatusChange, StatusSource};
use chrono::{DateTime, TimeDelta, Utc};
use server::store::{components, monitors, pages, status_changes};

use crate::store::monitors::{good, kept, monitor};
use crate::store::sample::{self, MajorOutage, Operational, PartialOutage};
use crate::support::Engine;
use crate::support::app::{TestApp, test_now};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

async fn note(app: &TestApp, changes: &[(&str, ComponentStatus)]) {
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    pages::bump_revision(&mut tx, &page, app.hand.now()).await.unwrap();
    let change =
        |time: &str, to| StatusChange { component_id: sample::id("api"), from: None, to, at: at(time), source: StatusSource::Staff };
    let changes: Vec<_> = changes.iter().map(|(time, to)| change(time, *to)).collect();
    status_changes::append(&mut tx, &page, &changes).await.unwrap();
    tx.commit().await.unwrap();
    app.look().await;
}

/// A component since 2024 with ten minutes of partial outage on 5 March 2025.
async fn with_years(engine: Engine, name: &str) -> TestApp {
    let app = TestApp::new(engine).await;
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
    let api = app::words::Component { name: name.to_owned(), start_date: None, ..sample::component("api", 1) };
    components::upsert_component(&mut tx, &page, &api).await.unwrap();
    tx.commit().await.unwrap();
    note(&app, &[("2024-06-30T00:00:00Z", Operational), ("2025-03-05T12:00:00Z", PartialOutage), ("2025-03-05T12:10:00Z", Operational)])
        .await;
    app
}

fn api() -> String {
    format!("/components/{}", sample::id("api"))
}

#[tokio::test]
async fn the_years_stand_on_pages_of_their_own_and_files_say_the_same() {
    for engine in Engine::ALL {
        let app = with_years(engine, "=api").await;
        for (path, expected) in [("/uptime", "by month"), ("/uptime?year=2025", "2025 by month"), ("/uptime?year=2024", "2024 by month")] {
            let reply = app.get(path).await;
            assert_eq!(reply.status, 200, "{path}");
            let page = reply.text();
            assert!(page.contains(expected) && page.contains("href=\"/uptime?year=2024\""), "{path}: {page}");
        }
        assert_eq!(app.get("/uptime?year=2023").await.status, 404, "before the first record");
        let refused = app.get("/uptime?year=last").await;
        assert_eq!((refused.status, refused.text().contains("The year must look like 2026: four digits.")), (400, true));

        let day = app.get(&format!("{}/days/2025-03-05", api())).await.text();
        assert!(day.contains("99.79 %") && day.contains("10 min partial outage"), "{day}");
        assert!(day.contains("100 % × (86400 s − 180 s) ÷ 86400 s = 99.79 %"), "the sum can be done again: {day}");
        assert!(day.contains("days/2025-03-04") && day.contains("days/2025-03-06"), "{day}");
        for nowhere in ["2024-06-29", "2030-01-01", "2025-3-5", "yesterday"] {
            assert_eq!(app.get(&format!("{}/days/{nowhere}", api())).await.status, 404, "{nowhere}");
        }

        let json = app.get(&format!("{}/uptime.json", api())).await.json();
        let row = |list: &str, from: &str| json[list].as_array().unwrap().iter().find(|row| row["from"] == from).unwrap().clone();
        let told = row("days", "2025-03-05");
        assert_eq!((told["uptime_percent"].as_f64(), told["partial_outage"].as_i64()), (Some(99.79), Some(600)));
        assert_eq!(told["down_seconds"].as_f64(), Some(180.0));
        // 31 days of March with 180 s lost: 99.993 %, cut.
        assert_eq!(row("months", "2025-03-01")["uptime_percent"].as_f64(), Some(99.99));
        assert_eq!(json["weights"], serde_json::json!({"degraded_performance": 0, "partial_outage": 0.3, "major_outage": 1}));
        assert_eq!(json["window"]["uptime_percent"].as_f64(), Some(100.0));
        let days = json["days"].as_array().unwrap();
        assert_eq!(
            days.len() as i64,
            (test_now().date_naive() - "2024-06-30".parse::<chrono::NaiveDate>().unwrap()).num_days() + 1,
            "no day is missing"
        );

        let csv = app.get(&format!("{}/uptime.csv", api())).await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let mut reader = csv::Reader::from_reader(csv.bytes.as_slice());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), server::snapshot::figures::HEADER);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.iter().all(|row| &row[1] == "'=api"), "a name is no formula");
        for (number, day) in rows.iter().filter(|row| &row[2] == "day").zip(days) {
            assert_eq!(&number[3], day["from"].as_str().unwrap());
            let percent = day["uptime_percent"].as_f64().map(|percent| percent.to_string()).unwrap_or_default();
            assert_eq!(number[5], percent);
            assert_eq!(number[6], day["measured_seconds"].to_string());
        }
        assert_eq!(rows.iter().filter(|row| &row[2] == "day").count(), days.len());
        assert_eq!(app.get(&format!("/components/{}/uptime.csv", sample::id("nobody"))).await.status, 404);
    }
}

#[tokio::test]
async fn every_link_of_the_pages_with_years_leads_somewhere() {
    let app = with_years(Engine::Sqlite, "api").await;
    let links = scraper::Selector::parse("body a[href^='/']").unwrap();
    for page in ["/uptime".to_owned(), "/uptime?year=2024".to_owned(), api()] {
        let html = app.get(&page).await.text();
        let hrefs: std::collections::BTreeSet<String> = {
            let document = scraper::Html::parse_document(&html);
            document.select(&links).filter_map(|link| Some(link.attr("href")?.split('#').next()?.to_owned())).collect()
        };
        assert!(hrefs.iter().any(|href| href.contains("month=2024")) == (page != "/uptime"), "{page}: {hrefs:?}");
        for href in hrefs {
            assert_eq!(app.get(&href).await.status, 200, "{href} on {page}");
        }
    }
}

#[tokio::test]
async fn what_is_told_later_of_the_past_changes_the_past_and_a_day_that_ends_joins_it() {
    for engine in Engine::ALL {
        let app = with_years(engine, "api").await;
        let page = async |day: &str| app.get(&format!("{}/days/{day}", api())).await.text();
        assert!(page("2024-12-24").await.contains("100 %"));
        note(&app, &[("2024-12-24T00:00:00Z", MajorOutage), ("2024-12-24T06:00:00Z", Operational)]).await;
        assert!(page("2024-12-24").await.contains("75.00 %"), "told a year later");
        let first_shown = test_now().date_naive() - TimeDelta::days(89);
        app.advance(TimeDelta::days(2)).await;
        let json = app.get(&format!("{}/uptime.json", api())).await.json();
        let days = json["days"].as_array().unwrap();
        assert_eq!(json["window"]["from"], (first_shown + TimeDelta::days(2)).to_string());
        assert!(days.iter().any(|day| day["from"] == first_shown.to_string()), "days that left the strip are in the years");
        assert_eq!(days.last().unwrap()["from"], app.hand.now().date_naive().to_string());
    }
}

#[tokio::test]
async fn response_times_of_a_day_outlive_the_results() {
    for engine in Engine::ALL {
        let app = with_years(engine, "api").await;
        let mut tx = app.db.write().await.unwrap();
        let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
        monitors::upsert(&mut tx, &page, &monitor("a")).await.unwrap();
        monitors::start_anew(&mut tx, &sample::id("a"), None, test_now()).await.unwrap();
        let timings = server::domain::evidence::Timings { total_us: Some(182_000), ..good("10:00").timings };
        let seen = server::domain::evidence::Observation { at: test_now() - TimeDelta::minutes(2), timings, ..good("10:00") };
        kept(&mut tx, &sample::id("a"), &seen).await;
        tx.commit().await.unwrap();
        assert!(!app.get(&api()).await.text().contains("Response times"), "nothing is summed up yet");
        app.workers().keeper.tick().await.unwrap();
        app.advance(TimeDelta::seconds(61)).await;
        let now = app.get(&api()).await.text();
        assert!(now.contains("Last 24 hours") && now.contains("On average 182 ms") && now.contains("No check failed out of 1."), "{now}");
        app.advance(TimeDelta::days(4)).await;
        app.workers().keeper.tick().await.unwrap();
        app.workers().keeper.tick().await.unwrap();
        app.advance(TimeDelta::seconds(61)).await;
        let later = app.get(&api()).await.text();
        assert!(later.contains("Last 90 days") && later.contains("182 ms") && !later.contains("Last 24 hours"), "{later}");
    }
}

#[tokio::test]
async fn all_figures_follow_the_weights_that_the_page_states() {
    let app = with_years(Engine::Sqlite, "api").await;
    let mut tx = app.db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    pages::bump_revision(&mut tx, &page, test_now()).await.unwrap();
    pages::set_setting(&mut tx, &page, "settings", r#"{"weights":{"partial":100}}"#).await.unwrap();
    tx.commit().await.unwrap();
    app.look().await;
    let day = app.get(&format!("{}/days/2025-03-05", api())).await.text();
    assert!(day.contains("100 % × (86400 s − 600 s) ÷ 86400 s = 99.30 %"), "{day}");
}
