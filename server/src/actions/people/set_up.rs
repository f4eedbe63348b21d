//! The first owner: whoever holds the address that is printed while there is no staff. It opens once, and never again.

use app::words::{Id, Role};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};

use super::passwords::Hashed;
use super::sessions::{self, Begun};
use super::{actor, members};
use crate::actions::{Act, ActionError};
use crate::secret::{Purpose, Secret};
use crate::store::pages::PageRecord;
use crate::store::{Db, StoreError, Tx, pages, staff};

/// The setting that says when the door was shut.
const SHUT: &str = "set_up_at";

/// The token of the one-time address. Every process of one database derives the same; it outlives an import, which may give the page
/// another id but never another birthday.
#[must_use]
pub fn token(secret: &Secret, page: &PageRecord) -> String {
    URL_SAFE_NO_PAD.encode(secret.derive(Purpose::SetUp, &[&page.created_at.timestamp_micros().to_string()]))
}

/// Whether `given` is that token; takes the same time for every wrong one.
#[must_use]
pub fn proves(secret: &Secret, page: &PageRecord, given: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    token(secret, page).as_bytes().ct_eq(given.as_bytes()).into()
}

/// Whether the page still waits for its first owner.
///
/// # Errors
/// [`StoreError`]
pub async fn is_open(tx: &mut Tx, page: &Id) -> Result<bool, StoreError> {
    Ok(pages::setting(tx, page, SHUT).await?.is_none() && !staff::exists(tx, page).await?)
}

/// The token of the one-time address, while the default page waits for its first owner.
///
/// # Errors
/// [`StoreError`]
pub async fn invitation(db: &Db, secret: &Secret) -> Result<Option<String>, StoreError> {
    let mut tx = db.read().await?;
    let Some(page) = pages::default_page(&mut tx).await? else { return Ok(None) };
    Ok(is_open(&mut tx, &page.id).await?.then(|| token(secret, &page)))
}

/// Shuts the door for ever; whether it was this call that did. Of many at once, one does.
pub(super) async fn shut(tx: &mut Tx, page: &Id, now: DateTime<Utc>) -> Result<bool, StoreError> {
    pages::claim_setting(tx, page, SHUT, &now.to_rfc3339()).await
}

/// Adds the first owner and signs them in.
///
/// # Errors
/// [`ActionError::Conflict`] where somebody else was first.
pub async fn first_owner(db: &Db, page: &Id, email: &str, password: Hashed, now: DateTime<Utc>) -> Result<Begun, ActionError> {
    let email = members::email(email)?;
    let record = members::fresh(&email, None, Role::Owner, Some(password), now);
    let mut tx = db.write().await?;
    if !shut(&mut tx, page, now).await? || staff::exists(&mut tx, page).await? {
        let sentence = "Somebody else has just set up Allclear. Nothing was changed by you: sign in if you have an account, or ask \
                        them to add you.";
        return Err(ActionError::Conflict(sentence.to_owned()));
    }
    members::insert(&mut tx, page, &record).await?;
    let by = actor(&record.member);
    let act = Act { db, actor: &by, now, undo: TimeDelta::zero() };
    act.audit(&mut tx, page, "staff.set_up", Some(("staff", &record.member.id)), None).await?;
    let begun = sessions::begin(&mut tx, record.member, now).await?;
    tx.commit().await?;
    Ok(begun)
}
