//! What mails say and how they are put together, read back by a parser that knows nothing of us.

mod journey;
pub mod others;
pub mod planned;
pub mod signatures;
mod snapshots;
mod templates;
mod unfit;

use std::sync::Arc;

use app::language;
use app::words::{Id, IncidentStatus, NotificationKind, SubscriberState};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use mail_parser::{HeaderValue, Message, MessageParser};
use server::actions::notify::{self, About};
use server::channels::email::{Letter, Prepared, Writer, Written};
use server::domain::notice::{DraftNotice, IncidentNotice, ItemNotice, MaintenanceNotice, Notice, PostmortemNotice, TaskNotice};
use server::secret::{Purpose, Secret};

use crate::store::sample::id;
use crate::support::app::{TestApp, test_now};
use crate::support::office::{Office, UNDO, notice};
use crate::support::smtp::SmtpServer;
use crate::support::{Engine, each_engine, works};

const BODY: &str = "We see **errors** on `POST /v1/pay`.\n\n- Cards work\n- *Transfers* do not\n\nMore at [our guide](https://example.test/guide).\n.\n<b>bold?</b> {{7*7}} {{link}} {% include '/etc/passwd' %}";

fn secret() -> Secret {
    Secret::new("a key")
}

fn writer() -> Writer {
    Writer {
        from: "Example Status <status@example.test>".to_owned(),
        dkim: None,
        bounces: None,
        public_url: "https://status.example.test".to_owned(),
        secret: secret(),
    }
}

fn letter(notice: Notice) -> Letter {
    Letter {
        page: id("page"),
        page_name: "Example".to_owned(),
        own: language::of("en"),
        notification: id("note"),
        kind: NotificationKind::IncidentUpdated,
        notice: Arc::new(notice),
        other_words: Arc::default(),
        prepared: Prepared::default(),
        follows_root: false,
        recipient: id("ada"),
        address: "ada@example.test".to_owned(),
        token_epoch: 3,
        language: language::of("en"),
        time_zone: Tz::Europe__Berlin,
        now: test_now(),
    }
}

fn incident() -> IncidentNotice {
    IncidentNotice { body: BODY.to_owned(), ..notice("inc") }
}

fn draft() -> Notice {
    Notice::Draft(DraftNotice {
        incident_id: id("inc"),
        name: "Payments API does not answer".to_owned(),
        monitor: "Pay <live>".to_owned(),
        component: Some("Payments".to_owned()),
        reason: "http_503".to_owned(),
        first_failed_at: test_now(),
        also: Vec::new(),
        publish_at: None,
    })
}

/// The same after another monitor failed, on a page whose clock publishes after ten minutes.
fn several_drafts() -> Notice {
    let Notice::Draft(draft) = draft() else { panic!("a draft") };
    Notice::Draft(DraftNotice {
        name: "Several components are not available".to_owned(),
        component: Some("Payments, Web".to_owned()),
        also: vec!["Web".to_owned()],
        publish_at: Some(test_now() + TimeDelta::minutes(10)),
        ..draft
    })
}

fn written(letter: &Letter) -> Written {
    writer().write(letter).unwrap()
}

fn parsed(mail: &Written) -> Message<'_> {
    MessageParser::default().parse(&mail.mail.bytes).unwrap()
}

