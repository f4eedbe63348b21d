//! The document around every public page.

use std::sync::Arc;

use crate::view::PublicView;

/// Addresses of the embedded files a document refers to.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The script that loads the islands; `None` in a build without them.
    pub script: Option<String>,
    /// The icon.
    pub icon: String,
}

/// Which public page to render.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicPage {
    /// `/`
    Home,
    /// `/history`, the month as `2026-11`; `None` is the newest.
    History(Option<String>),
    /// `/incidents/{id}`, maintenances too.
    Incident(String),
    /// `/components/{id}`
    Component(String),
    /// The page for an address that leads nowhere.
    NotFound,
}

/// Renders a whole document, or `None` where the view knows no such object.
#[must_use]
pub fn render(_page: &PublicPage, _view: &Arc<PublicView>, _assets: &Assets) -> Option<String> {
    None
}
