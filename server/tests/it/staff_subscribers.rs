//! Staff see, add and remove subscribers, and read what became of each notice.

use app::words::{NotificationKind, RecipientKind, Role, SubscriberState};
use server::actions::notify::{self, About};
use server::domain::notice::Notice;

use crate::mails::{others, planned};
use crate::store::sample::id;
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::each_mailing_app;

/// How many statements the page cost, as it says itself.
fn queries(reply: &Reply) -> u32 {
    reply.header("server-timing").split(['"', ' ']).find_map(|word| word.parse().ok()).unwrap()
}

#[tokio::test]
async fn an_admin_adds_searches_and_removes_subscribers() {
    each_mailing_app(async |app| {
        let admin = app.member(Role::Admin).await;
        assert!(admin.get("/staff/subscribers/new").await.text().contains("They consented elsewhere"));
        let fields = [("email", "Anna@example.test"), ("about", "all"), ("kinds", "incidents")];
        let added = admin.post_form("/staff/subscribers", &fields).await;
        assert_eq!((added.status, added.header("location")), (303, "/staff/subscribers"));
        assert!(admin.get("/staff/subscribers").await.text().contains("They are asked by mail to confirm"));
        let consented = [("email", "bert@example.test"), ("about", "all"), ("kinds", "incidents"), ("consented", "on")];
        assert_eq!(admin.post_form("/staff/subscribers", &consented).await.status, 303);
        let (anna, bert) = (app.subscriber("anna@example.test").await.unwrap(), app.subscriber("bert@example.test").await.unwrap());
        assert_eq!((anna.state, bert.state, app.mails().await), (SubscriberState::Pending, SubscriberState::Active, 1));

        let list = admin.get("/staff/subscribers").await;
        let text = list.text();
        assert!(text.contains("Anna@example.test") && text.contains("bert@example.test") && text.contains("All (2)"), "{text}");
        assert!(queries(&list) < 6, "{} queries", queries(&list));
        let found = admin.get("/staff/subscribers?state=active&q=BERT").await.text();
        assert!(found.contains("bert@example.test") && !found.contains("Anna@example.test"));
        for nobody in ["anna", "bert%00", "%00"] {
            assert!(
                admin.get(&format!("/staff/subscribers?state=active&q={nobody}")).await.text().contains("There is nobody here"),
                "{nobody}"
            );
        }

        let resend = format!("/staff/subscribers/{}/resend", anna.id);
        admin.post_form(&resend, &[]).await;
        assert!(admin.get("/staff/subscribers").await.text().contains("within the last 24 hours"));
        let remove = format!("/staff/subscribers/{}/remove", bert.id);
        assert_eq!(admin.post_form(&remove, &[]).await.status, 303);
        assert_eq!(app.subscriber("bert@example.test").await, None);
        for gone in [remove, "/staff/subscribers/nonsense/remove".to_owned(), format!("/staff/subscribers/{}/resend", id("nobody"))] {
            assert_eq!(admin.post_form(&gone, &[]).await.status, 404);
        }
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_added_is_said_beside_the_field_with_the_text_kept() {
    each_mailing_app(async |app| {
        let admin = app.member(Role::Admin).await;
        app.subscribed("anna@example.test").await;
        let cases = [
            ("a@localhost", "all", "full domain"),
            ("anna@example.test", "all", "subscribed already"),
            ("<script>@example.test", "all", "one address alone"),
            ("carl@example.test", "chosen", "Choose at least one component"),
        ];
        for (email, about, sentence) in cases {
            let answer = admin.post_form("/staff/subscribers", &[("email", email), ("about", about), ("kinds", "incidents")]).await;
            assert!(answer.status == 422 && answer.text().contains(sentence), "{}", answer.text());
            let document = scraper::Html::parse_document(&answer.text());
            let field = document.select(&scraper::Selector::parse("input[name=email]").unwrap()).next().unwrap();
            assert_eq!(field.attr("value"), Some(email));
        }
        assert_eq!((app.mails().await, app.subscriber("carl@example.test").await), (1, None));
    })
    .await;
}

#[tokio::test]
async fn a_viewer_sees_masked_addresses_and_changes_nothing() {
    each_mailing_app(async |app| {
        let anna = app.subscribed("anna@example.test").await;
        let viewer = app.member(Role::Viewer).await;
        let list = viewer.get("/staff/subscribers?q=zzz").await.text();
        assert!(list.contains("a***@example.test") && !list.contains("anna@example.test"), "a search tells nothing: {list}");
        assert!(!list.contains("Add a subscriber") && !list.contains("/remove"));
        let told = app.notices().await.pop().unwrap();
        let one = viewer.get(&format!("/staff/deliveries/{told}")).await.text();
        assert!(one.contains("a***@example.test") && !one.contains("anna@example.test"));
        for path in ["/staff/subscribers".to_owned(), format!("/staff/subscribers/{}/remove", anna.id)] {
            assert_eq!(viewer.post_form(&path, &[("email", "x@example.test"), ("about", "all"), ("kinds", "incidents")]).await.status, 403);
        }
        assert_eq!(viewer.get("/staff/subscribers/new").await.status, 403);
    })
    .await;
}

#[tokio::test]
async fn deliveries_are_listed_by_notice_and_read_one_by_one() {
    each_mailing_app(async |app| {
        let anna = app.subscribed("anna@example.test").await;
        let page = app.page().await.id;
        let mut tx = app.db.write().await.unwrap();
        let (subject, kind) = (id("down"), NotificationKind::IncidentOpened);
        let about = About { subject_kind: "incident", subject_id: &subject, update_id: None };
        let to: Vec<_> = (0..120).map(|n| (RecipientKind::Subscriber, id(&format!("gone{n:03}x")))).collect();
        let to = [to, vec![(RecipientKind::Subscriber, anna.id.clone())]].concat();
        let told = notify::people(&mut tx, &page, kind, about, Notice::Confirm, &to, app.hand.now()).await.unwrap();
        tx.commit().await.unwrap();
        let admin = app.member(Role::Admin).await;
        let list = admin.get("/staff/deliveries").await;
        assert!(list.text().contains("121 queued") && list.text().contains("Request to confirm"), "{}", list.text());
        let first = admin.get(&format!("/staff/deliveries/{told}")).await;
        let second = admin.get(&format!("/staff/deliveries/{told}?page=2")).await;
        let both = first.text() + &second.text();
        assert!(both.contains("anna@example.test") && both.contains("Removed since"));
        assert!(first.text().contains(&format!("/staff/deliveries/{told}?page=2")) && !second.text().contains("?page=3"));
        for page in [&list, &first] {
            assert!(queries(page) < 6, "{} queries", queries(page));
        }
        for path in ["/staff/deliveries/nonsense", "/staff/deliveries/nobody000000", "/staff/deliveries/..%2f"] {
            assert_eq!(admin.get(path).await.status, 404, "{path}");
        }
        assert_eq!(admin.get("/staff/deliveries?page=-7").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_notice_of_every_kind_says_what_it_is_and_leads_to_what_it_is_about() {
    use NotificationKind::{ActionItemDone, ConfirmVote, MaintenanceMoved, MaintenanceReminder, PostmortemRevised, StaffTask};
    let planned = |kind| Notice::Maintenance(planned::planned(kind));
    let notices = [
        (MaintenanceMoved, planned(MaintenanceMoved), "Database migration to a larger machine", "/staff/maintenances/mnt000000000"),
        (MaintenanceReminder, planned(MaintenanceReminder), "Database migration to a larger machine", "/staff/maintenances/mnt000000000"),
        (PostmortemRevised, Notice::Postmortem(others::document()), "Why payments failed", "/staff/post-mortems/doc000000000"),
        (ActionItemDone, Notice::ItemDone(others::item()), "Alert on &lt;disk&gt; space", "/staff/post-mortems/doc000000000"),
        (ConfirmVote, Notice::Vote(others::item()), "Alert on &lt;disk&gt; space", "/staff/post-mortems/doc000000000"),
        (StaffTask, Notice::Task(others::task()), "Planned work ends in 15 minutes", "/staff/maintenances/mnt000000000"),
    ];
    each_mailing_app(async |app| {
        let anna = app.subscribed("anna@example.test").await;
        let page = app.page().await.id;
        let viewer = app.member(Role::Viewer).await;
        for (kind, notice, title, leads_to) in &notices {
            let about = About { subject_kind: "subscriber", subject_id: &anna.id, update_id: None };
            let to = [(RecipientKind::Subscriber, anna.id.clone())];
            let mut tx = app.db.write().await.unwrap();
            let told = notify::people(&mut tx, &page, *kind, about, notice.clone(), &to, app.hand.now()).await.unwrap();
            tx.commit().await.unwrap();
            let list = viewer.get("/staff/deliveries").await.text();
            let row = list.split("<tr").find(|row| row.contains(told.as_str())).unwrap_or_else(|| panic!("{kind} is missing in {list}"));
            assert!(row.contains(title) && row.contains(kind.label()), "{kind}: {row}");
            let one = viewer.get(&format!("/staff/deliveries/{told}")).await.text();
            assert!(one.contains(title) && one.contains(kind.label()) && one.contains(&format!("href=\"{leads_to}\"")), "{kind}: {one}");
        }
    })
    .await;
}

#[tokio::test]
async fn without_a_relay_only_those_who_consented_can_be_added() {
    let app = TestApp::plain().await;
    let admin = app.member(Role::Admin).await;
    let fields = [("email", "anna@example.test"), ("about", "all"), ("kinds", "incidents")];
    let refused = admin.post_form("/staff/subscribers", &fields).await;
    assert!(refused.status == 422 && refused.text().contains("cannot be asked to confirm"), "{}", refused.text());
    let consented = [fields.as_slice(), &[("consented", "on")]].concat();
    assert_eq!(admin.post_form("/staff/subscribers", &consented).await.status, 303);
    assert_eq!(app.subscriber("anna@example.test").await.unwrap().state, SubscriberState::Active);
    assert_eq!(app.mails().await, 0);
}
