//! SPF (RFC 7208): which machines may send for a domain. A record may lead to others; all of them together may cost receivers ten look-ups.

use std::collections::BTreeMap;

use super::{Answer, Finding, unanswered};

const WHAT: &str = "SPF";
/// Look-ups that a receiver makes before it gives up (RFC 7208, 4.6.4).
const MOST_LOOKUPS: usize = 10;
/// Records that are read: with more than that there are too many look-ups in any case.
const MOST_RECORDS: usize = 2 * MOST_LOOKUPS;

/// The records that were read, by domain.
pub type Known = BTreeMap<String, Answer<String>>;

/// What a record says about everybody it does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// `-all`
    Refused,
    /// `~all`
    Suspect,
    /// `?all`, or no word on it.
    Neutral,
    /// `+all`
    Welcome,
}

/// One record, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    /// Look-ups it costs by itself.
    lookups: usize,
    /// The domains whose records are read as well.
    includes: Vec<String>,
    /// The domain whose record stands for everything that this one leaves open.
    redirect: Option<String>,
    others: Option<Others>,
}

/// Why a record cannot be used.
enum Trouble {
    /// The name servers did not say.
    Unanswered(String),
    /// It costs receivers more look-ups than they make.
    Dear,
    /// It stops receivers, for this reason.
    Broken(String),
}

/// The next domain whose record has to be read to judge that of `domain`; `None` once all are known, or more than can be right.
#[must_use]
pub fn next(domain: &str, known: &Known) -> Option<String> {
    if !known.contains_key(domain) {
        return Some(domain.to_owned());
    }
    if known.len() > MOST_RECORDS {
        return None;
    }
    let records = known.values().filter_map(|answer| the_one(answer).ok().flatten()).filter_map(|text| parse(text).ok());
    records.flat_map(|record| record.includes.into_iter().chain(record.redirect)).find(|leads_to| !known.contains_key(leads_to))
}

/// What the record of a domain means, where mails leave by `relay`.
#[must_use]
pub fn judge(domain: &str, known: &Known, relay: &str) -> Finding {
    let texts = match known.get(domain).map_or(Some(&[][..]), Answer::known) {
        Some(texts) => texts,
        None => return unanswered(WHAT, domain),
    };
    let records: Vec<&String> = texts.iter().filter(|text| is_record(text)).collect();
    let text = match records.as_slice() {
        [] => {
            let put = format!("v=spf1 {} -all", of_relay(relay));
            return Finding::wrong(
                WHAT,
                format!("There is no record for {domain}. Put there, as TXT, what the provider of your relay names, such as: {put}"),
            );
        }
        [one] => *one,
        many => {
            let sentence = format!(
                "{domain} has {} records that begin with v=spf1, so that receivers heed none of them. Make one of them.",
                many.len()
            );
            return Finding::wrong(WHAT, sentence);
        }
    };
    let mut lookups = 0;
    let others = match others(domain, known, &mut Vec::new(), &mut lookups) {
        Ok(others) => others,
        Err(Trouble::Unanswered(name)) => return unanswered(WHAT, &name),
        Err(Trouble::Broken(sentence)) => return Finding::wrong(WHAT, sentence),
        Err(Trouble::Dear) => {
            let sentence = format!(
                "The record of {domain} makes receivers look up more than {MOST_LOOKUPS} names, so that they give up on it. Take out what \
                 does not send your mails, or name addresses (ip4:, ip6:)"
            );
            return Finding::wrong(WHAT, sentence);
        }
    };
    let costs = format!("{lookups} of {MOST_LOOKUPS} look-ups");
    match others {
        Some(Others::Refused) => Finding::ok(WHAT, format!("{domain} has \"{text}\": {costs}, and whoever is not named is refused")),
        Some(Others::Suspect) => Finding::ok(WHAT, format!("{domain} has \"{text}\": {costs}, and whoever is not named is suspect")),
        Some(Others::Welcome) => {
            Finding::wrong(WHAT, format!("The record of {domain}, \"{text}\", lets everybody send in its name. Let it end in -all"))
        }
        Some(Others::Neutral) | None => Finding::warning(
            WHAT,
            format!("The record of {domain}, \"{text}\", says nothing on whoever is not named. Let it end in ~all or -all"),
        ),
    }
}

/// How the relay is named in a record.
fn of_relay(relay: &str) -> String {
    let literal = relay.trim_matches(['[', ']']);
    if let Ok(v4) = format!("{literal}/32").parse::<ipnet::Ipv4Net>() {
        // A relay on this machine is not what the world sees.
        return if v4.addr().is_loopback() { "a".to_owned() } else { format!("ip4:{literal}") };
    }
    match format!("{literal}/128").parse::<ipnet::Ipv6Net>() {
        Ok(v6) if v6.addr().is_loopback() => "a".to_owned(),
        Ok(_) => format!("ip6:{literal}"),
        Err(_) if literal == "localhost" => "a".to_owned(),
        Err(_) => format!("a:{literal}"),
    }
}

fn is_record(text: &str) -> bool {
    let (version, rest) = text.split_at_checked(6).unwrap_or((text, ""));
    version.eq_ignore_ascii_case("v=spf1") && matches!(rest.bytes().next(), None | Some(b' '))
}

