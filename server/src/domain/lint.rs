//! What to look at before a post-mortem is published: warnings, never errors.

use core::net::{Ipv4Addr, Ipv6Addr};

use app::words::{ActionItem, PostmortemText};

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The anchor of the section it is about; `title`, `body` and `facts` beside those of sections; `None`: the whole.
    pub section: Option<&'static str>,
    /// What it is, and what to do.
    pub sentence: String,
}

/// Words that look for somebody to blame. People then say less the next time.
const BLAME: [&str; 17] = [
    "human error",
    "operator error",
    "user error",
    "fault of",
    "at fault",
    "blame",
    "blamed",
    "careless",
    "carelessness",
    "negligent",
    "negligence",
    "incompetent",
    "stupid",
    "stupidity",
    "should have known",
    "sloppy",
    "reckless",
];

/// Ends of host names that mean nothing outside.
const INSIDE: [&str; 9] = [".internal", ".local", ".lan", ".localdomain", ".localhost", ".corp", ".intranet", ".home.arpa", ".svc"];

/// Ports that a name of one word before them makes a host; others may be any number, such as that of a ticket.
const WELL_KNOWN_PORTS: [u16; 5] = [22, 25, 53, 80, 443];
/// From here on every number after a name of one word is taken for a port.
const USUAL_PORTS: u16 = 1024;

/// Beginnings of well-known tokens.
const TOKENS: [&str; 13] =
    ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_", "rk_live_", "sk-ant-", "sk-proj-", "whsec_", "eyJ"];
/// Beginnings of the names of keys, which have exactly twenty capitals and digits.
const KEYS: [&str; 2] = ["AKIA", "ASIA"];
/// What stands before a secret that is given in place.
const GIVEN: [&str; 6] = ["password=", "passwd=", "token=", "secret=", "api_key=", "apikey="];
/// Shorter words are no tokens.
const SHORTEST_TOKEN: usize = 16;
/// A word of so many capitals, small letters and digits was made by a machine; names of commits have no capitals.
const MACHINE_MADE: usize = 32;

/// What there is to look at in a text and what follows from it, in reading order.
#[must_use]
pub fn lint(text: &PostmortemText, items: &[ActionItem]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut remark = |section, sentence: &str| remarks.push(Remark { section, sentence: sentence.to_owned() });
    let sections = &text.sections;
    let free = !text.body.trim().is_empty();
    if missing(sections.summary.as_deref()) && !free {
        remark(Some("summary"), "There is no summary. Say in a few sentences what happened: mails carry it.");
    }
    if text.facts.from.is_none() || text.facts.until.is_none() {
        remark(Some("facts"), "The impact has no start or no end. Give both times, so that readers can compare them with their own.");
    }
    if missing(sections.causes.as_deref()) && !free {
        remark(Some("causes"), "There are no causes. Say why it happened, or that you do not know yet.");
    }
    if items.is_empty() && missing(sections.near_term.as_deref()) && missing(sections.long_term.as_deref()) {
        remark(None, "Nothing follows from this. Add action items, or say what is planned.");
    }
    for (section, part) in parts(text) {
        remarks.extend(wordings(part).into_iter().map(|sentence| Remark { section: Some(section), sentence }));
    }
    for item in items {
        let parts = [item.title.as_str(), item.explanation.as_deref().unwrap_or_default(), item.link.as_deref().unwrap_or_default()];
        remarks.extend(parts.into_iter().flat_map(wordings).map(|sentence| Remark { section: Some("action-items"), sentence }));
    }
    remarks
}

fn missing(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}

/// Every text that readers will see, with the anchor it stands under.
fn parts(text: &PostmortemText) -> Vec<(&'static str, &str)> {
    let facts = &text.facts;
    let mut parts = vec![("title", text.title.as_str()), ("body", text.body.as_str())];
    parts.extend(facts.share_affected.as_deref().into_iter().chain(facts.workaround.as_deref()).map(|fact| ("facts", fact)));
    parts.extend(text.sections.named().into_iter().map(|(anchor, _, section)| (anchor, section)));
    parts
}

