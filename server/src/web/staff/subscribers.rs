//! Subscribers: a list to search, one to add, ask again or remove.

use app::language;
use app::pages::staff::subscribers::{self as pages, Added, Subscribers};
use app::parts::wishes::Offered;
use app::words::{Id, Role, Subscriber};
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use super::paging::{Paged, paged};
use crate::actions::subscribers::{self as actions, AddInput};
use crate::actions::{ActionError, exports};
use crate::domain::address;
use crate::store::subscribers::Filter;
use crate::store::{StoreError, components, subscribers};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{download, flash, problem, wishes};

const HERE: &str = "/staff/subscribers";
const ADMIN: Guard = Guard::Staff(Role::Admin);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Viewer), || get(show)),
    Route::new("GET", "/staff/subscribers/new", ADMIN, || get(new)),
    Route::new("POST", HERE, ADMIN, || post(add)),
    Route::new("POST", "/staff/subscribers/export", ADMIN, || post(export)),
    Route::new("POST", "/staff/subscribers/{id}/resend", ADMIN, || post(resend)),
    Route::new("POST", "/staff/subscribers/{id}/remove", ADMIN, || post(remove)),
    Route::new("POST", "/staff/subscribers/{id}/shared", ADMIN, || post(share)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>, RawQuery(query): RawQuery) -> Response {
    let query = Form::of_query(query.as_deref());
    let may = caller.role.covers(Role::Admin);
    // Whoever may not read addresses could read them out of what a search finds.
    let filter =
        Filter { state: query.text("state").parse().ok(), channel: None, query: query.text("q").chars().filter(|_| may).collect() };
    let paged = paged(&query);
    let read: Result<_, StoreError> = async {
        let mut tx = shared.db.read().await?;
        let list = subscribers::list(&mut tx, &caller.page.id, &filter, Paged::SIZE + 1, paged.offset()).await?;
        Ok((list, subscribers::counts(&mut tx, &caller.page.id).await?))
    }
    .await;
    let (list, counts) = match read {
        Ok(read) => read,
        Err(error) => return problem::away(&error),
    };
    let (list, more) = paged.cut(list);
    let list: Vec<Subscriber> = list.into_iter().map(|one| if may { one } else { masked(one) }).collect();
    let state = filter.state.map(|state| state.to_string()).unwrap_or_default();
    let shown = Subscribers {
        subscribers: &list,
        counts: &counts,
        state: filter.state,
        query: &filter.query,
        older: more.then(|| paged.next(HERE, &[("state", &state), ("q", &filter.query)])),
        mail: shared.config.smtp.is_some(),
    };
    problem::html(StatusCode::OK, pages::page(&super::frame(&shared, &caller, HERE, None), &shown))
}

fn masked(subscriber: Subscriber) -> Subscriber {
    Subscriber { address: address::masked(&subscriber.address), ..subscriber }
}

async fn new(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    form(&shared, &caller, StatusCode::OK, Added::default()).await
}

async fn add(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (wished, unreadable) = wishes::read(&form);
    let (skip_confirmation, shared_address) = (form.flag("consented"), form.flag("shared"));
    let input = AddInput { email: form.text("email"), wishes: wished, skip_confirmation, shared: shared_address, ..AddInput::default() };
    let done = match unreadable.as_slice() {
        // Without a relay the mail that asks to confirm could never be sent (reliability E26).
        [] if !input.skip_confirmation && shared.config.smtp.is_none() => Err(ActionError::invalid(
            "consented",
            "Mail is not configured, so they cannot be asked to confirm. Add them only if they consented elsewhere.",
        )),
        [] => actions::add(&caller.act(&shared), &caller.page.id, &input).await.map(drop),
        _ => Ok(()),
    };
    match wishes::wrong(language::of("en"), unreadable, done) {
        Ok(wrong) if wrong.is_empty() => {
            shared.signals.outbox.notify_one();
            flash::to(HERE, if input.skip_confirmation { "Added." } else { "Added. They are asked by mail to confirm." })
        }
        Ok(wrong) => {
            let (wishes, consented, shared_address) = (input.wishes.clone(), input.skip_confirmation, input.shared);
            let added = Added { email: &input.email, wishes, consented, shared: shared_address, wrong: &wrong, mail: true };
            self::form(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, added).await
        }
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

async fn form(shared: &Shared, caller: &Caller, status: StatusCode, added: Added<'_>) -> Response {
    let read: Result<_, StoreError> = async {
        let mut tx = shared.db.read().await?;
        let groups = components::groups(&mut tx, &caller.page.id).await?;
        Ok((groups, components::components(&mut tx, &caller.page.id).await?))
    }
    .await;
    match read {
        Ok((groups, there)) => {
            let offered = Offered::of(groups, there.into_iter().map(|record| record.component));
            let added = Added { mail: shared.config.smtp.is_some(), ..added };
            problem::html(status, pages::add(&super::frame(shared, caller, HERE, None), &offered, &added))
        }
        Err(error) => problem::away(&error),
    }
}

async fn export(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let act = caller.act(&shared);
    match exports::subscribers(&act, &caller.page.id, form.text("state").parse().ok()).await {
        Ok(export) => download::csv(&shared, &format!("subscribers-{}", act.now.date_naive()), export),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

async fn resend(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    if shared.config.smtp.is_none() {
        return flash::sorry(HERE, "Mail is not configured, so nobody can be asked to confirm.");
    }
    let done = match known(&id) {
        Ok(id) => actions::resend_confirmation(&caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => {
            shared.signals.outbox.notify_one();
            flash::to(HERE, "They are asked again.")
        }
        Err(ActionError::Conflict(sentence)) => flash::sorry(HERE, &sentence),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

async fn remove(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => actions::remove(&caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => flash::to(HERE, "Removed."),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

async fn share(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let several = form.flag("shared");
    let done = match known(&id) {
        Ok(id) => actions::set_shared(&caller.act(&shared), &caller.page.id, &id, several).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) if several => {
            flash::to(HERE, "Saved. One of them alone does not end it any more: a mail asks whether the address shall leave.")
        }
        Ok(_) => flash::to(HERE, "Saved. It leaves in one click again."),
        Err(error) => problem::refused(&super::frame(&shared, &caller, HERE, None), &error),
    }
}

fn known(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("subscriber"))
}
