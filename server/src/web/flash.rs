//! A sentence about what was just done, carried by a short-lived cookie from the answer to a form to the page that follows.

use app::staff::Flash;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cookie::{Cookie, SameSite, time::Duration};

use super::session::cookie;

const NAME: &str = "allclear_flash";
/// A browser follows at once; one that does not need not be told later.
const LIFE: Duration = Duration::seconds(60);
/// Longest sentence carried, in bytes: a cookie has 4 kB.
const LONGEST: usize = 1_000;

/// 303 to a page that says what was done.
#[must_use]
pub fn to(path: &str, sentence: &str) -> Response {
    answer(path, false, sentence)
}

/// 303 to a page that says what could not be done.
#[must_use]
pub fn sorry(path: &str, sentence: &str) -> Response {
    answer(path, true, sentence)
}

/// 303 to a page, without a word.
#[must_use]
pub fn silently_to(path: &str) -> Response {
    let location = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/staff"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

fn answer(path: &str, bad: bool, sentence: &str) -> Response {
    let mut response = silently_to(path);
    let end = sentence.floor_char_boundary(LONGEST);
    let text = format!("{}{}", if bad { '-' } else { '+' }, sentence.get(..end).unwrap_or_default());
    set(&mut response, URL_SAFE_NO_PAD.encode(text), LIFE);
    response
}

/// What a browser carries.
pub(super) fn carried(headers: &HeaderMap) -> Option<Flash> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cookie(headers, NAME)?).ok()?).ok()?;
    let sentence = text.get(1..)?.to_owned();
    (sentence.len() <= LONGEST).then(|| Flash { bad: text.starts_with('-'), sentence })
}

/// Takes it from the browser, once it was shown.
pub(super) fn clear(response: &mut Response) {
    set(response, String::new(), Duration::ZERO);
}

fn set(response: &mut Response, value: String, life: Duration) {
    let cookie = Cookie::build((NAME, value)).path("/staff").http_only(true).same_site(SameSite::Lax).max_age(life).build();
    if let Ok(value) = HeaderValue::try_from(cookie.to_string()) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}
