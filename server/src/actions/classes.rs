//! What the class of a failure means for the component, where the monitor says so.

use app::words::{ComponentStatus, Monitor, Verdict};

use crate::domain::class;
use crate::domain::evidence::Outcome;
use crate::domain::monitor::{Event, State};
use crate::store::{StoreError, Tx, monitors};

/// What the failure means from this check on; `None` where that does not change. Within one failure it only gets worse: a page that turns
/// with every other check tells nobody anything.
///
/// # Errors
/// [`StoreError`].
pub async fn turned(
    tx: &mut Tx,
    monitor: &Monitor,
    state: &State,
    event: Option<Event>,
    outcome: Outcome,
) -> Result<Option<Option<ComponentStatus>>, StoreError> {
    let by_class = &monitor.settings.statuses_by_class;
    let Outcome::Bad(reason) = outcome else { return Ok(None) };
    if by_class.is_empty() || state.verdict != Verdict::Down {
        return Ok(None);
    }
    let says = class::status_of(&reason.to_string(), by_class);
    if matches!(event, Some(Event::Down(_))) {
        return Ok(Some(says));
    }
    let usual = monitor.status_when_down;
    let known = monitors::status_down(tx, &monitor.id).await?;
    Ok((says.unwrap_or(usual) > known.unwrap_or(usual)).then_some(says))
}