/// A header as it stands, unfolded.
fn raw(mail: &Written, name: &str) -> Option<String> {
    let text = String::from_utf8(mail.mail.bytes.clone()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    head.split("\r\n").find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
}

fn text(message: &Message<'_>) -> String {
    message.body_text(0).unwrap().replace("\r\n", "\n")
}

fn html(message: &Message<'_>) -> String {
    message.body_html(0).unwrap().replace("\r\n", "\n")
}

#[test]
fn an_incident_mail_says_what_the_page_says() {
    let mail = written(&letter(Notice::Incident(incident())));
    let message = parsed(&mail);
    assert_eq!(message.subject(), Some("[Example] Requests fail"));
    assert_eq!((mail.mail.from.as_str(), mail.mail.to.as_str()), ("status@example.test", "ada@example.test"));
    let (text, html) = (text(&message), html(&message));
    assert!(html.contains(&app::markdown::to_html(BODY)), "the same bytes as on the page: {html}");
    for said in ["We see **errors** on `POST /v1/pay`.", "- *Transfers* do not", "\n.\n", "{{7*7}} {{link}} {% include '/etc/passwd' %}"] {
        assert!(text.contains(said), "{said:?} is missing in {text}");
    }
    assert!(html.contains("{{7*7}} {{link}}") && html.contains("&lt;b&gt;bold?"), "{html}");
    let both = [
        "Investigating",
        "Requests fail",
        "Major impact",
        "API",
        "Major outage",
        // The page's zone, and UTC.
        "23 Nov 2026, 11:00 CET (10:00 UTC)",
        "23 Nov 2026, 10:55 CET (09:55 UTC)",
        "23 Nov 2026, 11:30 CET (10:30 UTC)",
        "https://status.example.test/incidents/inc000000000",
    ];
    for said in both {
        assert!(text.contains(said), "{said:?} is missing in the text: {text}");
        assert!(html.contains(said), "{said:?} is missing in the HTML: {html}");
    }
    assert!(!text.contains("{{page}}") && !html.contains("{{page}}") && !text.contains("Resolved:"));
    let over = IncidentNotice {
        status: IncidentStatus::Resolved,
        resolved_at: Some(test_now()),
        next_update_at: None,
        components: Vec::new(),
        ..incident()
    };
    let mail = written(&letter(Notice::Incident(over)));
    let words = text_of(&mail);
    assert!(words.starts_with("Resolved: Requests fail") && words.contains("Resolved: Mon 23 Nov 2026, 11:00 CET"), "{words}");
    assert!(!words.contains("Next update") && !words.contains("Components"), "{words}");
}

fn text_of(mail: &Written) -> String {
    text(&parsed(mail))
}

#[test]
fn links_hold_for_the_one_subscriber_and_are_good_for_one_thing() {
    let mail = written(&letter(Notice::Incident(incident())));
    let words = text_of(&mail);
    for (path, purpose) in [("subscription", Purpose::Manage), ("unsubscribe", Purpose::Unsubscribe)] {
        let token = secret().token(purpose, &id("page"), &id("ada"), 3);
        assert!(words.contains(&format!("https://status.example.test/{path}/{token}")), "{words}");
    }
    assert_ne!(
        secret().token(Purpose::Manage, &id("page"), &id("ada"), 3)[12..],
        secret().token(Purpose::Unsubscribe, &id("page"), &id("ada"), 3)[12..]
    );
}

#[test]
fn lists_carry_what_lets_a_reader_leave_and_single_mails_do_not() {
    let mail = written(&letter(Notice::Incident(incident())));
    let token = secret().token(Purpose::Unsubscribe, &id("page"), &id("ada"), 3);
    assert_eq!(raw(&mail, "List-Unsubscribe"), Some(format!("<https://status.example.test/unsubscribe/{token}>")));
    assert_eq!(raw(&mail, "List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert_eq!(raw(&mail, "List-Id").as_deref(), Some("Example <page00000000.status.example.test>"));
    assert_eq!(raw(&mail, "Precedence").as_deref(), Some("bulk"));
    assert_eq!(raw(&mail, "Auto-Submitted").as_deref(), Some("auto-generated"));
    assert_eq!(raw(&mail, "Feedback-ID").as_deref(), Some("page00000000:incident:allclear:example.test"));
    assert_eq!(raw(&mail, "Date").as_deref(), Some("Mon, 23 Nov 2026 10:00:00 +0000"));
    let plain = Writer { public_url: "http://127.0.0.1:3000".to_owned(), ..writer() };
    let mail = plain.write(&letter(Notice::Incident(incident()))).unwrap();
    assert_eq!(raw(&mail, "List-Unsubscribe-Post"), None, "one click is for https");
    for single in [Notice::Confirm, draft()] {
        let mail = written(&letter(single));
        for header in ["List-Unsubscribe", "List-Unsubscribe-Post", "List-Id", "Precedence", "Feedback-ID", "In-Reply-To"] {
            assert_eq!(raw(&mail, header), None, "{header}");
        }
        assert_eq!(raw(&mail, "Auto-Submitted").as_deref(), Some("auto-generated"));
    }
}

#[test]
fn mails_of_one_incident_make_one_thread_whoever_missed_one() {
    let at = |note: &str, previous: Option<Id>, follows_root| {
        let incident = IncidentNotice { previous, name: format!("Title at {note}"), ..incident() };
        written(&Letter { notification: id(note), follows_root, ..letter(Notice::Incident(incident)) })
    };
    let root = at("first", None, false);
    let second = at("second", Some(id("first")), true);
    let third = at("third", Some(id("second")), false);
    let name = |mail: &Written| raw(mail, "Message-ID").unwrap();
    assert_eq!((raw(&root, "In-Reply-To"), raw(&root, "References")), (None, None));
    assert_eq!(raw(&second, "In-Reply-To"), Some(name(&root)));
    assert_eq!(raw(&second, "References"), Some(name(&root)));
    assert_eq!(raw(&third, "In-Reply-To"), Some(name(&root)));
    assert_eq!(raw(&third, "References"), Some(format!("{} {}", name(&root), name(&second))));
    assert_eq!(name(&third), name(&at("third", Some(id("second")), false)), "the same on every try");
    assert_eq!(name(&third), third.message_id);
    for mail in [&root, &second, &third] {
        assert_eq!(parsed(mail).subject(), Some("[Example] Requests fail"), "the subject outlives changes of the title");
        assert!(parsed(mail).message_id().unwrap().ends_with("@example.test"));
    }
    let other = written(&Letter { recipient: id("bob"), ..letter(Notice::Incident(incident())) });
    assert_ne!(name(&other), name(&root), "every recipient has their own");
}

#[test]
fn a_confirmation_holds_a_link_and_nothing_that_was_typed() {
    let mail = written(&Letter { address: "Spam.For.Everybody@example.test".to_owned(), ..letter(Notice::Confirm) });
    let message = parsed(&mail);
    assert_eq!(message.subject(), Some("[Example] Confirm your subscription"));
    let token = secret().token(Purpose::Confirm, &id("page"), &id("ada"), 3);
    for part in [text(&message), html(&message)] {
        assert!(part.contains(&format!("https://status.example.test/confirm/{token}")));
        assert!(!part.contains("Spam"), "{part}");
        assert!(!part.contains("/unsubscribe/") && !part.contains("{{"));
    }
}

#[test]
fn a_draft_tells_staff_what_failed_and_where_to_look() {
    let mail = written(&letter(draft()));
    let message = parsed(&mail);
    assert_eq!(message.subject(), Some("[Example] Draft: Payments API does not answer"));
    let said = [
        "Payments API does not answer",
        "http_503",
        "23 Nov 2026, 11:00 CET (10:00 UTC)",
        "https://status.example.test/staff/incidents/inc000000000",
    ];
    for said in said {
        assert!(text(&message).contains(said) && html(&message).contains(said), "{said}");
    }
    assert!(text(&message).contains("Monitor: Pay <live>\nComponent: Payments"));
    assert!(html(&message).contains("Pay &lt;live&gt;") && !html(&message).contains("Pay <live>"));
}

/// A letter of every kind, and a long one.
fn one_of_each() -> Vec<Letter> {
    let long = IncidentNotice { body: "Grüße 你好 and ".repeat(1_600), ..incident() };
    let kind = NotificationKind::MaintenanceMoved;
    let further = (1..=200).map(|week| works::window(48 + week * 168, 50 + week * 168)).collect();
    let notices = vec![
        Notice::Incident(incident()),
        Notice::Incident(long),
        Notice::Confirm,
        Notice::Known(others::known()),
        Notice::Link,
        Notice::Leave(others::leave()),
        Notice::Announcement(others::announcement()),
        draft(),
        Notice::Maintenance(MaintenanceNotice { further, ..planned::planned(kind) }),
        Notice::Postmortem(others::document()),
        Notice::ItemDone(others::item()),
        Notice::Vote(others::item()),
        Notice::Task(others::task()),
    ];
    notices.into_iter().map(|notice| Letter { kind, ..letter(notice) }).collect()
}

#[test]
fn every_mail_is_small_whole_and_asks_nobody_for_anything() {
    for letter in one_of_each() {
        let mail = written(&letter);
        let bytes = &mail.mail.bytes;
        assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
        assert!(bytes.is_ascii(), "what is not ASCII is encoded");
        for line in bytes.split(|byte| *byte == b'\n') {
            assert!(line.len() <= 998, "a line of {} bytes", line.len());
        }
        let message = parsed(&mail);
        assert_eq!(message.text_body_count(), 1);
        assert_eq!(message.html_body_count(), 1);
        assert_eq!(message.attachment_count(), 0);
        let html = html(&message);
        for remote in ["<img", "src=", "url(", "<link", "@import", "<script", "<iframe", "<form"] {
            assert!(!html.contains(remote), "{remote}");
        }
        assert!(matches!(message.header("To"), Some(HeaderValue::Address(to)) if to.iter().count() == 1), "one recipient");
    }
}

#[test]
fn a_message_too_long_for_a_mail_is_cut_and_says_where_the_rest_is() {
    // 25,000 characters are what staff can write; these are the largest ones.
    for body in ["a ".repeat(12_500), "你好 ".repeat(8_333), "<&>\"' ".repeat(4_166), "\u{1F600}".repeat(25_000)] {
        let kind = NotificationKind::MaintenanceAnnounced;
        let notices = [
            Notice::Incident(IncidentNotice { body: body.clone(), ..incident() }),
            Notice::Maintenance(MaintenanceNotice { body: body.clone(), ..planned::planned(kind) }),
            Notice::Postmortem(PostmortemNotice { summary: body.clone(), ..others::document() }),
            Notice::ItemDone(ItemNotice { explanation: Some(body.clone()), ..others::item() }),
            Notice::Task(TaskNotice { sentence: body.clone(), ..others::task() }),
        ];
        for notice in notices {
            let mail = written(&Letter { kind, ..letter(notice) });
            assert!(mail.mail.bytes.len() < 100_000, "{} bytes", mail.mail.bytes.len());
            let words = text_of(&mail);
            let whole = words.contains(body.trim());
            assert!(whole || words.contains("All of it is on the page."), "{}", &words[words.len() - 600..]);
            assert_eq!(whole, body.starts_with("a "), "it is cut only where it must be");
        }
    }
    let beginning = "One.\n\n".to_owned();
    let long = IncidentNotice { body: beginning + &"你".repeat(24_000), ..incident() };
    assert!(text_of(&written(&letter(Notice::Incident(long)))).contains("One.\n\n*The message is longer"));
}

#[tokio::test]
async fn the_courier_sends_what_the_notice_says_into_the_thread_it_belongs_to() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(1).await;
        let at: DateTime<Utc> = office.hand.now();
        let first = office.tell_opened(notice("inc")).await;
        office.drain().await;
        let next = |word: &str, previous: &Id| IncidentNotice { update_id: id(word), previous: Some(previous.clone()), ..notice("inc") };
        let second = office.tell(NotificationKind::IncidentUpdated, next("second", &first)).await;
        office.hand.advance(UNDO);
        office.drain().await;
        let resolved = IncidentNotice { status: IncidentStatus::Resolved, resolved_at: Some(at), ..next("third", &second) };
        office.tell(NotificationKind::IncidentResolved, resolved).await;
        office.hand.advance(UNDO + TimeDelta::seconds(1));
        office.drain().await;
        let mails = server.mails();
        assert_eq!(mails.len(), 3);
        let root = mails[0].message_id();
        assert_eq!(mails[1].header("In-Reply-To"), root);
        assert_eq!(mails[1].header("References"), root);
        assert_eq!(mails[2].header("References"), format!("{root} {}", mails[1].message_id()));
        assert!(mails.iter().all(|mail| mail.header("Subject") == "[Status] Requests fail"));
        let message = MessageParser::default().parse(mails[2].raw.as_bytes()).unwrap();
        assert!(text(&message).starts_with("Resolved: Requests fail"));
    })
    .await;
}

