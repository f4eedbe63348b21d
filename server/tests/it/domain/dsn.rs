//! Reports as servers of the field write them are read, and whatever else comes in is refused, quickly and without a panic.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use server::domain::dsn::{Action, Complaint, Fate, Report, Said, Status, Unreadable, read};

use crate::support::reports::{Dsn, complaint};

const TO: &str = "bounces+b-tag@example.test";

fn hard() -> Dsn<'static> {
    Dsn::hard(TO, "anna@example.test")
}

fn fate(report: &[u8]) -> Fate {
    match read(report).unwrap().said {
        Said::Delivery(fates) if fates.len() == 1 => fates.into_iter().next().unwrap(),
        other => panic!("{other:?}"),
    }
}

/// The report with one text in place of another.
fn changed(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(hard().mail()).unwrap();
    assert!(text.contains(from), "{from} is not in the report");
    text.replace(from, to).into_bytes()
}

#[test]
fn a_report_says_whom_it_was_sent_to_and_what_became_of_the_mail() {
    let report = read(&hard().mail()).unwrap();
    assert_eq!(report.addressed, [TO, TO], "Delivered-To and To");
    let expected = Fate {
        recipient: "anna@example.test".to_owned(),
        action: Action::Failed,
        status: Status(5, 1, 1),
        diagnostic: "smtp; 550 5.1.1 User unknown".to_owned(),
    };
    assert_eq!(report.said, Said::Delivery(vec![expected.clone()]));
    let on_the_wire = String::from_utf8(hard().mail()).unwrap().replace('\n', "\r\n");
    assert_eq!(read(on_the_wire.as_bytes()).unwrap(), report, "with the ends of lines that mails have on their way");
}

#[test]
fn reports_in_other_spellings_say_the_same() {
    let expected = fate(&hard().mail());
    for (from, to) in [
        ("report-type=delivery-status;\n\tboundary=", "REPORT-TYPE=\"Delivery-Status\"; boundary="),
        ("Content-Type: message/delivery-status", "content-type:message/global-delivery-status; charset=utf-8"),
        ("rfc822; anna@example.test", "RFC822;<anna@example.test>"),
        ("rfc822; anna@example.test", "utf-8; anna@example.test (Anna)"),
        // An address of another world: then the one that the mail was first sent to is what counts.
        ("Final-Recipient: rfc822; anna@example.test", "Final-Recipient: x400; /S=anna/"),
        ("Action: failed", "Action: FAILED (user unknown)"),
        ("Status: 5.1.1", "Status: 5.1.1 (bad destination mailbox address)"),
        ("smtp; 550 5.1.1 User unknown", "smtp; 550\n 5.1.1 User\n\tunknown"),
        ("\n--4XyZ.1795428000/mx.example.test--\n", "\n"),
    ] {
        assert_eq!(fate(&changed(from, to)), expected, "{to:?}");
    }
    let content = "Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; anna@example.test\nAction: failed\nStatus: 5.1.1\n\
                   Diagnostic-Code: smtp; 550 5.1.1 User unknown\n";
    let encoded = {
        use base64::Engine as _;
        base64::engine::general_purpose::STANDARD.encode(content)
    };
    for (encoding, content) in [("base64", encoded.as_str()), ("quoted-printable", &content.replace("User", "U=73er"))] {
        let head = "Content-Type: multipart/report; report-type=delivery-status; boundary=b";
        let part = format!("--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: {encoding}\n\n{content}");
        assert_eq!(fate(format!("{head}\n\n{part}\n--b--\n").as_bytes()), expected, "{encoding}");
    }
}

#[test]
fn a_report_of_several_recipients_says_what_became_of_each() {
    let second = "Status: 5.1.1\n\nFinal-Recipient: rfc822; bert@example.test\nAction: delayed\nStatus: 4.2.2";
    let Said::Delivery(fates) = read(&changed("Status: 5.1.1", second)).unwrap().said else { panic!("of a delivery") };
    let said: Vec<_> = fates.iter().map(|fate| (fate.recipient.as_str(), fate.action, fate.status)).collect();
    let expected = [("anna@example.test", Action::Failed, Status(5, 1, 1)), ("bert@example.test", Action::Delayed, Status(4, 2, 2))];
    assert_eq!(said, expected);
}

