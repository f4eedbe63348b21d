//! A small piece of work that a browser does before somebody is mailed, while very many ask for that at once (reliability E18): it costs
//! a reader a second, and whoever floods mailboxes a second for each. Both sides know it: the browser finds a number, the server looks
//! whether it is one.

use sha2::{Digest, Sha256};

/// Leading bits of the hash that have to be nought: a quarter of a million tries on average, about a second on a telephone.
pub const BITS: u32 = 18;
/// Longest number that is looked at.
const LONGEST: usize = 20;

/// Whether this number answers the challenge.
#[must_use]
pub fn holds(challenge: &str, number: &str) -> bool {
    if number.is_empty() || number.len() > LONGEST || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let hash = Sha256::new().chain_update(challenge).chain_update(".").chain_update(number).finalize();
    let mut bits = 0;
    for byte in hash {
        bits += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    bits >= BITS
}

/// A number that answers the challenge, among so many from this one on.
#[must_use]
pub fn find(challenge: &str, from: u64, tries: u64) -> Option<String> {
    (from..from.saturating_add(tries)).map(|number| number.to_string()).find(|number| holds(challenge, number))
}
