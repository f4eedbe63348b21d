//! Settings: `allclear.toml` (flat keys), then the environment (`ALLCLEAR_` and the key in capitals). Nothing else reads either.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

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
pub const KEYS: &[&str] =
    &["data_dir", "database_url", "listen", "admin_listen", "public_url", "connections", "connections_per_address", "log"];

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

/// Known keys with the name they were given under and their value.
#[derive(Default)]
struct Values(BTreeMap<&'static str, (String, String)>);

impl Values {
    fn text(&self, key: &str) -> Option<String> {
        self.0.get(key).map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    }

    fn address(&self, key: &str, default: SocketAddr) -> Result<SocketAddr, ConfigError> {
        let Some((name, value)) = self.0.get(key) else { return Ok(default) };
        value.parse().map_err(|_| ConfigError::BadValue {
            key: name.clone(),
            value: value.clone(),
            wanted: "an address and a port such as 127.0.0.1:3000",
        })
    }

    fn positive(&self, key: &str, default: usize) -> Result<usize, ConfigError> {
        match (self.number(key, default)?, self.0.get(key)) {
            (0, Some((name, value))) => {
                Err(ConfigError::BadValue { key: name.clone(), value: value.clone(), wanted: "a whole number of at least 1" })
            }
            (number, _) => Ok(number),
        }
    }

    fn number(&self, key: &str, default: usize) -> Result<usize, ConfigError> {
        let Some((name, value)) = self.0.get(key) else { return Ok(default) };
        value.parse().map_err(|_| ConfigError::BadValue { key: name.clone(), value: value.clone(), wanted: "a whole number" })
    }
}

fn read_file(path: &Path) -> Result<Values, ConfigError> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: shown.clone(), cause })?;
    let invalid = |cause: String| ConfigError::Invalid { path: shown.clone(), cause };
    // Only the place and the reason: the line itself may hold a password.
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().and_then(|span| text.get(..span.start)).map_or(1, |before| before.lines().count().max(1));
        invalid(format!("in line {line}, {}.", error.message().lines().next().unwrap_or("it cannot be understood")))
    })?;
    let mut values = Values::default();
    for (key, value) in table {
        let Some(known) = KEYS.iter().find(|k| **k == key) else {
            return Err(ConfigError::UnknownKey { path: shown.clone(), key, known: KEYS.join(", ") });
        };
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            other => return Err(invalid(format!("\"{key}\" must be text or a number, not {}.", other.type_str()))),
        };
        values.0.insert(known, (key, text));
    }
    Ok(values)
}
