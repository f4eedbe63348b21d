//! What the operator chose for the page to be known by.

use leptos::prelude::*;

use super::chrome::name_of;
use super::locale::Locale;
use crate::view::PublicView;
use crate::words::Picture;

/// The logo, or the name where there is none. Of two logos the style sheet shows the one for the theme, and only that one is loaded.
#[must_use]
pub fn mark(view: &PublicView) -> AnyView {
    let name = name_of(view);
    let image = |logo: &Picture, class: &'static str, loading: &'static str| {
        let (width, height) = (logo.width.to_string(), logo.height.to_string());
        view! { <img class=class src=logo.address.clone() width=width height=height alt=name.clone() loading=loading/> }.into_any()
    };
    match (&view.page.look.logo, &view.page.look.logo_dark) {
        (None, _) => name.into_any(),
        (Some(logo), None) => image(logo, "logo", "eager"),
        (Some(light), Some(dark)) => [image(light, "logo on-light", "lazy"), image(dark, "logo on-dark", "lazy")].into_any(),
    }
}

/// The way to the platform's own site.
#[must_use]
pub fn home(view: &PublicView, locale: Locale) -> Option<AnyView> {
    let home = &view.page.look.chosen.home;
    let place = home.split_once("://").map(|(_, place)| place.trim_end_matches('/').to_owned())?;
    Some(view! { <a href=home.clone()>{locale.with("look-home", [("site", place.into())])}</a> }.into_any())
}

/// What the operator says of the page.
#[must_use]
pub fn about(view: &PublicView, locale: Locale) -> Option<AnyView> {
    let html = view.page.look.about_html.clone();
    let language = (view.language != view.page.language).then(|| view.page.language.clone());
    let section = || {
        view! {
            <section id="s-about" aria-labelledby="about-site">
                <div class="sh"><h2 id="about-site">{locale.t("look-about")}</h2></div>
                <div class="md" lang=language dir="auto" inner_html=html.clone()></div>
            </section>
        }
    };
    (!html.is_empty()).then(|| section().into_any())
}
