//! Tokens of programs: found by their prefix, proven by their hash.

use app::words::{ApiToken, Id, TokenRole};
use chrono::{DateTime, Utc};
use sqlx::FromRow;

use super::pages::PageRecord;
use super::values::Word;
use super::{StoreError, Tx};

/// A token that was named in a request, with what must be compared before it is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedToken {
    /// The token.
    pub token: ApiToken,
    /// The hash of the whole token.
    pub hash: String,
    /// The page it writes to.
    pub page: PageRecord,
}

#[derive(FromRow)]
struct TokenRow {
    id: Word<Id>,
    name: String,
    prefix: String,
    role: Word<TokenRole>,
    created_at: DateTime<Utc>,
    used_at: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl From<TokenRow> for ApiToken {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id.0,
            name: row.name,
            prefix: row.prefix,
            role: row.role.0,
            created_at: row.created_at,
            used_at: row.used_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
        }
    }
}

#[derive(FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    token: TokenRow,
    hash: String,
    page_id: Word<Id>,
    page_name: String,
    time_zone: String,
    revision: i64,
    page_created_at: DateTime<Utc>,
    page_updated_at: DateTime<Utc>,
    adopted: bool,
}

impl From<NamedRow> for NamedToken {
    fn from(row: NamedRow) -> Self {
        let page = PageRecord {
            id: row.page_id.0,
            name: row.page_name,
            time_zone: row.time_zone,
            revision: row.revision,
            created_at: row.page_created_at,
            updated_at: row.page_updated_at,
            adopted: row.adopted,
        };
        Self { token: row.token.into(), hash: row.hash, page }
    }
}

/// The token with that prefix, whatever has become of it.
///
/// # Errors
/// [`StoreError`]
pub async fn by_prefix(tx: &mut Tx, prefix: &str) -> Result<Option<NamedToken>, StoreError> {
    let row = fetch_optional!(
        tx,
        NamedRow,
        "select t.id, t.name, t.prefix, t.role, t.created_at, t.used_at, t.expires_at, t.revoked_at, t.hash,
                pages.id as page_id, pages.name as page_name, pages.time_zone, pages.revision, pages.created_at as page_created_at,
                pages.updated_at as page_updated_at, pages.adopted
         from api_tokens t join pages on pages.id = t.page_id where t.prefix = $1",
        prefix
    )?;
    Ok(row.map(NamedToken::from))
}

/// All tokens, newest first, revoked and expired ones too.
///
/// # Errors
/// [`StoreError`]
pub async fn all(tx: &mut Tx, page: &Id) -> Result<Vec<ApiToken>, StoreError> {
    let rows = fetch_all!(
        tx,
        TokenRow,
        "select id, name, prefix, role, created_at, used_at, expires_at, revoked_at from api_tokens
         where page_id = $1 order by created_at desc, id",
        page
    )?;
    Ok(rows.into_iter().map(ApiToken::from).collect())
}

/// Adds a token.
///
/// # Errors
/// [`StoreError::is_unique_violation`] where the prefix is taken.
pub async fn insert(tx: &mut Tx, page: &Id, token: &ApiToken, hash: &str) -> Result<(), StoreError> {
    execute!(
        tx,
        "insert into api_tokens (id, page_id, name, prefix, hash, role, created_at, used_at, expires_at, revoked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        token.id,
        page,
        token.name,
        token.prefix,
        hash,
        token.role,
        token.created_at,
        token.used_at,
        token.expires_at,
        token.revoked_at
    )?;
    Ok(())
}

/// Notes that a token was used.
///
/// # Errors
/// [`StoreError`]
pub async fn used(tx: &mut Tx, id: &Id, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(tx, "update api_tokens set used_at = $2 where id = $1", id, now)?;
    Ok(())
}

/// Takes a token back; its name, or `None` where there is no such token to take back.
///
/// # Errors
/// [`StoreError`]
pub async fn revoke(tx: &mut Tx, page: &Id, id: &Id, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
    let row = fetch_optional!(
        tx,
        (String,),
        "update api_tokens set revoked_at = $3 where page_id = $1 and id = $2 and revoked_at is null returning name",
        page,
        id,
        now
    )?;
    Ok(row.map(|(name,)| name))
}
