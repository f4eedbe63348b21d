//! The key of links and message ids, made once and shared by all processes.

use app::words::Id;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::secret::Secret;
use crate::store::{Db, StoreError, pages};

const KEY: &str = "secret_key";

/// The configured key, or the one in the database, made by whoever comes first.
///
/// # Errors
/// [`StoreError`] when the database cannot be read or written.
pub async fn ensure(db: &Db, page: &Id, configured: Option<&str>) -> Result<Secret, StoreError> {
    if let Some(text) = configured {
        return Ok(Secret::new(text));
    }
    let mut tx = db.read().await?;
    let known = pages::setting(&mut tx, page, KEY).await?;
    drop(tx);
    if let Some(text) = known {
        return Ok(Secret::new(&text));
    }
    let mut tx = db.write().await?;
    pages::claim_setting(&mut tx, page, KEY, &URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())).await?;
    let text = pages::setting(&mut tx, page, KEY).await?.unwrap_or_default();
    tx.commit().await?;
    Ok(Secret::new(&text))
}
