//! Post-mortems as readers are told of them beside their incidents.

use app::markdown;
use app::view::PostmortemView;
use app::words::{Id, ImpactFacts, IncidentStatus, IncidentUpdate, Postmortem, PostmortemStatus, Sections};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// Of a document that is not public, viewers learn that it is promised, and for when; it may be a private draft already.
#[must_use]
pub fn promise_only(postmortem: Postmortem) -> Postmortem {
    Postmortem {
        title: String::new(),
        status: PostmortemStatus::Promised,
        published_at: None,
        provisional: false,
        body: String::new(),
        sections: Sections::default(),
        facts: ImpactFacts::default(),
        action_items: Vec::new(),
        revisions: Vec::new(),
        ..postmortem
    }
}

/// The message that a published document is under an incident it covers.
#[must_use]
pub fn postmortem_update(incident: &Id, postmortem: &Postmortem, view: &PostmortemView, at: DateTime<Utc>) -> IncidentUpdate {
    let body = postmortem.markdown();
    // The document's id is the message's; under a further incident that it covers, the message is another one.
    let id = if postmortem.incident_ids.first().is_none_or(|first| first == incident) {
        postmortem.id.clone()
    } else {
        derived_id(&format!("post-mortem {} of {incident}", postmortem.id))
    };
    IncidentUpdate {
        id,
        status: IncidentStatus::Postmortem,
        body_html: if view.sections_html.is_empty() { view.body_html.clone() } else { markdown::to_html(&body) },
        body,
        display_at: at,
        // When the draft of it was begun is nobody's business.
        created_at: postmortem.created_at.max(at),
        updated_at: postmortem.updated_at.max(at),
        effects: None,
        notify: true,
    }
}

fn derived_id(label: &str) -> Id {
    let mut bytes = [0; 16];
    for (to, from) in bytes.iter_mut().zip(Sha256::digest(label)) {
        *to = from;
    }
    Id::from_bytes(bytes)
}
