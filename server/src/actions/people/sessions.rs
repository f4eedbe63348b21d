//! Signing in and out.

use app::words::{Id, StaffMember};
use chrono::{DateTime, TimeDelta, Utc};

use super::passwords::{Busy, Passwords};
use super::{actor, digest, fresh_secret};
use crate::actions::{Act, ActionError};
use crate::domain::address;
use crate::store::sessions::{self, SignedIn};
use crate::store::{Db, StoreError, Tx, staff};

/// A session ends so long after the sign-in, whatever is done with it.
pub const LONGEST: TimeDelta = TimeDelta::days(14);
/// And so long after it was last seen.
const IDLE: TimeDelta = TimeDelta::hours(12);
/// When it was seen is kept to the minute: reading a page does not write for every request.
const SEEN: TimeDelta = TimeDelta::minutes(1);

/// A session that has just begun.
#[derive(Debug)]
pub struct Begun {
    /// Who is signed in.
    pub member: StaffMember,
    /// What their browser is given; only its hash is kept.
    pub token: Token,
}

/// The secret of a session, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// As the cookie has it.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// For the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn hash(&self) -> String {
        digest(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why nobody could be signed in or turned away.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Too many at once.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs in, or does not: an unknown address, a wrong password and a member who is shut out all take the same and answer the same.
///
/// # Errors
/// [`SignInError`]
pub async fn sign_in(
    db: &Db,
    passwords: &Passwords,
    page: &Id,
    email: &str,
    password: String,
    now: DateTime<Utc>,
) -> Result<Option<Begun>, SignInError> {
    // What is no address is nobody's, and no database is asked about its characters.
    let found = match address::parse(email) {
        Ok(email) => staff::by_email(&mut db.read().await?, page, &address::key(&email)).await?,
        Err(_) => None,
    };
    let hash = found.as_ref().and_then(|record| record.password_hash.clone());
    let right = passwords.verify(password, hash.clone()).await?;
    let (Some(record), Some(hash), true) = (found, hash, right) else { return Ok(None) };
    let mut tx = db.write().await?;
    // Asked again where nobody can change it meanwhile: a password that was just replaced opens no session.
    if !staff::signed_in(&mut tx, &record.member.id, &hash, now).await? {
        return Ok(None);
    }
    let by = actor(&record.member);
    let act = Act { db, actor: &by, now, undo: TimeDelta::zero() };
    act.audit(&mut tx, page, "staff.sign_in", Some(("staff", &record.member.id)), None).await?;
    let begun = begin(&mut tx, record.member, now).await?;
    tx.commit().await?;
    Ok(Some(begun))
}

/// Begins a session. Those that ended long ago are removed on the way.
pub(super) async fn begin(tx: &mut Tx, member: StaffMember, now: DateTime<Utc>) -> Result<Begun, StoreError> {
    let token = Token(fresh_secret());
    sessions::sweep(tx, now).await?;
    sessions::insert(tx, &token.hash(), &member.id, now, now + LONGEST).await?;
    Ok(Begun { member, token })
}

/// Who is signed in with that token.
///
/// # Errors
/// [`StoreError`]
pub async fn current(db: &Db, token: &Token, now: DateTime<Utc>) -> Result<Option<SignedIn>, StoreError> {
    let mut tx = db.read().await?;
    let found = sessions::signed_in(&mut tx, &token.hash(), now, now - IDLE).await?;
    drop(tx);
    if let Some(found) = &found
        && now - found.seen_at >= SEEN
    {
        let mut tx = db.write().await?;
        sessions::seen(&mut tx, &token.hash(), now).await?;
        tx.commit().await?;
    }
    Ok(found)
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`]
pub async fn sign_out(act: Act<'_>, page: &Id, token: &Token) -> Result<(), ActionError> {
    let mut tx = act.db.write().await?;
    sessions::end(&mut tx, &token.hash()).await?;
    act.audit(&mut tx, page, "staff.sign_out", act.actor.id.as_ref().map(|id| ("staff", id)), None).await?;
    tx.commit().await?;
    Ok(())
}
