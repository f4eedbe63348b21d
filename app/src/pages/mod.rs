//! One file per public route. A page is a function of the view: its title, its path, and what stands in `<main>`.

pub mod component;
pub mod confirm;
pub mod day;
pub mod follow;
pub mod follow_ups;
pub mod history;
pub mod home;
pub mod incident;
pub mod leave;
pub mod link;
pub mod mailbox;
pub mod maintenance;
pub mod mute;
pub mod not_found;
pub mod postmortem;
pub mod postmortems;
pub mod preview;
pub mod proof;
pub mod revision;
pub mod staff;
pub mod starting;
pub mod subscribe;
pub mod subscription;
pub mod thanks;
pub mod unsubscribe;
pub mod uptime;
pub mod vote;
pub mod way;

use leptos::prelude::*;

use crate::parts::chrome::still_crumb;
use crate::view::PublicView;

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

/// A page for one visitor: a title and what stands under it.
fn visit(view: &PublicView, title: &str, content: AnyView) -> Body {
    let main = view! {
        {still_crumb(view)}
        <div class="one visit"><h1>{title.to_owned()}</h1>{content}</div>
    };
    let main = main.into_any();
    Body { title: title.to_owned(), description: title.to_owned(), path: "/".to_owned(), index: false, main }
}
