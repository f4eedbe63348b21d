//! The cookie of a session, and where a request comes from: from which page, and from which address.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::header::{COOKIE, HOST, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use cookie::{Cookie, SameSite, time::Duration};

use crate::actions::people::sessions::{self, Token};
use crate::config::Config;

/// The address of the connection's other end; the listener puts it into every request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The address a request is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(pub IpAddr);

impl Client {
    /// What limits count by: one household of IPv6 is a /64.
    #[must_use]
    pub fn key(self) -> String {
        format!("address:{}", network(self.0))
    }

    /// With no proxy in front it is the peer. With some it is what the outermost of them saw: each appends its peer to
    /// `X-Forwarded-For`, so the reader's own inventions stand further left (reliability X34).
    pub(super) fn of(peer: Option<Peer>, headers: &HeaderMap, hops: usize) -> Self {
        let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0);
        let Some(from_right) = hops.checked_sub(1) else { return Self(peer) };
        let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
        let named = lines.iter().flat_map(|line| line.split(',')).rev().nth(from_right).and_then(|entry| address(entry.trim()));
        Self(named.unwrap_or(peer))
    }
}

/// Some proxies write the port too, and brackets around IPv6.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(|| text.parse().ok().map(|socket: std::net::SocketAddr| socket.ip()))
}

/// One household of IPv6 is a /64.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) >> 64 << 64)),
        v4 => v4,
    }
}

/// With TLS the name itself forbids that another host of the domain sets the cookie, or that it is sent in the clear.
fn name(config: &Config) -> &'static str {
    if is_secure(config) { "__Host-allclear_session" } else { "allclear_session" }
}

fn is_secure(config: &Config) -> bool {
    config.public_url.starts_with("https://")
}

/// The session a browser names.
pub(super) fn token(headers: &HeaderMap, config: &Config) -> Option<Token> {
    cookie(headers, name(config)).filter(|text| !text.is_empty()).map(|text| Token::new(&text))
}

/// The value of a cookie.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(Cookie::split_parse).flatten().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
}

/// Gives the browser its session.
pub(super) fn give(response: &mut Response, token: &Token, config: &Config) {
    set(response, token.as_str().to_owned(), Duration::seconds(sessions::LONGEST.num_seconds()), config);
}

/// Takes it away.
pub(super) fn take(response: &mut Response, config: &Config) {
    set(response, String::new(), Duration::ZERO, config);
}

fn set(response: &mut Response, value: String, life: Duration, config: &Config) {
    let cookie = Cookie::build((name(config), value)).path("/").http_only(true).same_site(SameSite::Lax).max_age(life);
    let cookie = cookie.secure(is_secure(config)).build();
    if let Ok(value) = HeaderValue::try_from(cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Whether a form was sent by one of our own pages: what the browser says of its origin is that of the page's address, or the one it
/// asked at. A missing, hidden or foreign origin is none (reliability X33).
pub(super) fn is_own(headers: &HeaderMap, config: &Config) -> bool {
    let fetched = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let Some(origin) = headers.get(ORIGIN).and_then(|origin| origin.to_str().ok()) else { return false };
    let asked_at = headers.get(HOST).and_then(|host| host.to_str().ok());
    let ours = origin_of(&config.public_url).is_some_and(|own| own == origin);
    let here = asked_at.is_some_and(|host| ["http", "https"].iter().any(|scheme| format!("{scheme}://{host}") == origin));
    fetched && (ours || here)
}

fn origin_of(address: &str) -> Option<String> {
    Some(url::Url::parse(address).ok()?.origin().ascii_serialization())
}