/// Why an answer does not have at most one record.
enum NotOne {
    Unanswered,
    Several,
}

/// The one record of an answer; `None` where there is none.
fn the_one(answer: &Answer<String>) -> Result<Option<&String>, NotOne> {
    let texts = answer.known().ok_or(NotOne::Unanswered)?;
    let mut records = texts.iter().filter(|text| is_record(text));
    match (records.next(), records.next()) {
        (one, None) => Ok(one),
        _ => Err(NotOne::Several),
    }
}

/// What a domain's record says about whoever it does not name, while the look-ups that it costs are counted. `path` are the domains that
/// lead to it.
fn others(domain: &str, known: &Known, path: &mut Vec<String>, lookups: &mut usize) -> Result<Option<Others>, Trouble> {
    let broken = |sentence: String| Err(Trouble::Broken(sentence));
    let Some(answer) = known.get(domain) else { return Err(Trouble::Dear) };
    let text = match the_one(answer) {
        Ok(Some(text)) => text,
        Ok(None) => {
            return broken(format!("The record leads to {domain}, which has no SPF record: receivers heed none of it then. Take it out"));
        }
        Err(NotOne::Unanswered) => return Err(Trouble::Unanswered(domain.to_owned())),
        Err(NotOne::Several) => {
            return broken(format!(
                "The record leads to {domain}, which has several SPF records: receivers heed none of it then. Take it out"
            ));
        }
    };
    let record = match parse(text) {
        Ok(record) => record,
        Err(term) => {
            return broken(format!("The record of {domain} cannot be read at \"{term}\": receivers heed none of it then. Mend that word"));
        }
    };
    if path.iter().any(|before| before == domain) {
        return broken(format!("The record of {domain} leads back to itself, so that receivers give up on it. Take that out"));
    }
    // Counted before anything is followed: whatever records lead to, this comes to an end.
    *lookups += record.lookups;
    if *lookups > MOST_LOOKUPS {
        return Err(Trouble::Dear);
    }
    path.push(domain.to_owned());
    for include in &record.includes {
        others(include, known, path, lookups)?;
    }
    let said = match &record.redirect {
        Some(redirect) => others(redirect, known, path, lookups)?,
        None => record.others,
    };
    path.pop();
    Ok(said)
}

/// Reads a record.
///
/// # Errors
/// The word that is none.
fn parse(text: &str) -> Result<Record, String> {
    let mut record = Record { lookups: 0, includes: Vec::new(), redirect: None, others: None };
    for term in text.split_ascii_whitespace().skip(1) {
        let bad = || term.to_owned();
        let (others, word) = match term.as_bytes().first() {
            Some(b'-') => (Others::Refused, term.get(1..)),
            Some(b'~') => (Others::Suspect, term.get(1..)),
            Some(b'?') => (Others::Neutral, term.get(1..)),
            Some(b'+') => (Others::Welcome, term.get(1..)),
            _ => (Others::Welcome, Some(term)),
        };
        let word = word.unwrap_or_default();
        let end = word.find([':', '/', '=']).unwrap_or(word.len());
        let (name, rest) = word.split_at_checked(end).ok_or_else(bad)?;
        let value = rest.get(1..).unwrap_or_default();
        match (name.to_ascii_lowercase().as_str(), rest.bytes().next()) {
            ("all", None) => {
                record.others.get_or_insert(others);
            }
            ("include", Some(b':')) if !value.is_empty() => lead(&mut record, value, false),
            ("redirect", Some(b'=')) if !value.is_empty() && record.redirect.is_none() => lead(&mut record, value, true),
            ("a" | "mx" | "ptr", None | Some(b'/')) => record.lookups += 1,
            ("a" | "mx" | "ptr" | "exists", Some(b':')) if !value.is_empty() => record.lookups += 1,
            ("ip4", Some(b':')) if is_network::<ipnet::Ipv4Net>(value, "/32") => {}
            ("ip6", Some(b':')) if is_network::<ipnet::Ipv6Net>(value, "/128") => {}
            // Modifiers that we do not know are to be passed over; words that we do not know are not.
            (modifier, Some(b'=')) if !modifier.is_empty() && modifier != "redirect" => {}
            _ => return Err(bad()),
        }
    }
    // What stands for everything left open has nothing to say where nothing is.
    if record.others.is_some() && record.redirect.take().is_some() {
        record.lookups = record.lookups.saturating_sub(1);
    }
    Ok(record)
}

/// Counts the look-up of another record. A name that is made from each mail cannot be followed from here.
fn lead(record: &mut Record, value: &str, stands_for_all: bool) {
    record.lookups += 1;
    let name = value.trim_end_matches('.').to_ascii_lowercase();
    if name.contains('%') {
        return;
    }
    if stands_for_all { record.redirect = Some(name) } else { record.includes.push(name) }
}

fn is_network<N: std::str::FromStr>(value: &str, whole: &str) -> bool {
    let net = if value.contains('/') { value.to_owned() } else { format!("{value}{whole}") };
    net.parse::<N>().is_ok()
}
