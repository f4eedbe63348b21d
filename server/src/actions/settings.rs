//! What the operator chose for the page.

use app::words::{Id, PageSettings};

use super::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::store::{StoreError, Tx, pages};

/// The setting that holds them, as JSON.
const KEY: &str = "settings";

/// What was chosen, or the defaults.
///
/// # Errors
/// [`StoreError`].
pub async fn load(tx: &mut Tx, page: &Id) -> Result<PageSettings, StoreError> {
    Ok(read(pages::setting(tx, page, KEY).await?.as_deref()))
}

/// What was chosen, out of the text that is kept of it.
#[must_use]
pub fn read(text: Option<&str>) -> PageSettings {
    // What an earlier version wrote lacks fields, never has others: each has its default.
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Chooses. Pages that are shown follow with the next change: none of it is shown to readers.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn save(act: &Act<'_>, chosen: &PageSettings) -> Result<Done, ActionError> {
    let mut problems = Problems::default();
    let mut within = |field, value: i64, most: i64, what: &str| {
        if !(1..=most).contains(&value) {
            problems.add(field, format!("{what} must be a whole number from 1 to {most}."));
        }
    };
    within("lead_days", chosen.lead_days, 365, "The lead time in days");
    within("postmortem_days", chosen.postmortem_days, 365, "The days until a post-mortem");
    within("sightings_alert", chosen.sightings_alert, 10_000, "The reports that alert staff");
    problems.end()?;
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let text = serde_json::to_string(chosen).unwrap_or_default();
    pages::set_setting(&mut tx, &page, KEY, &text).await?;
    act.audit(&mut tx, &page, "page.settings", Some(("page", &page)), Some(text)).await?;
    tx.commit().await?;
    Ok(Done { id: page, revision: None })
}
