//! The service as its users meet it: started whole, spoken to over HTTP, with a clock that stands still until it is moved.

use std::time::Duration;

use app::words::LookSettings;
use chrono::{DateTime, TimeDelta, Utc};
use server::actions::import::{self, Outcome, Source};
use server::actions::people::passwords::Passwords;
use server::clock::{Clock, Hand};
use server::config::Config;
use server::service::{Plan, Service};
use server::snapshot::asked::Asked;
use server::snapshot::document::Document;
use server::store::{Db, look, pages};
use tempfile::TempDir;

use super::dns::DnsServer;
use super::{Engine, Place};

/// The real public history that the import is made for.
pub const HISTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/platform-history.json");

/// When tests begin unless they say otherwise: after the last entry of [`HISTORY`].
pub fn test_now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().expect("a time")
}

/// A running service.
pub struct TestApp {
    /// Its clock.
    pub hand: Hand,
    /// Its database, opened a second time.
    pub db: Db,
    /// Where it keeps its snapshot.
    pub data_dir: std::sync::Arc<TempDir>,
    passwords: Passwords,
    service: Option<Service>,
    base: String,
    admin: String,
    client: reqwest::Client,
    place: Place,
    settings: Settings,
}

/// Settings beside those that every test has.
type Settings = Vec<(String, String)>;

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: reqwest::header::HeaderMap,
    /// The bytes as sent.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("the body is UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).expect("the body is JSON")
    }

    /// One header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }
}

impl TestApp {
    /// A service on a fresh database of that engine.
    pub async fn new(engine: Engine) -> Self {
        Self::with(engine, &[]).await
    }

    /// A service with further settings, such as `("ALLCLEAR_SMTP_URL", "smtp://…")`.
    pub async fn with(engine: Engine, settings: &[(&str, &str)]) -> Self {
        let place = Place::empty(engine).await;
        let data_dir = std::sync::Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let (clock, hand) = Clock::manual(test_now());
        let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Self::start(place, data_dir, clock, hand, settings).await
    }

    /// A service on a fresh SQLite file, where the engine makes no difference.
    pub async fn plain() -> Self {
        Self::new(Engine::Sqlite).await
    }

