//! DMARC: what the owner of a domain asks receivers to do with mails in its name that nobody vouches for.

use super::{Answer, Finding, tag, tags, unanswered};

const WHAT: &str = "DMARC";
/// The version tag that a record begins with.
const VERSION: &str = "v=DMARC1";
/// Domains above the sender's that are asked; names with more labels are nobody's.
const MOST_PLACES: usize = 8;

/// Where the record of a sender's domain may stand, the nearest first.
#[must_use]
pub fn places(domain: &str) -> Vec<String> {
    let above = std::iter::successors(Some(domain), |at| at.split_once('.').map(|(_, above)| above));
    above.filter(|at| at.contains('.')).take(MOST_PLACES).map(|at| format!("_dmarc.{at}")).collect()
}

/// Whether an answer has a record, so that no place above it counts.
#[must_use]
pub fn is_here(answer: &Answer<String>) -> bool {
    answer.known().is_none_or(|texts| texts.iter().any(|text| is_record(text)))
}

fn is_record(text: &str) -> bool {
    text.trim_start().strip_prefix(VERSION).is_some_and(|rest| matches!(rest.trim_start().chars().next(), None | Some(';')))
}

/// What the policy of a sender's domain means, and whether a signature of `signer` counts under it. `asked` are the places that were asked
/// and what they answered, the last of them the one that counts.
#[must_use]
pub fn judge(sender: &str, asked: &[(String, Answer<String>)], signer: Option<&str>) -> Vec<Finding> {
    let nearest = format!("_dmarc.{sender}");
    let Some((place, answer)) = asked.last() else { return vec![missing(&nearest)] };
    let Some(texts) = answer.known() else { return vec![unanswered(WHAT, place)] };
    let records: Vec<&String> = texts.iter().filter(|text| is_record(text)).collect();
    let record = match records.as_slice() {
        [] => return vec![missing(&nearest)],
        [one] => tags(one),
        many => {
            let sentence = format!("There are {} records at {place}, so that receivers heed none of them. Keep one.", many.len());
            return vec![Finding::wrong(WHAT, sentence)];
        }
    };
    let below = if *place == nearest { None } else { tag(&record, "sp") };
    let policy = below.or_else(|| tag(&record, "p"));
    let finding = match policy.map(str::to_ascii_lowercase).as_deref() {
        Some(policy @ ("reject" | "quarantine")) => {
            Finding::ok(WHAT, format!("{place} asks receivers to {policy} what nobody vouches for"))
        }
        Some("none") => Finding::warning(
            WHAT,
            format!(
                "{place} has p=none: receivers report, but let through what strangers send in your name. Once the reports show nothing \
                 but your own mails, put p=quarantine there"
            ),
        ),
        _ => Finding::wrong(
            WHAT,
            format!("The record at {place} has no p= that says none, quarantine or reject. Put there, as TXT: {}", suggestion(sender)),
        ),
    };
    std::iter::once(finding).chain(signer.map(|signer| alignment(sender, signer, tag(&record, "adkim")))).collect()
}

/// A signature counts where its domain is that of the sender; in the relaxed mode also where it stands above it.
fn alignment(sender: &str, signer: &str, mode: Option<&str>) -> Finding {
    const WHAT: &str = "alignment";
    let strict = mode.is_some_and(|mode| mode.eq_ignore_ascii_case("s"));
    if strict && sender != signer {
        let sentence = format!(
            "The record says adkim=s: only a signature of {sender} itself counts, and dkim_domain is {signer}. Set it to {sender}, or take adkim=s out"
        );
        return Finding::wrong(WHAT, sentence);
    }
    Finding::ok(WHAT, format!("Signatures of {signer} count for a sender at {sender}"))
}

fn missing(nearest: &str) -> Finding {
    let sender = nearest.trim_start_matches("_dmarc.");
    let sentence = format!(
        "There is no record for {sender}; large providers turn bulk mail away for that. Put at {nearest}, as TXT: {}",
        suggestion(sender)
    );
    Finding::wrong(WHAT, sentence)
}

fn suggestion(sender: &str) -> String {
    format!("{VERSION}; p=none; rua=mailto:postmaster@{sender}")
}
