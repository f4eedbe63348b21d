//! People and tokens.

use app::pages::staff::people::{self, Invited, NewToken, Once, People, Person};
use app::words::{ApiToken, Id, Role, TokenRole};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use bytes::Bytes;

use crate::actions::people::{members, tokens as token_actions};
use crate::actions::{ActionError, Problem};
use crate::store::staff::StaffRecord;
use crate::store::{StoreError, staff, tokens};
use crate::web::form::Form;
use crate::web::guards::Caller;
use crate::web::router::{Guard, Route, Shared};
use crate::web::{flash, problem};

const HERE: &str = "/staff/people";
const OWNER: Guard = Guard::Staff(Role::Owner);

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::new("GET", HERE, Guard::Staff(Role::Admin), || get(show)),
    Route::new("POST", HERE, OWNER, || post(invite)),
    Route::new("POST", "/staff/people/{id}/role", OWNER, || post(change_role)),
    Route::new("POST", "/staff/people/{id}/link", OWNER, || post(renew_link)),
    Route::new("POST", "/staff/people/{id}/sign-out", OWNER, || post(sign_out)),
    Route::new("POST", "/staff/people/{id}/disable", OWNER, || post(disable)),
    Route::new("POST", "/staff/people/{id}/enable", OWNER, || post(enable)),
    Route::new("POST", "/staff/tokens", OWNER, || post(create_token)),
    Route::new("POST", "/staff/tokens/{id}/revoke", OWNER, || post(revoke_token)),
];

async fn show(State(shared): State<Shared>, Extension(caller): Extension<Caller>) -> Response {
    answer(&shared, &caller, StatusCode::OK, People::default()).await
}

