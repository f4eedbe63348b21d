//! What was wrong in the last three months, newest first. Hours are in UTC, as in the texts.

use app::words::ComponentStatus::{DegradedPerformance, MajorOutage, Operational, PartialOutage};
use app::words::IncidentStatus::{Identified, Investigating, Monitoring, Resolved};

use super::calendar::Calendar;
use super::platform::{
    API, BUILDER, DASHBOARD, DELTAS, DEVICE_URLS, DOWNLOADS, GIT, HEARTBEAT, LOGS, METRICS, MQTT, REGISTRY, ROLLOUT, SIGN_IN, STORAGE,
    TERMINAL,
};
use super::story::Story;

/// The two API outages that the post-mortem covers, in the order in which they happened.
pub(super) const EXPLAINED: [&str; 2] = ["API requests time out", "API, dashboard and sign-in unavailable"];

/// The incident whose post-mortem is promised.
pub(super) const OWED: &str = "Builds wait and fail";

/// The incident that nobody noticed while it lasted; it has a post-mortem of its own.
pub(super) const TOLD_LATER: &str = "Delta updates failed for 32-bit ARM devices";

/// The incident whose last update says all there is to say.
pub(super) const CLOSED: &str = "OS image downloads return errors";

/// The incidents that are over.
pub(super) fn past(calendar: Calendar) -> Vec<Story> {
    let mut stories = recent(calendar);
    stories.extend(middle(calendar));
    stories.extend(api_outages(calendar));
    stories.extend(early(calendar));
    stories
}

fn recent(calendar: Calendar) -> Vec<Story> {
    vec![
        Story::new("Sign-in with security keys fails", calendar.at(2, 9, 4))
            .says(
                13,
                Investigating,
                "Signing in with a security key ends in an error for most people who use one. Passwords with a one-time code and single \
                 sign-on work, and whoever is signed in stays so.",
                &[(SIGN_IN, DegradedPerformance)],
            )
            .says(
                31,
                Identified,
                "This morning's release of the sign-in service checks the name of the site too strictly. We are taking the release back.",
                &[],
            )
            .says(
                48,
                Resolved,
                "Security keys work again. The release comes back once our tests sign in with a real key before every rollout, which \
                 they should have done from the start.",
                &[],
            ),
        Story::new(OWED, calendar.at(6, 13, 21))
            .seen(6)
            .says(
                14,
                Investigating,
                "Builds wait longer than usual before they start, and some end with \"no space left\". Running builds cannot be helped; \
                 please start a failed one again later.",
                &[(BUILDER, PartialOutage), (GIT, DegradedPerformance)],
            )
            .says(
                57,
                Identified,
                "The disks of about half of our build workers are full, because the nightly cleaning of old layers has not run for six \
                 days. We are cleaning them one after the other, starting with 64-bit ARM, where the queue is longest.",
                &[],
            )
            .says(
                148,
                Identified,
                "All ARM workers are back. The workers for x86-64 follow within the hour. The queue holds 210 builds, down from 640.",
                &[(BUILDER, DegradedPerformance), (GIT, Operational)],
            )
            .says(206, Monitoring, "All workers are back and the queue is empty. We are watching the disks.", &[])
            .says(
                261,
                Resolved,
                "Builds start at once and have done so for an hour. We owe you an answer to why a cleaning job could stay away for six \
                 days without anybody noticing: we will publish a post-mortem.",
                &[],
            ),
        Story::new("Image pulls slow, object storage at our provider", calendar.at(11, 15, 42))
            .seen(1)
            .says(
                11,
                Identified,
                "The object storage that our image registry keeps its layers in answers slowly. The provider knows of it. Pulls and \
                 pushes succeed but take several times as long; devices try again by themselves.",
                &[(REGISTRY, DegradedPerformance), (STORAGE, DegradedPerformance)],
            )
            .says(
                73,
                Monitoring,
                "The provider reports that the cause is found and mended. Pulls are back to their usual speed.",
                &[(STORAGE, Operational)],
            )
            .says(112, Resolved, "The storage has been steady for half an hour, and so has the registry.", &[]),
        Story::new("Online devices shown as offline", calendar.at(17, 10, 26))
            .seen(3)
            .says(
                12,
                Investigating,
                "The dashboard and the API show many devices as offline that are online and can be reached. Updates still arrive.",
                &[(HEARTBEAT, PartialOutage)],
            )
            .says(
                34,
                Monitoring,
                "One of the services that count heartbeats had lost its connection to the cache. It has been restarted, and the figures \
                 are right again.",
                &[(HEARTBEAT, DegradedPerformance)],
            )
            .says(
                68,
                Identified,
                "We were too early: the figures have been drifting off again for ten minutes. The cache drops connections whenever it \
                 moves keys to a new node, and our service does not open new ones. We are changing the service.",
                &[(HEARTBEAT, PartialOutage)],
            )
            .says(
                127,
                Monitoring,
                "The changed service runs everywhere and has survived two moves of keys, both of which we caused on purpose.",
                &[(HEARTBEAT, DegradedPerformance)],
            )
            .says(
                191,
                Resolved,
                "The figures have been right for an hour. Thank you for your reports, which were ahead of our checks.",
                &[],
            ),
    ]
}

