//! Asks `/live.json` now and then (reliability W10) and takes in what is new.
//!
//! The server says how often (`next_poll_s`); each browser strays from that by up to 30 %, asks four times as rarely while nobody looks,
//! and backs off to ten minutes when it is not answered, so that readers never become the herd that keeps a page down.

use std::cell::{Cell, RefCell};

use js_sys::{Date, Math, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Document, Element, RequestCache, RequestInit, Response, VisibilityState};

use super::browser::{document, number, on, text, window};
use super::live::WORDS;
use super::morph::{OWN_FOLD, morph};
use super::own_time::{self, Words};
use super::strip;

/// Seconds between two questions until the server has said otherwise.
const USUAL_S: f64 = 30.0;
/// Seconds until the first question: early, because the document may have come out of a cache, and to learn the server's pace.
const FIRST_S: f64 = 5.0;
/// The longest wait after failures, in seconds.
const LONGEST_S: f64 = 600.0;
/// Even without news the document is asked for this often (seconds): its "as of" grows old.
const STALE_S: f64 = 300.0;
/// The icon in the head of a document.
const ICON: &str = "link[rel=icon]";
/// Failures in a row before the page says so.
const LOST_AFTER: i32 = 2;

thread_local! {
    /// Ends the present wait early.
    static WAKE: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
    static STARTED: Cell<bool> = const { Cell::new(false) };
}

/// Shows the reader's times, and keeps asking for as long as the page lives. Only the first call does anything.
pub fn start() {
    let Some(document) = document() else { return };
    if STARTED.replace(true) {
        return;
    }
    let Some(words) = document.get_element_by_id(WORDS) else { return };
    let said = |name: &str| words.get_attribute(name).unwrap_or_default();
    own_time::begin(Words { own: said("data-own"), to: said("data-to") });
    strip::start(&document);
    remember_folds(&document);
    on(&document, "visibilitychange", |_| {
        if visible() {
            wake();
        }
    });
    if let Some(root) = document.document_element() {
        let _ = root.set_attribute("data-live", "on");
    }
    let (kept, lost) = (words.text_content().unwrap_or_default(), said("data-lost"));
    stand(&kept);
    spawn_local(ask_forever(kept, lost));
}

/// Says how the page stands to the server. The document's own words are those of a page that no script keeps.
fn stand(words: &str) {
    if let Some(place) = document().and_then(|document| document.get_element_by_id(WORDS)) {
        if place.text_content().as_deref() != Some(words) {
            place.set_text_content(Some(words));
        }
        let _ = place.remove_attribute("data-off");
    }
}

/// A fold the reader has used is theirs.
fn remember_folds(document: &Document) {
    on(document, "click", |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let fold = target.and_then(|target| target.closest("summary").ok()?).and_then(|summary| summary.parent_element());
        if let Some(fold) = fold {
            let _ = fold.set_attribute(OWN_FOLD, "");
        }
    });
}

async fn ask_forever(kept: String, lost: String) {
    let mut usual = USUAL_S;
    let mut failures = 0;
    let mut fetched = Date::now();
    let mut wait = FIRST_S;
    loop {
        sleep(wait).await;
        match ask().await {
            Ok(answer) => {
                usual = answer.next_poll_s.unwrap_or(USUAL_S).clamp(1.0, LONGEST_S);
                let stale = Date::now() - fetched > STALE_S * 1000.0 && visible();
                let news = answer.is_news();
                let renewed = if news || stale { renew().await } else { Ok(()) };
                if renewed.is_ok() {
                    if news || stale {
                        fetched = Date::now();
                    }
                    failures = 0;
                    stand(&kept);
                    wait = usual;
                    continue;
                }
                failures += 1;
                wait = backed_off(usual, failures);
            }
            Err(retry_after) => {
                failures += 1;
                wait = retry_after.unwrap_or(0.0).max(backed_off(usual, failures));
            }
        }
        if failures >= LOST_AFTER {
            stand(&lost);
        }
    }
}

fn backed_off(usual: f64, failures: i32) -> f64 {
    (usual * f64::from(1_i32 << failures.min(10))).min(LONGEST_S)
}

