//! demo
use crate::clock::Clock;
use crate::config::Config;
/// x
pub async fn make(_config: &Config, _clock: &Clock) -> anyhow::Result<()> { Ok(()) }
