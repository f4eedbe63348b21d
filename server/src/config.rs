//! Settings: `allclear.toml` (flat keys), then the environment (`ALLCLEAR_` and the key in capitals). Nothing else reads either.

mod dead_man;
mod dkim;
mod smtp;
mod values;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

pub use dkim::Dkim;
pub use smtp::{Smtp, SmtpSecurity};
use values::{Values, read_file};

/// Everything that can be set. docs/configuration.md lists the same keys; a test compares the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Folder for the embedded database and the last snapshot.
    pub data_dir: PathBuf,
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// Where readers are served.
    pub listen: SocketAddr,
    /// Where `/healthz`, `/readyz` and `/metrics` are served.
    pub admin_listen: SocketAddr,
    /// Where readers reach the page, without a slash at the end; absolute links begin with it.
    pub public_url: String,
    /// Most connections at once.
    pub connections: usize,
    /// Most connections at once from one address (an IPv6 /64); 0 lifts the limit, as is right behind a proxy.
    pub connections_per_address: usize,
    /// What is logged to standard error: `error`, `warn`, `info`, `debug`, or a filter by module.
    pub log: String,
    /// The key of links and message ids; `None`: one is made and kept in the database.
    pub secret_key: Option<Hidden>,
    /// The mail relay; `None`: the page offers no mail.
    pub smtp: Option<Smtp>,
    /// How long a message can be taken back before mails go out, in seconds.
    pub undo_seconds: u32,
    /// Private networks that monitors and webhooks may reach.
    pub allow_private_targets: Vec<ipnet::IpNet>,
    /// The outside watcher that is called once a minute while all is well; `None`: nobody is.
    pub dead_man_url: Option<Hidden>,
    /// The name servers that are asked about mail; none: those of the system.
    pub dns_servers: Vec<SocketAddr>,
    /// Places, as `host:port`, that tell whether our own network is there; empty: nobody asks.
    pub anchors: Vec<String>,
    /// How many proxies stand in front: the reader's address is counted from the right of `X-Forwarded-For`.
    pub trusted_proxy_hops: usize,
    /// Requests to subscribe per hour from one address (an IPv6 /64); 0 lifts the limit.
    pub subscribe_rate: usize,
    /// Requests to the write API per minute and token; 0 lifts the limit.
    pub api_rate: usize,
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// A setting that cannot be used; shown to the person who set it.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("The configuration file {path} cannot be read: {cause}.")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file is not flat TOML.
    #[error("The configuration file {path} is not valid: {cause}")]
    Invalid {
        /// Its path.
        path: String,
        /// What is wrong and where.
        cause: String,
    },
    /// A key of the file is none of ours.
    #[error("The configuration file {path} sets \"{key}\", which is not a setting. Settings are: {known}.")]
    UnknownKey {
        /// Its path.
        path: String,
        /// The key.
        key: String,
        /// All keys.
        known: String,
    },
    /// Part of a section is set, and the rest is not (reliability X39).
    #[error("{given} is set, but {missing} is not: set both, or neither.")]
    HalfFilled {
        /// The setting, as it was given.
        given: String,
        /// The setting that belongs to it.
        missing: &'static str,
    },
    /// The file of a key cannot be used. What is in it is never repeated.
    #[error("{key} names the file {path}, but {cause}.")]
    KeyFile {
        /// The setting, as it was given.
        key: String,
        /// The file.
        path: String,
        /// Why not.
        cause: String,
    },
    /// A signature that would count for nothing.
    #[error(
        "{key} is \"{value}\", but mails come from {sender}: receivers only heed a signature of the sender's domain or of one above it. \
         Set both to one domain."
    )]
    Unaligned {
        /// The setting, as it was given.
        key: String,
        /// Its value.
        value: String,
        /// The domain of the sender.
        sender: String,
    },
    /// A value cannot be used.
    #[error("{key} is \"{value}\", but it must be {wanted}.")]
    BadValue {
        /// The setting, as it was given (file key or variable).
        key: String,
        /// Its value.
        value: String,
        /// What it must be.
        wanted: &'static str,
    },
}

/// Every key, in the order of docs/configuration.md.
pub const KEYS: &[&str] = &[
    "data_dir",
    "database_url",
    "listen",
    "admin_listen",
    "public_url",
    "connections",
    "connections_per_address",
    "log",
    "secret_key",
    "smtp_url",
    "mail_from",
    "mail_bounces",
    "smtp_connections",
    "smtp_rate",
    "smtp_domain_rate",
    "dkim_key_file",
    "dkim_selector",
    "dkim_domain",
    "undo_seconds",
    "allow_private_targets",
    "dead_man_url",
    "dns_servers",
    "anchors",
    "trusted_proxy_hops",
    "subscribe_rate",
    "api_rate",
];

const DEFAULT_FILE: &str = "allclear.toml";

