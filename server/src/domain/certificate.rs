//! Certificates that targets show, and when staff hear that one ends (reliability N13). That is advice: a certificate that is valid today is no
//! failure.

use chrono::{DateTime, TimeDelta, Utc};

/// Days before the end at which staff are told, the last first.
pub const WARNINGS: [i64; 5] = [1, 3, 7, 14, 30];

/// A certificate as a target shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Its SHA-256, as 64 hexadecimal digits in small letters.
    pub sha256: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl Certificate {
    /// Whether it is the one of that SHA-256.
    #[must_use]
    pub fn is(&self, sha256: &str) -> bool {
        self.sha256.eq_ignore_ascii_case(sha256)
    }

    /// Within how many days it ends, as staff are told; `None` where there is time, or it has ended already: that is a failure.
    #[must_use]
    pub fn warning(&self, now: DateTime<Utc>) -> Option<i64> {
        let left = self.expires_at - now;
        if left <= TimeDelta::zero() {
            return None;
        }
        WARNINGS.into_iter().find(|days| left <= TimeDelta::days(*days))
    }
}
