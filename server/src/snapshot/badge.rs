//! Badges (contract 8): how the page or a component is in one word, as a picture for pages elsewhere and as what shields.io draws from.

use app::markdown;
use app::parts::measure::plain_or;
use app::view::{ComponentView, PublicView};
use app::words::{ComponentStatus, Id, Sentence};

use super::asked::Badge;
use super::xml::escaped;

/// Letters of a label that a badge has room for; the rest is in its title.
const LABEL: usize = 40;

/// What a badge says and the colours it says it in.
struct Said {
    label: String,
    message: &'static str,
    /// The name of the colour at shields.io.
    named: &'static str,
    /// White text on it has a contrast of at least 4.5:1, which a test holds.
    fill: &'static str,
}

/// The badge of a component, or of the whole page; `None` where nobody knows the component.
#[must_use]
pub fn badge(view: &PublicView, component: Option<&Id>, form: Badge) -> Option<Vec<u8>> {
    let said = match component {
        Some(id) => of_component(view.component(id.as_str())?),
        None => of_page(view),
    };
    let text = match form {
        Badge::Svg => svg(&said),
        Badge::Json => json(&said),
    };
    Some(text.into_bytes())
}

const UNKNOWN: (&str, &str, &str) = ("not measured", "lightgrey", "#6b7480");
const GREEN: (&str, &str) = ("brightgreen", ComponentStatus::Operational.colour());
const BLUE: (&str, &str) = ("blue", ComponentStatus::UnderMaintenance.colour());
const YELLOW: (&str, &str) = ("yellow", ComponentStatus::DegradedPerformance.colour());
const ORANGE: (&str, &str) = ("orange", ComponentStatus::PartialOutage.colour());
const RED: (&str, &str) = ("red", ComponentStatus::MajorOutage.colour());

/// Every colour that text stands on: those of what is known and of what is not, and that of the label.
pub const FILLS: [&str; 7] = [GREEN.1, BLUE.1, YELLOW.1, ORANGE.1, RED.1, UNKNOWN.2, LABEL_FILL];
const LABEL_FILL: &str = "#555555";

fn of_page(view: &PublicView) -> Said {
    let (message, (named, fill)) = match view.sentence {
        Sentence::AllSystemsOperational => ("operational", GREEN),
        Sentence::ServiceUnderMaintenance => ("maintenance", BLUE),
        Sentence::PartiallyDegradedService | Sentence::DegradedSystemService => ("degraded performance", YELLOW),
        Sentence::MinorServiceOutage => ("minor outage", YELLOW),
        Sentence::PartialSystemOutage => ("partial outage", ORANGE),
        Sentence::MajorSystemOutage => ("major outage", RED),
    };
    let said = Said { label: "status".to_owned(), message, named, fill };
    // Silence is not uptime: where nothing has been heard of anything, nothing is known of the whole.
    let mut own = view.components.iter().filter(|c| !c.component.upstream).peekable();
    if own.peek().is_some() && own.all(is_silent) { unknown(said.label) } else { said }
}

fn of_component(component: &ComponentView) -> Said {
    let label = plain_or(&component.component.name, "status");
    if is_silent(component) {
        return unknown(label);
    }
    let (message, (named, fill)) = match component.status {
        ComponentStatus::Operational => ("operational", GREEN),
        ComponentStatus::UnderMaintenance => ("under maintenance", BLUE),
        ComponentStatus::DegradedPerformance => ("degraded performance", YELLOW),
        ComponentStatus::PartialOutage => ("partial outage", ORANGE),
        ComponentStatus::MajorOutage => ("major outage", RED),
    };
    Said { label, message, named, fill }
}

fn is_silent(component: &ComponentView) -> bool {
    component.no_recent_data && component.status == ComponentStatus::Operational
}

fn unknown(label: String) -> Said {
    let (message, named, fill) = UNKNOWN;
    Said { label, message, named, fill }
}

/// The endpoint badge of shields.io.
fn json(said: &Said) -> String {
    serde_json::json!({ "schemaVersion": 1, "label": said.label, "message": said.message, "color": said.named }).to_string()
}

/// A flat badge, 20 high. Its texts are given the lengths they were measured to have, so that they fill their halves in any font.
fn svg(said: &Said) -> String {
    let whole = escaped(&format!("{}: {}", said.label, said.message));
    let shown = shortened(&said.label);
    let (label, message) = (width(&shown), width(said.message));
    let (left, right) = (label + 10, message + 10);
    let all = left + right;
    let text = |text: &str, from: u32, width: u32| {
        let middle = from + 5 + width / 2;
        format!("<text x=\"{middle}\" y=\"14\" textLength=\"{width}\">{}</text>", escaped(text))
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" aria-label=\"{whole}\"><title>{whole}</title>\
         <clipPath id=\"r\"><rect width=\"{all}\" height=\"20\" rx=\"3\"/></clipPath>\
         <g clip-path=\"url(#r)\"><rect width=\"{left}\" height=\"20\" fill=\"#555\"/>\
         <rect x=\"{left}\" width=\"{right}\" height=\"20\" fill=\"{}\"/></g>\
         <g fill=\"#fff\" text-anchor=\"middle\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\" \
         aria-hidden=\"true\">{}{}</g></svg>\n",
        said.fill,
        text(&shown, 0, label),
        text(said.message, left, message),
    )
}

fn shortened(label: &str) -> String {
    let label = markdown::visible(label);
    if label.chars().count() <= LABEL {
        return label;
    }
    let start: String = label.chars().take(LABEL - 1).collect();
    format!("{}…", start.trim_end())
}

/// The width of a text in Verdana at 11 px. Latin letters were measured in tenths of a pixel and put into classes of like width; of other
/// scripts, those of East Asia and pictures are as wide as they are high, and all others as wide as most letters.
#[must_use]
pub fn width(text: &str) -> u32 {
    text.chars().map(tenths).sum::<u32>().div_ceil(10).max(1)
}

fn tenths(letter: char) -> u32 {
    match letter {
        'i' | 'l' | '\'' | '|' => 30,
        'j' | 'f' | 't' | ' ' | '.' | ',' => 40,
        'r' | '-' | 'I' | 'J' | '(' | ')' | '/' | ':' | ';' | '!' | '"' | '[' | ']' => 49,
        'c' | 's' | 'z' | 'L' | 'F' => 58,
        'a' | 'e' | 'k' | 'v' | 'x' | 'y' | 'Y' | 'T' | 'P' | 'E' => 66,
        'w' | 'M' | 'O' | 'Q' | 'D' | 'G' | '+' | '&' | '…' => 87,
        'm' | 'W' | '%' | '@' => 109,
        'A'..='Z' => 77,
        // Marks that stand on the letter before them.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' => {
            110
        }
        '\u{1f000}'.. => 130,
        _ => 70,
    }
}
