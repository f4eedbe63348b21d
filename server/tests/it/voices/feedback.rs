//! Feedback on a published post-mortem.

use app::words::{Feedback, PostmortemStatus};
use chrono::TimeDelta;
use server::store::feedback;

use super::publish;
use crate::store::sample::id;
use crate::support::Engine;
use crate::support::app::TestApp;

const FORM: &str = "/post-mortems/public000000/feedback";

async fn kept(app: &TestApp) -> ((i64, i64), Vec<Feedback>) {
    let mut tx = app.db.read().await.unwrap();
    let summary = feedback::summary(&mut tx, &id("public")).await.unwrap();
    (summary, feedback::written(&mut tx, &id("public"), 100, 0).await.unwrap())
}

#[tokio::test]
async fn readers_say_whether_it_answered_their_questions_and_only_staff_can_read_it() {
    for engine in Engine::ALL {
        let app = TestApp::new(engine).await;
        publish(&app, "public", PostmortemStatus::Published, &[]).await;
        let thanks = app.post(FORM, &[("helpful", "no"), ("text", " Why did it <b>take</b> so long?\r\n'grüße' "), ("website", "")]).await;
        assert_eq!((thanks.status, thanks.header("cache-control"), thanks.header("set-cookie")), (200, "private, no-store", ""));
        assert!(thanks.text().contains("Thank you") && !thanks.text().contains("take"), "{}", thanks.text());
        assert_eq!(app.post(FORM, &[("helpful", "yes")]).await.status, 200);
        let (summary, written) = kept(&app).await;
        assert_eq!(summary, (1, 1));
        let bodies: Vec<_> = written.iter().map(|one| (one.helpful, one.body.as_deref().unwrap())).collect();
        assert_eq!(bodies, [(false, "Why did it <b>take</b> so long?\n'grüße'")], "plain text, as it was written");
        assert!(!app.get("/incidents/public000000").await.text().contains("so long"));
        app.end().await;
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_beside_its_field_with_the_text_kept() {
    let app = TestApp::plain().await;
    publish(&app, "public", PostmortemStatus::Revised, &[]).await;
    let long = "x".repeat(2_001);
    let cases: [(&[(&str, &str)], &str); 4] = [
        (&[("text", "Hello")], "Choose yes or no."),
        (&[("helpful", "maybe"), ("text", "Hello")], "Choose yes or no."),
        (&[("helpful", "yes"), ("text", &long)], "Your text has 2001 characters. Shorten it to at most 2000."),
        (&[("helpful", "yes"), ("text", "a\u{0}b")], "U+0000"),
    ];
    for (fields, sentence) in cases {
        let answer = app.post(FORM, fields).await;
        assert!(answer.status == 422 && answer.text().contains(sentence), "{fields:?}: {}", answer.text());
        assert!(answer.text().contains(&format!("action=\"{FORM}\"")) && answer.text().contains("<textarea"), "it can be mended at once");
    }
    let answer = app.post(FORM, &[("text", "My words")]).await.text();
    assert!(answer.contains("My words"), "the text is kept: {answer}");
    assert_eq!(kept(&app).await, ((0, 0), Vec::new()));
    assert_eq!(app.post(FORM, &[("helpful", "yes"), ("text", &"é".repeat(2_000))]).await.status, 200, "what was refused was not counted");
}

#[tokio::test]
async fn only_published_documents_take_feedback_and_all_others_answer_alike() {
    let app = TestApp::plain().await;
    publish(&app, "public", PostmortemStatus::Draft, &[]).await;
    let unknown = app.post("/post-mortems/nothing00000/feedback", &[("helpful", "yes")]).await;
    let draft = app.post(FORM, &[("helpful", "yes")]).await;
    assert_eq!((draft.status, draft.text()), (404, unknown.text()));
    assert_eq!((unknown.status, kept(&app).await.0), (404, (0, 0)));
}

#[tokio::test]
async fn one_network_may_say_five_things_an_hour_and_programs_that_fill_in_everything_say_nothing() {
    let app = TestApp::plain().await;
    publish(&app, "public", PostmortemStatus::Published, &[]).await;
    let people = app.post(FORM, &[("helpful", "yes")]).await.text();
    let program = app.post(FORM, &[("helpful", "yes"), ("website", "http://spam.test")]).await;
    assert_eq!((program.status, program.text(), kept(&app).await.0), (200, people, (1, 0)));
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(app.post(FORM, &[("helpful", "no")]).await);
    }
    assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [200, 200, 200, 200, 429]);
    assert!(answers[4].text().contains("Please try again") && answers[4].header("retry-after").parse::<u32>().unwrap() > 60);
    assert_eq!(kept(&app).await.0, (1, 4));
    app.advance(TimeDelta::minutes(12)).await;
    assert_eq!(app.post(FORM, &[("helpful", "no")]).await.status, 200);
}
