//! The mail relay: how it receives us, and what its answers mean for a person.

use crate::channels::smtp::{Greeted, Relay, greet};
use crate::config::{Smtp, SmtpSecurity};
use crate::domain::mail_records::Finding;
use crate::domain::relay::{Fault, Outcome, Step};

const WHAT: &str = "relay";

/// Connects, greets, protects, signs in and leaves, as for every mail.
pub async fn look(smtp: &Smtp) -> Finding {
    let place = format!("{}:{}", smtp.host, smtp.port);
    match greet(&Relay::new(smtp)).await {
        Ok(Greeted { protected: true, signed_in }) => Finding::ok(WHAT, format!("{place} answers over TLS{}", known(signed_in))),
        Ok(Greeted { protected: false, signed_in }) if smtp.security == SmtpSecurity::None => {
            Finding::ok(WHAT, format!("{place} answers in plain text, as ?tls=none asks for{}", known(signed_in)))
        }
        Ok(Greeted { protected: false, signed_in }) => Finding::warning(
            WHAT,
            format!(
                "{place} answers{}, but does not offer STARTTLS, so that mails travel in plain text. Turn it on there",
                known(signed_in)
            ),
        ),
        Err(outcome) => Finding::wrong(WHAT, format!("{place}: {}", words(&outcome))),
    }
}

const fn known(signed_in: bool) -> &'static str {
    if signed_in { " and takes the name and password" } else { "" }
}

/// What became of a mail, or of the way to it, and what to do.
pub fn words(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Accepted(reply) => format!("The relay took it: {} {}", reply.code, reply.text),
        Outcome::Refused(step, reply) => format!("The relay refused {}: {} {}. {}", at(*step), reply.code, reply.text, after(*step)),
        Outcome::Failed(step, fault) => format!("{} {}. {}", before(*step), why(*fault), mend(*step, *fault)),
        Outcome::Unknown(fault) => {
            format!("The mail was handed over, but the relay's answer {}. It may have taken it: look into the mailbox", why(*fault))
        }
        Outcome::Withheld => "The mail was kept back".to_owned(),
    }
}

const fn at(step: Step) -> &'static str {
    match step {
        Step::Lookup | Step::Connect | Step::Tls | Step::Greeting => "the connection",
        Step::Hello => "our greeting",
        Step::Login => "the name and password",
        Step::Sender => "the sender (mail_from)",
        Step::Recipient => "the recipient",
        Step::Data | Step::Content => "the mail",
    }
}

const fn after(step: Step) -> &'static str {
    match step {
        Step::Login => "Check the name and password in smtp_url",
        Step::Sender => "Let the relay allow this sender, or change mail_from",
        Step::Recipient => "Check the address, and whether the relay lets this machine send to others",
        _ => "The answer says why",
    }
}

const fn before(step: Step) -> &'static str {
    match step {
        Step::Lookup => "The look-up of the relay's name",
        Step::Connect => "The connection to the relay",
        Step::Tls => "The TLS handshake with the relay",
        Step::Greeting => "The relay's greeting",
        Step::Hello => "The relay's answer to our greeting",
        Step::Login => "Signing in at the relay",
        Step::Sender | Step::Recipient | Step::Data | Step::Content => "The conversation with the relay",
    }
}

const fn why(fault: Fault) -> &'static str {
    match fault {
        Fault::Timeout => "did not come in time",
        Fault::Closed => "failed, or the line was closed",
        Fault::Garbled => "was not what a mail relay says",
        Fault::Unprotected => "stopped, since it does not offer TLS",
        Fault::Certificate => "stopped at a certificate that does not hold for that name",
        Fault::NoLogin => "stopped, since it offers neither PLAIN nor LOGIN",
    }
}

const fn mend(step: Step, fault: Fault) -> &'static str {
    match (step, fault) {
        (_, Fault::Certificate) => "Name the relay as its certificate does, or let this machine trust its authority",
        (_, Fault::Unprotected) => "Turn STARTTLS on at the relay; a relay on this machine may have ?tls=none",
        (_, Fault::NoLogin) => "Take name and password out of smtp_url, or turn one of them on at the relay",
        (Step::Lookup | Step::Connect, _) => "Check host and port in smtp_url, and whether a firewall stands between",
        (Step::Tls | Step::Greeting, _) => "smtps:// is for a port that speaks TLS at once (465), smtp:// for one with STARTTLS (587)",
        _ => "Look into the relay's log",
    }
}
