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
        <p class="draft-mark" role="note"><strong>{locale.t("preview-draft")}</strong>" "{locale.filled("preview-until", [("time", locale.moment(until))])}</p>
        {article(view, shown, None)}
    }
    .into_any();
    let title = locale.with("preview-title", [("title", title_of(&shown.postmortem, locale).into())]);
    Body { description: locale.t("preview-description"), title, path: "/".to_owned(), index: false, main }
}

/// The link held until then.
#[must_use]
pub fn over(view: &PublicView, until: DateTime<Utc>) -> Body {
    let locale = Locale::of(view);
    nothing(view, "preview-over", locale.filled("preview-over-lede", [("time", locale.moment(until))]))
}

/// No link of ours, or to a draft that is gone.
#[must_use]
pub fn unknown(view: &PublicView) -> Body {
    nothing(view, "preview-unknown", Locale::of(view).t("preview-unknown-lede").into_any())
}

fn nothing(view: &PublicView, title: &str, lede: AnyView) -> Body {
    let locale = Locale::of(view);
    let content = view! {
        <p class="lede">{lede}</p>
        <p><a href=locale.href("/post-mortems")>{locale.t("preview-published")}</a></p>
    };
    super::visit(view, &locale.t(title), content.into_any())
}
