//! Who hears of something.

use std::collections::BTreeMap;

use app::words::{BounceKind, Id, Impact, SubscribedKind, SubscriberState};
use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::{StoreError, Tx};

/// A set of texts to bind, read as `(select key from jsonb_each($1))` by both engines.
pub(super) fn keys<'a>(texts: impl Iterator<Item = &'a str>) -> Json<BTreeMap<&'a str, ()>> {
    Json(texts.map(|text| (text, ())).collect())
}

/// What something is about, to bind for [`hears`] and [`muted`]: each id, and whether it is told that it is over.
pub(super) type About<'a> = Json<BTreeMap<&'a str, BTreeMap<&'static str, &'static str>>>;

/// The same of these ids.
pub(super) fn about<'a>(ids: impl IntoIterator<Item = &'a Id>, over: bool) -> About<'a> {
    // Words, because the engines read a truth out of JSON as different things.
    let told = || BTreeMap::from([("over", if over { "yes" } else { "no" })]);
    Json(ids.into_iter().map(|id| (id.as_str(), told())).collect())
}

/// The condition for a subscriber to have muted everything that something is about, as far as this says of it: what is about several
/// things reaches whoever wants to hear of one of them.
macro_rules! muted {
    ($subscriber:literal, $about:literal) => {
        concat!(
            "(exists (select 1 from jsonb_each(",
            $about,
            ")) and not exists (
                 select 1 from jsonb_each(",
            $about,
            ") told where not exists (
                     select 1 from subscriber_mutes m where m.subscriber_id = ",
            $subscriber,
            " and m.object_id = told.key and (m.choice = 'all' or told.value ->> 'over' = 'no'))))"
        )
    };
}
pub(super) use muted;

/// The condition for a subscriber to hear of something: `$1` is [`kind_pattern`], `$2` are the [`floors`], `$3` whether it concerns
/// everyone, `$4` are the [`keys`] of its components; whoever follows it hears of it whatever they chose, and whoever muted it does not:
/// `$5` is what it is [`about`].
macro_rules! hears {
    () => {
        concat!(
            "(cast(kinds as text) like $1 and severity_floor in (select key from jsonb_each($2))
             and (all_components or $3 or exists (
                 select 1 from subscriber_components
                 where subscriber_id = subscribers.id and component_id in (select key from jsonb_each($4))))
             or exists (
                 select 1 from subscriber_follows
                 where subscriber_id = subscribers.id and object_id in (select key from jsonb_each($5))))
             and not ",
            muted!("subscribers.id", "$5")
        )
    };
}
pub(super) use hears;

/// A kind as it stands among the kinds of a subscriber.
pub(super) fn kind_pattern(kind: SubscribedKind) -> String {
    format!("%\"{kind}\"%")
}

/// The floors below which something of that kind and impact does not fall. Planned work and announcements have no impact that a floor
/// could be above; a post-mortem has that of its incidents.
pub(super) fn floors(kind: SubscribedKind, impact: Impact) -> Json<BTreeMap<&'static str, ()>> {
    let without = matches!(kind, SubscribedKind::Maintenances | SubscribedKind::Announcements);
    let heard = Impact::ALL.iter().filter(|floor| without || **floor <= impact);
    keys(heard.map(|floor| floor.as_str()))
}

/// Who is told of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience<'a> {
    /// The kind of news it is.
    pub kind: SubscribedKind,
    /// How bad it is.
    pub impact: Impact,
    /// The components it is about; none concerns everyone.
    pub components: Vec<&'a Id>,
    /// The incidents and the planned work it is about, for those who follow or mute them.
    pub about: Vec<&'a Id>,
    /// Whether it tells that they are over.
    pub over: bool,
}

/// How many would be told.
///
/// # Errors
/// [`StoreError`]
pub async fn reach(tx: &mut Tx, page: &Id, audience: &Audience<'_>) -> Result<i64, StoreError> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        concat!("select count(*) from subscribers where page_id = $6 and state = $7 and ", hears!()),
        kind_pattern(audience.kind),
        floors(audience.kind, audience.impact),
        audience.components.is_empty(),
        keys(audience.components.iter().map(|id| id.as_str())),
        about(audience.about.iter().copied(), audience.over),
        page,
        SubscriberState::Active
    )?;
    Ok(count)
}

/// How many would hear of something that was written then, and are not told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Untold {
    /// Mails to them came back, or they complained.
    pub suppressed: i64,
    /// They have not confirmed.
    pub unconfirmed: i64,
}

/// How many of those who were there at `written` are not told.
///
/// # Errors
/// [`StoreError`]
pub async fn untold(tx: &mut Tx, page: &Id, audience: &Audience<'_>, written: DateTime<Utc>) -> Result<Untold, StoreError> {
    let (suppressed, unconfirmed) = fetch_one!(
        tx,
        (i64, i64),
        concat!(
            "select count(*) filter (where state <> $7), count(*) filter (where state = $7) from subscribers
             where page_id = $6 and state <> 'active' and (state in ($7, $8) or state = $9 and quarantine_reason = $10) and created_at <= $11 and ",
            hears!()
        ),
        kind_pattern(audience.kind),
        floors(audience.kind, audience.impact),
        audience.components.is_empty(),
        keys(audience.components.iter().map(|id| id.as_str())),
        about(audience.about.iter().copied(), audience.over),
        page,
        SubscriberState::Pending,
        SubscriberState::Quarantined,
        SubscriberState::Unsubscribed,
        BounceKind::Complaint,
        written
    )?;
    Ok(Untold { suppressed, unconfirmed })
}
