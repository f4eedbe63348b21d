//! Pieces used by two pages or more.
//!
//! Every piece is a plain function from borrowed facts to an owned [`leptos::prelude::AnyView`]: nothing here is reactive.

pub mod action_item;
pub mod announcement;
pub mod bars;
pub mod brand;
pub mod chrome;
pub mod components;
pub mod course;
pub mod days;
pub mod difference;
pub mod entry;
pub mod facts;
pub mod foreign;
pub mod form;
pub mod glyph;
pub mod incident_card;
pub mod locale;
pub mod maintenance_card;
pub mod measure;
pub mod months;
pub mod period;
pub mod postmortem;
pub mod reports;
pub mod response;
pub mod time;
pub mod timeline;
pub mod wishes;
pub mod working;
