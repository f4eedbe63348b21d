//! What holds for every call: who may, how bodies are spelled, how refusals look.

use app::words::Role;
use proptest::prelude::*;
use serde_json::json;
use server::web::manage::fields::from_form;

use super::{Api, each_api};
use crate::support::Engine;

#[tokio::test]
async fn a_token_comes_before_everything_else() {
    let api = Api::new(Engine::Sqlite).await;
    for (method, path) in [
        ("GET", "/v1/pages"),
        ("GET", "/v1/pages/nowhere00000/components"),
        ("POST", "/v1/pages/nowhere00000/incidents"),
        ("GET", "/v1/nonsense"),
        ("DELETE", "/v1/pages"),
    ] {
        let reply = api.app.request(method, path, &[]).await;
        assert_eq!((reply.status, reply.json()["error"].as_str()), (401, Some("Could not authenticate")), "{method} {path}");
    }
}

#[tokio::test]
async fn the_page_is_named_and_another_one_is_not_found() {
    each_api(async |api: Api| {
        let page = api.get("").await;
        assert_eq!((page["id"].as_str(), page["time_zone"].as_str()), (Some(api.page.as_str()), Some("Etc/UTC")));
        let all = api.app.get_with("/v1/pages.json", &[("authorization", &format!("Bearer {}", api.token))]).await;
        assert_eq!((all.status, all.json()), (200, json!([page])));
        let headers = [("authorization", format!("OAuth {}", api.token))];
        let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for path in ["/v1/pages/nowhere00000", "/v1/pages/nowhere00000/incidents", "/v1/nonsense"] {
            let reply = api.app.get_with(path, &headers).await;
            assert_eq!((reply.status, reply.json()["message"].is_string()), (404, true), "{path}");
        }
        let reply = api.call("DELETE", "", &serde_json::Value::Null).await;
        assert_eq!((reply.status, reply.json()["error"].is_string()), (405, true));
    })
    .await;
}

#[tokio::test]
async fn roles_bound_what_a_token_may_do() {
    let mut api = Api::new(Engine::Sqlite).await;
    let component = api.component("API").await;
    let status = |api: &Api, method: &'static str, path: String, body: serde_json::Value| {
        let (page, token) = (api.page.clone(), api.token.clone());
        let (path, body) = (format!("/v1/pages/{page}{path}"), body.to_string());
        (method, path, token, body)
    };
    let ask = async |api: &Api, method, path: &str, body| {
        let (method, path, token, body) = status(api, method, path.to_owned(), body);
        let authorization = format!("OAuth {token}");
        api.app
            .send(method, &path, &[("authorization", &authorization), ("content-type", "application/json")], body.into_bytes())
            .await
            .status
    };
    let one = format!("/components/{component}");
    api.become_a(Role::Viewer).await;
    assert_eq!(ask(&api, "GET", "/incidents", json!({})).await, 200);
    assert_eq!(ask(&api, "POST", "/incidents", json!({"incident": {"name": "x"}})).await, 403);
    assert_eq!(ask(&api, "GET", "/subscribers", json!({})).await, 403);
    api.become_a(Role::Responder).await;
    assert_eq!(ask(&api, "POST", "/incidents", json!({"incident": {"name": "x"}})).await, 201);
    assert_eq!(ask(&api, "PATCH", &one, json!({"component": {"status": "major_outage"}})).await, 200);
    assert_eq!(ask(&api, "PATCH", &one, json!({"component": {"status": "operational", "name": "Renamed"}})).await, 403);
    assert_eq!(ask(&api, "DELETE", &one, json!({})).await, 403);
    assert_eq!(ask(&api, "POST", "/monitors", json!({})).await, 403);
    assert_eq!(api.public("/api/v2/components.json").await["components"][0]["name"], "API");
}

