//! Instants come back as they were given, and order as they are, on both engines.

use app::words::Announcement;
use chrono::{DateTime, TimeDelta, Utc};
use server::store::{announcements, micros};

use super::sample::{furnish, id};
use crate::support::each_engine;

/// Whole seconds beside fractions of every length, the ends of what the wire can say, a leap second, and more digits than are kept.
const INSTANTS: [&str; 14] = [
    "0000-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z",
    "1970-01-01T00:00:00Z",
    "2026-11-05T10:00:00Z",
    "2026-11-05T10:00:00.000001Z",
    "2026-11-05T10:00:00.001Z",
    "2026-11-05T10:00:00.001001Z",
    "2026-11-05T10:00:00.01Z",
    "2026-11-05T10:00:00.1Z",
    "2026-11-05T10:00:00.123456789Z",
    "2026-11-05T10:00:00.9Z",
    "2026-11-05T10:00:01Z",
    "2026-12-31T23:59:60.25Z",
    "9999-12-31T23:59:59.999999Z",
];

fn instants() -> Vec<DateTime<Utc>> {
    INSTANTS.iter().map(|text| text.parse().unwrap()).collect()
}

fn announcement(number: usize, starts_at: DateTime<Utc>, expires_at: Option<DateTime<Utc>>) -> Announcement {
    let id = id(&format!("a{number}b"));
    Announcement { id, body: String::new(), body_html: String::new(), starts_at, expires_at }
}

#[test]
fn an_instant_cut_to_microseconds_stays_and_is_never_later() {
    for instant in instants() {
        let cut = micros(instant);
        assert_eq!(micros(cut), cut);
        // The 61st second of a minute is the first of the next.
        assert!(cut <= instant + TimeDelta::seconds(1) && instant - cut < TimeDelta::microseconds(1));
    }
}

#[test]
fn an_instant_beyond_what_the_wire_can_say_is_the_first_or_last_that_it_can() {
    assert_eq!(micros(DateTime::<Utc>::MIN_UTC), instants()[0]);
    assert_eq!(micros(DateTime::<Utc>::MAX_UTC), instants()[13]);
}

#[tokio::test]
async fn instants_come_back_in_whole_microseconds_and_in_their_order() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        // Neither the order of writing nor that of ids is the order of time.
        for (number, instant) in instants().into_iter().enumerate().rev() {
            announcements::upsert(&mut tx, &id("page"), &announcement(99 - number, instant, None)).await.unwrap();
        }
        let read = announcements::all_current(&mut tx, &id("page"), DateTime::<Utc>::MIN_UTC).await.unwrap();
        let expected: Vec<_> = instants().into_iter().map(micros).collect();
        assert_eq!(read.iter().map(|row| row.starts_at).collect::<Vec<_>>(), expected);
    })
    .await;
}

#[tokio::test]
async fn comparing_instants_in_the_database_is_comparing_them() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        for (number, instant) in instants().into_iter().enumerate() {
            announcements::upsert(&mut tx, &id("page"), &announcement(number, instant, Some(instant))).await.unwrap();
        }
        for now in instants().into_iter().map(micros) {
            let later = announcements::all_current(&mut tx, &id("page"), now).await.unwrap();
            let expected: Vec<_> = instants().into_iter().map(micros).filter(|instant| *instant > now).collect();
            assert_eq!(later.iter().map(|row| row.starts_at).collect::<Vec<_>>(), expected, "after {now}");
        }
    })
    .await;
}
