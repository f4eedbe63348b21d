//! The public face: every public representation as immutable bytes, made when the record changes and handed out from memory.
//!
//! [`record`] holds what the store says, kept up to date by what changed; a [`app::view::PublicView`] is computed from it for one
//! instant; [`documents`] renders the view; [`Publisher`] does all of that again on every change and at the instant at which time
//! alone changes what is shown; [`disk`] keeps the last documents for a start without a database.

pub mod aside;
pub mod asked;
pub mod atom;
pub mod badge;
pub mod calendar;
pub mod disk;
pub mod document;
pub mod documents;
pub mod feed;
pub mod figures;
pub mod ical;
pub mod joined;
pub mod look;
pub mod past;
pub mod planned;
pub mod postmortem_feed;
pub mod publisher;
pub mod record;
pub mod responses;
pub mod rss;
pub mod v2;
pub mod wordings;
pub mod xml;

pub use document::{Document, Encoding};
pub use documents::Renderer;
pub use publisher::{Published, Publisher};
