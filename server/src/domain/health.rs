//! What is sound about the settings and the surroundings of a service, and what is not.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

use super::mail_records::Finding;

/// This version is no older.
const WRITTEN_IN: i32 = 2026;
/// Clocks of several machines differ by a little.
const NEAR: TimeDelta = TimeDelta::seconds(5);
/// Beyond that a clock was set back.
const BACK: TimeDelta = TimeDelta::minutes(5);
/// News that is held back longer is no news.
const LONG: u32 = 600;

/// Whether the clock can be right: not before this program was written, not before what it wrote itself, and near that of the server.
#[must_use]
pub fn clock(now: DateTime<Utc>, server: Option<DateTime<Utc>>, newest: Option<DateTime<Utc>>) -> Finding {
    const WHAT: &str = "clock";
    let said = now.format("%Y-%m-%d %H:%M:%S UTC");
    if now.year() < WRITTEN_IN {
        return Finding::wrong(WHAT, format!("This machine says {said}, which is over. Set its clock"));
    }
    if let Some(newest) = newest.filter(|newest| *newest - now > BACK) {
        let newest = newest.format("%Y-%m-%d %H:%M:%S UTC");
        return Finding::wrong(WHAT, format!("This machine says {said}, but the record was last changed at {newest}. Set its clock"));
    }
    if let Some(server) = server.filter(|server| (*server - now).abs() > NEAR) {
        let apart = (server - now).abs().num_seconds();
        return Finding::warning(
            WHAT,
            format!("This machine and the database are {apart} seconds apart. Let both follow a time server (NTP)"),
        );
    }
    Finding::ok(WHAT, format!("This machine says {said}"))
}

/// Whether readers reach the page under protection.
#[must_use]
pub fn public_url(url: &str) -> Finding {
    const WHAT: &str = "public_url";
    if url.starts_with("https://") {
        return Finding::ok(WHAT, url);
    }
    Finding::warning(
        WHAT,
        format!(
            "{url} is not https: cookies of staff are not marked secure, and mail programs are not offered to unsubscribe in one click. Put TLS \
             in front and set public_url to the https address"
        ),
    )
}

/// Whether a slip can be taken back, and news still arrives as news.
#[must_use]
pub fn undo(seconds: u32) -> Finding {
    const WHAT: &str = "undo_seconds";
    match seconds {
        0 => Finding::warning(WHAT, "Mails go out at once: a slip cannot be taken back. Set it to 10 or so"),
        1..=LONG => Finding::ok(WHAT, format!("A message can be taken back for {seconds} seconds before mails of it go out")),
        _ => Finding::warning(
            WHAT,
            format!("Mails wait {seconds} seconds after every message, in which readers hear nothing. Set it to 10 or so"),
        ),
    }
}
