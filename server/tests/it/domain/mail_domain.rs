//! Which domains say that they take no mail.

use server::domain::mail_domain::{is_its_own, takes_none};
use server::domain::mail_records::Answer;

#[test]
fn only_no_name_and_nobody_alone_are_a_no() {
    let records = |names: &[&str]| Answer::Records(names.iter().map(|name| (*name).to_owned()).collect());
    for (answer, none) in [
        (Answer::NoName, true),
        (records(&[""]), true),
        (records(&["", "mail.example.test"]), false),
        (records(&["mail.example.test"]), false),
        (Answer::Nothing, false),
        (Answer::Failed, false),
    ] {
        assert_eq!(takes_none(&answer), none, "{answer:?}");
        assert_eq!(is_its_own(&answer), answer == Answer::Nothing, "{answer:?}");
    }
}
