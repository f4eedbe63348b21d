//! What readers get: looked up in the snapshot by path, compared with what they have, and sent.

use app::PublicPage;
use app::language::Language;
use app::pages::history::{self, Query, Refused};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use bytes::Bytes;

use super::language::{self, Prefix, briefly_to, spoken};
use super::router::{ROUTES, Shared};
use crate::snapshot::Published;
use crate::snapshot::asked::{self, Asked, Wanted, in_language};
use crate::snapshot::document::{Document, Form, accepts, names};
use crate::snapshot::documents::NOT_FOUND;

/// Longest path and query taken (reliability X56).
const LONGEST_URI: usize = 8 * 1024;

/// Asks search engines not to list what they read.
const X_ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

/// What nearly everybody asks for, a hot document under its plain address, before any route is looked for: finding the way to it takes longer
/// than handing it out. `None` for everything else, which [`document`] answers, and nothing is answered differently there.
pub fn at_once<B>(shared: &Shared, request: &axum::http::Request<B>) -> Option<Response> {
    let uri = request.uri();
    if ![Method::GET, Method::HEAD].contains(request.method()) || uri.query().is_some() || language::has_prefix(uri) {
        return None;
    }
    let response = shared.publisher.with_current(|now| Some(found(now, now.hot.get(uri.path())?, request.headers())))?;
    shared.reads.count();
    Some(response)
}

/// A hot document, a page of the long tail, or the 404.
pub async fn document(State(shared): State<Shared>, request: Request) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    if uri.path_and_query().is_some_and(|text| text.as_str().len() > LONGEST_URI) {
        return told(&shared, &request, StatusCode::URI_TOO_LONG, "wrong-uri");
    }
    let language = request.extensions().get::<Prefix>().map(|prefix| prefix.0);
    let asking = wanted(uri);
    if let Asking::Elsewhere(path) = asking {
        return Redirect::permanent(&in_language(language, path)).into_response();
    }
    if let Some(language) = language
        && shared.publisher.with_current(|now| now.view.as_ref().is_some_and(|view| view.page.language == language.code()))
    {
        return language::without_prefix(uri);
    }
    let wanted = match asking {
        Asking::Refused(page, key) => {
            let sentence = spoken(&shared, request.extensions()).t(key);
            return refused(&shared, Asked::Page(language, page), &sentence, uri, headers).await;
        }
        Asking::For(wanted) => wanted,
        Asking::Elsewhere(_) => Wanted::default(),
    };
    let hot = |now: &Published| {
        let document = match language {
            None => now.hot.get(uri.path()),
            Some(_) => now.hot.get(&in_language(language, uri.path().to_owned())),
        };
        document.map(|document| found(now, document, headers))
    };
    if wanted == Wanted::default()
        && let Some(response) = shared.publisher.with_current(hot)
    {
        shared.reads.count();
        return response;
    }
    let Some(asked) = Asked::read(language, uri.path(), wanted) else { return missing(&shared, language, uri, headers) };
    match shared.publisher.long_tail(asked).await {
        Ok(Some(document)) => {
            shared.reads.count();
            shared.publisher.with_current(|now| found(now, &document, headers))
        }
        Ok(None) => missing(&shared, language, uri, headers),
        Err(error) => {
            tracing::error!(path = uri.path(), error = format!("{error:#}"), "a page could not be rendered");
            retry(told(&shared, &request, StatusCode::SERVICE_UNAVAILABLE, "cannot-show"))
        }
    }
}