/// What the document shows, as its root carries it.
const SHOWN: [&str; 2] = ["data-revision", "data-changed"];

struct Answer {
    /// The revision, and the instant at which time alone last changed what is shown.
    holds: [Option<String>; 2],
    next_poll_s: Option<f64>,
}

impl Answer {
    fn is_news(&self) -> bool {
        self.holds.iter().zip(SHOWN).any(|(holds, shown)| holds.is_some() && *holds != on_root(shown))
    }
}

/// The server's answer, or the seconds it asked to be left alone.
async fn ask() -> Result<Answer, Option<f64>> {
    let response = fetch("/live.json").await.map_err(|_| None)?;
    if !response.ok() {
        let after = response.headers().get("Retry-After").ok().flatten();
        return Err(after.and_then(|text| text.parse::<u32>().ok()).map(f64::from));
    }
    let body = match response.json() {
        Ok(promise) => JsFuture::from(promise).await.map_err(|_| None)?,
        Err(_) => return Err(None),
    };
    let revision = number(&body, "revision").map(|revision| revision.to_string());
    Ok(Answer { holds: [revision, text(&body, "changed_at")], next_poll_s: number(&body, "next_poll_s") })
}

/// Fetches this page again and takes over what it says.
async fn renew() -> Result<(), JsValue> {
    let (window, document) = window().zip(document()).ok_or(JsValue::NULL)?;
    let location = window.location();
    let address = [location.pathname()?, location.search()?].concat();
    let new = fetched(&address).await?;
    let (Some(old_main), Some(new_main)) = (document.get_element_by_id("main"), new.get_element_by_id("main")) else {
        return Err(JsValue::NULL);
    };
    morph(&old_main, &new_main);
    strip::forget(&old_main);
    if document.title() != new.title() {
        document.set_title(&new.title());
    }
    // The icon carries the mark of the status.
    if let (Some(old), Some(new)) = (document.query_selector(ICON)?, new.query_selector(ICON)?)
        && let Some(href) = new.get_attribute("href").filter(|href| old.get_attribute("href").as_ref() != Some(href))
    {
        old.set_attribute("href", &href)?;
    }
    if let Some((root, new)) = document.document_element().zip(new.document_element()) {
        for name in SHOWN {
            if let Some(value) = new.get_attribute(name) {
                root.set_attribute(name, &value)?;
            }
        }
    }
    Ok(())
}

/// The page at an address. One that is gone, or that says what is wrong with the address, is news too.
pub async fn fetched(address: &str) -> Result<Document, JsValue> {
    let response = fetch(address).await?;
    if !response.ok() && ![400, 404].contains(&response.status()) {
        return Err(JsValue::NULL);
    }
    let text = JsFuture::from(response.text()?).await?.as_string().unwrap_or_default();
    web_sys::DomParser::new()?.parse_from_string(&text, web_sys::SupportedType::TextHtml)
}

/// Asks with the browser's validator, so that "nothing new" costs no body.
async fn fetch(address: &str) -> Result<Response, JsValue> {
    let window = window().ok_or(JsValue::NULL)?;
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoCache);
    JsFuture::from(window.fetch_with_str_and_init(address, &options)).await?.dyn_into()
}

fn on_root(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(name)
}

fn visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Waits about so many seconds; four times as long while the page is hidden. Coming back to it ends the wait.
async fn sleep(seconds: f64) {
    let hidden = if visible() { 1.0 } else { 4.0 };
    let milliseconds = seconds * hidden * (0.7 + 0.6 * Math::random()) * 1000.0;
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = window() {
            #[expect(clippy::cast_possible_truncation, reason = "at most some 50 minutes of milliseconds")]
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds as i32);
        }
        WAKE.with_borrow_mut(|wake| *wake = Some(resolve));
    });
    let _ = JsFuture::from(promise).await;
}

fn wake() {
    if let Some(resolve) = WAKE.with_borrow_mut(Option::take) {
        let _ = resolve.call0(&JsValue::NULL);
    }
}
