//! What a body says, read field by field. A field of the wrong kind is a problem with that field; one that nobody reads is ignored.

use std::str::FromStr;

use app::language;
use app::words::{ComponentStatus, Id};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};

use super::refusal::Refusal;
use crate::actions::Problems;
use crate::web::form;

/// `incident[components][id]` has three.
const DEEPEST: usize = 8;

/// A field: not there, `null`, or a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given<T> {
    /// Nothing is said of it.
    Not,
    /// It is to be empty.
    Null,
    /// It is to be this.
    Is(T),
}

impl<T> Given<T> {
    /// The value as it is to be, where it is known so far.
    pub fn or(self, known: Option<T>) -> Option<T> {
        match self {
            Self::Not => known,
            Self::Null => None,
            Self::Is(value) => Some(value),
        }
    }

    /// The value, if one was given.
    pub fn value(self) -> Option<T> {
        self.or(None)
    }

    /// Whether something is said of it.
    pub const fn is_said(&self) -> bool {
        !matches!(self, Self::Not)
    }
}

/// The fields of one object.
#[derive(Debug)]
pub struct Fields {
    values: Map<String, Value>,
    beside: Map<String, Value>,
    /// Forms know only texts.
    form: bool,
    wrong: Problems,
}

impl Fields {
    /// The object under `noun`, or the whole.
    ///
    /// # Errors
    /// 422 where either is no object.
    pub fn of(whole: Value, noun: &'static str, form: bool) -> Result<Self, Refusal> {
        let no_object = || Refusal::invalid(noun, format!("The body must be an object such as {{\"{noun}\": {{…}}}}."));
        let Value::Object(mut beside) = whole else { return Err(no_object()) };
        let (values, beside) = match beside.remove(noun) {
            Some(Value::Object(values)) => (values, beside),
            Some(_) => return Err(no_object()),
            None => (beside, Map::new()),
        };
        Ok(Self { values, beside, form, wrong: Problems::default() })
    }

