//! Which addresses are anybody's on the internet, and which belong to this machine, this network or nobody (reliability X12).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not a public one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// `0.0.0.0/8`, `::`: this host.
    Unspecified,
    /// `127.0.0.0/8`, `::1`.
    Loopback,
    /// `10.0.0.0/8`, `172.16.0.0/12`, `192.168.0.0/16`, `fc00::/7`, `fec0::/10`.
    Private,
    /// `169.254.0.0/16`, `fe80::/10`: where clouds keep their metadata.
    LinkLocal,
    /// `100.64.0.0/10`: between a provider and its customers.
    SharedByProvider,
    /// Set apart for examples.
    Documentation,
    /// `198.18.0.0/15`, `2001:2::/48`.
    Benchmarking,
    /// To many at once, broadcast included.
    Multicast,
    /// Set apart for the future, for protocols, or to go nowhere.
    Reserved,
    /// Carries another address within it that is not public, or leads through a relay that nobody can know.
    Translated,
}

/// Whether this is an address that anybody on the internet may be asked for.
///
/// # Errors
/// The [`Class`] of an address that is not.
pub fn public_address(address: IpAddr) -> Result<(), Class> {
    match address {
        IpAddr::V4(address) => public_v4(address),
        IpAddr::V6(address) => public_v6(address),
    }
}

fn public_v4(address: Ipv4Addr) -> Result<(), Class> {
    let class = match address.octets() {
        [0, ..] => Class::Unspecified,
        [127, ..] => Class::Loopback,
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] => Class::Private,
        [169, 254, ..] => Class::LinkLocal,
        [100, 64..=127, ..] => Class::SharedByProvider,
        [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _] => Class::Documentation,
        [198, 18 | 19, ..] => Class::Benchmarking,
        // Protocol assignments, the withdrawn relay of 6to4, and the services that answer for everybody's names.
        [192, 0, 0, _] | [192, 88, 99, _] | [192, 31, 196, _] | [192, 52, 193, _] | [192, 175, 48, _] => Class::Reserved,
        [224..=239, ..] | [255, 255, 255, 255] => Class::Multicast,
        [240..=255, ..] => Class::Reserved,
        _ => return Ok(()),
    };
    Err(class)
}

fn public_v6(address: Ipv6Addr) -> Result<(), Class> {
    let class = match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Class::Unspecified,
        [0, 0, 0, 0, 0, 0, 0, 1] => Class::Loopback,
        // An IPv4 address in other clothes is never the way to a public host: whoever writes one wants to get past a check.
        // Mapped and compatible, the two prefixes of NAT64, 6to4, Teredo.
        [0, 0, 0, 0, 0, 0xffff | 0, ..] | [0, 0, 0, 0, 0xffff, 0, ..] | [0x64, 0xff9b, ..] | [0x2002, ..] | [0x2001, 0, ..] => {
            Class::Translated
        }
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Class::Documentation,
        [0x2001, 2, 0, ..] => Class::Benchmarking,
        // Discard-only, protocol assignments, segment routing.
        [0x100, 0, 0, ..] | [0x2001, 0..=0x1ff, ..] | [0x5f00, ..] => Class::Reserved,
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Class::Private,
        [0xfe80..=0xfebf, ..] => Class::LinkLocal,
        [0xff00..=0xffff, ..] => Class::Multicast,
        // Only 2000::/3 is given out.
        [0x2000..=0x3fff, ..] => return Ok(()),
        _ => Class::Reserved,
    };
    Err(class)
}
