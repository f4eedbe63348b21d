//! The command line as a person uses it: the real binary, its exit codes and its sentences.

mod people;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::app::HISTORY;

/// The binary in a folder, with an environment of its own.
pub fn allclear(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(folder).env_clear().env("PATH", "/usr/bin:/bin");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    allclear(folder).args(arguments).output().unwrap()
}

/// Exit code 2, one sentence that contains all of `words`, and nothing made in the folder.
pub fn refused(folder: &Path, command: &mut Command, words: &[&str]) {
    let before = names(folder);
    let output = command.output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{complaint}");
    for word in words {
        assert!(complaint.contains(word), "{complaint:?} lacks {word:?}");
    }
    assert!(!complaint.contains("panicked"), "{complaint}");
    assert_eq!(names(folder), before, "nothing was changed");
}

pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn half_a_mail_section_and_settings_out_of_range_stop_the_start_and_name_the_key() {
    let folder = folder();
    let at = folder.path();
    let with = |variables: &[(&str, &str)], words: &[&str]| {
        let mut command = allclear(at);
        command.arg("serve").envs(variables.iter().copied());
        refused(at, &mut command, words);
    };
    let relay = ("ALLCLEAR_SMTP_URL", "smtp://mail.example.test");
    let from = ("ALLCLEAR_MAIL_FROM", "status@example.test");
    with(&[relay], &["ALLCLEAR_SMTP_URL", "mail_from"]);
    with(&[from], &["ALLCLEAR_MAIL_FROM", "smtp_url"]);
    with(&[("ALLCLEAR_SMTP_RATE", "5")], &["ALLCLEAR_SMTP_RATE", "smtp_url"]);
    with(&[relay, ("ALLCLEAR_MAIL_FROM", "nobody")], &["ALLCLEAR_MAIL_FROM", "status@example.com"]);
    with(&[relay, ("ALLCLEAR_MAIL_FROM", "A\rB <a@example.test>")], &["ALLCLEAR_MAIL_FROM"]);
    for url in ["http://h", "smtp://", "smtp://h?tls=maybe", "smtps://h?tls=none", "smtp://user@h", "smtp://h/path"] {
        with(&[from, ("ALLCLEAR_SMTP_URL", url)], &["ALLCLEAR_SMTP_URL", "smtp://[user:password@]host"]);
    }
    with(&[("ALLCLEAR_MAIL_BOUNCES", "bounces@example.test")], &["ALLCLEAR_MAIL_BOUNCES", "smtp_url"]);
    with(&[relay, ("ALLCLEAR_MAIL_BOUNCES", "bounces@example.test")], &["ALLCLEAR_SMTP_URL", "mail_from"]);
    for address in
        ["bounces", "@example.test", "Bounces <bounces@example.test>", "eighteen--letters-@example.test", "b@localhost", "b\r@example.test"]
    {
        with(&[from, relay, ("ALLCLEAR_MAIL_BOUNCES", address)], &["ALLCLEAR_MAIL_BOUNCES", "17 characters", "bounces@example.com"]);
    }
    with(&[from, relay, ("ALLCLEAR_SMTP_CONNECTIONS", "0")], &["ALLCLEAR_SMTP_CONNECTIONS", "at least 1"]);
    with(&[("ALLCLEAR_SECRET_KEY", "short")], &["ALLCLEAR_SECRET_KEY", "32 characters"]);
    with(&[("ALLCLEAR_ALLOW_PRIVATE_TARGETS", "10.0.0.0/8,inside")], &["ALLCLEAR_ALLOW_PRIVATE_TARGETS", "inside"]);
    with(&[("ALLCLEAR_UNDO_SECONDS", "100000")], &["ALLCLEAR_UNDO_SECONDS", "smaller"]);
}

#[test]
fn a_password_in_the_address_of_the_relay_is_never_repeated() {
    let folder = folder();
    let output = allclear(folder.path())
        .arg("serve")
        .env("ALLCLEAR_SMTP_URL", "smtp://u:geheim@h?x=1")
        .env("ALLCLEAR_MAIL_FROM", "a@b.test")
        .output();
    let complaint = String::from_utf8(output.unwrap().stderr).unwrap();
    assert!(complaint.contains("ALLCLEAR_SMTP_URL") && !complaint.contains("geheim"), "{complaint}");
}

