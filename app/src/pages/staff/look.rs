//! `/staff/look`: the page's name and zone, its languages, its colours and its images.

use leptos::prelude::*;

use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::{brand, glyph::Face};
use crate::staff::{Frame, Wrong, document};
use crate::view::PublicView;
use crate::words::{Picture, PictureUse};

/// What stands in the form, as texts, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The name readers know the platform by.
    pub name: String,
    /// IANA name of the zone.
    pub time_zone: String,
    /// The platform's own site.
    pub home: String,
    /// Markdown about the page.
    pub about: String,
    /// Whether search engines are asked to stay away.
    pub hidden_from_search: bool,
    /// Code of the language that texts are written in.
    pub language: String,
    /// Codes of the languages the page is offered in.
    pub languages: Vec<String>,
    /// Colour on a light ground.
    pub accent: String,
    /// Colour on a dark ground.
    pub accent_dark: String,
}

/// The page. `view` is what readers see now; `None` while nothing is known yet.
#[must_use]
pub fn page(frame: &Frame, fields: &Fields, view: Option<&PublicView>, wrong: &[Wrong]) -> String {
    document(frame, "Page and look", || {
        view! {
            <div class="bar"><div><h1>"Page and look"</h1><p>"What readers see on every page. It changes as soon as it is saved."</p></div></div>
            {form::problems(wrong)}
            {view.map(previews)}
            <form method="post" action="/staff/look" class="settings">
                {about_the_page(fields, wrong)}
                {languages(fields, wrong)}
                {colours(fields, wrong)}
                <div class="acts">{form::button(Weight::Primary, "Save")}</div>
            </form>
            <section class="settings" aria-labelledby="images">
                <h2 id="images">"Images"</h2>
                <p class="hint">"PNG, JPEG, WebP or plain SVG. They are served from here: nothing is loaded from elsewhere."</p>
                {PictureUse::ALL.iter().map(|purpose| picture(*purpose, view, wrong)).collect::<Vec<_>>()}
            </section>
        }
        .into_any()
    })
}

fn about_the_page(fields: &Fields, wrong: &[Wrong]) -> AnyView {
    let line = |name, label, value: &str, hint| form::text(&Input { name, label, value, hint, wrong, ..Input::default() });
    let about = Input {
        name: "about",
        label: "About this site",
        value: &fields.about,
        hint: "Markdown, shown under the history on the first page. Leave it empty to show nothing.",
        wrong,
        ..Input::default()
    };
    let hidden = Input {
        name: "hidden_from_search",
        label: "Hide from search engines",
        hint: "Pages and files ask them not to list them. Whoever has the address still sees everything.",
        wrong,
        ..Input::default()
    };
    view! {
        <section aria-labelledby="page">
            <h2 id="page">"Page"</h2>
            {line("name", "Name", &fields.name, "What readers call the platform. With a logo it is the logo's alternative text.")}
            {line("time_zone", "Time zone", &fields.time_zone, "As in Europe/Berlin. Days begin in it, and every time is shown in it and in UTC.")}
            {line("home", "Address of your own site", &fields.home, "Linked at the foot of every page. Leave it empty for no link.")}
            {form::textarea(&about, 4)}
            {form::checkbox(&hidden, fields.hidden_from_search)}
        </section>
    }
    .into_any()
}

fn languages(fields: &Fields, wrong: &[Wrong]) -> AnyView {
    let known: Vec<Choice> = crate::language::all().iter().map(|language| Choice::new(language.code(), language.name())).collect();
    let own = Input {
        name: "language",
        label: "Language you write in",
        value: &fields.language,
        hint: "Its pages have addresses without a language in them. What was written before counts as written in the language chosen here: \
               choose it before you write.",
        wrong,
        ..Input::default()
    };
    let offered = Input {
        name: "languages",
        label: "Languages readers may choose",
        hint: "The interface is in all of them. What you wrote in one language only is marked in the others.",
        wrong,
        ..Input::default()
    };
    view! {
        <section aria-labelledby="languages">
            <h2 id="languages">"Languages"</h2>
            {form::select(&own, &known)}
            {form::checkboxes(&offered, &known, &fields.languages)}
        </section>
    }
    .into_any()
}

