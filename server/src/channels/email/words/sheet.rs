//! One mail as text and as HTML, put together part by part.

use app::markdown;
use app::words::ComponentStatus;

use super::super::template::{escaped, fill};
use super::Content;
use super::foot::Foot;
use super::voice::{Said, Voice};
use crate::domain::notice::NoticeComponent;

/// A colour of the style sheet, by its class, and as it is on a light ground.
pub type Tone = (&'static str, &'static str);
pub const INK: Tone = ("ink", "#1b1f24");
pub const OK: Tone = ("ok", ComponentStatus::Operational.colour());
pub const PLANNED: Tone = ("mnt", ComponentStatus::UnderMaintenance.colour());
pub const BROKEN: Tone = ("par", ComponentStatus::PartialOutage.colour());

const fn of_component(status: ComponentStatus) -> Tone {
    match status {
        ComponentStatus::Operational => OK,
        ComponentStatus::UnderMaintenance => PLANNED,
        ComponentStatus::DegradedPerformance => ("deg", status.colour()),
        ComponentStatus::PartialOutage => BROKEN,
        ComponentStatus::MajorOutage => ("maj", status.colour()),
    }
}

/// A name and its value.
pub type Fact = (String, String);

/// What stands around the content: all before the foot, and all behind it.
pub fn frame() -> (&'static str, &'static str) {
    template!("frame.html").split_once("{{foot}}").unwrap_or_default()
}

