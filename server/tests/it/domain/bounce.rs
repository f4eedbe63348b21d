//! What a report means, when soft bounces are enough, and the address that mails come back to.

use app::words::BounceKind::{self, Hard, Policy, Rejected, Soft};
use chrono::TimeDelta;
use proptest::prelude::*;
use server::domain::bounce::{has_room, meaning, return_address, shown, tag, worn_out};
use server::domain::dsn::Action::{Delayed, Done, Failed};
use server::domain::dsn::{Action, Fate, Status};
use server::secret::{Purpose, Secret};

use super::{id, minute};

fn kind(action: Action, status: &str, diagnostic: &str) -> Option<BounceKind> {
    let status = Status::parse(status).unwrap();
    let fate = Fate { recipient: "anna@example.test".to_owned(), action, status, diagnostic: diagnostic.to_owned() };
    let meaning = meaning(&fate)?;
    assert_eq!(meaning.gave_up, action == Failed);
    Some(meaning.kind)
}

#[test]
fn only_a_fault_of_the_address_is_hard() {
    for (action, status, expected) in [
        (Failed, "5.1.1", Some(Hard)),
        (Failed, "5.1.0", Some(Hard)),
        (Failed, "5.1.2", Some(Hard)),
        (Failed, "5.1.10", Some(Hard)),
        (Failed, "5.2.1", Some(Hard)),
        (Failed, "5.4.1", Some(Hard)),
        (Failed, "5.4.4", Some(Hard)),
        (Failed, "5.2.2", Some(Soft)),
        (Failed, "4.2.2", Some(Soft)),
        (Failed, "4.4.1", Some(Soft)),
        (Failed, "4.0.0", Some(Soft)),
        (Delayed, "4.4.1", Some(Soft)),
        (Delayed, "5.1.1", Some(Soft)),
        (Failed, "5.4.7", Some(Soft)),
        (Failed, "5.4.5", Some(Soft)),
        (Failed, "5.7.1", Some(Policy)),
        (Failed, "5.7.26", Some(Policy)),
        (Failed, "4.7.0", Some(Policy)),
        (Delayed, "4.7.1", Some(Policy)),
        (Failed, "5.1.8", Some(Rejected)),
        (Failed, "5.1.7", Some(Rejected)),
        (Failed, "5.2.3", Some(Rejected)),
        (Failed, "5.6.0", Some(Rejected)),
        (Failed, "5.3.4", Some(Rejected)),
        (Failed, "5.0.0", Some(Rejected)),
        (Failed, "2.0.0", None),
        (Done, "2.1.5", None),
        (Done, "5.1.1", None),
    ] {
        assert_eq!(kind(action, status, ""), expected, "{action:?} {status}");
    }
}

#[test]
fn a_code_that_says_nothing_is_made_precise_by_the_reply_beside_it_and_by_no_prose() {
    for (diagnostic, expected) in [
        ("smtp; 550 5.1.1 <anna@example.test>: no such user", Hard),
        ("SMTP;550-5.1.1 The account does not exist 550 5.1.1 really", Hard),
        ("smtp; 552 5.2.2 Mailbox full", Soft),
        ("smtp; 550 5.7.1 not from you", Policy),
        // Another class than the report's own.
        ("smtp; 450 4.1.1 try again", Rejected),
        ("smtp; 550 User unknown", Rejected),
        ("smtp; User unknown 5.1.1", Rejected),
        ("x-unix; 550 5.1.1 User unknown", Rejected),
        ("550 5.1.1 User unknown", Rejected),
        ("smtp; äöü", Rejected),
        ("smtp;", Rejected),
        ("", Rejected),
    ] {
        assert_eq!(kind(Failed, "5.0.0", diagnostic), Some(expected), "{diagnostic}");
    }
    assert_eq!(kind(Failed, "5.7.1", "smtp; 550 5.1.1 User unknown"), Some(Policy), "a code that says something stands");
}

