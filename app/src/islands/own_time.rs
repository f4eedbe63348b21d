//! The reader's own clock beside the page's: `16:32 your time`; or alone, or UTC alone, where the reader chose that.
//!
//! The instant is in `datetime`; its first ten characters are the day in the page's zone, so that a different day can be told. What the
//! server wrote stays in the document, and the style sheet hides it where one zone alone is wanted.

use std::cell::RefCell;

use js_sys::{Date, Intl, Object, Reflect};
use web_sys::{Document, Element, Node};

use super::browser::{all, children, document, element, zone};
use super::live::TIME;

const CLASS: &str = "yt";

/// What the page's language says around times.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// A time of the reader's clock, with [`TIME`] in the place of the time.
    pub own: String,
    /// Between the two times of a window.
    pub to: String,
}

thread_local! {
    static WORDS: RefCell<Words> = RefCell::default();
}

/// Shows times as the reader wants them, from now on.
pub fn begin(words: Words) {
    WORDS.set(words);
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let chosen = zone();
        if chosen != "page" {
            let _ = root.set_attribute("data-zone", &chosen);
        }
    }
    show();
}

/// Shows every time of the page so.
pub fn show() {
    if let Some((document, body)) = document().and_then(|document| Some((document.clone(), document.body()?))) {
        apply(&document, &body);
    }
}

/// Whether a node was added here: the morph leaves such elements alone. (`className` is no text on an SVG element; the attribute is.)
pub fn is_own(node: &Node) -> bool {
    element(node).is_some_and(|e| e.get_attribute("class").as_deref() == Some(CLASS))
}

/// Adds, renews or removes our text at every instant below `root`.
pub fn apply(document: &Document, root: &Element) {
    let clock = Clock::of(document);
    for time in all(root, "time[datetime*=T]:not([data-q])") {
        let wanted = clock.text(&time);
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
    let Some(field) = document().and_then(|document| document.query_selector("input[type=hidden][name=time_zone]").ok()?) else { return };
    let resolved = Intl::DateTimeFormat::default().resolved_options();
    if let Some(zone) = Reflect::get(&resolved, &"timeZone".into()).ok().and_then(|zone| zone.as_string()) {
        let _ = field.set_attribute("value", &zone);
    }
}

/// How times are written: in which language, in which zone.
struct Clock {
    locale: String,
    words: Words,
    /// One zone alone; `None` adds the reader's own to what the page says.
    alone: Option<&'static str>,
}

/// The parts of a date and of a time, as the browser's formatter names them.
const DAY: [(&str, &str); 3] = [("weekday", "short"), ("day", "numeric"), ("month", "short")];
const TIME_OF_DAY: [(&str, &str); 3] = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];

impl Clock {
    fn of(document: &Document) -> Self {
        let root = document.document_element();
        let said = |name| root.as_ref().and_then(|root| root.get_attribute(name)).unwrap_or_default();
        let language = said("lang");
        // Days before months, as in every text of ours; digits as the page has them.
        let locale = [if language == "en" { "en-GB" } else { &language }, "-u-nu-latn"].concat();
        let alone = match said("data-zone").as_str() {
            "utc" => Some("UTC"),
            "own" => Some(""),
            _ => None,
        };
        Self { locale, words: WORDS.with_borrow(Clone::clone), alone }
    }

    /// What stands beside the page's time, or in its place; `None` where the page shows the same already.
    fn text(&self, time: &Element) -> Option<String> {
        let stamp = time.get_attribute("datetime")?;
        let at = moment(&stamp)?;
        // The end of a window carries the whole of it.
        let start = time.get_attribute("data-from").and_then(|start| Some((moment(&start)?, start)));
        if let Some(zone) = self.alone {
            let end = self.in_full(&at, zone, true, start.as_ref().map(|(from, _)| from));
            return Some(match start {
                Some((from, _)) => [&self.in_full(&from, zone, false, None), " ", &self.words.to, " ", &end].concat(),
                None => end,
            });
        }
        let shown: String = children(time).iter().filter(|n| !is_own(n)).filter_map(|n| n.text_content()).collect();
        let mut own = self.said(&at, "", &[&TIME_OF_DAY]);
        if shown.contains(&own) {
            return None;
        }
        let mut day = self.day_beside(&at, &stamp);
        if let Some((from, start)) = start {
            own = [&self.said(&from, "", &[&TIME_OF_DAY]), " ", &self.words.to, " ", &day, &own].concat();
            day = self.day_beside(&from, &start);
        }
        Some([" ", &self.words.own.replace(TIME, &[day, own].concat())].concat())
    }

    /// The reader's day where it is not the page's.
    fn day_beside(&self, at: &Date, stamp: &str) -> String {
        let two = |number: u32| if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() };
        let own = [&at.get_full_year().to_string(), "-", &two(at.get_month() + 1), "-", &two(at.get_date())].concat();
        if stamp.starts_with(&own) { String::new() } else { [&self.said(at, "", &[&DAY]), self.comma(), " "].concat() }
    }

    /// The time in one zone alone, with its date where that is not the one of `beside`: today's, for a time that stands alone.
    fn in_full(&self, at: &Date, zone: &str, named: bool, beside: Option<&Date>) -> String {
        let day = |at: &Date| self.said(at, zone, &[&DAY, &[("year", "numeric")]]);
        let (today, here) = (Date::new_0(), day(at));
        let time = self.said(at, zone, &[&TIME_OF_DAY, if named { &[("timeZoneName", "short")] } else { &[] }]);
        if here == day(beside.unwrap_or(&today)) {
            return time;
        }
        let this_year = at.get_full_year() == today.get_full_year();
        [&if this_year { self.said(at, zone, &[&DAY]) } else { here }, self.comma(), " ", &time].concat()
    }

    /// What stands between a day and a time on it.
    fn comma(&self) -> &'static str {
        if self.locale.starts_with("ar") { "\u{60c}" } else { "," }
    }

    /// Parts of an instant in a zone; the reader's own where it has no name.
    fn said(&self, at: &Date, zone: &str, parts: &[&[(&str, &str)]]) -> String {
        let options = Object::new();
        let zone = (!zone.is_empty()).then_some(("timeZone", zone));
        for (key, value) in parts.iter().copied().flatten().copied().chain(zone) {
            let _ = Reflect::set(&options, &key.into(), &value.into());
        }
        at.to_locale_string(&self.locale, &options).into()
    }
}

fn moment(stamp: &str) -> Option<Date> {
    let at = Date::new(&stamp.into());
    (!at.get_time().is_nan()).then_some(at)
}
