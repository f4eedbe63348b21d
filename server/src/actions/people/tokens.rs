//! Tokens of programs: for the write API, or for one thing alone.

use app::words::{ActorKind, ApiToken, Id, TokenRole};
use chrono::{DateTime, TimeDelta, Utc};
use subtle::ConstantTimeEq as _;

use super::{digest, fresh_secret};
use crate::actions::{Act, ActionError, Actor, Problem};
use crate::store::tokens::{self, NamedToken};
use crate::store::{Db, StoreError};

/// Every token begins so: who finds one in a log or a repository knows what it opens.
const BEGINNING: &str = "allclear_";
/// Characters of the part by which a token is found: 36^8 of them.
const PREFIX: usize = 8;
/// Characters of 256 bits in base64.
const SECRET: usize = 43;
/// Longest name.
const LONGEST_NAME: usize = 100;
/// When it was used is kept to the minute, so that a busy program does not write for every request.
const USED: TimeDelta = TimeDelta::minutes(1);

/// Makes a token; the second value is the token itself, which is never to be had again.
///
/// # Errors
/// [`ActionError::Invalid`] for a name that cannot be used.
pub async fn create(
    act: Act<'_>,
    page: &Id,
    name: &str,
    role: impl Into<TokenRole>,
    expires_at: Option<DateTime<Utc>>,
) -> Result<(ApiToken, String), ActionError> {
    let role = role.into();
    let name = self::name(name).map_err(|problem| ActionError::Invalid(vec![problem]))?;
    let id = act.fresh_id();
    let prefix: String = act.fresh_id().as_str().chars().take(PREFIX).collect();
    let whole = format!("{BEGINNING}{prefix}_{}", fresh_secret());
    let token = ApiToken { id, name, prefix, role, created_at: act.now, used_at: None, expires_at, revoked_at: None };
    let mut tx = act.db.write().await?;
    tokens::insert(&mut tx, page, &token, &digest(&whole)).await?;
    act.audit(&mut tx, page, "token.create", Some(("token", &token.id)), Some(format!("{}, as {role}", token.name))).await?;
    tx.commit().await?;
    Ok((token, whole))
}

/// Reads a name.
///
/// # Errors
/// [`Problem`] unless it has 1 to 100 characters on one line.
pub fn name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    let fits = !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    let sentence = "Name the token after what it is for, in 1 to 100 characters on one line.";
    if fits { Ok(name.to_owned()) } else { Err(Problem::new("name", sentence)) }
}

/// How long a token is to be good for, from a number of days as it was typed.
///
/// # Errors
/// [`Problem`] unless it is 1 to 3,650 days.
pub fn life(days: &str) -> Result<TimeDelta, Problem> {
    let sentence = "A token is good for 1 to 3,650 days, or until it is taken back where no number stands.";
    let days = days.parse().ok().filter(|days| (1..=3_650).contains(days));
    days.map(TimeDelta::days).ok_or_else(|| Problem::new("days", sentence))
}

/// Takes a token back.
///
/// # Errors
/// [`ActionError::Missing`] where there is none, or it was taken back before.
pub async fn revoke(act: Act<'_>, page: &Id, id: &Id) -> Result<(), ActionError> {
    let mut tx = act.db.write().await?;
    let name = tokens::revoke(&mut tx, page, id, act.now).await?.ok_or(ActionError::Missing("token"))?;
    act.audit(&mut tx, page, "token.revoke", Some(("token", id)), Some(name)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whose token this is; `None` alike for one that is unknown, wrong, expired or taken back.
///
/// # Errors
/// [`StoreError`]
pub async fn authenticate(db: &Db, text: &str, now: DateTime<Utc>) -> Result<Option<NamedToken>, StoreError> {
    let Some(prefix) = prefix(text) else { return Ok(None) };
    let mut tx = db.read().await?;
    let found = tokens::by_prefix(&mut tx, prefix).await?;
    drop(tx);
    let Some(found) = found.filter(|found| is_good(found, text, now)) else { return Ok(None) };
    if found.token.used_at.is_none_or(|at| now - at >= USED) {
        let mut tx = db.write().await?;
        tokens::used(&mut tx, &found.token.id, now).await?;
        tx.commit().await?;
    }
    Ok(Some(found))
}

/// The part by which a token is found; `None` for what cannot be one, so that it costs no look-up.
fn prefix(text: &str) -> Option<&str> {
    let (prefix, secret) = text.strip_prefix(BEGINNING)?.split_once('_')?;
    let fits =
        prefix.len() == PREFIX && secret.len() == SECRET && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    fits.then_some(prefix)
}

fn is_good(found: &NamedToken, text: &str, now: DateTime<Utc>) -> bool {
    let right: bool = digest(text).as_bytes().ct_eq(found.hash.as_bytes()).into();
    right && found.token.revoked_at.is_none() && found.token.expires_at.is_none_or(|at| now < at)
}

/// A token as the one who acts.
#[must_use]
pub fn actor(token: &ApiToken) -> Actor {
    Actor { kind: ActorKind::Token, id: Some(token.id.clone()), name: token.name.clone() }
}
