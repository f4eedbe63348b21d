//! What a mail relay's answers mean.

use proptest::prelude::*;
use server::domain::relay::{Class, Reply, Step, classify};

fn class(step: Step, line: &str) -> Class {
    let (code, text) = line.split_once(' ').unwrap_or((line, ""));
    classify(step, &Reply::new(code.parse().unwrap(), text))
}

#[test]
fn a_refusal_is_the_recipients_ours_or_passing() {
    use Step::{Content, Data, Greeting, Login, Recipient, Sender};
    let rows = [
        (Recipient, "550 5.1.1 no such user", Class::Hard),
        (Recipient, "550 no such user", Class::Hard),
        (Recipient, "551 5.1.6 moved", Class::Hard),
        (Recipient, "553 5.1.3 bad address", Class::Hard),
        (Recipient, "554 5.1.2 no such domain", Class::Hard),
        (Recipient, "550 5.2.1 disabled", Class::Hard),
        (Content, "550 5.1.1 no such user", Class::Hard),
        (Recipient, "552 5.2.2 full", Class::Soft),
        (Recipient, "552 full", Class::Soft),
        (Recipient, "452 4.2.2 full", Class::Soft),
        (Content, "552 5.2.2 full", Class::Soft),
        (Content, "552 5.3.4 too large", Class::Rejected),
        (Content, "554 transaction failed", Class::Rejected),
        (Content, "550 5.6.0 not like this", Class::Rejected),
        (Recipient, "550 5.7.1 not from you", Class::Policy),
        (Content, "554 5.7.9 blocked", Class::Policy),
        (Sender, "550 5.1.8 bad sender", Class::Policy),
        (Recipient, "550 5.1.8 sender address rejected: domain not found", Class::Policy),
        (Content, "550 5.1.7 bad sender", Class::Policy),
        (Login, "535 5.7.8 wrong password", Class::Policy),
        (Greeting, "554 go away", Class::Policy),
        (Data, "503 sequence", Class::Policy),
        (Content, "454 Throttling failure: Maximum sending rate exceeded", Class::Busy),
        (Recipient, "451 4.7.1 greylisted", Class::Busy),
        (Greeting, "421 too many", Class::Busy),
        (Recipient, "450 4.2.0 later", Class::Later),
        (Content, "452 4.3.1 no space", Class::Later),
    ];
    for (step, line, expected) in rows {
        assert_eq!(class(step, line), expected, "{line} at {step:?}");
    }
}

proptest! {
    #[test]
    fn no_answer_below_500_ever_costs_a_subscriber(code in 400_u16..500, text in ".{0,80}", at in 0_usize..4) {
        let step = [Step::Sender, Step::Recipient, Step::Data, Step::Content][at];
        let class = classify(step, &Reply::new(code, &text));
        prop_assert!(matches!(class, Class::Soft | Class::Busy | Class::Later), "{class:?}");
    }

    #[test]
    fn whatever_a_relay_says_is_kept_short_on_one_line_and_names_nobody(code in 200_u16..600, text in "(.|\r|\n|@){0,900}") {
        let kept = Reply::new(code, &text).masked();
        prop_assert!(kept.chars().count() <= 4 + Reply::LONGEST * 3);
        prop_assert!(!kept.contains(['\r', '\n']));
        for word in kept.split(' ') {
            prop_assert!(!word.contains('@') || word == "…@…");
        }
    }
}
