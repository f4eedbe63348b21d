//! The last documents on disk: written whole or not at all, checked when read, served before the database answers (reliability W2).

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::Assets;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::document::{Document, Effort, Kind};
use super::documents::Hot;

/// Names the format: another version's file is left alone and made anew.
const MAGIC: &[u8; 16] = b"allclear snap 3\n";

/// Larger than any page we make (a file beyond it is damaged or not ours), small enough to read at once.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// What is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    saved_at_micros: i64,
    /// Addresses of the embedded files that the pages refer to: style sheet, icon, script.
    assets: [Option<String>; 3],
    documents: Vec<KeptDocument>,
}

#[derive(Serialize, Deserialize)]
struct KeptDocument {
    path: String,
    kind: Kind,
    status: u16,
    bytes: Vec<u8>,
}

/// Documents read back, and when they were written.
#[derive(Debug)]
pub struct Restored {
    /// By path.
    pub hot: Hot,
    /// When they were saved.
    pub saved_at: chrono::DateTime<chrono::Utc>,
}

/// Where the snapshot is kept below the data folder.
#[must_use]
pub fn file(data_dir: &Path) -> PathBuf {
    data_dir.join("snapshot.bin")
}

/// Writes the documents beside the old file, makes them durable, then replaces it.
///
/// # Errors
/// What the system said; the old file stays.
pub fn save(path: &Path, hot: &Hot, assets: &Assets, now: chrono::DateTime<chrono::Utc>) -> anyhow::Result<()> {
    let documents = hot.iter().map(|(path, document)| KeptDocument {
        path: path.clone(),
        kind: document.kind,
        status: document.status.as_u16(),
        bytes: document.identity.bytes.to_vec(),
    });
    let body =
        postcard::to_stdvec(&Kept { saved_at_micros: now.timestamp_micros(), assets: addresses(assets), documents: documents.collect() })?;
    let temporary = path.with_extension("tmp");
    let written = (|| -> std::io::Result<()> {
        let mut out = std::fs::File::create(&temporary)?;
        out.write_all(MAGIC)?;
        out.write_all(&Sha256::digest(&body))?;
        out.write_all(&body)?;
        out.sync_all()?;
        std::fs::rename(&temporary, path)
    })();
    if written.is_err() {
        // On a full disk the half-written file would only keep it full.
        let _ = std::fs::remove_file(&temporary);
    }
    Ok(written?)
}

fn addresses(assets: &Assets) -> [Option<String>; 3] {
    [Some(assets.css.clone()), Some(assets.icon.clone()), assets.script.clone()]
}

/// Reads the documents back; `None` where there is no file, or none that is whole and of this version. Pages that another build
/// wrote refer to its style and script: they are led to those of this one.
#[must_use]
pub fn restore(path: &Path, assets: &Assets) -> Option<Restored> {
    if std::fs::metadata(path).ok()?.len() > MOST_BYTES {
        return None;
    }
    let bytes = std::fs::read(path).ok()?;
    let rest = bytes.strip_prefix(MAGIC)?;
    let (digest, body) = rest.split_at_checked(32)?;
    if Sha256::digest(body).as_slice() != digest {
        return None;
    }
    let kept: Kept = postcard::from_bytes(body).ok()?;
    let mut hot = Hot::new();
    let moved: Vec<(String, String)> =
        kept.assets.into_iter().zip(addresses(assets)).filter_map(|(old, new)| old.zip(new)).filter(|(old, new)| old != new).collect();
    for mut document in kept.documents {
        if document.kind == Kind::Html && !moved.is_empty() {
            let mut page = String::from_utf8(document.bytes).ok()?;
            for (old, new) in &moved {
                page = page.replace(old, new);
            }
            document.bytes = page.into_bytes();
        }
        let status = StatusCode::from_u16(document.status).ok()?;
        hot.insert(document.path, Arc::new(Document::new(document.kind, status, document.bytes, Effort::Fast)));
    }
    Some(Restored { hot, saved_at: chrono::DateTime::from_timestamp_micros(kept.saved_at_micros)? })
}
