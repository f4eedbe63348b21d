//! What drafts say of components.

use server::domain::template::Template;
use server::store::{component_templates, components};

use super::sample::{at, furnish, id};
use crate::support::each_engine;

#[tokio::test]
async fn a_component_has_one_template_until_it_is_emptied() {
    each_engine(async |db| {
        furnish(&db).await;
        let template = |title: &str| Template { title: title.to_owned(), body: "We look.".to_owned() };
        let mut tx = db.write().await.unwrap();
        assert_eq!(component_templates::get(&mut tx, &id("api")).await.unwrap(), Template::default());
        for title in ["One", "Two"] {
            component_templates::set(&mut tx, &id("api"), &template(title), at("10:00")).await.unwrap();
        }
        component_templates::set(&mut tx, &id("far"), &template("Far"), at("10:00")).await.unwrap();
        assert_eq!(component_templates::get(&mut tx, &id("api")).await.unwrap(), template("Two"));
        assert_eq!(component_templates::all(&mut tx, &id("page")).await.unwrap(), [(id("api"), template("Two"))]);
        components::delete_component(&mut tx, &id("page"), &id("api"), at("11:00")).await.unwrap();
        assert_eq!(component_templates::all(&mut tx, &id("page")).await.unwrap(), []);
        component_templates::set(&mut tx, &id("far"), &Template::default(), at("10:00")).await.unwrap();
        assert_eq!(component_templates::all(&mut tx, &id("other")).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_component_that_is_not_there_has_none() {
    each_engine(async |db| {
        furnish(&db).await;
        let mut tx = db.write().await.unwrap();
        let template = Template { title: "x".to_owned(), body: String::new() };
        assert!(component_templates::set(&mut tx, &id("nowhere"), &template, at("10:00")).await.is_err());
    })
    .await;
}
