//! What stands before a handler: nothing for documents, limits for visitors, a session or a token for everything else. A handler never
//! asks again who is there.

use std::time::Duration;

use app::language::{self, Language};
use app::staff::Flash;
use app::words::{PageSettings, Role, StaffMember, TokenRole};
use axum::body::Body;
use axum::extract::{FromRequestParts as _, RawPathParams, Request, State};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::MethodRouter;
use http_body_util::LengthLimitError;

use super::hooks::Sender;
use super::language::spoken;
use super::router::{Guard, Shared};
use super::session::{self, Client, Peer};
use super::{flash, headers, problem, public, staff};
use crate::actions::people::{self, sessions, tokens};
use crate::actions::{Act, Actor, settings};
use crate::store::pages::PageRecord;
use crate::store::{StoreError, count};
use crate::web::limits::Limited;
use chrono::TimeDelta;

/// Largest body that a visitor may send (reliability X56).
const VISITORS_BODY: usize = 64 * 1024;
/// Largest thing that programs may hand in: a report, with the mail it is about.
const HOOKS_BODY: usize = 256 * 1024;
/// Largest body that staff and programs may send.
const STAFF_BODY: usize = 1024 * 1024;
/// Whoever asks while the database hangs is told so within 3 s.
const LONGEST_LOOK: Duration = Duration::from_millis(2_500);

/// Who asks, once the guard has let them pass.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The page they belong to.
    pub page: PageRecord,
    /// Who they are for actions and the audit.
    pub actor: Actor,
    /// What they may do.
    pub role: Role,
    /// The person; `None` for a token.
    pub member: Option<StaffMember>,
    /// What their last form did, until a page has shown it.
    pub flash: Option<Flash>,
    /// What the operator chose for the page; read with a session only, the defaults for a token.
    pub settings: PageSettings,
}

impl Caller {
    /// What actions ask for, at this instant.
    #[must_use]
    pub fn act<'a>(&'a self, shared: &'a Shared) -> Act<'a> {
        let undo = TimeDelta::seconds(shared.config.undo_seconds.into());
        Act { db: &shared.db, actor: &self.actor, now: shared.clock.now(), undo }
    }
}

/// The handlers behind their guard.
pub fn guarded(answer: MethodRouter<Shared>, guard: Guard, shared: &Shared) -> MethodRouter<Shared> {
    let shared = shared.clone();
    match guard {
        Guard::Public => answer,
        Guard::Visitor => answer.layer(middleware::from_fn(move |request, next| visitor(shared.clone(), request, next))),
        Guard::Entrance => answer.layer(middleware::from_fn(move |request, next| entrance(shared.clone(), request, next))),
        Guard::Staff(role) => answer.layer(middleware::from_fn(move |request, next| member(shared.clone(), role, request, next))),
        Guard::Token(role) => answer.layer(middleware::from_fn(move |request, next| token(shared.clone(), role, request, next))),
        Guard::Hook(role) => answer.layer(middleware::from_fn(move |request, next| hook(shared.clone(), role, request, next))),
        Guard::Beat => answer.layer(middleware::from_fn(move |request, next| beat(shared.clone(), request, next))),
    }
}

/// What answers where no route is: below `/staff` and `/v1` nobody learns which routes there are before they have said who they are.
pub async fn unknown(State(shared): State<Shared>, request: Request) -> Response {
    match Side::of(request.uri()) {
        Side::Public if reads(request.method()) => public::document(State(shared), request).await,
        Side::Public => public::method_not_allowed(&shared, &request),
        side => elsewhere(&shared, side, &request.into_parts().0, StatusCode::NOT_FOUND, "There is nothing at this address.").await,
    }
}