#[tokio::test]
async fn a_body_may_be_json_or_a_form_wrapped_or_bare() {
    each_api(async |api: Api| {
        let component = api.component("API").await;
        let form = format!(
            "incident[name]=From+a+form&incident[status]=identified&incident[message]=It%20is%20n%C3%B6t%20well.\
             &incident[components][{component}]=partial_outage&incident[deliver_notifications]=false"
        );
        let reply = api.raw("POST", "/incidents.json", "application/x-www-form-urlencoded", form.into_bytes()).await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        let made = reply.json();
        assert_eq!(
            (made["name"].as_str(), made["status"].as_str(), made["impact"].as_str()),
            (Some("From a form"), Some("identified"), Some("major"))
        );
        assert_eq!(made["incident_updates"][0]["body"], "It is nöt well.");
        assert_eq!(made["incident_updates"][0]["deliver_notifications"], false);

        let form = format!("incident[name]=Named&incident[component_ids][]={component}");
        let reply = api.raw("POST", "/incidents", "application/x-www-form-urlencoded; charset=utf-8", form.into_bytes()).await;
        assert_eq!(reply.json()["components"][0]["id"], component.as_str());
        // A command line client that forgot to say that it sends JSON.
        let reply = api.raw("POST", "/incidents", "application/x-www-form-urlencoded", br#" {"incident":{"name":"Bare"}}"#.to_vec()).await;
        assert_eq!(reply.json()["name"], "Bare");
        assert_eq!(api.post("/incidents", json!({"name": "Not wrapped"})).await["name"], "Not wrapped");
        // Old clients name a content type on calls without a body.
        let reply = api.raw("GET", "/components.json", "application/x-www-form-urlencoded", Vec::new()).await;
        assert_eq!(reply.status, 200);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_and_says_where() {
    let api = Api::new(Engine::Sqlite).await;
    let reply = api.raw("POST", "/incidents", "application/json", b"{\"incident\": {\"name\": }}".to_vec()).await;
    assert_eq!(reply.status, 400);
    assert!(reply.text().contains("line 1 column 23"), "{}", reply.text());
    let reply = api.raw("POST", "/incidents", "application/json", vec![b'x'; 2_000_000]).await;
    assert_eq!((reply.status, reply.json()["error"].is_string()), (413, true));
    for body in [json!([]), json!({"incident": "x"}), json!({"incident": []})] {
        assert!(api.refused("POST", "/incidents", body).await["incident"].is_array());
    }
    for form in [&b"component[name]=caf%e9"[..], b"component[name]=caf\xe9", b"component[name%e9]=x&component[name]=x"] {
        let reply = api.raw("POST", "/components", "application/x-www-form-urlencoded", form.to_vec()).await;
        assert_eq!((reply.status, reply.text().contains("not in UTF-8")), (400, true), "{}", reply.text());
    }
    let many = "a=b&".repeat(5_001).into_bytes();
    let reply = api.raw("POST", "/components", "application/x-www-form-urlencoded", many).await;
    assert_eq!((reply.status, reply.text().contains("too many fields")), (400, true), "{}", reply.text());
    assert_eq!(api.get("/components").await, json!([]));
    let mut deep = String::from("incident");
    for _ in 0..2_000 {
        deep.push_str("[a]");
    }
    let reply = api.raw("POST", "/incidents", "application/x-www-form-urlencoded", format!("{deep}=x").into_bytes()).await;
    assert_eq!(reply.status, 400);
    let odd = "incident=x&incident[name][]=y&incident[name]=z&=&[]=&incident[]";
    let reply = api.raw("POST", "/incidents", "application/x-www-form-urlencoded", odd.as_bytes().to_vec()).await;
    assert_eq!(reply.status, 422, "{}", reply.text());
}

proptest! {
    #[test]
    fn whatever_a_form_holds_is_read_or_refused(names in proptest::collection::vec("[a-c\\[\\]=&%]{0,12}", 0..12)) {
        let read = from_form(names.join("&").as_bytes());
        prop_assert!(read.is_err() || read.is_ok_and(|whole| whole.is_object() || whole.is_array()));
    }
}
