//! `allclear doctor`

use std::path::Path;

use chrono::{DateTime, Utc};

use super::Failure;
use super::check::{Report, records, relay};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::health;
use crate::domain::mail_records::Finding;
use crate::store::{Db, Examined, StoreError, audit, pages};

/// Looks at everything a start needs, and at the way of mails. Changes nothing.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let mut report = Report::default();
    report.tell(&Finding::ok("configuration", "Every setting can be used"));
    report.tell(&folder(&config.data_dir));
    let (database, seen) = database(config).await;
    report.tell(&database);
    report.tell(&health::clock(Clock::system().now(), seen.server, seen.newest));
    report.tell(&health::public_url(&config.public_url));
    report.tell(&health::undo(config.undo_seconds));
    match &config.smtp {
        Some(smtp) => {
            report.tell(&relay::look(smtp).await);
            records::look(&mut report, config, smtp).await;
        }
        None => report.tell(&Finding::warning(
            "relay",
            "No mail is offered, since smtp_url and mail_from are not set. Set both, or leave it at feeds and calendars",
        )),
    }
    report.end()
}

/// Whether the data folder can be written, or made.
fn folder(path: &Path) -> Finding {
    const WHAT: &str = "data folder";
    let shown = path.display();
    let there = path.ancestors().find(|at| at.exists() || at.as_os_str().is_empty()).unwrap_or(path);
    let at = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    let trace = at.join(format!(".allclear-doctor-{}", std::process::id()));
    let written = std::fs::write(&trace, b"");
    // Nothing stays behind; where that fails, writing has failed before.
    let _ = std::fs::remove_file(&trace);
    match written {
        Ok(()) if there == path => Finding::ok(WHAT, format!("{shown} can be written")),
        Ok(()) => Finding::ok(WHAT, format!("{shown} will be made by the first start")),
        Err(error) => Finding::wrong(
            WHAT,
            format!("{shown} cannot be written: {error}. Give it to the user that runs Allclear, or choose another data_dir"),
        ),
    }
}

/// What the database tells of the time.
#[derive(Default)]
struct Seen {
    server: Option<DateTime<Utc>>,
    newest: Option<DateTime<Utc>>,
}

async fn database(config: &Config) -> (Finding, Seen) {
    const WHAT: &str = "database";
    if let Some(file) = config.database_url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path))
        && !file.is_empty()
        && !Path::new(file).exists()
    {
        return (Finding::ok(WHAT, format!("{file} will be made by the first start")), Seen::default());
    }
    let db = match Db::open(&config.database_url).await {
        Ok(db) => db,
        Err(error) => return (Finding::wrong(WHAT, error.to_string()), Seen::default()),
    };
    // A database that is new has nothing to tell.
    let newest = newest(&db).await.unwrap_or_default();
    // Last, so that the server's clock is read just before ours.
    let examined = db.examine().await;
    db.close().await;
    match examined {
        Ok(examined) => (state(&examined), Seen { server: examined.time, newest }),
        Err(error) => {
            let sentence = format!("{error} Check database_url, and whether the server runs and lets this user in");
            (Finding::wrong(WHAT, sentence), Seen::default())
        }
    }
}

fn state(found: &Examined) -> Finding {
    const WHAT: &str = "database";
    let engine = &found.engine;
    match (found.newer, found.applied, found.missing) {
        (Some(newer), ..) => Finding::wrong(
            WHAT,
            format!("{engine} has migration {newer}, of a newer version of Allclear. Use that version, or restore a backup"),
        ),
        (None, 0, _) => Finding::ok(WHAT, format!("{engine} answers; its tables will be made by the first start")),
        (None, applied, 0) => Finding::ok(WHAT, format!("{engine} answers, with all {applied} migrations")),
        (None, _, missing) => Finding::ok(WHAT, format!("{engine} answers; the next start applies {missing} migrations")),
    }
}

/// When something was last written down, as far as there is anything.
async fn newest(db: &Db) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut tx = db.read().await?;
    let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
    Ok(audit::newest(&mut tx, &page.id, None, 1).await?.first().map(|entry| entry.at))
}
