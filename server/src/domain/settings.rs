//! What the operator chose for the page, as it is kept.

use app::words::PageSettings;

/// The setting that holds it, as JSON.
pub const KEY: &str = "settings";

/// What was chosen, out of the text that is kept of it, or the defaults.
#[must_use]
pub fn read(text: Option<&str>) -> PageSettings {
    // What an earlier version wrote lacks fields, never has others: each has its default.
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}
