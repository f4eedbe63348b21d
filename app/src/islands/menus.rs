//! Menus of what the browser keeps.

use js_sys::Reflect;

use super::browser::{all, document, set_theme, set_zone, theme, zone};
use super::{browser, own_time};

/// Shows the menus with what was chosen, and applies what is chosen from now on.
pub fn start() {
    let Some(body) = document().and_then(|document| document.body()) else { return };
    for label in all(&body, "label[data-choice]") {
        let Some(menu) = label.query_selector("select").ok().flatten() else { continue };
        let of_zone = label.get_attribute("data-choice").as_deref() == Some("zone");
        let _ = Reflect::set(&menu, &"value".into(), &if of_zone { zone() } else { theme() }.into());
        let _ = label.remove_attribute("hidden");
        let chosen = menu.clone();
        browser::on(&menu, "change", move |_| {
            let value = browser::text(&chosen, "value").unwrap_or_default();
            if of_zone {
                set_zone(&value);
                own_time::show();
            } else {
                set_theme(&value);
            }
        });
    }
}
