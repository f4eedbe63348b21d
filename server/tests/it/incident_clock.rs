//! How long it took until everybody knew: for staff and as figures.

use app::words::{IncidentStatus, Role};
use chrono::TimeDelta;
use server::actions::incidents;

use crate::incidents::{opening, saying};
use crate::wishes::each_office;

/// The cells of a row of a table.
fn row(page: &str, label: &str) -> String {
    let row = page.split("<tr").find(|row| row.contains(label)).unwrap_or_else(|| panic!("no row says {label}: {page}"));
    row.split("</tr>").next().unwrap().split(['<', '>']).skip(1).step_by(2).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn staff_and_figures_tell_how_long_each_step_took_until_the_last_mail() {
    each_office(async |desk, _| {
        let app = &desk.app;
        for name in ["anna", "bert"] {
            app.subscribed(&format!("{name}@example.test")).await;
        }
        assert!(!app.admin("/metrics").await.contains("allclear_incident_step_seconds"), "there is none yet");
        let started_at = Some(app.hand.now() - TimeDelta::minutes(4));
        let outage = incidents::create(&desk.act(), &incidents::IncidentInput { started_at, ..opening(&[]) }, true).await.unwrap().id;
        let viewer = app.member(Role::Viewer).await;
        app.look().await;
        let path = format!("/staff/incidents/{outage}");
        let before = viewer.get(&path).await.text();
        assert!(row(&before, "Published").contains("4 min"), "{}", row(&before, "Published"));
        assert!(!before.contains("First mail accepted"), "none was sent");
        app.hand.advance(TimeDelta::seconds(75));
        app.send_mails().await;
        let after = viewer.get(&path).await.text();
        assert!(row(&after, "First mail accepted").contains("+ 1 min 15 s"), "{}", row(&after, "First mail accepted"));
        assert!(row(&after, "Last mail accepted").contains("5 min 15 s"), "{}", row(&after, "Last mail accepted"));
        let figures = app.admin("/metrics").await;
        for (step, seconds) in [("published", 240), ("first_mail", 315), ("last_mail", 315)] {
            let line = format!("allclear_incident_step_seconds{{step=\"{step}\"}} {seconds}\n");
            assert!(figures.contains(&line), "{line}: {figures}");
        }
        assert!(!figures.contains("drafted"), "no monitor wrote it");
        // What is said later does not move it.
        app.hand.advance(TimeDelta::minutes(30));
        incidents::post_update(&desk.act(), &outage, &saying(IncidentStatus::Resolved, &[]), None).await.unwrap();
        app.hand.advance(TimeDelta::minutes(1));
        app.send_mails().await;
        assert!(row(&viewer.get(&path).await.text(), "Last mail accepted").contains("5 min 15 s"));
        let list = viewer.get("/staff/deliveries").await.text();
        let opened = list.split("<tr").find(|row| row.contains("Incident opened")).unwrap();
        let notice = opened.split("href=\"/staff/deliveries/").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        let one = viewer.get(&format!("/staff/deliveries/{notice}")).await.text();
        assert!(one.contains("First mail accepted") && one.contains("(1 min 15 s after it was written)"), "{one}");
    })
    .await;
}

#[tokio::test]
async fn staff_are_alarmed_where_mails_are_due_and_do_not_go_out() {
    each_office(async |desk, _| {
        let app = &desk.app;
        app.subscribed("anna@example.test").await;
        app.send_mails().await;
        incidents::create(&desk.act(), &opening(&[]), true).await.unwrap();
        let viewer = app.member(Role::Viewer).await;
        app.hand.advance(TimeDelta::minutes(4));
        app.look().await;
        assert!(!viewer.get("/staff").await.text().contains("Mails do not go out"), "a while is usual");
        app.hand.advance(TimeDelta::minutes(8));
        app.look().await;
        let home = viewer.get("/staff").await;
        assert!(home.text().contains("Mails do not go out"), "{}", home.text());
        app.send_mails().await;
        assert!(!viewer.get("/staff").await.text().contains("Mails do not go out"));
    })
    .await;
}
