//! Signatures of mails, verified by a library that knows nothing of us (`.ci/signatures.py`).

use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use server::channels::email::signature::signed;
use server::channels::email::{Letter, Writer};
use server::config::{Config, Dkim};
use server::domain::mail_records::dkim;
use server::domain::notice::{IncidentNotice, Notice};
use server::signing_key::{BadKey, SigningKey};

use super::{incident, letter, one_of_each, writer};
use crate::support::each_engine;
use crate::support::office::{Office, notice};
use crate::support::smtp::SmtpServer;

pub const RSA: &str = "rsa.pkcs8.pem";
const ED25519: &str = "ed25519.pem";

/// The path of a key among the fixtures.
pub fn key_file(name: &str) -> String {
    format!("{}/tests/fixtures/dkim/{name}", env!("CARGO_MANIFEST_DIR"))
}

pub fn key(name: &str) -> Result<SigningKey, BadKey> {
    SigningKey::from_pem(&std::fs::read(key_file(name)).unwrap())
}

fn with_key(name: &str) -> Dkim {
    Dkim { domain: "example.test".to_owned(), selector: "s2026".to_owned(), key: key(name).unwrap() }
}

fn sent(letter: &Letter, key: &str) -> String {
    let writer = Writer { dkim: Some(with_key(key)), ..writer() };
    String::from_utf8(writer.write(letter).unwrap().mail.bytes).unwrap()
}

/// The signature on a mail as the world meets it, with the public half of that key in DNS.
pub fn case(mail: &str, published: &str) -> Value {
    let record = key(published).unwrap().public().record();
    json!({"mail": mail, "name": dkim::name("s2026", "example.test"), "record": record})
}

/// What the library makes of each.
pub fn verified(cases: &[Value]) -> Vec<bool> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let setup = Command::new(format!("{root}/.ci/setup")).arg("readers").output().unwrap();
    assert!(setup.status.success(), "{}", String::from_utf8_lossy(&setup.stderr));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cases.json");
    std::fs::write(&file, serde_json::to_vec(cases).unwrap()).unwrap();
    let python = Command::new(format!("{root}/target/calendars/bin/python")).arg(format!("{root}/.ci/signatures.py")).arg(&file).output();
    let python = python.unwrap();
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let found: Vec<bool> = serde_json::from_slice(&python.stdout).unwrap();
    assert_eq!(found.len(), cases.len());
    found
}

/// What relays do on the way: they fold headers elsewhere, write their names otherwise, add a trace, and end a mail in empty lines.
fn relayed(mail: &str) -> String {
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n\t", " ").replace("\r\n ", " ");
    let lines = head.split("\r\n").map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        format!("{}:\t{}  ", name.to_ascii_uppercase(), value.trim().replace(' ', "\r\n\t  "))
    });
    let head: Vec<String> = lines.collect();
    format!("Received: from here by there;\r\n\tMon, 23 Nov 2026 10:00:01 +0000\r\n{}\r\n\r\n{body}\r\n\r\n", head.join("\r\n"))
}

/// Names of the headers that a signature covers, in small letters.
fn covered(mail: &str) -> Vec<String> {
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n\t", "");
    let list = head.split("; ").chain(head.split(';')).find_map(|tag| tag.strip_prefix("h=")).unwrap();
    list.split(';').next().unwrap().split(':').map(|name| name.trim().to_ascii_lowercase()).collect()
}

#[test]
fn every_mail_carries_a_signature_that_holds_whatever_relays_do_to_its_lines() {
    let keys = [(RSA, RSA), ("rsa.pkcs1.pem", RSA), (ED25519, ED25519)];
    let mut cases = Vec::new();
    for (signs, published) in keys {
        for letter in one_of_each() {
            let mail = sent(&letter, signs);
            assert!(mail.starts_with("DKIM-Signature: v=1; a="), "{mail}");
            assert!(mail.split("\r\n").take_while(|line| !line.is_empty()).all(|line| line.len() <= 998));
            cases.extend([case(&mail, published), case(&relayed(&mail), published)]);
        }
    }
    let found = verified(&cases);
    assert!(found.iter().all(|holds| *holds), "{found:?}");
}

#[test]
fn a_signature_covers_what_a_reader_is_shown_and_what_leads_them_out() {
    let follows = IncidentNotice { previous: Some(super::id("before")), ..incident() };
    let mail = sent(&letter(Notice::Incident(follows)), RSA);
    let covered = covered(&mail);
    let times = |name: &str| covered.iter().filter(|one| *one == name).count();
    for name in ["from", "to", "subject", "date", "message-id"] {
        assert_eq!(times(name), 2, "{name} is signed once more than it is there: {covered:?}");
    }
    let once = [
        "mime-version",
        "content-type",
        "in-reply-to",
        "references",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "list-id",
        "auto-submitted",
        "precedence",
        "feedback-id",
    ];
    for name in once {
        assert_eq!(times(name), 1, "{name}: {covered:?}");
    }
    assert_eq!(covered.len(), 20, "{covered:?}");
    let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n\t", " ");
    assert!(head.contains("c=relaxed/relaxed; d=example.test; s=s2026; t=1795428000;"), "{head}");
}