/// What is wrong with single words of a text, each once.
fn wordings(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut note = |sentence: String| {
        if !found.contains(&sentence) {
            found.push(sentence);
        }
    };
    blame(text).into_iter().for_each(&mut note);
    for word in runs(text, |sign| matches!(sign, ':' | '.' | '-' | '_')) {
        address(word).into_iter().chain(host(word)).for_each(&mut note);
    }
    for word in runs(text, |sign| matches!(sign, '@' | '.' | '-' | '_' | '+')) {
        mailbox(word).into_iter().for_each(&mut note);
    }
    for word in runs(text, |sign| matches!(sign, '.' | '-' | '_' | '+' | '=')) {
        secret(word).into_iter().for_each(&mut note);
    }
    found
}

/// The longest pieces of letters, digits and what else may belong to a word.
fn runs(text: &str, belongs: impl Fn(char) -> bool) -> impl Iterator<Item = &str> {
    text.split(move |sign: char| !sign.is_alphanumeric() && !belongs(sign)).filter(|run| !run.is_empty())
}

fn blame(text: &str) -> Vec<String> {
    let text = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let stands = |phrase: &str| {
        text.match_indices(phrase).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text.get(at + phrase.len()..).and_then(|after| after.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    let sentence = |phrase: &&str| format!("\"{phrase}\" looks for somebody to blame. Say what made it possible instead.");
    BLAME.iter().filter(|phrase| stands(phrase)).map(sentence).collect()
}

/// Addresses that mean nothing outside, and tell of the inside.
fn address(word: &str) -> Option<String> {
    let v4 = word.split([':', '-', '_']).find_map(|part| part.trim_matches('.').parse::<Ipv4Addr>().ok().filter(|ip| inner_v4(*ip)));
    let whole = word.trim_end_matches('.');
    let v6 = [whole, whole.trim_end_matches(':')].into_iter().find_map(|text| text.parse::<Ipv6Addr>().ok()).filter(|ip| inner_v6(*ip));
    let shown = v4.map(|ip| ip.to_string()).or(v6.map(|ip| ip.to_string()))?;
    Some(format!("{shown} is a private address. Take it out, or say what the machine does."))
}

fn inner_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    // Also what providers give out behind one address (RFC 6598).
    ip.is_private() || ip.is_loopback() || ip.is_link_local() || (first == 100 && (64..128).contains(&second))
}

fn inner_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.to_ipv4_mapped().is_some_and(inner_v4)
}

fn host(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let (name, port) = lower.split_once(':').map_or((lower.as_str(), None), |(name, rest)| (name, rest.split(':').next()));
    let name = name.trim_matches(|sign: char| !sign.is_alphanumeric());
    let inside = INSIDE.iter().any(|end| name.strip_suffix(end).is_some_and(|before| !before.is_empty()));
    let port = port.and_then(|port| port.trim_end_matches(['.', '-', '_']).parse::<u16>().ok());
    let served = port.is_some_and(|port| port >= USUAL_PORTS || WELL_KNOWN_PORTS.contains(&port));
    let alone = served && !name.contains('.') && name.chars().next().is_some_and(char::is_alphabetic);
    (inside || alone || name == "localhost")
        .then(|| format!("{name} looks like the name of a machine inside. Take it out, or say what the machine does."))
}

fn mailbox(word: &str) -> Option<String> {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    let (local, domain) = word.split_once('@')?;
    let (name, top) = domain.rsplit_once('.')?;
    let fits = !local.is_empty() && !name.is_empty() && !name.contains('@') && top.chars().all(char::is_alphabetic) && top.len() > 1;
    fits.then(|| format!("{word} is the address of somebody. Take it out, or name a form or a page instead."))
}

fn secret(word: &str) -> Option<String> {
    let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
    let token = TOKENS.iter().any(|start| word.starts_with(start)) && word.len() >= SHORTEST_TOKEN;
    let capital = |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit();
    let key = KEYS.iter().any(|start| word.starts_with(start)) && word.len() == 20 && word.chars().all(capital);
    let lower = word.to_lowercase();
    let given = GIVEN.iter().any(|start| lower.find(start).is_some_and(|at| lower.len() > at + start.len()));
    let made = word.len() >= MACHINE_MADE
        && [char::is_uppercase, char::is_lowercase, char::is_numeric].iter().all(|kind| word.chars().any(kind))
        && word.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
    (token || key || given || made).then(|| {
        let shown: String = word.chars().take(6).collect();
        format!("{shown}… looks like a password or a token. Take it out; if it is one, it has to be changed.")
    })
}
