//! `/staff/post-mortems`: what is owed, what is being written and read, what is public; and the beginning of one.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::named;
use super::promise::{self, PlanFields};
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::{listed, plain, plain_or};
use crate::staff::{Frame, Wrong, document};
use crate::words::{Id, PostmortemStatus, Role};

/// What a list shows of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: Id,
    /// Its title as it is being written; empty while it has none.
    pub title: String,
    /// Where it stands.
    pub status: PostmortemStatus,
    /// The promised date.
    pub due_at: Option<DateTime<Utc>>,
    /// Why there will be none.
    pub waived_because: Option<String>,
    /// Who writes it, by name.
    pub owner: Option<String>,
    /// What it covers, by title.
    pub covers: Vec<String>,
    /// When it was published.
    pub published_at: Option<DateTime<Utc>>,
    /// Whether it says of itself that more will follow.
    pub provisional: bool,
    /// Who asked for a second reader, by name.
    pub asked_by: Option<String>,
    /// Whether whoever looks may approve it: they did not write it themselves.
    pub mine_to_read: bool,
    /// Whether something is being written that is not public.
    pub pending: bool,
}

/// An incident that is over and of which nothing is said yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// When it was over.
    pub resolved_at: DateTime<Utc>,
}

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// All of them, each section in the order given.
    pub lines: Vec<Line>,
    /// What is over since 30 days or less, without one.
    pub without: Vec<Without>,
}

/// The sections, in the order of what asks to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Owed,
    Draft,
    Review,
    Public,
    Waived,
}

impl Part {
    fn of(line: &Line) -> Self {
        match line.status {
            PostmortemStatus::Published | PostmortemStatus::Revised => Self::Public,
            _ if line.waived_because.is_some() => Self::Waived,
            PostmortemStatus::Promised => Self::Owed,
            PostmortemStatus::Draft => Self::Draft,
            PostmortemStatus::Review => Self::Review,
        }
    }
}

/// The page of a post-mortem.
#[must_use]
pub fn href(id: &Id) -> String {
    format!("/staff/post-mortems/{id}")
}

/// The two lists beside each other: documents and what follows from them.
pub(super) fn tabs(here: &'static str) -> AnyView {
    let tab = |href: &'static str, label| view! { <a href=href aria-current=(href == here).then_some("page")>{label}</a> };
    view! { <nav class="tabs" aria-label="Post-mortems">{tab("/staff/post-mortems", "Documents")}{tab("/staff/follow-ups", "Follow-ups")}</nav> }
        .into_any()
}

/// The page.
#[must_use]
pub fn page(frame: &Frame, shelf: &Shelf) -> String {
    document(frame, "Post-mortems", || {
        let new = frame.may(Role::Responder).then(|| form::way(Weight::Primary, "/staff/post-mortems/new", "Begin a post-mortem"));
        let nothing = (shelf.lines.is_empty() && shelf.without.is_empty())
            .then(|| form::empty("There is no post-mortem yet. One is promised when an incident is resolved, or begun here."));
        view! {
            <div class="bar"><h1>"Post-mortems"</h1>{new}</div>
            {tabs("/staff/post-mortems")}
            {nothing}
            {section(frame, shelf, Part::Owed, "Owed")}
            {section(frame, shelf, Part::Review, "In review")}
            {section(frame, shelf, Part::Draft, "Drafts")}
            {without(frame, &shelf.without)}
            {section(frame, shelf, Part::Public, "Published")}
            {section(frame, shelf, Part::Waived, "Not planned")}
        }
        .into_any()
    })
}

fn section(frame: &Frame, shelf: &Shelf, part: Part, heading: &'static str) -> Option<AnyView> {
    let mut lines: Vec<&Line> = shelf.lines.iter().filter(|line| Part::of(line) == part).collect();
    match part {
        Part::Owed | Part::Draft => lines.sort_by_key(|line| line.due_at.unwrap_or(DateTime::<Utc>::MAX_UTC)),
        Part::Review => lines.sort_by_key(|line| !line.mine_to_read),
        Part::Public => lines.sort_by_key(|line| std::cmp::Reverse(line.published_at)),
        Part::Waived => {}
    }
    let rows: Vec<_> = lines.into_iter().map(|line| row(frame, line, part)).collect();
    let id = format!("part-{}", heading.to_lowercase().replace(' ', "-"));
    (!rows.is_empty()).then(|| {
        view! { <section aria-labelledby=id.clone()><h2 id=id.clone()>{heading}</h2><ul class="rows">{rows}</ul></section> }.into_any()
    })
}

fn row(frame: &Frame, line: &Line, part: Part) -> AnyView {
    let locale = frame.locale();
    let late = is_late(line, frame.now);
    let covers: Vec<String> = line.covers.iter().map(|name| named(name)).collect();
    let name = plain_or(&line.title, covers.first().map_or("Untitled post-mortem", String::as_str));
    let about = (!covers.is_empty() && covers.first() != Some(&name)).then(|| view! { <p>"About "{listed(&covers)}</p> });
    let owner = line.owner.as_deref().map(plain).filter(|owner| !owner.is_empty());
    let owner = owner.map(|owner| format!(" · {owner}")).or_else(|| (part == Part::Owed).then(|| " · nobody's yet".to_owned()));
    let (weight, label) = match part {
        _ if !frame.may(Role::Responder) => (Weight::Quiet, "Look"),
        Part::Owed => (Weight::Primary, "Write it"),
        Part::Draft => (Weight::Primary, "Go on writing"),
        Part::Review if line.mine_to_read => (Weight::Primary, "Read it"),
        Part::Review | Part::Public | Part::Waived => (Weight::Quiet, "Open"),
    };
    view! {
        <li class=if late { "e-major_outage act" } else { "e-unknown act" }>
            <div>
                <h3><a href=href(&line.id)>{name}</a></h3>
                {about}
                <p>{standing(line, part, late, locale)}{owner}</p>
            </div>
            {form::way(weight, &href(&line.id), label)}
        </li>
    }
    .into_any()
}

