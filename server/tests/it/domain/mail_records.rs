//! What records about mail mean.

use proptest::prelude::*;
use server::domain::mail_records::dkim::{self, Kind, PublicKey};
use server::domain::mail_records::{Answer, Finding, Level, dmarc, reverse, spf};

fn texts(all: &[&str]) -> Answer<String> {
    Answer::Records(all.iter().map(|text| (*text).to_owned()).collect())
}

/// What SPF says of `example.com`, where these domains have these records and others have none.
fn spf_of(records: &[(&str, &[&str])]) -> Finding {
    let mut known = spf::Known::new();
    while let Some(next) = spf::next("example.com", &known) {
        let found = records.iter().find(|(domain, _)| *domain == next);
        known.insert(next, found.map_or(Answer::NoName, |(_, all)| texts(all)));
        assert!(known.len() < 50, "it comes to an end");
    }
    spf::judge("example.com", &known, "relay.example.com")
}

fn spf_alone(record: &str) -> Finding {
    spf_of(&[("example.com", &["something else", record])])
}

fn has(finding: &Finding, level: Level, words: &str) {
    assert!(finding.level == level && finding.sentence.contains(words), "{words:?} and {level:?} are not what is said: {finding:?}");
}

#[test]
fn a_record_ends_in_a_word_on_everybody_else() {
    for (record, level, words) in [
        ("v=spf1 -all", Level::Ok, "0 of 10 look-ups, and whoever is not named is refused"),
        ("v=spf1 mx a:relay.example.com ~all", Level::Ok, "2 of 10 look-ups, and whoever is not named is suspect"),
        ("V=SPF1 IP4:192.0.2.0/24 ip6:2001:db8::/32 -ALL", Level::Ok, "0 of 10"),
        ("v=spf1 exists:%{i}.list.example.com include:%{d}.example.net ptr a/24 mx/24//64 -all", Level::Ok, "5 of 10"),
        ("v=spf1 mx ?all", Level::Warning, "Let it end in ~all or -all"),
        ("v=spf1 mx", Level::Warning, "says nothing on whoever is not named"),
        ("v=spf1", Level::Warning, "says nothing"),
        ("v=spf1 +all", Level::Wrong, "lets everybody send"),
        ("v=spf1 all", Level::Wrong, "lets everybody send"),
        ("v=spf1 -all mx", Level::Ok, "refused"),
        ("v=spf1 unknown=x exp=why.example.com -all", Level::Ok, "0 of 10"),
        ("v=spf1 redirect=%{d}.example.net", Level::Warning, "says nothing"),
        ("v=spf1 mx redirect=other.example.com -all", Level::Ok, "1 of 10"),
    ] {
        has(&spf_alone(record), level, words);
    }
    for (record, word) in [
        ("v=spf1 inclde:x -all", "inclde:x"),
        ("v=spf1 ip4:300.1.1.1 -all", "ip4:300.1.1.1"),
        ("v=spf1 ip4:2001:db8::1 -all", "ip4:2001:db8::1"),
        ("v=spf1 include: -all", "include:"),
        ("v=spf1 all:x", "all:x"),
        ("v=spf1 relay.example.com -all", "relay.example.com"),
        ("v=spf1 =x -all", "=x"),
        ("v=spf1 redirect= ", "redirect="),
        ("v=spf1 redirect=a.test redirect=b.test", "redirect=b.test"),
    ] {
        has(&spf_alone(record), Level::Wrong, &format!("cannot be read at \"{word}\""));
    }
}

