//! Mails that cannot be made: each falls alone, and says why.

use lettre::message::Mailbox;
use server::channels::email::{Letter, Unfit, Writer, apart};
use server::domain::notice::{IncidentNotice, Notice};

use super::{incident, letter, parsed, writer};
use crate::support::each_engine;
use crate::support::office::{Office, notice};
use crate::support::smtp::SmtpServer;

#[test]
fn what_would_break_a_header_is_refused_before_the_mail_library_sees_it() {
    let page_named = |name: &str| writer().write(&Letter { page_name: name.to_owned(), ..letter(Notice::Incident(incident())) });
    for name in ["Example\r\nBcc: all@example.test", "a\nb", "a\0b", "a\u{202E}b", "a\u{85}b", "a\u{2028}b"] {
        assert!(matches!(page_named(name), Err(Unfit::Characters(_))), "{name:?}");
    }
    assert!(page_named(&"x".repeat(500)).is_ok(), "a long name is cut");
    for from in ["Example\r\nStatus <status@example.test>", "Exa\0mple <status@example.test>"] {
        let outcome = Writer { from: from.to_owned(), ..writer() }.write(&letter(Notice::Confirm));
        assert!(matches!(outcome, Err(Unfit::Characters("sender"))), "{outcome:?}");
    }
    let to = |address: &str| writer().write(&Letter { address: address.to_owned(), ..letter(Notice::Confirm) });
    for address in [
        "",
        "ada",
        "a\r\nb@example.test",
        "a\0b@example.test",
        "ada@localhost",
        "ada@[127.0.0.1]",
        "a@example.test,b@example.test",
        "ä@example.test",
    ] {
        assert!(matches!(to(address), Err(Unfit::Recipient(_))), "{address:?}");
    }
    let name = "Grüße & 你好";
    let mail = page_named(name).unwrap();
    assert_eq!(parsed(&mail).subject(), Some(format!("[{name}] Requests fail").as_str()));
}

#[tokio::test]
async fn what_falls_over_one_mail_falls_alone() {
    // What the library does with a line break in a name; it is refused before that, and if it were not, this is what would happen.
    for signs in [false, true] {
        let fallen: Result<String, Unfit> = apart(signs, || {
            let to = Mailbox::new(Some("a\r\nb".to_owned()), "a@example.test".parse().map_err(|_| Unfit::Sender)?);
            let message = lettre::Message::builder().from(to.clone()).to(to).body(String::new());
            message.map(|message| format!("{:?}", message.formatted())).map_err(|error| Unfit::Library(error.to_string()))
        })
        .await;
        assert_eq!(fallen, Err(Unfit::Panic));
    }
}

#[tokio::test]
async fn a_mail_that_cannot_be_made_fails_alone_and_says_why() {
    each_engine(async |db| {
        let server = SmtpServer::good().await;
        let office = Office::open(&db, &server).await;
        office.subscribe(3).await;
        office.tell_opened(notice("good")).await;
        office.tell_opened(IncidentNotice { subject: "a\u{202E}b".to_owned(), ..notice("bad") }).await;
        office.drain().await;
        assert_eq!(server.mails().len(), 3);
        assert_eq!(office.depth().await, 0);
        let mut tx = db.read().await.unwrap();
        let told = server::store::delivery_reads::notifications(&mut tx, &office.page, 10, 0).await.unwrap();
        let bad =
            told.iter().find(|told| matches!(&told.notice, Notice::Incident(notice) if notice.subject.starts_with("a\u{202E}"))).unwrap();
        let reads = server::store::delivery_reads::deliveries(&mut tx, &bad.id, 10, 0).await.unwrap();
        assert!(reads[0].reason.as_ref().unwrap().starts_with("the subject has control characters"), "{reads:?}");
    })
    .await;
}
