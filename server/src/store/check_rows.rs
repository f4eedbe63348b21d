//! What every row about one check holds, whichever table it stands in.

use chrono::{DateTime, Utc};
use sqlx::FromRow;

use crate::domain::evidence::Timings;

#[derive(FromRow)]
pub(super) struct CheckRow {
    pub(super) at: DateTime<Utc>,
    pub(super) reason: Option<String>,
    http_status: Option<i64>,
    dns_us: Option<i64>,
    connect_us: Option<i64>,
    tls_us: Option<i64>,
    first_byte_us: Option<i64>,
    total_us: Option<i64>,
}

impl CheckRow {
    pub(super) fn http_status(&self) -> Option<u16> {
        self.http_status.and_then(|status| u16::try_from(status).ok())
    }

    pub(super) const fn timings(&self) -> Timings {
        Timings {
            dns_us: self.dns_us,
            connect_us: self.connect_us,
            tls_us: self.tls_us,
            first_byte_us: self.first_byte_us,
            total_us: self.total_us,
        }
    }
}
