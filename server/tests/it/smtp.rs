//! The way to the relay, against a relay that misbehaves in every way one does: nothing hangs, nothing lost passes for sent, no
//! connection about which there is doubt is used again.

mod protection;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use server::channels::smtp::{Mail, Pool, Relay, Timeouts, believing};
use server::config::SmtpSecurity;
use server::domain::relay::{Fault, Outcome, Step};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;

use crate::support::smtp::{AUTHORITY, Answer, Moment, Offers, Phase, SmtpServer, say};

/// Long enough for a loaded machine where an answer comes, short enough to wait for where none does.
const SHORT: Duration = Duration::from_millis(300);

fn relay(server: &SmtpServer) -> Relay {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(AUTHORITY).unwrap()).unwrap();
    let timeouts = Timeouts { lookup: SHORT, connect: SHORT, tls: SHORT, greeting: SHORT, command: SHORT, content: SHORT };
    Relay {
        host: "127.0.0.1".to_owned(),
        port: server.port,
        security: SmtpSecurity::None,
        credentials: None,
        connections: 4,
        tls: believing(roots),
        timeouts,
    }
}

fn patient(server: &SmtpServer) -> Pool {
    Pool::new(Relay { timeouts: Timeouts::default(), ..relay(server) })
}

fn mail(to: &str) -> Mail {
    let bytes = format!("Message-ID: <{to}>\r\nSubject: Hello\r\n\r\nHello {to}\r\n.a line with a dot\r\n").into_bytes();
    Mail { from: "status@example.test".to_owned(), to: to.to_owned(), bytes }
}

/// Relays that follow a script: one that answers command by command, and one to which several may be said at once.
async fn both(script: impl Fn(&Moment) -> Answer + Clone + Send + Sync + 'static) -> [SmtpServer; 2] {
    let at_once = Offers { pipelining: true, ..Offers::default() };
    [SmtpServer::scripted(script.clone()).await, SmtpServer::new(at_once, script).await]
}

async fn send(pool: &Pool, to: &str) -> Outcome {
    pool.turn().await.send(&mail(to), || async { true }).await
}

fn code(outcome: &Outcome) -> Option<u16> {
    match outcome {
        Outcome::Accepted(reply) | Outcome::Refused(_, reply) => Some(reply.code),
        _ => None,
    }
}

fn is_accepted(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Accepted(_))
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_written() {
    let server = SmtpServer::good().await;
    assert!(is_accepted(&send(&patient(&server), "ada@example.test").await));
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].from.as_str(), mails[0].to.as_str()), ("status@example.test", "ada@example.test"));
    assert_eq!(mails[0].raw.as_bytes(), mail("ada@example.test").bytes, "dots at the start of lines survive");
}

#[tokio::test]
async fn silence_at_any_step_ends_by_our_own_clock() {
    let steps = [
        (Phase::Greeting, Outcome::Failed(Step::Greeting, Fault::Timeout)),
        (Phase::Ehlo, Outcome::Failed(Step::Hello, Fault::Timeout)),
        (Phase::Mail, Outcome::Failed(Step::Sender, Fault::Timeout)),
        (Phase::Rcpt, Outcome::Failed(Step::Recipient, Fault::Timeout)),
        (Phase::Data, Outcome::Failed(Step::Data, Fault::Timeout)),
        (Phase::Content, Outcome::Unknown(Fault::Timeout)),
    ];
    for (phase, expected) in steps {
        for server in both(move |at| if at.phase == phase { Answer::Hang } else { Answer::Usual }).await {
            let started = Instant::now();
            assert_eq!(send(&Pool::new(relay(&server)), "a@example.test").await, expected, "{phase:?}");
            assert!(started.elapsed() < SHORT * 10, "{phase:?} took {:?}", started.elapsed());
        }
    }
}

