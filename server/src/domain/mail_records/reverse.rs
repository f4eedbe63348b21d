//! Names of addresses (PTR): receivers distrust a machine whose address has no name, or a name that leads elsewhere.

use super::{Answer, Finding, unanswered};

const WHAT: &str = "PTR";

/// The name of the relay's address. `confirmed` is the first of its names that leads back to it.
#[must_use]
pub fn judge(address: &str, names: &Answer<String>, confirmed: Option<&str>) -> Finding {
    match (names.known(), confirmed) {
        (None, _) => unanswered(WHAT, &format!("the name of {address}")),
        (Some([]), _) => Finding::warning(
            WHAT,
            format!("The relay's address {address} has no name. If it sends by that address, let whoever gave it to you set a PTR record"),
        ),
        (Some(_), Some(name)) => Finding::ok(WHAT, format!("The relay's address {address} is called {name}, which leads back to it")),
        (Some([name, ..]), None) => Finding::warning(
            WHAT,
            format!(
                "The relay's address {address} is called {name}, but that name does not lead back to it. Give it an address record with {address}"
            ),
        ),
    }
}

/// The finding where the relay has no public address that is known.
#[must_use]
pub fn unknown(relay: &str) -> Finding {
    Finding::ok(WHAT, format!("Not looked at: {relay} has no public address that is known here, so mails leave by another one"))
}
