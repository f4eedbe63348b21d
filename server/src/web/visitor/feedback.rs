//! A reader says whether a post-mortem answered their questions. The form stands on the document's own page.

use app::pages::thanks::{self, too_often};
use app::parts::postmortem::href;
use app::parts::reports::Said;
use axum::Extension;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;

use super::{Visit, act, current, missing, show};
use crate::actions::voices::feedback::give;
use crate::actions::{ActionError, subscribers::actor};
use crate::web::form;
use crate::web::limits::Limited;
use crate::web::problem;
use crate::web::router::{Guard, Route};
use crate::web::session::Client;

/// The routes of this file.
pub const ROUTES: &[Route] = &[Route::new("POST", "/post-mortems/{id}/feedback", Guard::Visitor, || post(say))];

async fn say(visit: Visit, Extension(client): Extension<Client>, Path(id): Path<String>, body: Bytes) -> Response {
    let view = match current(&visit) {
        Ok(view) => view,
        Err(starting) => return starting,
    };
    let Some(document) = view.document(&id).map(|known| &known.postmortem) else { return missing(&visit) };
    let form = match visit.form(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let back = href(&document.id);
    let visit = visit.at(&back);
    let thanks = || show(&visit, StatusCode::OK, |view| thanks::feedback(view, &document.title, &back));
    // A field that people cannot see was filled in by a program; it is told what everybody is told.
    if !form.text("website").is_empty() {
        return thanks();
    }
    let now = visit.clock.now();
    let limited = visit.limits.allow(Limited::Feedback, &client.key(), now).and_then(|_| visit.limits.allow(Limited::Feedbacks, "", now));
    if let Err(wait) = limited {
        return problem::later(show(&visit, StatusCode::TOO_MANY_REQUESTS, too_often), wait);
    }
    let (helpful, text) = (form.text("helpful"), form.text("text"));
    match give(&act(&visit, &actor(None)), &view.page.id, &document.id, &helpful, &text).await {
        Ok(()) => thanks(),
        Err(ActionError::Invalid(problems)) => {
            // What was not kept is not counted.
            visit.limits.forgive(Limited::Feedback, &client.key());
            visit.limits.forgive(Limited::Feedbacks, "");
            let said = Said { helpful, text, wrong: form::wrong(visit.reads(), &problems) };
            show(&visit, StatusCode::UNPROCESSABLE_ENTITY, |view| thanks::feedback_again(view, document, &said))
        }
        Err(ActionError::Store(error)) => visit.away(&error),
        Err(ActionError::Missing(_) | ActionError::Conflict(_)) => missing(&visit),
    }
}
