//! `allclear mail test` and `allclear doctor`: the real binary, beside a relay and a name server that do what a test wants.

use std::path::Path;
use std::process::Output;

use mail_parser::MessageParser;

use crate::cli::{allclear, folder, names, refused};
use crate::mails::signatures::{RSA, key, key_file};
use crate::support::dns::{DnsServer, Kind, Say};
use crate::support::smtp::{Answer, Offers, Phase, SmtpServer, say};
use crate::support::{Engine, Place};

type Settings = Vec<(&'static str, String)>;

/// Runs the binary while the relay goes on answering.
async fn run(folder: &Path, arguments: &[&str], settings: &Settings) -> (Option<i32>, String) {
    let mut command = allclear(folder);
    command.args(arguments).envs(settings.iter().map(|(key, value)| (*key, value)));
    let output: Output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

/// A relay, a signature and the name servers.
fn settings(relay: &SmtpServer, world: &DnsServer) -> Settings {
    vec![
        ("ALLCLEAR_SMTP_URL", relay.url()),
        ("ALLCLEAR_MAIL_FROM", "Example Status <status@status.example.test>".to_owned()),
        ("ALLCLEAR_DKIM_KEY_FILE", key_file(RSA)),
        ("ALLCLEAR_DKIM_SELECTOR", "s2026".to_owned()),
        ("ALLCLEAR_DKIM_DOMAIN", "example.test".to_owned()),
        ("ALLCLEAR_PUBLIC_URL", "https://status.example.test".to_owned()),
        ("ALLCLEAR_DNS_SERVERS", world.address.to_string()),
    ]
}

/// DNS as it should be for the sender.
fn good_world() -> DnsServer {
    let record = key(RSA).unwrap().public().record();
    DnsServer::scripted(move |name, kind| {
        let text = |text: &str| Say::Txt(vec!["google-site-verification=x".to_owned(), text.to_owned()]);
        match (name, kind) {
            ("status.example.test", Kind::Txt) => text("v=spf1 ip4:192.0.2.1 include:_spf.example.test -all"),
            ("_spf.example.test", Kind::Txt) => text("v=spf1 a mx ~all"),
            ("s2026._domainkey.example.test", Kind::Txt) => Say::Txt(vec![record.clone()]),
            ("_dmarc.example.test", Kind::Txt) => text("v=DMARC1; p=none; sp=reject; rua=mailto:dmarc@example.test"),
            _ => Say::NoName,
        }
    })
}

/// The line of a report that speaks of this.
fn line<'a>(said: &'a str, what: &str) -> &'a str {
    let found = said.lines().find(|line| line.split_once("  ").is_some_and(|(_, rest)| rest.trim_start().starts_with(&format!("{what}:"))));
    found.unwrap_or_else(|| panic!("nothing on {what} in {said}"))
}

#[tokio::test]
async fn a_test_mail_arrives_signed_and_the_report_says_that_all_is_well() {
    let (relay, world, folder) = (SmtpServer::good().await, good_world(), folder());
    let (code, said) = run(folder.path(), &["mail", "test", "ada@example.com"], &settings(&relay, &world)).await;
    assert_eq!(code, Some(0), "{said}");
    for (what, words) in [
        ("SPF", "3 of 10 look-ups"),
        ("DKIM", "s2026._domainkey.example.test publishes the key"),
        ("DMARC", "_dmarc.example.test asks receivers to reject"),
        ("alignment", "count for a sender at status.example.test"),
        ("PTR", "Not looked at"),
        ("mail", "The relay took it: 250 2.0.0 taken"),
    ] {
        let line = line(&said, what);
        assert!(line.starts_with("ok ") && line.contains(words), "{line:?} lacks {words:?}");
    }
    assert!(said.ends_with("All is well.\n"), "{said}");
    let mails = relay.mails();
    assert_eq!((mails.len(), mails[0].to.as_str(), mails[0].from.as_str()), (1, "ada@example.com", "status@status.example.test"));
    assert!(said.contains(&mails[0].message_id()), "{said}");
    let message = MessageParser::default().parse(mails[0].raw.as_bytes()).unwrap();
    assert_eq!(message.subject(), Some("Test mail of your status page"));
    assert!(message.body_text(0).unwrap().contains("https://status.example.test") && message.body_html(0).unwrap().contains("<p>"));
    assert_eq!(mails[0].header("Auto-Submitted"), "auto-generated");
    assert_eq!(crate::mails::signatures::verified(&[crate::mails::signatures::case(&mails[0].raw, RSA)]), [true]);
    assert!(names(folder.path()).is_empty(), "a test mail leaves nothing behind");
}

