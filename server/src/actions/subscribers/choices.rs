//! What a subscriber chooses: news, language and zone, and whether several people read the address.

use app::language::Language;
use app::words::{Id, SubscriberState, Wishes};
use chrono_tz::Tz;

use super::{Act, ActionError, Done, Problem, checked, known};
use crate::domain::reader;
use crate::store::{StoreError, Tx, follows, look, subscriber_sharing, subscriber_zones, subscribers};

/// Of what was sent and is not known, characters told back at most.
const LONGEST_SHOWN: usize = 40;

/// Everything that a subscriber may choose at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// What they hear of.
    pub wishes: Wishes,
    /// The code of their language; `None` is the page's own.
    pub language: Option<String>,
    /// The name of their zone; `None` is the page's.
    pub time_zone: Option<String>,
    /// Whether several people read the address. Only staff take that back: otherwise one of them could after all leave for everybody.
    pub shared: bool,
}

/// Changes what a subscriber hears of, and how.
///
/// # Errors
/// [`ActionError::Invalid`] for what cannot be used; [`ActionError::Conflict`] where they left; [`ActionError::Missing`].
pub async fn change(act: &Act<'_>, page: &Id, id: &Id, choices: &Choices) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let subscriber = known(&mut tx, page, id).await?;
    if subscriber.state == SubscriberState::Unsubscribed {
        return Err(ActionError::Conflict("This subscription has ended. Subscribe again to hear of anything.".to_owned()));
    }
    let (spoken, problems) = spoken(&mut tx, page, choices.language.as_deref(), choices.time_zone.as_deref()).await?;
    let wishes = &choices.wishes;
    // For all who read the address this would be the end, and none of them would be asked.
    if subscriber.shared && wishes.kinds.is_empty() && !subscriber.kinds.is_empty() {
        return Err(ActionError::Invalid(vec![Problem::said("kinds", "wrong-kinds-shared", "")]));
    }
    // Whoever follows something may hear of nothing else.
    let wishes = if wishes.kinds.is_empty() && !follows::of_subscriber(&mut tx, id).await?.is_empty() {
        Wishes::nothing()
    } else {
        match checked(&mut tx, page, Ok(subscriber.address), wishes).await {
            Ok((_, wishes)) => wishes,
            Err(ActionError::Invalid(more)) => return Err(ActionError::Invalid([more, problems].concat())),
            Err(error) => return Err(error),
        }
    };
    if !problems.is_empty() {
        return Err(ActionError::Invalid(problems));
    }
    subscribers::set_wishes(&mut tx, id, &wishes, act.now).await?;
    subscriber_zones::set(&mut tx, id, spoken.zone, spoken.code()).await?;
    if choices.shared {
        subscriber_sharing::set(&mut tx, id, true, act.now).await?;
    }
    act.audit(&mut tx, page, "subscriber.change", Some(("subscriber", id)), None).await?;
    tx.commit().await?;
    Ok(Done { id: id.clone(), revision: None })
}

/// Language and zone that are known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spoken {
    pub(super) language: Option<&'static Language>,
    pub(super) zone: Option<Tz>,
}

impl Spoken {
    /// The code of the language.
    pub(super) fn code(self) -> Option<&'static str> {
        self.language.map(Language::code)
    }
}

/// The language and the zone of those names, as far as the page is offered in the one and the other exists; and a sentence for what is
/// not so.
pub(super) async fn spoken(
    tx: &mut Tx,
    page: &Id,
    language: Option<&str>,
    zone: Option<&str>,
) -> Result<(Spoken, Vec<Problem>), StoreError> {
    let mut problems = Vec::new();
    let mut spoken = Spoken::default();
    if let Some(code) = language {
        let offered = reader::offered(&look::settings(tx, page).await?);
        spoken.language = offered.into_iter().find(|known| known.code() == code);
        if spoken.language.is_none() {
            problems.push(Problem::said("language", "wrong-language", shown(code)));
        }
    }
    if let Some(name) = zone {
        spoken.zone = name.parse().ok();
        if spoken.zone.is_none() {
            problems.push(Problem::said("time_zone", "wrong-zone", shown(name)));
        }
    }
    Ok((spoken, problems))
}

fn shown(text: &str) -> String {
    text.chars().take(LONGEST_SHOWN).collect()
}
