//! Files that staff take away, sent as they are written.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http_body_util::channel::Channel;

use super::router::Shared;
use crate::actions::exports::Export;
use crate::store::StoreError;

/// Pieces that wait for a reader who is slower than we are.
const AHEAD: usize = 2;

/// The file of that name. Where it cannot be ended, the connection breaks: half a file never looks like a whole one.
pub fn csv(shared: &Shared, name: &str, mut export: Export) -> Response {
    let (mut sender, body) = Channel::<Bytes, StoreError>::new(AHEAD);
    let db = shared.db.clone();
    tokio::spawn(async move {
        loop {
            match export.next(&db).await {
                Ok(Some(piece)) => {
                    if sender.send_data(piece.into()).await.is_err() {
                        // Whoever asked is gone.
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "an export broke off");
                    return sender.abort(error);
                }
            }
        }
    });
    let attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}.csv\""));
    let mut response = Body::new(body).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(CONTENT_DISPOSITION, attachment.unwrap_or(HeaderValue::from_static("attachment")));
    response
}