    /// Whether any of these is said.
    #[must_use]
    pub fn says(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.values.contains_key(*field))
    }

    /// Whether this has a value.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.values.get(field).is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// Whether this is the text.
    #[must_use]
    pub fn is(&self, field: &str, text: &str) -> bool {
        self.values.get(field).and_then(Value::as_str) == Some(text)
    }

    /// Whether this is a list.
    #[must_use]
    pub fn is_list(&self, field: &str) -> bool {
        self.values.get(field).is_some_and(Value::is_array)
    }

    /// Reads a field that stands beside the object instead of in it.
    pub fn take_from_beside(&mut self, field: &str) {
        if let Some(value) = self.beside.remove(field) {
            self.values.entry(field).or_insert(value);
        }
    }

    /// Lets a field be called otherwise too.
    pub fn alias(&mut self, old: &str, field: &str) {
        if !self.values.contains_key(field)
            && let Some(value) = self.values.remove(old)
        {
            self.values.insert(field.to_owned(), value);
        }
    }

    /// A problem with a field; it is not read any more, so that one sentence is said of it.
    pub fn refuse(&mut self, field: &'static str, sentence: impl Into<String>) {
        self.values.remove(field);
        self.wrong.add(field, sentence);
    }

    /// Nothing wrong, or everything that is.
    ///
    /// # Errors
    /// 422.
    pub fn end(self) -> Result<(), Refusal> {
        Ok(self.wrong.end()?)
    }

    fn read<T>(&mut self, field: &'static str, wanted: &str, read: impl FnOnce(&Value, bool) -> Option<T>) -> Given<T> {
        match self.values.get(field) {
            None => Given::Not,
            Some(Value::Null) => Given::Null,
            Some(Value::String(text)) if self.form && text.is_empty() => Given::Null,
            Some(value) => match read(value, self.form) {
                Some(value) => Given::Is(value),
                None => {
                    self.wrong.add(field, format!("{field} must be {wanted}."));
                    Given::Not
                }
            },
        }
    }

    /// A text.
    pub fn text(&mut self, field: &'static str) -> Given<String> {
        self.read(field, "a text", |value, _| value.as_str().map(str::to_owned))
    }

    /// Yes or no.
    pub fn flag(&mut self, field: &'static str) -> Given<bool> {
        self.read(field, "true or false", |value, form| match value {
            Value::Bool(truth) => Some(*truth),
            Value::String(text) if form => match text.as_str() {
                "true" | "1" | "on" => Some(true),
                "false" | "0" | "off" => Some(false),
                _ => None,
            },
            _ => None,
        })
    }

    /// A whole number.
    pub fn number(&mut self, field: &'static str) -> Given<i64> {
        self.read(field, "a whole number", number)
    }

    /// A text of its own kind.
    fn parsed<T: FromStr>(&mut self, field: &'static str, wanted: &str) -> Given<T> {
        self.read(field, wanted, |value, _| value.as_str()?.parse().ok())
    }

    /// An instant.
    pub fn time(&mut self, field: &'static str) -> Given<DateTime<Utc>> {
        self.parsed(field, "a time such as 2026-11-23T10:00:00Z")
    }

    /// A day.
    pub fn day(&mut self, field: &'static str) -> Given<NaiveDate> {
        self.parsed(field, "a day such as 2026-11-23")
    }

    /// One of the words `all`.
    pub fn word<T: FromStr + std::fmt::Display>(&mut self, field: &'static str, all: &[T]) -> Given<T> {
        let words: Vec<String> = all.iter().map(ToString::to_string).collect();
        self.parsed(field, &format!("one of {}", words.join(", ")))
    }

    /// An id. Clients of the field write the text `null` to take a component out of its group.
    pub fn id(&mut self, field: &'static str) -> Given<Id> {
        if self.values.get(field).and_then(Value::as_str) == Some("null") {
            return Given::Null;
        }
        self.read(field, "an id of 12 characters", |value, _| id(value))
    }

    /// A list of ids.
    pub fn ids(&mut self, field: &'static str) -> Given<Vec<Id>> {
        self.read(field, "a list of ids", |value, form| match value {
            Value::Array(items) => items.iter().map(id).collect(),
            single if form => Some(vec![id(single)?]),
            _ => None,
        })
    }

    /// Numbers of three digits, as status codes are.
    pub fn codes(&mut self, field: &'static str) -> Given<Vec<u16>> {
        let code = |item: &Value, form| u16::try_from(number(item, form)?).ok();
        self.read(field, "a list of numbers", |value, form| {
            if value.is_array() { list(value, |item| code(item, form)) } else { Some(vec![code(value, form)?]) }
        })
    }

    /// Whole numbers.
    pub fn numbers(&mut self, field: &'static str) -> Given<Vec<i64>> {
        self.read(field, "a list of whole numbers", |value, form| list(value, |item| number(item, form)))
    }

    /// Days.
    pub fn days(&mut self, field: &'static str) -> Given<Vec<NaiveDate>> {
        self.read(field, "a list of days such as 2026-11-23", |value, _| list(value, |item| item.as_str()?.parse().ok()))
    }

    /// Texts.
    pub fn texts(&mut self, field: &'static str) -> Given<Vec<String>> {
        self.read(field, "a list of texts", |value, form| match value {
            Value::String(text) if form => Some(vec![text.clone()]),
            value => list(value, |item| item.as_str().map(str::to_owned)),
        })
    }

    /// Texts by name.
    pub fn pairs(&mut self, field: &'static str) -> Given<Vec<(String, String)>> {
        self.read(field, "an object of texts", |value, _| {
            value.as_object()?.iter().map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
        })
    }

    /// Texts with a status each: an object.
    pub fn statuses(&mut self, field: &'static str) -> Given<Vec<(String, ComponentStatus)>> {
        let wanted = format!("an object of statuses ({})", statuses());
        self.read(field, &wanted, |value, _| value.as_object()?.iter().map(|(name, value)| Some((name.clone(), status(value)?))).collect())
    }

    /// An object.
    pub fn object(&mut self, field: &'static str) -> Option<Map<String, Value>> {
        self.read(field, "an object", |value, _| value.as_object().cloned()).value()
    }

    /// Components with a status each, or without one: `{id: status}`, rows with `id` and `status`, or ids alone.
    pub fn components(&mut self, field: &'static str) -> Given<Vec<(Id, Option<ComponentStatus>)>> {
        let wanted = format!("an object of component ids and statuses ({})", statuses());
        self.read(field, &wanted, |value, _| match value {
            Value::Object(pairs) => pairs.iter().map(|(name, value)| Some((Id::parse(name).ok()?, Some(status(value)?)))).collect(),
            Value::Array(rows) => rows
                .iter()
                .map(|row| match row {
                    Value::Object(row) => Some((id(row.get("id")?)?, row.get("status").map(status).map_or(Some(None), |s| s.map(Some))?)),
                    single => Some((id(single)?, None)),
                })
                .collect(),
            _ => None,
        })
    }
}

