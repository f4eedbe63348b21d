//! The certificate that each monitor saw last, and which ends of certificates staff were told of.

use app::words::Id;
use chrono::{DateTime, Utc};

use super::{StoreError, Tx};
use crate::domain::certificate::Certificate;

/// The certificate that the monitor saw last.
///
/// # Errors
/// [`StoreError`]
pub async fn get(tx: &mut Tx, monitor: &Id) -> Result<Option<Certificate>, StoreError> {
    let row =
        fetch_optional!(tx, (String, DateTime<Utc>), "select sha256, expires_at from monitor_certificates where monitor_id = $1", monitor)?;
    Ok(row.map(|(sha256, expires_at)| Certificate { sha256, expires_at }))
}

/// Keeps the certificate that the monitor saw; the same a second time changes nothing.
///
/// # Errors
/// [`StoreError`]
pub async fn put(tx: &mut Tx, monitor: &Id, seen: &Certificate, at: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into monitor_certificates (monitor_id, sha256, expires_at, seen_at) values ($1, $2, $3, $4)
         on conflict (monitor_id) do update set sha256 = excluded.sha256, expires_at = excluded.expires_at, seen_at = excluded.seen_at
         where monitor_certificates.sha256 <> excluded.sha256",
        monitor,
        seen.sha256,
        seen.expires_at,
        at
    )?;
    Ok(())
}

/// Forgets the certificate: the monitor asks somebody else now.
///
/// # Errors
/// [`StoreError`]
pub async fn forget(tx: &mut Tx, monitor: &Id) -> Result<(), StoreError> {
    execute!(tx, "delete from monitor_certificates where monitor_id = $1", monitor)?;
    Ok(())
}

/// Whether this is the first time that staff are told that this certificate ends within `days`. Whoever gets a yes tells them in the same
/// transaction.
///
/// # Errors
/// [`StoreError`]
pub async fn first_warning(tx: &mut Tx, monitor: &Id, sha256: &str, days: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "insert into certificate_warnings (monitor_id, sha256, days, told_at) values ($1, $2, $3, $4)
         on conflict (monitor_id, sha256, days) do nothing",
        monitor,
        sha256,
        days,
        now
    )?;
    Ok(rows > 0)
}