/// What answers another method on a route.
pub async fn wrong_method(State(shared): State<Shared>, request: Request) -> Response {
    match Side::of(request.uri()) {
        Side::Public => public::method_not_allowed(&shared, &request),
        side => {
            let asked = request.into_parts().0;
            elsewhere(&shared, side, &asked, StatusCode::METHOD_NOT_ALLOWED, "This address does not take that method.").await
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Public,
    Staff,
    Api,
}

impl Side {
    fn of(uri: &Uri) -> Self {
        match uri.path().split('/').nth(1) {
            Some("staff") => Self::Staff,
            Some("v1") => Self::Api,
            _ => Self::Public,
        }
    }
}

async fn elsewhere(shared: &Shared, side: Side, asked: &Parts, status: StatusCode, sentence: &str) -> Response {
    let mut response = if side == Side::Api {
        known_token(shared, asked).await.map_or_else(|refused| refused, |_| problem::json(status, sentence))
    } else {
        let title = if status == StatusCode::NOT_FOUND { "Not found" } else { "Not possible" };
        signed_in(shared, asked).await.map_or_else(
            |refused| refused,
            |(caller, _)| problem::page(&staff::frame(shared, &caller, "/staff", None), status, title, sentence),
        )
    };
    headers::private(&mut response);
    response
}

async fn visitor(shared: Shared, request: Request, next: Next) -> Response {
    let language = spoken(&shared, request.extensions());
    small(&shared, request, next, language).await
}

/// Lets pass what is no larger than what visitors may send; what is wrong is said in that language.
async fn small(shared: &Shared, request: Request, next: Next, language: &Language) -> Response {
    let (asked, body) = request.into_parts();
    match limited(shared, asked, body, VISITORS_BODY, language).await {
        Ok(request) => next.run(request).await,
        Err(sentence) => problem::plain(StatusCode::PAYLOAD_TOO_LARGE, &sentence),
    }
}

/// Everybody knows the demonstration's password, so it lets staff in from its own machine only.
fn is_shut_out(shared: &Shared, extensions: &Extensions) -> bool {
    shared.catcher.is_some() && !extensions.get::<Peer>().is_some_and(|peer| peer.0.to_canonical().is_loopback())
}

const DEMO: &str = "The demonstration lets staff in from the machine it runs on, and from nowhere else.";

/// The pages before the sign-in.
async fn entrance(shared: Shared, request: Request, next: Next) -> Response {
    let mut response = if is_shut_out(&shared, request.extensions()) {
        problem::plain(StatusCode::FORBIDDEN, DEMO)
    } else if reads(request.method()) || session::is_own(request.headers(), &shared.config) {
        small(&shared, request, next, language::of("en")).await
    } else {
        problem::plain(StatusCode::FORBIDDEN, FOREIGN)
    };
    headers::private(&mut response);
    response
}

const FOREIGN: &str = "This form was not sent by a page of Allclear. Open the page again and send it from there.";

async fn member(shared: Shared, needed: Role, request: Request, next: Next) -> Response {
    let (mut response, statements) = count::counting(let_in(&shared, needed, request, next)).await;
    headers::private(&mut response);
    if let Ok(value) = HeaderValue::try_from(format!("db;desc=\"{statements} queries\"")) {
        response.headers_mut().insert("server-timing", value);
    }
    response
}

async fn let_in(shared: &Shared, needed: Role, request: Request, next: Next) -> Response {
    if is_shut_out(shared, request.extensions()) {
        return problem::plain(StatusCode::FORBIDDEN, DEMO);
    }
    let (asked, body) = request.into_parts();
    let (caller, session) = match signed_in(shared, &asked).await {
        Ok(known) => known,
        Err(refused) => return refused,
    };
    let refused = |status, title, sentence: &str| problem::page(&staff::frame(shared, &caller, "/staff", None), status, title, sentence);
    let reads = reads(&asked.method);
    if !reads && !session::is_own(&asked.headers, &shared.config) {
        return refused(StatusCode::FORBIDDEN, "This was not sent from here", FOREIGN);
    }
    if !caller.role.covers(needed) {
        let sentence = format!("This needs the role {}; yours is {}. Ask an owner.", needed.label(), caller.role.label());
        return refused(StatusCode::FORBIDDEN, "Your role does not allow this", &sentence);
    }
    let mut request = match limited(shared, asked, body, STAFF_BODY, language::of("en")).await {
        Ok(request) => request,
        Err(sentence) => return refused(StatusCode::PAYLOAD_TOO_LARGE, "This is too large", &sentence),
    };
    let flashed = reads && caller.flash.is_some();
    request.extensions_mut().insert(session);
    request.extensions_mut().insert(caller);
    let mut response = next.run(request).await;
    if flashed && !response.status().is_redirection() {
        flash::clear(&mut response);
    }
    response
}

/// Who is signed in, or the answer for a stranger.
async fn signed_in(shared: &Shared, asked: &Parts) -> Result<(Caller, sessions::Token), Response> {
    let Some(token) = session::token(&asked.headers, &shared.config) else { return Err(stranger(asked)) };
    let found = in_time(sessions::current(&shared.db, &token, shared.clock.now())).await.map_err(|()| away())?;
    let Some(found) = found else { return Err(stranger(asked)) };
    let caller = Caller {
        page: found.page,
        actor: people::actor(&found.member),
        role: found.member.role,
        member: Some(found.member),
        flash: flash::carried(&asked.headers),
        settings: settings::read(found.settings.as_deref()),
    };
    Ok((caller, token))
}

/// A person who reads is led to the sign-in and back; everything else is refused without a hint.
fn stranger(asked: &Parts) -> Response {
    if !reads(&asked.method) {
        return problem::plain(StatusCode::UNAUTHORIZED, "Please sign in first.");
    }
    let wanted = asked.uri.path_and_query().map_or("/staff", |wanted| wanted.as_str());
    if wanted == "/staff" {
        return flash::silently_to("/staff/sign-in");
    }
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", wanted).finish();
    flash::silently_to(&format!("/staff/sign-in?{query}"))
}

fn away() -> Response {
    problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, problem::AWAY), TimeDelta::seconds(5))
}

