//! The files embedded in the binary: names carry their content's hash, so they may be kept for ever.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;

use crate::snapshot::document::brotli_best;

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// Served at `/favicon.ico` for whoever asks without reading the page.
pub static FAVICON: &[u8] = include_bytes!("../../../style/favicon.ico");

/// One embedded file, ready to be sent.
#[derive(Debug)]
pub struct Asset {
    /// As it is.
    pub identity: Bytes,
    /// Made in the background after the start; asking before gives the file as it is.
    pub brotli: OnceLock<Bytes>,
    /// Headers of a 200.
    pub headers: HeaderMap,
    /// The strong ETag: the name already carries the content's hash.
    pub etag: HeaderValue,
}

/// Every embedded file by address.
pub type Assets = Arc<HashMap<&'static str, Asset>>;

/// The embedded files with the headers they are sent with.
#[must_use]
pub fn embedded() -> Assets {
    let hashed = FILES
        .iter()
        .map(|(address, content_type, bytes)| (*address, asset(address, content_type, bytes, "public, max-age=31536000, immutable")));
    let favicon = ("/favicon.ico", asset("/favicon.ico", "image/x-icon", FAVICON, "public, max-age=86400"));
    Arc::new(hashed.chain([favicon]).collect())
}

/// What pages refer to.
#[must_use]
pub fn addresses() -> app::Assets {
    app::Assets { css: CSS.to_owned(), staff_css: STAFF_CSS.to_owned(), script: SCRIPT.map(str::to_owned), icon: ICON.to_owned() }
}

/// Compresses every file once; takes about a second of one core, so it is done beside the service.
pub fn press(assets: &Assets) {
    for asset in assets.values() {
        let packed = brotli_best(&asset.identity);
        if packed.len() < asset.identity.len() {
            // Set once by the only caller; a second set would change nothing.
            let _ = asset.brotli.set(Bytes::from(packed));
        }
    }
}

fn asset(address: &str, content_type: &'static str, bytes: &'static [u8], cache_control: &'static str) -> Asset {
    let name: String = address.rsplit('/').next().unwrap_or(address).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let etag = HeaderValue::try_from(format!("\"{name}\"")).unwrap_or(HeaderValue::from_static("\"asset\""));
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Asset { identity: Bytes::from_static(bytes), brotli: OnceLock::new(), headers, etag }
}
