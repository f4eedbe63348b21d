//! What a monitor asks name servers, and for which name it wants a certificate: what of it cannot be meant.

use std::net::IpAddr;

use app::words::{MonitorSettings, RecordType};
use ipnet::IpNet;

use super::settings::wrong_text;
use crate::actions::Problem;
use crate::channels::guard::Target;
use crate::channels::guard::names::server_address;
use crate::channels::guard::target::{Named, is_allowed};

/// Answers that can be expected.
const MOST_ANSWERS: usize = 20;
/// Name servers that can be asked: more are not reached in the time of a check.
const MOST_SERVERS: usize = 4;

/// Everything that is wrong with it by itself.
pub(super) fn wrong(networks: &[IpNet], settings: &MonitorSettings) -> Vec<Problem> {
    [answers(settings), servers(networks, settings), server_name(settings)].into_iter().flatten().collect()
}

/// Whether an address is looked up as if it were a name.
pub(super) fn is_no_name(target: &Target, settings: &MonitorSettings) -> Option<Problem> {
    let is_address = matches!(target.host(), Named::Address(_)) && settings.record_type != RecordType::Ptr;
    let sentence = "An address is looked up for PTR records only. Choose PTR, or write a name such as www.example.com.";
    is_address.then(|| Problem::new("target", sentence))
}

fn answers(settings: &MonitorSettings) -> Option<Problem> {
    let (field, answers) = ("expected_answers", &settings.expected_answers);
    if answers.len() > MOST_ANSWERS {
        return Some(Problem::new(field, format!("At most {MOST_ANSWERS} answers can be expected. Remove some.")));
    }
    let is_of_kind = |answer: &String| match (settings.record_type, answer.trim().parse()) {
        (RecordType::A, address) => matches!(address, Ok(IpAddr::V4(_))),
        (RecordType::Aaaa, address) => matches!(address, Ok(IpAddr::V6(_))),
        _ => true,
    };
    if !answers.iter().all(is_of_kind) {
        let sentence = "An A record is an IPv4 address such as 192.0.2.10, an AAAA record an IPv6 address such as 2001:db8::10.";
        return Some(Problem::new(field, sentence));
    }
    answers.iter().find_map(|answer| wrong_text(field, answer, "An answer"))
}

fn servers(networks: &[IpNet], settings: &MonitorSettings) -> Option<Problem> {
    let (field, servers) = ("name_servers", &settings.name_servers);
    if servers.len() > MOST_SERVERS {
        return Some(Problem::new(field, format!("At most {MOST_SERVERS} name servers can be asked. Remove some.")));
    }
    let Some(known) = servers.iter().map(|server| server_address(server)).collect::<Option<Vec<_>>>() else {
        let sentence = "Write name servers as addresses, with a port unless it is 53, such as 192.0.2.53 or [2001:db8::53]:5353.";
        return Some(Problem::new(field, sentence));
    };
    let sentence = "A name server is in a private or reserved network, which monitors may not reach. Whoever runs Allclear can allow it with \
                    allow_private_targets.";
    (!known.iter().all(|server| is_allowed(server.ip(), networks))).then(|| Problem::new(field, sentence))
}

fn server_name(settings: &MonitorSettings) -> Option<Problem> {
    let name = settings.server_name.as_ref()?;
    let is_name = Target::parse(&format!("https://{name}/")).is_ok_and(|target| target.host() == Named::Name(name));
    let sentence = "Write the name in the certificate in small letters, such as www.example.com.";
    (!is_name).then(|| Problem::new("server_name", sentence))
}
