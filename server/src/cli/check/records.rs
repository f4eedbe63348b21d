//! The records in DNS that receivers of our mails look at.

use std::net::IpAddr;
use std::time::Duration;

use super::Report;
use crate::channels::dns::Dns;
use crate::channels::guard::address::public_address;
use crate::config::{Config, Smtp};
use crate::domain::address;
use crate::domain::mail_records::{Finding, dkim, dmarc, reverse, spf};

/// A person who waits at a terminal has more patience than one before a form.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of a relay with many addresses so many are looked at.
const MOST_ADDRESSES: usize = 4;

/// Looks at all of them.
pub async fn look(report: &mut Report, config: &Config, smtp: &Smtp) {
    let dns = Dns::patient(&config.dns_servers, PATIENCE);
    // The settings were read: there is an address in it.
    let sender: Result<lettre::message::Mailbox, _> = smtp.from.parse();
    let Ok(sender) = sender else { return };
    let sender = address::domain(sender.email.as_ref());
    report.tell(&allowed(&dns, &sender, &smtp.host).await);
    report.tell(&key(&dns, smtp).await);
    for finding in policy(&dns, &sender, smtp).await {
        report.tell(&finding);
    }
    for finding in names(&dns, &smtp.host).await {
        report.tell(&finding);
    }
}

async fn allowed(dns: &Dns, sender: &str, relay: &str) -> Finding {
    let mut known = spf::Known::new();
    while let Some(next) = spf::next(sender, &known) {
        let texts = dns.texts(&next).await;
        known.insert(next, texts);
    }
    spf::judge(sender, &known, relay)
}

async fn key(dns: &Dns, smtp: &Smtp) -> Finding {
    match &smtp.dkim {
        Some(signs) => {
            let name = dkim::name(&signs.selector, &signs.domain);
            dkim::judge(&name, &dns.texts(&name).await, &signs.key.public())
        }
        None => dkim::unsigned(),
    }
}

async fn policy(dns: &Dns, sender: &str, smtp: &Smtp) -> Vec<Finding> {
    let mut asked = Vec::new();
    for place in dmarc::places(sender) {
        let answer = dns.texts(&place).await;
        let here = dmarc::is_here(&answer);
        asked.push((place, answer));
        if here {
            break;
        }
    }
    dmarc::judge(sender, &asked, smtp.dkim.as_ref().map(|signs| signs.domain.as_str()))
}

/// The relay's own addresses, as far as they are what the world sees.
async fn names(dns: &Dns, relay: &str) -> Vec<Finding> {
    let addresses = match relay.trim_matches(['[', ']']).parse::<IpAddr>() {
        Ok(literal) => vec![literal],
        Err(_) => dns.addresses(relay).await,
    };
    let mut findings = Vec::new();
    for address in addresses.into_iter().filter(|address| public_address(*address).is_ok()).take(MOST_ADDRESSES) {
        let names = dns.names(address).await;
        let mut confirmed = None;
        for name in names.known().unwrap_or_default().iter().take(MOST_ADDRESSES) {
            if dns.addresses(name).await.contains(&address) {
                confirmed = Some(name.as_str());
                break;
            }
        }
        findings.push(reverse::judge(&address.to_string(), &names, confirmed));
    }
    if findings.is_empty() { vec![reverse::unknown(relay)] } else { findings }
}
