//! Staff and tokens at the command line, and what of them never reaches a log.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{allclear, folder, names, run};

/// Runs with a line on standard input.
fn run_with(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = allclear(folder);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who refuses what was given before reading it closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

#[test]
fn staff_are_added_and_reset_with_a_password_from_standard_input() {
    let folder = folder();
    let at = folder.path();
    let member = |email: &str, role: &str, input: &[u8]| run_with(at, &["staff", "add", email, "--role", role], input);
    let add = |role: &str, input: &[u8]| member("Ann@example.test", role, input);
    let first = add("owner", b"correct horse battery\n");
    let said = String::from_utf8(first.stdout).unwrap();
    assert_eq!((first.status.code(), said.contains("added as owner")), (Some(0), true), "{said}");
    let last = add("viewer", b"correct horse battery staple\n");
    let said = String::from_utf8(last.stderr).unwrap();
    assert_eq!((last.status.code(), said.contains("last owner") && said.contains("Nothing was changed.")), (Some(2), true), "{said}");
    assert_eq!(member("ben@example.test", "owner", b"correct horse battery\n").status.code(), Some(0));
    let second = add("viewer", b"correct horse battery staple\r\n");
    let said = String::from_utf8(second.stdout).unwrap();
    assert_eq!((second.status.code(), said.contains("set anew")), (Some(0), true), "{said}");
    assert!(!said.contains("horse"), "a password is never repeated");
}

#[test]
fn what_cannot_be_a_member_of_staff_or_a_token_is_refused_before_anything_is_made() {
    let folder = folder();
    let at = folder.path();
    let long = vec![b'x'; 1_001];
    let add = ["staff", "add", "ann@example.test", "--role", "owner"];
    for (arguments, input, words) in [
        (&add[..], &b""[..], &["password is missing"][..]),
        (&add, b"\n", &["password is missing"]),
        (&add, b"eleven char\n", &["at least 12", "Nothing was changed"]),
        (&add, &long, &["at most 1,000", "Nothing was changed"]),
        (&add, b"\xff\xfe\xfd\n", &["could not be read", "Nothing was changed."]),
        (&["staff", "add", "ann", "--role", "owner"], b"correct horse battery\n", &["EMAIL", "not an e-mail address"]),
        (
            &["staff", "add", "ann@example.test", "--role", "king"],
            b"correct horse battery\n",
            &["king", "owner, admin, responder or viewer"],
        ),
        (&["staff", "add", "ann@example.test"], b"correct horse battery\n", &["--role"]),
        (&["token", "create", "", "--role", "owner"], b"", &["1 to 100 characters"]),
        (&["token", "create", "deploys", "--role", "boss"], b"", &["boss", "owner, admin, responder or viewer, or bounces"]),
        (
            &["staff", "add", "ann@example.test", "--role", "bounces"],
            b"correct horse battery\n",
            &["bounces", "owner, admin, responder or viewer"],
        ),
        (&["token", "create", "deploys", "--role", "owner", "--expires-days", "0"], b"", &["--expires-days", "1 to 3,650"]),
        (&["token", "create", "deploys", "--role", "owner", "--expires-days", "soon"], b"", &["--expires-days", "1 to 3,650"]),
    ] {
        let output = run_with(at, arguments, input);
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        for word in words {
            assert!(complaint.contains(word), "{complaint:?} lacks {word:?}");
        }
        assert!(names(at).is_empty(), "{arguments:?}: nothing was made");
    }
}

/// Asks over HTTP by hand, and reads the whole answer.
fn ask(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn secrets_never_reach_the_log_and_the_set_up_address_is_printed_once_for_all_processes() {
    const PASSWORD: &str = "canary in a coal mine";
    let folder = folder();
    let at = folder.path();
    let start = || {
        let mut command = allclear(at);
        command.arg("serve").env("ALLCLEAR_LISTEN", "127.0.0.1:0").env("ALLCLEAR_ADMIN_LISTEN", "127.0.0.1:0").env("ALLCLEAR_LOG", "trace");
        let log = std::fs::File::create(at.join("log")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(child.stdout.take().unwrap()));
        let served = lines.next().unwrap().unwrap();
        let address = served.rsplit_once("http://").unwrap().1.to_owned();
        (child, address, lines)
    };
    let stop = |child: &mut std::process::Child| {
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(0));
    };
    let (mut child, address, mut lines) = start();
    let printed = lines.next().unwrap().unwrap();
    let set_up = printed.strip_prefix(&format!("Set up Allclear at http://{address}")).unwrap_or_else(|| panic!("{printed}")).to_owned();
    stop(&mut child);
    let (mut child, address, mut lines) = start();
    assert_eq!(lines.next().unwrap().unwrap(), format!("Set up Allclear at http://{address}{set_up}"), "the same after a restart");

    let form = "email=ann%40example.test&password=canary+in+a+coal+mine&again=canary+in+a+coal+mine";
    let done = ask(&address, "POST", &set_up, "", form);
    assert!(done.starts_with("HTTP/1.1 303"), "{done}");
    let session = done.split("allclear_session=").nth(1).unwrap().split(';').next().unwrap();
    let cookie = format!("Cookie: allclear_session={session}\r\n");
    let page = ask(&address, "GET", "/staff/people", &cookie, "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let wrong = ask(&address, "POST", "/staff/sign-in", "", "email=ann%40example.test&password=canary+that+is+wrong");
    assert!(wrong.starts_with("HTTP/1.1 422"), "{wrong}");

    let made = run(at, &["token", "create", "deploys", "--role", "viewer", "--expires-days", "7"]);
    let said = String::from_utf8(made.stdout).unwrap();
    let token = said.split_whitespace().last().unwrap();
    assert!(token.starts_with("allclear_"), "the token is the last word: {said}");
    for (path, headers) in
        [("/v1/pages".to_owned(), format!("Authorization: OAuth {token}\r\n")), (format!("/v1/pages?api_key={token}"), String::new())]
    {
        let answer = ask(&address, "GET", &path, &headers, "");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let made = run(at, &["token", "create", "mail server", "--role", "bounces"]);
    let said = String::from_utf8(made.stdout).unwrap();
    let hook = said.split_whitespace().last().unwrap();
    let path = format!("/hooks/bounces/{hook}");
    for (method, path, status) in [
        ("POST", path.clone(), "422"),
        ("POST", format!("{path}x"), "404"),
        ("GET", path.clone(), "405"),
        ("GET", format!("/de{path}"), "404"),
        ("GET", format!("{path}/x"), "404"),
        ("GET", format!("{path}?x={}", "x".repeat(9_000)), "4"),
        ("POST", format!("{path}?x={}", "x".repeat(9_000)), "4"),
    ] {
        let answer = ask(&address, method, &path, "", "no report");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{method}: {answer}");
    }
    stop(&mut child);
    assert_eq!(lines.next().transpose().unwrap(), None, "nothing else was printed");
    let log = std::fs::read_to_string(at.join("log")).unwrap();
    assert!(log.contains("select"), "the log is as talkative as it can be");
    let set_up = set_up.rsplit('/').next().unwrap();
    for secret in [PASSWORD, "canary", session, token, &token[18..], hook, &hook[18..], set_up] {
        assert!(!log.contains(secret), "the log has {secret}");
    }
    // Told to stop the moment it says that it serves, it ends in order all the same.
    for _ in 0..3 {
        let (mut child, _, mut lines) = start();
        stop(&mut child);
        assert_eq!(lines.next().transpose().unwrap(), None, "there is an owner: no address is printed");
    }
}