    /// A service that shows the demonstration.
    pub async fn demo() -> Self {
        let data_dir = std::sync::Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let (clock, hand) = Clock::manual(test_now());
        let address = format!("sqlite:{}", data_dir.path().join("allclear.db").display());
        let environment =
            [("ALLCLEAR_DATABASE_URL", address.as_str()), ("ALLCLEAR_DATA_DIR", data_dir.path().to_str().expect("a readable path"))];
        let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned()));
        let config = Config::from_sources(None, environment).expect("the configuration is right");
        server::actions::demo::make(&config, &clock).await.expect("the demonstration is made");
        Self::start(Place { engine: Engine::Sqlite, address, _folder: None }, data_dir, clock, hand, Vec::new()).await
    }

    async fn start(place: Place, data_dir: std::sync::Arc<TempDir>, clock: Clock, hand: Hand, settings: Settings) -> Self {
        let environment = [
            ("ALLCLEAR_DATABASE_URL", place.address.as_str()),
            ("ALLCLEAR_DATA_DIR", data_dir.path().to_str().expect("a readable path")),
            ("ALLCLEAR_PUBLIC_URL", "https://status.example.test"),
            ("ALLCLEAR_ALLOW_PRIVATE_TARGETS", "127.0.0.1"),
        ];
        let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned()));
        // No test asks the world's name servers.
        let names = ("ALLCLEAR_DNS_SERVERS".to_owned(), DnsServer::of_everybody().to_string());
        let config =
            Config::from_sources(None, environment.into_iter().chain([names]).chain(settings.clone())).expect("the configuration is right");
        let db = Db::open(&config.database_url).await.expect("the database opens");
        let listen = || tokio::net::TcpListener::bind("127.0.0.1:0");
        let listener = listen().await.expect("a free port");
        let admin_listener = listen().await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let admin = format!("http://{}", admin_listener.local_addr().expect("an address"));
        let plan = Plan { config, clock, db: db.clone(), listener: Some(listener), admin_listener, demo: None, works: false };
        let service = Service::start(plan).await.expect("the service starts");
        server::channels::guard::choose_cryptography();
        #[expect(clippy::disallowed_methods, reason = "the test speaks to its own service")]
        let client = reqwest::Client::builder().no_gzip().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { hand, db, data_dir, passwords: Passwords::default(), service: Some(service), base, admin, client, place, settings }
    }

    /// Ends the service and starts it again on the same database and folder, at the same time.
    pub async fn restart(self) -> Self {
        self.restart_after(TimeDelta::zero()).await
    }

    /// The same after a time in which it was not there.
    pub async fn restart_after(mut self, gone: TimeDelta) -> Self {
        self.service.take().expect("it runs").end().await;
        let (clock, hand) = Clock::manual(self.hand.now() + gone);
        Self::start(self.place, self.data_dir, clock, hand, self.settings).await
    }

    /// Ends the service and starts it again while its database does not answer.
    pub async fn restart_away(mut self) -> Self {
        self.service.take().expect("it runs").end().await;
        let (clock, hand) = Clock::manual(self.hand.now());
        // A port that nobody listens on: what a database that is away looks like.
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port");
        let mut place = self.place;
        place.address = format!("postgres://nobody@{nobody}/nothing");
        Self::start(place, self.data_dir, clock, hand, self.settings).await
    }

    /// Runs statements behind the program's back.
    pub async fn meddle(&self, sql: &'static str) {
        self.place.meddle(sql).await;
    }

    /// Ends the service.
    pub async fn end(mut self) {
        self.service.take().expect("it runs").end().await;
    }

    /// Reads one column of text behind the program's back.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        self.place.texts(sql).await
    }

    /// Hashes passwords for people that tests add.
    pub const fn passwords(&self) -> &Passwords {
        &self.passwords
    }

    /// The path of the one-time address of the first owner, which `serve` prints.
    pub async fn set_up(&self) -> String {
        let address = self.service.as_ref().expect("it runs").set_up().await;
        address.strip_prefix("https://status.example.test").expect("it begins with the page's address").to_owned()
    }

    /// Host and port, as clients ask for them.
    pub fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    /// Asks for a path.
    pub async fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[]).await
    }

    /// Asks the operator's listener.
    pub async fn admin(&self, path: &str) -> String {
        let response = self.client.get(format!("{}{path}", self.admin)).send().await.expect("the service answers");
        response.text().await.expect("a text")
    }

    /// Asks for a path with headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.request("GET", path, headers).await
    }

    /// Any method.
    pub async fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(method, path, headers, Vec::new()).await
    }

    /// Any method, with a body.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Reply {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.base)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("the service answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Reply { status, headers, bytes: response.bytes().await.expect("a body").to_vec() }
    }

    /// Sends bytes as they are and reads until the other side closes.
    pub async fn raw(&self, bytes: &[u8]) -> String {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let address = self.base.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
        stream.write_all(bytes).await.expect("the request is taken");
        let mut answer = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// What the published documents are made from.
    pub fn view(&self) -> std::sync::Arc<app::view::PublicView> {
        let publisher = &self.service.as_ref().expect("it runs").publisher;
        publisher.current().view.clone().expect("the record was read")
    }

    /// The document of the long tail that readers get for what was asked; the same one for all who ask the same.
    pub async fn long_tail(&self, asked: Asked) -> std::sync::Arc<Document> {
        let publisher = &self.service.as_ref().expect("it runs").publisher;
        publisher.long_tail(asked).await.expect("it is made").expect("it is there")
    }

    /// Imports the real history, and waits until readers see it.
    pub async fn import_history(&self) -> Outcome {
        let bytes = std::fs::read(HISTORY).expect("the fixture is there");
        self.import(&import::parse("history", &bytes).expect("the fixture is right")).await
    }

    /// Imports, and waits until readers see it.
    pub async fn import(&self, source: &Source) -> Outcome {
        let outcome = import::run(&self.db, source, None, false, self.hand.now()).await.expect("the import is taken");
        self.look().await;
        outcome
    }

    /// Lets the page's texts be written in the language of that code.
    pub async fn speaks(&self, code: &str) {
        let mut tx = self.db.write().await.expect("the database answers");
        let page = pages::default_page(&mut tx).await.expect("pages can be read").expect("there is one").id;
        let chosen = LookSettings { language: code.to_owned(), ..LookSettings::default() };
        look::set_settings(&mut tx, &page, &chosen).await.expect("settings can be kept");
        pages::bump_revision(&mut tx, &page, self.hand.now()).await.expect("the page is there");
        tx.commit().await.expect("the database answers");
        self.look().await;
    }

    /// Lets the service look at the record and the time now, instead of within a second.
    pub async fn look(&self) {
        let publisher = &self.service.as_ref().expect("it runs").publisher;
        publisher.refresh().await.expect("the record can be read");
    }

    /// What works in the background; tests call its steps.
    pub fn workers(&self) -> &server::workers::Workers {
        &self.service.as_ref().expect("it runs").workers
    }

    /// Sends the mails that are due.
    pub async fn send_mails(&self) {
        let courier = &self.workers().courier;
        courier.drain().await.expect("the database answers");
    }

    /// Moves the clock on and lets the service look.
    pub async fn advance(&self, by: TimeDelta) {
        self.hand.advance(by);
        self.look().await;
    }
}