#[test]
fn there_is_exactly_one_record_and_whoever_has_none_is_told_what_to_put() {
    has(&spf_of(&[]), Level::Wrong, "Put there, as TXT, what the provider of your relay names, such as: v=spf1 a:relay.example.com -all");
    has(&spf_of(&[("example.com", &["v=spf10 -all", "spf1"])]), Level::Wrong, "There is no record for example.com");
    has(&spf_of(&[("example.com", &["v=spf1 -all", "v=spf1 ~all"])]), Level::Wrong, "2 records");
    let known = spf::Known::from([("example.com".to_owned(), Answer::Failed)]);
    has(&spf::judge("example.com", &known, "h"), Level::Warning, "gave no answer for example.com");
    let none = spf::Known::from([("example.com".to_owned(), Answer::Nothing)]);
    for (relay, put) in [
        ("192.0.2.7", "ip4:192.0.2.7"),
        ("[2001:db8::7]", "ip6:2001:db8::7"),
        ("127.0.0.1", "a -all"),
        ("[::1]", "a -all"),
        ("localhost", "a -all"),
    ] {
        has(&spf::judge("example.com", &none, relay), Level::Wrong, put);
    }
}

#[test]
fn records_that_lead_to_others_cost_look_ups_and_no_more_than_ten() {
    let leads = |count: usize| {
        let includes: Vec<String> = (0..count).map(|number| format!("include:i{number}.test")).collect();
        format!("v=spf1 {} -all", includes.join(" "))
    };
    let (ten, eleven) = (leads(10), leads(11));
    let names: Vec<String> = (0..11).map(|number| format!("i{number}.test")).collect();
    let with = |first: &str| {
        let own: &[&str] = &[first];
        let leaf: &[&str] = &["v=spf1 ip4:192.0.2.1 ?all"];
        let mut all = vec![("example.com", own)];
        all.extend(names.iter().map(|name| (name.as_str(), leaf)));
        spf_of(&all)
    };
    has(&with(&ten), Level::Ok, "10 of 10 look-ups");
    has(&with(&eleven), Level::Wrong, "more than 10 names");
    let nested: &[(&str, &[&str])] = &[
        ("example.com", &["v=spf1 include:a.test include:b.test -all"]),
        ("a.test", &["v=spf1 a mx a:x.test a:y.test include:b.test ~all"]),
        ("b.test", &["v=spf1 a mx -all"]),
    ];
    has(&spf_of(nested), Level::Wrong, "more than 10 names");
    let redirected: &[(&str, &[&str])] = &[("example.com", &["v=spf1 redirect=A.test."]), ("a.test", &["v=spf1 mx -all"])];
    has(&spf_of(redirected), Level::Ok, "2 of 10 look-ups, and whoever is not named is refused");
    has(&spf_of(&[("example.com", &["v=spf1 include:gone.test -all"])]), Level::Wrong, "leads to gone.test, which has no SPF record");
    has(&spf_of(&[("example.com", &["v=spf1 include:two.test -all"]), ("two.test", &["v=spf1", "v=spf1"])]), Level::Wrong, "several");
    has(
        &spf_of(&[("example.com", &["v=spf1 include:bad.test -all"]), ("bad.test", &["v=spf1 what"])]),
        Level::Wrong,
        "bad.test cannot be read",
    );
    has(&spf_of(&[("example.com", &["v=spf1 include:example.com -all"])]), Level::Wrong, "leads back to itself");
    // Each leads to the next many times over: that must not be followed to its end.
    let many: Vec<(String, String)> =
        (0..20).map(|n| (format!("n{n}.test"), format!("v=spf1 {} -all", format!("include:n{}.test ", n + 1).repeat(9)))).collect();
    let mut all: Vec<(&str, Vec<&str>)> = many.iter().map(|(name, text)| (name.as_str(), vec![text.as_str()])).collect();
    all.push(("example.com", vec!["v=spf1 include:n0.test -all"]));
    let all: Vec<(&str, &[&str])> = all.iter().map(|(name, texts)| (*name, texts.as_slice())).collect();
    has(&spf_of(&all), Level::Wrong, "more than 10 names");
    let unknown =
        spf::Known::from([("example.com".to_owned(), texts(&["v=spf1 include:a.test -all"])), ("a.test".to_owned(), Answer::Failed)]);
    has(&spf::judge("example.com", &unknown, "h"), Level::Warning, "gave no answer for a.test");
}

