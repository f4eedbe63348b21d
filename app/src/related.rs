//! Which other incidents a reader of one may want to see: a rule over a bounded stretch of the record around it.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::view::PublicView;
use crate::words::{Id, Incident};

/// How far apart two incidents may have begun.
const WITHIN: TimeDelta = TimeDelta::days(90);

/// How many are looked at on either side, whatever the years hold.
const LOOKED_AT: usize = 100;

/// How many are named.
const MOST: usize = 3;

impl PublicView {
    /// Those told of in the same post-mortem first, then those that share most components, then those that began nearest.
    #[must_use]
    pub fn related(&self, of: &Incident) -> Vec<&Arc<Incident>> {
        let open = self.open_incidents().count();
        let over = self.incidents.get(open..).unwrap_or_default();
        // Those that are over stand by their start, newest first: where this one would stand is found without a look at all of them.
        let here = over.partition_point(|other| other.started_at > of.started_at);
        let (newer, older) = over.split_at_checked(here).unwrap_or((over, &[]));
        let around = newer.iter().rev().take(LOOKED_AT).chain(older.iter().take(LOOKED_AT));
        let candidates = self.open_incidents().take(LOOKED_AT).chain(around).filter(|other| other.id != of.id);
        let mut related: Vec<_> = candidates.filter_map(|other| Some((Kinship::between(of, other)?, other))).collect();
        related.sort_by_key(|(kinship, _)| Reverse(*kinship));
        related.into_iter().take(MOST).map(|(_, other)| other).collect()
    }
}

/// How near two incidents are to each other; the greater is the nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Kinship {
    same_document: bool,
    components: usize,
    apart: Reverse<TimeDelta>,
}

impl Kinship {
    /// `None` for those that have nothing in common, or too long a time between them.
    fn between(one: &Incident, other: &Incident) -> Option<Self> {
        let document = |incident: &Incident| incident.postmortem.as_ref().map(|link| link.id.clone());
        let same_document = document(one).is_some_and(|mine| document(other) == Some(mine));
        let components = one.components.iter().filter(|id: &&Id| other.components.contains(id)).count();
        let apart = (one.started_at - other.started_at).abs();
        ((same_document || components > 0) && apart <= WITHIN).then_some(Self { same_document, components, apart: Reverse(apart) })
    }
}
