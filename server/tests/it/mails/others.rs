//! Mails of post-mortems and what follows from them, and of what waits for staff.

use app::words::{Impact, NotificationKind};
use chrono::TimeDelta;
use server::channels::email::{Letter, Written};
use server::domain::notice::{AnnouncementNotice, ItemNotice, KnownNotice, LeaveNotice, Notice, PostmortemNotice, TaskNotice};
use server::secret::Purpose;

use super::{BODY, html, id, letter, parsed, raw, secret, text_of, written};
use crate::support::app::test_now;

pub fn document() -> PostmortemNotice {
    PostmortemNotice {
        postmortem_id: id("doc"),
        title: "Why payments failed on 12 November".to_owned(),
        summary: BODY.to_owned(),
        provisional: false,
        at: test_now(),
        covers: vec!["Payments fail".to_owned(), "Slow <answers>".to_owned()],
        impact: Impact::Major,
        components: Vec::new(),
        covered: Vec::new(),
        previous: None,
    }
}

pub fn item() -> ItemNotice {
    ItemNotice {
        item_id: id("item"),
        title: "Alert on <disk> space".to_owned(),
        explanation: Some("We **watch** the disks now.".to_owned()),
        postmortem_id: id("doc"),
        postmortem: "Why payments failed".to_owned(),
    }
}

pub fn known() -> KnownNotice {
    KnownNotice { follow: Some((id("outage"), "Payments <fail>".to_owned())) }
}

pub fn leave() -> LeaveNotice {
    LeaveNotice { asked_at: test_now(), until: test_now() + TimeDelta::hours(24) }
}

pub fn announcement() -> AnnouncementNotice {
    AnnouncementNotice {
        announcement_id: id("move"),
        subject: "We move to a larger data centre".to_owned(),
        body: BODY.to_owned(),
        starts_at: test_now(),
        expires_at: Some(test_now() + TimeDelta::days(7)),
        previous: None,
    }
}

pub fn task() -> TaskNotice {
    TaskNotice {
        subject: "Planned work ends in 15 minutes: Kernel update".to_owned(),
        sentence: "Extend it, or let it end: it stays under way until somebody says that it is over.".to_owned(),
        facts: vec![("Ends".to_owned(), "Mon 23 Nov 2026, 11:15 CET".to_owned()), ("Owner".to_owned(), "Ada <ops>".to_owned())],
        path: "/staff/maintenances/mnt000000000".to_owned(),
        action: "Extend or let it end".to_owned(),
    }
}

pub fn of(kind: NotificationKind, notice: Notice) -> Written {
    written(&Letter { kind, ..letter(notice) })
}

#[test]
fn a_post_mortem_is_told_of_with_its_summary_and_says_when_it_is_provisional_or_revised() {
    use NotificationKind::{PostmortemPublished, PostmortemRevised};
    let cases = [
        (PostmortemPublished, false, "Post-mortem published", "We have written down what happened"),
        (PostmortemPublished, true, "Provisional post-mortem published", "This is what we know so far"),
        (PostmortemRevised, false, "Post-mortem revised", "We have revised this post-mortem; what"),
        (PostmortemRevised, true, "Provisional post-mortem revised", "We have revised this post-mortem, and more"),
    ];
    for (kind, provisional, first, sentence) in cases {
        let mail = of(kind, Notice::Postmortem(PostmortemNotice { provisional, ..document() }));
        let message = parsed(&mail);
        assert_eq!(message.subject(), Some("[Example] Post-mortem: Why payments failed on 12 November"));
        let (text, html) = (text_of(&mail), html(&message));
        let top = format!(
            "{first}: Why payments failed on 12 November\nExample · Post-mortem, Mon 23 Nov 2026, 11:00 CET (10:00 UTC)\n\n{sentence}"
        );
        assert!(text.starts_with(&top), "{text}");
        assert!(html.contains(&app::markdown::to_html(BODY)) && html.contains(sentence) && html.contains("Slow &lt;answers&gt;"), "{html}");
        for said in [
            "About: Payments fail\nAbout: Slow <answers>\n",
            "https://status.example.test/post-mortems/doc000000000\n",
            "https://status.example.test/follow-ups\n",
            "https://status.example.test/unsubscribe/",
        ] {
            assert!(text.contains(said), "{said:?} is missing in {text}");
        }
        assert_eq!(raw(&mail, "Feedback-ID").as_deref(), Some("page00000000:postmortem:allclear:example.test"));
    }
    let revised = PostmortemNotice { previous: Some(id("first")), ..document() };
    let revised = written(&Letter { follows_root: true, kind: PostmortemRevised, ..letter(Notice::Postmortem(revised)) });
    let published = of(PostmortemPublished, Notice::Postmortem(document()));
    assert_eq!(raw(&revised, "In-Reply-To"), Some(published.message_id), "both make one thread");
}

