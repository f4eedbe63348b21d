//! Components and groups by actions, as readers see them. On both engines.

use app::words::ComponentStatus::{MajorOutage, Operational};
use app::words::{Id, StatusSource};
use server::actions::components::GroupInput;
use server::actions::{ActionError, components};

use crate::incidents::{Desk, component, each_desk, refused};

#[tokio::test]
async fn a_component_is_made_changed_stated_and_taken_away() {
    each_desk(async |desk: Desk| {
        let made = components::create(&desk.act(), &component("Mail"), None).await.unwrap();
        assert_eq!((desk.status(&made.id).await.as_str(), desk.history(&made.id).await.len()), ("operational", 0));
        components::state(&desk.act(), &made.id, MajorOutage, StatusSource::Staff).await.unwrap();
        assert_eq!(desk.status(&made.id).await, "major_outage");
        desk.wait(1).await;
        components::state(&desk.act(), &made.id, Operational, StatusSource::Api).await.unwrap();
        assert_eq!(desk.history(&made.id).await, ["?>major_outage staff", "major_outage>operational api"]);

        let mut input = component("Mail service");
        input.description = Some("Sends mails.".to_owned());
        components::update(&desk.act(), &made.id, &input).await.unwrap();
        let row = desk.json("/api/v2/components.json").await["components"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((row["name"].as_str(), row["description"].as_str()), (Some("Mail service"), Some("Sends mails.")));
        desk.wait(1).await;
        components::delete(&desk.act(), &made.id).await.unwrap();
        assert!(!desk.json("/api/v2/components.json").await.to_string().contains("Mail service"));
        assert!(!desk.app.get("/").await.text().contains("Mail service"));
        assert!(matches!(components::delete(&desk.act(), &made.id).await, Err(ActionError::Missing("component"))));
        assert!(matches!(components::state(&desk.act(), &made.id, MajorOutage, StatusSource::Staff).await, Err(ActionError::Missing(_))));
        assert_eq!(desk.audit(1).await, ["Ada component.delete Mail service"]);
    })
    .await;
}

/// A group of these components.
fn group(name: &str, components: &[&Id]) -> GroupInput {
    let components = components.iter().map(|id| (*id).clone()).collect();
    GroupInput { name: name.to_owned(), components: Some(components), ..GroupInput::default() }
}

#[tokio::test]
async fn new_components_and_groups_stand_last() {
    each_desk(async |desk: Desk| {
        let made = components::create_group(
            &desk.act(),
            &GroupInput { description: Some("at the border".to_owned()), ..group("Edge", &[&desk.web]) },
        )
        .await
        .unwrap();
        let mut inside = component("CDN");
        inside.group_id = Some(made.id.clone());
        components::create(&desk.act(), &inside, None).await.unwrap();
        let rows = desk.json("/api/v2/components.json").await["components"].as_array().unwrap().clone();
        let position = |name: &str| rows.iter().find(|row| row["name"] == name).unwrap()["position"].as_i64().unwrap();
        assert!(position("Edge") > position("Core"));
        assert!(position("CDN") > position("Web"));
        let edge = rows.iter().find(|row| row["name"] == "Edge").unwrap();
        assert_eq!((edge["components"].as_array().unwrap().len(), edge["description"].as_str()), (2, Some("at the border")));
    })
    .await;
}

#[tokio::test]
async fn a_group_takes_components_in_and_lets_them_go() {
    each_desk(async |desk: Desk| {
        let made = components::create_group(&desk.act(), &group("Edge", &[&desk.web])).await.unwrap();
        let members = async |desk: &Desk| -> Vec<String> {
            let rows = desk.json("/api/v2/components.json").await["components"].as_array().unwrap().clone();
            let inside = rows.iter().filter(|row| row["group_id"] == made.id.as_str());
            inside.map(|row| row["name"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(members(&desk).await, ["Web"]);
        components::update_group(&desk.act(), &made.id, &GroupInput { position: Some(9), ..group("Border", &[&desk.api, &desk.web]) })
            .await
            .unwrap();
        let mut inside = members(&desk).await;
        inside.sort();
        assert_eq!(inside, ["API", "Web"]);
        components::update_group(&desk.act(), &made.id, &group("Border", &[&desk.web])).await.unwrap();
        assert_eq!(members(&desk).await, ["Web"]);
        components::update_group(&desk.act(), &made.id, &GroupInput { components: None, ..group("Border", &[]) }).await.unwrap();
        assert_eq!(members(&desk).await, ["Web"], "not said, not changed");
        components::delete_group(&desk.act(), &made.id).await.unwrap();
        assert_eq!(members(&desk).await, [] as [&str; 0]);
        assert_eq!(desk.status(&desk.web).await, "operational");
        assert!(matches!(components::delete_group(&desk.act(), &made.id).await, Err(ActionError::Missing("component group"))));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_beside_its_field_and_changes_nothing() {
    each_desk(async |desk: Desk| {
        let stranger = Id::parse("stranger0000").unwrap();
        let before = desk.json("/api/v2/components.json").await["components"].clone();
        let mut input = component("\u{2066}");
        input.description = Some("x".repeat(25_001));
        input.group_id = Some(stranger.clone());
        input.position = Some(0);
        let fields: Vec<_> = refused(components::create(&desk.act(), &input, None).await).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "description", "position", "group_id"]);
        let fields: Vec<_> =
            refused(components::update(&desk.act(), &desk.api, &input).await).into_iter().map(|(field, _)| field).collect();
        assert_eq!(fields, ["name", "description", "position", "group_id"]);
        let wrong = refused(components::create_group(&desk.act(), &group("", &[&stranger])).await);
        assert_eq!(wrong.iter().map(|(field, _)| *field).collect::<Vec<_>>(), ["name", "components"]);
        assert!(wrong[1].1.contains("stranger0000"));
        assert_eq!(desk.json("/api/v2/components.json").await["components"], before);
    })
    .await;
}
