//! The reader's choice of light or dark. It lives in the browser; without scripts the system's choice holds.

#![expect(missing_docs, reason = "the macro makes a type of the properties, which cannot carry docs")]

use leptos::prelude::*;

/// A menu of three: the system's choice, light, dark. Hidden until it works.
#[island]
pub fn Theme(label: String, system: String, light: String, dark: String) -> impl IntoView {
    let works = RwSignal::new(false);
    let choice = RwSignal::new(String::from("system"));
    #[cfg(target_arch = "wasm32")]
    Effect::new(move || {
        choice.set(super::browser::theme());
        works.set(true);
        // The one island that stands on every page, so also on the form that asks for mails.
        super::own_time::say_zone();
    });
    let choose = move |_event| {
        #[cfg(target_arch = "wasm32")]
        super::browser::set_theme(&event_target_value(&_event));
    };
    view! {
        <label class="theme" hidden=move || !works.get()>
            {label}" "
            <select on:change=choose prop:value=move || choice.get()>
                <option value="system">{system}</option>
                <option value="light">{light}</option>
                <option value="dark">{dark}</option>
            </select>
        </label>
    }
}
