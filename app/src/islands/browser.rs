//! The few questions the islands ask of the browser.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, EventTarget, Node, Window};

/// Where the theme is kept; the script in the document's head reads the same key before the first paint.
const THEME: &str = "theme";
/// Where the zone is kept.
const ZONE: &str = "zone";

/// The window; `None` only outside a page.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The elements a selector finds below a node, as a list of their own.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = root.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

/// The children of a node, as a list of their own.
pub fn children(node: &Node) -> Vec<Node> {
    let list = node.child_nodes();
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}

/// The node as an element.
pub fn element(node: &Node) -> Option<&Element> {
    node.dyn_ref::<Element>()
}

/// Runs something once, later.
pub fn after(milliseconds: i32, run: impl FnOnce() + 'static) {
    if let Some(window) = window() {
        let run = Closure::once_into_js(run);
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), milliseconds);
    }
}

/// Calls something on every event of a kind, as long as the page lives.
pub fn on(target: &EventTarget, event: &str, run: impl Fn(web_sys::Event) + 'static) {
    let run = Closure::<dyn Fn(web_sys::Event)>::new(run);
    let _ = target.add_event_listener_with_callback(event, run.as_ref().unchecked_ref());
    run.forget();
}

/// A field of a JavaScript object, as a number.
pub fn number(object: &JsValue, key: &str) -> Option<f64> {
    js_sys::Reflect::get(object, &key.into()).ok()?.as_f64()
}

/// A field of a JavaScript object, as text.
pub fn text(object: &JsValue, key: &str) -> Option<String> {
    js_sys::Reflect::get(object, &key.into()).ok()?.as_string()
}

/// The theme the reader chose: `system` unless they did.
pub fn theme() -> String {
    kept(THEME).filter(|theme| theme == "dark" || theme == "light").unwrap_or_else(|| "system".to_owned())
}

/// The zone the reader chose to see times in: `page` unless they did.
pub fn zone() -> String {
    kept(ZONE).filter(|zone| zone == "utc" || zone == "own").unwrap_or_else(|| "page".to_owned())
}

/// Applies and keeps a theme.
pub fn set_theme(theme: &str) {
    keep(THEME, "data-theme", Some(theme).filter(|theme| *theme != "system"));
}

/// Applies and keeps a zone.
pub fn set_zone(zone: &str) {
    keep(ZONE, "data-zone", Some(zone).filter(|zone| *zone != "page"));
}

fn kept(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Marks the document with a choice and keeps it; without one, neither. A browser that keeps nothing still applies it to this page.
fn keep(key: &str, attribute: &str, choice: Option<&str>) {
    let store = window().and_then(|w| w.local_storage().ok()?);
    let Some(root) = document().and_then(|d| d.document_element()) else { return };
    match choice {
        None => {
            let _ = root.remove_attribute(attribute);
            let _ = store.map(|store| store.remove_item(key));
        }
        Some(choice) => {
            let _ = root.set_attribute(attribute, choice);
            let _ = store.map(|store| store.set_item(key, choice));
        }
    }
}
