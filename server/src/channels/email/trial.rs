//! The mail that `allclear mail test` sends: put together, signed and handed over as every other.

use chrono::{DateTime, Utc};
use lettre::message::{Mailbox, MultiPart};

use super::template::escaped;
use super::{Unfit, Written, fit, headed, signed};
use crate::channels::smtp::Mail;
use crate::config::Smtp;

/// A mail to one address that says what it is. `tag` makes its Message-ID its own.
///
/// # Errors
/// [`Unfit`] where it cannot be made.
pub fn trial(smtp: &Smtp, public_url: &str, address: &str, tag: u128, now: DateTime<Utc>) -> Result<Written, Unfit> {
    let from: Mailbox = fit::header("sender", smtp.from.clone())?.parse().map_err(|_| Unfit::Sender)?;
    let to = fit::recipient(address)?;
    let message_id = format!("<{tag:032x}@{}>", from.email.domain());
    let signature = match &smtp.dkim {
        Some(dkim) => format!("It is signed by {} with the key {}.", dkim.domain, dkim.selector),
        None => "Allclear did not sign it.".to_owned(),
    };
    let lines = [
        format!("This mail was sent by hand to see whether mails of the status page at {public_url} arrive."),
        format!("{signature} Your mail program can show what it makes of that: look for \"dkim=pass\" and \"dmarc=pass\" in its headers."),
        "Nothing else comes of it: nobody was subscribed.".to_owned(),
    ];
    let html: String = lines.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    let builder = lettre::Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to.clone()))
        .subject("Test mail of your status page")
        .date(now.into())
        .message_id(Some(message_id.clone()));
    let builder = headed(builder, "Auto-Submitted", "auto-generated".to_owned());
    let html = format!("<!doctype html>\n<html lang=\"en\"><body>\n{html}</body></html>\n");
    let body = MultiPart::alternative_plain_html(lines.join("\n\n") + "\n", html);
    let message = builder.multipart(body).map_err(|error| Unfit::Library(error.to_string()))?;
    let bytes = signed(message.formatted(), smtp.dkim.as_ref(), now)?;
    Ok(Written { mail: Mail { from: from.email.to_string(), to: to.to_string(), bytes }, message_id })
}
