//! A strip of days becomes one stop of the keyboard: arrows walk from day to day, and a tip says what was.
//!
//! The texts are those of the component's own page, in the language of this one: its table is asked for on the first look, so that the
//! page with all the strips carries none of them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, Element, Event, HtmlElement, KeyboardEvent, MouseEvent, Node};

use super::browser::{all, document, element, on, window};
use super::poll::fetched;

/// Class of the tip; nothing else on a page has it.
const TIP: &str = "tip";
/// The strip on which a day is chosen.
const CHOSEN: &str = "data-day";

/// A day as its row in the table tells it.
#[derive(Clone)]
struct Day {
    text: String,
    href: Option<String>,
}

thread_local! {
    /// Days by the address of the table, oldest first.
    static KNOWN: RefCell<HashMap<String, Vec<Day>>> = RefCell::default();
    /// Addresses that are being asked: nobody asks twice for the same.
    static ASKED: RefCell<HashSet<String>> = RefCell::default();
    /// The strip and the day last looked at: what an answer that comes late is shown for, if it is about that.
    static LOOK: RefCell<Option<(Element, i32)>> = const { RefCell::new(None) };
}

/// Listens for all strips there are and will be.
pub fn start(document: &Document) {
    if let Some(body) = document.body() {
        prepare(&body);
    }
    on(document, "keydown", |event| {
        let _ = key(&event);
    });
    on(document, "focusin", |event| match strip_of(&event) {
        Some(strip) => look(&strip, chosen(&strip)),
        None => hide(),
    });
    on(document, "focusout", |event| {
        if strip_of(&event).is_some() {
            hide();
        }
    });
    // A finger moves no pointer: its tap arrives as a click.
    for kind in ["pointermove", "click"] {
        on(document, kind, |event| {
            if let Some(strip) = strip_of(&event) {
                let day = under(&strip, &event);
                if day != chosen(&strip) || strip.next_element_sibling().is_none_or(|next| !is_tip(&next)) {
                    look(&strip, day);
                }
            } else if !on_tip(&event) {
                hide();
            }
        });
    }
}

/// Makes every strip below an element a stop of the keyboard that tells its value.
pub fn prepare(root: &Element) {
    for strip in all(root, "svg.bars:not([tabindex])") {
        for (name, value) in [("tabindex", "0"), ("role", "slider"), ("aria-valuemin", "1"), ("aria-readonly", "true")] {
            let _ = strip.set_attribute(name, value);
        }
        let count = count(&strip).to_string();
        let _ = strip.set_attribute("aria-valuemax", &count);
        let _ = strip.set_attribute("aria-valuenow", &count);
    }
}

