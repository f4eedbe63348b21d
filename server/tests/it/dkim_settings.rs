//! The settings of signatures and of name servers: whole and right, or no start.

use crate::cli::{allclear, folder, refused};
use crate::mails::signatures::{RSA, key_file};

const RELAY: [(&str, &str); 2] = [("ALLCLEAR_SMTP_URL", "smtp://mail.example.test"), ("ALLCLEAR_MAIL_FROM", "status@status.example.test")];
const FILE: &str = "ALLCLEAR_DKIM_KEY_FILE";
const SELECTOR: &str = "ALLCLEAR_DKIM_SELECTOR";
const DOMAIN: &str = "ALLCLEAR_DKIM_DOMAIN";

/// No start with these beside the relay, and a sentence that has all of these words.
fn no_start(settings: &[(&str, &str)], words: &[&str]) {
    let folder = folder();
    let mut command = allclear(folder.path());
    command.arg("serve").envs(RELAY).envs(settings.iter().copied());
    refused(folder.path(), &mut command, words);
}

#[test]
fn half_a_signature_stops_the_start_and_names_what_is_missing() {
    let rsa = key_file(RSA);
    let [file, selector, domain] = [(FILE, rsa.as_str()), (SELECTOR, "s2026"), (DOMAIN, "example.test")];
    no_start(&[file], &[FILE, "dkim_selector"]);
    no_start(&[file, selector], &[FILE, "dkim_domain"]);
    no_start(&[file, domain], &[FILE, "dkim_selector"]);
    no_start(&[selector, domain], &[SELECTOR, "dkim_key_file"]);
    no_start(&[domain], &[DOMAIN, "dkim_key_file"]);
    let folder = folder();
    let mut command = allclear(folder.path());
    command.arg("serve").envs([file, selector, domain]);
    refused(folder.path(), &mut command, &[FILE, "smtp_url"]);
}

#[test]
fn a_key_that_cannot_sign_stops_the_start_and_is_not_repeated() {
    let rest = [(SELECTOR, "s2026"), (DOMAIN, "example.test")];
    let with = |file: &str, words: &[&str]| no_start(&[&rest[..], &[(FILE, file)]].concat(), &[&[FILE, file], words].concat());
    with("/nowhere/key.pem", &["cannot be read"]);
    with("/", &["cannot be read"]);
    with("/dev/zero", &["no private key"]);
    with(&key_file("p256.pem"), &["neither RSA nor Ed25519"]);
    with(&key_file("rsa-short.pem"), &["2,048", "openssl genrsa"]);
    with(&key_file("locked.pem"), &["without a passphrase"]);
    let folder = folder();
    let mut command = allclear(folder.path());
    command.arg("serve").envs(RELAY).envs(rest).env(FILE, key_file("p256.pem"));
    let complaint = String::from_utf8(command.output().unwrap().stderr).unwrap();
    let pem = std::fs::read_to_string(key_file("p256.pem")).unwrap();
    assert!(!complaint.contains(&pem.lines().nth(1).unwrap()[..20]), "{complaint}");
}

#[test]
fn a_name_that_cannot_be_in_dns_or_counts_for_nothing_stops_the_start() {
    let rsa = key_file(RSA);
    let with = |selector: &str, domain: &str, words: &[&str]| no_start(&[(FILE, &rsa), (SELECTOR, selector), (DOMAIN, domain)], words);
    let long = "a".repeat(64);
    for selector in ["a b", "a_b", "-a", "a-", "a..b", ".", "ä", long.as_str(), "x._domainkey"] {
        with(selector, "example.test", &[SELECTOR, selector, "can stand in DNS"]);
    }
    for domain in ["example", "localhost", "exa mple.test", "bücher.test", "127.0.0.1", "example.test."] {
        with("s2026", domain, &[DOMAIN, domain, "a domain such as example.com"]);
    }
    for domain in ["other.test", "mail.status.example.test", "us.example.test", "ample.test"] {
        with("s2026", domain, &[DOMAIN, domain, "status.example.test", "the sender's domain or of one above it"]);
    }
}

#[test]
fn name_servers_are_addresses() {
    for (servers, bad) in [("dns.example.test", "dns.example.test"), ("127.0.0.1:53,here", "here"), ("127.0.0.1:x", "127.0.0.1:x")] {
        no_start(&[("ALLCLEAR_DNS_SERVERS", servers)], &["ALLCLEAR_DNS_SERVERS", bad, "10.0.0.53:53"]);
    }
    let servers = |text: &str| {
        let one = ("ALLCLEAR_DNS_SERVERS".to_owned(), text.to_owned());
        server::config::Config::from_sources(None, [one]).unwrap().dns_servers.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(servers("10.0.0.1, 10.0.0.2:5353 [fd00::1]:53,fd00::2"), ["10.0.0.1:53", "10.0.0.2:5353", "[fd00::1]:53", "[fd00::2]:53"]);
    assert!(servers("").is_empty());
}