#[test]
fn what_is_shown_of_a_report_is_one_line_without_addresses() {
    let status = Status(5, 1, 1);
    assert_eq!(shown(status, "smtp; 550 5.1.1 <anna@example.test>: unknown"), "5.1.1 550 5.1.1 …@… unknown");
    assert_eq!(shown(status, "smtp; 550\0 \u{7}a\u{9f}\r\n\tb"), "5.1.1 550 a b");
    assert_eq!(shown(status, ""), "5.1.1");
    assert_eq!(shown(status, &"x".repeat(5_000)).chars().count(), 500);
}

#[test]
fn five_notices_over_two_weeks_wear_a_mailbox_out() {
    let days = |days: &[i64]| days.iter().map(|day| minute(0) + TimeDelta::days(*day)).collect::<Vec<_>>();
    assert!(worn_out(&days(&[0, 1, 2, 3, 14])));
    assert!(worn_out(&days(&[0, 20, 40, 60, 80, 100])));
    assert!(!worn_out(&days(&[0, 1, 2, 3, 13])), "a holiday");
    assert!(!worn_out(&days(&[0, 10, 20, 30])), "too few");
    assert!(!worn_out(&[]));
}

#[test]
fn a_return_address_names_its_delivery_and_fits_into_64_octets() {
    let secret = Secret::new("a key");
    let own = secret.return_tag(&id(1), &id(2), &id(3));
    let longest = "seventeen-letters@example.test";
    assert!(has_room(longest) && !has_room("eighteen--letters-@example.test"));
    let address = return_address(longest, &own);
    assert_eq!(address, format!("seventeen-letters+{own}@example.test"));
    assert_eq!(address.split('@').next().unwrap().len(), 64);
    assert!(own.starts_with("b-") && own[2..].bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{own}");
    assert_eq!(tag(&address).as_deref(), Some(own.as_str()));
    assert_eq!(tag(&address.to_uppercase()).as_deref(), Some(own.as_str()), "however servers on the way changed its letters");
    assert_eq!(secret.returned(&id(1), &own), Some((id(2), id(3))));
    for address in ["", "@", "+@", "status@example.test", "status+news@example.test", "status+b-@example.test", "b+b-x"] {
        assert_eq!(tag(address), None, "{address}");
    }
}

#[test]
fn a_tag_proves_nothing_for_another_delivery_page_key_or_purpose() {
    let secret = Secret::new("a key");
    let own = secret.return_tag(&id(1), &id(2), &id(3));
    assert_eq!(secret.returned(&id(9), &own), None, "of another page");
    assert_eq!(Secret::new("another key").returned(&id(1), &own), None);
    let swapped = format!("b-{}{}{}", id(3), id(2), &own[26..]);
    assert_eq!(secret.returned(&id(1), &swapped), None, "for another delivery");
    let foreign = format!("b-{}{}", id(2), secret.token(Purpose::Unsubscribe, &id(1), &id(3), 0));
    assert_eq!(secret.returned(&id(1), &foreign.to_lowercase()), None, "of another purpose");
    for place in 2..own.len() {
        let mut other = own.clone().into_bytes();
        other[place] = if other[place] == b'a' { b'b' } else { b'a' };
        assert_eq!(secret.returned(&id(1), &String::from_utf8(other).unwrap()), None, "with another letter at {place}");
    }
}

proptest! {
    #[test]
    fn no_address_and_no_diagnosis_makes_it_panic(text in any::<String>(), code in 0..1_000_u16) {
        let _ = tag(&text);
        let _ = Secret::new("a key").returned(&id(1), &text);
        let _ = shown(Status(5, 0, code), &text);
        let fate = Fate { recipient: text.clone(), action: Failed, status: Status(5, 0, 0), diagnostic: format!("smtp;{text}") };
        let _ = meaning(&fate);
        prop_assert!(!shown(Status(5, 0, 0), &text).contains(char::is_control));
    }
}
