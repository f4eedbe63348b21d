//! How response times are spread: histograms that can be added to each other, so that the percentiles of a week are those of all its
//! checks (reliability N19).

use hdrhistogram::Histogram;
use hdrhistogram::serialization::{Deserializer, Serializer, V2Serializer};

/// Longest time that is told apart, in microseconds: no check takes longer.
const LONGEST_US: u64 = 60_000_000;
/// Significant digits of a time: one percent.
const DIGITS: u8 = 2;

/// Times of checks.
#[derive(Clone, Debug, PartialEq)]
pub struct Times(Histogram<u32>);

impl Default for Times {
    fn default() -> Self {
        // The bounds are constants that a test holds to be fit.
        #[expect(clippy::expect_used, reason = "fails for bounds that are no bounds only")]
        Self(Histogram::new_with_bounds(1, LONGEST_US, DIGITS).expect("bounds are fit"))
    }
}

impl Times {
    /// Times in microseconds.
    #[must_use]
    pub fn of(times_us: impl IntoIterator<Item = i64>) -> Self {
        let mut times = Self::default();
        times_us.into_iter().for_each(|time| times.count(time));
        times
    }

    /// Counts one time in microseconds.
    pub fn count(&mut self, time_us: i64) {
        self.0.saturating_record(u64::try_from(time_us).unwrap_or(0).max(1));
    }

    /// Counts all of another.
    pub fn add(&mut self, other: &Self) {
        // Both have the same bounds, so that everything of the one fits into the other.
        if let Err(error) = self.0.add(&other.0) {
            tracing::error!(%error, "times could not be added");
        }
    }

    /// How many times were counted.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether none was.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// So many of a hundred took at most this long, in microseconds, to within one percent; `None` where none was counted.
    #[must_use]
    pub fn percentile(&self, of_hundred: f64) -> Option<u64> {
        (!self.is_empty()).then(|| self.0.value_at_percentile(of_hundred))
    }

    /// As it is kept.
    #[must_use]
    pub fn written(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if let Err(error) = V2Serializer::new().serialize(&self.0, &mut bytes) {
            tracing::error!(%error, "times could not be written");
        }
        bytes
    }

    /// What was kept; nothing where that cannot be read.
    #[must_use]
    pub fn read(mut bytes: &[u8]) -> Self {
        let read: Result<Histogram<u32>, _> = Deserializer::new().deserialize(&mut bytes);
        let mut times = Self::default();
        if let Ok(read) = read {
            times.add(&Self(read));
        }
        times
    }
}