fn middle(calendar: Calendar) -> Vec<Story> {
    vec![
        Story::new(TOLD_LATER, calendar.at(24, 4, 52))
            .explained()
            .says(
                0,
                Identified,
                "Delta updates for devices with a 32-bit ARM processor cannot be made. These devices fetch whole images instead: their \
                 updates arrive, but cost more traffic and time.",
                &[(DELTAS, PartialOutage)],
            )
            .posted_later(412)
            .says(
                163,
                Resolved,
                "The deltas came back at 07:35 UTC with the next release of the service that makes them. We learned of the failure only \
                 afterwards, from a support ticket, and write it down here so that the record is complete. A check now asks for a delta \
                 of every architecture every five minutes.",
                &[],
            )
            .posted_later(253),
        // Nobody works on it at night, and the page says so.
        Story::new("Gaps in device logs while storage is rebuilt", calendar.at(28, 20, 37))
            .seen(4)
            .says(
                16,
                Investigating,
                "Searching device logs gives incomplete answers. Logs that are being streamed live are not affected.",
                &[(LOGS, PartialOutage)],
            )
            .says(
                64,
                Identified,
                "A node of the log storage failed and its copy is being rebuilt on another one. Until that is done, lines of the last \
                 three days are missing from some answers. They are not lost.",
                &[],
            )
            .says(
                131,
                Identified,
                "The rebuilding goes on as expected and needs no hands. It will take most of the night, and hurrying it would slow down \
                 everybody's logs. We will not post again before 07:00 UTC unless something changes.",
                &[(LOGS, DegradedPerformance)],
            )
            .says(627, Monitoring, "Good morning. The copy was complete at 05:48 UTC, and searches have given whole answers since.", &[])
            .says(698, Resolved, "We compared a sample of searches with the original lines. Nothing is missing.", &[]),
        Story::new(CLOSED, calendar.at(33, 12, 10))
            .seen(1)
            .says(
                7,
                Investigating,
                "Downloads of OS images fail with error 502. Devices in the field do not need them.",
                &[(DOWNLOADS, MajorOutage)],
            )
            .says(
                23,
                Resolved,
                "A certificate between two of our own services had expired. It was renewed, downloads work, and the certificates of that \
                 place now stand on the same list as all others, which warns us three weeks ahead.",
                &[],
            ),
    ]
}

