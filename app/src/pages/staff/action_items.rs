//! What follows from post-mortems: on the page of one, and at `/staff/follow-ups` over all of them.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::postmortems::{href, tabs};
use super::promise::with_known;
use crate::parts::action_item::{is_open, is_overdue};
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::{count, plain, plain_or};
use crate::staff::{Frame, Wrong, document};
use crate::words::{ActionItem, ActionState, Id};

/// An item and who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owned {
    /// The item.
    pub item: ActionItem,
    /// Who does it, as the record has it.
    pub owner: Option<String>,
    /// The same by name.
    pub owner_name: Option<String>,
}

/// The items of one document.
#[derive(Clone, Debug)]
pub struct Items<'a> {
    /// The document.
    pub postmortem: &'a Id,
    /// Its items, in order.
    pub items: Vec<Owned>,
    /// A form that was refused: which item, or a new one, and what was typed.
    pub typed: Option<(Option<Id>, ItemFields)>,
}

/// The fields of an item, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFields {
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub explanation: String,
    /// Where it stands.
    pub state: String,
    /// When it is due, such as `2026-12-01`.
    pub due_on: String,
    /// Where to read more.
    pub link: String,
    /// Who does it.
    pub owner: String,
}

impl ItemFields {
    /// The fields of what is there.
    #[must_use]
    pub fn of(owned: &Owned) -> Self {
        let item = &owned.item;
        Self {
            title: item.title.clone(),
            explanation: item.explanation.clone().unwrap_or_default(),
            state: item.state.to_string(),
            due_on: item.due_on.map(|day| day.to_string()).unwrap_or_default(),
            link: item.link.clone().unwrap_or_default(),
            owner: owned.owner.clone().unwrap_or_default(),
        }
    }

    /// The fields of a new one.
    #[must_use]
    pub fn blank() -> Self {
        Self { state: ActionState::Planned.to_string(), ..Self::default() }
    }
}

/// The items on the page of their document.
pub(super) fn section(items: &Items, staff: &[Choice], may: bool, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let rows: Vec<_> = items.items.iter().enumerate().map(|(at, owned)| entry(items, at, owned, staff, may, locale, wrong)).collect();
    let list =
        if rows.is_empty() { form::empty("Nothing follows from it yet.") } else { view! { <ol class="items">{rows}</ol> }.into_any() };
    view! {
        <section aria-labelledby="items-title">
            <h2 id="items-title">"What follows from it"</h2>
            <p class="hint">"Public with the document, at its end and at /follow-ups; who does it is not. A change here is public at once where the document is."</p>
            {list}
            {may.then(|| add(items, staff, wrong))}
        </section>
    }
    .into_any()
}

fn entry(items: &Items, at: usize, owned: &Owned, staff: &[Choice], may: bool, locale: Locale, wrong: &[Wrong]) -> AnyView {
    let item = &owned.item;
    let explanation = item.explanation.as_deref().map(plain).filter(|text| !text.is_empty()).map(|text| view! { <p>{text}</p> });
    view! {
        <li id=format!("item-{}", item.id) class=format!("s-{}", item.state.as_str())>
            <h3>{plain_or(&item.title, "Untitled")}</h3>
            <p class="soft">{item.state.label()}{due(item, locale)}{owner(owned)}{votes(item)}</p>
            {explanation}
            {link(item)}
            {history(item, locale)}
            {may.then(|| change(items, at, owned, staff, wrong))}
        </li>
    }
    .into_any()
}

fn due(item: &ActionItem, locale: Locale) -> Option<AnyView> {
    let day = item.due_on?;
    Some(match item.state {
        ActionState::Done => view! { ", "{locale.date(day)} }.into_any(),
        _ if is_overdue(item, locale.today()) => view! { ", "<b class="late">"due "{locale.date(day)}", overdue"</b> }.into_any(),
        _ => view! { ", due "{locale.date(day)} }.into_any(),
    })
}

fn owner(owned: &Owned) -> String {
    let name = owned.owner_name.as_deref().map(plain).filter(|name| !name.is_empty());
    format!(" · {}", name.unwrap_or_else(|| "nobody's yet".to_owned()))
}

fn votes(item: &ActionItem) -> Option<String> {
    usize::try_from(item.votes).ok().filter(|votes| *votes > 0).map(|votes| format!(" · {}", count(votes, "vote", "votes")))
}

