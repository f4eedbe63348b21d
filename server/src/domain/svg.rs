//! Drawings that can do nothing but be seen: no script, nothing of another place, no entity, only elements that draw.
//!
//! Pages show them as images, where no browser runs or fetches anything for them, and they are served with a policy that says so
//! too. What is refused here would be refused there.

use quick_xml::encoding::Decoder;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

/// Said of a file that is none of the four kinds.
pub const UNKNOWN: &str = "This is no PNG, JPEG, WebP or SVG image. Save it as one of them.";

const SVG: &[u8] = b"http://www.w3.org/2000/svg";
const XHTML: &[u8] = b"http://www.w3.org/1999/xhtml";

/// Elements that draw, or say how.
const DRAWING: [&str; 33] = [
    "svg",
    "g",
    "defs",
    "symbol",
    "use",
    "switch",
    "title",
    "desc",
    "metadata",
    "style",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "textPath",
    "image",
    "linearGradient",
    "radialGradient",
    "stop",
    "pattern",
    "clipPath",
    "mask",
    "marker",
    "filter",
    "view",
    "hatch",
    "hatchpath",
    "solidcolor",
];

/// The drawing's width and height.
///
/// # Errors
/// A sentence that names what cannot be taken.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    let mut reader = NsReader::from_str(text);
    let mut size = None;
    // What a style element said so far; it is judged whole, since pieces could hide what they come to.
    let mut said: Option<String> = None;
    let mut open = 0_usize;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|error| match size {
            None => UNKNOWN.to_owned(),
            Some(_) => format!("This SVG is broken: {error}."),
        })?;
        match event {
            Event::Start(_) | Event::Empty(_) | Event::Comment(_) | Event::GeneralRef(_) if said.is_some() => return Err(style_refused()),
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let name = String::from_utf8_lossy(tag.local_name().as_ref()).into_owned();
                match space {
                    ResolveResult::Bound(space) if space.as_ref() == SVG => drawing(&name)?,
                    ResolveResult::Bound(space) if space.as_ref() != XHTML && size.is_some() => {}
                    _ if size.is_some() => return Err(refused(&name)),
                    _ if name == "svg" => return Err(r#"This SVG lacks xmlns="http://www.w3.org/2000/svg"."#.to_owned()),
                    _ => return Err(UNKNOWN.to_owned()),
                }
                let attributes = attributes(tag, reader.decoder())?;
                if size.is_none() {
                    if name != "svg" {
                        return Err(UNKNOWN.to_owned());
                    }
                    size = Some(measured(&attributes)?);
                }
                attributes.iter().try_for_each(|(name, value)| attribute(name, value))?;
                if matches!(event, Event::Start(_)) {
                    open += 1;
                    said = (name == "style").then(String::new);
                }
            }
            Event::End(_) => {
                open = open.saturating_sub(1);
                said.take().map_or(Ok(()), |text| style(&text))?;
            }
            Event::DocType(_) => return Err("This SVG declares a document type. Save it without one: nothing in it is needed.".to_owned()),
            Event::PI(_) => {
                return Err("This SVG has processing instructions, which could lead elsewhere. Save it as plain SVG.".to_owned());
            }
            Event::Text(text) => said.iter_mut().for_each(|said| said.push_str(&String::from_utf8_lossy(&text))),
            Event::CData(text) => said.iter_mut().for_each(|said| said.push_str(&String::from_utf8_lossy(&text))),
            Event::Eof if open > 0 => return Err("This SVG ends too early. Save it again.".to_owned()),
            Event::Eof => return size.ok_or_else(|| UNKNOWN.to_owned()),
            _ => {}
        }
    }
}

fn drawing(name: &str) -> Result<(), String> {
    if DRAWING.contains(&name) || name.starts_with("fe") { Ok(()) } else { Err(refused(name)) }
}

fn refused(name: &str) -> String {
    format!("This SVG contains <{name}>, which does more than draw. Save it as plain SVG without it.")
}

fn attributes(tag: &BytesStart, decoder: Decoder) -> Result<Vec<(String, String)>, String> {
    tag.attributes()
        .map(|attribute| {
            let attribute = attribute.map_err(|error| format!("This SVG is broken: {error}."))?;
            let name = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            let value = attribute
                .decoded_and_normalized_value(XmlVersion::Implicit1_0, decoder)
                .map_err(|error| format!("This SVG is broken: {error}."))?;
            Ok((name, value.into_owned()))
        })
        .collect()
}

fn attribute(name: &str, value: &str) -> Result<(), String> {
    let lower = name.to_lowercase();
    if lower.starts_with("on") {
        return Err(format!("This SVG reacts to events ({name}). Save it as plain SVG without scripts."));
    }
    match lower.as_str() {
        "href" | "src" if !is_inside(value) => Err(elsewhere(value)),
        "base" => Err(elsewhere(value)),
        _ => style(value),
    }
}

/// Whether an address stays within the drawing.
fn is_inside(address: &str) -> bool {
    let address = address.trim();
    let image = |kind: &str| address.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind));
    address.starts_with('#') || ["data:image/png", "data:image/jpeg", "data:image/webp", "data:image/gif"].into_iter().any(image)
}

fn elsewhere(address: &str) -> String {
    let shown: String = address.chars().take(60).collect();
    format!("This SVG refers to \"{shown}\". Put what it needs into the file itself.")
}

/// What a style says, in an element or an attribute: nothing that leads out of the drawing, and nothing that hides that it does.
fn style(text: &str) -> Result<(), String> {
    let lower = text.to_lowercase();
    // The last two name addresses without the word that is looked for below.
    let barred = ["\\", "@import", "@font-face", "javascript:", "image-set(", "src("];
    if barred.into_iter().any(|word| lower.contains(word)) {
        return Err(style_refused());
    }
    for reference in lower.split("url(").skip(1) {
        let address = reference.trim_start().trim_start_matches(['"', '\'']);
        if !is_inside(address) {
            return Err(elsewhere(address.split(')').next().unwrap_or(address)));
        }
    }
    Ok(())
}

fn style_refused() -> String {
    "This SVG has styles that could load something or hide what they do. Save it as plain SVG.".to_owned()
}

/// Width and height in pixels, or what the box of the drawing says.
fn measured(attributes: &[(String, String)]) -> Result<(u32, u32), String> {
    let value = |name: &str| attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
    let pixels = |name| value(name).and_then(|text| text.strip_suffix("px").unwrap_or(text).parse::<f64>().ok());
    let shape = value("viewBox").map(|text| text.split([' ', ',']).filter_map(|part| part.parse::<f64>().ok()).collect::<Vec<_>>());
    let (width, height) = match (pixels("width"), pixels("height"), shape.as_deref()) {
        (Some(width), Some(height), _) | (_, _, Some(&[_, _, width, height])) => (width, height),
        _ => return Err("This SVG says no size. Give it a viewBox, or a width and a height in pixels.".to_owned()),
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is out of range becomes a bound that is refused")]
    let whole = |number: f64| number.round() as u32;
    // A box of fractions is drawn at least one pixel large.
    let at_least_one = |number: f64| if number > 0.0 { whole(number).max(1) } else { 0 };
    Ok((at_least_one(width), at_least_one(height)))
}
