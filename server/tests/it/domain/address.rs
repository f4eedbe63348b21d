//! Which e-mail addresses are taken.

use lettre::Address;
use proptest::prelude::*;
use server::domain::address::{BadAddress, key, mailbox, masked, parse, parse_of_stranger};

#[test]
fn ordinary_addresses_are_taken_as_they_are_written() {
    for text in ["a@b.co", "Anna.Schmidt+status@mail.Example.test", "o'brien@x-y.example", "x@1.2.example", "_@xn--mnchen-3ya.de", "1@a.b"]
    {
        assert_eq!(parse_of_stranger(&format!(" {text}\t\n")).as_deref(), Ok(text));
    }
    assert_eq!(parse("postmaster@example.test").as_deref(), Ok("postmaster@example.test"), "staff may add them");
}

#[test]
fn what_cannot_be_mailed_is_refused_for_its_reason() {
    let long = format!("{}@{}.test", "a".repeat(64), "b".repeat(63));
    assert_eq!(parse(&long).as_deref(), Ok(long.as_str()));
    for (text, why) in [
        ("", BadAddress::Empty),
        (" \u{a0} ", BadAddress::Empty),
        (&format!("{}@{}.test", "a".repeat(65), "b".repeat(63)), BadAddress::Shape),
        (&format!("a@{}.test", "b".repeat(64)), BadAddress::Domain),
        (&format!("a@{}test", "b.".repeat(126)), BadAddress::Long),
        (".a@b.test", BadAddress::Shape),
        ("a..b@c.test", BadAddress::Shape),
        ("@b.test", BadAddress::Shape),
        ("a@.test", BadAddress::Domain),
        ("a@b.test.", BadAddress::Domain),
        ("a@-b.test", BadAddress::Domain),
        ("a@b_c.test", BadAddress::Domain),
        ("a@test", BadAddress::Domain),
        ("a@my.localhost", BadAddress::Domain),
        ("a@10.0.0.1", BadAddress::Domain),
        ("a@[::1]", BadAddress::Domain),
        ("\"a b\"@c.test", BadAddress::NotAlone),
        ("a@b.test;c@d.test", BadAddress::NotAlone),
        ("a\\b@c.test", BadAddress::Characters),
        ("а@b.test", BadAddress::Characters),
        ("a@bücher.test", BadAddress::Characters),
        ("a\u{7f}@b.test", BadAddress::Characters),
        ("a\u{2028}@b.test", BadAddress::Characters),
    ] {
        assert_eq!(parse(text), Err(why), "{text:?}");
    }
    for role in ["Abuse@b.test", "postmaster@b.test", "NoReply@b.test", "no-reply+1@b.test", "MAILER-DAEMON@b.test"] {
        assert_eq!(parse_of_stranger(role), Err(BadAddress::Role), "{role}");
    }
}

#[test]
fn the_same_mailbox_is_the_same_for_limits_only() {
    assert_eq!(key("Anna.S+x@Gmail.Com"), "anna.s+x@gmail.com");
    assert_eq!(mailbox("Anna.S+x@GoogleMail.com"), "annas@gmail.com");
    assert_eq!(mailbox("Anna.S+x@example.test"), "anna.s@example.test");
}

#[test]
fn a_masked_address_keeps_its_first_letter_and_its_domain() {
    assert_eq!(masked("anna@example.test"), "a***@example.test");
}

proptest! {
    #[test]
    fn whatever_is_taken_is_also_an_address_to_the_mail_library(text in "\\PC{0,40}(@|\\PC)\\PC{0,40}") {
        if let Ok(address) = parse(&text) {
            prop_assert!(address.parse::<Address>().is_ok(), "{address:?}");
            prop_assert!(address.is_ascii() && !address.contains(char::is_whitespace));
            prop_assert_eq!(parse(&address), Ok(address.clone()), "once is enough");
        }
    }

    #[test]
    fn addresses_made_of_allowed_parts_are_taken(local in "[a-zA-Z0-9+_-]{1,20}(\\.[a-z0-9]{1,10}){0,2}", domain in "([a-z0-9]{1,10}\\.){1,3}[a-z]{2,8}") {
        prop_assume!(!domain.ends_with("localhost"));
        let text = format!("{local}@{domain}");
        prop_assert_eq!(parse(&text), Ok(text.clone()));
    }
}
