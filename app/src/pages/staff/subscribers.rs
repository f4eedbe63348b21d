//! `/staff/subscribers`: who is told, and of what.

use leptos::prelude::*;

use crate::parts::form::{self, Input, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::plain;
use crate::parts::wishes::{self, Offered};
use crate::staff::{Frame, Wrong, document};
use crate::words::{BounceKind, Role, Subscriber, SubscriberState, Wishes};

/// All that the list shows.
#[derive(Clone, Debug, Default)]
pub struct Subscribers<'a> {
    /// Those that were asked for, newest first. Addresses are masked for whoever may not change them.
    pub subscribers: &'a [Subscriber],
    /// How many stand where; states without any are left out.
    pub counts: &'a [(SubscriberState, i64)],
    /// The state that was asked for.
    pub state: Option<SubscriberState>,
    /// What was searched for.
    pub query: &'a str,
    /// The address of the next page, if there is one.
    pub older: Option<String>,
    /// Whether mail is configured, so that somebody can be asked to confirm.
    pub mail: bool,
}

/// The list.
#[must_use]
pub fn page(frame: &Frame, list: &Subscribers) -> String {
    document(frame, "Subscribers", || {
        let admin = frame.may(Role::Admin);
        let locale = frame.locale();
        let rows: Vec<_> = list.subscribers.iter().map(|subscriber| row(subscriber, locale, admin, list.mail)).collect();
        let mut columns = vec!["Subscriber", "State", "Hears of", "Since"];
        columns.extend(admin.then_some("Change"));
        let table =
            if rows.is_empty() { form::empty("There is nobody here.") } else { form::table("Subscribers, newest first", &columns, rows) };
        let query = Input { name: "q", label: "Search addresses", value: list.query, kind: "search", ..Input::default() };
        let search = admin.then(|| {
            view! {
                <form method="get" action="/staff/subscribers" role="search">
                    {list.state.map(|state| form::hidden("state", state.as_str()))}
                    {form::text(&query)}
                    <div class="acts">{form::button(Weight::Quiet, "Search")}</div>
                </form>
            }
        });
        let add = admin.then(|| form::way(Weight::Primary, "/staff/subscribers/new", "Add a subscriber"));
        let older = list.older.as_ref().map(|href| view! { <div class="acts">{form::way(Weight::Quiet, href, "Older")}</div> });
        let files = admin.then(|| {
            let which = list.state.map_or("all subscribers".to_owned(), |state| format!("those in the state {}", state.label()));
            view! {
                <h2>"As a file"</h2>
                <form method="post" action="/staff/subscribers/export">
                    {list.state.map(|state| form::hidden("state", state.as_str()))}
                    <div class="acts">{form::button(Weight::Quiet, "Download as CSV")}</div>
                </form>
                <p class="hint">{format!("Has {which}, and can be imported elsewhere, where only active ones are taken. ")}
                    "Many at once, who consented elsewhere: "<code>"allclear import subscribers FILE.csv"</code>
                    ", with the first line "<code>"email,components,consent_date"</code>"."</p>
            }
        });
        view! {
            <div class="bar"><h1>"Subscribers"</h1>{add}</div>
            {no_mail(list.mail)}
            {states(list)}
            {search}
            {table}
            {older}
            {files}
        }
        .into_any()
    })
}

fn no_mail(mail: bool) -> Option<AnyView> {
    let sentence = "Mail is not configured, so nobody can subscribe and nothing is sent. Set smtp_url and mail_from.";
    (!mail).then(|| view! { <p class="flash bad">{sentence}</p> }.into_any())
}

/// The states with how many stand there, each a filter.
fn states(list: &Subscribers) -> AnyView {
    let all: i64 = list.counts.iter().map(|(_, count)| count).sum();
    let count = |state| list.counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
    let link = |state: Option<SubscriberState>, label: &str, count: i64| {
        let href = state.map_or_else(|| "/staff/subscribers".to_owned(), |state| format!("/staff/subscribers?state={state}"));
        let current = (list.state == state).then_some("true");
        view! { <a href=href aria-current=current>{format!("{label} ({count})")}</a> }
    };
    let each = SubscriberState::ALL.iter().map(|state| link(Some(*state), state.label(), count(*state)));
    let links: Vec<_> = std::iter::once(link(None, "All", all)).chain(each).collect();
    view! { <nav class="filters" aria-label="States">{links}</nav> }.into_any()
}

