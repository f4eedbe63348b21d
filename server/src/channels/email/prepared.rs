//! What mails of one notification have in common: made once for each language and zone, however many are told.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono_tz::Tz;

use super::words::Content;

/// Languages and zones that are kept of one notification; with more, all are made anew.
const MOST: usize = 64;

/// The code of a language, and a zone.
type Key = (&'static str, Tz);

/// The contents of one notification's mails, by language and zone. Cheap to clone: all clones are the same.
#[derive(Clone, Debug, Default)]
pub struct Prepared(Arc<Mutex<HashMap<Key, Arc<Content>>>>);

impl Prepared {
    pub(super) fn get(&self, key: Key) -> Option<Arc<Content>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    pub(super) fn keep(&self, key: Key, content: &Arc<Content>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, content.clone());
    }
}
