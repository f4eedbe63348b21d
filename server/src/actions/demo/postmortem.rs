//! The post-mortem of a series of API outages, and the promise of another one.

use app::words::{DataLoss, Id, ImpactFacts, Postmortem, PostmortemStatus, PostmortemText, Sections};
use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::follow_ups;
use super::history::{CLOSED, EXPLAINED, OWED, TOLD_LATER};
use super::id;
use super::planned::MIGRATION;
use super::platform::{API, DASHBOARD, DELTAS, Part, ROLLOUT, SIGN_IN};
use super::story::Story;
use crate::store::{Tx, postmortem_files, postmortems};

/// The document that most is told of.
pub(super) const SERIES: &str = "Why the API failed twice in three days";

/// Writes all of them.
pub(super) async fn write(tx: &mut Tx, page: &Id, calendar: Calendar, revision: i64) -> anyhow::Result<()> {
    let series = series(calendar);
    follow_ups::write(tx, page, &series, &follow_ups::series(calendar), revision).await?;
    for (text, replaced_at) in revisions(calendar) {
        postmortem_files::keep_revision(tx, &series.id, &text, "Meridian Cloud", replaced_at).await?;
    }
    follow_ups::write(tx, page, &deltas(calendar), &follow_ups::deltas(calendar), revision).await?;
    for postmortem in [owed(calendar), closed(calendar)] {
        postmortems::upsert(tx, page, &postmortem, revision).await?;
    }
    Ok(())
}

/// Published the day after as what was known then, and revised twice since.
fn series(calendar: Calendar) -> Postmortem {
    let document = document(SERIES, calendar.at(38, 13, 10), calendar.at(14, 9, 40));
    Postmortem {
        status: PostmortemStatus::Revised,
        due_at: Some(calendar.at(31, 17, 0)),
        published_at: Some(calendar.at(37, 10, 15)),
        sections: sections(calendar),
        facts: facts(calendar),
        incident_ids: EXPLAINED.map(Story::id_of).to_vec(),
        maintenance_id: Some(id("maintenance", MIGRATION)),
        ..document
    }
}

fn facts(calendar: Calendar) -> ImpactFacts {
    ImpactFacts {
        from: Some(calendar.at(41, 14, 2)),
        until: Some(calendar.at(38, 12, 40)),
        components: [API, DASHBOARD, SIGN_IN, ROLLOUT].iter().map(Part::id).collect(),
        share_affected: Some("On the first day about a third of all API requests, on the second nearly all for 82 minutes".to_owned()),
        data_loss: Some(DataLoss::No),
        workaround: Some("None for the API; devices in local mode could be reached in their own network".to_owned()),
    }
}

/// Small, and published once.
fn deltas(calendar: Calendar) -> Postmortem {
    let published_at = calendar.at(21, 13, 0);
    let text = |text: &str| Some(text.to_owned());
    Postmortem {
        status: PostmortemStatus::Published,
        published_at: Some(published_at),
        sections: Sections {
            summary: text(
                "For two hours and 43 minutes no delta updates could be made for devices with a 32-bit ARM processor. Their updates \
                 arrived as whole images. Our checks did not see it, because they only asked for deltas of 64-bit devices.",
            ),
            causes: text(
                "A new version of the compiler left out one of the architectures that the delta service is built for. The build \
                 reported success: what is not there cannot fail its tests.",
            ),
            actions_taken: text(
                "The next release brought the deltas back. A build now fails where an architecture is missing, and every affected \
                 customer was credited for the traffic of the whole images.",
            ),
            ..Sections::default()
        },
        facts: ImpactFacts {
            from: Some(calendar.at(24, 4, 52)),
            until: Some(calendar.at(24, 7, 35)),
            components: vec![DELTAS.id()],
            share_affected: text("Devices with a 32-bit ARM processor, about 9 % of all"),
            data_loss: Some(DataLoss::No),
            workaround: text("Not needed: devices fetched whole images by themselves"),
        },
        incident_ids: vec![Story::id_of(TOLD_LATER)],
        ..document("Why 32-bit ARM devices got no delta updates", calendar.at(23, 9, 0), published_at)
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

/// Not planned, and the page says why.
fn closed(calendar: Calendar) -> Postmortem {
    let resolved = calendar.at(33, 12, 33);
    Postmortem {
        waived_because: Some("the cause, and what we changed so that it cannot come back, are told in full in the last update.".to_owned()),
        incident_ids: vec![Story::id_of(CLOSED)],
        ..document("Why OS image downloads failed", resolved, resolved)
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
             customer in front of the API. The move needs an interruption. It is announced on this page as planned work without a date: \
             see \"Migration of the API to a new database engine\".\n\n**NOTE:** We will schedule downtime for the move. You will \
             be told of its date at least two weeks ahead, here and by mail, and reminded before it begins."
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

/// What it said before, oldest first: what was known on the day after, and the whole text with a figure that was wrong.
fn revisions(calendar: Calendar) -> [(PostmortemText, DateTime<Utc>); 2] {
    let now = sections(calendar);
    let known_then = PostmortemText {
        title: "What we know about the two API outages".to_owned(),
        sections: Sections {
            summary: now.summary.clone(),
            causes: Some(
                "Tens of thousands of devices asked for their state in the same seconds, and repeated the question every five seconds. \
                 The database could not answer as fast as they asked. Why it could not is what we are looking into; we expect to \
                 know within the week."
                    .to_owned(),
            ),
            actions_taken: Some(
                "Devices are let in by region, a few thousand at a time. The database runs on a larger machine.".to_owned(),
            ),
            ..Sections::default()
        },
        ..PostmortemText::default()
    };
    let whole = PostmortemText {
        title: SERIES.to_owned(),
        sections: Sections { impact: now.impact.as_ref().map(|text| text.replace("up to two hours late", "up to one hour late")), ..now },
        facts: facts(calendar),
        ..PostmortemText::default()
    };
    [(known_then, calendar.at(32, 15, 30)), (whole, calendar.at(14, 9, 40))]
}
