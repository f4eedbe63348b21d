//! What forms have in common with which a stranger asks for a mail: whoever sends one is answered alike, whether their address is known
//! or not, and nobody can flood a mailbox through us.

use app::words::Id;
use chrono::TimeDelta;

use super::Visit;
use crate::actions::{ActionError, Problem, pages};
use crate::domain::address;
use crate::web::form::Form;
use crate::web::limits::Limited;
use crate::web::session::Client;

/// What may be asked how often: by one client, for one mailbox, and by all together (reliability X46).
pub(super) type Limits = [Limited; 3];

/// Those of requests to subscribe, and to follow.
pub(super) const SUBSCRIBE: Limits = [Limited::Subscribe, Limited::Mailbox, Limited::Subscriptions];

/// Those of requests for a link to vote with.
pub(super) const VOTE: Limits = [Limited::Vote, Limited::VoteMailbox, Limited::Votes];

/// Whether a program filled the form in: people cannot see that field. It is told what everybody is told.
pub(super) fn is_trapped(form: &Form) -> bool {
    !form.text("website").is_empty()
}

/// How long to wait where this was asked too often. What cannot be used asks nobody for anything, so it is not counted.
pub(super) fn within(visit: &Visit, [by_client, by_mailbox, by_all]: Limits, client: Client, email: &str) -> Result<(), TimeDelta> {
    let Ok(address) = address::parse_of_stranger(email) else { return Ok(()) };
    let now = visit.clock.now();
    visit.limits.allow(by_client, &client.key(), now)?;
    visit.limits.allow(by_mailbox, &address::mailbox(&address), now)?;
    visit.limits.allow(by_all, "", now)?;
    Ok(())
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

/// The page that is asked.
pub(super) async fn page(visit: &Visit) -> Result<Id, ActionError> {
    pages::here(&mut visit.db.read().await?).await
}
