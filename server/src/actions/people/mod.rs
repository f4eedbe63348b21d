//! Who may write: members of staff, their passwords and sessions, and the tokens of programs.

pub mod members;
pub mod passwords;
pub mod sessions;
pub mod set_up;
pub mod tokens;

use app::words::{ActorKind, StaffMember};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::Actor;

/// 256 bits of the system's randomness, fit for a cookie and for a header.
fn fresh_secret() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What is kept of such a secret. A fast hash is right: nobody can try 2^256 secrets, while the slow one for passwords would have to
/// run for every request.
fn digest(secret: &str) -> String {
    Sha256::digest(secret).iter().fold(String::with_capacity(64), |mut text, byte| {
        text.push_str(&format!("{byte:02x}"));
        text
    })
}

/// A member of staff as the one who acts.
#[must_use]
pub fn actor(member: &StaffMember) -> Actor {
    let name = member.name.clone().unwrap_or_else(|| member.email.clone());
    Actor { kind: ActorKind::Staff, id: Some(member.id.clone()), name }
}