fn colours(fields: &Fields, wrong: &[Wrong]) -> AnyView {
    let colour = |name, label, value: &str, hint| form::text(&Input { name, label, value, hint, wrong, ..Input::default() });
    view! {
        <section aria-labelledby="colours">
            <h2 id="colours">"Colours"</h2>
            {colour("accent", "Accent on a light ground", &fields.accent, "Links, buttons and what has the focus, such as #0b57a4. Text needs a contrast of 4.5:1. Leave it empty for ours.")}
            {colour("accent_dark", "Accent on a dark ground", &fields.accent_dark, "Leave it empty to have the first one lightened until it can be read.")}
        </section>
    }
    .into_any()
}

/// One image: what it is now, another one, none.
fn picture(purpose: PictureUse, view: Option<&PublicView>, wrong: &[Wrong]) -> AnyView {
    let (hint, limit) = match purpose {
        PictureUse::Logo => ("Stands at the head of every page in the place of the name, 36 pixels high.", "At most 256 kB."),
        PictureUse::LogoDark => ("Shown instead of the logo where the page is dark.", "At most 256 kB."),
        PictureUse::Icon => {
            ("Beside the title in tabs and bookmarks, best square. A mark in its corner tells the status.", "At most 64 kB.")
        }
    };
    let now: Option<&Picture> = view.map(|view| &view.page.look).and_then(|look| match purpose {
        PictureUse::Logo => look.logo.as_ref(),
        PictureUse::LogoDark => look.logo_dark.as_ref(),
        PictureUse::Icon => look.icon.as_ref(),
    });
    let shown = now.map(|picture| {
        let (width, height) = (picture.width.to_string(), picture.height.to_string());
        let theme = if purpose == PictureUse::LogoDark { "dark" } else { "light" };
        let size = format!("{width} by {height} pixels");
        view! {
            <div class="preview" data-theme=theme>
                <img class="logo" src=picture.address.clone() width=width height=height alt=format!("{} now", purpose.label())/>
                <span class="soft">{size}</span>
            </div>
        }
    });
    let removal = now.map(|_| {
        let label = format!("Remove the {}", purpose.label().to_lowercase());
        view! { <button type="submit" class="b" formaction=format!("/staff/look/{purpose}/removal")>{label}</button> }
    });
    let hint = format!("{hint} {limit}");
    let file = Input { name: purpose.as_str(), label: purpose.label(), hint: &hint, wrong, ..Input::default() };
    view! {
        <div class="picture">
            {shown}
            <form method="post" action=format!("/staff/look/{purpose}") enctype="multipart/form-data">
                {form::file(&file, "image/png,image/jpeg,image/webp,image/svg+xml")}
                <div class="acts">{form::button(Weight::Quiet, if now.is_some() { "Replace" } else { "Upload" })}{removal}</div>
            </form>
        </div>
    }
    .into_any()
}

/// The head of the page on both grounds.
fn previews(view: &PublicView) -> AnyView {
    let preview = |theme: &'static str| {
        let sentence = view.sentence;
        view! {
            <div class="preview head" data-theme=theme role="img" aria-label=format!("The head of the page, {theme}")>
                <div><span class="brand">{brand::mark(view)}<span>" status"</span></span><span class="btn">"Get updates"</span></div>
                <p class="said">{Face::from(sentence).glyph()}{sentence.as_str()}</p>
                <p><span class="link">"A link"</span></p>
            </div>
        }
    };
    view! { {crate::head::sheet(&view.page.look)}<div class="previews">{preview("light")}{preview("dark")}</div> }.into_any()
}
