//! Places that people change.

use proptest::prelude::*;
use server::domain::order::{Way, shifted};

#[test]
fn a_thing_moves_one_place() {
    assert_eq!(shifted(vec!['a', 'b', 'c'], &'b', Way::Up), ['b', 'a', 'c']);
    assert_eq!(shifted(vec!['a', 'b', 'c'], &'b', Way::Down), ['a', 'c', 'b']);
}

#[test]
fn the_first_stays_first_and_the_last_last() {
    assert_eq!(shifted(vec!['a', 'b'], &'a', Way::Up), ['a', 'b']);
    assert_eq!(shifted(vec!['a', 'b'], &'b', Way::Down), ['a', 'b']);
    assert_eq!(shifted(vec!['a', 'b'], &'x', Way::Down), ['a', 'b']);
}

proptest! {
    #[test]
    fn down_takes_up_back(length in 2_usize..20, at in 1_usize..20) {
        let things: Vec<usize> = (0..length).collect();
        let at = at % (length - 1) + 1;
        prop_assert_eq!(shifted(shifted(things.clone(), &at, Way::Up), &at, Way::Down), things);
    }
}