#[test]
fn a_follow_up_that_is_done_is_told_of_to_those_who_asked() {
    let mail = of(NotificationKind::ActionItemDone, Notice::ItemDone(item()));
    let message = parsed(&mail);
    assert_eq!(message.subject(), Some("[Example] Done: Alert on <disk> space"));
    let (text, html) = (text_of(&mail), html(&message));
    for said in [
        "Done: Alert on <disk> space\nExample\n",
        "We **watch** the disks now.",
        "Follows from: Why payments failed\n",
        "https://status.example.test/follow-ups#item00000000\n",
        "You get this because you voted for this at Example and asked to be told.\n",
        "https://status.example.test/unsubscribe/ada000000000",
    ] {
        assert!(text.contains(said), "{said:?} is missing in {text}");
    }
    assert!(html.contains("Alert on &lt;disk&gt; space") && html.contains("<strong>watch</strong>"), "{html}");
    assert!(raw(&mail, "List-Unsubscribe").is_some());
    assert_eq!(raw(&mail, "Feedback-ID").as_deref(), Some("page00000000:follow-up:allclear:example.test"));
}

#[test]
fn a_vote_is_confirmed_by_a_link_and_the_mail_holds_nothing_that_was_typed() {
    let letter = Letter { address: "Spam.For.Everybody@example.test".to_owned(), ..letter(Notice::Vote(item())) };
    let mail = written(&Letter { kind: NotificationKind::ConfirmVote, ..letter });
    let message = parsed(&mail);
    assert_eq!(message.subject(), Some("[Example] Confirm your vote"));
    let link =
        format!("https://status.example.test/follow-ups/item00000000/vote/{}", secret().token(Purpose::Vote, &id("page"), &id("ada"), 3));
    for part in [text_of(&mail), html(&message)] {
        assert!(part.contains(&link) && part.contains("Alert on") && part.contains("Why payments failed"), "{part}");
        assert!(part.contains("do nothing: without your word no vote is counted."), "{part}");
        assert!(!part.contains("Spam") && !part.contains("/unsubscribe/") && !part.contains("{{"), "{part}");
    }
    assert_eq!(raw(&mail, "List-Unsubscribe"), None);
}

#[test]
fn a_task_tells_staff_what_waits_and_where_to_do_it() {
    let mail = of(NotificationKind::StaffTask, Notice::Task(task()));
    let message = parsed(&mail);
    assert_eq!(message.subject(), Some("[Example] Planned work ends in 15 minutes: Kernel update"));
    let (text, html) = (text_of(&mail), html(&message));
    for said in [
        "Planned work ends in 15 minutes: Kernel update\nExample · for staff\n\nExtend it, or let it end:",
        "Ends: Mon 23 Nov 2026, 11:15 CET\nOwner: Ada <ops>\n",
        "Extend or let it end:\nhttps://status.example.test/staff/maintenances/mnt000000000\n",
        "You get this because you are staff of Example.",
    ] {
        assert!(text.contains(said), "{said:?} is missing in {text}");
    }
    assert!(html.contains("Ada &lt;ops&gt;") && html.contains(">Extend or let it end</a>"), "{html}");
    assert_eq!((raw(&mail, "List-Unsubscribe"), raw(&mail, "Precedence")), (None, None));
}