/// One cause, twice: the post-mortem tells it.
fn api_outages(calendar: Calendar) -> Vec<Story> {
    let [first, second] = EXPLAINED;
    vec![
        Story::new(second, calendar.at(38, 9, 17))
            .seen(1)
            .explained()
            .says(
                5,
                Investigating,
                "The API does not answer, and with it the dashboard and sign-in. Devices keep running what they run.",
                &[(API, MajorOutage), (DASHBOARD, MajorOutage), (SIGN_IN, PartialOutage), (ROLLOUT, PartialOutage)],
            )
            .says(
                38,
                Identified,
                "This is the same cause as three days ago, on a larger scale. A very large number of devices came back online in the same \
                 minute and asked the API for their state together; the requests they repeat keep the database busy. We are letting them \
                 in a few at a time.",
                &[],
            )
            .says(
                82,
                Identified,
                "The API answers again, with errors for about one request in five. The dashboard loads slowly. Please do not restart \
                 devices that look offline: they are waiting for their turn.",
                &[(API, PartialOutage), (DASHBOARD, DegradedPerformance), (SIGN_IN, Operational)],
            )
            .says(
                121,
                Monitoring,
                "All devices are back and fewer than one request in a thousand fails. We keep the spacing of device requests in place.",
                &[(API, DegradedPerformance), (DASHBOARD, Operational), (ROLLOUT, Operational)],
            )
            .says(
                203,
                Resolved,
                "The API has been steady for more than an hour. Two outages in three days are two too many. We will write down what \
                 happened and what we do about it, and publish it here within a week.",
                &[],
            ),
        Story::new(first, calendar.at(41, 14, 2))
            .seen(2)
            .explained()
            .says(9, Investigating, "Requests to the API are slow, and many of them time out.", &[(API, PartialOutage)])
            .says(
                45,
                Identified,
                "The database behind the API is overloaded by requests of devices that are reconnecting after an interruption at a mobile \
                 carrier. Dashboard and release rollout depend on the same database and are slow as well.",
                &[(DASHBOARD, DegradedPerformance), (ROLLOUT, DegradedPerformance)],
            )
            .says(
                88,
                Monitoring,
                "The reconnecting devices have been served and the API answers at its usual speed. We have moved the database to a larger \
                 machine to have more room.",
                &[(API, DegradedPerformance), (DASHBOARD, Operational), (ROLLOUT, Operational)],
            )
            .says(
                138,
                Resolved,
                "No errors for half an hour. We are looking into why this load was more than the database could bear.",
                &[],
            ),
    ]
}

fn early(calendar: Calendar) -> Vec<Story> {
    vec![
        Story::new("Some invoices were mailed twice", calendar.at(52, 8, 30))
            .says(
                25,
                Identified,
                "Some of you received last month's invoice twice this morning. It is the same invoice with the same number and will be \
                 charged once. No component of the platform is affected.",
                &[],
            )
            .says(70, Resolved, "The job that mails invoices had been restarted half-way. It now remembers whom it has served.", &[]),
        Story::new("MQTT connections drop", calendar.at(60, 16, 48))
            .seen(2)
            .says(12, Investigating, "We are currently investigating this issue.", &[(MQTT, PartialOutage)])
            // The stock sentence went out first; the words meant for it followed in the same minute.
            .says(
                12,
                Investigating,
                "About a third of all connections to the MQTT broker were closed at 16:48 UTC, and clients that reconnect are thrown out \
                 again after some seconds. Messages with quality of service 1 and above are kept.",
                &[],
            )
            .says(
                33,
                Identified,
                "One of three broker nodes disagrees with the others about who is connected and closes what it takes for duplicates. We \
                 are taking it out.",
                &[(MQTT, DegradedPerformance)],
            )
            .says(46, Monitoring, "The node is out. Connections hold.", &[])
            .says(95, Resolved, "Connections have held for 50 minutes, and kept messages have been delivered.", &[]),
        Story::new("Device metrics show no new values", calendar.at(73, 6, 15))
            .seen(9)
            .says(
                21,
                Investigating,
                "Charts of processor, memory and temperature end at 06:15 UTC. Devices keep their values for six hours and send them later.",
                &[(METRICS, MajorOutage)],
            )
            .says(
                52,
                Monitoring,
                "The service that takes in metrics had stopped at a value it could not read. It now sets such values aside. Devices are \
                 sending what they kept.",
                &[(METRICS, DegradedPerformance)],
            )
            .says(104, Resolved, "Charts are complete again, without a gap.", &[]),
        Story::new("Web terminal and Device URLs disconnect after a minute", calendar.at(84, 11, 33))
            .says(
                18,
                Identified,
                "Sessions in the web terminal and long requests to Device URLs are cut after 60 seconds. A new load balancer came with a \
                 shorter limit than the old one. We are setting the old limit.",
                &[(TERMINAL, DegradedPerformance), (DEVICE_URLS, DegradedPerformance)],
            )
            .says(29, Resolved, "Sessions stay open as long as before.", &[]),
    ]
}
