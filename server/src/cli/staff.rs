//! `allclear staff add EMAIL --role R`

use std::io::{BufRead as _, IsTerminal as _, Read as _};

use app::words::Role;
use chrono::TimeDelta;
use clap::{Parser, Subcommand};

use super::{Failure, role, say};
use crate::actions::people::members::{self, Added};
use crate::actions::people::passwords::Passwords;
use crate::actions::{Act, ActionError, Actor};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::address;
use crate::domain::password::{LONGEST, Password};
use crate::start;

#[derive(Parser)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Add a member of staff, or reset password and role of one who is there; the password is one line of standard input
    Add(Add),
}

#[derive(Parser)]
struct Add {
    /// The address they sign in with
    email: String,
    /// What they may do: owner, admin, responder or viewer
    #[arg(long, value_parser = role)]
    role: Role,
}

/// Adds or resets, once all that was given can be used.
pub async fn run(config: &Config, args: &Args) -> Result<(), Failure> {
    let What::Add(args) = &args.what;
    let email = address::parse(&args.email).map_err(|bad| Failure::input(format!("EMAIL is {:?}. {bad}", args.email)))?;
    let password = password()?;
    let clock = Clock::system();
    let db = start::open(config).await?;
    let page = start::prepare(&db, &clock, config).await?.page;
    let hashed = Passwords::default().hash(password).await.map_err(anyhow::Error::from)?;
    let system = Actor::system();
    let act = Act { db: &db, actor: &system, now: clock.now(), undo: TimeDelta::zero() };
    let added = members::add(act, &page, &email, args.role, hashed).await.map_err(|error| match error {
        ActionError::Conflict(sentence) => Failure::input(format!("{sentence} Nothing was changed.")),
        other => other.into(),
    });
    match added? {
        Added::New => say(&format!("{email} is added as {}.", args.role)),
        Added::Reset => {
            say(&format!("{email} was there: password and role ({}) are set anew, and all their sessions have ended.", args.role))
        }
    }
    db.close().await;
    Ok(())
}

/// One line of standard input, without its end.
fn password() -> Result<Password, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        say("Type the password and press Enter. It is shown as you type.");
    }
    let unreadable = |error: std::io::Error| {
        Failure::input(format!("The password could not be read from standard input: {error}. Nothing was changed."))
    };
    let mut line = String::new();
    // A character has at most 4 bytes; a longer line is too long whatever follows.
    input.lock().take(LONGEST as u64 * 4 + 2).read_line(&mut line).map_err(unreadable)?;
    let text = line.strip_suffix('\n').map_or(line.as_str(), |text| text.strip_suffix('\r').unwrap_or(text));
    if text.is_empty() {
        return Err(Failure::input("The password is missing: give it as one line of standard input. Nothing was changed."));
    }
    Password::new(text).map_err(|bad| Failure::input(format!("{bad} Nothing was changed.")))
}
