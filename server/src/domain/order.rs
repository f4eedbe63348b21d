//! Things in an order that people change one place at a time.

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the first place.
    Up,
    /// Towards the last place.
    Down,
}

/// The things with the chosen one a place further; as they are where it is the first or last already, or not among them.
#[must_use]
pub fn shifted<T: PartialEq>(mut things: Vec<T>, chosen: &T, way: Way) -> Vec<T> {
    let at = things.iter().position(|thing| thing == chosen);
    let to = at.and_then(|at| match way {
        Way::Up => at.checked_sub(1),
        Way::Down => Some(at + 1).filter(|to| *to < things.len()),
    });
    if let Some((at, to)) = at.zip(to) {
        things.swap(at, to);
    }
    things
}