async fn invite(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (email, name, role) = (form.text("email"), form.text("name"), form.text("role"));
    let done = match role_of(&role) {
        Ok(role) => members::invite(caller.act(&shared), &caller.page.id, &email, &name, role).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(record) => {
            let sentence = format!("{email} is added. Hand them this link: with it they choose their password.");
            answer(&shared, &caller, StatusCode::OK, People { once: link(&shared, &caller, &record, sentence), ..People::default() }).await
        }
        Err(ActionError::Invalid(problems)) => {
            let wrong = super::wrong(&problems);
            let invited = Invited { email: &email, name: &name, role: &role, wrong: &wrong };
            answer(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, People { invited, ..People::default() }).await
        }
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn renew_link(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => members::renew_invitation(caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(record) => {
            let sentence = format!("Hand this link to {}: with it they choose a password.", record.member.email);
            answer(&shared, &caller, StatusCode::OK, People { once: link(&shared, &caller, &record, sentence), ..People::default() }).await
        }
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn change_role(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let done = match (known(&id), role_of(&form.text("role"))) {
        (Ok(id), Ok(role)) => members::change_role(caller.act(&shared), &caller.page.id, &id, role).await,
        (Err(error), _) | (_, Err(error)) => Err(error),
    };
    told(&shared, &caller, done, "The role is changed.")
}

async fn sign_out(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => members::sign_out_everywhere(caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    told(&shared, &caller, done, "They are signed out everywhere.")
}

async fn disable(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => members::disable(caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    told(&shared, &caller, done, "They are shut out.")
}

async fn enable(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match known(&id) {
        Ok(id) => members::enable(caller.act(&shared), &caller.page.id, &id).await,
        Err(error) => Err(error),
    };
    told(&shared, &caller, done, "They may sign in again.")
}

async fn create_token(State(shared): State<Shared>, Extension(caller): Extension<Caller>, body: Bytes) -> Response {
    let form = match Form::read(&body) {
        Ok(form) => form,
        Err(refused) => return refused,
    };
    let (name, role, days) = (form.text("name"), form.text("role"), form.text("days"));
    let life = if days.is_empty() { Ok(None) } else { token_actions::life(&days).map(Some) };
    let done = match (token_role_of(&role), life) {
        (Ok(role), Ok(life)) => {
            let act = caller.act(&shared);
            token_actions::create(act, &caller.page.id, &name, role, life.map(|life| act.now + life)).await
        }
        (Err(error), _) => Err(error),
        (_, Err(problem)) => Err(ActionError::Invalid(vec![problem])),
    };
    match done {
        Ok((token, secret)) => {
            let sentence = match token.role {
                TokenRole::Api(_) => format!("The token {} is made. Give it to the program now.", token.name),
                TokenRole::Bounces => {
                    let hook = format!("{}/hooks/bounces/", shared.config.public_url);
                    format!("The token {} is made. Your mail server hands in what came back at {hook} followed by it.", token.name)
                }
            };
            let once = Once { sentence, secret };
            answer(&shared, &caller, StatusCode::OK, People { once: Some(once), ..People::default() }).await
        }
        Err(ActionError::Invalid(problems)) => {
            let wrong = super::wrong(&problems);
            let token = NewToken { name: &name, role: &role, days: &days, wrong: &wrong };
            answer(&shared, &caller, StatusCode::UNPROCESSABLE_ENTITY, People { token, ..People::default() }).await
        }
        Err(error) => refused(&shared, &caller, &error),
    }
}

async fn revoke_token(State(shared): State<Shared>, Extension(caller): Extension<Caller>, Path(id): Path<String>) -> Response {
    let done = match Id::parse(&id) {
        Ok(id) => token_actions::revoke(caller.act(&shared), &caller.page.id, &id).await,
        Err(_) => Err(ActionError::Missing("token")),
    };
    told(&shared, &caller, done, "The token is taken back.")
}

fn known(id: &str) -> Result<Id, ActionError> {
    Id::parse(id).map_err(|_| ActionError::Missing("person"))
}

fn role_of(text: &str) -> Result<Role, ActionError> {
    text.parse()
        .map_err(|_| ActionError::Invalid(vec![Problem::new("role", "Choose one of the roles: owner, admin, responder or viewer.")]))
}

fn token_role_of(text: &str) -> Result<TokenRole, ActionError> {
    let sentence = "Choose one of the roles: owner, admin, responder or viewer, or bounces.";
    text.parse().map_err(|_| ActionError::invalid("role", sentence))
}

/// The link by which they choose a password.
fn link(shared: &Shared, caller: &Caller, record: &StaffRecord, sentence: String) -> Option<Once> {
    let token = members::invitation(shared.secret.get()?, &caller.page.id, record);
    Some(Once { sentence, secret: format!("{}/staff/invitation/{token}", shared.config.public_url) })
}

fn told(shared: &Shared, caller: &Caller, done: Result<(), ActionError>, sentence: &str) -> Response {
    match done {
        Ok(()) => flash::to(HERE, sentence),
        Err(error) => refused(shared, caller, &error),
    }
}

fn refused(shared: &Shared, caller: &Caller, error: &ActionError) -> Response {
    problem::refused(&super::frame(shared, caller, HERE, None), error)
}

async fn answer(shared: &Shared, caller: &Caller, status: StatusCode, shown: People<'_>) -> Response {
    let (people, tokens) = match load(shared, caller).await {
        Ok(all) => all,
        Err(error) => return problem::away(&error),
    };
    let frame = super::frame(shared, caller, HERE, None);
    problem::html(status, people::page(&frame, &People { people: &people, tokens: &tokens, ..shown }))
}

async fn load(shared: &Shared, caller: &Caller) -> Result<(Vec<Person>, Vec<ApiToken>), StoreError> {
    let mut tx = shared.db.read().await?;
    let people = staff::all(&mut tx, &caller.page.id).await?;
    let tokens = tokens::all(&mut tx, &caller.page.id).await?;
    Ok((people.into_iter().map(|one| Person { chosen: one.password_hash.is_some(), member: one.member }).collect(), tokens))
}
