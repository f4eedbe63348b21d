//! Reading: a second person before it is published, a link for those who are not staff, what follows from it, and what readers say.

use app::words::Role;
use chrono::TimeDelta;

use super::{WHOLE, begun, between, each_engine_app, hidden, id_of, led_to, send};
use crate::support::app::TestApp;

/// The link that the page shows, as a path.
fn link_in(page: &str) -> String {
    let href = between(page, "https://status.example.test/post-mortems/", "\"");
    href.strip_prefix("https://status.example.test").unwrap_or_else(|| panic!("{href}")).to_owned()
}

#[tokio::test]
async fn a_link_shows_the_draft_until_it_expires_and_to_nobody_without_it() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let page = begun(&browser).await;
        led_to(&send(&browser, &page, "save", &WHOLE).await);
        let made = browser.post_form(&format!("{page}/preview-link"), &[("days", "7")]).await;
        assert_eq!(made.status, 200);
        let link = link_in(&made.text());
        let shown = app.get(&link).await;
        let text = shown.text();
        assert_eq!(shown.status, 200, "{text}");
        assert!(text.contains("Draft: not published") && text.contains("A full disk."), "{text}");
        assert!(
            text.contains("<meta name=\"robots\" content=\"noindex\"/>") || text.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{text}"
        );
        assert_eq!(shown.header("cache-control"), "private, no-store");
        assert!(!text.contains("answer your questions"), "nobody is asked about a draft");
        // The link shows what the draft is now.
        led_to(&send(&browser, &page, "save", &[WHOLE.as_slice(), &[("near_term", "A larger disk.")]].concat()).await);
        assert!(app.get(&link).await.text().contains("A larger disk."));
        let (start, token) = link.rsplit_once('/').unwrap();
        let (second, proof) = token.split_once('-').unwrap();
        let later = second.parse::<i64>().unwrap() + 86_400;
        let mut other = proof.to_owned();
        other.replace_range(13..14, if &proof[13..14] == "A" { "B" } else { "A" });
        for wrong in [format!("{later}-{proof}"), format!("{second}-{other}"), "x".to_owned(), format!("-{proof}"), format!("{second}-")] {
            let reply = app.get(&format!("{start}/{wrong}")).await;
            assert_eq!(reply.status, 404, "{wrong}");
            assert!(!reply.text().contains("A full disk."));
        }
        assert_eq!(app.get(&link.replace(id_of(&page), "abcdefghijkl")).await.status, 404, "a link is good for one document");
        // A revision is written beside what is public: the link shows it.
        led_to(&send(&browser, &page, "publish", &WHOLE).await);
        assert_eq!(led_to(&app.get(&link).await), format!("/post-mortems/{}", id_of(&page)), "there is no draft any more, but a document");
        led_to(&send(&browser, &page, "save", &[WHOLE.as_slice(), &[("near_term", "Two disks.")]].concat()).await);
        assert!(app.get(&link).await.text().contains("Two disks."));
        assert!(!app.get(&format!("/post-mortems/{}", id_of(&page))).await.text().contains("Two disks."));
        app.advance(TimeDelta::days(7)).await;
        let over = app.get(&link).await;
        assert_eq!(over.status, 410);
        assert!(over.text().contains("This link has expired") && !over.text().contains("A full disk."), "{}", over.text());
    })
    .await;
}

#[tokio::test]
async fn a_link_holds_as_long_as_offered_and_ends_with_its_document() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let page = begun(&browser).await;
    for days in ["", "2", "9999999999", "-1"] {
        assert_eq!(browser.post_form(&format!("{page}/preview-link"), &[("days", days)]).await.status, 422, "{days}");
    }
    let link = link_in(&browser.post_form(&format!("{page}/preview-link"), &[("days", "1")]).await.text());
    assert_eq!(app.get(&link).await.status, 200);
    led_to(&browser.post_form(&format!("{page}/delete"), &[]).await);
    assert_eq!(app.get(&link).await.status, 404);
    app.end().await;
}

