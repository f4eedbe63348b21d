//! Forms in which somebody gives an address, and what it asks for is mailed there. Everybody is answered alike, whether the address is
//! known or not (reliability E16).

use std::time::Duration;

use app::pages::proof::Asked;
use app::pages::subscribe::too_often;
use app::staff::Wrong;
use app::words::Id;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;
use tokio::time::sleep;

use super::{Visit, current, show};
use crate::actions::{ActionError, Problem};
use crate::domain::address;
use crate::domain::proof::{self, Shown};
use crate::web::form::{self, Form};
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::session::Client;

/// What limits such requests: by client, by mailbox, and all together. Whoever uses us to flood somebody's mailbox is stopped by one of
/// them (reliability X46).
pub(super) type Paces = [Limited; 3];

/// To subscribe, to everything or to one thing.
pub(super) const SUBSCRIBING: Paces = [Limited::Subscribe, Limited::Mailbox, Limited::Subscriptions];
/// To get the link to a subscription.
pub(super) const LINKING: Paces = [Limited::Subscribe, Limited::LinkMailbox, Limited::Subscriptions];
/// To get the link to vote with.
pub(super) const VOTING: Paces = [Limited::Vote, Limited::VoteMailbox, Limited::Votes];

/// Whether a program filled the form in: people cannot see that field. It is told what everybody is told.
pub(super) fn is_trapped(form: &Form) -> bool {
    !form.text("website").is_empty()
}

/// Why a request is kept back.
pub(super) enum Kept {
    /// Too many came; so long is to be waited.
    Wait(TimeDelta),
    /// Very many come, from everywhere: whoever asks answers this challenge first.
    Prove(String),
}

impl From<TimeDelta> for Kept {
    fn from(wait: TimeDelta) -> Self {
        Self::Wait(wait)
    }
}

/// Counts one request. What cannot be used asks nobody for anything, so it is not counted.
///
/// Beyond the limit of all together nobody is turned away who shows that they are no flood: a browser works for a second, and where it
/// runs no scripts its reader waits for two minutes (reliability E18). Below it, nobody is asked for anything.
///
/// # Errors
/// Why it is kept back.
pub(super) fn within(visit: &Visit, client: Client, form: &Form, [by_client, by_mailbox, together]: Paces) -> Result<(), Kept> {
    let Ok(address) = address::parse_of_stranger(&form.text("email")) else { return Ok(()) };
    let (now, mailbox) = (visit.clock.now(), address::mailbox(&address));
    visit.limits.allow(by_client, &client.key(), now)?;
    visit.limits.allow(by_mailbox, &mailbox, now)?;
    let Err(wait) = visit.limits.allow(together, "", now) else { return Ok(()) };
    // Where the key or the page is not known yet, nobody can be asked for anything. A flood costs the database nothing.
    let (Some(secret), Ok(view)) = (visit.secret.get(), current(visit)) else { return Err(wait.into()) };
    let page = &view.page.id;
    let challenge = form.text("challenge");
    let shown = match secret.challenged(page, &mailbox, &challenge) {
        Some(made_at) => proof::shown(&challenge, made_at, &form.text("proof"), now),
        None => Shown::Nothing,
    };
    match shown {
        Shown::Work => Ok(()),
        Shown::Patience => visit.limits.allow(Limited::Patience, "", now).map(drop).map_err(Kept::from),
        Shown::Nothing => {
            // The same request comes again with the answer.
            visit.limits.forgive(by_client, &client.key());
            visit.limits.forgive(by_mailbox, &mailbox);
            Err(Kept::Prove(secret.challenge(page, &mailbox, now.timestamp())))
        }
    }
}

/// The answer to a request that is kept back: when to come again, or what to answer first, with everything that was typed.
pub(super) fn kept_back(visit: &Visit, form: &Form, kept: Kept) -> Response {
    match kept {
        Kept::Wait(wait) => problem::later(show(visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait),
        Kept::Prove(challenge) => {
            let ours = |name: &str| matches!(name, "challenge" | "proof" | "website");
            let fields = form.pairs().filter(|(name, _)| !ours(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let asked = Asked { action: visit.path.clone(), fields, challenge };
            let answer = show(visit, StatusCode::TOO_MANY_REQUESTS, |view| app::pages::proof::page(view, &asked));
            problem::later(answer, proof::RIPE)
        }
    }
}

/// What is wrong with the domain of an address that somebody gives, before any transaction is open. The record is not asked: for an address
/// that is known the look-up is the same, and takes as long, as for a stranger's (reliability E16, E21).
pub(super) async fn no_mail(visit: &Visit, email: &str) -> Option<Problem> {
    let domain = address::domain(&address::parse_of_stranger(email).ok()?);
    let refused = match &visit.dns {
        Some(dns) => dns.takes_no_mail(&domain).await,
        None => false,
    };
    refused.then(|| Problem::said("email", "wrong-address-no-mail", domain))
}

/// What is done about an address, and so whether it is known, does not show in how long the answer takes: the record is written within that
/// in all cases (reliability E16).
const EVEN: Duration = Duration::from_millis(200);

/// Does something about an address, and takes as long as everything that may be done about one.
pub(super) async fn evenly<T>(work: impl Future<Output = T>) -> T {
    tokio::join!(work, sleep(EVEN)).0
}

/// Answers one form. `again` shows it with what is wrong, `asked` is the one answer to everybody, `request` does what is asked of the
/// page of that id.
///
/// # Errors
/// Why nothing was done, where that is not about the address.
pub(super) async fn by_mail(
    visit: &Visit,
    client: Client,
    form: &Form,
    paces: Paces,
    again: impl Fn(StatusCode, &[Wrong]) -> Response,
    asked: impl Fn() -> Response,
    request: impl AsyncFnOnce(&Id, &str) -> Result<(), ActionError>,
) -> Result<Response, ActionError> {
    let email = form.text("email");
    if visit.config.smtp.is_none() {
        return Ok(again(StatusCode::NOT_FOUND, &[]));
    }
    if is_trapped(form) {
        return Ok(asked());
    }
    if let Err(kept) = within(visit, client, form, paces) {
        return Ok(kept_back(visit, form, kept));
    }
    if let Some(problem) = no_mail(visit, &email).await {
        return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &form::wrong(visit.reads(), &[problem])));
    }
    let view = match current(visit) {
        Ok(view) => view,
        Err(starting) => return Ok(starting),
    };
    match evenly(request(&view.page.id, &email)).await {
        Ok(()) => {
            visit.signals.outbox.notify_one();
            Ok(asked())
        }
        Err(ActionError::Invalid(problems)) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &form::wrong(visit.reads(), &problems))),
        Err(error) => Err(error),
    }
}
