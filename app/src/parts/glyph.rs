//! Six statuses, six shapes: each reads without its colour, and a word always stands beside it.

use leptos::prelude::*;

use super::locale::Locale;
use crate::view::ComponentView;
use crate::words::{ComponentStatus, Impact, Sentence};

/// What a glyph and a colour stand for: the five statuses, and knowing nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// A status somebody or something vouches for.
    Known(ComponentStatus),
    /// Nothing known, or nothing to say.
    Unknown,
}

impl Face {
    /// The class that carries its colour.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Known(status) => status.as_str(),
            Self::Unknown => "unknown",
        }
    }

    /// Its shape in a box of 16 units; strokes within it have the class `k`.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Known(ComponentStatus::Operational) => r#"<circle cx="8" cy="8" r="7"/><path class="k" d="M4.6 8.3l2.3 2.3 4.5-4.9"/>"#,
            Self::Known(ComponentStatus::UnderMaintenance) => {
                r#"<rect x="1" y="1" width="14" height="14" rx="3"/><path class="k" d="M4.5 11.5l5-5M9 4.2a2.4 2.4 0 1 0 2.8 2.8"/>"#
            }
            Self::Known(ComponentStatus::DegradedPerformance) => {
                r#"<path d="M8 .6L15.4 8 8 15.4.6 8z"/><path class="k" d="M8 4.6v4M8 11.2v.1"/>"#
            }
            Self::Known(ComponentStatus::PartialOutage) => r#"<path d="M8 1.2L15.4 14.4H.6z"/><path class="k" d="M8 6.2v3.6M8 12.1v.1"/>"#,
            Self::Known(ComponentStatus::MajorOutage) => {
                r#"<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/><path class="k" d="M5.5 5.5l5 5M10.5 5.5l-5 5"/>"#
            }
            Self::Unknown => r#"<circle cx="8" cy="8" r="6.3" class="o"/>"#,
        }
    }

    /// The shape alone; decoration to a screen reader, which hears the word beside it. Its size stands here too, so that it stays small
    /// where the style sheet does not arrive.
    #[must_use]
    pub fn glyph(self) -> AnyView {
        view! { <svg class=format!("i {}", self.class()) viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" inner_html=self.shape()></svg> }.into_any()
    }
}

impl From<ComponentStatus> for Face {
    fn from(status: ComponentStatus) -> Self {
        Self::Known(status)
    }
}

impl From<Impact> for Face {
    fn from(impact: Impact) -> Self {
        match impact {
            Impact::Maintenance => Self::Known(ComponentStatus::UnderMaintenance),
            Impact::None => Self::Unknown,
            Impact::Minor => Self::Known(ComponentStatus::DegradedPerformance),
            Impact::Major => Self::Known(ComponentStatus::PartialOutage),
            Impact::Critical => Self::Known(ComponentStatus::MajorOutage),
        }
    }
}

impl From<Sentence> for Face {
    fn from(sentence: Sentence) -> Self {
        Self::Known(match sentence {
            Sentence::AllSystemsOperational => ComponentStatus::Operational,
            Sentence::ServiceUnderMaintenance => ComponentStatus::UnderMaintenance,
            Sentence::PartiallyDegradedService | Sentence::DegradedSystemService => ComponentStatus::DegradedPerformance,
            Sentence::MinorServiceOutage => ComponentStatus::PartialOutage,
            Sentence::PartialSystemOutage | Sentence::MajorSystemOutage => ComponentStatus::MajorOutage,
        })
    }
}

/// Glyph and word.
#[must_use]
pub fn badge(face: Face, word: &str) -> AnyView {
    view! { <span class=format!("cs {}", face.class())>{face.glyph()}{word.to_owned()}</span> }.into_any()
}

/// What is to be said of a component now. Silence is not uptime: an operational component nobody has heard of reads as such.
#[must_use]
pub fn face_of(component: &ComponentView, locale: Locale) -> (Face, String) {
    if component.no_recent_data && component.status == ComponentStatus::Operational {
        return (Face::Unknown, locale.t("status-silent"));
    }
    (component.status.into(), locale.status(component.status))
}
