//! Forms in which somebody gives an address, and what it asks for is mailed there. Everybody is answered alike, whether the address is
//! known or not (reliability E16).

use app::pages::thanks::too_often;
use app::staff::Wrong;
use app::words::Id;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::TimeDelta;

use super::{Visit, show};
use crate::actions::ActionError;
use crate::domain::address;
use crate::store::{StoreError, pages};
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

/// Counts one request.
///
/// # Errors
/// How long to wait.
pub(super) fn within(visit: &Visit, client: Client, address: &str, [by_client, by_mailbox, together]: Paces) -> Result<(), TimeDelta> {
    let now = visit.clock.now();
    visit.limits.allow(by_client, &client.key(), now)?;
    visit.limits.allow(by_mailbox, &address::mailbox(address), now)?;
    visit.limits.allow(together, "", now)?;
    Ok(())
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
    // A field that people cannot see was filled in by a program; it is told what everybody is told.
    if !form.text("website").is_empty() {
        return Ok(asked());
    }
    // What cannot be used asks nobody for anything, so it is not counted.
    if let Ok(address) = address::parse_of_stranger(&email)
        && let Err(wait) = within(visit, client, &address, paces)
    {
        return Ok(problem::later(show(visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait));
    }
    let page: Result<_, StoreError> = async { pages::default_page(&mut visit.db.read().await?).await }.await;
    let page = page?.ok_or(ActionError::Missing("page"))?;
    match request(&page.id, &email).await {
        Ok(()) => {
            visit.signals.outbox.notify_one();
            Ok(asked())
        }
        Err(ActionError::Invalid(problems)) => Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &form::wrong(visit.reads(), &problems))),
        Err(error) => Err(error),
    }
}
