//! `/staff/deliveries`: what was told, to whom, and what came back.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::{plain, plain_or, precise};
use crate::staff::{Frame, document};
use crate::words::{DeliveryState, Id, NotificationKind, RecipientKind, Role};

/// One notification and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its id.
    pub id: Id,
    /// What it tells.
    pub kind: NotificationKind,
    /// What it is about.
    pub title: String,
    /// The page of that, if it has one.
    pub about: Option<String>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// Nobody is told before.
    pub not_before: DateTime<Utc>,
    /// Whether it is known to whom it goes.
    pub expanded: bool,
    /// When it was taken back.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// How many deliveries stand where; states without any are left out.
    pub counts: Vec<(DeliveryState, i64)>,
    /// How many would have heard of it, but mails to them came back or they complained.
    pub suppressed: i64,
    /// How many would have heard of it, but had not confirmed.
    pub unconfirmed: i64,
    /// When the first and the newest of its mails were accepted.
    pub accepted: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Told {
    fn href(&self) -> String {
        format!("/staff/deliveries/{}", self.id)
    }

    /// How far it is, in words.
    fn standing(&self, now: DateTime<Utc>) -> String {
        if self.cancelled_at.is_some() && self.counts.is_empty() {
            return "Taken back before anybody was told".to_owned();
        }
        let counts = self.counts.iter().map(|(state, count)| (*count, state.label().to_lowercase()));
        let mut parts: Vec<String> = counts.map(|(count, label)| format!("{count} {label}")).collect();
        match (self.expanded, self.cancelled_at) {
            (_, Some(_)) => parts.push("taken back".to_owned()),
            (false, None) if now < self.not_before => parts.push("waits in case it is taken back".to_owned()),
            (false, None) => parts.push("recipients are being found".to_owned()),
            (true, None) if parts.is_empty() => parts.push("nobody to tell".to_owned()),
            (true, None) => {}
        }
        let untold = [(self.suppressed, "suppressed"), (self.unconfirmed, "unconfirmed")];
        parts.extend(untold.iter().filter(|(count, _)| *count > 0).map(|(count, label)| format!("{count} {label}")));
        parts.join(", ")
    }

    /// Whether there may be somebody whom it did not reach.
    fn missed(&self) -> bool {
        use DeliveryState::{Bounced, Cancelled, Failed, Unknown};
        self.counts.iter().any(|(state, _)| matches!(state, Failed | Cancelled | Bounced | Unknown))
    }

    fn failed(&self) -> i64 {
        self.counts.iter().filter(|(state, _)| *state == DeliveryState::Failed).map(|(_, count)| *count).sum()
    }
}

/// The list, of all or of those with deliveries that were given up; `older` is the address of the next page, if there is one.
#[must_use]
pub fn page(frame: &Frame, told: &[Told], failed: bool, older: Option<&str>) -> String {
    document(frame, "Deliveries", || {
        let locale = frame.locale();
        let rows: Vec<_> = told
            .iter()
            .map(|one| {
                let title = view! { <a href=one.href()>{plain_or(&one.title, one.kind.label())}</a> };
                vec![title.into_any(), one.kind.label().into_any(), locale.moment(one.created_at), one.standing(frame.now).into_any()]
            })
            .collect();
        let columns = ["About", "What", "Written", "Deliveries"];
        let list = if rows.is_empty() {
            form::empty(if failed { "Nothing failed." } else { "Nobody was told anything yet." })
        } else {
            form::table("Notices, newest first", &columns, rows)
        };
        let link = |of: bool, href: &'static str, label: &'static str| {
            view! { <a href=href aria-current=(failed == of).then_some("true")>{label}</a> }
        };
        view! {
            <h1>"Deliveries"</h1>
            <nav class="filters" aria-label="Notices">
                {link(false, "/staff/deliveries", "All")}
                {link(true, "/staff/deliveries?failed=on", "With failures")}
            </nav>
            {list}
            {onward(older)}
            <p class="hint">{WORDS}</p>
        }
        .into_any()
    })
}

/// What the numbers count.
const WORDS: &str = "Queued: to be sent. Accepted: the mail server took it. Bounced: reported as undeliverable after that. Failed: \
                     given up. Suppressed: not told, since mails to them came back or they complained. Unconfirmed: not told, since they \
                     had not confirmed.";

