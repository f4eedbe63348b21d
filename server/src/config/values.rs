//! Values by key: where they come from, and what numbers and addresses may be.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use super::{ConfigError, KEYS};

/// Known keys with the name they were given under and their value.
#[derive(Default)]
pub(super) struct Values(pub(super) BTreeMap<&'static str, (String, String)>);

impl Values {
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.0.get(key).map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    }

    /// The name it was given under and its value, unless it is empty.
    pub(super) fn given(&self, key: &str) -> Option<&(String, String)> {
        self.0.get(key).filter(|(_, value)| !value.is_empty())
    }

    pub(super) fn at_most(&self, key: &str, default: usize, most: usize) -> Result<usize, ConfigError> {
        match (self.number(key, default)?, self.0.get(key)) {
            (number, Some((name, value))) if number > most => {
                Err(ConfigError::BadValue { key: name.clone(), value: value.clone(), wanted: "a smaller whole number" })
            }
            (number, _) => Ok(number),
        }
    }

    pub(super) fn address(&self, key: &str, default: SocketAddr) -> Result<SocketAddr, ConfigError> {
        let Some((name, value)) = self.0.get(key) else { return Ok(default) };
        value.parse().map_err(|_| ConfigError::BadValue {
            key: name.clone(),
            value: value.clone(),
            wanted: "an address and a port such as 127.0.0.1:3000",
        })
    }

    /// A list of `host:port`.
    pub(super) fn places(&self, key: &str) -> Result<Vec<String>, ConfigError> {
        let Some((name, value)) = self.given(key) else { return Ok(Vec::new()) };
        let places = value.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| {
            let fits = part.rsplit_once(':').is_some_and(|(host, port)| {
                let host_is_whole = !host.contains(':') || (host.starts_with('[') && host.ends_with(']'));
                !host.is_empty() && host_is_whole && !host.contains('/') && port.parse::<u16>().is_ok_and(|port| port > 0)
            });
            if fits {
                return Ok(part.to_owned());
            }
            let wanted = "a list of hosts with ports, such as 192.0.2.1:443,dns.example.net:53";
            Err(ConfigError::BadValue { key: name.clone(), value: part.to_owned(), wanted })
        });
        places.collect()
    }

    pub(super) fn positive(&self, key: &str, default: usize) -> Result<usize, ConfigError> {
        match (self.number(key, default)?, self.0.get(key)) {
            (0, Some((name, value))) => {
                Err(ConfigError::BadValue { key: name.clone(), value: value.clone(), wanted: "a whole number of at least 1" })
            }
            (number, _) => Ok(number),
        }
    }

    pub(super) fn number(&self, key: &str, default: usize) -> Result<usize, ConfigError> {
        let Some((name, value)) = self.0.get(key) else { return Ok(default) };
        value.parse().map_err(|_| ConfigError::BadValue { key: name.clone(), value: value.clone(), wanted: "a whole number" })
    }
}

/// The flat keys of a file.
pub(super) fn read_file(path: &Path) -> Result<Values, ConfigError> {
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
