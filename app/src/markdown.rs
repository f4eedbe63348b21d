//! Markdown to HTML: one rendering for page, feed, mail and preview, so that all of them carry the same bytes.
//!
//! The parser never passes raw HTML on (reliability X22): a tag in the source is shown as text, except for line breaks, which
//! imported bodies of the field are full of (contract 1.6). What comes out passes an allow-list sanitiser as a second wall (X53).

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

static SANITISER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "br",
            "hr",
            "h3",
            "h4",
            "h5",
            "h6",
            "strong",
            "em",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href", "title"])), ("ol", HashSet::from(["start"]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean_content_tags(HashSet::from(["script", "style"]));
    builder
});

/// Opens the box that a table scrolls in: the one tag around sanitised HTML that is ours.
pub const TABLE_BOX: &str = "<div class=\"tw\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">";

/// A paragraph that begins with such a word is set apart from the text around it. In what the sanitiser lets pass, these letters can
/// only be a paragraph's beginning.
const CALL_OUTS: [(&str, &str); 6] = [
    ("<p>NOTE:", "<p class=\"note\">NOTE:"),
    ("<p><strong>NOTE:", "<p class=\"note\"><strong>NOTE:"),
    ("<p><em>NOTE:", "<p class=\"note\"><em>NOTE:"),
    ("<p>WARNING:", "<p class=\"note warning\">WARNING:"),
    ("<p><strong>WARNING:", "<p class=\"note warning\"><strong>WARNING:"),
    ("<p><em>WARNING:", "<p class=\"note warning\"><em>WARNING:"),
];

/// Renders Markdown as HTML that is safe to place in a page. Its highest headings become `h3`, below the page's own, whatever level they
/// have: a part of a document begins where the whole has got to.
#[must_use]
pub fn to_html(source: &str) -> String {
    let source = visible(source);
    let highest = Parser::new(&source).filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level),
        _ => None,
    });
    let highest = highest.min().unwrap_or(HeadingLevel::H1);
    let parser = Parser::new_ext(&source, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => {
            if is_line_break(&text) {
                Event::HardBreak
            } else {
                Event::Text(text)
            }
        }
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: lowered(level, highest), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lowered(level, highest))),
        // Images would make a reader's browser ask a third party: the alternative text stays, as a link.
        Event::Start(Tag::Image { dest_url, title, id, .. }) => {
            Event::Start(Tag::Link { link_type: pulldown_cmark::LinkType::Inline, dest_url, title, id })
        }
        Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
        // Staff press return where they mean a new line.
        Event::SoftBreak => Event::HardBreak,
        other => other,
    });
    let mut out = String::with_capacity(source.len() * 5 / 4);
    html::push_html(&mut out, parser);
    // Once more after the parser: it turns character references such as `&#8;` into the characters that were kept out before.
    let clean = visible(&SANITISER.clean(&out).to_string());
    // A wide table scrolls in a box of its own, which a keyboard must be able to reach (WCAG 2.1.1). In what the sanitiser lets pass,
    // these letters can only be the tag.
    let clean = clean.replace("<table>", &format!("{TABLE_BOX}<table>"));
    let clean = clean.replace("</table>", "</table></div>");
    CALL_OUTS.iter().fold(clean, |html, (plain, marked)| html.replace(plain, marked)).trim_end().to_owned()
}

/// The first paragraph of a Markdown text as plain words, cut at a word's end after at most `limit` characters.
#[must_use]
pub fn to_excerpt(source: &str, limit: usize) -> String {
    let source = visible(source);
    let mut words = String::new();
    for event in Parser::new_ext(&source, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::InlineHtml(text) if is_line_break(&text) => words.push(' '),
            Event::End(TagEnd::Paragraph) if !words.trim().is_empty() => break,
            _ => {}
        }
    }
    let words = visible(&words).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= limit {
        return words;
    }
    let cut: String = words.chars().take(limit).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches(['.', ',', ';', ':']))
}

/// The text without characters that no reader sees but that could break a document or turn its meaning around: controls other
/// than line feed and tab, bidirectional overrides and isolates (reliability E22, X23), non-characters.
#[must_use]
pub fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| {
            let control = c.is_control() && *c != '\n' && *c != '\t';
            let bidi = matches!(*c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}');
            let non_character = (*c as u32) & 0xFFFE == 0xFFFE || matches!(*c, '\u{FDD0}'..='\u{FDEF}');
            !control && !bidi && !non_character
        })
        .collect()
}

fn is_line_break(tag: &str) -> bool {
    let inner = tag.trim().trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    inner.eq_ignore_ascii_case("br")
}

/// A document's own h1 and h2 belong to the page it stands on.
fn lowered(level: HeadingLevel, highest: HeadingLevel) -> HeadingLevel {
    let below = (level as usize).saturating_sub(highest as usize);
    HeadingLevel::try_from(HeadingLevel::H3 as usize + below).unwrap_or(HeadingLevel::H6)
}
