//! The reader's own clock beside the page's: `16:32 your time`.
//!
//! The instant is in `datetime`; its first ten characters are the day in the page's zone, so that a different day can be told.

use js_sys::{Date, Intl, Reflect};
use web_sys::{Document, Element, Node};

use super::browser::{all, children, document, element};

const CLASS: &str = "yt";

/// Whether a node was added here: the morph leaves such elements alone. (`className` is no text on an SVG element; the attribute is.)
pub fn is_own(node: &Node) -> bool {
    element(node).is_some_and(|e| e.get_attribute("class").as_deref() == Some(CLASS))
}

/// Adds, renews or removes the reader's time at every instant below `root`.
pub fn apply(document: &Document, root: &Element) {
    for time in all(root, "time[datetime*=T]:not([data-q])") {
        let wanted = text(&time);
        let there = children(&time).into_iter().find(is_own);
        match (wanted, there) {
            (Some(text), Some(node)) if node.text_content().as_deref() == Some(&text) => {}
            (Some(text), Some(node)) => node.set_text_content(Some(&text)),
            (Some(text), None) => {
                if let Ok(span) = document.create_element("span") {
                    span.set_class_name(CLASS);
                    span.set_text_content(Some(&text));
                    let _ = time.append_child(&span);
                }
            }
            (None, Some(node)) => drop(time.remove_child(&node)),
            (None, None) => {}
        }
    }
}

/// Says in the form that asks for mails which zone the reader's clock is in: staff plan work around it.
pub fn say_zone() {
    let Some(field) = document().and_then(|document| document.query_selector("input[name=time_zone]").ok()?) else { return };
    let resolved = Intl::DateTimeFormat::default().resolved_options();
    if let Some(zone) = Reflect::get(&resolved, &"timeZone".into()).ok().and_then(|zone| zone.as_string()) {
        let _ = field.set_attribute("value", &zone);
    }
}

/// What the reader's clock shows; `None` where the page shows the same already.
fn text(time: &Element) -> Option<String> {
    let stamp = time.get_attribute("datetime")?;
    let at = moment(&stamp)?;
    let shown: String = children(time).iter().filter(|n| !is_own(n)).filter_map(|n| n.text_content()).collect();
    let mut own = clock(&at);
    if shown.contains(&own) {
        return None;
    }
    let mut day = day_beside(&at, &stamp);
    // The end of a window carries the whole of it.
    if let Some(start) = time.get_attribute("data-from") {
        let from = moment(&start)?;
        own = [clock(&from), " to ".to_owned(), day, own].concat();
        day = day_beside(&from, &start);
    }
    Some([" ", &day, &own, " your time"].concat())
}

fn moment(stamp: &str) -> Option<Date> {
    let at = Date::new(&stamp.into());
    (!at.get_time().is_nan()).then_some(at)
}

fn clock(at: &Date) -> String {
    [two(at.get_hours()), ":".to_owned(), two(at.get_minutes())].concat()
}

/// The reader's day where it is not the page's.
fn day_beside(at: &Date, stamp: &str) -> String {
    let own = [at.get_full_year().to_string(), "-".to_owned(), two(at.get_month() + 1), "-".to_owned(), two(at.get_date())].concat();
    if stamp.starts_with(&own) {
        return String::new();
    }
    let text = at.to_date_string();
    // "Sun Nov 22 2026", the one spelling the language fixes.
    let parts: Vec<String> = String::from(text).split(' ').map(str::to_owned).collect();
    let [weekday, month, ..] = parts.as_slice() else { return String::new() };
    [weekday.as_str(), " ", &at.get_date().to_string(), " ", month, ", "].concat()
}

fn two(number: u32) -> String {
    if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() }
}
