//! Hot documents are handed out before any route is looked for. Nobody can tell by the answer which way it came.

use server::web::router::ROUTES;

use crate::support::app::{Reply, TestApp};

/// Addresses of all that has just one.
fn addresses() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|route| route.path).filter(|path| !path.contains('{')).chain([
        "/incidents/crg6yywl20z3",
        "/components/3bvw5b27z6wp",
        "/not/here",
    ])
}

/// All of an answer but its date.
fn whole(reply: &Reply) -> (u16, Vec<(String, String)>, &[u8]) {
    let said =
        |name: &str| reply.headers.get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect::<Vec<_>>().join(", ");
    let mut headers: Vec<_> = reply.headers.keys().map(|name| (name.to_string(), said(name.as_str()))).collect();
    headers.retain(|(name, _)| name != "date");
    headers.sort();
    (reply.status, headers, &reply.bytes)
}

#[tokio::test]
async fn a_document_is_the_same_at_once_and_by_its_route() {
    let app = TestApp::plain().await;
    app.import_history().await;
    for path in addresses() {
        let known = app.get(path).await.headers.get("etag").map_or("\"none\"", |tag| tag.to_str().unwrap()).to_owned();
        for headers in
            [[("accept-encoding", "identity"), ("if-none-match", "\"other\"")], [("accept-encoding", "br"), ("if-none-match", &known)]]
        {
            let at_once = app.get_with(path, &headers).await;
            // Nothing that has a query is answered at once.
            let by_route = app.get_with(&format!("{path}?"), &headers).await;
            assert_eq!(whole(&at_once), whole(&by_route), "{path}, {headers:?}");
            for address in [path.to_owned(), format!("{path}?")] {
                let head = app.request("HEAD", &address, &headers).await;
                let at_all = (at_once.status, whole(&at_once).1, &[][..]);
                assert_eq!(whole(&head), at_all, "HEAD {address}, {headers:?}");
            }
        }
    }
    app.end().await;
}

#[tokio::test]
async fn the_address_of_the_page_s_own_language_leads_to_the_plain_one() {
    let app = TestApp::plain().await;
    app.speaks("de").await;
    for (path, to) in [("/de", "/"), ("/de/history", "/history"), ("/de/history.atom", "/history.atom")] {
        let reply = app.get(path).await;
        assert_eq!((reply.status, reply.header("location")), (307, to), "{path}");
    }
    app.end().await;
}