/// A mail in the making.
pub struct Sheet<'a> {
    voice: &'a Voice<'a>,
    title: String,
    text: Vec<String>,
    html: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// Begins with the line that alone tells what is new, who says it, and the title.
    pub fn new(voice: &'a Voice<'a>, first: &str, over: &str, title: &Said) -> Self {
        let mark = if title.foreign { fill(template!("part/mark.html"), &[("mark", &escaped(&voice.mark()))]) } else { String::new() };
        let values = [("over", &*escaped(over)), ("title", &*escaped(&title.text)), ("lang", &*lang(voice, title)), ("mark", &*mark)];
        let heading = fill(template!("part/heading.html"), &values);
        Self { voice, title: title.text.clone(), text: vec![format!("{first}\n{over}")], html: vec![heading] }
    }

    /// What is so now, and since when.
    pub fn state(mut self, (tone, colour): Tone, word: &str, time: &str) -> Self {
        let values = [("tone", tone), ("colour", colour), ("word", &*escaped(word)), ("time", &*escaped(time))];
        self.html.push(fill(template!("part/state.html"), &values));
        if let Some(heading) = self.text.last_mut() {
            heading.push_str(", ");
            heading.push_str(time);
        }
        self
    }

    /// A sentence of ours.
    pub fn sentence(self, text: &str) -> Self {
        let html = fill(template!("part/sentence.html"), &[("text", &escaped(text))]);
        self.part(text.to_owned(), html)
    }

    /// What people wrote, as Markdown: the same bytes as on the page, marked where it is in another language.
    pub fn message(self, body: &Said) -> Self {
        let written = self.voice.shortened(&body.text);
        let text = plain(&written);
        if text.is_empty() {
            return self;
        }
        let html = fill(template!("part/words.html"), &[("body", &markdown::to_html(&written)), ("lang", &lang(self.voice, body))]);
        if !body.foreign {
            return self.part(text, html);
        }
        let mark = self.voice.mark();
        let html = format!("{}\n{html}", caption(&mark));
        self.part(format!("({mark})\n{text}"), html)
    }

    /// Facts, one a line.
    pub fn facts(self, facts: &[Fact]) -> Self {
        if facts.is_empty() {
            return self;
        }
        let text: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let html = table(facts.iter().map(|(name, value)| self.row(name, value, INK)));
        self.part(text.join("\n"), html)
    }

    /// Components, each with its status.
    pub fn components(self, heading: &str, components: &[NoticeComponent]) -> Self {
        if components.is_empty() {
            return self;
        }
        let voice = self.voice;
        let said = |one: &NoticeComponent| (voice.component(one), voice.locale.status(one.status));
        let lines: String = components.iter().map(said).map(|(name, status)| format!("\n- {name}: {status}")).collect();
        let rows = components.iter().map(|one| {
            let (name, status) = said(one);
            self.row(&name, &status, of_component(one.status))
        });
        let html = format!("{}\n{}", caption(&format!("{heading}:")), table(rows));
        self.part(format!("{heading}:{lines}"), html)
    }

    /// A list below a heading.
    pub fn list(self, heading: &str, items: &[String]) -> Self {
        if items.is_empty() {
            return self;
        }
        let lines: String = items.iter().map(|item| format!("\n- {item}")).collect();
        let html: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
        let html = self.turned(template!("part/list.html"), &[("items", &html.join("\n"))]);
        self.part(format!("{heading}:{lines}"), format!("{}\n{html}", caption(&format!("{heading}:"))))
    }

    /// What to do next.
    pub fn button(self, label: &str, link: &str) -> Self {
        let html = fill(template!("part/button.html"), &[("label", &escaped(label)), ("link", &escaped(link))]);
        self.part(format!("{label}:\n{link}"), html)
    }

    /// Another way on, smaller.
    pub fn link(self, label: &str, link: &str) -> Self {
        let html = fill(template!("part/link.html"), &[("label", &escaped(label)), ("link", &escaped(link))]);
        self.part(format!("{label}:\n{link}"), html)
    }

    /// Small print.
    pub fn note(self, text: &str) -> Self {
        let html = fill(template!("part/note.html"), &[("text", &escaped(text))]);
        self.part(text.to_owned(), html)
    }

    /// What the next part is.
    pub fn caption(self, heading: &str) -> Self {
        self.part(heading.to_owned(), caption(heading))
    }

    /// A part as text and as HTML.
    pub fn part(mut self, text: String, html: String) -> Self {
        self.text.push(text);
        self.html.push(html);
        self
    }

    /// A template that has sides, filled as the language is written.
    pub fn turned(&self, template: &str, values: &[(&str, &str)]) -> String {
        fill(template, &[values, &sides(self.voice)].concat())
    }

    fn row(&self, name: &str, value: &str, (tone, colour): Tone) -> String {
        let values = [("name", &*escaped(name)), ("value", &*escaped(value)), ("tone", tone), ("colour", colour)];
        self.turned(template!("part/fact.html"), &values)
    }

    /// All of the mail but what its foot has of each recipient's own.
    pub fn ended(self, subject: String, preheader: &str, foot: Foot) -> Content {
        let voice = self.voice;
        let values = [
            ("title", &*escaped(&self.title)),
            ("preheader", &*escaped(preheader)),
            ("content", &*self.html.join("\n")),
            ("code", voice.language().code()),
            ("direction", voice.language().direction()),
        ];
        let html = fill(frame().0, &[&values[..], &sides(voice)].concat());
        Content { limit: voice.limit(), subject, text: self.text.join("\n\n"), html, foot }
    }
}

/// Where lines begin and where they end.
fn sides(voice: &Voice<'_>) -> [(&'static str, &'static str); 2] {
    let (start, end) = if voice.language().direction() == "rtl" { ("right", "left") } else { ("left", "right") };
    [("start", start), ("end", end)]
}

/// The attributes of an element that holds what people wrote in another language: its own letters say its direction.
fn lang(voice: &Voice<'_>, said: &Said) -> String {
    if said.foreign { format!(" lang=\"{}\" dir=\"auto\"", voice.letter.own.code()) } else { String::new() }
}

fn caption(heading: &str) -> String {
    fill(template!("part/caption.html"), &[("heading", &escaped(heading))])
}

fn table(rows: impl Iterator<Item = String>) -> String {
    fill(template!("part/facts.html"), &[("rows", &rows.collect::<Vec<_>>().join("\n"))])
}

/// Markdown is written to be read as it stands; only the line breaks that imported texts carry as tags are made real ones.
fn plain(source: &str) -> String {
    let source = markdown::visible(source);
    ["<br>", "<br/>", "<br />"].iter().fold(source, |text, tag| text.replace(tag, "\n")).trim().to_owned()
}
