//! `allclear token create NAME --role R`

use app::words::TokenRole;
use chrono::TimeDelta;
use clap::{Parser, Subcommand};

use super::{Failure, say};
use crate::actions::people::tokens;
use crate::actions::{Act, Actor};
use crate::clock::Clock;
use crate::config::Config;
use crate::start;

#[derive(Parser)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make a token for a program; it is the last word printed, and shown only this once
    Create(Create),
}

#[derive(Parser)]
struct Create {
    /// What it is for; the audit calls it so
    name: String,
    /// What it may do: owner, admin, responder or viewer, or bounces for a mail server that hands in what came back
    #[arg(long, value_parser = role)]
    role: TokenRole,
    /// Days it is good for; without it, until it is taken back
    #[arg(long, value_name = "N")]
    expires_days: Option<String>,
}

/// Makes one.
pub async fn run(config: &Config, args: &Args) -> Result<(), Failure> {
    let What::Create(args) = &args.what;
    let name = tokens::name(&args.name).map_err(|problem| Failure::input(problem.sentence))?;
    let life = args.expires_days.as_deref().map(tokens::life).transpose();
    let life = life.map_err(|problem| Failure::input(format!("--expires-days: {}", problem.sentence)))?;
    let clock = Clock::system();
    let db = start::open(config).await?;
    let page = start::prepare(&db, &clock, config).await?.page;
    let system = Actor::system();
    let act = Act { db: &db, actor: &system, now: clock.now(), undo: TimeDelta::zero() };
    let (token, secret) = tokens::create(act, &page, &name, args.role, life.map(|life| act.now + life)).await?;
    db.close().await;
    say(&format!("The token {:?} is shown only now; keep it like a password: {secret}", token.name));
    Ok(())
}

/// What a token is good for, as the command line spells it.
fn role(text: &str) -> Result<TokenRole, &'static str> {
    text.parse().map_err(|_| "it must be owner, admin, responder or viewer, or bounces for a mail server")
}