/// 400 with the page that was asked for, which says what is allowed; the sentence alone while the page is not known. Texts that cannot be
/// meant are no part of what is rendered and kept, so that they make no copies; a month that was typed is put into its field here.
async fn refused(shared: &Shared, asked: Asked, sentence: &str, uri: &Uri, headers: &HeaderMap) -> Response {
    let asks_again = matches!(&asked, Asked::Page(_, PublicPage::HistoryRefused(refused)) if refused.wrong.contains(&"month"));
    let document = match shared.publisher.long_tail(asked).await {
        Ok(Some(document)) => document,
        Ok(None) => return plain(StatusCode::BAD_REQUEST, sentence),
        Err(error) => {
            tracing::error!(path = uri.path(), error = format!("{error:#}"), "a page could not be rendered");
            return plain(StatusCode::BAD_REQUEST, sentence);
        }
    };
    let typed = parameters(uri).find(|(name, value)| asks_again && name == "month" && !value.is_empty()).map(|(_, value)| value);
    let mut response = match (typed, std::str::from_utf8(&document.identity.bytes)) {
        (Some(typed), Ok(page)) => {
            let page = history::with_month(page, &typed);
            respond(document.status, document.identity.headers.clone(), page.into())
        }
        _ => {
            let form = document.form(headers.get(header::ACCEPT_ENCODING));
            respond(document.status, form.headers.clone(), form.bytes.clone())
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().remove(header::ETAG);
    response
}

/// The 404: a page for people, a sentence in JSON for programs; the page for the start while nothing is known.
fn missing(shared: &Shared, language: Option<&'static Language>, uri: &Uri, headers: &HeaderMap) -> Response {
    let path = uri.path();
    let known = shared.publisher.with_current(|now| now.view.is_some());
    if path.starts_with("/api/") || path.ends_with(".json") {
        return if known || !could_exist(path) {
            json(StatusCode::NOT_FOUND, "{\"error\":\"There is nothing at this address.\"}")
        } else {
            retry(json(StatusCode::SERVICE_UNAVAILABLE, "{\"error\":\"Allclear is starting. Please try again in a few seconds.\"}"))
        };
    }
    if !known && could_exist(path) {
        return retry(answer(&shared.publisher.starting(language.unwrap_or_else(|| app::language::of("en"))), headers));
    }
    let key = |language| in_language(language, format!("/{NOT_FOUND}"));
    let page = |now: &Published| now.hot.get(&key(language)).or_else(|| now.hot.get(&key(None))).map(|document| answer(document, headers));
    let response = shared.publisher.with_current(page);
    response.unwrap_or_else(|| plain(StatusCode::NOT_FOUND, &language.unwrap_or_else(|| app::language::of("en")).t("lost")))
}

fn could_exist(path: &str) -> bool {
    ROUTES.iter().any(|route| route.path == path) || Asked::read(None, path, Wanted::default()).is_some()
}

/// What the query asks for, the address that asks for the same in the one spelling there is, or the page that says what is allowed with
/// the message that says the same alone.
enum Asking {
    For(Wanted),
    Elsewhere(String),
    Refused(PublicPage, &'static str),
}

fn parameters(uri: &Uri) -> impl Iterator<Item = (String, String)> + use<'_> {
    form_urlencoded::parse(uri.query().unwrap_or("").as_bytes()).map(|(name, value)| (name.into_owned(), value.into_owned()))
}

/// The parameters of `/history` and `/uptime`. What else stands in a query is ignored, so that it cannot make copies in caches
/// (reliability W5).
fn wanted(uri: &Uri) -> Asking {
    let (names, path, wanted): (&[&str], _, _) = match uri.path() {
        "/history" => match Query::read(parameters(uri)) {
            Ok(history) => (&Query::NAMES, history.path(), Wanted { history, year: None }),
            Err(refused) => {
                let key = Refused::message(refused.wrong.first().copied().unwrap_or_default());
                return Asking::Refused(PublicPage::HistoryRefused(refused), key);
            }
        },
        "/uptime" => {
            let sent = parameters(uri).find(|(name, value)| name == "year" && !value.is_empty());
            let read = sent.as_ref().map(|(_, value)| year(value));
            if read == Some(None) {
                return Asking::Refused(PublicPage::UptimeRefused, "wrong-year");
            }
            let year = read.flatten();
            (&["year"], asked::path(&PublicPage::Uptime(year)), Wanted { year, ..Wanted::default() })
        }
        _ => return Asking::For(Wanted::default()),
    };
    let known = |pair: &&str| names.contains(&pair.split('=').next().unwrap_or(pair));
    let spelled = uri.query().unwrap_or("").split('&').filter(known).collect::<Vec<_>>().join("&");
    // A form sends the fields that were left empty, too.
    let same = path.split_once('?').map_or("", |(_, wanted)| wanted) == spelled;
    if same { Asking::For(wanted) } else { Asking::Elsewhere(path) }
}

fn year(text: &str) -> Option<i32> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| digits)
}