#[test]
fn unknown_words_and_wrong_settings_exit_with_2_and_a_sentence() {
    let folder = folder();
    let at = folder.path();
    refused(at, allclear(at).arg("dance"), &["dance"]);
    refused(at, allclear(at).args(["serve", "--fast"]), &["--fast"]);
    refused(at, allclear(at).args(["serve", "--role", "king"]), &["king"]);
    refused(at, allclear(at).args(["migrate", "--config", "missing.toml"]), &["missing.toml", "cannot be read"]);
    refused(at, allclear(at).arg("serve").env("ALLCLEAR_LISTEN", "here"), &["ALLCLEAR_LISTEN", "here", "127.0.0.1:3000"]);
    refused(at, allclear(at).arg("serve").env("ALLCLEAR_PUBLIC_URL", "ftp://x"), &["ALLCLEAR_PUBLIC_URL", "https://"]);
    refused(at, allclear(at).arg("serve").env("ALLCLEAR_CONNECTIONS", "many"), &["ALLCLEAR_CONNECTIONS", "whole number"]);
    refused(at, allclear(at).arg("serve").env("ALLCLEAR_CONNECTIONS", "0"), &["ALLCLEAR_CONNECTIONS", "at least 1"]);
    std::fs::write(at.join("secret.toml"), "listen = 1\ndatabase_url = \"postgres://u:geheim@h/d").unwrap();
    let complaint = allclear(at).args(["serve", "--config", "secret.toml"]).output().unwrap().stderr;
    let complaint = String::from_utf8(complaint).unwrap();
    assert!(complaint.contains("line 2") && !complaint.contains("geheim"), "{complaint}");
    std::fs::write(at.join("odd.toml"), "listne = \"127.0.0.1:1\"").unwrap();
    refused(at, allclear(at).args(["serve", "--config", "odd.toml"]), &["listne", "not a setting", "listen"]);
    std::fs::write(at.join("torn.toml"), "listen = ").unwrap();
    refused(at, allclear(at).args(["serve", "--config", "torn.toml"]), &["torn.toml", "not valid"]);
    std::fs::write(at.join("deep.toml"), "[listen]\nport = 1").unwrap();
    refused(at, allclear(at).args(["serve", "--config", "deep.toml"]), &["listen"]);
}

#[test]
fn a_database_address_of_neither_engine_is_refused_without_its_password() {
    let folder = folder();
    let mut command = allclear(folder.path());
    command.arg("migrate").env("ALLCLEAR_DATABASE_URL", "mysql://root:geheim@db/x").env("ALLCLEAR_DATA_DIR", ".");
    let output = command.output().unwrap();
    let complaint = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint.contains("sqlite:") && complaint.contains("postgres") && !complaint.contains("geheim"), "{complaint}");
}

#[test]
fn the_environment_comes_after_the_file() {
    let folder = folder();
    std::fs::write(folder.path().join("allclear.toml"), "listen = \"not read\"\ndata_dir = \"elsewhere\"").unwrap();
    let output = allclear(folder.path()).arg("migrate").env("ALLCLEAR_LISTEN", "127.0.0.1:0").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("elsewhere/allclear.db").exists());
}

#[test]
fn version_and_help_are_answers() {
    let folder = folder();
    let version = run(folder.path(), &["--version"]);
    assert_eq!((version.status.code(), String::from_utf8(version.stdout).unwrap().starts_with("allclear ")), (Some(0), true));
    assert_eq!(run(folder.path(), &["--help"]).status.code(), Some(0));
}

#[test]
fn the_import_runs_in_an_empty_folder_and_twice_is_the_same_as_once() {
    let folder = folder();
    let dry = run(folder.path(), &["import", "statuspage", HISTORY, "--dry-run"]);
    let said = String::from_utf8(dry.stdout).unwrap();
    assert!(said.contains("18 would be created") && said.contains("nothing was changed"), "{said}");
    let first = run(folder.path(), &["import", "statuspage", HISTORY]);
    let said = String::from_utf8(first.stdout).unwrap();
    assert!(said.contains("incidents: 18 created") && said.contains("93 updates, of which 17 are post-mortems"), "{said}");
    assert!(said.contains("Nobody was notified"));
    let second = String::from_utf8(run(folder.path(), &["import", "statuspage", HISTORY]).stdout).unwrap();
    assert!(second.contains("18 skipped") && second.contains("Nothing was changed"), "{second}");
}

