//! What was reported of a mail after a mail server had taken it: noted once, and heeded only where it proves to be about that mail.

use app::words::{BounceKind, Id, RecipientKind};

use super::Act;
use super::subscribers::{complained, quarantine};
use crate::domain::address;
use crate::domain::bounce::{self, Meaning};
use crate::domain::dsn::{Fate, Report, Said};
use crate::secret::Secret;
use crate::store::bounces::{self, Bounce, Returned};
use crate::store::{StoreError, Tx};

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was noted.
    Noted(BounceKind),
    /// It was noted before; nothing was changed.
    Known,
    /// Nothing was changed.
    Ignored(Ignored),
}

/// Why a report changed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ignored {
    /// No address in it proves that it is about a mail of ours.
    Unproven,
    /// The mail, or who it went to, is not known any more.
    Gone,
    /// It speaks of another address than the one that mail went to.
    Stranger,
    /// Nothing came back: it was handed over, or the reader did not complain.
    Harmless,
}

/// What a report says of the one recipient.
struct Finding {
    kind: BounceKind,
    gave_up: bool,
    /// Kind and code alone, for the audit: what else is said may name the address in some form.
    code: String,
    report: String,
}

/// Takes a report (reliability E8, E9). It counts where the address it came to proves which mail it is about, and where it names the
/// very recipient of that mail: whoever invents a report knows neither.
///
/// # Errors
/// [`StoreError`]; nothing was changed.
pub async fn take(act: &Act<'_>, secret: &Secret, page: &Id, report: &Report) -> Result<Taken, StoreError> {
    let tags = report.addressed.iter().filter_map(|address| bounce::tag(address));
    let proven = tags.into_iter().find_map(|tag| secret.returned(page, &tag));
    let Some((notification, recipient)) = proven else { return Ok(Taken::Ignored(Ignored::Unproven)) };
    let mut tx = act.db.write().await?;
    let returned = bounces::delivery(&mut tx, page, &notification, &recipient).await?;
    let Some((returned, address)) = returned.and_then(|of| of.address.clone().map(|address| (of, address))) else {
        return Ok(Taken::Ignored(Ignored::Gone));
    };
    let finding = match find(&report.said, &address) {
        Ok(finding) => finding,
        Err(why) => return Ok(Taken::Ignored(why)),
    };
    let noted = Bounce { notification, recipient, kind: finding.kind, report: finding.report, at: act.now };
    let is_news = bounces::insert(&mut tx, page, &noted).await?;
    let marked = finding.gave_up && bounces::mark(&mut tx, &noted.notification, &noted.recipient, act.now).await?;
    if is_news {
        let subject = (returned.recipient.as_str(), &noted.recipient);
        act.audit(&mut tx, page, "delivery.bounce", Some(subject), Some(finding.code)).await?;
        heed(&mut tx, act, page, &returned, &noted).await?;
    }
    tx.commit().await?;
    Ok(if is_news || marked { Taken::Noted(noted.kind) } else { Taken::Known })
}

fn find(said: &Said, address: &str) -> Result<Finding, Ignored> {
    let is_theirs = |named: &str| address::key(named) == address::key(address);
    match said {
        Said::Delivery(fates) => {
            let fate: &Fate = fates.iter().find(|fate| is_theirs(&fate.recipient)).ok_or(Ignored::Stranger)?;
            let Meaning { kind, gave_up, status } = bounce::meaning(fate).ok_or(Ignored::Harmless)?;
            Ok(Finding { kind, gave_up, code: format!("{kind} {status}"), report: bounce::shown(status, &fate.diagnostic) })
        }
        Said::Complaint(complaint) if complaint.recipients.iter().any(|named| is_theirs(named)) => {
            let code = BounceKind::Complaint.to_string();
            Ok(Finding { kind: BounceKind::Complaint, gave_up: false, code, report: complaint.word.to_owned() })
        }
        Said::Complaint(_) => Err(Ignored::Stranger),
        Said::Other => Err(Ignored::Harmless),
    }
}

/// What it means for a subscriber. Who confirmed after that mail was written has shown since that mails arrive and are wanted.
async fn heed(tx: &mut Tx, act: &Act<'_>, page: &Id, returned: &Returned, noted: &Bounce) -> Result<(), StoreError> {
    let outdated = returned.confirmed_at.is_some_and(|at| returned.written < at);
    if returned.recipient != RecipientKind::Subscriber || outdated {
        return Ok(());
    }
    let enough = match noted.kind {
        BounceKind::Hard => true,
        BounceKind::Soft => bounce::worn_out(&bounces::soft(tx, &noted.recipient).await?),
        BounceKind::Complaint => return complained(tx, act, page, &noted.recipient, &noted.report).await,
        BounceKind::Policy | BounceKind::Rejected => false,
    };
    if enough {
        quarantine(tx, act, page, &noted.recipient, noted.kind.as_str(), Some(&noted.report)).await?;
    }
    Ok(())
}