#[tokio::test]
async fn what_is_missing_in_dns_is_named_with_the_record_to_put_and_the_mail_is_sent_all_the_same() {
    let (relay, folder) = (SmtpServer::good().await, folder());
    let empty = DnsServer::scripted(|_, _| Say::NoName);
    let (code, said) = run(folder.path(), &["mail", "test", "ada@example.com"], &settings(&relay, &empty)).await;
    assert_eq!(code, Some(1), "{said}");
    let record = key(RSA).unwrap().public().record();
    for (what, words) in [
        ("SPF", &["no record for status.example.test", "v=spf1 a -all"][..]),
        ("DKIM", &["no record at s2026._domainkey.example.test", record.as_str()]),
        ("DMARC", &["_dmarc.status.example.test", "v=DMARC1; p=none; rua=mailto:"]),
    ] {
        let line = line(&said, what);
        assert!(line.starts_with("wrong ") && words.iter().all(|words| line.contains(words)), "{line:?} lacks {words:?}");
    }
    assert!(said.contains("3 things are wrong."), "{said}");
    assert_eq!(relay.mails().len(), 1);
}

#[tokio::test]
async fn a_key_that_is_not_the_one_in_dns_and_servers_that_fail_are_told_apart() {
    let (relay, folder) = (SmtpServer::good().await, folder());
    let other = key("ed25519.pem").unwrap().public().record();
    let world = DnsServer::scripted(move |name, kind| match (name, kind) {
        ("s2026._domainkey.example.test", Kind::Txt) => Say::Txt(vec![other.clone()]),
        ("_dmarc.status.example.test", Kind::Txt) => Say::Txt(vec!["v=DMARC1; p=reject; adkim=s".to_owned()]),
        _ => Say::Failure,
    });
    let mut settings = settings(&relay, &world);
    settings[0].1 = settings[0].1.replace("127.0.0.1", "localhost");
    let (code, said) = run(folder.path(), &["mail", "test", "ada@example.com"], &settings).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(line(&said, "SPF").starts_with("warning") && line(&said, "SPF").contains("gave no answer"), "{said}");
    assert!(line(&said, "DKIM").starts_with("wrong") && line(&said, "DKIM").contains("not the one in dkim_key_file"), "{said}");
    assert!(line(&said, "DMARC").starts_with("ok"), "{said}");
    assert!(line(&said, "alignment").starts_with("wrong") && line(&said, "alignment").contains("adkim=s"), "{said}");
    assert!(said.contains("2 things are wrong, with 1 warning."), "{said}");
}

#[tokio::test]
async fn what_the_relay_says_no_with_is_printed() {
    let world = good_world();
    let cases: [(Phase, Answer, &[&str]); 4] = [
        (Phase::Content, say("550 5.7.1 we do not want this"), &["refused the mail", "550 5.7.1 we do not want this"]),
        (Phase::Rcpt, say("550 5.1.1 nobody here"), &["refused the recipient", "550 5.1.1 nobody here", "Check the address"]),
        (Phase::Greeting, Answer::Close, &["The relay's greeting", "closed"]),
        (Phase::Content, Answer::TakeAndClose, &["may have taken it"]),
    ];
    for (phase, answer, words) in cases {
        let folder = folder();
        let relay = SmtpServer::scripted(move |at| if at.phase == phase { answer.clone() } else { Answer::Usual }).await;
        let (code, said) = run(folder.path(), &["mail", "test", "ada@example.com"], &settings(&relay, &world)).await;
        assert_eq!(code, Some(1), "{said}");
        let line = line(&said, "mail");
        assert!(line.starts_with("wrong") && words.iter().all(|words| line.contains(words)), "{line:?} lacks {words:?}");
    }
}

#[test]
fn a_test_mail_needs_an_address_and_a_relay() {
    let folder = folder();
    let at = folder.path();
    refused(at, allclear(at).args(["mail", "test", "ada@example.com"]), &["smtp_url", "mail_from"]);
    refused(at, allclear(at).args(["mail", "test"]), &["ADDRESS"]);
    refused(at, allclear(at).args(["mail"]), &["test"]);
    for address in ["ada", "a@b@c.test", "ada@localhost", "a\nb@example.com"] {
        let mut command = allclear(at);
        command.args(["mail", "test", address]).env("ALLCLEAR_SMTP_URL", "smtp://h").env("ALLCLEAR_MAIL_FROM", "s@example.test");
        refused(at, &mut command, &["ADDRESS"]);
    }
}

