//! What goes into a statement and what comes out of a row, the same on both engines.

use app::words::{
    ActionState, ActorKind, Advice, BounceKind, Channel, ComponentStatus, DeliveryState, Id, Impact, IncidentStatus, MaintenanceStatus,
    MonitorKind, Mute, NotificationKind, PictureKind, PictureUse, PostmortemStatus, RecipientKind, Role, Sighted, StatusSource,
    SubscriberState, TokenRole, Verdict,
};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use sqlx::types::Json;
use sqlx::{Database, Decode, Type};

/// First and last instant kept, in microseconds: the years 0 to 9999, all that the wire can say.
const KEPT: (i64, i64) = (-62_167_219_200_000_000, 253_402_300_799_999_999);

/// The instant as it is kept: in whole microseconds, as PostgreSQL has it, and within the years 0 to 9999. Every instant is cut so
/// before it is bound; who compares an instant with one that was stored cuts it too.
///
/// SQLite keeps instants as text with no, three or six digits of a second before the zone. Text order is still time order, since `+`
/// sorts before `.` and before every digit.
#[must_use]
pub fn micros(instant: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(instant.timestamp_micros().clamp(KEPT.0, KEPT.1)).unwrap_or(instant)
}

/// An instant within JSON, as it is kept alone: to be read by `cast(… as utc_text)`, which is an instant to PostgreSQL and text to SQLite.
pub(super) fn written(instant: DateTime<Utc>) -> String {
    micros(instant).to_rfc3339_opts(SecondsFormat::AutoSi, false)
}

/// The pattern for `like $1 escape '\'` that finds a text anywhere: what it holds of signs stands for itself.
///
/// PostgreSQL refuses to be asked for U+0000, which no text of ours holds. U+FFFF, which is no character either, is looked for instead.
pub(super) fn containing(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(if letter == '\0' { '\u{ffff}' } else { letter });
    }
    pattern.push('%');
    pattern
}

/// Something that can stand for `$1`.
pub(super) trait Value {
    /// What is bound.
    type Sql<'a>
    where
        Self: 'a;

    /// The value as it is bound.
    fn sql(&self) -> Self::Sql<'_>;
}

/// The value as it is bound, for the macros: works for owned and borrowed values alike.
pub(super) fn sql<V: Value + ?Sized>(value: &V) -> V::Sql<'_> {
    value.sql()
}

impl<V: Value + ?Sized> Value for &V {
    type Sql<'a>
        = V::Sql<'a>
    where
        Self: 'a;
    fn sql(&self) -> Self::Sql<'_> {
        V::sql(self)
    }
}

impl<V: Value> Value for Option<V> {
    type Sql<'a>
        = Option<V::Sql<'a>>
    where
        Self: 'a;
    fn sql(&self) -> Self::Sql<'_> {
        self.as_ref().map(V::sql)
    }
}

impl<T> Value for Json<T> {
    type Sql<'a>
        = Json<&'a T>
    where
        T: 'a;
    fn sql(&self) -> Self::Sql<'_> {
        Json(&self.0)
    }
}

macro_rules! values {
    ($($of:ty => $sql:ty, |$value:ident| $how:expr;)+) => {
        $(impl Value for $of {
            type Sql<'a> = $sql;
            fn sql(&self) -> Self::Sql<'_> {
                let $value = self;
                $how
            }
        })+
    };
}

values! {
    str => &'a str, |text| text;
    String => &'a str, |text| text.as_str();
    Id => &'a str, |id| id.as_str();
    i64 => i64, |number| *number;
    bool => bool, |truth| *truth;
    [u8] => &'a [u8], |bytes| bytes;
    NaiveDate => NaiveDate, |day| *day;
    DateTime<Utc> => DateTime<Utc>, |instant| micros(*instant);
}

macro_rules! words {
    ($($word:ty),+) => { values! { $($word => &'static str, |word| word.as_str();)+ } };
}

words!(
    ActionState,
    ActorKind,
    Advice,
    BounceKind,
    Channel,
    ComponentStatus,
    DeliveryState,
    Impact,
    IncidentStatus,
    MaintenanceStatus,
    MonitorKind,
    Mute,
    NotificationKind,
    PictureKind,
    PictureUse,
    PostmortemStatus,
    RecipientKind,
    Role,
    Sighted,
    StatusSource,
    SubscriberState,
    TokenRole,
    Verdict
);

/// A text column read as a word of the vocabulary. A text that is none fails the read instead of passing for something else.
#[derive(Debug)]
pub(super) struct Word<T>(pub(super) T);

impl<T, DB: Database> Type<DB> for Word<T>
where
    String: Type<DB>,
{
    fn type_info() -> DB::TypeInfo {
        String::type_info()
    }

    fn compatible(of: &DB::TypeInfo) -> bool {
        String::compatible(of)
    }
}

impl<'r, T, DB: Database> Decode<'r, DB> for Word<T>
where
    String: Decode<'r, DB>,
    T: TryFrom<String>,
    T::Error: std::error::Error + Send + Sync + 'static,
{
    fn decode(value: DB::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
        Ok(Self(T::try_from(String::decode(value)?)?))
    }
}
