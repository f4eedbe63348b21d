//! What people do on the page in that year.

/// What somebody does at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Announces work of that kind.
    Announce(Kind),
    /// Looks at this piece of work and may do something about it.
    Look(usize),
}

/// Kinds of windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Once,
    Undated,
    /// Three windows.
    Series,
    StartedByHand,
    EndedByHand,
}
