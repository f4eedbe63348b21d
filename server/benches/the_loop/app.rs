//! The service under test.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::within;

/// The real binary, on a database of its own.
pub struct App {
    child: Child,
    /// Where readers find it.
    pub base: String,
    operator: String,
    page: String,
    token: String,
    client: reqwest::Client,
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl App {
    /// Serves what is in that folder, or on that database.
    pub async fn start(at: &Path, database: Option<&str>, smtp: u16) -> Self {
        Self::with(at, database, smtp, &[]).await
    }

    /// The same with further settings.
    pub async fn with(at: &Path, database: Option<&str>, smtp: u16, settings: &[(&str, &str)]) -> Self {
        let token = Self::command(at, database, &["token", "create", "bench", "--role", "admin"], smtp).output().unwrap();
        let token = String::from_utf8(token.stdout).unwrap().split_whitespace().last().expect("a token").to_owned();
        let port = || std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).unwrap().port();
        let (listen, operator) = (port(), port());
        let child = Self::command(at, database, &["serve"], smtp)
            .env("ALLCLEAR_LISTEN", format!("127.0.0.1:{listen}"))
            .env("ALLCLEAR_ADMIN_LISTEN", format!("127.0.0.1:{operator}"))
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        #[expect(clippy::disallowed_methods, reason = "the benchmark speaks to its own service")]
        let client = reqwest::Client::new();
        let base = format!("http://127.0.0.1:{listen}");
        within("the page is served", async || client.get(&base).send().await.is_ok_and(|answer| answer.status().is_success())).await;
        let summary: Value =
            serde_json::from_slice(&client.get(format!("{base}/api/v2/status.json")).send().await.unwrap().bytes().await.unwrap()).unwrap();
        let page = summary["page"]["id"].as_str().unwrap().to_owned();
        Self { child, base, operator: format!("http://127.0.0.1:{operator}"), page, token, client }
    }

    /// A subcommand, with the settings of the bench.
    pub fn command(at: &Path, database: Option<&str>, arguments: &[&str], smtp: u16) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
        command.args(arguments).current_dir(at).env_clear().stderr(Stdio::inherit());
        if let Some(database) = database {
            command.env("ALLCLEAR_DATABASE_URL", database);
        }
        command.env("ALLCLEAR_SMTP_URL", format!("smtp://127.0.0.1:{smtp}?tls=none"));
        command.env("ALLCLEAR_MAIL_FROM", "status@example.test").env("ALLCLEAR_ALLOW_PRIVATE_TARGETS", "127.0.0.0/8");
        // As fast as it goes, and quiet.
        command.env("ALLCLEAR_SMTP_RATE", "0").env("ALLCLEAR_UNDO_SECONDS", "0").env("ALLCLEAR_API_RATE", "0").env("ALLCLEAR_LOG", "error");
        command
    }

    fn address(&self, path: &str) -> String {
        format!("{}/v1/pages/{}/{path}", self.base, self.page)
    }

    /// Creates something.
    pub async fn post(&self, path: &str, body: &Value) -> Value {
        let request = self.client.post(self.address(path)).header("authorization", format!("OAuth {}", self.token));
        let answer = request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        let (status, bytes) = (answer.status(), answer.bytes().await.unwrap());
        assert_eq!(status.as_u16(), 201, "{path}: {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }

    /// Deletes something.
    pub async fn delete(&self, path: &str) {
        let request = self.client.delete(self.address(path)).header("authorization", format!("OAuth {}", self.token));
        assert!(request.send().await.unwrap().status().is_success(), "{path} is deleted");
    }

    /// The status that readers are shown of a component.
    pub async fn status_of(&self, component: &str) -> String {
        let answer = self.client.get(format!("{}/api/v2/components.json", self.base)).send().await.unwrap();
        let document: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let row = document["components"].as_array().unwrap().iter().find(|row| row["id"] == component).unwrap();
        row["status"].as_str().unwrap().to_owned()
    }

    /// One figure of the operator's page.
    pub async fn metric(&self, name: &str) -> Option<f64> {
        self.metrics().await.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
    }

    /// The operator's page.
    pub async fn metrics(&self) -> String {
        self.client.get(format!("{}/metrics", self.operator)).send().await.unwrap().text().await.unwrap()
    }

    /// Memory of the process in MB, as it is now.
    pub fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kilobytes: f64 = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok()).unwrap();
        kilobytes / 1_024.0
    }

    /// CPU time of the process so far: user and system, from the kernel's hundredths of a second.
    pub fn cpu(&self) -> Duration {
        cpu_of(self.child.id())
    }
}

/// CPU time of a process so far.
pub fn cpu_of(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|text| text.parse::<u64>().ok()).unwrap();
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
