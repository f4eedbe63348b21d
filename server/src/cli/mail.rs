//! `allclear mail test ADDRESS`

use clap::{Parser, Subcommand};

use super::check::{Report, records, relay};
use super::{Failure, say};
use crate::channels::email::{self, Unfit};
use crate::channels::smtp::{Pool, Relay};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::address;
use crate::domain::mail_records::Finding;
use crate::domain::relay::Outcome;

#[derive(Parser)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Look at what DNS says about the sender, and send one signed mail
    Test(Test),
}

#[derive(Parser)]
struct Test {
    /// Who gets the mail
    #[arg(value_name = "ADDRESS")]
    address: String,
}

/// Looks, sends, and says what the relay answered.
pub async fn run(config: &Config, args: &Args) -> Result<(), Failure> {
    let What::Test(args) = &args.what;
    let address = address::parse(&args.address).map_err(|bad| Failure::input(format!("ADDRESS is {:?}. {bad}", args.address)))?;
    let Some(smtp) = &config.smtp else {
        return Err(Failure::input("There is no mail relay to test: set smtp_url and mail_from."));
    };
    let (owned, public_url, now) = (smtp.clone(), config.public_url.clone(), Clock::system().now());
    let written = email::apart(true, move || email::trial(&owned, &public_url, &address, rand::random(), now)).await.map_err(unfit)?;
    let mut report = Report::default();
    records::look(&mut report, config, smtp).await;
    let pool = Pool::new(Relay::new(smtp));
    let outcome = pool.turn().await.send(&written.mail, || async { true }).await;
    pool.close().await;
    let words = relay::words(&outcome);
    report.tell(&match outcome {
        Outcome::Accepted(_) => Finding::ok("mail", words),
        _ => Finding::wrong("mail", words),
    });
    say(&format!("The mail to {} is {}", written.mail.to, written.message_id));
    report.end()
}

fn unfit(unfit: Unfit) -> Failure {
    Failure::input(format!("The test mail cannot be made: {unfit}."))
}
