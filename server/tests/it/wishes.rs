//! What a subscriber chooses beside kinds and components: language and zone, to mute one thing, a shared address, the link by mail. Each
//! is a journey from a mail to a page and back, on both engines.

mod choices;
mod mute;
mod shared;
mod spoken;
mod way;

use app::words::{Id, IncidentStatus, Subscriber};
use server::actions::incidents;
use server::secret::Purpose;

use crate::incidents::{Desk, opening, saying};
use crate::support::Engine;
use crate::support::app::TestApp;
use crate::support::smtp::{SmtpServer, Taken};

/// A desk whose mails are taken by a relay, on each engine.
pub async fn each_office(journey: impl AsyncFn(&Desk, &SmtpServer)) {
    for engine in Engine::ALL {
        let relay = SmtpServer::good().await;
        let url = relay.url();
        let settings = [
            ("ALLCLEAR_SMTP_URL", url.as_str()),
            ("ALLCLEAR_MAIL_FROM", "status@example.test"),
            ("ALLCLEAR_SMTP_RATE", "0"),
            ("ALLCLEAR_SUBSCRIBE_RATE", "0"),
        ];
        let desk = Desk::of(TestApp::with(engine, &settings).await).await;
        journey(&desk, &relay).await;
        desk.app.end().await;
    }
}

/// Lets the time to take something back pass, and sends what is due; the mails that were sent.
async fn sent(desk: &Desk, relay: &SmtpServer) -> Vec<Taken> {
    let before = relay.mails().len();
    desk.wait(60).await;
    desk.app.send_mails().await;
    relay.mails().split_off(before)
}

/// The addresses among them, sorted.
fn recipients(mails: &[Taken]) -> Vec<&str> {
    let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
    to.sort_unstable();
    to
}

/// Publishes an incident.
async fn opened(desk: &Desk) -> Id {
    incidents::create(&desk.act(), &opening(&[]), true).await.unwrap().id
}

/// Posts a message to it.
async fn said(desk: &Desk, incident: &Id, status: IncidentStatus) {
    incidents::post_update(&desk.act(), incident, &saying(status, &[]), None).await.unwrap();
}

/// The path at which a subscriber sees all that they chose.
async fn managed(app: &TestApp, subscriber: &Subscriber) -> String {
    app.link("subscription", Purpose::Manage, subscriber).await
}
