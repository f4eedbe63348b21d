//! What an import did, or why it was refused.

use app::words::Id;

use crate::store::StoreError;

/// What an import did, or with `dry_run` would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The page it went into.
    pub page: String,
    /// Components and groups.
    pub components: Count,
    /// Incidents.
    pub incidents: Count,
    /// Their messages, post-mortems among them, in created and changed incidents.
    pub updates: usize,
    /// Post-mortems among the messages.
    pub postmortems: usize,
    /// Maintenances.
    pub maintenances: Count,
    /// What the person should know.
    pub notes: Vec<String>,
}

/// Objects of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// New here.
    pub created: usize,
    /// Changed at the source since the last import.
    pub changed: usize,
    /// Not changed at the source.
    pub skipped: usize,
}

impl Outcome {
    /// Whether anything was or would be written.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        let (c, i, m) = (&self.components, &self.incidents, &self.maintenances);
        c.created + c.changed + i.created + i.changed + m.created + m.changed == 0
    }
}

/// Why an import was refused.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It would mix two pages.
    #[error(
        "This installation already shows the page {here} (\"{name}\"), and the import is of page {theirs}. Nothing was changed. \
         To put the import into the page that is here, add: --page {here}"
    )]
    OtherPage {
        /// Our page.
        here: Id,
        /// Its name.
        name: String,
        /// The import's page.
        theirs: Id,
    },
    /// `--page` names no page of ours.
    #[error("There is no page {0} here. Nothing was changed. The page here is {1}.")]
    NoSuchPage(Id, Id),
    /// The document contradicts itself.
    #[error("{0} Nothing was changed.")]
    Contradiction(String),
    /// The database failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        match error {
            // A guarded write found the id under another parent.
            StoreError::Missing { .. } => Self::Contradiction(format!("An id of this document stands for something else here: {error}")),
            error => Self::Store(error),
        }
    }
}

/// What the kept digest says of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Novelty {
    Created,
    Changed,
    Same,
}

impl Count {
    pub(super) const fn add(&mut self, novelty: Novelty) {
        match novelty {
            Novelty::Created => self.created += 1,
            Novelty::Changed => self.changed += 1,
            Novelty::Same => self.skipped += 1,
        }
    }
}