#[tokio::test]
async fn a_second_person_reads_it_where_the_page_demands_one() {
    each_engine_app(async |app| {
        let (ada, bob) = (app.owner().await, app.member(Role::Responder).await);
        app.meddle("insert into settings (page_id, key, value) select id, 'settings', '{\"review\":true}' from pages").await;
        let page = begun(&ada).await;
        let form = ada.get(&page).await.text();
        assert!(!form.contains("value=\"publish\""), "nothing is published without a second reader: {form}");
        let refused = send(&ada, &page, "publish", &WHOLE).await;
        assert_eq!(refused.status, 409, "{}", refused.text());
        led_to(&send(&ada, &page, "review", &WHOLE).await);
        let mine = ada.get(&page).await.text();
        assert!(!mine.contains("Yours to read"), "nobody reads their own: {mine}");
        let seen = hidden(&mine, "seen");
        assert_eq!(ada.post_form(&format!("{page}/approve"), &[("seen", seen.as_str())]).await.status, 409);
        let list = bob.get("/staff/post-mortems").await.text();
        let waiting = between(&list, "part-in-review", "</section>");
        assert!(waiting.contains("Read it") && waiting.contains(&ada.email), "{list}");
        assert!(bob.get(&page).await.text().contains("Yours to read"));
        let refused = bob.post_form(&format!("{page}/send-back"), &[("because", "")]).await;
        assert_eq!(refused.status, 422, "a reason is needed");
        led_to(&bob.post_form(&format!("{page}/send-back"), &[("because", "The times are missing.")]).await);
        assert!(ada.get(&page).await.text().contains("<span class=\"state\">Draft</span>"));
        led_to(&send(&ada, &page, "review", &WHOLE).await);
        let seen = hidden(&bob.get(&page).await.text(), "seen");
        led_to(&bob.post_form(&format!("{page}/approve"), &[("seen", seen.as_str())]).await);
        let approved = ada.get(&page).await.text();
        assert!(approved.contains(&format!("Approved by {}", bob.email)) && approved.contains("value=\"publish\""), "{approved}");
        led_to(&send(&ada, &page, "publish", &WHOLE).await);
        assert_eq!(app.get(&format!("/post-mortems/{}", id_of(&page))).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn follow_ups_are_added_changed_ordered_listed_and_removed() {
    each_engine_app(async |app| {
        let browser = app.owner().await;
        let page = begun(&browser).await;
        let member = app.texts("select id from staff").await.remove(0);
        let add = async |title: &str, due: &str, owner: &str| {
            let fields = [("title", title), ("state", "planned"), ("due_on", due), ("owner", owner), ("link", "https://example.test/1")];
            led_to(&browser.post_form(&format!("{page}/items"), &fields).await)
        };
        add("Watch disks", "2026-11-30", &member).await;
        add("Buy disks", "", "").await;
        let titles = |page: &str| -> Vec<String> {
            page.split("<li id=\"item-").skip(1).map(|item| between(item, "<h3>", "</h3>").trim_start_matches("<h3>").to_owned()).collect()
        };
        let shown = browser.get(&page).await.text();
        assert_eq!(titles(&shown), ["Watch disks", "Buy disks"]);
        let second = shown.split("<li id=\"item-").nth(2).unwrap()[..12].to_owned();
        led_to(&browser.post_form(&format!("{page}/items/{second}/move"), &[("to", "0")]).await);
        assert_eq!(titles(&browser.get(&page).await.text()), ["Buy disks", "Watch disks"]);
        for to in ["2", "-1", ""] {
            assert_eq!(browser.post_form(&format!("{page}/items/{second}/move"), &[("to", to)]).await.status, 422, "{to}");
        }
        let change = [("title", "Buy disks"), ("state", "done"), ("explanation", "So that they do not fill.")];
        led_to(&browser.post_form(&format!("{page}/items/{second}"), &change).await);
        let shown = browser.get(&page).await.text();
        let steps = between(&shown, "<ol class=\"had\">", "</ol>");
        assert!(steps.contains("Planned") && steps.contains("Done"), "every state it had: {steps}");
        let refused =
            browser.post_form(&format!("{page}/items/{second}"), &[("title", "Kept title"), ("state", "done"), ("link", "ftp://x")]).await;
        assert!(refused.status == 422 && refused.text().contains("Kept title"), "{}", refused.text());
        let list = async |path: &str| browser.get(path).await.text();
        let open = list("/staff/follow-ups").await;
        assert!(open.contains("Watch disks") && !open.contains("Buy disks</a>"), "{open}");
        assert!(list("/staff/follow-ups?show=all").await.contains("Buy disks</a>"));
        assert!(list("/staff/follow-ups?show=mine").await.contains("Watch disks"));
        assert!(list("/staff/follow-ups?show=overdue").await.contains("Nothing is overdue."));
        led_to(&browser.post_form(&format!("{page}/items/{second}/remove"), &[]).await);
        assert_eq!(titles(&list(&page).await), ["Watch disks"]);
        app.advance(TimeDelta::days(10)).await;
        let late = app.owner().await.get("/staff/follow-ups?show=overdue").await.text();
        assert!(late.contains("Watch disks"), "{late}");
    })
    .await;
}

#[tokio::test]
async fn who_may_only_look_sees_the_text_and_no_form() {
    let app = TestApp::plain().await;
    let (owner, viewer) = (app.owner().await, app.member(Role::Viewer).await);
    let page = begun(&owner).await;
    led_to(&send(&owner, &page, "save", &WHOLE).await);
    let shown = viewer.get(&page).await.text();
    assert!(shown.contains("A full disk.") && !shown.contains("<textarea"), "{shown}");
    for path in ["", "/draft", "/approve", "/plan", "/preview-link", "/items"] {
        assert_eq!(viewer.post_form(&format!("{page}{path}"), &[]).await.status, 403, "{path}");
    }
    app.end().await;
}

#[tokio::test]
async fn what_readers_said_is_shown_to_staff_as_they_wrote_it() {
    let app = TestApp::plain().await;
    let browser = app.owner().await;
    let page = begun(&browser).await;
    let feedback = format!("{page}/feedback");
    assert!(browser.get(&feedback).await.text().contains("No reader has said anything yet."));
    led_to(&send(&browser, &page, "publish", &WHOLE).await);
    app.meddle(
        "insert into postmortem_feedback (id, postmortem_id, at, helpful, body)
         select 'aaaaaaaaaaaa', id, '2026-11-23 09:00:00+00:00', true, null from postmortems;
         insert into postmortem_feedback (id, postmortem_id, at, helpful, body)
         select 'aaaaaaaaaaab', id, '2026-11-23 09:01:00+00:00', false, 'Why <b>that</b> disk?' from postmortems",
    )
    .await;
    let shown = browser.get(&feedback).await.text();
    assert!(shown.contains("It answered the questions of 50.0 % of the 2 readers who said so."), "{shown}");
    assert!(shown.contains("Why &lt;b&gt;that&lt;/b&gt; disk?") && !shown.contains("<b>that"), "{shown}");
    assert!(browser.get(&page).await.text().contains(&feedback), "the document leads to it");
    app.end().await;
}
