//! The only place that knows SQL: one text for two engines.
//!
//! Read in this order: [`Db`] and [`Tx`] (where rows live, and the transaction every function takes), `macros` (the `match` over the
//! engines), `values` (what is bound and read), then one file per noun.
//!
//! | write | not | because |
//! |---|---|---|
//! | bind the time given | `now()`, `current_timestamp` | the latter runs on SQLite and is silently wrong |
//! | `cast(sum(x) as bigint)`, `bigint` columns | `sum(x)`, `integer` | PostgreSQL types are exact |
//! | `case when`, `lower(a) like lower($1)` | `greatest`, `ilike` | one engine each |
//! | guarded `update … where state = 'pending' and id in (select … limit n) returning …` | `for update skip locked` alone | SQLite has none |
//! | days as text, rolled up in Rust | `date_trunc`, `strftime` | they differ |
//! | [`StoreError::is_unique_violation`] | names of constraints | SQLite gives none |

#[macro_use]
mod macros;

mod db;
mod error;
mod migrate;
mod tx;
mod values;

pub mod absences;
pub mod action_items;
pub mod advice;
pub mod announcements;
pub mod audience;
pub mod audit;
pub mod bounces;
pub mod certificates;
pub mod check_batches;
mod check_rows;
pub mod checks;
pub mod component_templates;
pub mod components;
pub mod count;
pub mod deliveries;
pub mod delivery_reads;
pub mod feedback;
pub mod follows;
pub mod heartbeats;
pub mod imports;
pub mod incident_updates;
pub mod incidents;
pub mod jobs;
pub mod load;
pub mod look;
pub mod maintenances;
pub mod monitor_events;
pub mod monitor_failures;
pub mod monitor_sheets;
pub mod monitors;
pub mod mutes;
pub mod notifications;
pub mod page_reads;
pub mod pages;
pub mod postmortem_files;
pub mod postmortem_sheets;
pub mod postmortems;
pub mod response_times;
pub mod series;
pub mod sessions;
pub mod settlements;
pub mod sightings;
pub mod staff;
pub mod statistics;
pub mod status_changes;
pub mod subscriber_exports;
pub mod subscriber_imports;
pub mod subscriber_sharing;
pub mod subscriber_zones;
pub mod subscribers;
pub mod tokens;
pub mod told;
pub mod translations;
mod updates;
pub mod votes;

pub use db::{Db, SqliteDb};
pub use error::{MigrateError, OpenError, StoreError};
pub use migrate::Examined;
pub use tx::Tx;
pub use values::micros;
