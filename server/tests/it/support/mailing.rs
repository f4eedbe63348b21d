//! A service that offers mail, its subscribers, and the links in their mails.

use app::words::{Channel, Id, Subscriber};
use server::secret::{Purpose, Secret};
use server::store::delivery_reads::{self, Told};
use server::store::subscribers;

use super::Engine;
use super::app::{Reply, TestApp};

/// A relay that nobody needs to answer: these tests look at the outbox.
pub const RELAY: &[(&str, &str)] = &[("ALLCLEAR_SMTP_URL", "smtp://127.0.0.1:1"), ("ALLCLEAR_MAIL_FROM", "status@example.test")];

/// Runs a test on a service with mail on each engine.
pub async fn each_mailing_app(test: impl AsyncFn(&TestApp)) {
    for engine in Engine::ALL {
        let app = TestApp::with(engine, RELAY).await;
        test(&app).await;
        app.end().await;
    }
}

/// A service with mail on SQLite, where the engine makes no difference.
pub async fn mailing_app(more: &[(&str, &str)]) -> TestApp {
    TestApp::with(Engine::Sqlite, &[RELAY, more].concat()).await
}

impl TestApp {
    /// Sends a form as a visitor's browser or mail program does: without cookies and without an origin.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send("POST", path, &[("content-type", "application/x-www-form-urlencoded")], body.into_bytes()).await
    }

    /// Fills in the form at `/subscribe`: everything, of every kind.
    pub async fn subscribe(&self, email: &str) -> Reply {
        let fields = [("email", email), ("about", "all"), ("kinds", "incidents"), ("kinds", "maintenances"), ("kinds", "postmortems")];
        self.post("/subscribe", &fields).await
    }

    /// The subscriber at an address.
    pub async fn subscriber(&self, email: &str) -> Option<Subscriber> {
        let page = self.page().await.id;
        let mut tx = self.db.read().await.expect("the database answers");
        subscribers::find(&mut tx, &page, Channel::Email, email).await.expect("they can be read")
    }

    /// The path of a link in the mails to a subscriber.
    pub async fn link(&self, to: &str, purpose: Purpose, subscriber: &Subscriber) -> String {
        let page = self.page().await.id;
        let secret: Secret = server::actions::secrets::ensure(&self.db, &page, None).await.expect("there is a key");
        format!("/{to}/{}", secret.token(purpose, &page, &subscriber.id, subscriber.token_epoch))
    }

    /// Subscribes an address and confirms it.
    pub async fn subscribed(&self, email: &str) -> Subscriber {
        assert_eq!(self.subscribe(email).await.status, 200);
        let asked = self.subscriber(email).await.expect("they are waited for");
        let link = self.link("confirm", Purpose::Confirm, &asked).await;
        assert_eq!(self.post(&link, &[]).await.status, 200);
        self.subscriber(email).await.expect("they are there")
    }

    /// How many mails were written into the outbox so far.
    pub async fn mails(&self) -> i64 {
        self.told().await.iter().flat_map(|one| &one.counts).map(|(_, count)| count).sum()
    }

    /// The notices in the outbox, newest first.
    pub async fn notices(&self) -> Vec<Id> {
        self.told().await.into_iter().map(|one| one.id).collect()
    }

    async fn told(&self) -> Vec<Told> {
        let page = self.page().await.id;
        let mut tx = self.db.read().await.expect("the database answers");
        delivery_reads::notifications(&mut tx, &page, 1_000, 0).await.expect("they can be read")
    }
}
