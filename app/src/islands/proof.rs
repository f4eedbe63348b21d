//! The work a browser does for a form while very many ask for mails; then the form is sent by itself. Without scripts the page says how
//! long to wait instead.

use leptos::prelude::*;

/// What the browser is doing. The form around it has `data-challenge`, and a field named `proof`.
#[island]
pub fn Proof() -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    super::proving::start();
    view! { <i hidden=true></i> }
}