#[test]
fn what_cannot_be_imported_is_refused_before_anything_is_made() {
    let folder = folder();
    let at = folder.path();
    std::fs::write(at.join("page.html"), "<!doctype html><title>Status</title>").unwrap();
    refused(at, allclear(at).args(["import", "statuspage", "page.html"]), &["page.html", "HTML"]);
    let whole = std::fs::read(HISTORY).unwrap();
    std::fs::write(at.join("cut.json"), &whole[..5000]).unwrap();
    refused(at, allclear(at).args(["import", "statuspage", "cut.json"]), &["cut.json", "not complete JSON"]);
    refused(at, allclear(at).args(["import", "statuspage", "nowhere.json"]), &["nowhere.json", "cannot be read"]);
    refused(at, allclear(at).args(["import", "statuspage", "."]), &["folder"]);
    refused(at, allclear(at).args(["import", "statuspage", "/dev/zero"]), &["plain file"]);
    refused(at, allclear(at).args(["import", "statuspage", "ftp://x/y"]), &["ftp", "http"]);
    refused(at, allclear(at).args(["import", "statuspage", HISTORY, "--page", "X"]), &["--page", "12 characters"]);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    refused(at, allclear(at).args(["import", "statuspage", &format!("http://{closed}")]), &["could not be reached"]);
}

/// Answers every request with what `answer` says for its path, until the test ends.
fn site(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap_or(0);
            let path = String::from_utf8_lossy(&head[..read]).split(' ').nth(1).unwrap_or("/").to_owned();
            let (status, body) = answer(&path);
            let reply = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
            let _ = stream.write_all(reply.as_bytes());
        }
    });
    address
}

#[test]
fn a_page_is_imported_from_its_own_address() {
    let whole: serde_json::Value = serde_json::from_slice(&std::fs::read(HISTORY).unwrap()).unwrap();
    let address = site(move |path| {
        let name = path.trim_start_matches("/api/v2/").trim_end_matches(".json").replace('-', "_");
        let mut document = serde_json::json!({"page": whole["page"]});
        document[&name] = whole[&name].clone();
        (if whole.get(&name).is_some() { 200 } else { 404 }, document.to_string())
    });
    let folder = folder();
    let said = String::from_utf8(run(folder.path(), &["import", "statuspage", &format!("{address}/")]).stdout).unwrap();
    assert!(said.contains("18 created"), "{said}");
}

#[test]
fn an_address_that_answers_500_or_with_a_web_page_is_refused() {
    let folder = folder();
    let at = folder.path();
    let broken = site(|_| (500, "oops".to_owned()));
    refused(at, allclear(at).args(["import", "statuspage", &broken]), &["answered 500", "components.json"]);
    let web = site(|_| (200, "<html>".to_owned()));
    refused(at, allclear(at).args(["import", "statuspage", &web]), &["HTML"]);
}

#[test]
fn one_process_serves_a_file_and_a_port() {
    let folder = folder();
    let at = folder.path();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    refused(at, allclear(at).arg("serve").env("ALLCLEAR_LISTEN", &port), &["listen", &port, "another port"]);
    let serve = |at: &Path| {
        let mut command = allclear(at);
        command.arg("serve").env("ALLCLEAR_LISTEN", "127.0.0.1:0").env("ALLCLEAR_ADMIN_LISTEN", "127.0.0.1:0");
        command
    };
    let mut first = serve(at).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    // The reader goes away after the first line: who stops listening does not stop the service.
    std::io::BufRead::read_line(&mut std::io::BufReader::new(first.stdout.take().unwrap()), &mut line).unwrap();
    assert!(line.contains("http://127.0.0.1:"), "{line}");
    refused(at, &mut serve(at), &["already serves"]);
    let beside = run(at, &["import", "statuspage", HISTORY]);
    assert_eq!(beside.status.code(), Some(0), "other subcommands run beside it: {}", String::from_utf8_lossy(&beside.stderr));
    let ended = Command::new("kill").args(["-TERM", &first.id().to_string()]).status().unwrap();
    assert!(ended.success());
    assert_eq!(first.wait().unwrap().code(), Some(0), "a signal ends it in order");
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let folder = folder();
    let at = folder.path();
    assert_eq!(run(at, &["migrate"]).status.code(), Some(0));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        use sqlx::Connection;
        let file = format!("sqlite:{}", at.join("data/allclear.db").display());
        let mut connection = sqlx::SqliteConnection::connect(&file).await.unwrap();
        sqlx::raw_sql(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'later', true, x'00', 0)",
        )
        .execute(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
    });
    for arguments in [&["migrate"][..], &["serve"], &["import", "statuspage", HISTORY]] {
        let output = allclear(at)
            .args(arguments)
            .env("ALLCLEAR_LISTEN", "127.0.0.1:0")
            .env("ALLCLEAR_ADMIN_LISTEN", "127.0.0.1:0")
            .output()
            .unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(complaint.contains("newer version") && complaint.contains("9999"), "{complaint}");
    }
}

#[test]
fn the_documentation_lists_every_setting_and_no_other() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/configuration.md")).unwrap();
    let listed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(listed, server::config::KEYS);
}
