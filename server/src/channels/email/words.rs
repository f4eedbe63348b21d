//! What the mails of each kind say, as text and as HTML.

use app::markdown;
use app::parts::time::Zone;
use app::words::{ComponentStatus, IncidentStatus};

use super::template::{escaped, fill};
use super::{Letter, Links};
use crate::domain::notice::{DraftNotice, IncidentNotice, ItemNotice, MaintenanceNotice, PostmortemNotice, TaskNotice};

macro_rules! template {
    ($name:literal) => {
        include_str!(concat!("../../../templates/email/", $name))
    };
}

/// A mail's words.
pub struct Words {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// A colour of the style sheet, by its class, and as it is on a light ground.
type Tone = (&'static str, &'static str);
const INK: Tone = ("ink", "#1b1f24");
const OK: Tone = ("ok", "#1a7f4b");

const fn of_status(status: IncidentStatus) -> Tone {
    if status.is_over() { OK } else { ("par", "#b4500c") }
}

const fn of_component(status: ComponentStatus) -> Tone {
    match status {
        ComponentStatus::Operational => OK,
        ComponentStatus::UnderMaintenance => ("mnt", "#2458b8"),
        ComponentStatus::DegradedPerformance => ("deg", "#8a6100"),
        ComponentStatus::PartialOutage => ("par", "#b4500c"),
        ComponentStatus::MajorOutage => ("maj", "#b3261e"),
    }
}

/// One line of the table of facts.
struct Fact<'a> {
    name: &'a str,
    value: String,
    tone: Tone,
}

impl<'a> Fact<'a> {
    fn new(name: &'a str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), tone: INK }
    }

    fn html(&self) -> String {
        let (name, value) = (escaped(self.name), escaped(&self.value));
        fill(template!("fact.html"), &[("name", &name), ("value", &value), ("tone", self.tone.0), ("colour", self.tone.1)])
    }
}

