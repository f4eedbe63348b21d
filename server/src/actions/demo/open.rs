//! What is wrong as the demonstration is made. These count their minutes back from then and name no hour, so that they fit any
//! time of day.

use app::words::ComponentStatus::{DegradedPerformance, PartialOutage};
use app::words::IncidentStatus::{Identified, Investigating, Monitoring};

use super::calendar::Calendar;
use super::platform::{CLOUDLINK, DEVICE_URLS, LOGS, TERMINAL};
use super::story::Story;

/// The worse one.
pub(super) const CLOUDLINK_DOWN: &str = "Some devices cannot reconnect to the Cloudlink VPN";

/// The incidents that are not over.
pub(super) fn now(calendar: Calendar) -> Vec<Story> {
    vec![
        Story::new(CLOUDLINK_DOWN, calendar.ago(97))
            .seen(2)
            .says(
                9,
                Investigating,
                "Since a few minutes ago, part of the devices that lose their Cloudlink connection cannot open a new one. Devices that \
                 are connected stay connected, and applications on every device keep running.\n\nWe are looking for the cause.",
                &[(CLOUDLINK, PartialOutage), (TERMINAL, DegradedPerformance)],
            )
            .says(
                36,
                Identified,
                "Two of our nine Cloudlink gateways refuse new connections: they ran out of memory for open sessions after a change that \
                 we rolled out to them yesterday. About **14 %** of devices are assigned to these two.\n\nWe have stopped sending new \
                 devices there and are rolling the change back. Device URLs and the web terminal fail for the devices that are cut off.",
                &[(DEVICE_URLS, DegradedPerformance)],
            )
            .says(
                76,
                Identified,
                "The first of the two gateways runs without the change and takes connections again; its devices are coming back at a \
                 steady pace. We are waiting for them before we restart the second one, so that not all of them knock at once.\n\nAbout \
                 **6 %** of devices are still cut off. If you need one of them urgently, restarting it lets it pick another gateway.",
                &[],
            )
            .next_by(calendar.ahead(40)),
        Story::new("Device logs arrive late", calendar.ago(312))
            .seen(11)
            .says(
                24,
                Investigating,
                "New log lines show up in the dashboard and the API with a delay of up to ten minutes. No lines are lost.",
                &[(LOGS, DegradedPerformance)],
            )
            .says(
                58,
                Identified,
                "One of the queues between devices and log storage is saturated: after a network change at a large customer, many \
                 devices sent the logs they had kept back, all together. We are adding room to the queue.",
                &[],
            )
            .says(
                244,
                Monitoring,
                "The queue has been drained and new lines arrive within seconds. Some older lines are still being sorted in. We leave \
                 this open until the busiest hour of the day has passed.",
                &[],
            ),
    ]
}
