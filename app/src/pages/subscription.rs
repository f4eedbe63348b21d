//! `/subscription/{token}`: what a subscriber hears of, and the way to leave.

use leptos::prelude::*;

use super::Body;
use crate::parts::form::{self, Weight};
use crate::parts::wishes::{self, Offered};
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::{SubscriberState, Wishes};

/// A subscription as its owner sees it.
#[derive(Clone, Debug)]
pub struct Managed {
    /// The address, masked: the link may be passed on.
    pub address: String,
    /// Where it stands.
    pub state: SubscriberState,
    /// What they hear of, or what they just chose.
    pub wishes: Wishes,
    /// The address of this page.
    pub here: String,
    /// The address at which they leave.
    pub leave: String,
    /// Whether what is shown was just saved.
    pub saved: bool,
    /// A sentence for each field that cannot be used.
    pub wrong: Vec<Wrong>,
}

/// The page.
#[must_use]
pub fn page(view: &PublicView, managed: &Managed) -> Body {
    let wrong = &managed.wrong;
    let standing = match managed.state {
        SubscriberState::Active => None,
        SubscriberState::Pending => Some("It is not confirmed yet: follow the link in the first mail."),
        SubscriberState::Quarantined => Some("Mails to this address came back, so none are sent. Subscribe again to start anew."),
        SubscriberState::Unsubscribed => return super::unsubscribe::done(view),
    };
    super::visit(
        view,
        "Your subscription",
        view! {
            <p class="lede">{managed.address.clone()}</p>
            {standing.map(|sentence| view! { <p class="flash">{sentence}</p> })}
            {managed.saved.then(|| view! { <p class="flash" role="status">"Saved."</p> })}
            <form method="post" action=managed.here.clone()>
                {form::problems(wrong)}
                {wishes::fields(&Offered::on(view), &managed.wishes, wrong)}
                {wishes::floor(&managed.wishes, wrong)}
                {form::button(Weight::Primary, "Save")}
            </form>
            <form method="post" action=managed.leave.clone()>
                <h2>"Leave"</h2>
                <p>"You hear no more, at once."</p>
                {form::button(Weight::Danger, "Unsubscribe")}
            </form>
        }
        .into_any(),
    )
}