fn is_late(line: &Line, now: DateTime<Utc>) -> bool {
    !line.status.is_public() && line.waived_because.is_none() && line.due_at.is_some_and(|due| due <= now)
}

fn standing(line: &Line, part: Part, late: bool, locale: Locale) -> AnyView {
    let due = line.due_at.map(|due| {
        let day = locale.date(locale.day(due));
        if late {
            view! { <b class="late">"Promised by "{day}", overdue"</b> }.into_any()
        } else {
            view! { "Promised by "{day} }.into_any()
        }
    });
    match part {
        Part::Owed => due.unwrap_or_else(|| "Promised without a date".into_any()),
        Part::Draft => due.unwrap_or_else(|| "Nothing is promised".into_any()),
        Part::Review => {
            let asked = line
                .asked_by
                .as_deref()
                .map_or_else(|| "Waits for a second reader".to_owned(), |name| format!("Asked for by {}", plain(name)));
            view! { {asked}{due.map(|due| view! { " · "{due} })} }.into_any()
        }
        Part::Public => {
            let at = line.published_at.map(|at| view! { " "{locale.moment(at)} });
            let word = if line.status == PostmortemStatus::Revised { "Revised since it was published" } else { "Published" };
            let provisional = line.provisional.then(|| view! { " · "<b>"provisional"</b> });
            let pending = line.pending.then_some(" · changes wait that are not public");
            view! { {word}{at}{provisional}{pending} }.into_any()
        }
        Part::Waived => format!("Because {}", plain(line.waived_because.as_deref().unwrap_or_default())).into_any(),
    }
}

/// Incidents nobody has decided about.
fn without(frame: &Frame, lines: &[Without]) -> Option<AnyView> {
    let locale = frame.locale();
    let rows = lines.iter().map(|incident| {
        let begin = frame
            .may(Role::Responder)
            .then(|| form::way(Weight::Quiet, &format!("/staff/post-mortems/new?incident={}", incident.id), "Begin one"));
        view! {
            <li class="e-over act">
                <div>
                    <h3><a href=super::incidents::href(&incident.id)>{named(&incident.name)}</a></h3>
                    <p>"Resolved "{locale.moment(incident.resolved_at)}</p>
                </div>
                {begin}
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section aria-labelledby="without">
                <h2 id="without">"Nothing said yet"</h2>
                <p class="hint">"Incidents of the last 30 days without a post-mortem, and without a word on why there is none."</p>
                <ul class="rows">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

/// What a post-mortem may cover, as forms offer it.
#[derive(Clone, Debug, Default)]
pub struct Coverable {
    /// Incidents, newest first.
    pub incidents: Vec<Choice>,
    /// Planned work, newest first.
    pub maintenances: Vec<Choice>,
}

/// The beginning of one.
#[derive(Clone, Debug, Default)]
pub struct Begin {
    /// What there is to cover.
    pub coverable: Coverable,
    /// The chosen incidents.
    pub incidents: Vec<String>,
    /// The chosen maintenance; empty for none.
    pub maintenance: String,
    /// What is promised, where nothing is written yet.
    pub plan: PlanFields,
    /// Who may owe it.
    pub staff: Vec<Choice>,
    /// What is wrong.
    pub wrong: Vec<Wrong>,
}

/// The page on which one is begun.
#[must_use]
pub fn begin(frame: &Frame, begin: &Begin) -> String {
    document(frame, "Begin a post-mortem", || {
        let open = begin.wrong.iter().any(|wrong| wrong.field.starts_with("postmortem"));
        view! {
            <p class="back"><a href="/staff/post-mortems">"All post-mortems"</a></p>
            <h1>"Begin a post-mortem"</h1>
            <p class="soft">"It may cover several incidents and planned work. It begins with what was said in their timelines. Nobody outside sees it before you publish."</p>
            {form::problems(&begin.wrong)}
            <form method="post" action="/staff/post-mortems/new">
                {covers(&begin.coverable, &begin.incidents, &begin.maintenance, &begin.wrong)}
                <div class="acts">{form::choice_button(Weight::Primary, "do", "begin", "Begin writing")}</div>
                <details class="more-fields" open=open>
                    <summary>"Only promise it, or say that none is planned"</summary>
                    {promise::fields("", &begin.plan, None, Some(&begin.staff), &begin.wrong)}
                    <div class="acts">{form::choice_button(Weight::Quiet, "do", "promise", "Save the promise")}</div>
                </details>
            </form>
        }
        .into_any()
    })
}

/// Incidents above this number scroll in a box of their own.
const IN_SIGHT: usize = 8;

/// What it covers.
pub(super) fn covers(coverable: &Coverable, incidents: &[String], maintenance: &str, wrong: &[Wrong]) -> AnyView {
    let input = |name, label, value| Input { name, label, value, wrong, ..Input::default() };
    let works: Vec<Choice> = std::iter::once(Choice::new("", "No planned work")).chain(coverable.maintenances.iter().cloned()).collect();
    let list = if coverable.incidents.is_empty() {
        form::empty("There is no incident yet that could be covered.")
    } else {
        form::checkboxes(&input("incidents", "Incidents it covers", ""), &coverable.incidents, incidents)
    };
    let class = if coverable.incidents.len() > IN_SIGHT { "picks long" } else { "picks" };
    view! {
        <div class=class>{list}</div>
        {(works.len() > 1 || !maintenance.is_empty()).then(|| form::select(&input("maintenance_id", "Planned work it covers", maintenance), &works))}
    }
    .into_any()
}
