//! One public representation as bytes: identity, gzip and brotli made once, each with its own strong ETag.

use std::io::Write;

use app::words::PictureKind;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A content coding that we have bytes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// How hard to press: the first copy must be there soon, the best one may take its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Brotli 5 and gzip 6: a page takes about 2 ms.
    Fast,
    /// Brotli 11 and gzip 9: a page takes about 100 ms and is a fifth smaller.
    Best,
}

/// What a document is, which decides its headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// A page.
    Html,
    /// JSON that programs on other origins may read (contract 1.7).
    Json,
    /// An Atom feed.
    Atom,
    /// Plain text.
    Text,
    /// A calendar.
    Calendar,
    /// A style sheet whose address names its content.
    Sheet,
    /// An image whose address names its content.
    Picture(PictureKind),
    /// An RSS feed.
    Rss,
    /// A badge, drawn.
    BadgeSvg,
    /// What a badge says, for those who draw it themselves.
    BadgeJson,
    /// A table.
    Csv,
}

impl Kind {
    /// The media type as sent.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json | Self::BadgeJson => "application/json; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::BadgeSvg => "image/svg+xml; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Sheet => "text/css; charset=utf-8",
            Self::Picture(kind) => kind.as_str(),
        }
    }

    const fn cache_control(self) -> &'static str {
        match self {
            Self::Sheet | Self::Picture(_) => FOR_EVER,
            Self::BadgeSvg | Self::BadgeJson => BADGE_CACHE_CONTROL,
            _ => CACHE_CONTROL,
        }
    }

    /// Whether pressing it is worth the time.
    const fn is_text(self) -> bool {
        !matches!(self, Self::Picture(PictureKind::Png | PictureKind::Jpeg | PictureKind::Webp))
    }

    /// What the browser may do with it; `page` are its bytes.
    fn policy(self, page: &[u8]) -> Option<String> {
        match self {
            Self::Html => Some(content_security_policy(page)),
            Self::Picture(_) | Self::BadgeSvg => Some(PICTURE_POLICY.to_owned()),
            _ => None,
        }
    }
}

/// W4: short in the browser, a little longer in a shared cache, and an old copy is better than none while we are away.
pub const CACHE_CONTROL: &str = "public, max-age=5, s-maxage=10, stale-while-revalidate=30, stale-if-error=86400";

/// What stands at an address that names its content never changes.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// An image that is opened by itself is looked at, and does nothing: what it holds of other images stands within it.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

/// Badges stand on pages that are read more often than ours, and through proxies that ask no sooner (contract 8).
pub const BADGE_CACHE_CONTROL: &str = "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400";

/// One encoded form and the headers that go with it.
#[derive(Clone, Debug)]
pub struct Form {
    /// What is sent.
    pub bytes: Bytes,
    /// Every header of a 200 but `Content-Length`, the ETag among them.
    pub headers: HeaderMap,
    /// The strong ETag of exactly these bytes.
    pub etag: HeaderValue,
}

/// One public representation.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// 200, or 400, 404 and 503 for the pages that say so.
    pub status: StatusCode,
    /// The bytes themselves.
    pub identity: Form,
    /// Absent where it would not be smaller.
    pub gzip: Option<Form>,
    /// Absent where it would not be smaller.
    pub brotli: Option<Form>,
    /// ETags of the fast copies that the best ones replaced: they stand for the same content.
    pub earlier: Vec<HeaderValue>,
    /// Whether the compressed forms are the best ones.
    pub pressed: bool,
}

impl Document {
    /// Makes a document from its bytes.
    #[must_use]
    pub fn new(kind: Kind, status: StatusCode, bytes: Vec<u8>, effort: Effort) -> Self {
        let csp = kind.policy(&bytes);
        let bytes = Bytes::from(bytes);
        let form = |bytes: Bytes, encoding| Form::new(kind, csp.as_deref(), bytes, encoding);
        let smaller = |pack: fn(&[u8], Effort) -> Vec<u8>| {
            let packed = kind.is_text().then(|| pack(&bytes, effort))?;
            (packed.len() < bytes.len()).then(|| Bytes::from(packed))
        };
        Self {
            kind,
            status,
            gzip: smaller(gzip).map(|packed| form(packed, Encoding::Gzip)),
            brotli: smaller(brotli).map(|packed| form(packed, Encoding::Brotli)),
            identity: form(bytes, Encoding::Identity),
            earlier: Vec::new(),
            pressed: effort == Effort::Best,
        }
    }

    /// The same content in its best compressed forms.
    #[must_use]
    pub fn press(&self) -> Self {
        let mut best = Self::new(self.kind, self.status, self.identity.bytes.to_vec(), Effort::Best);
        let kept: Vec<_> = [&best.gzip, &best.brotli].into_iter().flatten().map(|form| form.etag.clone()).collect();
        best.earlier =
            [&self.gzip, &self.brotli].into_iter().flatten().map(|form| form.etag.clone()).filter(|tag| !kept.contains(tag)).collect();
        best
    }

