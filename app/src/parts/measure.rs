//! Figures as a reader reads them: durations, percentages, counts.

use crate::markdown;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A length of time in its two largest units: `48 min`, `3 h 12 min`, `2 d 4 h`. Seconds are dropped; less than a minute says so.
#[must_use]
pub fn duration(seconds: i64) -> String {
    let long = |(number, unit): (i64, &str)| format!("{number} {unit}");
    match largest(seconds) {
        (None, _) => "less than 1 min".to_owned(),
        (Some(large), None) => long(large),
        (Some(large), Some(small)) => format!("{} {}", long(large), long(small)),
    }
}

/// The same with the seconds of what takes less than an hour: `35 s`, `4 min 5 s`. For staff, who look at what took so long.
#[must_use]
pub fn precise(seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) if minutes < 60 => format!("{minutes} min"),
        (minutes, seconds) if minutes < 60 => format!("{minutes} min {seconds} s"),
        _ => duration(seconds),
    }
}

/// A number with its unit: `d`, `h` or `min`.
pub(super) type Unit = (i64, &'static str);

/// The two largest units of a length of time, without those that are nought; none of less than a minute.
pub(super) fn largest(seconds: i64) -> (Option<Unit>, Option<Unit>) {
    let seconds = seconds.max(0);
    let (days, hours, minutes) = ((seconds / DAY, "d"), (seconds % DAY / HOUR, "h"), (seconds % HOUR / MINUTE, "min"));
    let some = |unit: Unit| (unit.0 > 0).then_some(unit);
    if days.0 > 0 {
        return (Some(days), some(hours));
    }
    if hours.0 > 0 { (Some(hours), some(minutes)) } else { (some(minutes), None) }
}

/// Minutes without service in words, the expected and the worst, as far as they are known.
#[must_use]
pub fn downtime(expected: Option<i64>, worst: Option<i64>) -> Vec<(&'static str, String)> {
    let long = |minutes: i64| if minutes == 0 { "none".to_owned() } else { duration(minutes.saturating_mul(MINUTE)) };
    let facts = [("Expected downtime", expected), ("Downtime at worst", worst)];
    facts.into_iter().filter_map(|(name, minutes)| Some((name, long(minutes?)))).collect()
}

/// A percentage cut, never rounded up, to two decimals: only a perfect figure reads `100`.
#[must_use]
pub fn percent(value: f64) -> String {
    cut(value, 2)
}

/// The same with one decimal, for shares where two would feign precision.
#[must_use]
pub fn share(value: f64) -> String {
    cut(value, 1)
}

fn cut(value: f64, decimals: usize) -> String {
    if !value.is_finite() || value <= 0.0 {
        return "0".to_owned();
    }
    if value >= 100.0 {
        return "100".to_owned();
    }
    let scale = if decimals == 1 { 10.0 } else { 100.0 };
    // Half a millionth absorbs what binary fractions lose (99.79 must not become 99.78), and cannot reach 100.
    let cut = ((value * scale + 5e-7).floor() / scale).min(100.0 - 1.0 / scale);
    format!("{cut:.decimals$}")
}

/// Hundredths as a number without needless noughts: `0.3`, `1`.
#[must_use]
pub fn decimal(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `1 day`, `3 days`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}

/// A one-line text written by people, without line ends and without characters that would turn the line around.
#[must_use]
pub fn plain(text: &str) -> String {
    markdown::visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// [`plain`], or what stands in for a text that shows nothing.
#[must_use]
pub fn plain_or(text: &str, otherwise: &str) -> String {
    let text = plain(text);
    if text.is_empty() { otherwise.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_show_their_two_largest_units() {
        let cases = [
            (-5, "less than 1 min"),
            (59, "less than 1 min"),
            (48 * 60 + 59, "48 min"),
            (3 * HOUR, "3 h"),
            (3 * HOUR + 12 * 60, "3 h 12 min"),
            (2 * DAY + 4 * HOUR + 59 * 60, "2 d 4 h"),
            (2 * DAY, "2 d"),
        ];
        for (seconds, text) in cases {
            assert_eq!(duration(seconds), text);
        }
    }

    #[test]
    fn only_a_perfect_figure_reads_100() {
        let cases = [(100.0, "100"), (99.999_999_999, "99.99"), (99.79, "99.79"), (99.791_66, "99.79"), (99.9, "99.90"), (0.0, "0")];
        for (value, text) in cases {
            assert_eq!(percent(value), text);
        }
        assert_eq!(share(98.77), "98.7");
        assert_eq!(share(99.999), "99.9");
    }

    #[test]
    fn lists_read_as_sentences() {
        let words: Vec<String> = ["API", "Dashboard", "Registry"].map(str::to_owned).to_vec();
        assert_eq!(listed(&words), "API, Dashboard and Registry");
        assert_eq!(listed(words.get(..2).unwrap_or_default()), "API and Dashboard");
    }
}
