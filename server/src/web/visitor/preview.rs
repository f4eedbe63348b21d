//! Whoever was given a link reads a draft, until the link expires. The link proves itself: nothing is stored of it.

use app::pages::preview::{over, page, unknown};
use app::view::PostmortemView;
use app::words::{Id, Postmortem, PostmortemStatus, PostmortemText};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use chrono::{DateTime, Utc};

use super::{Visit, show};
use crate::secret::{Purpose, Secret};
use crate::store::postmortem_files::{self, Covers, PostmortemFile};
use crate::store::{StoreError, pages};
use crate::web::router::{Guard, Route};

/// The routes of this file.
pub const ROUTES: &[Route] = &[Route::new("GET", "/post-mortems/{id}/preview/{token}", Guard::Visitor, || get(open))];

/// The path of a link to a draft that holds until that second. The second stands in it, and only our key makes what follows.
pub(in crate::web) fn path(secret: &Secret, at: &Id, id: &Id, until: DateTime<Utc>) -> String {
    let second = until.timestamp();
    format!("/post-mortems/{id}/preview/{second}-{}", secret.token(Purpose::Preview, at, id, second))
}

/// What readers would see if this were published now.
pub(in crate::web) fn as_read(file: &PostmortemFile, text: PostmortemText, covers: Covers, now: DateTime<Utc>) -> PostmortemView {
    let known = file.record.postmortem.clone();
    PostmortemView::new(Postmortem {
        status: match known.status {
            status if !status.is_public() => PostmortemStatus::Published,
            status if text == known.text() => status,
            _ => PostmortemStatus::Revised,
        },
        published_at: known.published_at.or(Some(now)),
        title: text.title,
        body: text.body,
        sections: text.sections,
        facts: text.facts,
        incident_ids: covers.incidents,
        maintenance_id: covers.maintenance,
        ..known
    })
}

async fn open(visit: Visit, Path((id, token)): Path<(String, String)>) -> Response {
    let Some(secret) = visit.secret.get() else { return visit.not_yet() };
    let none = || show(&visit, StatusCode::NOT_FOUND, unknown);
    let Ok(id) = Id::parse(&id) else { return none() };
    let Some((second, token)) = token.split_once('-').and_then(|(second, token)| Some((second.parse::<i64>().ok()?, token))) else {
        return none();
    };
    let Some(until) = DateTime::from_timestamp(second, 0) else { return none() };
    let read = async {
        let mut tx = visit.db.read().await?;
        let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
        if !secret.proves(token, Purpose::Preview, &page.id, &id, second) {
            return Ok(None);
        }
        Ok::<_, StoreError>(postmortem_files::get(&mut tx, &page.id, &id).await?.filter(|file| !file.deleted))
    };
    let now = visit.clock.now();
    match read.await {
        Ok(None) => none(),
        Ok(Some(_)) if until <= now => show(&visit, StatusCode::GONE, |view| over(view, until)),
        Ok(Some(file)) if file.draft.is_none() && file.record.visible => visit.lead_to(&format!("/post-mortems/{id}")),
        Ok(Some(file)) => {
            let shown = as_read(&file, file.text(), file.covers.clone(), now);
            show(&visit, StatusCode::OK, |view| page(view, &shown, until))
        }
        Err(error) => visit.away(&error),
    }
}
