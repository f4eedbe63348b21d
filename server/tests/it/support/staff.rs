//! People and programs that write: browsers that are signed in, and tokens.

use std::collections::BTreeMap;
use std::sync::Mutex;

use app::words::Role;
use server::actions::people::{members, sessions, tokens};
use server::actions::{Act, Actor};
use server::domain::password::Password;
use server::store::pages;
use server::store::pages::PageRecord;

use super::app::{Reply, TestApp};

/// The password of everybody that [`TestApp::member`] adds.
pub const PASSWORD: &str = "correct horse battery staple";

/// The origin of the page as the tests configure it.
pub const ORIGIN: &str = "https://status.example.test";

/// A browser: it keeps cookies, and sends forms from our own pages.
pub struct Browser<'a> {
    app: &'a TestApp,
    /// Whose it is.
    pub email: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl TestApp {
    /// The page.
    pub async fn page(&self) -> PageRecord {
        let mut tx = self.db.read().await.expect("the database answers");
        pages::default_page(&mut tx).await.expect("it can be read").expect("there is a page")
    }

    /// A browser of somebody who is not signed in.
    pub fn stranger(&self) -> Browser<'_> {
        Browser { app: self, email: String::new(), cookies: Mutex::default() }
    }

    /// Adds an owner and signs them in.
    pub async fn owner(&self) -> Browser<'_> {
        self.member(Role::Owner).await
    }

    /// Adds a member of staff and signs them in. Each is somebody else: `owner-….@example.test`.
    pub async fn member(&self, role: Role) -> Browser<'_> {
        let page = self.page().await;
        let email = format!("{role}-{:08x}@example.test", rand::random::<u32>());
        let system = Actor::system();
        let act = Act { db: &self.db, actor: &system, now: self.hand.now(), undo: chrono::TimeDelta::zero() };
        let passwords = self.passwords();
        let hashed = passwords.hash(Password::new(PASSWORD).expect("a good password")).await.expect("time to hash");
        members::add(act, &page.id, &email, role, hashed).await.expect("they are added");
        let browser = Browser { app: self, email, cookies: Mutex::default() };
        let begun = sessions::sign_in(&self.db, passwords, &page.id, &browser.email, PASSWORD.to_owned(), self.hand.now()).await;
        let begun = begun.expect("they are looked up").expect("they are signed in");
        browser.keep("__Host-allclear_session", begun.token.as_str());
        browser
    }

    /// Makes a token for the API.
    pub async fn token(&self, role: Role) -> String {
        let page = self.page().await;
        let system = Actor::system();
        let act = Act { db: &self.db, actor: &system, now: self.hand.now(), undo: chrono::TimeDelta::zero() };
        tokens::create(act, &page.id, &format!("a test's {role}"), role, None).await.expect("it is made").1
    }
}

impl Browser<'_> {
    /// Opens a page. Redirections are not followed.
    pub async fn get(&self, path: &str) -> Reply {
        self.ask("GET", path, &[], &[]).await
    }

    /// Sends a form from one of our own pages.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.ask("POST", path, fields, &[("origin", ORIGIN), ("sec-fetch-site", "same-origin")]).await
    }

    /// Sends a file from one of our own pages.
    pub async fn post_file(&self, path: &str, field: &str, content: &[u8]) -> Reply {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"any.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), content, b"\r\n--x--\r\n"].concat();
        let headers = [("origin", ORIGIN), ("sec-fetch-site", "same-origin"), ("content-type", "multipart/form-data; boundary=x")];
        self.send("POST", path, body, &headers).await
    }

    /// Asks with whatever headers, and keeps the cookies that come back.
    pub async fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut all = headers.to_vec();
        if method != "GET" {
            all.push(("content-type", "application/x-www-form-urlencoded"));
        }
        self.send(method, path, body.into_bytes(), &all).await
    }

    async fn send(&self, method: &str, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Reply {
        let cookies = self.cookies.lock().expect("no test panicked here").iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>();
        let cookies = cookies.join("; ");
        let mut all = headers.to_vec();
        if !cookies.is_empty() {
            all.push(("cookie", &cookies));
        }
        let reply = self.app.send(method, path, &all, body).await;
        for line in reply.headers.get_all("set-cookie") {
            let (name, rest) = line.to_str().expect("a readable cookie").split_once('=').expect("a cookie has a value");
            self.keep(name, rest.split(';').next().unwrap_or_default());
        }
        reply
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().expect("no test panicked here").get(name).cloned()
    }

    /// Sets a cookie; an empty value removes it.
    pub fn keep(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().expect("no test panicked here");
        if value.is_empty() {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
