//! The post-mortem of a series of API outages, and the promise of another one.

use app::words::ActionState::{Done, Planned, Underway};
use app::words::{ActionItem, ActionState, Id, ImpactFacts, Postmortem, PostmortemStatus, Sections};
use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::history::{EXPLAINED, OWED};
use super::id;
use super::story::Story;
use crate::store::{Tx, postmortems};

const SERIES: &str = "Why the API failed twice in three days";

/// Writes both.
pub(super) async fn write(tx: &mut Tx, page: &Id, calendar: Calendar, revision: i64) -> anyhow::Result<()> {
    for postmortem in [series(calendar), owed(calendar)] {
        postmortems::upsert(tx, page, &postmortem, revision).await?;
    }
    Ok(())
}

fn series(calendar: Calendar) -> Postmortem {
    let published_at = calendar.at(32, 15, 30);
    let document = document(SERIES, calendar.at(38, 13, 10), published_at);
    Postmortem {
        status: PostmortemStatus::Published,
        due_at: Some(calendar.at(31, 17, 0)),
        published_at: Some(published_at),
        sections: sections(calendar),
        incident_ids: EXPLAINED.map(Story::id_of).to_vec(),
        action_items: items(calendar),
        ..document
    }
}

/// Promised with the last update of the incident, not written yet.
fn owed(calendar: Calendar) -> Postmortem {
    let resolved = calendar.at(6, 17, 42);
    Postmortem {
        due_at: Some(calendar.at(-3, 17, 0)),
        incident_ids: vec![Story::id_of(OWED)],
        ..document("Why builds waited and failed", resolved, resolved)
    }
}

