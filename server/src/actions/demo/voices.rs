//! The readers of the demonstration: when they read, who subscribed, what they vote for, what they answer, and what they see too.

use app::words::{Channel, Feedback, Id, Sighted};
use chrono::{Datelike, Weekday};

use super::calendar::Calendar;
use super::id;
use super::open::CLOUDLINK_DOWN;
use super::postmortem::SERIES;
use super::story::Story;
use crate::domain::sighting::hour;
use crate::store::sightings::Sighting;
use crate::store::{Tx, feedback, page_reads, sightings, subscribers, votes};

/// Invented people at invented customers: every pair is a subscriber.
const PEOPLE: [&str; 6] = ["ada", "bo", "chidi", "dora", "emre", "farah"];
const CUSTOMERS: [&str; 4] = ["greenhouse.example", "harbour.example", "lifts.example", "meters.example"];

/// Votes for what is still to be done, by the titles of the items.
const VOTES: [(&str, usize); 8] = [
    ("Webhooks for state changes", 19),
    ("First words on this page within five minutes", 16),
    ("Limits for each customer in front of the API", 14),
    ("A rehearsed flood, twice a year", 11),
    ("A database engine that separates reading from writing", 9),
    ("Devices are told to come back later", 8),
    ("Alarms on the distance between copies and primary", 5),
    ("Metrics and logs on a way of their own", 3),
];

/// Answers to the post-mortem: how many days ago, whether it helped, and what was written.
const ANSWERS: [(i64, bool, Option<&str>); 7] = [
    (36, false, Some("Which of my fleets were affected? I had to find that out myself.")),
    (32, true, None),
    (31, true, Some("Thank you for the figures. We had guessed at the retries and are changing ours too.")),
    (30, true, None),
    (27, false, Some("You write \"up to one hour late\". Our releases were late by an hour and fifty minutes.")),
    (14, true, Some("Good that you corrected it.")),
    (9, true, None),
];

/// Networks that see the open failure too, by how many hours ago.
const NETWORKS: [(i64, usize); 2] = [(0, 6), (1, 4)];

/// Weeks of reads: as many as the planner looks back on.
const WEEKS: i64 = 4;

/// Reads in each hour of a working day, in UTC: customers in Europe, and fewer of them in America.
const READS: [i64; 24] = [31, 24, 19, 17, 28, 74, 190, 410, 620, 680, 640, 560, 520, 610, 660, 600, 510, 430, 340, 270, 210, 150, 90, 52];

/// Writes all of it; the documents and incidents must be there already.
pub(super) async fn write(tx: &mut Tx, page: &Id, calendar: Calendar) -> anyhow::Result<()> {
    let readers = subscribe(tx, page, calendar).await?;
    for (title, number) in VOTES {
        let item = id("action item", title);
        for (at, reader) in (0_i64..).zip(readers.iter().take(number)) {
            // Every third one wants to be told when it is done.
            votes::cast(tx, &item, reader, at % 3 == 0, calendar.at(20 - at / 2, 8 + at % 9, 12)).await?;
        }
    }
    let document = id("post-mortem", SERIES);
    for (number, (days_ago, helpful, text)) in ANSWERS.into_iter().enumerate() {
        let said =
            Feedback { id: id("feedback", &number.to_string()), at: calendar.at(days_ago, 9, 20), helpful, body: text.map(str::to_owned) };
        feedback::insert(tx, page, &document, &said).await?;
    }
    let seen = NETWORKS.into_iter().flat_map(|(hours_ago, number)| (0..number).map(move |network| (hours_ago, network)));
    let seen: Vec<Sighting> = seen
        .map(|(hours_ago, network)| Sighting {
            kind: Sighted::Incident,
            id: Story::id_of(CLOUDLINK_DOWN),
            hour: hour(calendar.ago(60 * hours_ago)),
            network: format!("demo {network}"),
        })
        .collect();
    sightings::insert(tx, page, &seen).await?;
    read(tx, page, calendar).await
}

/// A quarter as many read on days off.
async fn read(tx: &mut Tx, page: &Id, calendar: Calendar) -> anyhow::Result<()> {
    for days_ago in 1..=WEEKS * 7 {
        let off = matches!(calendar.day(days_ago).weekday(), Weekday::Sat | Weekday::Sun);
        for (hour, reads) in (0_i64..).zip(READS) {
            page_reads::add(tx, page, calendar.at(days_ago, hour, 0), if off { reads / 4 } else { reads }).await?;
        }
    }
    Ok(())
}

/// Everybody subscribed, and confirmed a little later.
async fn subscribe(tx: &mut Tx, page: &Id, calendar: Calendar) -> anyhow::Result<Vec<Id>> {
    let addresses = PEOPLE.iter().flat_map(|person| CUSTOMERS.iter().map(move |customer| format!("{person}@{customer}")));
    let mut readers = Vec::new();
    for (number, address) in (0_i64..).zip(addresses) {
        let reader = id("subscriber", &address);
        subscribers::insert(tx, page, &reader, Channel::Email, &address, calendar.at(80 - 2 * number, 9, 30)).await?;
        subscribers::confirm(tx, &reader, None, calendar.at(80 - 2 * number, 9, 41)).await?;
        readers.push(reader);
    }
    Ok(readers)
}
