//! What other programs hand in, each with a token of its own in the address. They have their own limits of pace and of how many are
//! heard at once, so that a flood of them leaves readers alone (reliability P8).

pub mod bounces;
pub mod heartbeat;

use crate::actions::Actor;
use crate::store::pages::PageRecord;

/// Who hands something in, once the guard has let them pass.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The page they belong to.
    pub page: PageRecord,
    /// Who they are for actions and the audit.
    pub actor: Actor,
}
