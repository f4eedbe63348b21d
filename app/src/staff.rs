//! What stands around every staff page. Staff pages are functions of values, as the public ones are: a handler loads, a page shows.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::chrome;
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::shell::Assets;
use crate::words::Role;

/// What every staff page knows.
#[derive(Clone, Debug)]
pub struct Frame {
    /// What the platform is called.
    pub page_name: String,
    /// IANA name of the page's zone: times are shown in it and in UTC.
    pub time_zone: String,
    /// Now.
    pub now: DateTime<Utc>,
    /// Who is signed in; `None` on the pages before.
    pub member: Option<Member>,
    /// The part of the staff pages this one belongs to, such as `/staff/incidents`.
    pub here: &'static str,
    /// What was just done, or could not be.
    pub flash: Option<Flash>,
    /// The embedded files.
    pub assets: Assets,
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their name, or their address.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

/// A sentence about what was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Whether it went wrong.
    pub bad: bool,
    /// The sentence.
    pub sentence: String,
}

/// Something wrong with what a form sent, shown beside its field; an empty field speaks of the whole form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field's name in the form.
    pub field: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// A part of the staff pages: address, name, and who may open it.
type Part = (&'static str, &'static str, Role);

/// What readers are told with.
const TELLING: [Part; 5] = [
    ("/staff", "Overview", Role::Viewer),
    ("/staff/incidents", "Incidents", Role::Viewer),
    ("/staff/maintenances", "Planned work", Role::Viewer),
    ("/staff/post-mortems", "Post-mortems", Role::Viewer),
    ("/staff/announcements", "Announcements", Role::Viewer),
];

/// What is arranged once and looked after.
const KEEPING: [Part; 8] = [
    ("/staff/components", "Components", Role::Viewer),
    ("/staff/monitors", "Monitors", Role::Viewer),
    ("/staff/subscribers", "Subscribers", Role::Viewer),
    ("/staff/deliveries", "Deliveries", Role::Viewer),
    ("/staff/people", "People", Role::Admin),
    ("/staff/audit", "Audit", Role::Viewer),
    ("/staff/look", "Page and look", Role::Admin),
    ("/staff/settings", "Settings", Role::Admin),
];

impl Frame {
    /// The page's zone and the day it is there.
    #[must_use]
    pub fn locale(&self) -> Locale {
        Locale::at(&self.time_zone, self.now)
    }

    /// Whether whoever is signed in may do what `needed` may do.
    #[must_use]
    pub fn may(&self, needed: Role) -> bool {
        self.member.as_ref().is_some_and(|member| member.role.covers(needed))
    }
}

/// A whole staff document around what stands in `<main>`.
#[must_use]
pub fn document(frame: &Frame, title: &str, main: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let title = format!("{title} - {} staff", plain_or(&frame.page_name, "Status"));
        let script = frame.assets.script.clone().map(|src| view! { <script type="module" src=src></script> });
        crate::shell::finish(view! {
            <html lang="en" dir="ltr">
                <head>
                    {crate::head::basics(title, &frame.assets.icon, &frame.assets)}
                    <link rel="stylesheet" href=frame.assets.staff_css.clone()/>
                    <meta name="robots" content="noindex"/>
                </head>
                <body class="staff">
                    {header(frame)}
                    <main id="main">{flash(frame)}{main()}</main>
                    {footer(frame)}
                    {script}
                </body>
            </html>
        })
    });
    owner.unset_with_forced_cleanup();
    html
}

/// The way around. On a phone it is a fold; the menu stands twice, and the style sheet shows one of the two.
fn header(frame: &Frame) -> AnyView {
    let name = plain_or(&frame.page_name, "Status");
    let home = if frame.member.is_some() { "/staff" } else { "/" };
    let around = frame.member.as_ref().map(|member| {
        view! {
            <details class="menu"><summary>"Menu"</summary><nav aria-label="Staff">{links(frame)}</nav>{who(member)}</details>
            <div class="wide">{who(member)}</div>
            <nav class="wide parts" aria-label="Staff">{links(frame)}</nav>
        }
    });
    view! {
        <a class="skip" href="#main">"Skip to content"</a>
        <header class="top"><a class="brand" href=home>{name}<span>" staff"</span></a>{around}</header>
    }
    .into_any()
}

/// Two rows: what is used while something happens, and the rest.
fn links(frame: &Frame) -> AnyView {
    let row = |parts: &[Part]| -> Vec<AnyView> {
        let link = |(href, name, _): &Part| {
            let current = (frame.here == *href).then_some("page");
            view! { <a href=*href aria-current=current>{*name}</a> }.into_any()
        };
        parts.iter().filter(|(_, _, role)| frame.may(*role)).map(link).collect()
    };
    view! { <div>{row(&TELLING)}</div><div class="lesser">{row(&KEEPING)}</div> }.into_any()
}

fn who(member: &Member) -> AnyView {
    view! {
        <div class="who">
            <p>{plain_or(&member.name, "Signed in")}<span class="soft">{format!(", {}", member.role.label().to_lowercase())}</span></p>
            <a href="/">"Public page"</a>
            <form method="post" action="/staff/sign-out"><button class="link" type="submit">"Sign out"</button></form>
        </div>
    }
    .into_any()
}

fn flash(frame: &Frame) -> Option<AnyView> {
    frame.flash.as_ref().map(|flash| {
        let role = if flash.bad { "alert" } else { "status" };
        let class = if flash.bad { "flash bad" } else { "flash" };
        view! { <p class=class role=role>{flash.sentence.clone()}</p> }.into_any()
    })
}

fn footer(frame: &Frame) -> AnyView {
    view! { <footer><div class="small"><span>{frame.locale().sentence()}</span>{chrome::theme(frame.locale())}</div></footer> }.into_any()
}
