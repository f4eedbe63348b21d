//! What people found in their mailboxes, in the words of the oracle.

use app::words::{Id, NotificationKind};
use server::domain::notice::Notice;
use server::store::delivery_reads::Told as Written;

use super::oracle::Told;

/// What a mail said, of which work, and when.
pub fn read(one: Written) -> Told {
    let at = one.created_at;
    match one.notice {
        Notice::Maintenance(notice) if one.kind == NotificationKind::MaintenanceReminder => {
            Told { at, work: notice.maintenance_id, what: format!("reminder for {}", notice.at) }
        }
        Notice::Maintenance(notice) => {
            let what = one.kind.as_str().trim_start_matches("maintenance_").to_owned();
            Told { at, work: notice.maintenance_id, what }
        }
        Notice::Task(task) => {
            let words = [("ends soon", "ends"), ("overrunning", "overruns"), ("waits", "waits")];
            let (_, what) = words.into_iter().find(|(words, _)| task.subject.contains(words)).unwrap();
            let (_, rest) = task.path.split_at("/staff/maintenances/".len());
            let id = Id::parse(rest.trim_end_matches("?longer=1")).unwrap();
            Told { at, work: id, what: what.to_owned() }
        }
        other => panic!("nobody is told of {other:?} here"),
    }
}
