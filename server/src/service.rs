//! The running service: everything `serve` starts, and the order in which it ends.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::actions::people::{passwords::Passwords, set_up};
use crate::actions::voices::sightings::Buffer;
use crate::channels::dns::Dns;
use crate::channels::guard::Connector;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::catcher::Catcher;
use crate::meters::Meters;
use crate::probes::Probes;
use crate::reads::Reads;
use crate::secret::Secret;
use crate::signals::Signals;
use crate::snapshot::aside::aside;
use crate::snapshot::record::Setting;
use crate::snapshot::{Publisher, Renderer, disk};
use crate::start::{self, StartError};
use crate::store::Db;
use crate::web::limits::Limits;
use crate::web::listen::{self, Connections};
use crate::web::{admin, assets, public, router};
use crate::workers::{Counter, Courier, DeadMan, Keeper, Presence, Prober, Tally, Workers};

/// Wait before a database that did not answer is asked again.
const RETRY: Duration = Duration::from_secs(1);

/// How a service is to run.
pub struct Plan {
    /// Its settings.
    pub config: Config,
    /// The time.
    pub clock: Clock,
    /// The database, opened but perhaps not answering yet.
    pub db: Db,
    /// Where readers are served; `None` in a process that only works.
    pub listener: Option<TcpListener>,
    /// Where the operator is served.
    pub admin_listener: TcpListener,
    /// The mail catcher of the demonstration; `None` everywhere else.
    pub demo: Option<Arc<Catcher>>,
    /// Whether its workers run by themselves.
    pub works: bool,
}

/// A service that runs.
pub struct Service {
    /// The public face.
    pub publisher: Arc<Publisher>,
    /// What works in the background; they run by themselves unless the plan says otherwise.
    pub workers: Workers,
    set_up: watch::Receiver<Option<String>>,
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

impl Service {
    /// Starts to serve at once what the disk has, brings the database up to date, and goes on with what it says. A database that
    /// does not answer is asked again until it does; readers are served meanwhile.
    ///
    /// # Errors
    /// [`StartError`] where waiting would not help: a database that is newer than this program.
    pub async fn start(plan: Plan) -> Result<Self, StartError> {
        let Plan { config, clock, db, listener, admin_listener, demo, works } = plan;
        let config = Arc::new(config);
        let secret = Arc::new(OnceLock::new());
        let signals = Signals::default();
        let sightings = Arc::new(Buffer::default());
        let serves = listener.is_some();
        let meters = Arc::new(Meters::default());
        let reads = Arc::new(Reads::default());
        let tally = Arc::new(Tally::new(db.clone(), clock.clone(), reads.clone()));
        let probes = Probes::new(Connector::with_servers(&config.allow_private_targets, &config.dns_servers), &[]);
        let setting = Setting { url: config.public_url.clone(), demo: demo.is_some(), mail: config.smtp.is_some() };
        let renderer = Renderer::new(assets::addresses());
        let file = Some(disk::file(&config.data_dir));
        let publisher = Arc::new(Publisher::new(db.clone(), clock.clone(), setting, renderer, file));
        let connections = Arc::new(Connections::new(config.connections, config.connections_per_address));
        let embedded = assets::embedded();
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        if let Some(listener) = listener {
            let shared = router::Shared::new(router::Common {
                publisher: publisher.clone(),
                assets: embedded.clone(),
                db: db.clone(),
                clock: clock.clone(),
                config: config.clone(),
                secret: secret.clone(),
                signals: signals.clone(),
                catcher: demo.clone(),
                probes: probes.clone(),
                limits: Arc::new(Limits::new(&config)),
                reads,
                passwords: Passwords::default(),
                dns: demo.is_none().then(|| Dns::new(&config.dns_servers)),
                sightings: sightings.clone(),
            });
            tasks.spawn(tally.clone().run(stopped.clone()));
            let known = shared.clone();
            let answers = (move |request: &_| public::at_once(&known, request), router::public(shared));
            tasks.spawn(listen::serve(listener, answers, connections.clone(), stopped.clone()));
        }
        let operator =
            admin::Operator { publisher: publisher.clone(), connections, clock: clock.clone(), meters: meters.clone(), db: db.clone() };
        let few = Arc::new(Connections::new(64, 0));
        tasks.spawn(listen::serve(admin_listener, (|_: &_| None, admin::router(operator)), few, stopped.clone()));
        tasks.spawn(async move {
            if let Err(error) = aside(move || assets::press(&embedded)).await {
                tracing::warn!(%error, "compressing the files of pages failed");
            }
        });
        let dead_man = config.dead_man_url.as_ref().map(|url| {
            let page = publisher.clone();
            let shown = Arc::new(move || page.with_current(|now| now.seen_at));
            Arc::new(DeadMan::new(db.clone(), clock.clone(), meters.clone(), probes.clone(), shown, url.0.clone()))
        });
        let workers = Workers {
            courier: Arc::new(Courier::new(db.clone(), clock.clone(), &config, secret.clone(), &signals)),
            prober: Arc::new(Prober::new(db.clone(), clock.clone(), probes, signals.clone(), meters.clone(), &config.anchors)),
            counter: Arc::new(Counter::new(db.clone(), clock.clone(), signals, sightings)),
            keeper: Arc::new(Keeper::new(db.clone(), clock.clone(), meters)),
            dead_man,
            presence: Arc::new(Presence::new(db.clone(), clock.clone())),
            tally,
        };
        let (set_up, address) = watch::channel(None);
        let service = Self { publisher: publisher.clone(), workers, set_up: address, tasks, stop };
        let counter = serves.then(|| service.workers.counter.clone());
        let presence = serves.then(|| service.workers.presence.clone());
        let first = First { config, db, clock, publisher, secret, set_up, counter, presence };
        match first.look().await {
            Ok(()) => Ok(service.go_on(first, works, stopped)),
            Err(error) if can_heal(&error) => {
                tracing::warn!(%error, "the database does not answer yet; what was last published is served meanwhile");
                Ok(service.heal(first, works, stopped))
            }
            Err(error) => {
                service.end().await;
                Err(error)
            }
        }
    }

