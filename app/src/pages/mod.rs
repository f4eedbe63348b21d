//! One file per public route. A page is a function of the view: its title, its path, and what stands in `<main>`.

pub mod component;
pub mod history;
pub mod home;
pub mod incident;
pub mod maintenance;
pub mod not_found;
pub mod staff;
pub mod starting;

use leptos::prelude::AnyView;

/// What a page puts into the document around it.
pub struct Body {
    /// The title, status first, without the platform's name.
    pub title: String,
    /// What a search engine shows under the title.
    pub description: String,
    /// The canonical path with its query.
    pub path: String,
    /// Whether search engines may keep it.
    pub index: bool,
    /// What stands in `<main>`.
    pub main: AnyView,
}
