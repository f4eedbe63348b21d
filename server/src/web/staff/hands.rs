//! In whose hands an incident is that a monitor wrote, and how a person takes it.

use app::pages::staff::Hands;
use app::words::Id;
use axum::Extension;
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;

use super::incident::{Kept, refused, to};
use crate::actions::ActionError;
use crate::actions::incidents::{self as actions, Take};
use crate::domain::failure::Standing;
use crate::store::incidents::{IncidentFile, standing};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::Shared;

/// What the page shows of it.
pub(super) fn of(file: &IncidentFile) -> Hands {
    let watch = &file.watch;
    Hands {
        by_monitor: file.monitor_id.is_some(),
        publish_at: watch.publish_at,
        acknowledged: watch.acknowledged_by.clone().zip(watch.acknowledged_at),
        recovered_at: match standing(&file.seen, &file.at_work) {
            Standing::Recovered(since) => Some(since),
            Standing::Failing | Standing::Unknown => None,
        },
        untouched: watch.machine_words,
    }
}

/// Takes a draft out of the clock's hands.
pub(super) async fn take(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = async {
        let known = Id::parse(&id).map_err(|_| ActionError::Missing("incident"))?;
        let (how, sentence) = match form.text("do").as_str() {
            "mine" => (Take::Mine, "It is yours. It is not published by itself."),
            "stop" => (Take::Stop, "Stopped. It is not published by itself."),
            _ => return Err(ActionError::invalid("do", "Say that you are on it, or that it is not to be published by itself.")),
        };
        actions::take(&caller.act(&shared), &known, how).await?;
        Ok((known, sentence))
    };
    match done.await {
        Ok((known, sentence)) => to(&known, sentence),
        Err(error) => refused(&shared, &caller, &id, error, Kept::default()).await,
    }
}