/// One delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Who it is for.
    pub id: Id,
    /// Whom it is for, masked for whoever may not know; `None` where they were removed since.
    pub address: Option<String>,
    /// Of which kind they are.
    pub recipient: RecipientKind,
    /// Where it stands.
    pub state: DeliveryState,
    /// When it is tried, or was to be.
    pub run_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try failed, and what the other side said.
    pub reply: String,
    /// What was reported after it was accepted, and when.
    pub bounce: Option<(String, DateTime<Utc>)>,
}

/// One notification's deliveries.
#[must_use]
pub fn one(frame: &Frame, told: &Told, deliveries: &[Delivery], older: Option<&str>) -> String {
    let title = plain_or(&told.title, told.kind.label());
    document(frame, &title, || {
        let locale = frame.locale();
        // What was taken back is tried no more.
        let may = frame.may(Role::Responder) && told.cancelled_at.is_none();
        let again = may && told.failed() > 0;
        let rows: Vec<_> = deliveries.iter().map(|delivery| row(delivery, locale, again.then_some(&told.id))).collect();
        let mut columns = vec!["To", "State", "When", "Tries", "Last answer"];
        columns.extend(again.then_some("Change"));
        let list = if rows.is_empty() {
            form::empty("There are no deliveries.")
        } else {
            form::table("Deliveries, failed ones first", &columns, rows)
        };
        let all = again.then(|| {
            let sentence = "Everybody to whom it failed gets it once more, unless they are not to be told any more. What was accepted is \
                            not sent again.";
            form::confirm("Try all that failed again", sentence, &format!("{}/requeue", told.href()), &[], "Try them again")
        });
        let file = (frame.may(Role::Admin) && told.missed()).then(|| {
            view! {
                <form method="post" action=format!("{}/export", told.href())>
                    <div class="acts">{form::button(Weight::Quiet, "Download whom it did not reach (CSV)")}</div>
                </form>
            }
        });
        let about = told.about.clone().map(|href| view! { <a href=href>{title.clone()}</a> }.into_any());
        let mut facts = vec![
            ("What", told.kind.label().into_any()),
            ("About", about.unwrap_or_else(|| title.clone().into_any())),
            ("Written", locale.moment(told.created_at)),
            ("Deliveries", told.standing(frame.now).into_any()),
        ];
        if let Some((first, last)) = told.accepted {
            let after = |at: DateTime<Utc>| format!(" ({} after it was written)", precise((at - told.created_at).num_seconds().max(0)));
            facts.push(("First mail accepted", view! { {locale.moment(first)}{after(first)} }.into_any()));
            facts.push(("Newest mail accepted", view! { {locale.moment(last)}{after(last)} }.into_any()));
        }
        view! {
            <p class="back"><a href="/staff/deliveries">"Deliveries"</a></p>
            <h1>{title.clone()}</h1>
            {form::definitions(facts)}
            {all}
            {file}
            <section>{list}{onward(older)}</section>
            <p class="hint">{WORDS}</p>
        }
        .into_any()
    })
}

fn row(delivery: &Delivery, locale: Locale, again: Option<&Id>) -> Vec<AnyView> {
    let address = delivery.address.clone().unwrap_or_else(|| "Removed since".to_owned());
    let staff = (delivery.recipient == RecipientKind::Staff).then(|| view! { <span class="soft">" (staff)"</span> });
    let word = if delivery.state == DeliveryState::Bounced { "Bounced" } else { "Reported" };
    let bounce = delivery.bounce.as_ref().map(|(report, at)| {
        view! { <p>{format!("{word} after acceptance, ")}{locale.moment(*at)}": "{plain(report)}</p> }
    });
    let mut cells = vec![
        view! { {address}{staff} }.into_any(),
        delivery.state.label().into_any(),
        locale.moment(delivery.finished_at.unwrap_or(delivery.run_at)),
        delivery.attempts.to_string().into_any(),
        view! { {plain(&delivery.reply)}{bounce} }.into_any(),
    ];
    cells.extend(again.map(|notice| match delivery.state {
        DeliveryState::Failed => {
            let to = format!("/staff/deliveries/{notice}/{}/requeue", delivery.id);
            view! { <form method="post" action=to>{form::button(Weight::Quiet, "Try again")}</form> }.into_any()
        }
        _ => ().into_any(),
    }));
    cells
}

fn onward(href: Option<&str>) -> Option<AnyView> {
    href.map(|href| view! { <div class="acts">{form::way(Weight::Quiet, href, "Next page")}</div> }.into_any())
}
