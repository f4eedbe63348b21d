//! Every route and its guard, in one list of tables. A route that is not here does not exist; `tests/it/routes.rs` compares the
//! tables with what the router answers, and every guard with every role.

use std::sync::{Arc, OnceLock};

use app::words::{Role, TokenRole};
use axum::Router;
use axum::extract::Request;
use axum::routing::{MethodRouter, get};
use tower::ServiceExt;

use super::limits::Limits;
use super::{assets, guards, hooks, language, manage, public, staff, visitor};
use crate::actions::people::passwords::Passwords;
use crate::actions::voices::sightings::Buffer;
use crate::channels::dns::Dns;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::catcher::Catcher;
use crate::probes::Probes;
use crate::reads::Reads;
use crate::secret::Secret;
use crate::signals::Signals;
use crate::snapshot::Publisher;
use crate::store::Db;

/// What handlers share. It is copied for every request, so it is one pointer.
#[derive(Clone)]
pub struct Shared(Arc<Common>);

impl Shared {
    /// Shares it.
    #[must_use]
    pub fn new(common: Common) -> Self {
        Self(Arc::new(common))
    }
}

impl std::ops::Deref for Shared {
    type Target = Common;

    fn deref(&self) -> &Common {
        &self.0
    }
}

/// What there is to share. Documents are answered out of `publisher` and `assets` alone.
pub struct Common {
    /// The public face.
    pub publisher: Arc<Publisher>,
    /// The embedded files.
    pub assets: assets::Assets,
    /// The database, for everything but documents.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// The settings.
    pub config: Arc<Config>,
    /// The key of links; empty until the database answered for the first time.
    pub secret: Arc<OnceLock<Secret>>,
    /// Wakes the workers.
    pub signals: Signals,
    /// The mails of the demonstration; `None` everywhere else.
    pub catcher: Option<Arc<Catcher>>,
    /// What a check that staff ask for is made with.
    pub probes: Probes,
    /// Limits of pace.
    pub limits: Arc<Limits>,
    /// How often documents were handed out.
    pub reads: Arc<Reads>,
    /// Hashes and compares passwords.
    pub passwords: Passwords,
    /// Says whether the domain of an address takes mail; `None` in the demonstration, whose mails go nowhere.
    pub dns: Option<Dns>,
    /// What visitors say that they see too, until it is written.
    pub sightings: Arc<Buffer>,
}

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Everybody; only published things are ever looked at, and nothing is changed.
    Public,
    /// Everybody, with a limit on size and pace: what visitors send in. The link or the address itself says what it is good for.
    Visitor,
    /// Everybody, with the limits of a visitor, but only from our own pages: the way in.
    Entrance,
    /// Somebody signed in who may do at least this. What changes something needs the page's own origin as well.
    Staff(Role),
    /// A program with a token that may do at least this.
    Token(Role),
    /// A program with a token for this alone; it stands in the address, since such programs can often send nothing else.
    Hook(TokenRole),
    /// Whatever runs a job: the address itself proves which. Looking is saying something here, so that anything can say it.
    Beat,
}

/// One route.
#[derive(Clone, Copy)]
pub struct Route {
    /// `GET` (and so HEAD), `POST`, ….
    pub method: &'static str,
    /// The address as axum writes it.
    pub path: &'static str,
    /// Who may ask.
    pub guard: Guard,
    /// What answers.
    pub answer: fn() -> MethodRouter<Shared>,
}

impl Route {
    /// A route.
    #[must_use]
    pub const fn new(method: &'static str, path: &'static str, guard: Guard, answer: fn() -> MethodRouter<Shared>) -> Self {
        Self { method, path, guard, answer }
    }
}

const fn document(path: &'static str) -> Route {
    Route::new("GET", path, Guard::Public, || get(public::document))
}

const fn asset(path: &'static str) -> Route {
    Route::new("GET", path, Guard::Public, || get(public::asset))
}

