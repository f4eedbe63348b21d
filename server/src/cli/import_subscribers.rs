//! `allclear import subscribers FILE.csv`

use std::fs::File;

use app::words::Id;
use chrono::TimeDelta;
use clap::Parser;

use super::{Failure, say};
use crate::actions::subscribers::import::{ImportError, Imported, import};
use crate::actions::{Act, Actor};
use crate::clock::Clock;
use crate::config::Config;
use crate::start;
use crate::store::pages;

#[derive(Parser)]
pub struct Args {
    /// A CSV file in UTF-8 whose first line is email,components,consent_date. Components are ids or names, separated by semicolons;
    /// none means all. Columns language, time_zone and state may stand beside them; of a line with a state, only active ones are taken
    #[arg(value_name = "FILE.csv")]
    file: String,
}

/// Imports, and reports what was done.
pub async fn run(config: &Config, args: &Args) -> Result<(), Failure> {
    let file = open(&args.file)?;
    let clock = Clock::system();
    let db = start::open(config).await?;
    start::prepare(&db, &clock, config).await?;
    let page = default_page(&db).await?;
    let (actor, now) = (Actor::system(), clock.now());
    let act = Act { db: &db, actor: &actor, now, undo: TimeDelta::zero() };
    let done = import(&act, &page, file).await;
    db.close().await;
    match done {
        Ok(done) => {
            report(&done);
            Ok(())
        }
        Err(ImportError::Store(error)) => Err(error.into()),
        Err(refused) => Err(Failure::input(format!("{:?} was not imported, and nothing was changed.\n{refused}", args.file))),
    }
}

async fn default_page(db: &crate::store::Db) -> Result<Id, Failure> {
    let page = pages::default_page(&mut db.read().await?).await?;
    Ok(page.ok_or_else(|| anyhow::anyhow!("there is no page"))?.id)
}

fn open(name: &str) -> Result<File, Failure> {
    let refuse = |why: String| Failure::input(format!("The file {name:?} cannot be read: {why}."));
    let file = File::open(name).map_err(|error| refuse(error.to_string()))?;
    let metadata = file.metadata().map_err(|error| refuse(error.to_string()))?;
    if metadata.is_file() { Ok(file) } else { Err(refuse("it is no plain file".to_owned())) }
}

fn report(done: &Imported) {
    say(&format!("{} subscribers imported, {} known already", done.imported, done.known));
    if done.kept_away > 0 {
        say(&format!("{} had left or could not be reached, and come back by confirming only", done.kept_away));
    }
    if done.inactive > 0 {
        say(&format!("{} lines were left out, since their state is not active", done.inactive));
    }
    if done.repeated > 0 {
        say(&format!("{} lines repeated an address, and were taken together with it", done.repeated));
    }
    say("Nobody was mailed.");
}
