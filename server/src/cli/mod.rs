//! What can be asked of the binary: a file per subcommand. Exit codes: 0 done, 2 bad use or bad input (one sentence, nothing
//! changed), 1 failed.

mod check;
mod demo;
mod doctor;
mod import;
mod import_subscribers;
mod mail;
mod migrate;
mod serve;
mod staff;
mod token;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use app::words::Role;
use clap::{Parser, Subcommand};

use crate::actions::ActionError;
use crate::config::{Config, ConfigError};
use crate::start::StartError;
use crate::store::StoreError;

#[derive(Parser)]
#[command(name = "allclear", version, about = "A status page and incident communication service", propagate_version = true)]
struct Cli {
    /// Settings file; without it allclear.toml in the working folder is read, if there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the page
    Serve(serve::Args),
    /// Serve an invented platform from data-demo/, made anew each day
    Demo,
    /// Take over what another system knows
    Import(import::Args),
    /// Add people who may write
    Staff(staff::Args),
    /// Make tokens for programs that may write
    Token(token::Args),
    /// See whether mails arrive
    Mail(mail::Args),
    /// Look at everything a start and mails need: one line each, ok, warning or wrong, and what to do
    Doctor,
    /// Bring the database up to date and stop
    Migrate,
}

/// Why a subcommand did not do what it was asked to.
#[derive(Debug)]
pub enum Failure {
    /// The person can mend it: exit code 2, nothing changed.
    Input(String),
    /// It failed: exit code 1.
    Fault(anyhow::Error),
}

impl Failure {
    /// What the person gave cannot be used.
    pub fn input(sentence: impl std::fmt::Display) -> Self {
        Self::Input(sentence.to_string())
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::input(error)
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        if error.is_input() { Self::input(error) } else { Self::Fault(error.into()) }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Fault(error)
    }
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Store(error) => error.into(),
            refused => Self::input(refused),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

/// Reads the command line and does what it says.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // `--help` and `--version` come this way too, with exit code 0. Nowhere to tell if even that cannot be printed.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match run_command(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Input(sentence)) => {
            complain(&sentence);
            ExitCode::from(2)
        }
        Err(Failure::Fault(error)) => {
            complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}

fn run_command(cli: Cli) -> Result<(), Failure> {
    let config = Config::load(cli.config.as_deref())?;
    log_to_stderr(&config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(anyhow::Error::from)?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(args) => serve::run(config, &args).await,
            Command::Demo => demo::run(config).await,
            Command::Import(args) => import::run(&config, &args).await,
            Command::Staff(args) => staff::run(&config, &args).await,
            Command::Token(args) => token::run(&config, &args).await,
            Command::Mail(args) => mail::run(&config, &args).await,
            Command::Doctor => doctor::run(&config).await,
            Command::Migrate => migrate::run(&config).await,
        }
    })
}

fn log_to_stderr(config: &Config) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_new(format!("tokio_cron_scheduler=warn,{}", config.log))
        .map_err(|error| Failure::input(format!("log is \"{}\", which is no log filter: {error}.", config.log)))?;
    let logger = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        .with_ansi(std::io::stderr().is_terminal());
    // A second logger in one process can only be a test's: the first one stays.
    let _ = logger.try_init();
    Ok(())
}

/// A role as the command line spells it.
fn role(text: &str) -> Result<Role, &'static str> {
    text.parse().map_err(|_| "it must be owner, admin, responder or viewer")
}

/// One line on standard output, for the person at the terminal. Who has stopped listening does not stop the work.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn complain(line: &str) {
    let _ = writeln!(std::io::stderr(), "allclear: {line}");
}
