//! What stands beside the text of a post-mortem: what readers would see, what to look at, a link to the draft, and its readers.

use leptos::prelude::*;

use super::postmortem::{Desk, Form, address, wrong_of};
use crate::parts::form::{self, Choice, Input, Weight};
use crate::parts::locale::Locale;

/// All of it.
pub(super) fn column(desk: &Desk, may: bool, locale: Locale) -> AnyView {
    view! { <div class="beside desk">{preview(desk)}{remarks(&desk.remarks)}{may.then(|| link(desk, locale))}{feedback(desk)}</div> }
        .into_any()
}

fn preview(desk: &Desk) -> Option<AnyView> {
    desk.preview.clone().map(|html| {
        view! {
            <section class="preview" id="preview" aria-labelledby="preview-title" tabindex="-1">
                <h2 id="preview-title">"Preview"</h2>
                <p class="hint">"As readers will see it. Nothing is published by looking."</p>
                <div inner_html=html></div>
            </section>
        }
        .into_any()
    })
}

/// What to look at before others do. The island renews the list whenever it has saved.
fn remarks(remarks: &[(Option<String>, String)]) -> AnyView {
    let rows: Vec<_> = remarks
        .iter()
        .map(|(place, sentence)| match place {
            Some(place) => view! { <li><a href=place.clone()>{sentence.clone()}</a></li> }.into_any(),
            None => view! { <li>{sentence.clone()}</li> }.into_any(),
        })
        .collect();
    view! {
        <section class="remarks" aria-labelledby="remarks-title">
            <h2 id="remarks-title">"Before others read it"</h2>
            <ul id="remarks" data-none="Nothing to remark.">{rows}</ul>
            <p class="hint">"Remarks on what is saved. None of them keeps you from publishing."</p>
        </section>
    }
    .into_any()
}

/// A link for somebody who is not staff.
fn link(desk: &Desk, locale: Locale) -> AnyView {
    let days = [Choice::new("1", "1 day"), Choice::new("7", "7 days"), Choice::new("30", "30 days")];
    let made = desk.link.as_ref().map(|(href, until)| {
        view! {
            <p class="flash" id="link" tabindex="-1"><a class="once" href=href.clone()>{href.clone()}</a><br/>"Whoever has this link sees the draft as it then is, until "{locale.moment(*until)}"."</p>
        }
    });
    let holds = Input { name: "days", label: "It holds for", value: "7", wrong: wrong_of(desk, Form::Other), ..Input::default() };
    view! {
        <section aria-labelledby="show-it">
            <h2 id="show-it">"Show the draft to somebody"</h2>
            {made}
            <form method="post" action=address(desk, "/preview-link")>
                {form::select(&holds, &days)}
                <div class="acts">{form::button(Weight::Quiet, "Make a link")}</div>
            </form>
        </section>
    }
    .into_any()
}

fn feedback(desk: &Desk) -> Option<AnyView> {
    desk.postmortem.status.is_public().then(|| {
        view! {
            <section aria-labelledby="readers">
                <h2 id="readers">"Its readers"</h2>
                <p class="more"><a href=address(desk, "/feedback")>"What readers said of it"</a></p>
            </section>
        }
        .into_any()
    })
}
