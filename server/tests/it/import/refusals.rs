//! Documents that are refused: whole, with what is wrong by its path, and nothing changed.

use serde_json::{Value, json};
use server::actions::import::{self, Source};

use super::{history, small, source};
use crate::support::app::{HISTORY, TestApp};

fn refusal(document: &Value) -> String {
    source(document).expect_err("the document is refused").to_string()
}

#[tokio::test]
async fn a_first_day_that_no_calendar_needs_is_refused_with_its_component() {
    let app = TestApp::plain().await;
    for day in ["0001-01-01", "-9999-01-01", "2100-01-01"] {
        let mut document = small();
        document["components"][0]["start_date"] = json!(day);
        let refused = import::run(&app.db, &source(&document).unwrap(), None, false, app.hand.now()).await;
        let sentence = refused.expect_err("it is refused").to_string();
        assert!(sentence.contains("cccccccccccc") && sentence.contains("2000-01-01"), "{sentence}");
    }
    app.end().await;
}

#[test]
fn a_wrong_type_deep_inside_is_named_by_its_path() {
    let mut document = history();
    document["incidents"][2]["incident_updates"][1]["display_at"] = json!(5);
    let refused = refusal(&document);
    assert!(refused.contains("incidents[2].incident_updates[1].display_at"), "{refused}");
    document = history();
    document["components"][4]["status"] = json!("sleepy");
    let refused = refusal(&document);
    assert!(refused.contains("components[4].status") && refused.contains("sleepy"), "{refused}");
    document = history();
    document["incidents"][0]["id"] = json!("SHOUTING");
    assert!(refusal(&document).contains("12 characters"));
}

#[test]
fn names_that_no_page_could_show_are_refused() {
    for (name, because) in [
        ("x".repeat(10_000), "10000 characters"),
        ("Rebo\u{7}ot".to_owned(), "control characters"),
        ("safe \u{202E}gnp.exe".to_owned(), "direction of writing"),
        ("two\nlines".to_owned(), "control characters"),
        ("   ".to_owned(), "empty"),
    ] {
        let mut document = history();
        document["components"][0]["name"] = json!(name);
        let refused = refusal(&document);
        assert!(refused.contains("components[0].name") && refused.contains(because), "{refused}");
    }
    let mut document = history();
    document["incidents"][0]["incident_updates"][0]["body"] = json!("a\u{0}b");
    assert!(refusal(&document).contains("control characters"));
}

#[test]
fn what_is_not_json_is_called_by_its_name() {
    let refuse = |bytes: &[u8]| import::parse::<Source>("page.html", bytes).unwrap_err().to_string();
    assert!(refuse(b"  <!DOCTYPE html><p>hi").contains("HTML"));
    assert!(refuse(b"").contains("empty"));
    let whole = history().to_string();
    assert!(refuse(&whole.as_bytes()[..whole.len() / 2]).contains("not complete JSON"));
    assert!(refuse(format!("{whole} and more").as_bytes()).contains("not complete JSON"));
    assert!(refuse(b"[1,2]").contains("does not have the shape"));
    assert!(refuse(br#"{"page": {"id": "aaaaaaaaaaaa", "name": "x"}}"#).contains("components"));
}

#[tokio::test]
async fn a_document_that_contradicts_itself_is_refused_whole() {
    let app = TestApp::plain().await;
    let refuse = async |change: &dyn Fn(&mut Value)| {
        let mut document = small();
        change(&mut document);
        let source = source(&document).unwrap();
        import::run(&app.db, &source, None, false, app.hand.now()).await.unwrap_err().to_string()
    };
    let twice = refuse(&|d| {
        let row = d["components"][0].clone();
        d["components"].as_array_mut().unwrap().push(row);
    });
    assert!(twice.await.contains("Two components have the id cccccccccccc"));
    let silent = refuse(&|d| d["incidents"][0]["incident_updates"] = json!([]));
    assert!(silent.await.contains("has no updates"));
    let lost = refuse(&|d| d["components"][0]["group_id"] = json!("gggggggggggg"));
    assert!(lost.await.contains("group gggggggggggg"));
    assert_eq!(app.get("/api/v2/components.json").await.json()["components"], json!([]));
    app.end().await;
}

#[tokio::test]
async fn an_incident_that_contradicts_its_newest_message_is_refused() {
    let mut document = small();
    document["incidents"][0]["status"] = json!("resolved");
    let app = TestApp::plain().await;
    let refused = import::run(&app.db, &source(&document).unwrap(), None, false, app.hand.now()).await.unwrap_err().to_string();
    assert!(refused.contains("iiiiiiiiiiii is resolved, but its newest update says investigating"), "{refused}");
    app.end().await;
}

#[test]
fn times_beyond_the_wires_four_digits_are_refused() {
    let mut document = small();
    document["incidents"][0]["created_at"] = json!("9999-12-31T23:59:59Z");
    let refused = refusal(&document);
    assert!(refused.contains("incidents[0].created_at") && refused.contains("2199"), "{refused}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn a_damaged_document_is_read_or_refused_and_never_breaks_the_reader(at in 0usize..90_000, byte: u8, cut: bool) {
        let mut bytes = std::fs::read(HISTORY).unwrap();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Err(refused) = import::parse::<Source>("damaged.json", &bytes) {
            assert!(refused.to_string().contains("damaged.json"));
        }
    }
}
