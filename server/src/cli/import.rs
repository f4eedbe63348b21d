//! `allclear import statuspage FILE|URL`; its sibling `import subscribers` stands in `import_subscribers.rs`

use app::words::Id;
use clap::{Parser, Subcommand};
use serde::Deserialize;

use super::{Failure, import_subscribers, say};
use crate::actions::import::{self, ImportError, Outcome, Source, source};
use crate::channels::guard::OperatorFetch;
use crate::clock::Clock;
use crate::config::Config;
use crate::start;

/// Largest document read: the history of a decade is a tenth of it.
const LARGEST: usize = 64 * 1024 * 1024;

#[derive(Parser)]
pub struct Args {
    #[command(subcommand)]
    from: From,
}

#[derive(Subcommand)]
enum From {
    /// A page in the field's public v2 shape: one file with all of it, or the page's address
    Statuspage(Statuspage),
    /// Subscribers who consented elsewhere, from a CSV file; they are active at once, and nobody is mailed
    Subscribers(import_subscribers::Args),
}

#[derive(Parser)]
struct Statuspage {
    /// A JSON file with page, components, incidents and scheduled_maintenances, or the address of a page
    #[arg(value_name = "FILE|URL")]
    from: String,
    /// The page here that takes the import; needed where it is not empty and has another id
    #[arg(long, value_name = "ID")]
    page: Option<String>,
    /// Only report what would be created, changed and skipped
    #[arg(long)]
    dry_run: bool,
}

/// Imports, and reports what was done.
pub async fn run(config: &Config, args: &Args) -> Result<(), Failure> {
    match &args.from {
        From::Statuspage(args) => statuspage(config, args).await,
        From::Subscribers(args) => import_subscribers::run(config, args).await,
    }
}

async fn statuspage(config: &Config, args: &Statuspage) -> Result<(), Failure> {
    let page = args.page.as_deref().map(Id::parse).transpose().map_err(|error| Failure::input(format!("--page: {error}.")))?;
    let source =
        if args.from.starts_with("http://") || args.from.starts_with("https://") { fetch(&args.from).await? } else { read(&args.from)? };
    let clock = Clock::system();
    let db = start::open(config).await?;
    start::prepare(&db, &clock, config).await?;
    let outcome = match import::run(&db, &source, page.as_ref(), args.dry_run, clock.now()).await {
        Ok(outcome) => outcome,
        Err(ImportError::Store(error)) => return Err(error.into()),
        Err(refused) => return Err(Failure::input(refused)),
    };
    report(&outcome, args.dry_run);
    Ok(())
}

fn read(file: &str) -> Result<Source, Failure> {
    if let Some((scheme, _)) = file.split_once("://") {
        return Err(Failure::input(format!("{scheme}: addresses are not read; name a file, or an http or https address.")));
    }
    let refuse = |why: String| Failure::input(format!("The file {file:?} cannot be read: {why}."));
    let metadata = std::fs::metadata(file).map_err(|error| refuse(error.to_string()))?;
    if metadata.is_dir() {
        return Err(refuse("it is a folder".to_owned()));
    }
    if !metadata.is_file() {
        return Err(refuse("it is no plain file".to_owned()));
    }
    if metadata.len() > LARGEST as u64 {
        return Err(refuse(format!("it is larger than {} MB", LARGEST / (1024 * 1024))));
    }
    let bytes = std::fs::read(file).map_err(|error| refuse(error.to_string()))?;
    source::parse(file, &bytes).map_err(Failure::input)
}

/// Reads the documents of a page's public API.
async fn fetch(address: &str) -> Result<Source, Failure> {
    #[derive(Deserialize)]
    struct Components {
        page: source::Page,
        components: Vec<source::Row>,
    }
    #[derive(Deserialize)]
    struct Incidents {
        incidents: Vec<source::Incident>,
    }
    #[derive(Deserialize)]
    struct Maintenances {
        scheduled_maintenances: Vec<source::Maintenance>,
    }
    async fn document<T: serde::de::DeserializeOwned>(client: &OperatorFetch, base: &str, name: &str) -> Result<T, Failure> {
        let address = format!("{base}/api/v2/{name}.json");
        let bytes = client.get(&address, LARGEST).await.map_err(|error| Failure::input(format!("{error}. Nothing was changed.")))?;
        source::parse(&address, &bytes).map_err(Failure::input)
    }
    let base = address.trim_end_matches('/').trim_end_matches("/api/v2").trim_end_matches('/');
    let client = OperatorFetch::new().map_err(anyhow::Error::from)?;
    let Components { page, components } = document(&client, base, "components").await?;
    let Incidents { incidents } = document(&client, base, "incidents").await?;
    let Maintenances { scheduled_maintenances } = document(&client, base, "scheduled-maintenances").await?;
    Ok(Source { page, components, incidents, scheduled_maintenances })
}

fn report(outcome: &Outcome, dry_run: bool) {
    let would = if dry_run { "would be " } else { "" };
    for (what, count) in
        [("components", outcome.components), ("incidents", outcome.incidents), ("scheduled maintenances", outcome.maintenances)]
    {
        say(&format!("{what}: {} {would}created, {} {would}changed, {} {would}skipped", count.created, count.changed, count.skipped));
    }
    if outcome.updates > 0 {
        say(&format!("with {} updates, of which {} are post-mortems", outcome.updates, outcome.postmortems));
    }
    for note in &outcome.notes {
        say(note);
    }
    if dry_run {
        say("This was a dry run: nothing was changed.");
    } else if outcome.is_nothing() {
        say("Nothing was changed.");
    } else {
        say(&format!("Imported into page {}. Nobody was notified.", outcome.page));
    }
}
