//! Who did what.

use leptos::prelude::*;

use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::plain_or;
use crate::staff::{Frame, document};
use crate::words::{ActorKind, AuditEntry, Id};

/// All that the page shows.
#[derive(Clone, Debug, Default)]
pub struct Audit<'a> {
    /// The entries, newest first.
    pub entries: &'a [AuditEntry],
    /// The one object they are about; `None` for all.
    pub subject: Option<&'a Id>,
    /// The address of the entries before these, if there are any.
    pub older: Option<String>,
}

/// The list.
#[must_use]
pub fn page(frame: &Frame, audit: &Audit) -> String {
    document(frame, "Audit", || {
        let locale = frame.locale();
        let rows: Vec<_> = audit.entries.iter().map(|entry| row(entry, locale)).collect();
        let columns = ["When", "Who", "What", "Of what", "Detail"];
        let list =
            if rows.is_empty() { form::empty("Nothing was done yet.") } else { form::table("Changes, newest first", &columns, rows) };
        let only = audit
            .subject
            .map(|id| view! { <p>"Only what was done to "<code>{id.to_string()}</code>". "<a href="/staff/audit">"Show all"</a></p> });
        let older = audit.older.as_ref().map(|href| view! { <div class="acts">{form::way(Weight::Quiet, href, "Older")}</div> });
        view! {
            <h1>"Audit"</h1>
            {only}
            {list}
            {older}
        }
        .into_any()
    })
}

fn row(entry: &AuditEntry, locale: Locale) -> Vec<AnyView> {
    let who = match entry.actor_kind {
        ActorKind::Staff => plain_or(&entry.actor_name, "Staff"),
        kind => format!("{} ({kind})", plain_or(&entry.actor_name, kind.as_str())),
    };
    let subject = entry.subject_id.as_ref().map(|id| {
        let kind = entry.subject_kind.clone().unwrap_or_default();
        view! { <a href=format!("/staff/audit?subject={id}")>{format!("{kind} {id}")}</a> }
    });
    vec![
        locale.moment(entry.at),
        who.into_any(),
        view! { <code>{entry.action.clone()}</code> }.into_any(),
        subject.into_any(),
        entry.detail.as_deref().map(|detail| plain_or(detail, "")).into_any(),
    ]
}
