//! How often readers were handed a document: one number in memory, so that reading the page never waits for anything.

use std::sync::atomic::{AtomicU64, Ordering};

/// Reads of one process that are not in the database yet.
#[derive(Debug, Default)]
pub struct Reads(AtomicU64);

impl Reads {
    /// One more. Nothing else depends on it, so it orders nothing.
    pub fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes out all of them, so that nobody else counts them too.
    #[must_use]
    pub fn take(&self) -> i64 {
        i64::try_from(self.0.swap(0, Ordering::Relaxed)).unwrap_or(i64::MAX)
    }

    /// Puts back those that could not be written.
    pub fn put_back(&self, reads: i64) {
        self.0.fetch_add(reads.unsigned_abs(), Ordering::Relaxed);
    }
}