    /// The form for a request's `Accept-Encoding`.
    #[must_use]
    pub fn form(&self, accept: Option<&HeaderValue>) -> &Form {
        let accepted = accept.and_then(|value| value.to_str().ok()).unwrap_or("");
        match (&self.brotli, &self.gzip) {
            (Some(form), _) if accepts(accepted, "br") => form,
            (_, Some(form)) if accepts(accepted, "gzip") => form,
            _ => &self.identity,
        }
    }

    /// The ETag by which the reader already has this content, if `If-None-Match` names one (RFC 9110 13.1.2).
    #[must_use]
    pub fn matched(&self, if_none_match: &HeaderValue, form: &Form) -> Option<HeaderValue> {
        if if_none_match.as_bytes().trim_ascii() == b"*" {
            return Some(form.etag.clone());
        }
        let forms = [Some(&self.identity), self.gzip.as_ref(), self.brotli.as_ref()].into_iter().flatten().map(|form| &form.etag);
        forms.chain(&self.earlier).find(|tag| names(if_none_match, tag)).cloned()
    }
}

impl Form {
    fn new(kind: Kind, csp: Option<&str>, bytes: Bytes, encoding: Encoding) -> Self {
        let digest = Sha256::digest(&bytes);
        let mut tag = String::with_capacity(26);
        tag.push('"');
        // 15 bytes are 20 characters without padding and far beyond any accident.
        tag.push_str(&base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest.get(..15).unwrap_or(&digest)));
        tag.push('"');
        let etag = HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""));
        let mut headers = HeaderMap::with_capacity(12);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.content_type()));
        headers.insert(header::ETAG, etag.clone());
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kind.cache_control()));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
        match encoding {
            Encoding::Identity => {}
            Encoding::Gzip => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))),
            Encoding::Brotli => drop(headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"))),
        }
        if let Some(policy) = csp.and_then(|policy| HeaderValue::from_str(policy).ok()) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if matches!(kind, Kind::Html) {
            headers.insert(
                HeaderName::from_static("permissions-policy"),
                HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
            );
        }
        if !matches!(kind, Kind::Html) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        Self { bytes, headers, etag }
    }
}

/// The policy of a page: its own files, and the inline scripts of exactly these bytes by their hash. A cached page cannot carry
/// a nonce (X54 as design §8 has it).
fn content_security_policy(page: &[u8]) -> String {
    let mut scripts = String::new();
    for script in inline_scripts(page) {
        scripts.push_str(" 'sha256-");
        scripts.push_str(&STANDARD.encode(Sha256::digest(script)));
        scripts.push('\'');
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )
}

/// Contents of every `<script>` without `src` that a browser would run: data is none. Only markup of our own making gets here: texts of people are escaped or sanitised.
fn inline_scripts(page: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = find(rest, b"<script") {
        let Some(tag) = rest.get(start..) else { break };
        let Some(open) = find(tag, b">") else { break };
        let (Some(attributes), Some(content)) = (tag.get(..open), tag.get(open + 1..)) else { break };
        let Some(end) = find(content, b"</script>") else { break };
        if find(attributes, b" src=").is_none()
            && find(attributes, b"ld+json").is_none()
            && let Some(script) = content.get(..end)
        {
            found.push(script);
        }
        rest = content.get(end..).unwrap_or_default();
    }
    found
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Whether an `If-None-Match` value names a tag, weakly compared as it must be (RFC 9110 13.1.2), or any.
#[must_use]
pub fn names(if_none_match: &HeaderValue, tag: &HeaderValue) -> bool {
    let text = if_none_match.as_bytes();
    text.trim_ascii() == b"*"
        || text.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).any(|one| one.strip_prefix(b"W/").unwrap_or(one) == tag.as_bytes())
}

/// Whether an `Accept-Encoding` value takes a coding: named without `q=0`, or covered by `*` (RFC 9110 12.5.3).
#[must_use]
pub fn accepts(header: &str, coding: &str) -> bool {
    let mut by_star = false;
    for entry in header.split(',') {
        let mut parts = entry.split(';').map(str::trim);
        let name = parts.next().unwrap_or("");
        let refused = parts.any(|p| {
            p.strip_prefix("q=").or_else(|| p.strip_prefix("Q=")).is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0))
        });
        if name.eq_ignore_ascii_case(coding) {
            return !refused;
        }
        if name == "*" {
            by_star = !refused;
        }
    }
    by_star
}

fn gzip(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let level = if effort == Effort::Best { flate2::Compression::best() } else { flate2::Compression::default() };
    let mut encoder = flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    // Writing into memory does not fail; a failure would leave an empty result, which is never smaller than none and so not used.
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        Ok(packed) => packed,
        Err(_) => bytes.to_vec(),
    }
}

/// Bytes pressed as hard as brotli can.
#[must_use]
pub fn brotli_best(bytes: &[u8]) -> Vec<u8> {
    brotli(bytes, Effort::Best)
}

fn brotli(bytes: &[u8], effort: Effort) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: if effort == Effort::Best { 11 } else { 5 },
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::with_capacity(bytes.len() / 4);
    match brotli::BrotliCompress(&mut std::io::Cursor::new(bytes), &mut packed, &params) {
        Ok(_) => packed,
        Err(_) => bytes.to_vec(),
    }
}
