//! What follows from the post-mortems, and how far it has come.

use app::words::ActionState::{Done, Dropped, Planned, Underway};
use app::words::{ActionItem, ActionState, Id, Postmortem};
use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::id;
use crate::store::{Tx, postmortems};

/// An action item, and when it came into which state, oldest first.
#[derive(Clone, Debug)]
pub(super) struct FollowUp {
    item: ActionItem,
    steps: Vec<(ActionState, DateTime<Utc>)>,
}

impl FollowUp {
    /// The item as it stood at an instant; `None` before it was thought of.
    fn at(&self, instant: DateTime<Utc>) -> Option<ActionItem> {
        let (state, _) = self.steps.iter().rfind(|(_, at)| *at <= instant)?;
        Some(ActionItem { state: *state, ..self.item.clone() })
    }
}

/// Writes a document with what follows from it: once for every instant at which an item came into another state, because the store keeps
/// an item's past from one writing to the next.
pub(super) async fn write(tx: &mut Tx, page: &Id, document: &Postmortem, items: &[FollowUp], revision: i64) -> anyhow::Result<()> {
    let mut instants: Vec<DateTime<Utc>> = items.iter().flat_map(|item| item.steps.iter().map(|(_, at)| *at)).collect();
    instants.sort_unstable();
    instants.dedup();
    // A step later than the document's last words is its last change.
    let last = instants.last().map_or(document.updated_at, |at| document.updated_at.max(*at));
    for at in instants.into_iter().chain([last]) {
        let action_items = items.iter().filter_map(|item| item.at(at)).collect();
        let then = Postmortem { action_items, updated_at: at, ..document.clone() };
        postmortems::upsert(tx, page, &then, revision).await?;
    }
    Ok(())
}

/// An item with its past, as days ago, and the day by which it is due.
fn item(
    calendar: Calendar,
    title: &str,
    explanation: &str,
    page: Option<&str>,
    due_days_ago: i64,
    steps: &[(ActionState, i64)],
) -> FollowUp {
    let item = ActionItem {
        id: id("action item", title),
        title: title.to_owned(),
        explanation: Some(explanation.to_owned()),
        state: Planned,
        due_on: Some(calendar.day(due_days_ago)),
        link: page.map(|page| format!("https://docs.meridian.example/{page}")),
        history: Vec::new(),
        votes: 0,
    };
    FollowUp { item, steps: steps.iter().map(|(state, days_ago)| (*state, calendar.at(*days_ago, 12, 0))).collect() }
}

/// Of the series of API outages: five done, two under way, six planned, one of them late.
pub(super) fn series(calendar: Calendar) -> Vec<FollowUp> {
    let mut items = done(calendar);
    items.extend(to_be_done(calendar));
    items
}

fn done(calendar: Calendar) -> Vec<FollowUp> {
    let item = |title, explanation, page, due, steps: &[_]| item(calendar, title, explanation, page, due, steps);
    vec![
        item(
            "A larger machine for the database",
            "Twice the processors and three times the memory. It bought the time in which the rest was done.",
            None,
            41,
            &[(Done, 41)],
        ),
        item(
            "Devices spread their requests",
            "After a reconnection a device waits a random time of up to two minutes, and longer after each failure. The change reached \
             devices without an update of the OS.",
            Some("devices/reconnecting"),
            37,
            &[(Underway, 40), (Done, 37)],
        ),
        item(
            "Cheaper queries for a device's state",
            "Four queries instead of 17, each answered from an index. One request costs the database a ninth of what it did.",
            None,
            35,
            &[(Underway, 39), (Done, 36)],
        ),
        item(
            "A cache for keys and permissions",
            "Nine of ten requests no longer ask the database who is asking. A revoked key is refused within five seconds.",
            Some("security/api-keys"),
            35,
            &[(Planned, 38), (Underway, 37), (Done, 35)],
        ),
        item(
            "\"Last seen\" written in batches",
            "These writes are collected for 15 seconds and made together. The copies of the database are now less than a second behind.",
            None,
            31,
            &[(Planned, 38), (Underway, 36), (Done, 33)],
        ),
    ]
}

fn to_be_done(calendar: Calendar) -> Vec<FollowUp> {
    let item = |title, explanation, page, due, steps: &[_]| item(calendar, title, explanation, page, due, steps);
    vec![
        item(
            "A database engine that separates reading from writing",
            "Done twice in staging. The date of the real move will be announced on this page.",
            None,
            -28,
            &[(Planned, 37), (Underway, 26)],
        ),
        item(
            "Limits for each customer in front of the API",
            "One fleet in trouble must not slow down another. The limits are being measured against real traffic and refuse nobody yet.",
            Some("api/limits"),
            -12,
            &[(Planned, 37), (Underway, 12)],
        ),
        item(
            "Webhooks for state changes",
            "Half of all requests ask whether something has changed. Who is told need not ask.",
            Some("api/webhooks"),
            -30,
            &[(Planned, 32)],
        ),
        item(
            "Devices are told to come back later",
            "Under load the API answers at once with a time to return at, and devices obey it.",
            None,
            -35,
            &[(Planned, 32)],
        ),
        item(
            "Metrics and logs on a way of their own",
            "What can wait for a minute should not queue with what cannot.",
            None,
            -45,
            &[(Planned, 32)],
        ),
        item(
            "Alarms on the distance between copies and primary",
            "Eleven minutes behind should have woken somebody at thirty seconds. The alarm waits for the figures of the new engine.",
            None,
            3,
            &[(Planned, 32)],
        ),
        item(
            "First words on this page within five minutes",
            "On the first day it took us nine. Failing checks will prepare the text, so that a person only has to read and publish it.",
            None,
            -60,
            &[(Planned, 32)],
        ),
        item(
            "A rehearsed flood, twice a year",
            "With our own test fleet, announced here beforehand, and with its results published afterwards.",
            None,
            -75,
            &[(Planned, 32)],
        ),
    ]
}

/// Of the deltas that were missing: one done, one dropped with its reason.
pub(super) fn deltas(calendar: Calendar) -> Vec<FollowUp> {
    vec![
        item(
            calendar,
            "A delta of every architecture is asked for every five minutes",
            "And whoever is on call is woken where one does not arrive.",
            None,
            22,
            &[(Planned, 23), (Done, 22)],
        ),
        item(
            calendar,
            "A warning in the dashboard while a fleet gets whole images",
            "Dropped: with the check in place it would show for five minutes at most, and nobody could act on it.",
            None,
            8,
            &[(Planned, 21), (Dropped, 10)],
        ),
    ]
}
