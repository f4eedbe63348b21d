//! Faults around the real binary: it refuses in words, loses nothing, and goes on by itself when they are over.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Longest wait for anything.
const LONGEST: Duration = Duration::from_secs(60);

fn allclear(folder: &Path, command: &mut Command) {
    command
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("ALLCLEAR_LISTEN", "127.0.0.1:0")
        .env("ALLCLEAR_ADMIN_LISTEN", "127.0.0.1:0")
        .env("ALLCLEAR_API_RATE", "0")
        .stdin(Stdio::null())
        .kill_on_drop(true);
}

/// Lets the process write files up to so many bytes, from now on.
fn let_files_grow(child: &Child, bytes: &str) {
    let id = child.id().unwrap().to_string();
    let limit = format!("--fsize={bytes}:unlimited");
    assert!(std::process::Command::new("prlimit").args(["--pid", &id, &limit]).status().unwrap().success());
}

#[tokio::test]
async fn a_disk_that_is_full_refuses_and_takes_everything_again_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut made = Command::new(env!("CARGO_BIN_EXE_allclear"));
    allclear(folder.path(), made.args(["token", "create", "t", "--role", "admin"]));
    let made = String::from_utf8(made.output().await.unwrap().stdout).unwrap();
    let token = made.split_whitespace().last().unwrap().to_owned();
    // A file that may not grow looks like a full disk, once the signal that comes with it is ignored.
    let mut shell = Command::new("/bin/sh");
    allclear(folder.path(), shell.args(["-c", "trap '' XFSZ; exec \"$0\" serve", env!("CARGO_BIN_EXE_allclear")]));
    let mut child = shell.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = said.next_line().await.unwrap().unwrap();
    let origin = line.rsplit(' ').next().unwrap().to_owned();
    server::channels::guard::choose_cryptography();
    #[expect(clippy::disallowed_methods, reason = "the test speaks to its own service")]
    let client = reqwest::Client::new();
    let summary = client.get(format!("{origin}/api/v2/status.json")).send().await.unwrap().bytes().await.unwrap();
    let summary: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    let address = format!("{origin}/v1/pages/{}/incidents", summary["page"]["id"].as_str().unwrap());
    let publish = async || {
        let body = serde_json::json!({"incident": {"name": "Slow", "body": "word ".repeat(4_000)}}).to_string();
        let request = client.post(&address).header("authorization", format!("OAuth {token}")).header("content-type", "application/json");
        request.body(body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(publish().await, 201);
    let_files_grow(&child, "65536");
    let begun = Instant::now();
    while publish().await == 201 {
        assert!(begun.elapsed() < LONGEST, "the file never grows");
    }
    assert_eq!(publish().await, 503, "there is still no room");
    assert_eq!(client.get(&origin).send().await.unwrap().status().as_u16(), 200, "readers notice nothing");
    let_files_grow(&child, "unlimited");
    assert_eq!(publish().await, 201, "there is room again");
    child.kill().await.unwrap();
}