fn link(item: &ActionItem) -> Option<AnyView> {
    // Only addresses of the web: nothing else is a place to read more.
    let href = item.link.clone().filter(|link| link.starts_with("https://") || link.starts_with("http://"))?;
    Some(view! { <p class="more"><a href=href.clone() rel="noopener noreferrer nofollow">{href.clone()}</a></p> }.into_any())
}

/// Every state it had.
fn history(item: &ActionItem, locale: Locale) -> Option<AnyView> {
    let steps: Vec<_> = item.history.iter().map(|step| view! { <li>{step.state.label()}", "{locale.moment(step.at)}</li> }).collect();
    (!steps.is_empty()).then(|| {
        view! { <details class="ask calm"><summary>"What it was before"</summary><ol class="had">{steps}</ol></details> }.into_any()
    })
}

fn address(items: &Items, rest: &str) -> String {
    format!("{}/items{rest}", href(items.postmortem))
}

fn change(items: &Items, at: usize, owned: &Owned, staff: &[Choice], wrong: &[Wrong]) -> AnyView {
    let id = &owned.item.id;
    let refused = items.typed.as_ref().filter(|(item, _)| item.as_ref() == Some(id)).map(|(_, typed)| typed);
    let known = ItemFields::of(owned);
    let (typed, wrong) = refused.map_or((&known, [].as_slice()), |typed| (typed, wrong));
    let to = |rest: &str| address(items, &format!("/{id}{rest}"));
    let up = (at > 0).then(|| form::choice_button(Weight::Quiet, "to", &(at - 1).to_string(), "Move up"));
    let down = (at + 1 < items.items.len()).then(|| form::choice_button(Weight::Quiet, "to", &(at + 1).to_string(), "Move down"));
    let remove = "Its history and the votes for it go with it. To say that it will not be done, make it dropped instead.";
    view! {
        <details class="ask calm" open=refused.is_some()>
            <summary>"Change"<span class="vh">{format!(" {}", plain_or(&owned.item.title, "this"))}</span></summary>
            <form method="post" action=to("")>
                {fields(typed, id.as_str(), staff, wrong)}
                {form::button(Weight::Quiet, "Save the follow-up")}
            </form>
            <div class="tools"><form method="post" action=to("/move")>{up}{down}</form></div>
            {form::confirm("Remove it", remove, &to("/remove"), &[], "Remove the follow-up")}
        </details>
    }
    .into_any()
}

fn add(items: &Items, staff: &[Choice], wrong: &[Wrong]) -> AnyView {
    let refused = items.typed.as_ref().filter(|(item, _)| item.is_none()).map(|(_, typed)| typed);
    let blank = ItemFields::blank();
    let (typed, wrong) = refused.map_or((&blank, [].as_slice()), |typed| (typed, wrong));
    view! {
        <details class="more-fields" open=refused.is_some()>
            <summary>"Add a follow-up"</summary>
            <form method="post" action=address(items, "")>
                {fields(typed, "new", staff, wrong)}
                <div class="acts">{form::button(Weight::Quiet, "Add the follow-up")}</div>
            </form>
        </details>
    }
    .into_any()
}

fn fields(typed: &ItemFields, scope: &str, staff: &[Choice], wrong: &[Wrong]) -> AnyView {
    let input = |name, label, value, hint| Input { name, label, value, hint, wrong, scope, ..Input::default() };
    let states: Vec<Choice> = ActionState::ALL.iter().map(|state| Choice::new(state.as_str(), state.label())).collect();
    let owners: Vec<Choice> = std::iter::once(Choice::new("", "Nobody yet")).chain(staff.iter().cloned()).collect();
    let day = Input { kind: "date", ..input("due_on", "Due on", &typed.due_on, "Once it is done: the day it was.") };
    view! {
        {form::text(&Input { required: true, ..input("title", "What", &typed.title, "A few words that readers understand.") })}
        {form::textarea(&input("explanation", "How it helps", &typed.explanation, "One or two sentences."), 2)}
        <div class="two">{form::select(&input("state", "State", &typed.state, ""), &states)}{form::text(&day)}</div>
        {form::select(&input("owner", "Owner", &typed.owner, "They are reminded. Readers do not see who it is."), &with_known(&owners, &typed.owner))}
        {form::text(&Input { kind: "url", ..input("link", "Link", &typed.link, "Where readers can follow it, with https://.") })}
    }
    .into_any()
}