fn document(title: &str, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Postmortem {
    Postmortem {
        id: id("post-mortem", title),
        title: title.to_owned(),
        status: PostmortemStatus::Promised,
        due_at: None,
        waived_because: None,
        published_at: None,
        provisional: false,
        created_at,
        updated_at,
        body: String::new(),
        sections: Sections::default(),
        facts: ImpactFacts::default(),
        incident_ids: Vec::new(),
        maintenance_id: None,
        action_items: Vec::new(),
        revisions: Vec::new(),
    }
}

fn sections(calendar: Calendar) -> Sections {
    let first = calendar.day(41).format("%-d %B");
    let second = calendar.day(38).format("%-d %B");
    Sections {
        summary: Some(format!(
            "On {first} and again on {second} the API failed under a flood of requests that arrived in the same minute. Both times a \
             mobile carrier had come back after an interruption, and with it tens of thousands of devices, each of which asked for its \
             state at once and again every few seconds until it got an answer.\n\nThe requests were legitimate and the devices did what \
             we had built them to do. What failed was our assumption that they would never all do it together. We are sorry: you build \
             on us so that you need not think about this."
        )),
        impact: Some(format!(
            "- **{first}, 14:02 to 16:20 UTC:** for 88 minutes about a third of all API requests timed out. Dashboard and release \
             rollout were slow.\n- **{second}, 09:17 to 12:40 UTC:** for 82 minutes the API, the dashboard and, for most, sign-in were \
             unavailable; for 39 minutes more about one request in five failed.\n\nDevices kept running their applications throughout. \
             Releases that were due reached them up to two hours late. No data was lost. There was no workaround while the API was down; \
             devices with local mode enabled could be reached in their own network."
        )),
        causes: Some(
            "**A flood with one beat.** Devices asked for their state on reconnecting without waiting a random moment first. 41,000 of \
             them reconnected within 20 seconds on the first day, 96,000 on the second.\n\n**Retries that fed it.** A request that timed \
             out was repeated after five seconds, always five. Each wave met the next one, and the database spent its time on answers \
             that nobody was waiting for any more.\n\n**Costly questions.** Assembling one device's state took 17 queries, three of which \
             read far more rows than they used. That had never mattered at a tenth of the load.\n\n**Reads and writes on the same \
             tables.** Every request for state also wrote when the device was last seen. The copies of the database could not follow the \
             writes and fell up to eleven minutes behind, so that reads meant for them went to the primary as well.\n\n**No brake.** \
             Nothing in front of the API told a device to come back later. On the first day we only added room, which is why there was a \
             second day."
                .to_owned(),
        ),
        actions_taken: Some(
            "During the second outage we let devices in by region, a few thousand at a time, and kept doing so by hand for four days. \
             Since then five changes have made that unnecessary. They are listed below as done. In a repetition of the second flood with \
             120,000 simulated devices the API answered all of them within four minutes, and no request of a person failed."
                .to_owned(),
        ),
        near_term: Some(
            "Two changes are under way: the move of the database to an engine that separates reading from writing, and limits for each \
             customer in front of the API. The move needs an interruption. It is announced on this page as planned work without a date; \
             the date will be set at least two weeks ahead."
                .to_owned(),
        ),
        long_term: Some(
            "A platform for devices must expect that they all call at once, because carriers, power grids and our own mistakes make them. \
             We are changing what devices need to ask for at all: what they are told, they need not ask. And we rehearse: twice a year \
             we will disconnect a tenth of our own test fleet and bring it back in the same second, in working hours, announced here."
                .to_owned(),
        ),
        stay_informed: Some(
            "The state of every item below is kept up to date here until all of them are done. Follow this page through its feed to learn \
             of changes. If something in this text does not match what you saw, please write to your support contact: three of the \
             findings above come from such letters."
                .to_owned(),
        ),
    }
}

/// Five done, two under way, six planned.
fn items(calendar: Calendar) -> Vec<ActionItem> {
    let item = |state: ActionState, days_ago: i64, title: &str, explanation: &str, page: Option<&str>| ActionItem {
        id: id("action item", title),
        title: title.to_owned(),
        explanation: Some(explanation.to_owned()),
        state,
        due_on: Some(calendar.day(days_ago)),
        link: page.map(|page| format!("https://docs.meridian.example/{page}")),
        history: Vec::new(),
        votes: 0,
    };
    vec![
        item(
            Done,
            41,
            "A larger machine for the database",
            "Twice the processors and three times the memory. It bought the time in which the rest was done.",
            None,
        ),
        item(
            Done,
            37,
            "Devices spread their requests",
            "After a reconnection a device waits a random time of up to two minutes, and longer after each failure. The change reached \
             devices without an update of the OS.",
            Some("devices/reconnecting"),
        ),
        item(
            Done,
            36,
            "Cheaper queries for a device's state",
            "Four queries instead of 17, each answered from an index. One request costs the database a ninth of what it did.",
            None,
        ),
        item(
            Done,
            35,
            "A cache for keys and permissions",
            "Nine of ten requests no longer ask the database who is asking. A revoked key is refused within five seconds.",
            Some("security/api-keys"),
        ),
        item(
            Done,
            33,
            "\"Last seen\" written in batches",
            "These writes are collected for 15 seconds and made together. The copies of the database are now less than a second behind.",
            None,
        ),
        item(
            Underway,
            -28,
            "A database engine that separates reading from writing",
            "Done twice in staging. The date of the real move will be announced on this page.",
            None,
        ),
        item(
            Underway,
            -12,
            "Limits for each customer in front of the API",
            "One fleet in trouble must not slow down another. The limits are being measured against real traffic and refuse nobody yet.",
            Some("api/limits"),
        ),
        item(
            Planned,
            -30,
            "Webhooks for state changes",
            "Half of all requests ask whether something has changed. Who is told need not ask.",
            Some("api/webhooks"),
        ),
        item(
            Planned,
            -35,
            "Devices are told to come back later",
            "Under load the API answers at once with a time to return at, and devices obey it.",
            None,
        ),
        item(Planned, -45, "Metrics and logs on a way of their own", "What can wait for a minute should not queue with what cannot.", None),
        item(
            Planned,
            -50,
            "Alarms on the distance between copies and primary",
            "Eleven minutes behind should have woken somebody at thirty seconds.",
            None,
        ),
        item(
            Planned,
            -60,
            "First words on this page within five minutes",
            "On the first day it took us nine. Failing checks will prepare the text, so that a person only has to read and publish it.",
            None,
        ),
        item(
            Planned,
            -75,
            "A rehearsed flood, twice a year",
            "With our own test fleet, announced here beforehand, and with its results published afterwards.",
            None,
        ),
    ]
}
