//! The write API in the shape of the field's Manage API (contract 4): the same actions as the forms, errors as JSON with the field.
//!
//! A handler takes a [`call::Call`] (who asks, of which page, what they sent), runs one action, waits until the page shows it, and
//! answers with the object as it is then. What it does not read of a body cannot be set by it (reliability X11).

pub mod action_items;
pub mod announcements;
pub mod call;
pub mod components;
pub mod fields;
pub mod groups;
pub mod incidents;
pub mod maintenances;
pub mod monitor_events;
pub mod monitors;
pub mod pages;
pub mod planned;
pub mod postmortems;
pub mod refusal;
pub mod response_times;
pub mod subscribers;
pub mod translations;

use axum::extract::Request;
use axum::http::Uri;

/// The address without the `.json` that clients of the field may end it with.
pub fn without_suffix(mut request: Request) -> Request {
    let uri = request.uri();
    let Some(path) = uri.path().strip_suffix(".json").filter(|path| path.starts_with("/v1/")) else { return request };
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    // What is cut out of an address is an address again.
    if let Ok(shorter) = format!("{path}{query}").parse::<Uri>() {
        *request.uri_mut() = shorter;
    }
    request
}