async fn token(shared: Shared, needed: Role, request: Request, next: Next) -> Response {
    let mut response = let_program_in(&shared, needed, request, next).await;
    headers::private(&mut response);
    response
}

async fn let_program_in(shared: &Shared, needed: Role, request: Request, next: Next) -> Response {
    let (asked, body) = request.into_parts();
    let caller = match known_token(shared, &asked).await {
        Ok(caller) => caller,
        Err(refused) => return refused,
    };
    let key = caller.actor.id.as_ref().map_or("", |id| id.as_str());
    let left = match shared.limits.allow(Limited::Api, key, shared.clock.now()) {
        Ok(left) => left,
        Err(wait) => {
            let refused =
                problem::json(StatusCode::TOO_MANY_REQUESTS, "This token asks too often. Please wait as long as Retry-After says.");
            return paced(problem::later(refused, wait), shared, 0);
        }
    };
    if !caller.role.covers(needed) {
        let sentence = format!("This needs a token of the role {needed}; this one has the role {}.", caller.role);
        return problem::json(StatusCode::FORBIDDEN, &sentence);
    }
    let mut request = match limited(shared, asked, body, STAFF_BODY, language::of("en")).await {
        Ok(request) => request,
        Err(sentence) => return problem::json(StatusCode::PAYLOAD_TOO_LARGE, &sentence),
    };
    request.extensions_mut().insert(caller);
    paced(next.run(request).await, shared, left)
}

/// Says how much of the pace is left, where there is one.
fn paced(mut response: Response, shared: &Shared, left: i32) -> Response {
    if shared.config.api_rate > 0 {
        response.headers_mut().insert("ratelimit-limit", HeaderValue::from(shared.config.api_rate));
        response.headers_mut().insert("ratelimit-remaining", HeaderValue::from(left));
    }
    response
}

/// Whose token a request carries, or the one answer for all that is none.
async fn known_token(shared: &Shared, asked: &Parts) -> Result<Caller, Response> {
    let refused = || problem::json(StatusCode::UNAUTHORIZED, "Could not authenticate");
    let text = credential(asked).ok_or_else(refused)?;
    let found = in_time(tokens::authenticate(&shared.db, &text, shared.clock.now())).await;
    let found = found.map_err(|()| problem::later(problem::json(StatusCode::SERVICE_UNAVAILABLE, problem::AWAY), TimeDelta::seconds(5)))?;
    let found = found.ok_or_else(refused)?;
    // A token for one thing alone is none here.
    let TokenRole::Api(role) = found.token.role else { return Err(refused()) };
    Ok(Caller { actor: tokens::actor(&found.token), role, page: found.page, member: None, flash: None, settings: PageSettings::default() })
}

async fn hook(shared: Shared, needed: TokenRole, request: Request, next: Next) -> Response {
    let mut response = let_sender_in(&shared, needed, request, next).await;
    headers::private(&mut response);
    response
}

