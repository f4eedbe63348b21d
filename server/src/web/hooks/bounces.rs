//! A mail server hands in a mail that came back, as it is.

use app::words::{BounceKind, TokenRole};
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use bytes::Bytes;
use chrono::TimeDelta;

use super::Sender;
use crate::actions::Act;
use crate::actions::bounces::{Ignored, Taken, take};
use crate::domain::dsn;
use crate::web::problem;
use crate::web::router::{Guard, Route, Shared};

/// The routes of this file.
pub const ROUTES: &[Route] = &[Route::new("POST", "/hooks/bounces/{token}", Guard::Hook(TokenRole::Bounces), || post(hand_in))];

/// The answer is for the log of the mail server. What is ignored is taken all the same: a refusal would send a mail to whoever wrote the
/// report, and tell those who invent them how far they came.
async fn hand_in(State(shared): State<Shared>, Extension(sender): Extension<Sender>, mail: Bytes) -> Response {
    let Some(secret) = shared.secret.get() else {
        let starting = problem::plain(StatusCode::SERVICE_UNAVAILABLE, "Allclear is starting. Please try again in a few seconds.");
        return problem::later(starting, TimeDelta::seconds(5));
    };
    let report = match dsn::read(&mail) {
        Ok(report) => report,
        Err(unreadable) => return problem::plain(StatusCode::UNPROCESSABLE_ENTITY, &format!("{unreadable} Nothing was changed.")),
    };
    let act = Act { db: &shared.db, actor: &sender.actor, now: shared.clock.now(), undo: TimeDelta::zero() };
    match take(&act, secret, &sender.page.id, &report).await {
        Ok(taken) => problem::plain(StatusCode::OK, said(taken)),
        Err(error) => problem::away(&error),
    }
}

const fn said(taken: Taken) -> &'static str {
    match taken {
        Taken::Noted(BounceKind::Hard) => "Noted: the address takes no mail. Its subscriber is told no more.",
        Taken::Noted(BounceKind::Soft) => "Noted: the mailbox did not take the mail. When that goes on, its subscriber is told no more.",
        Taken::Noted(BounceKind::Policy) => "Noted: mail from us is not wanted there. Subscribers are not at fault; look at the sender.",
        Taken::Noted(BounceKind::Rejected) => "Noted: this mail was not taken.",
        Taken::Noted(BounceKind::Complaint) => "Noted: the subscriber complained, and is told no more.",
        Taken::Known => "This was reported before. Nothing was changed.",
        Taken::Ignored(Ignored::Unproven) => {
            "Ignored: no address in this report proves that it is about a mail of ours. Nothing was changed."
        }
        Taken::Ignored(Ignored::Gone) => {
            "Ignored: the mail that it is about, or its recipient, is not known any more. Nothing was changed."
        }
        Taken::Ignored(Ignored::Stranger) => "Ignored: the report names another recipient than the mail had. Nothing was changed.",
        Taken::Ignored(Ignored::Harmless) => "Ignored: nothing came back. Nothing was changed.",
    }
}