/// An item in the list over all documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The item.
    pub owned: Owned,
    /// Its document.
    pub postmortem: Id,
    /// The document's title.
    pub title: String,
    /// Whether readers see it.
    pub public: bool,
}

/// Which items a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// What is not done yet.
    #[default]
    Open,
    /// What should be done already.
    Overdue,
    /// What whoever looks has to do.
    Mine,
    /// Everything.
    All,
}

impl Show {
    const EACH: [(Self, &'static str, &'static str); 4] = [
        (Self::Open, "/staff/follow-ups", "Open"),
        (Self::Overdue, "/staff/follow-ups?show=overdue", "Overdue"),
        (Self::Mine, "/staff/follow-ups?show=mine", "Mine"),
        (Self::All, "/staff/follow-ups?show=all", "All"),
    ];

    /// The word in an address; every other one is the usual list.
    #[must_use]
    pub fn parse(word: &str) -> Self {
        match word {
            "overdue" => Self::Overdue,
            "mine" => Self::Mine,
            "all" => Self::All,
            _ => Self::Open,
        }
    }

    fn shows(self, followed: &Followed, me: Option<&str>, today: NaiveDate) -> bool {
        let item = &followed.owned.item;
        match self {
            Self::Open => is_open(item),
            Self::Overdue => is_overdue(item, today),
            Self::Mine => is_open(item) && me.is_some() && followed.owned.owner.as_deref() == me,
            Self::All => true,
        }
    }

    const fn empty(self) -> &'static str {
        match self {
            Self::Open => "Nothing is open. Follow-ups are added on the page of a post-mortem.",
            Self::Overdue => "Nothing is overdue.",
            Self::Mine => "Nothing that is open is yours.",
            Self::All => "There is no follow-up yet. They are added on the page of a post-mortem.",
        }
    }
}

/// The list over all documents; `me` is how the record names whoever looks.
#[must_use]
pub fn list(frame: &Frame, show: Show, all: &[Followed], me: Option<&str>) -> String {
    document(frame, "Follow-ups", || {
        let locale = frame.locale();
        let today = locale.today();
        let ways: Vec<_> = Show::EACH
            .iter()
            .map(|(one, href, label)| {
                let number = all.iter().filter(|followed| one.shows(followed, me, today)).count();
                view! { <a href=*href aria-current=(*one == show).then_some("true")>{*label}" "<span class="soft">{number}</span></a> }
            })
            .collect();
        let rows: Vec<_> =
            all.iter().filter(|followed| show.shows(followed, me, today)).map(|followed| row(followed, today, locale)).collect();
        let table = if rows.is_empty() {
            form::empty(show.empty())
        } else {
            form::table("Follow-ups", &["What", "State", "Due", "Owner", "Votes"], rows)
        };
        view! {
            <div class="bar"><h1>"Follow-ups"</h1></div>
            {tabs("/staff/follow-ups")}
            <nav class="filters" aria-label="Which follow-ups">{ways}</nav>
            {table}
        }
        .into_any()
    })
}

fn row(followed: &Followed, today: NaiveDate, locale: Locale) -> Vec<AnyView> {
    let item = &followed.owned.item;
    let to = format!("{}#item-{}", href(&followed.postmortem), item.id);
    let hidden = (!followed.public).then_some(" (not public)");
    let due = match item.due_on {
        None => "No date".into_any(),
        Some(day) if is_overdue(item, today) => view! { <b class="late">{locale.date(day)}", overdue"</b> }.into_any(),
        Some(day) => locale.date(day),
    };
    let owner = followed.owned.owner_name.as_deref().map_or_else(|| "Nobody yet".to_owned(), |name| plain_or(name, "Nobody yet"));
    vec![
        view! { <a href=to>{plain_or(&item.title, "Untitled")}</a><br/><span class="soft">{plain_or(&followed.title, "Untitled post-mortem")}{hidden}</span> }.into_any(),
        item.state.label().into_any(),
        due,
        owner.into_any(),
        item.votes.to_string().into_any(),
    ]
}
