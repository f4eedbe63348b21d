//! The rules, as pure functions: no waiting, no IO, and the time is always an argument.
//!
//! Read in this order: [`status`] (what one component's status is, out of what people and monitors say), [`overall`] (what all
//! of them add up to), [`impact`] and [`incident`] (what an incident's updates mean), [`maintenance`] (what a window of planned
//! work means at an instant), [`calendar`] (days in the page's zone), [`uptime`] (seconds per day, and the figure over them),
//! [`valid_until`] (how long all of this stays true when nobody writes), [`notice`] (what a notification says), [`address`]
//! (which e-mail addresses are taken), [`relay`] (what a mail relay's answers mean), [`courier`] (what becomes of a delivery),
//! [`retry`] and [`pace`] (when, and how fast), [`limit`] (how often).

pub mod address;
pub mod calendar;
pub mod courier;
pub mod impact;
pub mod incident;
pub mod limit;
pub mod maintenance;
pub mod notice;
pub mod overall;
pub mod pace;
pub mod relay;
pub mod retry;
pub mod status;
pub mod uptime;
pub mod valid_until;