/// The answer, with what search engines may do with it: files cannot say that themselves.
fn found(now: &Published, document: &Document, headers: &HeaderMap) -> Response {
    let mut response = answer(document, headers);
    if now.view.as_ref().is_some_and(|view| view.page.look.chosen.hidden_from_search) {
        response.headers_mut().insert(X_ROBOTS_TAG, HeaderValue::from_static("noindex"));
    }
    response
}

/// 304 where the reader has it already, else the bytes in the form they take.
fn answer(document: &Document, headers: &HeaderMap) -> Response {
    let form = document.form(headers.get(header::ACCEPT_ENCODING));
    if document.status == StatusCode::OK
        && let Some(known) = headers.get_all(header::IF_NONE_MATCH).iter().find_map(|named| document.matched(named, form))
    {
        return not_modified(form, known);
    }
    respond(document.status, form.headers.clone(), form.bytes.clone())
}

fn not_modified(form: &Form, known: HeaderValue) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ETAG, known);
    for name in [header::CACHE_CONTROL, header::VARY, header::ACCESS_CONTROL_ALLOW_ORIGIN] {
        if let Some(value) = form.headers.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    response
}

fn respond(status: StatusCode, headers: HeaderMap, bytes: Bytes) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The icon for whoever asks without reading the page: the page's own, or ours.
pub async fn favicon(State(shared): State<Shared>, request: Request) -> Response {
    let own = shared.publisher.with_current(|now| Some(now.view.as_ref()?.page.look.icon.as_ref()?.address.clone()));
    match own {
        Some(address) => briefly_to(&address),
        None => asset(State(shared), request).await,
    }
}

/// An embedded file.
pub async fn asset(State(shared): State<Shared>, request: Request) -> Response {
    let headers = request.headers();
    let Some(asset) = shared.assets.get(request.uri().path()) else { return missing(&shared, None, request.uri(), headers) };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let brotli = asset.brotli.get().filter(|_| accepts(accepted, "br"));
    let mut out = asset.headers.clone();
    let (bytes, etag) = match brotli {
        Some(packed) => {
            out.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
            (packed.clone(), suffixed(&asset.etag))
        }
        None => (asset.identity.clone(), asset.etag.clone()),
    };
    out.insert(header::ETAG, etag.clone());
    if headers.get_all(header::IF_NONE_MATCH).iter().any(|named| names(named, &etag)) {
        out.remove(header::CONTENT_ENCODING);
        out.remove(header::CONTENT_TYPE);
        return respond(StatusCode::NOT_MODIFIED, out, Bytes::new());
    }
    respond(StatusCode::OK, out, bytes)
}

/// The compressed form is other bytes, so it has another strong ETag.
fn suffixed(etag: &HeaderValue) -> HeaderValue {
    let text = etag.to_str().unwrap_or("\"\"").trim_end_matches('"');
    HeaderValue::try_from(format!("{text}-br\"")).unwrap_or_else(|_| etag.clone())
}

/// Another method on an address that is only read.
pub fn method_not_allowed(shared: &Shared, request: &Request) -> Response {
    match request.method() {
        &Method::OPTIONS => plain(StatusCode::METHOD_NOT_ALLOWED, ""),
        _ => told(shared, request, StatusCode::METHOD_NOT_ALLOWED, "wrong-method"),
    }
}

/// A message alone, in the language of the address.
fn told(shared: &Shared, request: &Request, status: StatusCode, key: &str) -> Response {
    plain(status, &spoken(shared, request.extensions()).t(key))
}

fn plain(status: StatusCode, sentence: &str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    ];
    let line = if sentence.is_empty() { String::new() } else { format!("{sentence}\n") };
    (status, headers, line).into_response()
}

fn json(status: StatusCode, text: &str) -> Response {
    let mut response = plain(status, text);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn retry(mut response: Response) -> Response {
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
