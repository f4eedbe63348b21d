//! The outside watcher that is called while all is well.

use ipnet::IpNet;

use super::values::Values;
use super::{ConfigError, Hidden};
use crate::channels::guard::Target;

/// The watcher's address, which nothing may keep us from calling. It often holds a token: it is never repeated.
pub(super) fn url(values: &Values, networks: &[IpNet]) -> Result<Option<Hidden>, ConfigError> {
    let Some((key, value)) = values.given("dead_man_url") else { return Ok(None) };
    if Target::parse(value).and_then(|target| target.allowed(networks)).is_err() {
        let wanted = "an address such as https://watcher.example.com/ping/…, without a name and a password, which private networks only \
                      have where allow_private_targets names them";
        return Err(ConfigError::BadValue { key: key.clone(), value: "…".to_owned(), wanted });
    }
    Ok(Some(Hidden(value.clone())))
}
