//! What rendering `/` and `/de` costs over one and over ten years of history, in one run, the same page shown. Prints both medians and
//! their ratio for each; the goal is a ratio of at most 1.2: cost grows with the page shown, not with the history behind it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark that cannot run has failed, and it speaks on standard output"
)]

use std::sync::Arc;
use std::time::Instant;

use app::view::PublicView;
use app::words::{Id, Translation};
use app::{Assets, PublicPage};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use server::actions::import::{self, Source};
use server::clock::Clock;
use server::config::Config;
use server::snapshot::record::{Record, Setting};
use server::store::{Db, pages, translations};

/// A busy platform: three incidents a week with five updates each.
const INCIDENTS_A_YEAR: i64 = 150;
/// A window each fortnight, each announced and said to be done.
const WINDOWS_A_YEAR: i64 = 26;
const ROUNDS: usize = 101;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let one = Case::new(1, now).await;
    let ten = Case::new(10, now).await;
    for (address, language) in [("/", None), ("/de", Some("de"))] {
        // Taken in turns, so that whatever else the machine does falls on both.
        let mut times = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            times.0.push(one.microseconds(now, language));
            times.1.push(ten.microseconds(now, language));
        }
        let (one, ten) = (median(times.0), median(times.1));
        println!("render {address} over 1 year: {one:.0} us, over 10 years: {ten:.0} us, ratio {:.2}", ten / one);
    }
}

struct Case {
    record: Record,
    /// What was shown before, in the page's own language and in German.
    before: (PublicView, PublicView),
}

impl Case {
    async fn new(years: i64, now: DateTime<Utc>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}", folder.path().join("bench.db").display())).await.unwrap();
        server::start::prepare(&db, &Clock::manual(now - TimeDelta::days(89)).0, &Config::from_sources(None, []).unwrap()).await.unwrap();
        let text = history(years, now).to_string();
        let source: Source = import::parse("bench", text.as_bytes()).unwrap();
        import::run(&db, &source, None, false, now - TimeDelta::days(89)).await.unwrap();
        translate(&db, &source, now).await;
        let setting = Setting { url: "https://status.example.test".to_owned(), demo: false, mail: true };
        let mut tx = db.read().await.unwrap();
        let record = Record::load(&mut tx, &setting, None, now).await.unwrap().unwrap().with_years(now);
        let view = record.view(now, now);
        let german = view.in_language("de");
        Self { record, before: (view, german) }
    }

    /// From the record in memory to the document, in the page's own language or in another; as in the service, what did not change since
    /// the view before is not said anew.
    fn microseconds(&self, now: DateTime<Utc>, language: Option<&str>) -> f64 {
        let begin = Instant::now();
        let view = self.record.view(now, now);
        let view = Arc::new(match language {
            Some(code) => view.in_language_since(code, Some((&self.before.0, &self.before.1))),
            None => view,
        });
        let html = app::render(&PublicPage::Home, &view, &Assets::default()).unwrap();
        assert!(html.len() > 10_000);
        begin.elapsed().as_secs_f64() * 1e6
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Twenty components, and so many years of incidents and planned work; the newest incident is open.
fn history(years: i64, now: DateTime<Utc>) -> Value {
    let mut next = 0_u128;
    let mut id = || {
        next += 1;
        Id::from_bytes((next * 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes()).to_string()
    };
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let components: Vec<Value> = (1..=20)
        .map(|at| {
            json!({"id": id(), "name": format!("Component {at}"), "status": "operational", "created_at": time(now), "updated_at": time(now),
                   "position": at, "description": null, "showcase": true})
        })
        .collect();
    let gap = TimeDelta::minutes(365 * 24 * 60 / INCIDENTS_A_YEAR);
    // The first message says what failed and the last that it is well: what components were reaches as far back as the incidents.
    let effect = |first: bool, last: bool, component: &Value| {
        let (from, to) = match (first, last) {
            (true, _) => ("operational", "degraded_performance"),
            (_, true) => ("degraded_performance", "operational"),
            _ => return Value::Null,
        };
        json!([{"code": component["id"], "name": component["name"], "old_status": from, "new_status": to}])
    };
    let incidents: Vec<Value> = (0..years * INCIDENTS_A_YEAR)
        .map(|at| {
            let began = now - gap * i32::try_from(at).unwrap() - TimeDelta::minutes(70);
            let affected = &components[usize::try_from(at).unwrap() % components.len()];
            let words = if at == 0 {
                vec!["identified", "investigating"]
            } else {
                vec!["resolved", "monitoring", "identified", "investigating", "investigating"]
            };
            let updates: Vec<Value> = words
                .iter()
                .enumerate()
                .map(|(place, word)| {
                    let shown = began + TimeDelta::minutes(15 * i64::try_from(words.len() - 1 - place).unwrap());
                    json!({"id": id(), "status": word, "body": "We see devices that lose their connection and look into the cause.",
                           "created_at": time(shown), "updated_at": time(shown), "display_at": time(shown),
                           "affected_components": effect(place == words.len() - 1, place == 0 && at > 0, affected)})
                })
                .collect();
            json!({"id": id(), "name": "Devices lose their connection", "status": words.first(), "impact": "minor",
                   "created_at": time(began), "updated_at": time(began), "resolved_at": null, "started_at": time(began),
                   "incident_updates": updates, "components": [affected]})
        })
        .collect();
    let gap = TimeDelta::days(365 / WINDOWS_A_YEAR);
    let planned: Vec<Value> = (0..years * WINDOWS_A_YEAR)
        .map(|at| {
            let from = now - gap * i32::try_from(at).unwrap() - TimeDelta::days(2);
            let until = from + TimeDelta::hours(2);
            let said = |word: &str, at: DateTime<Utc>, id: String| {
                json!({"id": id, "status": word, "body": "We move the database to a larger machine.", "created_at": time(at),
                       "updated_at": time(at), "display_at": time(at), "affected_components": null})
            };
            let affected = &components[usize::try_from(at).unwrap() % components.len()];
            json!({"id": id(), "name": "Database migration", "status": "completed", "impact": "maintenance", "created_at": time(from),
                   "updated_at": time(until), "resolved_at": time(until), "scheduled_for": time(from), "scheduled_until": time(until),
                   "incident_updates": [said("completed", until, id()), said("scheduled", from - TimeDelta::days(7), id())],
                   "components": [affected]})
        })
        .collect();
    json!({"page": {"id": id(), "name": "Bench"}, "components": components, "incidents": incidents, "scheduled_maintenances": planned})
}

/// Says every incident in German, too: its title and each of its messages.
async fn translate(db: &Db, source: &Source, now: DateTime<Utc>) {
    let mut tx = db.write().await.unwrap();
    let page = pages::default_page(&mut tx).await.unwrap().unwrap().id;
    let revision = pages::bump_revision(&mut tx, &page, now).await.unwrap();
    for incident in &source.incidents {
        let said = |id: &Id, name: Option<&str>, body: Option<&str>| Translation {
            object_id: id.clone(),
            language: "de".to_owned(),
            name: name.map(str::to_owned),
            body: body.map(str::to_owned),
            body_html: String::new(),
        };
        let title = said(&incident.id, Some("Geräte verlieren die Verbindung"), None);
        let messages = incident.incident_updates.iter().map(|update| said(&update.id, None, Some("Wir suchen die **Ursache**.")));
        for translation in std::iter::once(title).chain(messages) {
            translations::set(&mut tx, &page, &translation, "bench", now, revision).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}