#[tokio::test]
async fn a_doctor_finds_a_new_folder_well_and_leaves_it_empty() {
    let folder = folder();
    let (code, said) = run(folder.path(), &["doctor"], &Vec::new()).await;
    assert_eq!(code, Some(0), "{said}");
    for (what, level, words) in [
        ("configuration", "ok", "can be used"),
        ("data folder", "ok", "will be made"),
        ("database", "ok", "will be made"),
        ("clock", "ok", "This machine says 20"),
        ("public_url", "warning", "is not https"),
        ("undo_seconds", "ok", "10 seconds"),
        ("relay", "warning", "No mail is offered"),
    ] {
        let line = line(&said, what);
        assert!(line.starts_with(level) && line.contains(words), "{line:?}");
    }
    assert_eq!(said.lines().count(), 8, "one line each, and what they add up to: {said}");
    assert!(said.ends_with("All is well, with 2 warnings.\n"), "{said}");
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_doctor_finds_a_whole_service_well_on_each_engine_and_tells_no_secret() {
    let relay = SmtpServer::new(Offers { starttls: true, login: true, ..Offers::default() }, |_| Answer::Usual).await;
    let world = good_world();
    for engine in Engine::ALL {
        let (place, folder) = (Place::migrated(engine).await, folder());
        let mut settings = settings(&relay, &world);
        settings[0].1 = format!("smtp://status:geheim@127.0.0.1:{}?tls=required", relay.port);
        settings.push(("ALLCLEAR_DATABASE_URL", place.address.clone()));
        settings.push(("ALLCLEAR_SECRET_KEY", "canary in a coal mine, and a long one".to_owned()));
        settings.push(("SSL_CERT_FILE", format!("{}/tests/fixtures/smtp/authority.pem", env!("CARGO_MANIFEST_DIR"))));
        let (code, said) = run(folder.path(), &["doctor"], &settings).await;
        assert_eq!(code, Some(0), "{said}");
        assert!(said.lines().all(|line| line.starts_with("ok ") || line == "All is well."), "{said}");
        assert!(line(&said, "relay").contains("over TLS and takes the name and password"), "{said}");
        let engine = if engine == Engine::Sqlite { "SQLite 3." } else { "PostgreSQL 1" };
        assert!(line(&said, "database").contains(engine) && line(&said, "database").contains("with all "), "{said}");
        for secret in ["geheim", "canary", "BEGIN", "PRIVATE"] {
            assert!(!said.contains(secret), "{said}");
        }
        assert_eq!(relay.mails().len(), 0, "nobody is mailed");
    }
}

#[tokio::test]
async fn a_doctor_names_what_is_wrong_and_what_to_do() {
    let folder = folder();
    let at = folder.path();
    std::fs::write(at.join("file"), "").unwrap();
    let world = DnsServer::scripted(|name, kind| match (name, kind) {
        ("relay.example.test", Kind::A) => Say::A(vec![[8, 8, 4, 4], [9, 9, 9, 9]]),
        ("4.4.8.8.in-addr.arpa", Kind::Ptr) => Say::Ptr(vec!["mail.example.test"]),
        ("mail.example.test", Kind::A) => Say::A(vec![[8, 8, 4, 4]]),
        ("9.9.9.9.in-addr.arpa", Kind::Ptr) => Say::Ptr(vec!["elsewhere.example.test"]),
        _ => Say::NoName,
    });
    let place = Place::migrated(Engine::Sqlite).await;
    place
        .meddle(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true, x'00', 0)",
        )
        .await;
    let settings = vec![
        ("ALLCLEAR_DATA_DIR", "file/data".to_owned()),
        ("ALLCLEAR_DATABASE_URL", place.address.clone()),
        ("ALLCLEAR_SMTP_URL", "smtp://relay.example.test".to_owned()),
        ("ALLCLEAR_MAIL_FROM", "status@example.test".to_owned()),
        ("ALLCLEAR_UNDO_SECONDS", "0".to_owned()),
        ("ALLCLEAR_DNS_SERVERS", world.address.to_string()),
    ];
    let (code, said) = run(at, &["doctor"], &settings).await;
    assert_eq!(code, Some(1), "{said}");
    for (what, level, words) in [
        ("data folder", "wrong", "choose another data_dir"),
        ("database", "wrong", "migration 9999, of a newer version"),
        ("undo_seconds", "warning", "a slip cannot be taken back"),
        ("relay", "wrong", "Check host and port in smtp_url"),
        ("SPF", "wrong", "v=spf1 a:relay.example.test -all"),
        ("DKIM", "warning", "let the relay sign"),
        ("DMARC", "wrong", "_dmarc.example.test"),
        ("PTR", "ok", "8.8.4.4 is called mail.example.test"),
    ] {
        let line = line(&said, what);
        assert!(line.starts_with(level) && line.contains(words), "{line:?} lacks {words:?}");
    }
    assert!(said.contains("9.9.9.9 is called elsewhere.example.test, but that name does not lead back"), "{said}");
    let away = vec![("ALLCLEAR_DATABASE_URL", "postgres://nobody:geheim@127.0.0.1:1/none".to_owned())];
    let (code, said) = run(at, &["doctor"], &away).await;
    assert_eq!(code, Some(1), "{said}");
    assert!(line(&said, "database").contains("Check database_url") && !said.contains("geheim"), "{said}");
    refused(at, allclear(at).args(["doctor"]).env("ALLCLEAR_LISTEN", "here"), &["ALLCLEAR_LISTEN"]);
}
