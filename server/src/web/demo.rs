//! What the demonstration's mail catcher holds. Only there: everywhere else these addresses lead nowhere.

use app::pages::mailbox;
use app::staff::Frame;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::get;

use super::router::{Guard, Route, Shared};
use super::{assets, headers, problem, public};

/// The mails of the demonstration.
pub const ROUTES: &[Route] = &[
    Route::new("GET", "/demo/mails", Guard::Public, || get(list)),
    Route::new("GET", "/demo/mails/{number}", Guard::Public, || get(one)),
    Route::new("GET", "/demo/mails/{number}/html", Guard::Public, || get(html)),
];

async fn list(State(shared): State<Shared>, request: Request) -> Response {
    match &shared.catcher {
        Some(catcher) => page(mailbox::list(&frame(&shared), &catcher.mails())),
        None => public::document(State(shared), request).await,
    }
}

async fn one(State(shared): State<Shared>, Path(number): Path<String>, request: Request) -> Response {
    match mail(&shared, &number) {
        Some(mail) => page(mailbox::one(&frame(&shared), &mail)),
        None => public::document(State(shared), request).await,
    }
}

/// The HTML of a mail as a mail program shows it: on its own, with nothing allowed but its style.
async fn html(State(shared): State<Shared>, Path(number): Path<String>, request: Request) -> Response {
    let Some(mail) = mail(&shared, &number) else { return public::document(State(shared), request).await };
    let mut response = page(mail.html.clone());
    let policy = HeaderValue::from_static(
        "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation",
    );
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    response
}

fn page(document: String) -> Response {
    let mut response = problem::html(StatusCode::OK, document);
    headers::private(&mut response);
    response
}

fn mail(shared: &Shared, number: &str) -> Option<std::sync::Arc<mailbox::Mail>> {
    shared.catcher.as_ref()?.mail(number.parse().ok()?)
}

fn frame(shared: &Shared) -> Frame {
    let (page_name, time_zone) = shared
        .publisher
        .with_current(|now| now.view.as_ref().map_or_else(Default::default, |view| (view.page.name.clone(), view.page.time_zone.clone())));
    Frame { page_name, time_zone, now: shared.clock.now(), member: None, here: "", flash: None, assets: assets::addresses() }
}