fn key() -> PublicKey {
    PublicKey { kind: Kind::Rsa, base64: "QUJDRA==".to_owned() }
}

#[test]
fn the_published_key_is_held_against_the_one_that_signs() {
    let at = "s._domainkey.example.com";
    let judged = |answer: &Answer<String>| dkim::judge(at, answer, &key());
    assert_eq!(key().record(), "v=DKIM1; k=rsa; p=QUJDRA==");
    for (record, level, words) in [
        ("v=DKIM1; k=rsa; p=QUJDRA==", Level::Ok, "publishes the key"),
        ("p=QUJDRA==", Level::Ok, "publishes the key"),
        ("v=DKIM1;k=rsa;h=sha1:sha256;s=email;t=s;p=QUJD RA==;", Level::Ok, "publishes the key"),
        ("v=DKIM1; p=QUJDRA==; t=y:s", Level::Warning, "t=y"),
        ("v=DKIM1; p=QUJDRQ==", Level::Wrong, "not the one in dkim_key_file"),
        ("v=DKIM1; k=ed25519; p=QUJDRA==", Level::Wrong, "not the one in dkim_key_file"),
        ("v=DKIM1; p=", Level::Wrong, "taken back"),
        ("v=DKIM1; k=rsa", Level::Wrong, "is no DKIM record"),
        ("v=DKIM2; p=QUJDRA==", Level::Wrong, "is no DKIM record"),
        ("hello", Level::Wrong, "is no DKIM record"),
        ("v=DKIM1; h=sha1; p=QUJDRA==", Level::Wrong, "sha256"),
        ("v=DKIM1; s=tlsrpt; p=QUJDRA==", Level::Wrong, "not for e-mail"),
    ] {
        let finding = judged(&texts(&[record]));
        has(&finding, level, words);
        assert!(level == Level::Ok || finding.sentence.contains("Put there, as TXT: v=DKIM1; k=rsa; p=QUJDRA=="), "{finding:?}");
    }
    has(&judged(&Answer::NoName), Level::Wrong, "no record at s._domainkey.example.com");
    has(&judged(&Answer::Nothing), Level::Wrong, "no record at");
    has(&judged(&Answer::Failed), Level::Warning, "gave no answer");
    has(&judged(&texts(&["v=DKIM1; p=QUJDRA==", "v=DKIM1; p=QQ=="])), Level::Wrong, "2 records");
}

#[test]
fn a_signature_counts_for_its_own_domain_and_those_below_it() {
    for (sender, domain, counts) in [
        ("example.com", "example.com", true),
        ("status.example.com", "example.com", true),
        ("a.b.example.com", "example.com", true),
        ("example.com", "status.example.com", false),
        ("badexample.com", "example.com", false),
        ("example.com", "example.org", false),
    ] {
        assert_eq!(dkim::is_aligned(sender, domain), counts, "{sender} {domain}");
    }
    assert!(dkim::is_selector("s1", "example.com") && dkim::is_selector("a.b-2", "example.com") && !dkim::is_selector("", "example.com"));
    assert!(!dkim::is_selector(&["a"; 120].join("."), "example.com"), "the whole name has its limit");
}

/// What the policy at `place` means for a sender at `status.example.com` signed by `signer`.
fn policy(place: &str, records: &[&str], signer: Option<&str>) -> Vec<Finding> {
    dmarc::judge("status.example.com", &[(place.to_owned(), texts(records))], signer)
}