#[tokio::test]
async fn a_stranger_confirms_by_the_link_in_the_mail_and_is_then_told_of_what_breaks() {
    for engine in Engine::ALL {
        let relay = SmtpServer::good().await;
        let url = relay.url();
        let settings = [("ALLCLEAR_SMTP_URL", url.as_str()), ("ALLCLEAR_MAIL_FROM", "status@example.test"), ("ALLCLEAR_SMTP_RATE", "0")];
        let app = TestApp::with(engine, &settings).await;
        assert_eq!(app.subscribe("ada@example.test").await.status, 200);
        assert!(app.admin("/metrics").await.contains("allclear_outbox_depth 1\n"), "what waits is counted");
        app.send_mails().await;
        let confirmation = relay.mails().remove(0).raw;
        let message = MessageParser::default().parse(confirmation.as_bytes()).unwrap();
        let words = text(&message);
        let link = words.lines().find_map(|line| line.strip_prefix("https://status.example.test")).unwrap();
        assert!(link.starts_with("/confirm/"));
        assert_eq!(app.post(link, &[]).await.status, 200);
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        let (incident, update) = (id("inc"), id("incu"));
        let about = About { subject_kind: "incident", subject_id: &incident, update_id: Some(&update) };
        let everyone = Notice::Incident(IncidentNotice { components: Vec::new(), ..notice("inc") });
        let (opened, now) = (NotificationKind::IncidentOpened, app.hand.now());
        notify::subscribers(&mut tx, &page, opened, about, everyone, now, UNDO).await.unwrap();
        tx.commit().await.unwrap();
        app.hand.advance(UNDO + TimeDelta::seconds(5));
        assert!(app.admin("/metrics").await.contains("allclear_outbox_oldest_seconds 5\n"), "{}", app.admin("/metrics").await);
        app.send_mails().await;
        assert_eq!(relay.recipients(), ["ada@example.test"; 2]);
        assert!(app.admin("/metrics").await.contains("allclear_outbox_depth 0\n"));
        // One click in the mail program: the address in the header, without a cookie, an origin or a redirect (RFC 8058).
        let leave = relay.mails()[1].header("List-Unsubscribe");
        let leave = leave.trim_matches(['<', '>']).strip_prefix("https://status.example.test").unwrap().to_owned();
        assert_eq!(app.post(&leave, &[("List-Unsubscribe", "One-Click")]).await.status, 200);
        assert_eq!(app.subscriber("ada@example.test").await.unwrap().state, SubscriberState::Unsubscribed);
        app.end().await;
    }
}
