//! What may be asked for: an `http` or `https` address, read by one parser only, whose result is what is checked and connected to
//! (reliability X13, X15, X21).

use std::net::{IpAddr, Ipv6Addr};

use app::words::MonitorKind;
use ipnet::IpNet;
use url::{Host, Url};

use super::address::public_address;

/// Longer addresses are somebody's mistake.
const LONGEST: usize = 2_048;

/// A checked `http` or `https` address.
#[derive(Clone, PartialEq, Eq)]
pub struct Target(Url);

/// Why an address cannot be asked for, as the person who typed it reads it. The address itself is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing was given.
    #[error("Give the address that is to be checked, such as https://api.example.com/health.")]
    Empty,
    /// It goes on and on.
    #[error("This address is too long: at most {LONGEST} characters can be asked for.")]
    TooLong,
    /// Spaces, control characters, backslashes.
    #[error(
        "An address cannot hold spaces, line breaks, control characters or backslashes. Remove them, or write them as %20 and the like."
    )]
    BadCharacter,
    /// No address at all.
    #[error("This is not an address that can be understood. Write it as https://api.example.com/health.")]
    Unreadable,
    /// Neither `http` nor `https`.
    #[error("Only addresses that begin with http:// or https:// can be checked.")]
    Scheme,
    /// No host with a port.
    #[error("Write a host and a port, such as db.example.com:5432, or [2001:db8::1]:5432.")]
    HostAndPort,
    /// More than a host, or a host and a port.
    #[error("Write a host, and its port unless it is 443, such as www.example.com or mail.example.com:465.")]
    HostMaybePort,
    /// More than a host.
    #[error("Write a host alone, such as www.example.com, without a port or anything else.")]
    HostAlone,
    /// More than a name.
    #[error("Write the name that is looked up alone, such as www.example.com.")]
    NameAlone,
    /// A name or a password before the host.
    #[error("An address cannot carry a name or a password. Send them in a request header instead.")]
    Userinfo,
    /// The host is no name.
    #[error("The host in this address is not a valid name: letters, digits and dashes, parted by single dots.")]
    Host,
    /// Port 0.
    #[error("The port must be a number from 1 to 65535.")]
    Port,
    /// Not a public address.
    #[error(
        "This address is in a private or reserved network, which monitors may not reach. Whoever runs Allclear can allow it with \
         allow_private_targets."
    )]
    Private,
}

