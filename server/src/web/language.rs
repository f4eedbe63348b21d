//! The language in the address: `/de/history` is `/history` in German. Routes know nothing of it; what answers finds it beside the
//! request. Nothing varies by a cookie or by what a browser asks for.

use app::language::{self, Language};
use axum::extract::Request;
use axum::http::uri::PathAndQuery;
use axum::http::{Extensions, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::router::Shared;
use crate::snapshot::document::CACHE_CONTROL;

/// The language that stood at the head of the address.
#[derive(Clone, Copy, Debug)]
pub struct Prefix(pub &'static Language);

/// What has one address only, whatever the language.
const NEUTRAL: [&str; 8] = ["api", "assets", "demo", "favicon.ico", "files", "hooks", "staff", "v1"];

/// The language in which somebody is answered: that of the address, or the page's own.
#[must_use]
pub fn spoken(shared: &Shared, asked: &Extensions) -> &'static Language {
    asked.get::<Prefix>().map_or_else(|| own(shared), |prefix| prefix.0)
}

/// The page's own language; English until it is known.
#[must_use]
pub fn own(shared: &Shared) -> &'static Language {
    shared.publisher.with_current(|now| language::of(now.view.as_ref().map_or("", |view| &view.page.language)))
}

/// Takes the language out of the address.
pub fn out_of_path(mut request: Request) -> Request {
    if let Some((prefix, shorter)) = split(request.uri()) {
        *request.uri_mut() = shorter;
        request.extensions_mut().insert(prefix);
    }
    request
}

/// Whether the address begins with a language.
#[must_use]
pub fn has_prefix(uri: &Uri) -> bool {
    uri.path().split('/').nth(1).is_some_and(|code| language::known(code).is_some())
}

/// The page's own language has one address: the one without a prefix, which is out of the path already.
#[must_use]
pub fn without_prefix(uri: &Uri) -> Response {
    briefly_to(uri.path_and_query().map_or("/", PathAndQuery::as_str))
}

/// 307 that is kept no longer than a page: what is chosen for the page decides where it leads, and staff may choose anew.
#[must_use]
pub fn briefly_to(address: &str) -> Response {
    ([(header::CACHE_CONTROL, CACHE_CONTROL)], Redirect::temporary(address)).into_response()
}

fn split(uri: &Uri) -> Option<(Prefix, Uri)> {
    let rest = uri.path().strip_prefix('/')?;
    let (code, rest) = rest.split_once('/').unwrap_or((rest, ""));
    let language = language::known(code)?;
    // What begins with two slashes would name another machine where it is led to; browsers take both kinds for one.
    if rest.starts_with(['/', '\\']) || NEUTRAL.contains(&rest.split('/').next().unwrap_or(rest)) {
        return None;
    }
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    Some((Prefix(language), format!("/{rest}{query}").parse().ok()?))
}