fn row(subscriber: &Subscriber, locale: Locale, admin: bool, mail: bool) -> Vec<AnyView> {
    let reason = subscriber.is_suppressed().then(|| why(subscriber, locale, admin));
    let shared = subscriber.shared.then(|| view! { <br/><span class="soft">"Read by several people"</span> });
    let about = if subscriber.kinds.is_empty() {
        "Only what they follow".to_owned()
    } else if subscriber.all_components {
        "Everything".to_owned()
    } else {
        match subscriber.components.len() {
            1 => "1 component".to_owned(),
            count => format!("{count} components"),
        }
    };
    let kinds: Vec<&str> = subscriber.kinds.iter().map(|kind| kind.label()).collect();
    let mut cells = vec![
        subscriber.address.clone().into_any(),
        view! { {subscriber.state.label()}{reason}{shared} }.into_any(),
        view! { {about}<br/><span class="soft">{kinds.join(", ")}</span> }.into_any(),
        locale.moment(subscriber.created_at),
    ];
    if admin {
        cells.push(change(subscriber, mail));
    }
    cells
}

/// Why somebody is told nothing, and since when. What the other side said may name the address in some form, so only whoever may read
/// addresses reads it.
fn why(subscriber: &Subscriber, locale: Locale, admin: bool) -> AnyView {
    let word = subscriber.quarantine_reason.as_deref().unwrap_or_default();
    let label = word.parse::<BounceKind>().map_or_else(|_| plain(word), |kind| kind.label().to_owned());
    let since = subscriber.quarantined_at.map(|at| view! { ", since "{locale.moment(at)} });
    let reply =
        subscriber.quarantine_reply.as_deref().filter(|_| admin).map(|reply| view! { <br/><span class="soft">{plain(reply)}</span> });
    view! { <br/><span class="soft">{label}{since}</span>{reply} }.into_any()
}

fn change(subscriber: &Subscriber, mail: bool) -> AnyView {
    let to = |what: &str| format!("/staff/subscribers/{}/{what}", subscriber.id);
    let again = (mail && subscriber.state == SubscriberState::Pending).then(|| {
        view! { <form method="post" action=to("resend")>{form::button(Weight::Quiet, "Ask again to confirm")}</form> }
    });
    let (value, label) = if subscriber.shared { ("off", "Read by one person only") } else { ("on", "Read by several people") };
    let shared = (subscriber.state != SubscriberState::Unsubscribed).then(|| {
        view! { <form method="post" action=to("shared")>{form::choice_button(Weight::Quiet, "shared", value, label)}</form> }
    });
    let sentence = "They hear no more, and everything known of them is deleted. Also that they left, if they did.";
    view! { {again}{shared}{form::confirm("Remove", sentence, &to("remove"), &[], "Remove this subscriber")} }.into_any()
}

/// The form that adds a subscriber.
#[derive(Clone, Debug, Default)]
pub struct Added<'a> {
    /// Their address.
    pub email: &'a str,
    /// What they hear of.
    pub wishes: Wishes,
    /// Whether they are active without confirming.
    pub consented: bool,
    /// Whether several people read the address.
    pub shared: bool,
    /// What is wrong.
    pub wrong: &'a [Wrong],
    /// Whether mail is configured, so that somebody can be asked to confirm.
    pub mail: bool,
}

/// The page with that form.
#[must_use]
pub fn add(frame: &Frame, offered: &Offered, added: &Added) -> String {
    document(frame, "Add a subscriber", || {
        let wrong = added.wrong;
        let email =
            Input { name: "email", label: "E-mail address", value: added.email, wrong, kind: "email", required: true, ..Input::default() };
        let hint = "They are active at once and get no mail about it. Without the tick they get a mail that asks them to confirm.";
        let consented = Input { name: "consented", label: "They consented elsewhere", hint, wrong, ..Input::default() };
        let hint = "Then one of them alone does not end it: a mail asks whether the address shall leave.";
        let shared = Input { name: "shared", label: "Several people read this address", hint, wrong, ..Input::default() };
        view! {
            <p class="back"><a href="/staff/subscribers">"Subscribers"</a></p>
            <h1>"Add a subscriber"</h1>
            {no_mail(added.mail)}
            {form::problems(wrong)}
            <form method="post" action="/staff/subscribers">
                {form::text(&email)}
                {wishes::fields(frame.locale(), offered, &added.wishes, wrong)}
                {wishes::floor(frame.locale(), &added.wishes, wrong)}
                {form::checkbox(&consented, added.consented)}
                {form::checkbox(&shared, added.shared)}
                <div class="acts">{form::button(Weight::Primary, "Add")}</div>
            </form>
        }
        .into_any()
    })
}