/// A token that is unknown, wrong, taken back or for something else opens nothing, and nobody learns which it was.
async fn let_sender_in(shared: &Shared, needed: TokenRole, request: Request, next: Next) -> Response {
    let later = |status, sentence, wait| problem::later(problem::plain(status, sentence), wait);
    let Ok(_turn) = shared.limits.hooks.try_acquire() else {
        let busy = "Too much is handed in at this moment. Please try again in a few seconds.";
        return later(StatusCode::SERVICE_UNAVAILABLE, busy, TimeDelta::seconds(5));
    };
    let (mut asked, body) = request.into_parts();
    let named = RawPathParams::from_request_parts(&mut asked, shared).await.ok();
    let text = named.iter().flatten().find_map(|(name, value)| (name == "token").then(|| value.to_owned())).unwrap_or_default();
    let now = shared.clock.now();
    let found = match in_time(tokens::authenticate(&shared.db, &text, now)).await {
        Ok(found) => found.filter(|found| found.token.role == needed),
        Err(()) => return away(),
    };
    let Some(found) = found else { return problem::plain(StatusCode::NOT_FOUND, "There is nothing at this address.") };
    if let Err(wait) = shared.limits.allow(Limited::Hook, found.token.id.as_str(), now) {
        return later(StatusCode::TOO_MANY_REQUESTS, "This comes too often. Please wait as long as Retry-After says.", wait);
    }
    let mut request = match limited(shared, asked, body, HOOKS_BODY, language::of("en")).await {
        Ok(request) => request,
        Err(sentence) => return problem::plain(StatusCode::PAYLOAD_TOO_LARGE, &sentence),
    };
    request.extensions_mut().insert(Sender { actor: tokens::actor(&found.token), page: found.page });
    next.run(request).await
}

async fn beat(shared: Shared, request: Request, next: Next) -> Response {
    let mut response = let_beat_in(&shared, request, next).await;
    headers::private(&mut response);
    response
}

/// Many jobs run at the full minute and few of them try again: a beat waits for its turn as long as anybody waits for the database.
async fn let_beat_in(shared: &Shared, request: Request, next: Next) -> Response {
    let (asked, body) = request.into_parts();
    let request = match limited(shared, asked, body, HOOKS_BODY, language::of("en")).await {
        Ok(request) => request,
        Err(sentence) => return problem::plain(StatusCode::PAYLOAD_TOO_LARGE, &sentence),
    };
    let Ok(Ok(_turn)) = tokio::time::timeout(LONGEST_LOOK, shared.limits.hooks.acquire()).await else {
        let busy = "Too much is handed in at this moment. Please try again in a few seconds.";
        return problem::later(problem::plain(StatusCode::SERVICE_UNAVAILABLE, busy), TimeDelta::seconds(5));
    };
    next.run(request).await
}

/// `Authorization: OAuth …`, as the field has it, `Bearer …`, or `?api_key=…`.
fn credential(asked: &Parts) -> Option<String> {
    if let Some(value) = asked.headers.get(AUTHORIZATION) {
        let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
        return ["OAuth", "Bearer"].iter().any(|known| known.eq_ignore_ascii_case(scheme)).then(|| token.trim().to_owned());
    }
    let query = asked.uri.query()?;
    form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "api_key").map(|(_, token)| token.into_owned())
}

/// What the database says, or that it does not.
async fn in_time<T>(look: impl Future<Output = Result<T, StoreError>>) -> Result<T, ()> {
    match tokio::time::timeout(LONGEST_LOOK, look).await {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            tracing::warn!(%error, "nobody could be recognised");
            Err(())
        }
        Err(_) => {
            tracing::warn!("nobody could be recognised: the database did not answer in time");
            Err(())
        }
    }
}

fn reads(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// The request with its body read, if it is not too large, and with the address it is counted under.
async fn limited(shared: &Shared, mut asked: Parts, body: Body, most: usize, language: &Language) -> Result<Request, String> {
    let body = axum::body::to_bytes(body, most).await.map_err(|error| match error.into_inner().is::<LengthLimitError>() {
        true => language.with("wrong-too-large", [("value", (most / 1024).into())]),
        false => language.t("wrong-cut-off"),
    })?;
    let client = Client::of(asked.extensions.get::<Peer>().copied(), &asked.headers, shared.config.trusted_proxy_hops);
    asked.extensions.insert(client);
    Ok(Request::from_parts(asked, Body::from(body)))
}
