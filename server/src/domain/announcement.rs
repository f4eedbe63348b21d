//! Announcements: how many are shown at once.

use app::words::Announcement;

use super::valid_until::announced;

/// More of them, and nobody reads any.
pub const MOST_AT_ONCE: usize = 5;

/// Characters of the beginning of an announcement that stand for the title it has not.
pub const BEGINNING: usize = 80;

/// The most that are ever shown together while `new` is, itself included. The others begin or have begun; only at a beginning can there
/// be more than before it.
#[must_use]
pub fn most_at_once(new: &Announcement, others: &[Announcement]) -> usize {
    let beginnings = others.iter().map(|other| other.starts_at).filter(|at| announced(new, *at));
    let shown = |at| others.iter().filter(|other| announced(other, at)).count() + 1;
    std::iter::once(new.starts_at).chain(beginnings).map(shown).max().unwrap_or(1)
}
