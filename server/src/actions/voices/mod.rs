//! What visitors say: votes for follow-ups, feedback on post-mortems, "I see this too".
//!
//! Who votes is known by a link; of the others nothing is kept, and no audit entry is written: what they say is its own record.

pub mod feedback;
pub mod sightings;
pub mod votes;