/// Whether an attribute of a strip was set here: the morph leaves it alone.
pub fn is_own(element: &Element, name: &str) -> bool {
    let own = [CHOSEN, "tabindex", "role", "aria-readonly", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"];
    own.contains(&name) && element.has_attribute("aria-valuenow")
}

/// Whether a node is a tip.
pub fn is_tip(node: &Node) -> bool {
    element(node).is_some_and(|element| element.get_attribute("class").as_deref() == Some(TIP))
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn strip_of(event: &Event) -> Option<Element> {
    target(event)?.closest("svg.bars").ok()?
}

fn on_tip(event: &Event) -> bool {
    target(event).and_then(|target| target.closest(".tip").ok()?).is_some()
}

/// How many days it draws: each is five units wide with its gap, the last has none.
fn count(strip: &Element) -> i32 {
    let drawn = strip.get_attribute("viewBox").and_then(|size| size.split(' ').nth(2)?.parse::<i32>().ok());
    drawn.map_or(1, |width| (width + 1) / 5)
}

fn chosen(strip: &Element) -> Option<i32> {
    strip.get_attribute(CHOSEN)?.parse().ok()
}

fn mirrored() -> bool {
    document().and_then(|document| document.document_element()).is_some_and(|root| root.get_attribute("dir").as_deref() == Some("rtl"))
}

/// The day that the pointer is on.
fn under(strip: &Element, event: &Event) -> Option<i32> {
    let x = f64::from(event.dyn_ref::<MouseEvent>()?.client_x());
    let place = strip.get_bounding_client_rect();
    let share = ((x - place.left()) / place.width()).clamp(0.0, 0.999);
    let share = if mirrored() { 0.999 - share } else { share };
    #[expect(clippy::cast_possible_truncation, reason = "less than the number of days")]
    let day = (share * f64::from(count(strip))) as i32;
    Some(day)
}

fn key(event: &Event) -> Option<()> {
    let strip = strip_of(event)?;
    let last = count(&strip) - 1;
    let here = chosen(&strip).unwrap_or(last);
    let (left, right) = if mirrored() { (1, -1) } else { (-1, 1) };
    let day = match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
        "ArrowLeft" => here + left,
        "ArrowRight" => here + right,
        "ArrowUp" => here + 1,
        "ArrowDown" => here - 1,
        "PageUp" => here + 7,
        "PageDown" => here - 7,
        "Home" => 0,
        "End" => last,
        "Enter" => {
            if let (Some(window), Some(href)) =
                (window(), known(&strip).and_then(|days| days.get(usize::try_from(here).ok()?)?.href.clone()))
            {
                let _ = window.location().set_href(&href);
            }
            return None;
        }
        "Escape" => {
            hide();
            return None;
        }
        _ => return None,
    };
    event.prevent_default();
    look(&strip, Some(day.clamp(0, last)));
    None
}

/// The address of the page with its table; nothing where the table is on this one.
fn table_of(strip: &Element) -> String {
    let link = strip.parent_element().and_then(|parent| parent.query_selector(".pc[href]").ok()?);
    let href = link.and_then(|link| link.get_attribute("href")).unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

fn known(strip: &Element) -> Option<Vec<Day>> {
    KNOWN.with_borrow(|known| known.get(&table_of(strip)).cloned())
}

/// Chooses a day, the last one where none is named, and shows what was.
fn look(strip: &Element, day: Option<i32>) {
    let day = day.unwrap_or(count(strip) - 1);
    let _ = strip.set_attribute(CHOSEN, &day.to_string());
    let _ = strip.set_attribute("aria-valuenow", &(day + 1).to_string());
    LOOK.set(Some((strip.clone(), day)));
    if let Some(days) = known(strip) {
        show(strip, day, &days);
        return;
    }
    let address = table_of(strip);
    if !ASKED.with_borrow_mut(|asked| asked.insert(address.clone())) {
        return;
    }
    spawn_local(async move {
        let page = if address.is_empty() { document() } else { fetched(&address).await.ok() };
        ASKED.with_borrow_mut(|asked| asked.remove(&address));
        // Without an answer the next look asks again; the link beside the strip leads there all the same.
        let Some(root) = page.and_then(|page| page.document_element()) else { return };
        let mut days: Vec<Day> = all(&root, "tr[data-t]").iter().map(day_of).collect();
        days.reverse();
        if days.is_empty() {
            return;
        }
        KNOWN.with_borrow_mut(|known| known.insert(address.clone(), days.clone()));
        if let Some((strip, day)) = LOOK.with_borrow(Clone::clone).filter(|(strip, _)| table_of(strip) == address) {
            show(&strip, day, &days);
        }
    });
}

fn day_of(row: &Element) -> Day {
    let link = row.query_selector("a").ok().flatten();
    Day { text: row.get_attribute("data-t").unwrap_or_default(), href: link.and_then(|link| link.get_attribute("href")) }
}

/// What is known of days is as old as the page: a newer one asks again.
pub fn forget(root: &Element) {
    KNOWN.with_borrow_mut(HashMap::clear);
    prepare(root);
}

fn show(strip: &Element, day: i32, days: &[Day]) {
    clear();
    let Some(text) = usize::try_from(day).ok().and_then(|day| days.get(day)).map(|day| day.text.as_str()) else { return };
    let _ = strip.set_attribute("aria-valuetext", text);
    let Some(tip) = document().and_then(|document| document.create_element("p").ok()) else { return };
    tip.set_class_name(TIP);
    tip.set_text_content(Some(text));
    // The strip tells its value itself.
    let _ = tip.set_attribute("aria-hidden", "true");
    if let Some(tip) = tip.dyn_ref::<HtmlElement>() {
        let share = (f64::from(day) + 0.5) * 100.0 / f64::from(count(strip));
        let _ = tip.style().set_property("--x", &[&share.to_string(), "%"].concat());
    }
    let _ = strip.after_with_node_1(&tip);
}

/// Nobody looks any more.
fn hide() {
    LOOK.set(None);
    clear();
}

fn clear() {
    let Some(body) = document().and_then(|document| document.body()) else { return };
    for tip in all(&body, ".tip") {
        tip.remove();
    }
}
