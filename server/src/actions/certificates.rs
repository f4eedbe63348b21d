//! Certificates that monitors see: kept, and staff told in time when one ends (reliability N13).

use app::parts::locale::Locale;
use app::words::{Id, Monitor, NotificationKind, RecipientKind};
use chrono::{DateTime, Utc};

use super::notify::{self, About};
use crate::domain::certificate::Certificate;
use crate::domain::notice::{Notice, TaskNotice};
use crate::store::{StoreError, Tx, certificates, monitors, pages};

/// Keeps the certificate that a check saw, where it is another than the one that is `known`. Whether staff were told that it ends soon: of each certificate once for each time left.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn keep(
    tx: &mut Tx,
    page: &Id,
    monitor: &Monitor,
    (known, seen): (Option<&str>, Option<&Certificate>),
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Some(certificate) = seen else { return Ok(false) };
    // A check that sees what all before it saw costs no write.
    if known != Some(certificate.sha256.as_str()) {
        certificates::put(tx, &monitor.id, certificate, now).await?;
    }
    let Some(days) = certificate.warning(now) else { return Ok(false) };
    if !certificates::first_warning(tx, &monitor.id, &certificate.sha256, days, now).await? {
        return Ok(false);
    }
    let zone = pages::default_page(tx).await?.map(|page| page.time_zone).unwrap_or_default();
    let ends = Locale::at(&zone, now).full_text(certificate.expires_at);
    let within = if days == 1 { "a day".to_owned() } else { format!("{days} days") };
    let notice = TaskNotice {
        subject: format!("A certificate ends within {within}: {}", monitor.name),
        sentence: format!("The certificate that this monitor sees ends at {ends}. Renew it before: nobody will trust it afterwards."),
        facts: vec![("Monitor".to_owned(), monitor.name.clone()), ("Certificate ends".to_owned(), ends)],
        path: "/staff/monitors".to_owned(),
        action: "Look at the monitors".to_owned(),
    };
    let responders: Vec<_> = monitors::responders(tx, page).await?.into_iter().map(|id| (RecipientKind::Staff, id)).collect();
    let about = About { subject_kind: "task", subject_id: &monitor.id, update_id: None };
    notify::people(tx, page, NotificationKind::StaffTask, about, Notice::Task(notice), &responders, now).await?;
    Ok(true)
}
