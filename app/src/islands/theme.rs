//! The reader's choice of light or dark. It lives in the browser; without scripts the system's choice holds.

use leptos::prelude::*;

/// A menu of three: the system's choice, light, dark. Hidden until it works.
#[island]
pub fn Theme() -> impl IntoView {
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
            "Theme "
            <select on:change=choose prop:value=move || choice.get()>
                <option value="system">"System"</option>
                <option value="light">"Light"</option>
                <option value="dark">"Dark"</option>
            </select>
        </label>
    }
}
