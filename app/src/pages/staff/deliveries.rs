//! `/staff/deliveries`: what was told, to whom, and what came back.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::parts::measure::{plain, plain_or};
use crate::staff::{Frame, document};
use crate::words::{DeliveryState, Id, NotificationKind, RecipientKind};

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
        let mut parts: Vec<String> = self.counts.iter().map(|(state, count)| format!("{count} {}", state.label().to_lowercase())).collect();
        match (self.expanded, self.cancelled_at) {
            (_, Some(_)) => parts.push("taken back".to_owned()),
            (false, None) if now < self.not_before => parts.push("waits in case it is taken back".to_owned()),
            (false, None) => parts.push("recipients are being found".to_owned()),
            (true, None) if parts.is_empty() => parts.push("nobody to tell".to_owned()),
            (true, None) => {}
        }
        parts.join(", ")
    }
}

/// The list; `older` is the address of the next page, if there is one.
#[must_use]
pub fn page(frame: &Frame, told: &[Told], older: Option<&str>) -> String {
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
            form::empty("Nobody was told anything yet.")
        } else {
            form::table("Notices, newest first", &columns, rows)
        };
        view! { <h1>"Deliveries"</h1>{list}{onward(older)} }.into_any()
    })
}

/// One delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
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
}

/// One notification's deliveries.
#[must_use]
pub fn one(frame: &Frame, told: &Told, deliveries: &[Delivery], older: Option<&str>) -> String {
    let title = plain_or(&told.title, told.kind.label());
    document(frame, &title, || {
        let locale = frame.locale();
        let rows: Vec<_> = deliveries.iter().map(|delivery| row(delivery, locale)).collect();
        let columns = ["To", "State", "When", "Tries", "Last answer"];
        let list = if rows.is_empty() {
            form::empty("There are no deliveries.")
        } else {
            form::table("Deliveries, failed ones first", &columns, rows)
        };
        let about = told.about.clone().map(|href| view! { <a href=href>{title.clone()}</a> }.into_any());
        let facts = vec![
            ("What", told.kind.label().into_any()),
            ("About", about.unwrap_or_else(|| title.clone().into_any())),
            ("Written", locale.moment(told.created_at)),
            ("Deliveries", told.standing(frame.now).into_any()),
        ];
        view! {
            <p class="back"><a href="/staff/deliveries">"Deliveries"</a></p>
            <h1>{title.clone()}</h1>
            {form::definitions(facts)}
            <section>{list}{onward(older)}</section>
        }
        .into_any()
    })
}

fn row(delivery: &Delivery, locale: Locale) -> Vec<AnyView> {
    let address = delivery.address.clone().unwrap_or_else(|| "Removed since".to_owned());
    let staff = (delivery.recipient == RecipientKind::Staff).then(|| view! { <span class="soft">" (staff)"</span> });
    vec![
        view! { {address}{staff} }.into_any(),
        delivery.state.label().into_any(),
        locale.moment(delivery.finished_at.unwrap_or(delivery.run_at)),
        delivery.attempts.to_string().into_any(),
        plain(&delivery.reply).into_any(),
    ]
}

fn onward(href: Option<&str>) -> Option<AnyView> {
    href.map(|href| view! { <div class="acts">{form::way(Weight::Quiet, href, "Next page")}</div> }.into_any())
}
