//! Post-mortems: promised or not planned, written, reviewed, published, revised and taken back, and what follows from them.
//!
//! What is being written is kept apart from what is public, so that nothing of a draft is ever seen: only `publish` copies one into
//! the other. `hand` holds one document and its transaction; everything else changes what is in hand.

mod check;
pub mod clock;
mod hand;
mod items;
mod plan;
mod publish;
mod put;
mod review;
mod tell;
mod write;

use app::words::{ActionState, PageSettings};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

pub use crate::store::postmortem_files::Covers;
pub use items::{add_item, change_item, order_items, remove_item};
pub use plan::{promise, set_plan};
pub(crate) use plan::{promise_one, take_back};
pub use publish::{delete, publish, revert};
pub use put::{PutInput, put};
pub use review::{approve, ask_review, send_back};
pub use write::{begin, save};

/// What is to become of a post-mortem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// It is promised.
    By {
        /// The date.
        due_at: DateTime<Utc>,
        /// The member of staff who owes it, by id, address or name; `None` leaves it with whoever it is.
        owner: Option<String>,
    },
    /// There will be none.
    Waived {
        /// Why, for readers.
        because: String,
    },
}

/// One thing to be done, as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemInput {
    /// The title.
    pub title: String,
    /// What it is about.
    pub explanation: Option<String>,
    /// Where it stands.
    pub state: ActionState,
    /// When it is due, or was done.
    pub due_on: Option<NaiveDate>,
    /// Where to read more.
    pub link: Option<String>,
    /// The member of staff who sees to it, by id, address or name. Never shown to readers.
    pub owner: Option<String>,
}

/// What saving did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Saved {
    /// What the next save says it has seen; `None` while nothing is being written.
    pub draft_updated_at: Option<DateTime<Utc>>,
    /// The revision that shows what readers see of it; `None` where they see no difference.
    pub revision: Option<i64>,
}

/// By when a post-mortem is promised, unless its writer says otherwise.
#[must_use]
pub fn usually_due(chosen: &PageSettings, now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::days(chosen.postmortem_days)
}