impl Target {
    /// Reads an address. What it resolves to is checked when it is connected to; a literal address can be checked now
    /// ([`Target::allowed`]).
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.len() > LONGEST {
            return Err(TargetError::TooLong);
        }
        // The parser would drop or turn these in silence, so that we would ask for something else than was written.
        if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
            return Err(TargetError::BadCharacter);
        }
        let url = Url::parse(text).map_err(|error| match error {
            url::ParseError::InvalidPort => TargetError::Port,
            url::ParseError::RelativeUrlWithoutBase => TargetError::Unreadable,
            _ => TargetError::Host,
        })?;
        Self::checked(url)
    }

    /// What a monitor of that kind asks: an address, or for those that speak no HTTP `host:port`, a host or a name (the scheme that is
    /// called like the kind, as `tcp://`, may stand before it).
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn of(kind: MonitorKind, text: &str) -> Result<Self, TargetError> {
        let bare = text.strip_prefix(kind.as_str()).and_then(|rest| rest.strip_prefix("://")).unwrap_or(text);
        match kind {
            MonitorKind::Tcp => Self::host_with_port(bare),
            MonitorKind::Tls => Self::host_of(bare, "https", TargetError::HostMaybePort),
            MonitorKind::Ping if has_port(bare) => Err(TargetError::HostAlone),
            MonitorKind::Ping => Self::host_of(bare, "http", TargetError::HostAlone),
            MonitorKind::Dns if has_port(bare) => Err(TargetError::NameAlone),
            MonitorKind::Dns => Self::host_of(bare, "http", TargetError::NameAlone),
            _ => Self::parse(text),
        }
    }

    /// A host, maybe with a port. The one parser reads both; the scheme is never spoken, and says which port stands for none.
    fn host_of(text: &str, scheme: &str, wrong: TargetError) -> Result<Self, TargetError> {
        if text.is_empty() {
            return Err(TargetError::Empty);
        }
        if text.contains(['/', '?', '#', '@']) || text.ends_with(':') {
            return Err(wrong);
        }
        // In an address an IPv6 address stands in brackets.
        let (open, close) = if text.parse::<Ipv6Addr>().is_ok() { ("[", "]") } else { ("", "") };
        Self::parse(&format!("{scheme}://{open}{text}{close}/"))
    }

    fn host_with_port(text: &str) -> Result<Self, TargetError> {
        if !text.is_empty() && !has_port(text) {
            return Err(TargetError::HostAndPort);
        }
        // 80 would not be kept, and is the default all the same.
        Self::host_of(text, "http", TargetError::HostAndPort)
    }

    /// Where a redirect leads.
    ///
    /// # Errors
    /// [`TargetError`]
    pub fn redirect(&self, location: &str) -> Result<Self, TargetError> {
        if location.len() > LONGEST {
            return Err(TargetError::TooLong);
        }
        Self::checked(self.0.join(location).map_err(|_| TargetError::Unreadable)?)
    }

    fn checked(mut url: Url) -> Result<Self, TargetError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(TargetError::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(TargetError::Userinfo);
        }
        match url.host() {
            Some(Host::Domain(name)) if is_name(name) => {}
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => {}
            Some(Host::Domain(_)) | None => return Err(TargetError::Host),
        }
        if url.port() == Some(0) {
            return Err(TargetError::Port);
        }
        url.set_fragment(None);
        Ok(Self(url))
    }

    /// Whether a literal address, or the name of this machine, may be asked for; other names show only when they are resolved.
    ///
    /// # Errors
    /// [`TargetError::Private`]
    pub fn allowed(&self, networks: &[IpNet]) -> Result<(), TargetError> {
        let literal = match self.host() {
            Named::Address(address) => Some(address),
            Named::Name(name) => is_this_machine(name).then_some(IpAddr::from([127, 0, 0, 1])),
        };
        match literal {
            Some(address) if !is_allowed(address, networks) => Err(TargetError::Private),
            _ => Ok(()),
        }
    }

    /// Whether TLS comes first.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// The host.
    #[must_use]
    pub fn host(&self) -> Named<'_> {
        match self.0.host() {
            Some(Host::Ipv4(address)) => Named::Address(address.into()),
            Some(Host::Ipv6(address)) => Named::Address(address.into()),
            Some(Host::Domain(name)) => Named::Name(name),
            // `checked` lets nothing without a host pass; an empty name resolves to nothing.
            None => Named::Name(""),
        }
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or(80)
    }

    /// `host:port`, the same for every spelling.
    #[must_use]
    pub fn host_and_port(&self) -> String {
        format!("{}:{}", self.0.host_str().unwrap_or(""), self.port())
    }

    /// What stands in the `Host` header: the port only where it is not the scheme's own.
    #[must_use]
    pub fn host_header(&self) -> String {
        let host = self.0.host_str().unwrap_or("");
        self.0.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// What stands in the request line.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        &self.0[url::Position::BeforePath..url::Position::AfterQuery]
    }

    /// Whether both are served from the same place: secrets of one are not told to another.
    #[must_use]
    pub fn same_origin(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
    }

    /// The address as it was understood.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Addresses carry tokens (reliability X42).
        write!(f, "Target({}://…)", self.0.scheme())
    }
}

/// Whether a port stands at the end; the last part of a bare IPv6 address is none.
fn has_port(text: &str) -> bool {
    let port = text.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']')).map(|(_, port)| port);
    port.is_some_and(|port| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()))
}

/// A host as it is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// By address.
    Address(IpAddr),
    /// By name.
    Name(&'a str),
}

/// Whether an address may be connected to: a public one, or one in a network that the operator allows.
#[must_use]
pub fn is_allowed(address: IpAddr, networks: &[IpNet]) -> bool {
    public_address(address).is_ok() || networks.iter().any(|network| network.contains(&address))
}

/// Labels of 1 to 63 letters, digits, dashes and underlines, at most 253 characters together; one dot at the end is the root.
fn is_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let fits = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (1..=253).contains(&name.len()) && name.split('.').all(fits)
}

fn is_this_machine(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
}
