//! `allclear demo`

use std::path::PathBuf;

use super::{Failure, serve};
use crate::actions;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::World;

/// Where the demonstration lives.
const FOLDER: &str = "data-demo";

/// Serves the demonstration, made anew when it is older than today.
pub async fn run(config: Config) -> Result<(), Failure> {
    let data_dir = PathBuf::from(FOLDER);
    let database_url = format!("sqlite:{}", data_dir.join("allclear.db").display());
    let world = World::open().await.map_err(anyhow::Error::from)?;
    let config = world.settle(Config { data_dir, database_url, ..config }).map_err(anyhow::Error::from)?;
    let catcher = world.catcher.clone();
    let surroundings = tokio::spawn(world.run(Clock::system()));
    let seed = async |config: &Config, clock: &Clock| actions::demo::make(config, clock).await.map_err(Failure::from);
    let served = serve::serve(config, true, true, Some(catcher), seed).await;
    surroundings.abort();
    served
}
