//! What a monitor asks and expects: what of it cannot be meant.

use app::words::{ComponentStatus, HttpMethod, MonitorKind, MonitorSettings};
use http::{HeaderName, HeaderValue};
use ipnet::IpNet;
use serde_json_path::JsonPath;

use super::{heartbeat, names};
use crate::actions::Problem;
use crate::channels::guard::Target;
use crate::domain::class;

/// Request headers that a monitor may send, and headers of the answer that it may look at.
const MOST_HEADERS: usize = 20;
/// Classes of failures that may have a status of their own.
const MOST_CLASSES: usize = 20;
/// Characters of a keyword, of the value of a header, or of what a TCP monitor sends and expects.
const LONGEST_TEXT: usize = 1_000;
/// Bytes of a request's body.
const LONGEST_BODY: usize = 16 * 1024;
/// Bytes of a body that can be looked at: as much as is read.
const LARGEST_BODY: i64 = 64 * 1024 * 1024;
/// Headers that belong to the connection, not to the one who asks.
const OWN_HEADERS: [&str; 8] =
    ["host", "connection", "content-length", "transfer-encoding", "upgrade", "te", "trailer", "proxy-authorization"];

/// Everything that is wrong with the settings of a monitor of that kind. `networks` are the private networks that may be reached.
pub(super) fn wrong(kind: MonitorKind, networks: &[IpNet], settings: &MonitorSettings) -> Vec<Problem> {
    let mut problems = misplaced(kind, settings);
    problems.extend(names::wrong(networks, settings));
    problems.extend(wrong_headers(&settings.headers));
    problems.extend(wrong_expected_headers(&settings.expected_headers));
    if settings.expected_statuses.len() > 20 || settings.expected_statuses.iter().any(|status| !(100..=599).contains(status)) {
        problems.push(Problem::new("expected_statuses", "Expected status codes are at most 20 numbers from 100 to 599, such as 200, 204."));
    }
    for (field, keyword) in [("keyword", &settings.keyword), ("keyword_absent", &settings.keyword_absent)] {
        problems.extend(keyword.as_ref().and_then(|text| wrong_text(field, text, "A keyword")));
    }
    for (field, text, what) in [
        ("json_value", &settings.json_value, "A JSON value"),
        ("send", &settings.send, "What is sent"),
        ("expect", &settings.expect, "What is expected"),
    ] {
        problems.extend(text.as_ref().and_then(|text| wrong_text(field, text, what)));
    }
    if settings.response_time_ms.is_some_and(|most| !(1..=60_000).contains(&most)) {
        let sentence = "The milliseconds after which an answer is slow are a whole number from 1 to 60000. Leave them out where none is.";
        problems.push(Problem::new("response_time_ms", sentence));
    }
    problems.extend(wrong_request(settings));
    problems.extend(wrong_answer(settings));
    problems.extend(heartbeat::wrong_grace(kind, settings));
    problems.extend(wrong_classes(&settings.statuses_by_class));
    problems
}

