//! Is it us? Places in networks that have nothing to do with each other are asked whether they can be reached (reliability N4).

/// Whether so many of them answered that the network of this machine is there: it is gone where two of three do not.
#[must_use]
pub const fn is_lost(answered: usize, asked: usize) -> bool {
    asked > 0 && asked.saturating_sub(answered) * 3 >= asked * 2
}

/// Whether so many monitors fail at the same time that it is more likely us than them: a fifth, or any if there is only one.
#[must_use]
pub const fn is_suspicious(failing: usize, monitors: usize) -> bool {
    failing > 0 && (monitors <= 1 || failing * 5 >= monitors)
}
