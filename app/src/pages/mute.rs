//! `/incidents/{id}/mute/{token}`: hear nothing more of one incident or planned work, or nothing but that it is over. Opening the link
//! changes nothing: programs open links too.

use leptos::prelude::*;

use super::Body;
use super::follow::Subject;
use crate::parts::form::{self, Weight};
use crate::parts::locale::Locale;
use crate::staff::Wrong;
use crate::view::PublicView;
use crate::words::Mute;

/// What somebody sees who came by the link in a mail.
#[derive(Clone, Debug)]
pub struct Muting {
    /// What it is about.
    pub subject: Subject,
    /// What they chose of it.
    pub muted: Option<Mute>,
    /// What the link proposes.
    pub proposed: Mute,
    /// The address of this page.
    pub here: String,
    /// The address at which they see all that they hear of.
    pub manage: String,
    /// What was wrong.
    pub wrong: Vec<Wrong>,
}

/// The message that says what was chosen.
#[must_use]
pub const fn standing(muted: Mute) -> &'static str {
    match muted {
        Mute::All => "mute-is-all",
        Mute::UntilOver => "mute-is-until-over",
    }
}

/// The page with the buttons.
#[must_use]
pub fn decide(view: &PublicView, muting: &Muting) -> Body {
    let locale = Locale::of(view);
    // Of what is over there is nothing to wait for.
    let offered = Mute::ALL.iter().filter(|choice| Some(**choice) != muting.muted && !(muting.subject.over && **choice == Mute::UntilOver));
    let mut buttons: Vec<_> = offered
        .map(|choice| {
            let weight = if muting.muted.is_none() && *choice == muting.proposed { Weight::Primary } else { Weight::Quiet };
            let label = match choice {
                Mute::All => "mute-all",
                Mute::UntilOver => "mute-until-over",
            };
            form::choice_button(weight, "do", choice.as_str(), &locale.t(label))
        })
        .collect();
    buttons.extend(muting.muted.map(|_| form::choice_button(Weight::Quiet, "do", "stop", &locale.t("mute-stop"))));
    let standing = muting.muted.map_or("mute-question", standing);
    super::visit(
        view,
        &locale.t("mute-title"),
        view! {
            {muting.subject.shown(locale)}
            {form::refused(&muting.wrong, &locale.t("form-marked"))}
            <p>{locale.t(standing)}</p>
            <form method="post" action=locale.href(&muting.here) class="choices">{buttons}</form>
            <p class="hint">{locale.t("mute-hint")}</p>
            <p><a href=locale.href(&muting.manage)>{locale.t("follow-all")}</a></p>
        }
        .into_any(),
    )
}
