//! A post-mortem that was published or revised. Its own words are in the page's own language only.

use app::words::NotificationKind;

use super::foot::Foot;
use super::sheet::{OK, PLANNED, Sheet};
use super::voice::Voice;
use super::{Content, preheader};
use crate::domain::notice::PostmortemNotice;

pub fn words(voice: &Voice<'_>, notice: &PostmortemNotice) -> Content {
    let what = match (voice.letter.kind, notice.provisional) {
        (NotificationKind::PostmortemRevised, false) => "revised",
        (NotificationKind::PostmortemRevised, true) => "revised-provisional",
        (_, false) => "published",
        (_, true) => "provisional",
    };
    let first = voice.t(&format!("mail-postmortem-{what}"));
    let (title, summary) = (voice.own(&notice.title), voice.own(&notice.summary));
    let covered = notice.covers.iter().enumerate().map(|(at, name)| match notice.covered.get(at) {
        Some(id) => voice.marked(&voice.name(id, name)),
        None => voice.marked(&voice.own(name)),
    });
    let facts: Vec<_> = covered.map(|name| (voice.t("postmortem-about"), name)).collect();
    let word = voice.t("postmortem");
    let alone = match notice.covered.as_slice() {
        [alone] => Some((alone, false)),
        _ => None,
    };
    Sheet::new(voice, &format!("{first}: {}", voice.marked(&title)), &format!("{} · {word}", voice.letter.page_name), &title)
        .state(if notice.provisional { PLANNED } else { OK }, &voice.t(&format!("mail-word-{what}")), &voice.locale.full_text(notice.at))
        .sentence(&voice.t(&format!("mail-postmortem-{what}-about")))
        .message(&summary)
        .facts(&facts)
        .button(&voice.t("update-read-postmortem"), &voice.link(&format!("/post-mortems/{}", notice.postmortem_id)))
        .link(&voice.t("follow-ups-all"), &voice.link("/follow-ups"))
        .ended(voice.subject(&format!("{word}: {}", notice.title)), &preheader(&first, &notice.summary), Foot::subscriber(voice, alone))
}
