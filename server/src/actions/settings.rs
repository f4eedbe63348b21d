//! What the operator chose for the page.

use app::words::{Id, PageSettings};

use super::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::domain::settings::KEY;
pub use crate::domain::settings::read;
use crate::store::{StoreError, Tx, pages};

/// What was chosen, or the defaults.
///
/// # Errors
/// [`StoreError`].
pub async fn load(tx: &mut Tx, page: &Id) -> Result<PageSettings, StoreError> {
    Ok(read(pages::setting(tx, page, KEY).await?.as_deref()))
}

/// Chooses. Readers see the weights of uptime figures, so this is a change of the record.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn save(act: &Act<'_>, chosen: &PageSettings) -> Result<Done, ActionError> {
    let mut problems = Problems::default();
    let mut between = |field, value: i64, least: i64, most: i64, what: &str| {
        if !(least..=most).contains(&value) {
            problems.add(field, format!("{what} must be a whole number from {least} to {most}."));
        }
    };
    between("merge_minutes", chosen.merge_minutes, 0, 60, "The minutes within which failures are one draft");
    between("publish_after_minutes", chosen.publish_after_minutes, 0, 120, "The minutes until a draft is published by itself (0: never)");
    let mut within = |field, value, most, what: &str| between(field, value, 1, most, what);
    within("lead_days", chosen.lead_days, 365, "The lead time in days");
    within("postmortem_days", chosen.postmortem_days, 365, "The days until a post-mortem");
    within("sightings_alert", chosen.sightings_alert, 10_000, "The reports that alert staff");
    let mut weight = |field, value: i64, what: &str| {
        if !(0..=100).contains(&value) {
            problems.add(field, format!("The weight of {what} must be a number from 0 to 1 with at most two decimals, such as 0.3."));
        }
    };
    weight("weight_degraded", chosen.weights.degraded, "degraded performance");
    weight("weight_partial", chosen.weights.partial, "a partial outage");
    weight("weight_major", chosen.weights.major, "a major outage");
    problems.end()?;
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
    let text = serde_json::to_string(chosen).unwrap_or_default();
    pages::set_setting(&mut tx, &page, KEY, &text).await?;
    act.audit(&mut tx, &page, "page.settings", Some(("page", &page)), Some(text)).await?;
    tx.commit().await?;
    Ok(Done { id: page, revision: Some(revision) })
}
