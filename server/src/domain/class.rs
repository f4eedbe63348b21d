//! What the class of a failure means for a component, where a monitor says that it means something of its own.

use app::words::ComponentStatus;

/// What a failure of that class means: of the entries that the class begins with, the longest one says it. `None`: what the monitor's being
/// down usually means.
#[must_use]
pub fn status_of(class: &str, by_class: &[(String, ComponentStatus)]) -> Option<ComponentStatus> {
    by_class
        .iter()
        .filter(|(begins, _)| class.starts_with(begins.as_str()))
        .max_by_key(|(begins, _)| begins.len())
        .map(|(_, status)| *status)
}

/// Whether a text can be a class or the beginning of one.
#[must_use]
pub fn is_class(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
