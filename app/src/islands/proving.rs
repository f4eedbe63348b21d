//! Finds the number that a form asks for, in small pieces, so that the page stays answerable; then sends the form.

use wasm_bindgen::JsCast;
use web_sys::{HtmlFormElement, HtmlInputElement};

use super::browser::{after, document};
use crate::proof;

/// Tries between two looks of the browser at everything else: a few milliseconds' worth.
const PIECE: u64 = 2_000;

/// Begins, where a form asks for it.
pub fn start() {
    let Some(document) = document() else { return };
    let form = document.query_selector("form[data-challenge]").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let Some(form) = form else { return };
    let Some(challenge) = form.get_attribute("data-challenge") else { return };
    let _ = form.set_attribute("data-proof", "working");
    go_on(form, challenge, 0);
}

fn go_on(form: HtmlFormElement, challenge: String, from: u64) {
    match proof::find(&challenge, from, PIECE) {
        None => after(0, move || go_on(form, challenge, from + PIECE)),
        Some(number) => {
            let field = form.query_selector("input[name=proof]").ok().flatten().and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
            let Some(field) = field else { return };
            field.set_value(&number);
            let _ = form.set_attribute("data-proof", "done");
            let _ = form.submit();
        }
    }
}