/// The components that a body names.
#[derive(Debug)]
pub struct Concerned {
    /// Each once; `None` where nothing is said of them.
    pub components: Option<Vec<(Id, Option<ComponentStatus>)>>,
    /// Where they stand: problems are told of this field.
    pub field: &'static str,
}

impl Fields {
    /// What `components` and `component_ids` say together.
    pub fn concerned(&mut self) -> Concerned {
        let named = self.components("components");
        let more = self.ids("component_ids");
        let field = if more.is_said() && !named.is_said() { "component_ids" } else { "components" };
        let said = named.is_said() || more.is_said();
        let mut components = named.value().unwrap_or_default();
        for id in more.value().unwrap_or_default() {
            if components.iter().all(|(known, _)| *known != id) {
                components.push((id, None));
            }
        }
        Concerned { components: said.then_some(components), field }
    }
}

fn id(value: &Value) -> Option<Id> {
    Id::parse(value.as_str()?).ok()
}

fn status(value: &Value) -> Option<ComponentStatus> {
    value.as_str()?.parse().ok()
}

fn statuses() -> String {
    ComponentStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join(", ")
}

fn number(value: &Value, form: bool) -> Option<i64> {
    match value {
        Value::String(text) if form => text.parse().ok(),
        value => value.as_i64(),
    }
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

/// `incident[components][id]=status` as the JSON it stands for; every value is a text.
///
/// # Errors
/// 400 where it is no form, or has a field that is nested too deep.
pub fn from_form(body: &[u8]) -> Result<Value, Refusal> {
    let mut whole = Value::Object(Map::new());
    for (name, text) in form::pairs(body).map_err(|key| Refusal::Unreadable(language::of("en").t(key)))? {
        let path: Vec<&str> = name.split('[').map(|part| part.strip_suffix(']').unwrap_or(part)).collect();
        if path.len() > DEEPEST {
            return Err(Refusal::Unreadable(format!("The name of a field has too many parts: at most {DEEPEST} are read.")));
        }
        put(&mut whole, &path, text);
    }
    Ok(whole)
}

fn put(into: &mut Value, path: &[&str], text: String) {
    match path {
        [] => *into = Value::String(text),
        ["", rest @ ..] => {
            if !into.is_array() {
                *into = Value::Array(Vec::new());
            }
            if let Value::Array(items) = into {
                items.push(Value::Null);
                if let Some(last) = items.last_mut() {
                    put(last, rest, text);
                }
            }
        }
        [name, rest @ ..] => {
            if !into.is_object() {
                *into = Value::Object(Map::new());
            }
            if let Value::Object(values) = into {
                put(values.entry(*name).or_insert(Value::Null), rest, text);
            }
        }
    }
}