/// What readers are shown.
pub const ROUTES: &[Route] = &[
    // pages
    document("/"),
    document("/history"),
    document("/incidents/{id}"),
    document("/uptime"),
    document("/components/{id}"),
    document("/components/{id}/days/{date}"),
    document("/post-mortems"),
    document("/post-mortems/{id}"),
    document("/post-mortems/{id}/revisions/{number}"),
    document("/follow-ups"),
    document("/subscribe"),
    // the field's read API
    document("/api/v2/summary.json"),
    document("/api/v2/status.json"),
    document("/api/v2/components.json"),
    document("/api/v2/incidents.json"),
    document("/api/v2/incidents/unresolved.json"),
    document("/api/v2/scheduled-maintenances.json"),
    document("/api/v2/scheduled-maintenances/upcoming.json"),
    document("/api/v2/scheduled-maintenances/active.json"),
    // feeds and machines
    document("/history.atom"),
    document("/history.rss"),
    document("/history.ics"),
    document("/components/{id}/history.atom"),
    document("/components/{id}/history.rss"),
    document("/components/{id}/history.ics"),
    document("/incidents/{id}/history.atom"),
    document("/incidents/{id}/history.rss"),
    document("/incidents/{id}/history.ics"),
    document("/post-mortems.atom"),
    document("/badge.svg"),
    document("/badge.json"),
    document("/components/{id}/badge.svg"),
    document("/components/{id}/badge.json"),
    document("/components/{id}/uptime.json"),
    document("/components/{id}/uptime.csv"),
    document("/live.json"),
    document("/robots.txt"),
    // the images and colours of the page
    document("/files/{name}"),
    // embedded files
    Route::new("GET", "/favicon.ico", Guard::Public, || get(public::favicon)),
    asset("/assets/{name}"),
];

/// All tables.
pub const TABLES: &[&[Route]] = &[
    ROUTES,
    super::demo::ROUTES,
    visitor::subscribe::ROUTES,
    visitor::confirm::ROUTES,
    visitor::subscription::ROUTES,
    visitor::unsubscribe::ROUTES,
    visitor::way::ROUTES,
    visitor::leave::ROUTES,
    visitor::mute::ROUTES,
    visitor::preview::ROUTES,
    visitor::votes::ROUTES,
    visitor::feedback::ROUTES,
    visitor::follow::ROUTES,
    visitor::sightings::ROUTES,
    staff::home::ROUTES,
    staff::incidents::ROUTES,
    staff::incident::ROUTES,
    staff::maintenances::ROUTES,
    staff::maintenance::ROUTES,
    staff::planner::ROUTES,
    staff::look::ROUTES,
    staff::settings::ROUTES,
    staff::postmortems::ROUTES,
    staff::postmortem::ROUTES,
    staff::action_items::ROUTES,
    staff::components::ROUTES,
    staff::sign_in::ROUTES,
    staff::set_up::ROUTES,
    staff::people::ROUTES,
    staff::account::ROUTES,
    staff::audit::ROUTES,
    staff::monitors::ROUTES,
    staff::monitor_checks::ROUTES,
    manage::pages::ROUTES,
    manage::components::ROUTES,
    manage::groups::ROUTES,
    manage::incidents::ROUTES,
    manage::maintenances::ROUTES,
    manage::postmortems::ROUTES,
    manage::action_items::ROUTES,
    manage::subscribers::ROUTES,
    manage::monitor_events::ROUTES,
    manage::monitors::ROUTES,
    manage::response_times::ROUTES,
    staff::subscribers::ROUTES,
    staff::deliveries::ROUTES,
    staff::announcements::ROUTES,
    manage::announcements::ROUTES,
    hooks::bounces::ROUTES,
    hooks::heartbeat::ROUTES,
];

/// The router of the public listener.
pub fn public(shared: Shared) -> Router {
    let routes = TABLES
        .iter()
        .copied()
        .flatten()
        .fold(Router::new(), |router, route| router.route(route.path, guards::guarded((route.answer)(), route.guard, &shared)));
    let routes = routes.method_not_allowed_fallback(guards::wrong_method).fallback(guards::unknown).with_state(shared);
    // Routing looks at the address once: what changes the address stands around it.
    let addressed = |request| language::out_of_path(manage::without_suffix(request));
    Router::new().fallback_service(ServiceExt::<Request>::map_request(routes, addressed))
}