#[tokio::test]
async fn a_connection_that_ends_at_any_step_is_a_failure_or_after_the_dot_unknown() {
    for answer in [Answer::Close, Answer::Reset, Answer::Half] {
        let steps = [
            (Phase::Greeting, Outcome::Failed(Step::Greeting, Fault::Closed)),
            (Phase::Ehlo, Outcome::Failed(Step::Hello, Fault::Closed)),
            (Phase::Mail, Outcome::Failed(Step::Sender, Fault::Closed)),
            (Phase::Rcpt, Outcome::Failed(Step::Recipient, Fault::Closed)),
            (Phase::Data, Outcome::Failed(Step::Data, Fault::Closed)),
            (Phase::Content, Outcome::Unknown(Fault::Closed)),
        ];
        for (phase, expected) in steps {
            let ending = answer.clone();
            for server in both(move |at| if at.phase == phase { ending.clone() } else { Answer::Usual }).await {
                assert_eq!(send(&patient(&server), "a@example.test").await, expected, "{answer:?} at {phase:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_refusal_says_at_which_step_and_leaves_the_connection_fit_for_the_next_mail() {
    for (phase, step) in
        [(Phase::Mail, Step::Sender), (Phase::Rcpt, Step::Recipient), (Phase::Data, Step::Data), (Phase::Content, Step::Content)]
    {
        for refusal in [450, 451, 454, 550, 552, 554] {
            for server in
                both(move |at| if at.phase == phase && at.mail == 1 { say(&format!("{refusal} no")) } else { Answer::Usual }).await
            {
                let pool = patient(&server);
                let refused = send(&pool, "first@example.test").await;
                assert!(matches!(&refused, Outcome::Refused(at, reply) if *at == step && reply.code == refusal), "{phase:?}: {refused:?}");
                assert!(is_accepted(&send(&pool, "second@example.test").await));
                assert_eq!((server.recipients(), server.connections()), (vec!["second@example.test".to_owned()], 1), "{phase:?} {refusal}");
            }
        }
    }
}

#[tokio::test]
async fn a_relay_that_takes_its_leave_is_not_spoken_to_again_on_that_connection() {
    for phase in [Phase::Mail, Phase::Rcpt, Phase::Data, Phase::Content] {
        for server in both(move |at| if at.phase == phase && at.mail == 1 { say("421 4.3.2 closing") } else { Answer::Usual }).await {
            let pool = patient(&server);
            assert_eq!(code(&send(&pool, "first@example.test").await), Some(421));
            assert!(is_accepted(&send(&pool, "second@example.test").await));
            assert_eq!(server.connections(), 2, "{phase:?}");
        }
    }
}

#[tokio::test]
async fn only_250_after_the_dot_means_taken() {
    for word in ["354 go", "220 hello", "251 ok", "200 ok", "235 ok", "25 ok", "2500 ok", "hello", "", "999 ok", "150 ok"] {
        let server = SmtpServer::scripted(move |at| if at.phase == Phase::Content { say(word) } else { Answer::Usual }).await;
        assert_eq!(send(&patient(&server), "a@example.test").await, Outcome::Unknown(Fault::Garbled), "{word:?}");
    }
}

#[tokio::test]
async fn a_yes_of_the_wrong_kind_is_no_yes_at_any_step() {
    for (phase, word) in
        [(Phase::Greeting, "250 hi"), (Phase::Ehlo, "220 hi"), (Phase::Mail, "354 go"), (Phase::Rcpt, "354 go"), (Phase::Data, "250 ok")]
    {
        for server in both(move |at| if at.phase == phase { say(word) } else { Answer::Usual }).await {
            let outcome = send(&patient(&server), "a@example.test").await;
            assert!(matches!(outcome, Outcome::Failed(_, Fault::Garbled)), "{phase:?}: {outcome:?}");
            assert!(server.mails().is_empty());
        }
    }
}

#[tokio::test]
async fn a_reply_of_several_lines_is_one_reply() {
    let server = SmtpServer::scripted(|at| match at.phase {
        Phase::Greeting => say("220-relay\r\n220-of many words\r\n220 ready"),
        Phase::Content => say("250-2.0.0 taken\r\n250 with thanks"),
        _ => Answer::Usual,
    })
    .await;
    let pool = patient(&server);
    let Outcome::Accepted(reply) = send(&pool, "a@example.test").await else { panic!("it is taken") };
    assert_eq!(reply.text, "2.0.0 taken with thanks");
    assert!(is_accepted(&send(&pool, "b@example.test").await));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_on_which_more_was_said_than_asked_for_carries_no_other_mail() {
    // The answer of the second mail comes with the one of the first: whoever goes on reads every reply one mail too early.
    for server in both(|at| match (at.phase, at.mail) {
        (Phase::Content, 1) => say("250 taken\r\n250 taken"),
        (Phase::Rcpt, 3) => say("550 5.1.1 nobody here"),
        _ => Answer::Usual,
    })
    .await
    {
        let pool = patient(&server);
        assert!(is_accepted(&send(&pool, "first@example.test").await));
        assert!(is_accepted(&send(&pool, "second@example.test").await));
        assert_eq!(code(&send(&pool, "third@example.test").await), Some(550));
        assert_eq!(server.recipients(), ["first@example.test", "second@example.test"]);
        assert_eq!(server.connections(), 2);
    }
    for phase in [Phase::Greeting, Phase::Ehlo, Phase::Mail, Phase::Rcpt, Phase::Data] {
        let script = move |at: &Moment| {
            let twice = match phase {
                Phase::Greeting => "220 hi\r\n250 ok",
                Phase::Data => "354 go\r\n250 ok",
                _ => "250 ok\r\n250 ok",
            };
            if at.phase == phase { say(twice) } else { Answer::Usual }
        };
        for server in both(script).await {
            let outcome = send(&patient(&server), "a@example.test").await;
            assert!(matches!(outcome, Outcome::Failed(_, Fault::Garbled)), "{phase:?}: {outcome:?}");
            assert!(server.mails().is_empty());
        }
    }
}

#[tokio::test]
async fn a_send_that_is_dropped_half_way_does_not_poison_the_next_one() {
    // The first mail's answer comes after its sender has lost patience; the third is refused, and must be told so.
    let server = SmtpServer::scripted(|at| match (at.phase, at.mail) {
        (Phase::Content, 1) => Answer::Late(Duration::from_millis(150)),
        (Phase::Rcpt, 3) => say("550 5.1.1 nobody here"),
        _ => Answer::Usual,
    })
    .await;
    let pool = patient(&server);
    assert!(tokio::time::timeout(Duration::from_millis(50), send(&pool, "first@example.test")).await.is_err());
    assert!(is_accepted(&send(&pool, "second@example.test").await));
    assert_eq!(code(&send(&pool, "third@example.test").await), Some(550));
    assert!(!server.recipients().contains(&"third@example.test".to_owned()));
}

#[tokio::test]
async fn two_hundred_mails_at_once_open_four_connections() {
    let server = SmtpServer::good().await;
    let pool = Arc::new(patient(&server));
    let mut all = JoinSet::new();
    for number in 0..200 {
        let pool = pool.clone();
        all.spawn(async move { is_accepted(&send(&pool, &format!("r{number}@example.test")).await) });
    }
    assert!(all.join_all().await.into_iter().all(|accepted| accepted));
    assert_eq!(server.mails().len(), 200);
    assert!(server.most_at_once() <= 4, "{} at once", server.most_at_once());
    assert!(server.connections() <= 4, "{} ever", server.connections());
}

#[tokio::test]
async fn a_connection_carries_a_hundred_mails_and_then_says_goodbye() {
    let goodbyes = Arc::new(AtomicBool::new(false));
    let said = goodbyes.clone();
    let server = SmtpServer::scripted(move |at| {
        said.fetch_or(at.phase == Phase::Quit, Ordering::SeqCst);
        Answer::Usual
    })
    .await;
    let pool = Pool::new(Relay { connections: 1, timeouts: Timeouts::default(), ..relay(&server) });
    for number in 0..101 {
        assert!(is_accepted(&send(&pool, &format!("r{number}@example.test")).await));
    }
    assert_eq!(server.mails().iter().filter(|mail| mail.connection == 1).count(), 100);
    assert!(goodbyes.load(Ordering::SeqCst));
    pool.close().await;
}

#[tokio::test]
async fn a_parked_connection_that_the_relay_closed_costs_nothing() {
    let server = SmtpServer::scripted(|at| match (at.phase, at.connection, at.mail) {
        // Closed at the very moment at which the next mail begins.
        (Phase::Mail, 1, 2) => Answer::Close,
        _ => Answer::Usual,
    })
    .await;
    let pool = patient(&server);
    assert!(is_accepted(&send(&pool, "first@example.test").await));
    assert!(is_accepted(&send(&pool, "second@example.test").await));
    assert_eq!((server.recipients().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn a_reply_without_an_end_is_not_read_for_ever() {
    let server =
        SmtpServer::scripted(|at| if at.phase == Phase::Mail { say(&format!("250 {}", "a".repeat(10_000_000))) } else { Answer::Usual })
            .await;
    assert_eq!(send(&patient(&server), "a@example.test").await, Outcome::Failed(Step::Sender, Fault::Garbled));
    let server =
        SmtpServer::scripted(|at| if at.phase == Phase::Ehlo { say(&"250-more\r\n".repeat(100_000)) } else { Answer::Usual }).await;
    assert_eq!(send(&patient(&server), "a@example.test").await, Outcome::Failed(Step::Hello, Fault::Garbled));
}

#[tokio::test]
async fn what_is_kept_of_a_reply_is_bounded_and_names_nobody() {
    let long = format!("550 5.1.1 <ada@example.test> unknown {}", "x".repeat(3_000));
    let server = SmtpServer::scripted(move |at| if at.phase == Phase::Rcpt { say(&long) } else { Answer::Usual }).await;
    let Outcome::Refused(_, reply) = send(&patient(&server), "ada@example.test").await else { panic!("it is refused") };
    assert!(reply.text.chars().count() <= 500);
    assert!(reply.masked().starts_with("550 5.1.1 …@… unknown xxx"), "{}", reply.masked());
}

#[tokio::test]
async fn what_is_no_longer_wanted_is_kept_back_at_the_last_moment() {
    for server in both(|_| Answer::Usual).await {
        let pool = patient(&server);
        assert_eq!(pool.turn().await.send(&mail("left@example.test"), || async { false }).await, Outcome::Withheld);
        assert!(is_accepted(&send(&pool, "stays@example.test").await));
        assert_eq!((server.recipients(), server.connections()), (vec!["stays@example.test".to_owned()], 1));
    }
}

#[tokio::test]
async fn a_relay_that_takes_its_time_is_no_reason_to_send_what_was_wanted_before_it() {
    let at_once = Offers { pipelining: true, ..Offers::default() };
    let slow = |at: &Moment| match (at.phase, at.mail) {
        (Phase::Rcpt, 1) => Answer::Late(Duration::from_millis(400)),
        _ => Answer::Usual,
    };
    let server = SmtpServer::new(at_once, slow).await;
    let (pool, looks) = (patient(&server), AtomicUsize::new(0));
    let wanted = || async { looks.fetch_add(1, Ordering::SeqCst) == 0 };
    assert_eq!(pool.turn().await.send(&mail("left@example.test"), wanted).await, Outcome::Withheld);
    assert!(is_accepted(&send(&pool, "stays@example.test").await));
    assert_eq!((server.recipients(), server.connections()), (vec!["stays@example.test".to_owned()], 2), "the first one waits in vain");
}

#[tokio::test]
async fn a_relay_that_wants_a_mail_for_nobody_is_left_alone() {
    let at_once = Offers { pipelining: true, ..Offers::default() };
    let odd = |at: &Moment| match (at.phase, at.mail) {
        (Phase::Rcpt, 1) => say("550 5.1.1 nobody here"),
        (Phase::Data, 1) => say("354 go"),
        _ => Answer::Usual,
    };
    let server = SmtpServer::new(at_once, odd).await;
    let pool = patient(&server);
    assert_eq!(code(&send(&pool, "first@example.test").await), Some(550));
    assert!(is_accepted(&send(&pool, "second@example.test").await));
    assert_eq!((server.recipients(), server.connections()), (vec!["second@example.test".to_owned()], 2));
}

#[tokio::test]
async fn a_relay_that_offers_it_is_told_everything_before_the_mail_at_once() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let relays = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        // It says nothing before it has heard all of it.
        for (end, answer) in [
            ("", "220 hi\r\n"),
            ("EHLO [127.0.0.1]\r\n", "250-here\r\n250-pipelining\r\n250 8BITMIME\r\n"),
            ("MAIL FROM:<status@example.test>\r\nRCPT TO:<ada@example.test>\r\nDATA\r\n", "250 ok\r\n250 ok\r\n354 go\r\n"),
            ("\r\n.\r\n", "250 taken\r\n"),
        ] {
            while !heard.ends_with(end.as_bytes()) {
                assert_ne!(stream.read_buf(&mut heard).await.unwrap(), 0);
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let pool = Pool::new(Relay { port, ..relay(&SmtpServer::good().await) });
    assert!(is_accepted(&send(&pool, "ada@example.test").await));
    relays.await.unwrap();
}
