//! A page with subscribers, a relay, and a courier between them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use app::words::{Channel, ComponentStatus, Id, Impact, IncidentStatus, NotificationKind};
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::notify::{self, About};
use server::actions::{outbox, pages, secrets};
use server::clock::{Clock, Hand};
use server::config::Config;
use server::domain::notice::{IncidentNotice, Notice, NoticeComponent};
use server::signals::Signals;
use server::store::subscriber_imports::{self, Newcomer};
use server::store::{Db, components};
use server::workers::Courier;

use super::app::test_now;
use super::smtp::SmtpServer;
use crate::store::sample;

/// What one undo takes in these tests.
pub const UNDO: TimeDelta = TimeDelta::seconds(10);

pub struct Office {
    pub db: Db,
    pub hand: Hand,
    pub clock: Clock,
    pub page: Id,
    pub courier: Arc<Courier>,
    pub config: Config,
}

/// Settings for that relay, as fast as it goes.
pub fn config(server: &SmtpServer, more: &[(&str, &str)]) -> Config {
    let url = server.url();
    let own = [
        ("ALLCLEAR_SMTP_URL", url.as_str()),
        ("ALLCLEAR_MAIL_FROM", "Example Status <status@example.test>"),
        ("ALLCLEAR_SMTP_RATE", "0"),
        ("ALLCLEAR_PUBLIC_URL", "https://status.example.test"),
        ("ALLCLEAR_SECRET_KEY", "a secret of more than thirty-two letters"),
    ];
    let all = own.iter().chain(more).map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Config::from_sources(None, all).expect("the configuration is right")
}

impl Office {
    /// A page with the components `api` and `web`, and nobody who hears of them yet.
    pub async fn open(db: &Db, server: &SmtpServer) -> Self {
        Self::open_with(db, server, &[]).await
    }

    /// The same with other settings.
    pub async fn open_with(db: &Db, server: &SmtpServer, settings: &[(&str, &str)]) -> Self {
        let (clock, hand) = Clock::manual(test_now());
        let page = pages::ensure_default(db, sample::id("page"), test_now() - TimeDelta::days(1)).await.expect("a page");
        let mut tx = db.write().await.expect("the database answers");
        for (position, word) in [(1, "api"), (2, "web")] {
            components::upsert_component(&mut tx, &page, &sample::component(word, position)).await.expect("a component");
        }
        tx.commit().await.expect("it is kept");
        let config = config(server, settings);
        let courier = courier(db, &clock, &config).await;
        Self { db: db.clone(), hand, clock, page, courier, config }
    }

    /// Another courier on the same database, as another process would have.
    pub async fn second_courier(&self) -> Arc<Courier> {
        courier(&self.db, &self.clock, &self.config).await
    }

    /// The same on a machine with that clock.
    pub async fn courier_on(&self, machine: Clock) -> Arc<Courier> {
        courier_on(machine, &self.db, &self.clock, &self.config).await
    }

    /// Adds active subscribers `r0@example.test` and so on, who hear of everything.
    pub async fn subscribe(&self, count: usize) -> Vec<Id> {
        self.subscribe_to(count, "r", None).await
    }

    /// Adds active subscribers whose addresses begin with that letter, and who chose these components.
    pub async fn subscribe_to(&self, count: usize, letter: &str, chosen: Option<&[&str]>) -> Vec<Id> {
        let chosen: Option<BTreeSet<Id>> = chosen.map(|words| words.iter().map(|word| sample::id(word)).collect());
        let newcomers: BTreeMap<Id, Newcomer> = (0..count)
            .map(|number| {
                let address = format!("{letter}{number}@example.test");
                let newcomer = Newcomer { key: address.clone(), address, components: chosen.clone(), ..Newcomer::default() };
                (Id::parse(&format!("{letter}{number:011}")).expect("an id"), newcomer)
            })
            .collect();
        let mut tx = self.db.write().await.expect("the database answers");
        let at = self.hand.now() - TimeDelta::hours(1);
        subscriber_imports::insert_active(&mut tx, &self.page, Channel::Email, &newcomers, at).await.expect("they are added");
        tx.commit().await.expect("it is kept");
        newcomers.into_keys().collect()
    }

    /// Writes a notice of an incident into the outbox, due when it can no longer be taken back.
    pub async fn tell(&self, kind: NotificationKind, notice: IncidentNotice) -> Id {
        self.tell_after(UNDO, kind, notice).await
    }

    /// Writes something that is told only after so long.
    pub async fn tell_after(&self, after: TimeDelta, kind: NotificationKind, notice: IncidentNotice) -> Id {
        let (incident, update) = (notice.incident_id.clone(), notice.update_id.clone());
        let mut tx = self.db.write().await.expect("the database answers");
        let about = About { subject_kind: "incident", subject_id: &incident, update_id: Some(&update) };
        let now = self.hand.now();
        let id = notify::subscribers(&mut tx, &self.page, kind, about, Notice::Incident(notice), now, after).await.expect("it is written");
        tx.commit().await.expect("it is kept");
        id
    }

    /// Writes that an incident began, and lets the time to take it back pass.
    pub async fn tell_opened(&self, notice: IncidentNotice) -> Id {
        let id = self.tell(NotificationKind::IncidentOpened, notice).await;
        self.hand.advance(UNDO);
        id
    }

    /// Sends what is due.
    pub async fn drain(&self) {
        self.courier.drain().await.expect("the database answers");
    }

    /// What is still to be sent.
    pub async fn depth(&self) -> i64 {
        outbox::backlog(&self.db).await.expect("the database answers").depth
    }
}

async fn courier(db: &Db, clock: &Clock, config: &Config) -> Arc<Courier> {
    courier_on(Clock::system(), db, clock, config).await
}

async fn courier_on(machine: Clock, db: &Db, clock: &Clock, config: &Config) -> Arc<Courier> {
    let page = pages::ensure_default(db, sample::id("page"), clock.now()).await.expect("a page");
    let key = config.secret_key.as_ref().map(|key| key.0.as_str());
    let secret = Arc::new(OnceLock::from(secrets::ensure(db, &page, key).await.expect("a key")));
    Arc::new(Courier::on_machine(machine, db.clone(), clock.clone(), config, secret, &Signals::default()))
}

/// A major outage of `api`.
pub fn notice(word: &str) -> IncidentNotice {
    let at: DateTime<Utc> = test_now();
    IncidentNotice {
        incident_id: sample::id(word),
        subject: "Requests fail".to_owned(),
        name: "Requests fail".to_owned(),
        update_id: sample::id(&format!("{word}u")),
        status: IncidentStatus::Investigating,
        impact: Impact::Major,
        body: "We see **errors** and look into it.".to_owned(),
        display_at: at,
        started_at: at - TimeDelta::minutes(5),
        resolved_at: None,
        next_update_at: Some(at + TimeDelta::minutes(30)),
        components: vec![NoticeComponent { id: sample::id("api"), name: "API".to_owned(), status: ComponentStatus::MajorOutage }],
        previous: None,
    }
}
