//! The pages of staff: a handler parses, calls one action and leads on, or shows the same page again with what is wrong.

use app::staff::{Flash, Frame, Member};

use super::assets;
use super::guards::Caller;
use super::router::Shared;

/// What stands around a page: `here` is the part it belongs to, such as `/staff/incidents`. Without a `flash` it is what the form
/// before this page did.
#[must_use]
pub fn frame(shared: &Shared, caller: &Caller, here: &'static str, flash: Option<Flash>) -> Frame {
    Frame {
        page_name: caller.page.name.clone(),
        time_zone: caller.page.time_zone.clone(),
        now: shared.clock.now(),
        member: Some(Member { name: caller.actor.name.clone(), role: caller.role }),
        here,
        flash: flash.or_else(|| caller.flash.clone()),
        assets: assets::addresses(),
    }
}