#[test]
fn whatever_is_changed_or_added_breaks_the_signature() {
    let mut cases = Vec::new();
    for signs in [RSA, ED25519] {
        let mail = sent(&letter(Notice::Incident(incident())), signs);
        let changed = |from: &str, to: &str| {
            assert!(mail.contains(from), "{from:?} is not in {mail}");
            mail.replacen(from, to, 1)
        };
        let without = |name: &str| {
            let line = mail.split_inclusive("\r\n").find(|line| line.starts_with(name)).unwrap();
            changed(line, "")
        };
        let added = |line: &str| [format!("{line}\r\n{mail}"), mail.replacen("\r\n\r\n", &format!("\r\n{line}\r\n\r\n"), 1)];
        let mut broken = vec![
            changed("We see **errors**", "We saw **errors**"),
            changed("Subject: [Example]", "Subject: [Other]"),
            changed("/unsubscribe/", "/unsubscribe/x"),
            changed("To: ada@", "To: bob@"),
            changed("Date: Mon, 23", "Date: Tue, 24"),
            without("List-Unsubscribe-Post:"),
            without("List-Unsubscribe:"),
            without("List-Id:"),
            changed("d=example.test", "d=other.test"),
        ];
        for line in [
            "From: other@example.test",
            "Subject: Other",
            "To: bob@example.test",
            "Date: Tue, 24 Nov 2026 10:00:00 +0000",
            "Message-ID: <other@example.test>",
        ] {
            broken.extend(added(line));
        }
        cases.extend(broken.iter().map(|mail| case(mail, signs)));
        cases.push(case(&mail, if signs == RSA { ED25519 } else { RSA }));
    }
    let found = verified(&cases);
    let held: Vec<_> = found.iter().enumerate().filter_map(|(number, holds)| holds.then_some(&cases[number]["mail"])).collect();
    assert!(held.is_empty(), "{held:?}");
}

#[test]
fn bodies_and_headers_with_odd_space_are_read_as_other_programs_read_them() {
    let line =
        prop::collection::vec(prop::sample::select(vec!["a", " ", "  ", "\t", "b.", "\u{e9}", "."]), 0..6).prop_map(|parts| parts.concat());
    let body = prop::collection::vec(line, 0..6).prop_map(|lines| lines.join("\r\n"));
    let subject =
        prop::collection::vec(prop::sample::select(vec!["x", " ", "\t", "\r\n x", "\r\n\ty", "y:"]), 1..6).prop_map(|parts| parts.concat());
    // DATA ends in the end of a line, always.
    let ends = prop::sample::select(vec!["\r\n", "\r\n\r\n", "\r\n \r\n"]);
    let mut runner = TestRunner::deterministic();
    let dkim = with_key(ED25519);
    let cases: Vec<_> = (0..300)
        .map(|_| {
            let (subject, body, end) = (&subject, &body, &ends).new_tree(&mut runner).unwrap().current();
            let mail = format!("From: a@example.test\r\nSubject: z{subject}w\r\nTo:b@example.test\r\n\r\n{body}{end}");
            let signed = signed(mail.as_bytes(), &dkim, super::test_now()).unwrap();
            case(&String::from_utf8(signed).unwrap(), ED25519)
        })
        .collect();
    let found = verified(&cases);
    let broken: Vec<_> = found.iter().enumerate().filter_map(|(number, holds)| (!holds).then_some(&cases[number]["mail"])).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[tokio::test]
async fn the_courier_signs_what_it_sends() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let file = key_file(RSA);
        let settings =
            [("ALLCLEAR_DKIM_KEY_FILE", file.as_str()), ("ALLCLEAR_DKIM_SELECTOR", "s2026"), ("ALLCLEAR_DKIM_DOMAIN", "Example.Test")];
        let office = Office::open_with(&db, &server, &settings).await;
        office.subscribe(3).await;
        office.tell_opened(notice("inc")).await;
        office.drain().await;
        let mails = server.mails();
        let cases: Vec<_> = mails.iter().map(|mail| case(&mail.raw, RSA)).collect();
        assert_eq!(verified(&cases), [true; 3]);
    })
    .await;
}

#[test]
fn a_key_is_rsa_of_enough_bits_or_ed25519_and_nothing_else() {
    assert_eq!(key(RSA).unwrap(), key("rsa.pkcs1.pem").unwrap(), "one key in two forms");
    assert_eq!(key("p256.pem").unwrap_err(), BadKey::Kind);
    assert_eq!(key("rsa-short.pem").unwrap_err(), BadKey::Rsa);
    assert_eq!(key("locked.pem").unwrap_err(), BadKey::NoKey);
    for text in ["", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "-----BEGIN CERTIFICATE-----\n"] {
        assert!(SigningKey::from_pem(text.as_bytes()).is_err(), "{text:?}");
    }
}

#[test]
fn a_key_is_never_printed() {
    let file = key_file(ED25519);
    let settings = [
        ("ALLCLEAR_SMTP_URL", "smtp://relay.example.test"),
        ("ALLCLEAR_MAIL_FROM", "status@status.example.test"),
        ("ALLCLEAR_DKIM_KEY_FILE", file.as_str()),
        ("ALLCLEAR_DKIM_SELECTOR", "s2026"),
        ("ALLCLEAR_DKIM_DOMAIN", "example.test"),
    ];
    let config = Config::from_sources(None, settings.map(|(key, value)| (key.to_owned(), value.to_owned()))).unwrap();
    let said = format!("{config:?}");
    assert!(said.contains("SigningKey(ed25519, …)"), "{said}");
    let pem = std::fs::read_to_string(key_file(ED25519)).unwrap();
    assert!(!said.contains(pem.lines().nth(1).unwrap()));
}
