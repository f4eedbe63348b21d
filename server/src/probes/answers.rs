//! What name servers answer, as people write it, and whether it is what was expected.

use std::net::IpAddr;

use app::words::RecordType;
use hickory_resolver::proto::rr::RData;

/// An answer as a text: an address, a name without the dot at its end, a text without quotes, or the parts of a record with spaces.
pub(super) fn text(data: &RData) -> String {
    match data {
        RData::TXT(txt) => txt.txt_data.iter().map(|part| String::from_utf8_lossy(part)).collect(),
        other => other
            .to_string()
            .split(' ')
            .map(|part| part.strip_suffix('.').filter(|name| !name.is_empty()).unwrap_or(part))
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// Whether every expected answer came; others may come beside them.
pub(super) fn hold(kind: RecordType, expected: &[String], found: &[String]) -> bool {
    expected.iter().all(|expected| found.iter().any(|found| is(kind, expected, found)))
}

/// Whether an answer is the one that was written down. Where DNS knows no difference, there is none: between small and large letters of a
/// name, with the dot at its end or without, and between the ways to write an address. Of a record with several parts the one that
/// names something is enough.
fn is(kind: RecordType, expected: &str, found: &str) -> bool {
    let expected = expected.trim();
    match kind {
        RecordType::A | RecordType::Aaaa => match (expected.parse::<IpAddr>(), found.parse::<IpAddr>()) {
            (Ok(expected), Ok(found)) => expected == found,
            _ => false,
        },
        RecordType::Txt => unquoted(expected) == found,
        RecordType::Cname | RecordType::Ns | RecordType::Ptr => plain(expected) == plain(found),
        RecordType::Mx | RecordType::Srv => {
            let (expected, found) = (plain(expected), plain(found));
            expected == found || found.rsplit(' ').next() == Some(expected.as_str())
        }
        RecordType::Soa => {
            let (expected, found) = (plain(expected), plain(found));
            expected == found || found.split(' ').next() == Some(expected.as_str())
        }
        RecordType::Caa => {
            let (expected, found) = (expected.replace('"', ""), found.replace('"', ""));
            expected == found || found.splitn(3, ' ').nth(2) == Some(expected.as_str())
        }
    }
}

/// Parts with single spaces, in small letters, names without the dot at their end.
fn plain(text: &str) -> String {
    let parts = text.split_whitespace().map(|part| part.strip_suffix('.').filter(|name| !name.is_empty()).unwrap_or(part));
    parts.collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}
