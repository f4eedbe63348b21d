//! `allclear serve`

use std::sync::Arc;

use clap::{Parser, ValueEnum};
use tokio::signal::unix::{SignalKind, signal};

use super::{Failure, say};
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::catcher::Catcher;
use crate::service::{Plan, Service};
use crate::start;

#[derive(Parser)]
pub struct Args {
    /// What this process does; several processes on one PostgreSQL may share the work
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Role::Web, Role::Workers])]
    role: Vec<Role>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Role {
    /// Serves readers
    Web,
    /// Works in the background
    Workers,
}

/// Serves until it is told to stop.
pub async fn run(config: Config, args: &Args) -> Result<(), Failure> {
    let (web, works) = (args.role.contains(&Role::Web), args.role.contains(&Role::Workers));
    serve(config, web, works, None, async |_, _| Ok(())).await
}

/// Serves readers where `web` says so and works where `works` does; `seed` may fill the database before anything is shown, under the lock of the one process
/// that serves it.
pub async fn serve(
    mut config: Config,
    web: bool,
    works: bool,
    demo: Option<Arc<Catcher>>,
    seed: impl AsyncFnOnce(&Config, &Clock) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let clock = Clock::system();
    let listener = if web { Some(start::listen("listen", config.listen).await?) } else { None };
    let admin_listener = start::listen("admin_listen", config.admin_listen).await?;
    let address = listener.as_ref().map(|listener| listener.local_addr()).transpose().map_err(anyhow::Error::from)?;
    // Port 0 took a free one: unless readers reach the page elsewhere, that is where it is.
    if let Some(address) = address.filter(|_| config.public_url == format!("http://{}", config.listen)) {
        config.public_url = format!("http://{address}");
    }
    let mut db = start::open(&config).await?;
    let _lock = db.sqlite_path().map(start::lock).transpose()?;
    if demo.is_some() {
        // Seeding may replace the file: it is opened anew afterwards.
        db.close().await;
        seed(&config, &clock).await?;
        db = start::open(&config).await?;
    }
    let public_url = config.public_url.clone();
    let is_demo = demo.is_some();
    let mut service = Service::start(Plan { config, clock, db, listener, admin_listener, demo, works }).await?;
    // Before anything is said: whoever hears it may answer at once.
    let mut terminate = signal(SignalKind::terminate()).map_err(anyhow::Error::from)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(anyhow::Error::from)?;
    if let Some(address) = address {
        say(&format!("Allclear serves the page at http://{address}"));
        if public_url != format!("http://{address}") {
            say(&format!("Readers reach it at {public_url}"));
        }
        if is_demo {
            super::demo::greet(&format!("http://{address}"));
        }
    }
    let announced = service.set_up();
    let announced = async move {
        let address = announced.await;
        if web {
            say(&format!("Set up Allclear at {address}"));
        }
        // What was said is no reason to end.
        std::future::pending::<()>().await;
    };
    let mut told = async || tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} };
    let unasked = tokio::select! {
        () = told() => false,
        () = service.ended() => true,
        () = announced => false,
    };
    // Whoever asks twice does not want to wait for what is under way (reliability Q16); the leases tell the next start.
    tokio::select! {
        () = service.end() => {}
        () = told() => return Err(Failure::Fault(anyhow::anyhow!("told to end twice: what was under way was not waited for"))),
    }
    if unasked { Err(Failure::Fault(anyhow::anyhow!("the database cannot be used; the log says why"))) } else { Ok(()) }
}