#[test]
fn a_complaint_names_the_mail_and_the_reader() {
    let report = read(&complaint("abuse", TO, "anna@example.test")).unwrap();
    assert_eq!(report.addressed, [TO, "feedback@example.test"], "where it came from says more than where the complaint went");
    let of =
        |word, recipients: &[&str]| Said::Complaint(Complaint { word, recipients: recipients.iter().map(ToString::to_string).collect() });
    assert_eq!(report.said, of("abuse", &["anna@example.test"]));
    assert_eq!(read(&complaint("Fraud", TO, "anna@example.test")).unwrap().said, of("fraud", &["anna@example.test"]));
    for kind in ["not-spam", "virus", "other", "auth-failure"] {
        assert_eq!(read(&complaint(kind, TO, "anna@example.test")).unwrap().said, Said::Other, "{kind}");
    }
    assert_eq!(read(&complaint("abuse", TO, "redacted")).unwrap().said, of("abuse", &[]));
}

#[test]
fn what_is_no_report_is_refused() {
    let human = b"From: anna@example.test\nTo: bounces+b-tag@example.test\nSubject: Re: 550 5.1.1 User unknown\n\nAction: failed\n";
    let multipart = "Content-Type: multipart/report; report-type=delivery-status;\n\tboundary=\"4XyZ.1795428000/mx.example.test\"";
    // The report as an attachment of somebody's mail.
    let forwarded =
        [b"Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\n".as_slice(), &hard().mail()].concat();
    for mail in [
        b"".to_vec(),
        b"\n".to_vec(),
        human.to_vec(),
        forwarded,
        changed("report-type=delivery-status", "report-type=disposition-notification"),
        changed("report-type=delivery-status;\n\t", ""),
        changed("multipart/report", "multipart/mixed"),
        changed("multipart/report", "text/plain"),
        changed(multipart, &format!("{multipart}\nContent-Type: text/plain")),
    ] {
        assert_eq!(read(&mail), Err(Unreadable::NotAReport), "{}", String::from_utf8_lossy(&mail));
    }
}

#[test]
fn a_report_without_its_fields_or_that_says_something_twice_is_broken() {
    for (from, to) in [
        ("boundary=\"4XyZ.1795428000/mx.example.test\"", "boundary=\"other\""),
        ("boundary=\"4XyZ.1795428000/mx.example.test\"", "boundary=\"\""),
        ("boundary=\"4XyZ.1795428000/mx.example.test\"", "x=y"),
        ("message/delivery-status", "text/plain"),
        ("message/delivery-status", "message/delivery-status\nContent-Transfer-Encoding: base64"),
        ("Action: failed\n", ""),
        ("Action: failed", "Action: sorry"),
        ("Action: failed", "Action: failed\nAction: delivered"),
        ("Status: 5.1.1\n", ""),
        ("Status: 5.1.1", "Status: 5.1.1\nStatus: 2.0.0"),
        ("Status: 5.1.1", "Status: 5.1"),
        ("Status: 5.1.1", "Status: 5.1.1.1"),
        ("Status: 5.1.1", "Status: 5.1111.1"),
        ("Status: 5.1.1", "Status: 5.+1.1"),
        ("Status: 5.1.1", "Status: 3.1.1"),
        ("Status: 5.1.1", "Status: five"),
        ("Final-Recipient: rfc822; anna@example.test\n", ""),
        ("Final-Recipient: rfc822; anna@example.test", "Final-Recipient: anna@example.test"),
        (
            "Final-Recipient: rfc822; anna@example.test",
            "Final-Recipient: rfc822; anna@example.test\nFinal-Recipient: rfc822; b@example.test",
        ),
        ("rfc822; anna@example.test", "rfc822; anna\0"),
    ] {
        let mail = if from.contains("rfc822; anna@example.test") {
            // Without the one that stands in for it.
            String::from_utf8(changed(from, to)).unwrap().replace("Original-Recipient: rfc822;anna@example.test\n", "").into_bytes()
        } else {
            changed(from, to)
        };
        assert_eq!(read(&mail), Err(Unreadable::Broken), "{to:?}");
    }
}

/// Nothing that comes in makes more than this.
fn assert_small(report: &Report) {
    assert!(report.addressed.len() <= 16 && report.addressed.iter().all(|address| address.len() <= 254), "{report:?}");
    match &report.said {
        Said::Delivery(fates) => assert!(fates.len() <= 50 && fates.iter().all(|fate| fate.diagnostic.len() <= 8_000)),
        Said::Complaint(complaint) => assert!(complaint.recipients.len() <= 50),
        Said::Other => {}
    }
}

