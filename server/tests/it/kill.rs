//! The real binary, killed in the middle of a long list: nobody is left out, and hardly anybody is told twice (reliability Q9, T4).

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use server::clock::Clock;
use tokio::process::{Child, Command};

use crate::support::office::{Office, UNDO, notice};
use crate::support::smtp::{Answer, Phase, SmtpServer, Taken};
use crate::support::{Engine, Place, each_place};

/// Doubles allowed for each kill: what may be on its way, and what may not yet be written down.
const CONNECTIONS: usize = 4;
const GROUP: usize = 16;
const LONGEST: Duration = Duration::from_secs(300);

fn worker(place: &Place, server: &SmtpServer, folder: &std::path::Path) -> Child {
    command(place, server, folder).spawn().unwrap()
}

fn command(place: &Place, server: &SmtpServer, folder: &std::path::Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command
        .args(["serve", "--role", "workers"])
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("ALLCLEAR_DATABASE_URL", &place.address)
        .env("ALLCLEAR_DATA_DIR", folder)
        .env("ALLCLEAR_ADMIN_LISTEN", "127.0.0.1:0")
        .env("ALLCLEAR_PUBLIC_URL", "https://status.example.test")
        .env("ALLCLEAR_SECRET_KEY", "a secret of more than thirty-two letters")
        .env("ALLCLEAR_SMTP_URL", server.url())
        .env("ALLCLEAR_MAIL_FROM", "status@example.test")
        .env("ALLCLEAR_SMTP_CONNECTIONS", CONNECTIONS.to_string())
        .env("ALLCLEAR_SMTP_RATE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Ends it as a system does.
async fn terminate(mut child: Child) {
    let id = child.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").arg(id).status().unwrap().success());
    assert!(child.wait().await.unwrap().success());
}

/// Asks again until it is so.
async fn until(what: &str, mut ask: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !ask().await {
        assert!(started.elapsed() < LONGEST, "{what} does not come");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A list that is told while processes are killed.
struct Ordeal {
    subscribers: usize,
    /// After how many mails one is killed, in order.
    kills: Vec<usize>,
    /// How many work at the same time.
    processes: usize,
}

impl Ordeal {
    /// Tells the list to its end: nobody is left out, and hardly anybody is told twice.
    async fn endure(&self, place: &Place) {
        let server = SmtpServer::good().await;
        let db = place.open().await;
        let office = Office::open(&db, &server).await;
        office.hand.set(Clock::system().now() - UNDO - TimeDelta::seconds(1));
        office.subscribe(self.subscribers).await;
        office.tell_opened(notice("inc")).await;
        let folders: Vec<_> = (0..self.processes).map(|_| tempfile::tempdir().unwrap()).collect();
        let mut children: Vec<Child> = folders.iter().map(|folder| worker(place, &server, folder.path())).collect();
        for (number, kill_at) in self.kills.iter().enumerate() {
            until("the middle", async || server.count() >= *kill_at).await;
            let next = number % self.processes;
            children[next].kill().await.unwrap();
            if place.engine == Engine::Postgres && self.processes == 1 {
                // As if the minute of the lease had passed. On a file the next start knows that nobody else is there.
                place.meddle("update deliveries set lease_until = run_at - interval '1 day' where state = 'sending'").await;
            }
            children[next] = worker(place, &server, folders[next].path());
        }
        until("the end", async || office.depth().await == 0).await;
        // The end by the ordinary way, which takes no longer than a mail on its way needs.
        for child in children {
            terminate(child).await;
        }
        let mut by_recipient: BTreeMap<String, Vec<Taken>> = BTreeMap::new();
        for mail in server.mails() {
            by_recipient.entry(mail.to.clone()).or_default().push(mail);
        }
        assert_eq!(by_recipient.len(), self.subscribers, "somebody was left out");
        let doubles: Vec<&Vec<Taken>> = by_recipient.values().filter(|mails| mails.len() > 1).collect();
        let extra: usize = doubles.iter().map(|mails| mails.len() - 1).sum();
        #[expect(clippy::print_stdout, reason = "the long form tells what it found")]
        {
            println!("{:?}: {extra} doubles of {} mails, killed after {:?}", place.engine, self.subscribers, self.kills);
        }
        assert!(extra <= self.kills.len() * (CONNECTIONS + GROUP), "{extra} doubles after {} kills", self.kills.len());
        for mails in doubles {
            assert!(mails.iter().all(|mail| mail.message_id() == mails[0].message_id()), "a double under another name");
        }
        db.close().await;
    }
}

#[tokio::test]
async fn killed_in_the_middle_of_two_thousand_mails_it_leaves_nobody_out_and_few_doubles() {
    each_place(async |place| Ordeal { subscribers: 2_000, kills: vec![300, 1_100], processes: 1 }.endure(place).await).await;
}

/// Three processes on one server: what a killed one had claimed waits for the end of its lease, a minute, and is then told by the others.
/// The long form (`ALLCLEAR_SOAK`) kills at twenty random moments of ten thousand mails, on both engines.
#[tokio::test]
async fn three_processes_of_which_one_is_killed_leave_nobody_out_and_few_doubles() {
    let place = Place::migrated(Engine::Postgres).await;
    #[expect(clippy::disallowed_methods, reason = "a test may be told to take its time")]
    let short = std::env::var_os("ALLCLEAR_SOAK").is_none();
    if short {
        return Ordeal { subscribers: 1_500, kills: vec![500], processes: 3 }.endure(&place).await;
    }
    let moments = || {
        let mut moments: Vec<usize> = (0..20).map(|_| rand::random_range(1..9_500)).collect();
        moments.sort_unstable();
        moments
    };
    let alone = Ordeal { subscribers: 10_000, kills: moments(), processes: 1 };
    alone.endure(&Place::migrated(Engine::Sqlite).await).await;
    let three = Ordeal { subscribers: 10_000, kills: moments(), processes: 3 };
    three.endure(&place).await;
}

#[tokio::test]
async fn told_to_stop_it_finishes_what_is_on_its_way_and_leaves_nothing_claimed() {
    each_place(async |place| {
        let server = SmtpServer::scripted(|at| {
            use crate::support::smtp::{Answer, Phase};
            if at.phase == Phase::Content { Answer::Late(Duration::from_millis(50)) } else { Answer::Usual }
        })
        .await;
        let db = place.open().await;
        let office = Office::open(&db, &server).await;
        office.hand.set(Clock::system().now() - UNDO - TimeDelta::seconds(1));
        office.subscribe(300).await;
        office.tell_opened(notice("inc")).await;
        let folder = tempfile::tempdir().unwrap();
        let child = worker(place, &server, folder.path());
        until("the middle", async || server.mails().len() >= 20).await;
        terminate(child).await;
        assert!(server.mails().len() < 100, "it went on");
        let sent = server.mails().len().to_string();
        assert_eq!(place.texts("select state from deliveries where state = 'sending'").await, [] as [&str; 0]);
        assert_eq!(place.texts("select cast(count(*) as text) from deliveries where state = 'sent'").await, [sent]);
        db.close().await;
    })
    .await;
}

/// The relay takes the mail and says nothing: the end of the service waits as long as it promises, and then it ends.
/// A service with three mails on their way to a relay that has gone silent, and its log.
async fn stuck(place: &Place, server: &SmtpServer, folder: &std::path::Path) -> (Child, std::path::PathBuf) {
    let db = place.open().await;
    let office = Office::open(&db, server).await;
    office.hand.set(Clock::system().now() - UNDO - TimeDelta::seconds(1));
    office.subscribe(3).await;
    office.tell_opened(notice("inc")).await;
    let log = folder.join("log");
    let child = command(place, server, folder).stderr(std::fs::File::create(&log).unwrap()).spawn().unwrap();
    until("a connection", async || server.connections() > 0).await;
    until("a mail on its way", async || place.texts("select recipient_id from deliveries where state = 'sending'").await.len() == 3).await;
    db.close().await;
    (child, log)
}

async fn silent() -> SmtpServer {
    SmtpServer::scripted(|at| if at.phase == Phase::Content { Answer::Hang } else { Answer::Usual }).await
}

#[tokio::test]
async fn a_relay_that_hangs_does_not_keep_the_service_from_ending() {
    let (place, server, folder) = (Place::migrated(Engine::Sqlite).await, silent().await, tempfile::tempdir().unwrap());
    let (child, log) = stuck(&place, &server, folder.path()).await;
    terminate(child).await;
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("mails were still on their way at the end") && !log.contains("panicked"), "{log}");
}

#[tokio::test]
async fn told_twice_to_stop_it_waits_for_nothing() {
    let (place, server, folder) = (Place::migrated(Engine::Sqlite).await, silent().await, tempfile::tempdir().unwrap());
    let (mut child, log) = stuck(&place, &server, folder.path()).await;
    let id = child.id().unwrap().to_string();
    let ended = loop {
        assert!(std::process::Command::new("kill").arg(&id).status().unwrap().success());
        // Whatever the second comes too soon after the first for, the next one does not.
        if let Ok(ended) = tokio::time::timeout(Duration::from_secs(1), child.wait()).await {
            break ended.unwrap();
        }
    };
    assert_eq!(ended.code(), Some(1));
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("told to end twice") && !log.contains("mails were still on their way"), "{log}");
}
