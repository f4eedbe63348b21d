//! A post-mortem as one Markdown text, read back into its named sections.

use app::words::{PostmortemText, Sections};

/// The text with what stands under our headings (`## Summary` and so on) in its sections, and all before them as free text. Where one of
/// them stands twice, out of order or over nothing, nothing is guessed and all of it is free text. Either way the whole reads as it was
/// given.
#[must_use]
pub fn read(markdown: &str) -> PostmortemText {
    split(markdown).unwrap_or_else(|| PostmortemText { body: markdown.trim().to_owned(), ..PostmortemText::default() })
}

fn split(markdown: &str) -> Option<PostmortemText> {
    let mut body = String::new();
    let mut parts: Vec<(usize, String)> = Vec::new();
    let mut fence = None;
    for line in markdown.lines() {
        let heading = if fence.is_none() { place_of(line) } else { None };
        fence = after(fence, line);
        if let Some(place) = heading {
            if parts.last().is_some_and(|(last, _)| *last >= place) {
                return None;
            }
            parts.push((place, String::new()));
        } else {
            let part = parts.last_mut().map_or(&mut body, |(_, part)| part);
            part.push_str(line);
            part.push('\n');
        }
    }
    let mut text = PostmortemText { body: body.trim().to_owned(), ..PostmortemText::default() };
    for (number, place) in text.sections.places().into_iter().enumerate() {
        if let Some((_, part)) = parts.iter().find(|(known, _)| *known == number) {
            let part = part.trim();
            if part.is_empty() {
                return None;
            }
            *place = Some(part.to_owned());
        }
    }
    Some(text)
}

/// Which of our headings a line is.
fn place_of(line: &str) -> Option<usize> {
    let heading = line.strip_prefix("## ")?.trim_end();
    Sections::HEADINGS.iter().position(|(_, known)| *known == heading)
}

/// A block of code: its sign, and how often it stands there. Nothing inside one is a heading.
type Fence = (char, usize);

fn after(open: Option<Fence>, line: &str) -> Option<Fence> {
    let text = line.trim_start_matches(' ');
    let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~') && line.len() - text.len() < 4);
    let Some(sign) = sign else { return open };
    let length = text.chars().take_while(|other| *other == sign).count();
    match open {
        None if length >= 3 && !(sign == '`' && text.trim_start_matches('`').contains('`')) => Some((sign, length)),
        None => None,
        Some((known, least)) => {
            let closes = sign == known && length >= least && text.trim_start_matches(sign).trim().is_empty();
            if closes { None } else { open }
        }
    }
}
