//! Protection on the way to the relay, and ways that lead nowhere.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustls::RootCertStore;
use server::channels::smtp::{Pool, Relay, Timeouts, believing};
use server::config::{Hidden, SmtpSecurity};
use server::domain::relay::{Fault, Outcome, Step};

use super::{is_accepted, relay, send};
use crate::support::smtp::{Answer, Moment, Offers, Phase, SmtpServer, say};

#[tokio::test]
async fn nothing_is_sent_in_plain_text_where_protection_is_demanded() {
    let server = SmtpServer::good().await;
    let pool = Pool::new(Relay { security: SmtpSecurity::Required, ..relay(&server) });
    assert_eq!(send(&pool, "a@example.test").await, Outcome::Failed(Step::Hello, Fault::Unprotected));
    assert!(server.mails().is_empty(), "somebody on the way took STARTTLS out");
    let server = SmtpServer::new(Offers { starttls: true, ..Offers::default() }, |_| Answer::Usual).await;
    for security in [SmtpSecurity::Required, SmtpSecurity::Opportunistic] {
        assert!(is_accepted(&send(&Pool::new(Relay { security, ..relay(&server) }), "a@example.test").await));
    }
    assert_eq!(server.protected(), 2);
    let server = SmtpServer::new(Offers { implicit: true, ..Offers::default() }, |_| Answer::Usual).await;
    assert!(is_accepted(&send(&Pool::new(Relay { security: SmtpSecurity::Implicit, ..relay(&server) }), "a@example.test").await));
    assert_eq!((server.protected(), server.mails().len()), (1, 1));
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_ends_it_also_where_protection_was_a_bonus() {
    let server = SmtpServer::new(Offers { starttls: true, ..Offers::default() }, |_| Answer::Usual).await;
    for security in [SmtpSecurity::Required, SmtpSecurity::Opportunistic] {
        let pool = Pool::new(Relay { security, tls: believing(RootCertStore::empty()), ..relay(&server) });
        assert_eq!(send(&pool, "a@example.test").await, Outcome::Failed(Step::Tls, Fault::Certificate));
    }
    assert!(server.mails().is_empty());
}

#[tokio::test]
async fn words_sent_before_the_handshake_are_not_taken_for_words_said_under_its_protection() {
    let server = SmtpServer::new(Offers { starttls: true, ..Offers::default() }, |at| {
        if at.phase == Phase::StartTls { say("220 go\r\n250 injected") } else { Answer::Usual }
    })
    .await;
    let pool = Pool::new(Relay { security: SmtpSecurity::Required, ..relay(&server) });
    assert_eq!(send(&pool, "a@example.test").await, Outcome::Failed(Step::Hello, Fault::Garbled));
}

#[tokio::test]
async fn a_password_goes_over_tls_or_stays_on_this_machine() {
    let credentials = Some(("user".to_owned(), Hidden("pass word".to_owned())));
    let seen = Arc::new(AtomicBool::new(false));
    let saw = seen.clone();
    let script = move |at: &Moment| {
        saw.fetch_or(at.phase == Phase::Auth && at.line == "|user|pass word", Ordering::SeqCst);
        Answer::Usual
    };
    let server = SmtpServer::new(Offers { login: true, ..Offers::default() }, script).await;
    let pool = Pool::new(Relay { credentials: credentials.clone(), security: SmtpSecurity::Opportunistic, ..relay(&server) });
    assert_eq!(send(&pool, "a@example.test").await, Outcome::Failed(Step::Login, Fault::Unprotected));
    assert!(!seen.load(Ordering::SeqCst));
    let pool = Pool::new(Relay { credentials: credentials.clone(), ..relay(&server) });
    assert!(is_accepted(&send(&pool, "a@example.test").await));
    assert!(seen.load(Ordering::SeqCst));
    let refusing = SmtpServer::new(Offers { login: true, starttls: true, ..Offers::default() }, |at| {
        if at.phase == Phase::Auth { say("535 5.7.8 no") } else { Answer::Usual }
    })
    .await;
    let pool = Pool::new(Relay { credentials, security: SmtpSecurity::Required, ..relay(&refusing) });
    assert!(matches!(send(&pool, "a@example.test").await, Outcome::Refused(Step::Login, reply) if reply.code == 535));
}

#[tokio::test]
async fn a_relay_that_is_not_there_is_a_failure_to_connect() {
    let server = SmtpServer::good().await;
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).unwrap().port();
    let pool = Pool::new(Relay { port: nobody, ..relay(&server) });
    assert_eq!(send(&pool, "a@example.test").await, Outcome::Failed(Step::Connect, Fault::Closed));
    let pool = Pool::new(Relay { host: "relay.invalid".to_owned(), timeouts: Timeouts::default(), ..relay(&server) });
    assert!(matches!(send(&pool, "a@example.test").await, Outcome::Failed(Step::Lookup, _)));
}