/// What another kind of monitor would need.
fn misplaced(kind: MonitorKind, settings: &MonitorSettings) -> Vec<Problem> {
    let usual = MonitorSettings::default();
    let http = [
        ("method", settings.method != usual.method),
        ("headers", !settings.headers.is_empty()),
        ("body", settings.body.is_some()),
        ("expected_statuses", !settings.expected_statuses.is_empty()),
        ("keyword", settings.keyword.is_some()),
        ("keyword_absent", settings.keyword_absent.is_some()),
        ("expected_headers", !settings.expected_headers.is_empty()),
        ("json_path", settings.json_path.is_some()),
        ("json_value", settings.json_value.is_some()),
        ("redirect_target", settings.redirect_target.is_some()),
        ("max_body_bytes", settings.max_body_bytes.is_some()),
        ("blocked_is_down", settings.blocked_is_down),
    ];
    let certificate = [("certificate_sha256", settings.certificate_sha256.is_some())];
    let tls = [("server_name", settings.server_name.is_some())];
    let dns = [
        ("record_type", settings.record_type != usual.record_type),
        ("expected_answers", !settings.expected_answers.is_empty()),
        ("name_servers", !settings.name_servers.is_empty()),
    ];
    let tcp = [("send", settings.send.is_some()), ("expect", settings.expect.is_some())];
    let given = |kinds: &[MonitorKind], of: &[(&'static str, bool)], sentence: &str| -> Vec<Problem> {
        let of: &[(&'static str, bool)] = if kinds.contains(&kind) { &[] } else { of };
        of.iter().filter(|(_, given)| *given).map(|(field, _)| Problem::new(field, sentence)).collect()
    };
    if kind == MonitorKind::Heartbeat {
        let all = [&http[..], &tcp[..], &dns[..], &tls[..], &certificate[..]].concat();
        return given(&[], &all, "A heartbeat monitor asks nobody. Leave this empty.");
    }
    let mut problems = given(&[MonitorKind::Http], &http, "Only HTTP monitors need this. Leave it empty.");
    let sentence = "Only HTTP and TLS monitors look at a certificate. Leave this empty.";
    problems.extend(given(&[MonitorKind::Http, MonitorKind::Tls], &certificate, sentence));
    problems.extend(given(&[MonitorKind::Tls], &tls, "Only TLS monitors need this. Leave it empty."));
    problems.extend(given(&[MonitorKind::Tcp], &tcp, "Only TCP monitors send and expect plain text. Leave this empty."));
    problems.extend(given(&[MonitorKind::Dns], &dns, "Only DNS monitors look up names. Leave this as it is."));
    problems
}

fn wrong_headers(headers: &[(String, String)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if headers.len() > MOST_HEADERS {
        problems.push(Problem::new("headers", format!("At most {MOST_HEADERS} request headers can be sent. Remove some.")));
    }
    // What is too much is said once, not ten thousand times.
    for (position, (name, value)) in (1..).zip(headers).take(MOST_HEADERS) {
        // A value may be a secret, and a name that is none may hold one: neither is repeated.
        if HeaderName::try_from(name).is_err() {
            problems
                .push(Problem::new("headers", format!("The name of request header {position} is not valid: letters, digits and dashes.")));
        } else if OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own)) {
            problems.push(Problem::new("headers", format!("Request header {position} cannot be set: the connection itself needs it.")));
        } else if value.len() > LONGEST_TEXT || HeaderValue::try_from(value).is_err() {
            let sentence = format!(
                "The value of request header {position} is not valid: at most {LONGEST_TEXT} characters, without line breaks or control characters."
            );
            problems.push(Problem::new("headers", sentence));
        }
    }
    problems
}

fn wrong_expected_headers(headers: &[(String, String)]) -> Option<Problem> {
    let field = "expected_headers";
    if headers.len() > MOST_HEADERS {
        return Some(Problem::new(field, format!("At most {MOST_HEADERS} headers of the answer can be looked at. Remove some.")));
    }
    if headers.iter().any(|(name, _)| HeaderName::try_from(name).is_err()) {
        return Some(Problem::new(field, "The name of a header holds letters, digits and dashes, such as Content-Type."));
    }
    headers.iter().find_map(|(_, text)| wrong_text(field, text, "What a header holds").filter(|_| !text.is_empty()))
}

/// What failures of a class mean: each class once, and no failure is a good thing.
fn wrong_classes(by_class: &[(String, ComponentStatus)]) -> Option<Problem> {
    let field = "statuses_by_class";
    if by_class.len() > MOST_CLASSES {
        return Some(Problem::new(field, format!("At most {MOST_CLASSES} classes can have a status of their own. Remove some.")));
    }
    if by_class.iter().any(|(class, _)| !class::is_class(class)) {
        let sentence =
            "A class is written as monitors show it, or begins so: small letters, digits and _, such as timeout, http_503 or tls.";
        return Some(Problem::new(field, sentence));
    }
    if by_class.iter().enumerate().any(|(number, (class, _))| by_class.iter().skip(number + 1).any(|(other, _)| other == class)) {
        return Some(Problem::new(field, "A class is named twice. Name each once."));
    }
    let possible = |status: &ComponentStatus| !matches!(status, ComponentStatus::Operational | ComponentStatus::UnderMaintenance);
    let sentence = "A failure can mean degraded_performance, partial_outage or major_outage.";
    (!by_class.iter().all(|(_, status)| possible(status))).then(|| Problem::new(field, sentence))
}

pub(super) fn wrong_text(field: &'static str, text: &str, what: &str) -> Option<Problem> {
    if text.is_empty() || text.chars().count() > LONGEST_TEXT {
        return Some(Problem::new(field, format!("{what} has 1 to {LONGEST_TEXT} characters. Leave the field empty to expect none.")));
    }
    let sentence = || format!("{what} cannot hold line breaks or control characters. Remove them.");
    text.chars().any(char::is_control).then(|| Problem::new(field, sentence()))
}

fn wrong_request(settings: &MonitorSettings) -> Option<Problem> {
    let body = settings.body.as_ref()?;
    if matches!(settings.method, HttpMethod::Get | HttpMethod::Head) {
        let sentence = format!("A {} request has no body. Choose another method, or leave the body empty.", settings.method);
        return Some(Problem::new("body", sentence));
    }
    if body.contains('\0') {
        // No text of PostgreSQL holds it.
        return Some(Problem::new("body", "The body cannot hold the character U+0000. Remove it."));
    }
    (body.len() > LONGEST_BODY).then(|| Problem::new("body", format!("The body can have at most {LONGEST_BODY} bytes.")))
}

fn wrong_answer(settings: &MonitorSettings) -> Vec<Problem> {
    let mut problems = Vec::new();
    if settings.method == HttpMethod::Head
        && (settings.keyword.is_some() || settings.keyword_absent.is_some() || settings.json_path.is_some())
    {
        problems.push(Problem::new("method", "The answer to HEAD has no body to look into. Choose GET, or expect nothing of the body."));
    }
    if let Some(path) = &settings.json_path
        && let Err(error) = JsonPath::parse(path)
    {
        let sentence = format!("This is no JSON path (RFC 9535): {error}. Write it as $.status or $.checks[0].ok.");
        problems.push(Problem::new("json_path", sentence));
    }
    if settings.json_value.is_some() && settings.json_path.is_none() {
        problems.push(Problem::new("json_path", "Say where the JSON value stands, such as $.status."));
    }
    if let Some(target) = &settings.redirect_target
        && Target::parse(target).map(|parsed| parsed.as_str() != target).unwrap_or(true)
    {
        let sentence = "Write the address at which redirects end in full, as https://www.example.com/.";
        problems.push(Problem::new("redirect_target", sentence));
    }
    if settings.max_body_bytes.is_some_and(|most| !(0..=LARGEST_BODY).contains(&most)) {
        problems.push(Problem::new("max_body_bytes", format!("The bytes of a body are a whole number from 0 to {LARGEST_BODY}.")));
    }
    if settings.certificate_sha256.as_ref().is_some_and(|text| text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        let sentence = "The SHA-256 of a certificate has 64 hexadecimal digits, without colons.";
        problems.push(Problem::new("certificate_sha256", sentence));
    }
    problems
}