impl Config {
    /// Reads the file given (or `allclear.toml` in the working folder, if there is one), then the environment.
    ///
    /// # Errors
    /// [`ConfigError`] naming the file or the key.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
        let variables = std::env::vars_os();
        let mut environment = Vec::new();
        for (key, value) in variables.filter_map(|(key, value)| Some((key.into_string().ok()?, value))) {
            match value.into_string() {
                Ok(value) => environment.push((key, value)),
                Err(value) if key.starts_with("ALLCLEAR_") => {
                    return Err(ConfigError::BadValue { key, value: value.to_string_lossy().into_owned(), wanted: "text in UTF-8" });
                }
                Err(_) => {}
            }
        }
        Self::from_sources(file, environment)
    }

    /// [`Config::load`] with the environment as an argument.
    ///
    /// # Errors
    /// [`ConfigError`] naming the file or the key.
    pub fn from_sources(file: Option<&Path>, environment: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut values = match file {
            Some(path) => read_file(path)?,
            None if Path::new(DEFAULT_FILE).exists() => read_file(Path::new(DEFAULT_FILE))?,
            None => Values::default(),
        };
        for (variable, value) in environment {
            let Some(key) = variable.strip_prefix("ALLCLEAR_").map(str::to_ascii_lowercase) else { continue };
            if let Some(known) = KEYS.iter().find(|k| **k == key) {
                values.0.insert(known, (variable, value));
            }
        }
        let data_dir = PathBuf::from(values.text("data_dir").unwrap_or_else(|| "data".to_owned()));
        let database_url = values.text("database_url").unwrap_or_else(|| format!("sqlite:{}", data_dir.join("allclear.db").display()));
        let listen = values.address("listen", SocketAddr::from(([127, 0, 0, 1], 3000)))?;
        let public_url = match values.0.get("public_url") {
            None => format!("http://{listen}"),
            Some((key, value)) => public_url(key, value)?,
        };
        let allow_private_targets = networks(&values)?;
        Ok(Self {
            data_dir,
            database_url,
            listen,
            admin_listen: values.address("admin_listen", SocketAddr::from(([127, 0, 0, 1], 3001)))?,
            public_url,
            // 10,000 as reliability W7; each costs about 10 kB of memory.
            connections: values.positive("connections", 10_000)?,
            connections_per_address: values.number("connections_per_address", 100)?,
            log: values.text("log").unwrap_or_else(|| "info".to_owned()),
            secret_key: secret_key(&values)?,
            smtp: smtp::section(&values)?,
            // A day is longer than anybody wants to wait; more is a slip of the keyboard.
            undo_seconds: u32::try_from(values.at_most("undo_seconds", 10, 86_400)?).unwrap_or(10),
            dead_man_url: dead_man::url(&values, &allow_private_targets)?,
            allow_private_targets,
            dns_servers: dns_servers(&values)?,
            anchors: values.places("anchors")?,
            trusted_proxy_hops: values.at_most("trusted_proxy_hops", 0, 16)?,
            subscribe_rate: values.number("subscribe_rate", 20)?,
            api_rate: values.number("api_rate", 60)?,
        })
    }
}

fn public_url(key: &str, value: &str) -> Result<String, ConfigError> {
    let trimmed = value.trim_end_matches('/');
    let bad = || ConfigError::BadValue {
        key: key.to_owned(),
        // A name and a password in front of the host are not repeated.
        value: value.rsplit_once('@').map_or_else(|| value.to_owned(), |(_, host)| format!("…@{host}")),
        wanted: "an address such as https://status.example.com, without a name, a password or a query",
    };
    let uri: http::Uri = trimmed.parse().map_err(|_| bad())?;
    let fits = matches!(uri.scheme_str(), Some("http" | "https"))
        && uri.authority().is_some_and(|a| !a.host().is_empty() && !a.as_str().contains('@'))
        && uri.query().is_none()
        && !trimmed.contains(['#', '"', '<', '>']);
    if fits { Ok(trimmed.to_owned()) } else { Err(bad()) }
}

/// Fewer characters than this are guessed too easily.
const SHORTEST_SECRET: usize = 32;

fn secret_key(values: &Values) -> Result<Option<Hidden>, ConfigError> {
    let Some((key, value)) = values.0.get("secret_key").filter(|(_, value)| !value.is_empty()) else { return Ok(None) };
    if value.chars().count() < SHORTEST_SECRET {
        let wanted = "a random text of at least 32 characters";
        return Err(ConfigError::BadValue { key: key.clone(), value: "…".to_owned(), wanted });
    }
    Ok(Some(Hidden(value.clone())))
}

fn networks(values: &Values) -> Result<Vec<ipnet::IpNet>, ConfigError> {
    let Some((key, value)) = values.given("allow_private_targets") else { return Ok(Vec::new()) };
    let networks = value.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| {
        part.parse().or_else(|_| part.parse::<std::net::IpAddr>().map(ipnet::IpNet::from)).map_err(|_| ConfigError::BadValue {
            key: key.clone(),
            value: part.to_owned(),
            wanted: "a list of networks such as 10.0.0.0/8,192.168.1.7",
        })
    });
    networks.collect()
}

fn dns_servers(values: &Values) -> Result<Vec<SocketAddr>, ConfigError> {
    let Some((key, value)) = values.given("dns_servers") else { return Ok(Vec::new()) };
    let servers = value.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| {
        part.parse().or_else(|_| part.parse::<std::net::IpAddr>().map(|ip| SocketAddr::new(ip, 53))).map_err(|_| ConfigError::BadValue {
            key: key.clone(),
            value: part.to_owned(),
            wanted: "a list of addresses of name servers, with a port or without, such as 10.0.0.53:53,[fd00::53]:53",
        })
    });
    servers.collect()
}
