//! An announcement: a banner above everything else.

use leptos::prelude::*;

use crate::words::Announcement;

/// The banner, as readers see it.
#[must_use]
pub fn banner(announcement: &Announcement) -> AnyView {
    view! {
        <aside class="ann" id=format!("a-{}", announcement.id) aria-label="Announcement">
            <div class="md" inner_html=announcement.body_html.clone()></div>
        </aside>
    }
    .into_any()
}
