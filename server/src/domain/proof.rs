//! When somebody who asks for a mail has to show that they are no flood (reliability E18): by a little work of their browser, or by
//! waiting, where it runs no scripts.

use chrono::{DateTime, TimeDelta, Utc};

/// So long a challenge is good for.
pub const HOLDS: TimeDelta = TimeDelta::minutes(30);
/// Whoever waited so long needs no work.
pub const RIPE: TimeDelta = TimeDelta::minutes(2);

/// What a form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Nothing, or nothing that holds.
    Nothing,
    /// The work was done.
    Work,
    /// They waited.
    Patience,
}

/// What a challenge of ours and a number show at an instant.
#[must_use]
pub fn shown(challenge: &str, made_at: DateTime<Utc>, number: &str, now: DateTime<Utc>) -> Shown {
    let age = now - made_at;
    if age < TimeDelta::zero() || age >= HOLDS {
        Shown::Nothing
    } else if app::proof::holds(challenge, number) {
        Shown::Work
    } else if age >= RIPE {
        Shown::Patience
    } else {
        Shown::Nothing
    }
}
