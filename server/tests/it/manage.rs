//! The write API as programs meet it, over HTTP and on both engines.

mod components;
mod incidents;
mod maintenances;
mod others;
mod postmortems;
mod shapes;

use app::words::Role;
use serde_json::{Value, json};

use crate::support::Engine;
use crate::support::app::{Reply, TestApp};
use crate::support::mailing::RELAY;

/// A service and a program that speaks to it.
pub struct Api {
    pub app: TestApp,
    pub page: String,
    token: String,
}

impl Api {
    pub async fn new(engine: Engine) -> Self {
        Self::on(TestApp::with(engine, RELAY).await).await
    }

    /// A program that speaks to that service.
    pub async fn on(app: TestApp) -> Self {
        let token = app.token(Role::Admin).await;
        let page = app.page().await.id.to_string();
        Self { app, page, token }
    }

    /// A program whose token may do no more than this.
    pub async fn become_a(&mut self, role: Role) {
        self.token = self.app.token(role).await;
    }

    /// Below the page, with JSON.
    pub async fn call(&self, method: &str, path: &str, body: &Value) -> Reply {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.raw(method, path, "application/json", body).await
    }

    pub async fn raw(&self, method: &str, path: &str, content_type: &str, body: Vec<u8>) -> Reply {
        let authorization = format!("OAuth {}", self.token);
        let headers = [("authorization", authorization.as_str()), ("content-type", content_type)];
        self.app.send(method, &format!("/v1/pages/{}{path}", self.page), &headers, body).await
    }

    pub async fn get(&self, path: &str) -> Value {
        let reply = self.call("GET", path, &Value::Null).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    pub async fn post(&self, path: &str, body: Value) -> Value {
        let reply = self.call("POST", path, &body).await;
        assert_eq!(reply.status, 201, "{path}: {}", reply.text());
        reply.json()
    }

    pub async fn patch(&self, path: &str, body: Value) -> Value {
        let reply = self.call("PATCH", path, &body).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    /// The sentences by field of a body that cannot be used.
    pub async fn refused(&self, method: &str, path: &str, body: Value) -> Value {
        let reply = self.call(method, path, &body).await;
        assert_eq!(reply.status, 422, "{path}: {}", reply.text());
        let all = reply.json();
        assert!(!all["message"].as_str().unwrap().is_empty());
        all["error"].clone()
    }

    /// A component of that name.
    pub async fn component(&self, name: &str) -> String {
        let made = self.post("/components", json!({"component": {"name": name, "status": "operational"}})).await;
        made["id"].as_str().unwrap().to_owned()
    }

    /// What readers see.
    pub async fn public(&self, path: &str) -> Value {
        self.app.get(path).await.json()
    }
}

/// Runs a journey on each engine.
pub async fn each_api(journey: impl AsyncFn(Api)) {
    for engine in Engine::ALL {
        journey(Api::new(engine).await).await;
    }
}
