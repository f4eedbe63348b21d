//! `/post-mortems/{id}/preview/{token}`: a draft, for whoever was given the link, as long as it holds.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use super::Body;
use super::postmortem::article;
use crate::parts::chrome::still_crumb;
use crate::parts::locale::Locale;
use crate::parts::postmortem::title_of;
use crate::view::{PostmortemView, PublicView};

/// The draft as readers would see it, and that they do not.
#[must_use]
pub fn page(view: &PublicView, shown: &PostmortemView, until: DateTime<Utc>) -> Body {
    let locale = Locale::of(view);
    let main = view! {
        {still_crumb(view)}
        <p class="draft-mark" role="note"><strong>"Draft: not published"</strong>" It may change, and readers do not see it. This link holds until "{locale.moment(until)}"."</p>
        {article(view, shown, None)}
    }
    .into_any();
    let title = format!("Draft: {}", title_of(&shown.postmortem));
    Body { description: "A draft that is not published.".to_owned(), title, path: "/".to_owned(), index: false, main }
}

/// The link held until then.
#[must_use]
pub fn over(view: &PublicView, until: DateTime<Utc>) -> Body {
    let content = view! {
        <p class="lede">"It showed a draft until "{Locale::of(view).moment(until)}". Ask whoever sent it to you for another one."</p>
        <p><a href="/post-mortems">"Published post-mortems"</a></p>
    };
    super::visit(view, "This link has expired", content.into_any())
}

/// No link of ours, or to a draft that is gone.
#[must_use]
pub fn unknown(view: &PublicView) -> Body {
    let content = view! {
        <p class="lede">"It may be cut off, or the draft it showed is gone. Ask whoever sent it to you for another one."</p>
        <p><a href="/post-mortems">"Published post-mortems"</a></p>
    };
    super::visit(view, "There is no draft at this link", content.into_any())
}