#[test]
fn the_nearest_policy_counts_and_says_what_becomes_of_others() {
    assert_eq!(dmarc::places("a.status.example.com"), ["_dmarc.a.status.example.com", "_dmarc.status.example.com", "_dmarc.example.com"]);
    assert!(dmarc::is_here(&texts(&["x", "v=DMARC1; p=none"])) && dmarc::is_here(&texts(&["v=DMARC1"])));
    assert!(dmarc::is_here(&Answer::Failed), "what is not known may be there");
    assert!(!dmarc::is_here(&texts(&["v=DMARC10; p=none"])) && !dmarc::is_here(&Answer::Nothing) && !dmarc::is_here(&Answer::NoName));
    let (own, above) = ("_dmarc.status.example.com", "_dmarc.example.com");
    for (place, record, level, words) in [
        (own, "v=DMARC1; p=reject", Level::Ok, "reject what nobody vouches for"),
        (own, "v=DMARC1;p=Quarantine;pct=50", Level::Ok, "quarantine"),
        (own, "v=DMARC1; p=none; sp=reject", Level::Warning, "p=none"),
        (above, "v=DMARC1; p=none; sp=reject", Level::Ok, "reject"),
        (above, "v=DMARC1; p=reject", Level::Ok, "reject"),
        (own, "v=DMARC1; rua=mailto:x@example.com", Level::Wrong, "no p= that says none"),
        (own, "v=DMARC1; p=block", Level::Wrong, "v=DMARC1; p=none; rua="),
        (own, "hello", Level::Wrong, "Put at _dmarc.status.example.com, as TXT: v=DMARC1; p=none;"),
    ] {
        has(&policy(place, &[record], None)[0], level, words);
    }
    has(&policy(own, &["v=DMARC1; p=none", "v=DMARC1; p=reject"], None)[0], Level::Wrong, "2 records");
    has(&dmarc::judge("example.com", &[("_dmarc.example.com".to_owned(), Answer::Failed)], None)[0], Level::Warning, "gave no answer");
    has(&dmarc::judge("example.com", &[], None)[0], Level::Wrong, "There is no record");
}

#[test]
fn a_strict_policy_heeds_no_signature_of_a_domain_above() {
    let own = "_dmarc.status.example.com";
    let alignment = |record: &str, signer: &str| policy(own, &[record], Some(signer)).pop().unwrap();
    has(&alignment("v=DMARC1; p=reject", "example.com"), Level::Ok, "count for a sender");
    has(&alignment("v=DMARC1; p=reject; adkim=r", "example.com"), Level::Ok, "count");
    has(&alignment("v=DMARC1; p=reject; adkim=s", "status.example.com"), Level::Ok, "count");
    has(&alignment("v=DMARC1; p=reject; adkim=s", "example.com"), Level::Wrong, "take adkim=s out");
    assert_eq!(policy(own, &["v=DMARC1; p=reject; adkim=s"], None).len(), 1, "who signs nothing is told so elsewhere");
}

#[test]
fn a_machine_that_sends_has_a_name_that_leads_back_to_it() {
    let names = texts(&["mail.example.com"]);
    has(&reverse::judge("192.0.2.1", &names, Some("mail.example.com")), Level::Ok, "is called mail.example.com, which leads back");
    has(&reverse::judge("192.0.2.1", &names, None), Level::Warning, "does not lead back to it");
    has(&reverse::judge("192.0.2.1", &Answer::NoName, None), Level::Warning, "has no name");
    has(&reverse::judge("192.0.2.1", &Answer::Failed, None), Level::Warning, "gave no answer");
    has(&reverse::unknown("127.0.0.1"), Level::Ok, "Not looked at");
}

proptest! {
    #[test]
    fn whatever_stands_in_a_record_is_judged(text in "(v=(spf1|DKIM1|DMARC1))?[ -~éß;=:/%]{0,60}", other in "\\PC{0,40}") {
        for text in [text.as_str(), other.as_str()] {
            let key = dkim::judge("n", &texts(&[text]), &key());
            prop_assert_ne!(key.level, Level::Ok);
            let spf = [spf_alone(text), spf_alone(&format!("v=spf1 {text}"))];
            let dmarc = policy("_dmarc.example.com", &[text, "v=DMARC1"], Some("example.com"));
            for finding in spf.iter().chain(&dmarc).chain([&key]) {
                prop_assert!(!finding.sentence.is_empty());
            }
        }
    }
}
