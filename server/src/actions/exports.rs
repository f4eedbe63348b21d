//! What staff take away as a CSV file: subscribers, and whom a notice did not reach. Written a piece at a time, so that memory holds a
//! thousand lines however long the file is; as UTF-8 with a byte order mark, without which spreadsheets guess.

use app::words::{Channel, Id, SubscribedKind, SubscriberState};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use super::subscribers::component_names::ComponentNames;
use super::subscribers::import::{COLUMNS, MORE, NO, NO_KIND, YES};
use super::{Act, ActionError};
use crate::domain::cells;
use crate::store::delivery_reads::DeliveryRead;
use crate::store::subscriber_exports::Exported;
use crate::store::{Db, StoreError, delivery_reads, subscriber_exports};

/// Lines of one piece.
const PIECE: usize = 1_000;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// An export under way.
pub struct Export {
    what: What,
    after: Option<Id>,
    begun: bool,
    ended: bool,
}

enum What {
    Subscribers { page: Id, state: Option<SubscriberState>, names: ComponentNames },
    NotReached { notification: Id },
}

impl Export {
    const fn new(what: What) -> Self {
        Self { what, after: None, begun: false, ended: false }
    }

    /// The next piece; `None` after the last.
    ///
    /// # Errors
    /// [`StoreError`]; what was written before is not the whole file.
    pub async fn next(&mut self, db: &Db) -> Result<Option<Vec<u8>>, StoreError> {
        if self.ended {
            return Ok(None);
        }
        let (mut lines, header) = (Vec::new(), !self.begun);
        let mut tx = db.read().await?;
        let limit = i64::try_from(PIECE).unwrap_or(i64::MAX);
        let last = match &self.what {
            What::Subscribers { page, state, names } => {
                let read = subscriber_exports::after(&mut tx, page, Channel::Email, *state, self.after.as_ref(), limit).await?;
                lines.extend(header.then(|| COLUMNS.into_iter().chain(MORE).map(str::to_owned).collect()));
                lines.extend(read.iter().map(|one| subscriber(one, names)));
                (read.len() == PIECE).then_some(read).and_then(|read| read.into_iter().next_back()).map(|one| one.id)
            }
            What::NotReached { notification } => {
                let read = delivery_reads::not_reached(&mut tx, notification, self.after.as_ref(), limit).await?;
                lines.extend(header.then(|| ["email", "state", "at", "tries", "last_answer", "reported"].map(str::to_owned).into()));
                lines.extend(read.iter().map(delivery));
                (read.len() == PIECE).then_some(read).and_then(|read| read.into_iter().next_back()).map(|one| one.recipient)
            }
        };
        (self.begun, self.ended, self.after) = (true, last.is_none(), last);
        Ok(Some(written(&lines, header)))
    }
}

/// Begins an export of subscribers by mail, of one state or of all; it is noted in the audit.
///
/// # Errors
/// [`ActionError`]
pub async fn subscribers(act: &Act<'_>, page: &Id, state: Option<SubscriberState>) -> Result<Export, ActionError> {
    let mut tx = act.db.write().await?;
    let names = ComponentNames::load(&mut tx, page).await?;
    let detail = state.map_or("all", SubscriberState::as_str).to_owned();
    act.audit(&mut tx, page, "subscriber.export", None, Some(detail)).await?;
    tx.commit().await?;
    Ok(Export::new(What::Subscribers { page: page.clone(), state, names }))
}

/// Begins an export of the deliveries of a notice that did not arrive, as far as is known; it is noted in the audit.
///
/// # Errors
/// [`ActionError::Missing`] where there is no such notice.
pub async fn not_reached(act: &Act<'_>, page: &Id, notification: &Id) -> Result<Export, ActionError> {
    let mut tx = act.db.write().await?;
    if delivery_reads::notification(&mut tx, page, notification).await?.is_none() {
        return Err(ActionError::Missing("notice"));
    }
    act.audit(&mut tx, page, "delivery.export", Some(("notification", notification)), None).await?;
    tx.commit().await?;
    Ok(Export::new(What::NotReached { notification: notification.clone() }))
}

/// As an import reads it again, in the order of [`COLUMNS`] and [`MORE`].
fn subscriber(one: &Exported, names: &ComponentNames) -> Vec<String> {
    let components = one.components.iter().flatten().map(|id| names.name(id)).collect::<Vec<_>>().join(";");
    // No component says all of them. Whoever chose some that are all gone hears of what concerns everybody, and of nothing else.
    let hears_of_none = one.components.as_ref().is_some_and(Vec::is_empty);
    let kinds = one.kinds.iter().filter(|kind| !hears_of_none || **kind == SubscribedKind::Announcements);
    let kinds = kinds.map(|kind| kind.as_str()).collect::<Vec<_>>();
    let consented = one.consent_date.or_else(|| one.confirmed_at.map(|at| at.date_naive()));
    vec![
        one.address.clone(),
        components,
        consented.as_ref().map(NaiveDate::to_string).unwrap_or_default(),
        if kinds.is_empty() { NO_KIND.to_owned() } else { kinds.join(";") },
        one.severity_floor.to_string(),
        if one.shared { YES } else { NO }.to_owned(),
        one.language.clone().unwrap_or_default(),
        one.time_zone.clone().unwrap_or_default(),
        one.state.to_string(),
    ]
}

fn delivery(one: &DeliveryRead) -> Vec<String> {
    let answer: Vec<&str> = one.reason.iter().chain(&one.reply).map(String::as_str).collect();
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    vec![
        one.address.clone().unwrap_or_default(),
        one.state.to_string(),
        time(one.finished_at.unwrap_or(one.run_at)),
        one.attempts.to_string(),
        answer.join(": "),
        one.bounce.as_ref().map(|(kind, report, at)| format!("{}: {}: {report}", time(*at), kind.label())).unwrap_or_default(),
    ]
}

fn written(lines: &[Vec<String>], first: bool) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(if first { BYTE_ORDER_MARK.to_vec() } else { Vec::new() });
    for line in lines {
        let cells = line.iter().map(|text| cells::written(text));
        // Into memory, and every line has as many cells as the one before it: nothing is left that could fail.
        let _written = file.write_record(cells.map(|cell| cell.into_owned()));
    }
    file.into_inner().unwrap_or_default()
}
