//! What stands around every staff page. Staff pages are functions of values, as the public ones are: a handler loads, a page shows.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

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

/// A whole staff document around what stands in `<main>`.
#[must_use]
pub fn document(frame: &Frame, title: &str, main: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        let title = format!("{title} - {} staff", frame.page_name);
        crate::shell::finish(view! {
            <html lang="en" dir="ltr">
                <head>
                    {crate::shell::head(title, &frame.assets)}
                    <meta name="robots" content="noindex"/>
                </head>
                <body class="staff"><main id="main">{main()}</main></body>
            </html>
        })
    });
    owner.unset_with_forced_cleanup();
    html
}