fn table(facts: &[Fact<'_>]) -> String {
    facts.iter().map(Fact::html).collect::<Vec<_>>().join("\n")
}

fn framed(title: &str, preheader: &str, content: &str, foot: &str) -> String {
    let (title, preheader) = (escaped(title), escaped(preheader));
    fill(template!("frame.html"), &[("title", &title), ("preheader", &preheader), ("content", content), ("foot", foot)])
}

/// A message of an incident.
pub fn incident(letter: &Letter, notice: &IncidentNotice, links: &Links) -> Words {
    let zone = Zone::at(&letter.time_zone, notice.display_at);
    let (status, time) = (notice.status.label(), zone.full_text(notice.display_at));
    let started = zone.full_text(notice.started_at);
    let (page, title) = (escaped(&letter.page_name), escaped(&notice.name));
    let mut facts = vec![Fact::new("Impact", notice.impact.label()), Fact::new("Started", started.clone())];
    facts.extend(notice.resolved_at.map(|at| Fact::new("Resolved", zone.full_text(at))));
    facts.extend(notice.next_update_at.map(|at| Fact::new("Next update by", zone.full_text(at))));
    let of = |component: &crate::domain::notice::NoticeComponent| component.status.label().to_owned();
    facts.extend(notice.components.iter().map(|component| Fact {
        name: &component.name,
        value: of(component),
        tone: of_component(component.status),
    }));
    let line = |name: &str, at: Option<_>| at.map(|at| format!("\n{name}: {}", zone.full_text(at))).unwrap_or_default();
    let components: String = notice.components.iter().map(|one| format!("\n- {}: {}", one.name, of(one))).collect();
    let heading = if components.is_empty() { "" } else { "\n\nComponents:" };
    let body = fill(
        template!("incident/body.txt"),
        &[
            ("status", status),
            ("title", &notice.name),
            ("page", &letter.page_name),
            ("time", &time),
            ("body", &plain(&notice.body)),
            ("impact", notice.impact.label()),
            ("started", &started),
            ("ended", &line("Resolved", notice.resolved_at)),
            ("next", &line("Next update by", notice.next_update_at)),
            ("components", &format!("{heading}{components}")),
            ("link", &links.subject),
            ("manage", &links.manage),
            ("unsubscribe", &links.unsubscribe),
        ],
    );
    let (link, manage, unsubscribe) = (escaped(&links.subject), escaped(&links.manage), escaped(&links.unsubscribe));
    let tone = of_status(notice.status);
    let content = fill(
        template!("incident/body.html"),
        &[
            ("page", &page),
            ("title", &title),
            ("status", status),
            ("tone", tone.0),
            ("colour", tone.1),
            ("time", &time),
            // The same bytes as on the page.
            ("body", &markdown::to_html(&notice.body)),
            ("facts", &table(&facts)),
            ("link", &link),
        ],
    );
    let foot = fill(template!("incident/foot.html"), &[("page", &page), ("manage", &manage), ("unsubscribe", &unsubscribe)]);
    let preheader = format!("{status}: {}", markdown::to_excerpt(&notice.body, 120));
    Words {
        subject: fill(template!("incident/subject.txt"), &[("page", &letter.page_name), ("subject", &notice.subject)]),
        text: body,
        html: framed(&notice.name, &preheader, &content, &foot),
    }
}

/// A request to confirm. Nothing in it was typed by whoever asked for it.
pub fn confirm(letter: &Letter, links: &Links) -> Words {
    let (page, link) = (escaped(&letter.page_name), escaped(&links.subject));
    let values = [("page", page.as_str()), ("link", link.as_str())];
    let subject = fill(template!("confirm/subject.txt"), &[("page", &letter.page_name)]);
    Words {
        text: fill(template!("confirm/body.txt"), &[("page", &letter.page_name), ("link", &links.subject)]),
        html: framed(
            &subject,
            "One click, and you hear when something breaks.",
            &fill(template!("confirm/body.html"), &values),
            template!("confirm/foot.html").trim_end(),
        ),
        subject,
    }
}

/// A draft that waits for a person.
pub fn draft(letter: &Letter, notice: &DraftNotice, links: &Links) -> Words {
    let since = Zone::at(&letter.time_zone, notice.first_failed_at).full_text(notice.first_failed_at);
    let mut facts = vec![Fact::new("Monitor", notice.monitor.clone())];
    facts.extend(notice.component.clone().map(|component| Fact::new("Component", component)));
    facts.extend([Fact::new("Reason", notice.reason.clone()), Fact::new("Since", since.clone())]);
    let component = notice.component.as_ref().map(|component| format!("\nComponent: {component}")).unwrap_or_default();
    let text = fill(
        template!("draft/body.txt"),
        &[
            ("page", &letter.page_name),
            ("title", &notice.name),
            ("monitor", &notice.monitor),
            ("component", &component),
            ("reason", &notice.reason),
            ("since", &since),
            ("link", &links.subject),
        ],
    );
    let (page, title, link) = (escaped(&letter.page_name), escaped(&notice.name), escaped(&links.subject));
    let content = fill(template!("draft/body.html"), &[("page", &page), ("title", &title), ("facts", &table(&facts)), ("link", &link)]);
    let foot = fill(template!("draft/foot.html"), &[("page", &page)]);
    Words {
        subject: fill(template!("draft/subject.txt"), &[("page", &letter.page_name), ("title", &notice.name)]),
        text,
        html: framed(&notice.name, &format!("Since {since}: {}", notice.reason), &content, &foot),
    }
}

/// News of planned work.
pub fn maintenance(letter: &Letter, notice: &MaintenanceNotice, links: &Links) -> Words {
    simple(letter, &notice.subject, &notice.body, &links.subject)
}

/// A published or revised post-mortem.
pub fn postmortem(letter: &Letter, notice: &PostmortemNotice, links: &Links) -> Words {
    simple(letter, &notice.title, &notice.summary, &links.subject)
}

/// A follow-up that is done.
pub fn item_done(letter: &Letter, notice: &ItemNotice, links: &Links) -> Words {
    simple(letter, &notice.title, "This follow-up is done.", &links.subject)
}

/// A request to confirm a vote.
pub fn vote(letter: &Letter, notice: &ItemNotice, links: &Links) -> Words {
    simple(letter, &notice.title, "Confirm your vote for this follow-up.", &links.subject)
}

/// Something that waits for staff.
pub fn task(letter: &Letter, notice: &TaskNotice, links: &Links) -> Words {
    simple(letter, &notice.subject, &notice.sentence, &links.subject)
}

fn simple(letter: &Letter, title: &str, body: &str, link: &str) -> Words {
    let content =
        format!("<h1>{}</h1>{}<p><a href=\"{}\">{}</a></p>", escaped(title), markdown::to_html(body), escaped(link), escaped(link));
    Words {
        subject: format!("[{}] {title}", letter.page_name),
        text: format!("{title}\n\n{}\n\n{link}\n", plain(body)),
        html: framed(title, title, &content, ""),
    }
}

/// The beginning of a message, cut where a paragraph or at least a word ends.
pub fn shortened(body: &str, limit: usize) -> String {
    let start: String = body.chars().take(limit).collect();
    let end = start.rfind("\n\n").or_else(|| start.rfind(char::is_whitespace)).unwrap_or(start.len());
    format!("{}\n\n*The message is longer than a mail can be. All of it is on the page.*", start.get(..end).unwrap_or(&start))
}

/// Markdown is written to be read as it stands; only the line breaks that imported texts carry as tags are made real ones.
fn plain(source: &str) -> String {
    let source = markdown::visible(source);
    ["<br>", "<br/>", "<br />"].iter().fold(source, |text, tag| text.replace(tag, "\n")).trim().to_owned()
}
