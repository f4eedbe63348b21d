//! The rules, as pure functions: no waiting, no IO, and the time is always an argument.
//!
//! Read in this order: [`status`] (what one component's status is, out of what people and monitors say), [`overall`] (what all
//! of them add up to), [`impact`] and [`incident`] (what an incident's updates mean), [`maintenance`] (what a window of planned
//! work means at an instant), [`planning`] and [`recurrence`] (which windows can be announced, and what to warn of), [`reminder`] (what the
//! clock has to say, and until when it means something), [`calendar`] and
//! [`local_time`] (days and times in the page's zone), [`uptime`] (seconds per day, and the figure over them), [`order`] (places that
//! people change), [`valid_until`] (how long all of this stays true when nobody writes), [`compose`] (what people may write), [`notice`] (what a
//! notification says) and [`other_words`] (what people wrote of it in other languages), [`reader`] (in which language and zone somebody is
//! spoken to), [`evidence`] (what a check saw), [`certificate`] (when one ends), [`monitor`] (what the checks mean), with [`slowness`],
//! [`flapping`], [`quorum`] (what several places see together), [`anchors`] (is it us?), [`blocked`] (where we are kept out) and [`class`] (what
//! a failure of some kind means), [`schedule`] (when checks are made), [`heartbeat`] (when a beat is missing), [`times`] (how long they took),
//! [`failure`] (what follows from a confirmed failure), [`seen`] (what is kept of it), [`template`] (what a draft says of a component);
//! [`load`] (when the platform is used, and when work disturbs least);
//! [`relay`] (what a mail relay's answers mean), [`courier`] (what becomes of a delivery), [`retry`], [`lane`] and [`pace`] (when, in which
//! order, and how fast); [`dsn`] and [`bounce`] (what is reported of a mail afterwards, and what that means); [`mail_domain`] and [`mail_records`] (what
//! DNS says about a domain's mails), [`health`] (what is sound about a service); [`address`], [`password`], [`limit`], [`proof`] and [`sighting`]
//! (what is taken from strangers, and how often); [`announcement`] (how
//! many are shown at once); [`prefill`] (what a post-mortem begins with), [`sections`] (one as a single text), [`lint`] (what to look
//! at before it is published).

pub mod accent;
pub mod address;
pub mod anchors;
pub mod announcement;
pub mod blocked;
pub mod bounce;
pub mod cells;
pub mod certificate;
pub mod class;
pub mod compose;
pub mod courier;
pub mod dsn;
pub mod evidence;
pub mod expectation;
pub mod failure;
pub mod flapping;
pub mod health;
pub mod heartbeat;
pub mod impact;
pub mod incident;
pub mod lane;
pub mod limit;
pub mod lint;
pub mod load;
pub mod local_time;
pub mod mail_domain;
pub mod mail_records;
pub mod maintenance;
pub mod monitor;
pub mod notice;
pub mod order;
pub mod other_words;
pub mod overall;
pub mod pace;
pub mod password;
pub mod picture;
pub mod planning;
pub mod prefill;
pub mod proof;
pub mod quorum;
pub mod reader;
pub mod recurrence;
pub mod relay;
pub mod reminder;
pub mod retry;
pub mod schedule;
pub mod sections;
pub mod seen;
pub mod settings;
pub mod sighting;
pub mod slowness;
pub mod status;
pub mod svg;
pub mod template;
pub mod times;
pub mod uptime;
pub mod valid_until;

// Pages need the same days as the record, so they stand with the pages.
pub use app::calendar;
