//! `allclear demo`

use std::path::PathBuf;

use chrono::TimeDelta;

use super::{Failure, say, serve};
use crate::actions::demo::life;
use crate::actions::people::passwords::Passwords;
use crate::actions::{self, Act, Actor};
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::World;
use crate::domain::password::Password;
use crate::start;

/// Where the demonstration lives.
const FOLDER: &str = "data-demo";
/// No secret: it is printed, and good for loopback only.
const PASSWORD: &str = "demonstration";

/// Serves the demonstration, made anew when it is older than today.
pub async fn run(config: Config) -> Result<(), Failure> {
    let data_dir = PathBuf::from(FOLDER);
    let database_url = format!("sqlite:{}", data_dir.join("allclear.db").display());
    let world = World::open().await.map_err(anyhow::Error::from)?;
    let config = world.settle(Config { data_dir, database_url, ..config }).map_err(anyhow::Error::from)?;
    let targets = world.targets().map_err(anyhow::Error::from)?;
    let catcher = world.catcher.clone();
    let surroundings = tokio::spawn(world.run(Clock::system()));
    let seed = async |config: &Config, clock: &Clock| begin(config, clock, &targets).await;
    let served = serve::serve(config, true, true, Some(catcher), seed).await;
    surroundings.abort();
    served
}

/// Says what there is beside the page.
pub(super) fn greet(origin: &str) {
    say(&format!("Sign in at {origin}/staff as {} with the password \"{PASSWORD}\", from this machine only", life::EMAIL));
    say(&format!("Mails go to nobody; read them at {origin}/demo/mails"));
}

async fn begin(config: &Config, clock: &Clock, targets: &str) -> Result<(), Failure> {
    actions::demo::make(config, clock).await?;
    let db = start::open(config).await?;
    start::prepare(&db, clock, config).await?;
    let password = Password::new(PASSWORD).map_err(Failure::input)?;
    let hashed = Passwords::default().hash(password).await.map_err(anyhow::Error::from)?;
    let system = Actor::system();
    let act = Act { db: &db, actor: &system, now: clock.now(), undo: TimeDelta::zero() };
    life::begin(act, targets, hashed).await.map_err(anyhow::Error::from)?;
    db.close().await;
    Ok(())
}