    fn go_on(mut self, first: First, works: bool, stopped: watch::Receiver<bool>) -> Self {
        let workers = works.then(|| self.workers.clone());
        self.tasks.spawn(go_on(first, workers, stopped));
        self
    }

    fn heal(mut self, first: First, works: bool, mut stopped: watch::Receiver<bool>) -> Self {
        let stop = self.stop.clone();
        let workers = works.then(|| self.workers.clone());
        self.tasks.spawn(async move {
            let healed = tokio::select! {
                healed = heal(&first, &stop) => healed,
                _ = stopped.wait_for(|stop| *stop) => false,
            };
            if healed {
                go_on(first, workers, stopped).await;
            }
        });
        self
    }

    /// The one-time address of the first owner, once the database has answered; for ever on its way where there is staff already.
    pub fn set_up(&self) -> impl Future<Output = String> + use<> {
        let mut address = self.set_up.clone();
        async move {
            let found = address.wait_for(Option::is_some).await.ok().and_then(|found| found.clone());
            match found {
                Some(address) => address,
                None => std::future::pending().await,
            }
        }
    }

    /// Waits until the service ends by itself, which it only does when it cannot go on.
    pub async fn ended(&mut self) {
        let mut stopped = self.stop.subscribe();
        // The sender lives as long as the service.
        let _ = stopped.wait_for(|stop| *stop).await;
    }

    /// Stops accepting, lets running answers finish, ends.
    pub async fn end(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// What is needed to begin with the database.
struct First {
    config: Arc<Config>,
    db: Db,
    clock: Clock,
    publisher: Arc<Publisher>,
    secret: Arc<OnceLock<Secret>>,
    set_up: watch::Sender<Option<String>>,
    /// Works where readers are served, whether the other workers do or not.
    counter: Option<Arc<Counter>>,
    /// There as well.
    presence: Option<Arc<Presence>>,
}

impl First {
    async fn look(&self) -> Result<(), StartError> {
        let secret = start::prepare(&self.db, &self.clock, &self.config).await?.secret;
        if let Some(token) = set_up::invitation(&self.db, &secret).await? {
            self.set_up.send_replace(Some(format!("{}/staff/set-up/{token}", self.config.public_url)));
        }
        // Every look finds the same key.
        let _ = self.secret.set(secret);
        if let Err(error) = self.publisher.refresh().await {
            tracing::warn!(error = format!("{error:#}"), "the record could not be read yet");
        }
        Ok(())
    }
}

/// Asks the database again until it answers; false where it never can.
async fn heal(first: &First, stop: &watch::Sender<bool>) -> bool {
    loop {
        tokio::time::sleep(RETRY).await;
        match first.look().await {
            Ok(()) => return true,
            Err(error) if can_heal(&error) => tracing::debug!(%error, "the database still does not answer"),
            Err(error) => {
                tracing::error!(%error, "the database cannot be used; stopping");
                stop.send_replace(true);
                return false;
            }
        }
    }
}

/// The page and the workers, until they are told to stop. The page just stops; workers finish what they have begun.
async fn go_on(first: First, workers: Option<Workers>, mut stopped: watch::Receiver<bool>) {
    let working = stopped.clone();
    let counting = stopped.clone();
    let presence = first.presence.clone();
    // Before anything is judged: that nobody was there until now is known then.
    if let Some(presence) = &presence
        && let Err(error) = presence.note().await
    {
        tracing::warn!(%error, "presence cannot be noted yet");
    }
    let being_there = stopped.clone();
    let presence = async {
        if let Some(presence) = presence {
            presence.run(being_there).await;
        }
    };
    let page = async {
        tokio::select! {
            () = first.publisher.run() => {}
            _ = stopped.wait_for(|stop| *stop) => {}
        }
    };
    let workers = async {
        if let Some(workers) = workers {
            workers.run(working).await;
        }
    };
    let counter = first.counter.clone();
    let counter = async {
        if let Some(counter) = counter {
            counter.run(counting).await;
        }
    };
    tokio::join!(page, workers, counter, presence);
}

/// A newer database does not become older by waiting; one that is away comes back.
fn can_heal(error: &StartError) -> bool {
    !error.is_input()
}
