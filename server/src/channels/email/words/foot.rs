//! Why somebody gets a mail, and the ways to hear less or nothing: the one part of a mail to many that each recipient has of their own.

use app::words::Id;

use super::super::links::{Links, Way};
use super::super::template::{escaped, fill};
use super::voice::Voice;

/// A sentence, and ways with their labels.
#[derive(Debug)]
pub struct Foot {
    why: String,
    ways: Vec<(String, Way)>,
}

impl Foot {
    /// For who subscribed. `muted` is the one thing that they may hear no more of, and whether it still goes on.
    pub fn subscriber(voice: &Voice<'_>, muted: Option<(&Id, bool)>) -> Self {
        let mut ways = Vec::new();
        if let Some((id, goes_on)) = muted {
            ways.push((voice.t("mute-all"), Way::Mute(id.clone())));
            ways.extend(goes_on.then(|| (voice.t("mute-until-over"), Way::UntilOver(id.clone()))));
        }
        ways.extend([(voice.t("mail-choose"), Way::Manage), (voice.t("unsubscribe-button"), Way::Unsubscribe)]);
        Self { why: voice.of_page("mail-because"), ways }
    }

    /// For who voted and asked to be told.
    pub fn voter(voice: &Voice<'_>) -> Self {
        let ways = vec![(voice.t("mail-choose"), Way::Manage), (voice.t("mail-leave-all"), Way::Unsubscribe)];
        Self { why: voice.of_page("mail-because-voted"), ways }
    }

    /// For staff.
    pub fn staff(voice: &Voice<'_>) -> Self {
        Self { why: format!("You get this because you are staff of {}.", voice.letter.page_name), ways: Vec::new() }
    }

    /// For who may have asked for it.
    pub fn once(voice: &Voice<'_>) -> Self {
        Self { why: voice.t("mail-once"), ways: Vec::new() }
    }

    /// As text and as HTML for one recipient.
    pub fn filled(&self, links: &Links<'_>) -> (String, String) {
        let mut text = self.why.clone();
        let mut ways = Vec::new();
        for (label, way) in &self.ways {
            let link = links.way(way);
            text.push_str(&format!("\n{label}: {link}"));
            ways.push(fill(template!("part/way.html"), &[("label", &escaped(label)), ("link", &escaped(&link))]));
        }
        (text, format!("{} {}", escaped(&self.why), ways.join(" &middot; ")).trim_end().to_owned())
    }
}