#[test]
fn the_worst_that_fits_into_256_kb_is_read_in_no_time() {
    const SIZE: usize = 256 * 1024;
    let filled = |piece: &str| piece.repeat(SIZE / piece.len()).into_bytes();
    let report = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n";
    let behind = |head: &str, piece: &str| [head.as_bytes(), &filled(piece)].concat();
    let status = format!("{report}\n--b\nContent-Type: message/delivery-status\n\n");
    let nested = (0..100).map(|n| format!("Content-Type: multipart/report; report-type=delivery-status; boundary=b{n}\n\n--b{n}\n"));
    let whole = "Final-Recipient: rfc822; a@b.c\nAction: failed\nStatus: 5.1.1\n\n";
    for mail in [
        filled("\n"),
        filled("\r"),
        filled(":"),
        filled("a:\n"),
        filled(" \n"),
        filled("\0"),
        filled("To: a@b.c\n"),
        filled("Content-Type: message/rfc822\n\n"),
        filled("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n"),
        behind("Content-Type: multipart/report; report-type=delivery-status; boundary=", "b"),
        behind("Content-Type: ", "("),
        behind("Content-Type: ", "a\n b"),
        behind("Content-Type: multipart/report; ", "a*1*=x'';"),
        behind("Content-Type: multipart/report; a=", "=?utf-8?q?a?="),
        behind(&format!("{report}\n"), "--b\n"),
        behind(&format!("{report}\n"), "--b\n\n"),
        behind(&format!("{report}\n"), "--"),
        behind(&status, "\n"),
        behind(&status, "Status: 5.1.1\n"),
        behind(&status, "Diagnostic-Code: smtp; "),
        behind(&status, " x\n"),
        behind(&format!("{status}Final-Recipient: rfc822;"), " x@y\n"),
        behind(&status, whole),
        nested.collect::<String>().into_bytes(),
    ] {
        let begun = Instant::now();
        if let Ok(report) = read(&mail) {
            assert_small(&report);
        }
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}: {}", begun.elapsed(), String::from_utf8_lossy(&mail[..100]));
    }
    let Said::Delivery(fates) = read(&behind(&status, whole)).unwrap().said else { panic!("of deliveries") };
    assert_eq!(fates.len(), 50, "more recipients than one of our mails ever has are not looked at");
}

/// A piece of what reports are made of.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known = prop::sample::select(vec![
        "Content-Type: ",
        "multipart/report; ",
        "report-type=delivery-status; ",
        "report-type=feedback-report; ",
        "boundary=b",
        "boundary=\"",
        "\r\n",
        "\n",
        "\r",
        "\n\n",
        "--b",
        "--b--",
        "--b\n",
        "message/delivery-status",
        "message/feedback-report",
        "Content-Transfer-Encoding: ",
        "base64",
        "quoted-printable",
        "Final-Recipient: rfc822; ",
        "a@b.c",
        "Action: failed\n",
        "Status: 5.1.1\n",
        "Diagnostic-Code: smtp; 550 ",
        "Feedback-Type: abuse\n",
        "Original-Rcpt-To: ",
        "To: ",
        ":",
        ";",
        "(",
        ")",
        "\"",
        "\\",
        "=",
        "=?utf-8?q?",
        "*0*=",
        "'",
        " ",
        "\t",
        "\0",
        "\u{fffd}",
    ]);
    prop_oneof![6 => known.prop_map(|text| text.as_bytes().to_vec()), 1 => prop::collection::vec(any::<u8>(), 0..8)]
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        if let Ok(report) = read(&bytes) {
            assert_small(&report);
        }
    }

    #[test]
    fn no_pieces_of_reports_make_it_panic(pieces in prop::collection::vec(piece(), 0..80)) {
        if let Ok(report) = read(&pieces.concat()) {
            assert_small(&report);
        }
    }

    #[test]
    fn no_damage_to_a_report_makes_it_panic(
        at in 0..2_000_usize, cut in 0..40_usize, more in prop::collection::vec(any::<u8>(), 0..12),
    ) {
        let mut mail = hard().mail();
        let from = at.min(mail.len());
        let until = (at + cut).min(mail.len());
        mail.splice(from..until, more);
        if let Ok(report) = read(&mail) {
            assert_small(&report);
        }
    }

    #[test]
    fn a_field_is_read_as_it_was_written(diagnostic in "[ -~]{0,300}", status in (4..6_u16, 0..1_000_u16, 0..1_000_u16)) {
        let status = Status(status.0, status.1, status.2);
        let text = status.to_string();
        let fate = fate(&Dsn { status: &text, diagnostic: &diagnostic, ..hard() }.mail());
        prop_assert_eq!((fate.status, fate.diagnostic.as_str()), (status, diagnostic.trim()));
    }
}
