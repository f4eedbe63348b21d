//! `allclear migrate`

use super::{Failure, say};
use crate::clock::Clock;
use crate::config::Config;
use crate::start;

/// Brings the database up to date.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let db = start::open(config).await?;
    start::prepare(&db, &Clock::system(), config).await?;
    say("The database is up to date.");
    Ok(())
}
