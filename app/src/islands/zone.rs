//! The reader's choice of the zone that times are shown in. It lives in the browser; without scripts every time stands in the page's zone
//! and in UTC.

#![expect(missing_docs, reason = "the macro makes a type of the properties, which cannot carry docs")]

use leptos::prelude::*;

/// A menu of three: the page's zone with UTC and the reader's own beside it, UTC alone, the reader's own alone. Hidden until it works.
#[island]
pub fn Zone(label: String, page: String, utc: String, own: String) -> impl IntoView {
    let works = RwSignal::new(false);
    let choice = RwSignal::new(String::from("page"));
    #[cfg(target_arch = "wasm32")]
    Effect::new(move || {
        choice.set(super::browser::zone());
        works.set(true);
    });
    let choose = move |_event| {
        #[cfg(target_arch = "wasm32")]
        {
            super::browser::set_zone(&event_target_value(&_event));
            super::own_time::show();
        }
    };
    view! {
        <label class="theme" hidden=move || !works.get()>
            {label}" "
            <select on:change=choose prop:value=move || choice.get()>
                <option value="page">{page}</option>
                <option value="utc">{utc}</option>
                <option value="own">{own}</option>
            </select>
        </label>
    }
}
