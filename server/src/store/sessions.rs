//! Sessions: who is signed in. A session is found by the hash of its token, so that a reader of the database cannot sign in.

use app::words::{Id, Role, StaffMember};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::pages::PageRecord;
use super::values::Word;
use super::{StoreError, Tx};

/// Somebody who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub member: StaffMember,
    /// The page whose staff they are.
    pub page: PageRecord,
    /// When the session was last seen, to the minute.
    pub seen_at: DateTime<Utc>,
    /// What the operator chose for the page, as it is kept.
    pub settings: Option<String>,
}

#[derive(FromRow)]
struct SignedInRow {
    id: Word<Id>,
    email: String,
    name: Option<String>,
    role: Word<Role>,
    last_sign_in_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    seen_at: DateTime<Utc>,
    page_id: Word<Id>,
    page_name: String,
    time_zone: String,
    revision: i64,
    page_created_at: DateTime<Utc>,
    page_updated_at: DateTime<Utc>,
    adopted: bool,
    settings: Option<String>,
}

impl From<SignedInRow> for SignedIn {
    fn from(row: SignedInRow) -> Self {
        let member = StaffMember {
            id: row.id.0,
            email: row.email,
            name: row.name,
            role: row.role.0,
            disabled_at: None,
            last_sign_in_at: row.last_sign_in_at,
            created_at: row.created_at,
        };
        let page = PageRecord {
            id: row.page_id.0,
            name: row.page_name,
            time_zone: row.time_zone,
            revision: row.revision,
            created_at: row.page_created_at,
            updated_at: row.page_updated_at,
            adopted: row.adopted,
        };
        Self { member, page, seen_at: row.seen_at, settings: row.settings }
    }
}

/// Who is signed in with the token of that hash, in one statement with their page: every request of theirs begins with it. Nobody,
/// where the session has ended, was not seen since `idle_since`, or its member is shut out.
///
/// # Errors
/// [`StoreError`]
pub async fn signed_in(
    tx: &mut Tx,
    token_hash: &str,
    now: DateTime<Utc>,
    idle_since: DateTime<Utc>,
) -> Result<Option<SignedIn>, StoreError> {
    let row = fetch_optional!(
        tx,
        SignedInRow,
        "select staff.id, staff.email, staff.name, staff.role, staff.last_sign_in_at, staff.created_at, sessions.seen_at,
                pages.id as page_id, pages.name as page_name, pages.time_zone, pages.revision, pages.created_at as page_created_at,
                pages.updated_at as page_updated_at, pages.adopted,
                (select value from settings where settings.page_id = pages.id and settings.key = 'settings') as settings
         from sessions join staff on staff.id = sessions.staff_id join pages on pages.id = staff.page_id
         where sessions.token_hash = $1 and sessions.expires_at > $2 and sessions.seen_at > $3 and staff.disabled_at is null",
        token_hash,
        now,
        idle_since
    )?;
    Ok(row.map(SignedIn::from))
}

/// Adds a session.
///
/// # Errors
/// [`StoreError`]
pub async fn insert(tx: &mut Tx, token_hash: &str, staff: &Id, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into sessions (token_hash, staff_id, created_at, seen_at, expires_at) values ($1, $2, $3, $3, $4)",
        token_hash,
        staff,
        now,
        expires_at
    )?;
    Ok(())
}

/// Notes that a session was seen.
///
/// # Errors
/// [`StoreError`]
pub async fn seen(tx: &mut Tx, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(tx, "update sessions set seen_at = $2 where token_hash = $1", token_hash, now)?;
    Ok(())
}

/// Ends one session.
///
/// # Errors
/// [`StoreError`]
pub async fn end(tx: &mut Tx, token_hash: &str) -> Result<(), StoreError> {
    execute!(tx, "delete from sessions where token_hash = $1", token_hash)?;
    Ok(())
}

/// Ends all sessions of one member, but the one of that hash.
///
/// # Errors
/// [`StoreError`]
pub async fn end_all(tx: &mut Tx, staff: &Id, except: Option<&str>) -> Result<u64, StoreError> {
    execute!(tx, "delete from sessions where staff_id = $1 and token_hash <> $2", staff, except.unwrap_or(""))
}

/// Removes sessions that ended before.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, "delete from sessions where expires_at <= $1", now)
}
