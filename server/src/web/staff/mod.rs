//! The pages of staff: a handler parses, calls one action and leads on, or shows the same page again with what is wrong.

pub mod account;
pub mod action_items;
pub mod announcements;
pub mod audit;
mod changes;
pub mod components;
pub mod deliveries;
mod desk;
mod document;
mod hands;
pub mod home;
pub mod incident;
pub mod incidents;
pub mod look;
pub mod maintenance;
pub mod maintenances;
pub mod monitor_checks;
mod monitor_form;
pub mod monitors;
mod names;
mod paging;
pub mod people;
mod plan_reading;
pub mod planner;
pub mod postmortem;
mod postmortem_steps;
pub mod postmortems;
mod reading;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod subscribers;
mod work;

use app::language;
use app::staff::{Flash, Frame, Member, Wrong};
use axum::response::Response;

use super::guards::Caller;
use super::router::Shared;
use super::{assets, form, problem};
use crate::actions::Problem;
use crate::store::pages::{self, PageRecord};
use crate::store::{Db, StoreError};

/// What stands around a page: `here` is the part it belongs to, such as `/staff/incidents`. Without a `flash` it is what the form
/// before this page did.
#[must_use]
pub fn frame(shared: &Shared, caller: &Caller, here: &'static str, flash: Option<Flash>) -> Frame {
    let member = Member { name: caller.actor.name.clone(), role: caller.role };
    Frame { member: Some(member), flash: flash.or_else(|| caller.flash.clone()), ..outside(shared, &caller.page, here) }
}

/// What stands around the pages before the sign-in.
fn outside(shared: &Shared, page: &PageRecord, here: &'static str) -> Frame {
    Frame {
        page_name: page.name.clone(),
        time_zone: page.time_zone.clone(),
        now: shared.clock.now(),
        member: None,
        here,
        flash: None,
        assets: assets::addresses(),
    }
}

/// The page whose staff somebody is or wants to be.
async fn default_page(db: &Db) -> Result<PageRecord, Response> {
    let read = async {
        let mut tx = db.read().await?;
        pages::default_page(&mut tx).await?.ok_or(StoreError::Missing { what: "page", id: "default".to_owned() })
    };
    read.await.map_err(|error| problem::away(&error))
}

/// What is wrong, as pages show it.
#[must_use]
pub fn wrong(problems: &[Problem]) -> Vec<Wrong> {
    form::wrong(language::of("en"), problems)
}
