//! Members of staff. Nobody is ever removed: the audit speaks of them.

use app::words::{Id, Role, StaffMember};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::values::Word;
use super::{StoreError, Tx};

/// A member with what proves that they are themselves.
#[derive(Clone, PartialEq, Eq)]
pub struct StaffRecord {
    /// The member.
    pub member: StaffMember,
    /// Their password as argon2 keeps it; `None` until they choose one.
    pub password_hash: Option<String>,
    /// When role, password or access last changed; links that were handed out before are void.
    pub updated_at: DateTime<Utc>,
}

impl std::fmt::Debug for StaffRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StaffRecord").field("member", &self.member).field("updated_at", &self.updated_at).finish_non_exhaustive()
    }
}

#[derive(FromRow)]
struct StaffRow {
    id: Word<Id>,
    email: String,
    name: Option<String>,
    role: Word<Role>,
    password_hash: Option<String>,
    disabled_at: Option<DateTime<Utc>>,
    last_sign_in_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<StaffRow> for StaffRecord {
    fn from(row: StaffRow) -> Self {
        let member = StaffMember {
            id: row.id.0,
            email: row.email,
            name: row.name,
            role: row.role.0,
            disabled_at: row.disabled_at,
            last_sign_in_at: row.last_sign_in_at,
            created_at: row.created_at,
        };
        Self { member, password_hash: row.password_hash, updated_at: row.updated_at }
    }
}

/// Everybody, in the order of their addresses.
///
/// # Errors
/// [`StoreError`]
pub async fn all(tx: &mut Tx, page: &Id) -> Result<Vec<StaffRecord>, StoreError> {
    let rows = fetch_all!(
        tx,
        StaffRow,
        "select id, email, name, role, password_hash, disabled_at, last_sign_in_at, created_at, updated_at from staff
         where page_id = $1 order by email_key",
        page
    )?;
    Ok(rows.into_iter().map(StaffRecord::from).collect())
}

/// The member with that key of an address.
///
/// # Errors
/// [`StoreError`]
pub async fn by_email(tx: &mut Tx, page: &Id, email_key: &str) -> Result<Option<StaffRecord>, StoreError> {
    let row = fetch_optional!(
        tx,
        StaffRow,
        "select id, email, name, role, password_hash, disabled_at, last_sign_in_at, created_at, updated_at from staff
         where page_id = $1 and email_key = $2",
        page,
        email_key
    )?;
    Ok(row.map(StaffRecord::from))
}

/// The member with that id.
///
/// # Errors
/// [`StoreError`]
pub async fn by_id(tx: &mut Tx, page: &Id, id: &Id) -> Result<Option<StaffRecord>, StoreError> {
    let row = fetch_optional!(
        tx,
        StaffRow,
        "select id, email, name, role, password_hash, disabled_at, last_sign_in_at, created_at, updated_at from staff
         where page_id = $1 and id = $2",
        page,
        id
    )?;
    Ok(row.map(StaffRecord::from))
}

/// Whether there is anybody.
///
/// # Errors
/// [`StoreError`]
pub async fn exists(tx: &mut Tx, page: &Id) -> Result<bool, StoreError> {
    let (exists,) = fetch_one!(tx, (bool,), "select exists (select 1 from staff where page_id = $1)", page)?;
    Ok(exists)
}

/// Adds a member.
///
/// # Errors
/// [`StoreError::is_unique_violation`] where the address is taken.
pub async fn insert(tx: &mut Tx, page: &Id, email_key: &str, record: &StaffRecord) -> Result<(), StoreError> {
    let member = &record.member;
    execute!(
        tx,
        "insert into staff (id, page_id, email, email_key, name, role, password_hash, disabled_at, last_sign_in_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        member.id,
        page,
        member.email,
        email_key,
        member.name,
        member.role,
        record.password_hash,
        member.disabled_at,
        member.last_sign_in_at,
        member.created_at,
        record.updated_at
    )?;
    Ok(())
}

/// Keeps role, password and access as they are in the record now, unless somebody changed them since `read_at`, the record's
/// `updated_at` when it was read; whether it did.
///
/// # Errors
/// [`StoreError`]
pub async fn update(tx: &mut Tx, page: &Id, record: &StaffRecord, read_at: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update staff set role = $3, password_hash = $4, disabled_at = $5, updated_at = $6
         where page_id = $1 and id = $2 and updated_at = $7",
        page,
        record.member.id,
        record.member.role,
        record.password_hash,
        record.member.disabled_at,
        record.updated_at,
        read_at
    )?;
    Ok(rows > 0)
}

/// Notes a sign-in, if the member still has this password and may sign in; whether it did.
///
/// # Errors
/// [`StoreError`]
pub async fn signed_in(tx: &mut Tx, id: &Id, password_hash: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let rows = execute!(
        tx,
        "update staff set last_sign_in_at = $3 where id = $1 and password_hash = $2 and disabled_at is null",
        id,
        password_hash,
        now
    )?;
    Ok(rows > 0)
}

/// How many owners may sign in and have a password to do so.
///
/// # Errors
/// [`StoreError`]
pub async fn active_owners(tx: &mut Tx, page: &Id) -> Result<i64, StoreError> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "select count(*) from staff where page_id = $1 and role = $2 and disabled_at is null and password_hash is not null",
        page,
        Role::Owner
    )?;
    Ok(count)
}
