//! Sends a form's fields whenever they have changed and the writer pauses.
//!
//! The form's `seen` says which text the writer began with; the server refuses another's (409), and then nothing more is sent: both
//! texts exist, and the form's button shows them side by side. While the server cannot be reached the text stays in the page, is tried
//! again, and the browser asks before the page is left.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{RwSignal, Set};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, Event, FormData, HtmlFormElement, HtmlInputElement, RequestInit, Response, SubmitEvent, UrlSearchParams};

use super::browser::{after, all, document, on, text, window};

/// From the first change to the save, in milliseconds: a few words at a time.
const PAUSE_MS: i32 = 2_500;
/// Until a save that failed is tried again, in milliseconds.
const AGAIN_MS: i32 = 10_000;

/// What is known of the form.
#[derive(Default)]
struct State {
    /// Something was written that is not saved.
    changed: bool,
    /// A save is planned.
    planned: bool,
    /// A save is on its way.
    sending: bool,
    /// The button that waits for it.
    waiting: Option<SubmitEvent>,
    /// Somebody else has written: nothing is sent any more.
    ended: bool,
}

#[derive(Clone)]
struct Saver {
    form: HtmlFormElement,
    address: String,
    words: RwSignal<String>,
    state: Rc<RefCell<State>>,
}

/// Watches the form.
pub fn start(words: RwSignal<String>) {
    let Some((window, document)) = window().zip(document()) else { return };
    let form = document.query_selector("form[data-autosave]").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else { return };
    let address = form.get_attribute("data-autosave").unwrap_or_default();
    let saver = Saver { form, address, words, state: Rc::default() };
    let own = saver.clone();
    on(&saver.form, "input", move |_| own.changed());
    let own = saver.clone();
    on(&saver.form, "submit", move |event| own.submitted(event));
    let own = saver.clone();
    on(&window, "online", move |_| own.save());
    on(&window, "beforeunload", move |event| {
        let state = saver.state.borrow();
        if state.changed && state.waiting.is_none() {
            event.prevent_default();
        }
    });
}

impl Saver {
    fn changed(&self) {
        self.state.borrow_mut().changed = true;
        self.plan(PAUSE_MS);
    }

    fn plan(&self, milliseconds: i32) {
        let mut state = self.state.borrow_mut();
        if state.planned || state.ended {
            return;
        }
        state.planned = true;
        let own = self.clone();
        after(milliseconds, move || {
            own.state.borrow_mut().planned = false;
            own.save();
        });
    }

    fn save(&self) {
        let mut state = self.state.borrow_mut();
        if !state.changed || state.sending || state.ended {
            return;
        }
        state.sending = true;
        state.changed = false;
        let own = self.clone();
        spawn_local(async move {
            let answer = own.send().await;
            own.state.borrow_mut().sending = false;
            own.answered(answer).await;
        });
    }

    async fn send(&self) -> Result<Response, JsValue> {
        let fields = UrlSearchParams::new_with_str_sequence_sequence(&FormData::new_with_form(&self.form)?.into())?;
        let options = RequestInit::new();
        options.set_method("POST");
        options.set_body(&fields);
        let window = window().ok_or(JsValue::NULL)?;
        JsFuture::from(window.fetch_with_str_and_init(&self.address, &options)).await?.dyn_into()
    }

    async fn answered(&self, answer: Result<Response, JsValue>) {
        let waiting = self.state.borrow_mut().waiting.take();
        let Ok(response) = answer else {
            // Whoever pressed a button meanwhile would be led to the browser's own page of errors, away from the text.
            return self.failed("Not saved: the server cannot be reached. Your text stays here, and is tried again.", true);
        };
        let body = match response.json() {
            Ok(body) => JsFuture::from(body).await.unwrap_or(JsValue::NULL),
            Err(_) => JsValue::NULL,
        };
        match response.status() {
            200 => self.saved(&body),
            401 => {
                self.failed("Not saved: you are signed out. Sign in again in another tab; your text stays here, and is tried again.", true)
            }
            409 => {
                self.state.borrow_mut().ended = true;
                self.failed(&text(&body, "error").unwrap_or_default(), false);
            }
            _ => match text(&body, "error") {
                // What is wrong has to be changed first: trying again would help nobody.
                Some(sentence) => self.failed(&sentence, false),
                None => self.failed("Not saved: something went wrong here. Your text stays here, and is tried again.", true),
            },
        }
        if let Some(event) = waiting {
            self.state.borrow_mut().changed = false;
            let button = event.submitter().and_then(|button| button.dyn_into().ok());
            let _ = self.form.request_submit_with_submitter(button.as_ref());
        }
    }

    fn saved(&self, body: &JsValue) {
        if let Some(seen) =
            self.form.query_selector("input[name=seen]").ok().flatten().and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        {
            seen.set_value(&text(body, "seen").unwrap_or_default());
        }
        for hint in all(&self.form, "[data-saved]") {
            hint.remove();
        }
        show_remarks(body);
        self.words.set(["Saved ", &text(body, "saved").unwrap_or_default()].concat());
        if self.state.borrow().changed {
            self.plan(PAUSE_MS);
        }
    }

    fn failed(&self, sentence: &str, again: bool) {
        self.state.borrow_mut().changed = true;
        self.words.set(sentence.to_owned());
        if again {
            self.plan(AGAIN_MS);
        }
    }

    /// A button was pressed: it sends everything itself, but not while a save is on its way, which it would collide with.
    fn submitted(&self, event: Event) {
        let mut state = self.state.borrow_mut();
        state.changed = false;
        if let Some(event) = event.dyn_into::<SubmitEvent>().ok().filter(|_| state.sending) {
            event.prevent_default();
            state.waiting = Some(event);
        }
    }
}

/// The remarks on what is saved now: each a sentence, with the place it speaks of.
fn show_remarks(body: &JsValue) {
    let Some((document, list)) = document().and_then(|document| Some((document.clone(), document.get_element_by_id("remarks")?))) else {
        return;
    };
    let remarks = js_sys::Reflect::get(body, &"remarks".into()).ok().and_then(|list| list.dyn_into::<js_sys::Array>().ok());
    list.set_text_content(None);
    for remark in remarks.into_iter().flatten() {
        let made = (|| {
            let item = document.create_element("li").ok()?;
            let holder: Element = match text(&remark, "place") {
                Some(place) => {
                    let link = document.create_element("a").ok()?;
                    link.set_attribute("href", &place).ok()?;
                    item.append_child(&link).ok()?;
                    link
                }
                None => item.clone(),
            };
            holder.set_text_content(text(&remark, "sentence").as_deref());
            list.append_child(&item).ok()
        })();
        if made.is_none() {
            return;
        }
    }
}
