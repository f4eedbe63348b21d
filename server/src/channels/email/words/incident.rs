//! A message of an incident.

use super::foot::Foot;
use super::sheet::{BROKEN, OK, Sheet};
use super::voice::Voice;
use super::{Content, preheader};
use crate::domain::notice::IncidentNotice;

pub fn words(voice: &Voice<'_>, notice: &IncidentNotice) -> Content {
    let at = |time| voice.locale.full_text(time);
    let status = voice.locale.incident(notice.status);
    let over = notice.status.is_over();
    let mut facts = vec![(voice.t("history-impact"), voice.locale.impact(notice.impact)), (voice.t("fact-began"), at(notice.started_at))];
    facts.extend(notice.resolved_at.map(|time| (voice.t("fact-resolved"), at(time))));
    facts.extend(notice.next_update_at.map(|time| (voice.t("fact-next"), at(time))));
    let name = voice.name(&notice.incident_id, &notice.name);
    let body = voice.body(Some(&notice.update_id), &notice.body);
    Sheet::new(voice, &format!("{status}: {}", voice.marked(&name)), &voice.letter.page_name, &name)
        .state(if over { OK } else { BROKEN }, &status, &at(notice.display_at))
        .message(&body)
        .facts(&facts)
        .components(&voice.t("fact-components"), &notice.components)
        .button(&voice.t("mail-read"), &voice.link(&format!("/incidents/{}", notice.incident_id)))
        .ended(voice.thread(&notice.subject), &preheader(&status, &body.text), Foot::subscriber(voice, Some((&notice.incident_id, !over))))
}
