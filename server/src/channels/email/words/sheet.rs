//! One mail as text and as HTML, put together part by part.

use app::markdown;
use app::words::ComponentStatus;

use super::super::template::{escaped, fill};
use super::super::{Letter, Links};
use super::Words;
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
pub type Fact<'a> = (&'a str, String);

/// Why somebody gets a mail, and how to get no more.
#[derive(Clone, Copy)]
pub enum Foot {
    Subscriber,
    Voter,
    Staff,
    Once,
}

impl Foot {
    const fn templates(self) -> (&'static str, &'static str) {
        match self {
            Self::Subscriber => (template!("foot/subscriber.txt"), template!("foot/subscriber.html")),
            Self::Voter => (template!("foot/voter.txt"), template!("foot/voter.html")),
            Self::Staff => (template!("foot/staff.txt"), template!("foot/staff.html")),
            Self::Once => (template!("foot/once.txt"), template!("foot/once.html")),
        }
    }
}

/// A mail in the making.
pub struct Sheet {
    title: String,
    text: Vec<String>,
    html: Vec<String>,
}

impl Sheet {
    /// Begins with the line that alone tells what is new, who says it, and the title.
    pub fn new(first: &str, over: &str, title: &str) -> Self {
        let heading = fill(template!("part/heading.html"), &[("over", &escaped(over)), ("title", &escaped(title))]);
        Self { title: title.to_owned(), text: vec![format!("{first}\n{over}")], html: vec![heading] }
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

    /// What people wrote, as Markdown: the same bytes as on the page.
    pub fn message(self, body: &str) -> Self {
        let text = plain(body);
        if text.is_empty() {
            return self;
        }
        let html = fill(template!("part/words.html"), &[("body", &markdown::to_html(body))]);
        self.part(text, html)
    }

    /// Facts, one a line.
    pub fn facts(self, facts: &[Fact<'_>]) -> Self {
        if facts.is_empty() {
            return self;
        }
        let text: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let html = table(facts.iter().map(|(name, value)| row(name, value, INK)));
        self.part(text.join("\n"), html)
    }

    /// Components, each with its status.
    pub fn components(self, heading: &str, components: &[NoticeComponent]) -> Self {
        if components.is_empty() {
            return self;
        }
        let lines: String = components.iter().map(|one| format!("\n- {}: {}", one.name, one.status.label())).collect();
        let html = table(components.iter().map(|one| row(&one.name, one.status.label(), of_component(one.status))));
        self.part(format!("{heading}{lines}"), format!("{}\n{html}", caption(heading)))
    }

    /// A list below a heading.
    pub fn list(self, heading: &str, items: &[String]) -> Self {
        if items.is_empty() {
            return self;
        }
        let lines: String = items.iter().map(|item| format!("\n- {item}")).collect();
        let html: Vec<String> = items.iter().map(|item| format!("<li>{}</li>", escaped(item))).collect();
        let html = fill(template!("part/list.html"), &[("items", &html.join("\n"))]);
        self.part(format!("{heading}{lines}"), format!("{}\n{html}", caption(heading)))
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

    /// The whole mail.
    pub fn ended(self, subject: String, preheader: &str, foot: Foot, letter: &Letter, links: &Links) -> Words {
        let (text_foot, html_foot) = foot.templates();
        let values = [("page", letter.page_name.as_str()), ("manage", &links.manage), ("unsubscribe", &links.unsubscribe)];
        let safe = values.map(|(name, value)| (name, escaped(value)));
        let safe = safe.each_ref().map(|(name, value)| (*name, value.as_str()));
        let html = fill(
            template!("frame.html"),
            &[
                ("title", &escaped(&self.title)),
                ("preheader", &escaped(preheader)),
                ("content", &self.html.join("\n")),
                ("foot", &fill(html_foot, &safe)),
            ],
        );
        Words { subject, text: format!("{}\n\n--\n{}", self.text.join("\n\n"), fill(text_foot, &values)), html }
    }
}

fn caption(heading: &str) -> String {
    fill(template!("part/caption.html"), &[("heading", &escaped(heading))])
}

fn table(rows: impl Iterator<Item = String>) -> String {
    fill(template!("part/facts.html"), &[("rows", &rows.collect::<Vec<_>>().join("\n"))])
}

fn row(name: &str, value: &str, (tone, colour): Tone) -> String {
    let values = [("name", &*escaped(name)), ("value", &*escaped(value)), ("tone", tone), ("colour", colour)];
    fill(template!("part/fact.html"), &values)
}

/// Markdown is written to be read as it stands; only the line breaks that imported texts carry as tags are made real ones.
fn plain(source: &str) -> String {
    let source = markdown::visible(source);
    ["<br>", "<br/>", "<br />"].iter().fold(source, |text, tag| text.replace(tag, "\n")).trim().to_owned()
}
