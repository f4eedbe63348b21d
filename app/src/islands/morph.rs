//! Makes a part of the document equal to a newer one without replacing what stays: focus, scroll, selection and folds are the reader's.
//!
//! Elements are matched by `id`, others by kind and order. Islands and the reader's own times are not part of the server's document
//! and stay as they are. A reader who has scrolled keeps what they look at where it is; for one at the very top what is new comes into
//! sight, and what has to make room for it fades in at its new place instead of jumping there.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, Node};

use super::browser::{after, all, children, document, element, window};
use super::{own_time, strip};

/// Marks what changed, for the fade.
const LIT: &str = "lit";
/// Longer than the fade.
const LIT_MS: i32 = 400;
/// Marks a fold that the reader opened or closed: it is theirs from then on.
pub const OWN_FOLD: &str = "data-own";

/// Takes over `new` into `old`, then puts the reader back where they were.
pub fn morph(old: &Element, new: &Element) {
    let Some(document) = document() else { return };
    let focus = document.active_element();
    let place = Place::of(old);
    let seen = if place.is_none() { Seen::of(&document) } else { Seen::default() };
    let mut morph = Morph { document: document.clone(), lit: Vec::new() };
    morph.element(old, new);
    own_time::apply(&document, old);
    if let Some(place) = place {
        place.restore();
    }
    for moved in seen.moved() {
        morph.light(&moved);
    }
    if let Some(focus) = focus.filter(|focus| focus.is_connected() && document.active_element().as_ref() != Some(focus)) {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        if let Ok(focus) = focus.dyn_into::<HtmlElement>() {
            let _ = focus.focus_with_options(&options);
        }
    }
    let lit = morph.lit;
    after(LIT_MS, move || {
        for element in lit {
            let _ = element.class_list().remove_1(LIT);
        }
    });
}

struct Morph {
    document: Document,
    lit: Vec<Element>,
}

impl Morph {
    fn element(&mut self, old: &Element, new: &Element) {
        attributes(old, new);
        self.children(old, new);
    }

    /// What has no place in the new document goes first: what stays is then in order already and need not be moved, because a moved
    /// node loses the focus and the selection in it.
    fn children(&mut self, old: &Element, new: &Element) {
        let mut left: Vec<Node> = children(old).into_iter().filter(|node| !own_time::is_own(node) && !strip::is_tip(node)).collect();
        let wanted = children(new);
        let mut stay = left.clone();
        let pairs: Vec<(Node, Option<Node>)> = wanted
            .into_iter()
            .map(|wanted| {
                let found = left.iter().position(|node| matches(node, &wanted));
                (wanted, found.map(|found| left.remove(found)))
            })
            .collect();
        for node in left {
            stay.retain(|kept| *kept != node);
            let _ = old.remove_child(&node);
        }
        for (wanted, node) in pairs {
            let Some(node) = node else {
                if let Ok(copy) = self.document.import_node_with_deep(&wanted, true) {
                    let _ = old.insert_before(&copy, stay.first());
                    self.light(&copy);
                }
                continue;
            };
            if stay.first() != Some(&node) {
                let _ = old.insert_before(&node, stay.first());
            }
            stay.retain(|kept| *kept != node);
            self.node(&node, &wanted);
        }
    }

    fn node(&mut self, old: &Node, new: &Node) {
        if let (Some(old), Some(new)) = (element(old), element(new)) {
            if !old.tag_name().eq_ignore_ascii_case("leptos-island") {
                self.element(old, new);
            }
            return;
        }
        if old.node_value() != new.node_value() {
            old.set_node_value(new.node_value().as_deref());
            if let Some(parent) = old.parent_element() {
                self.light(&parent);
            }
        }
    }

    fn light(&mut self, node: &Node) {
        if let Some(element) = element(node) {
            let _ = element.class_list().add_1(LIT);
            self.lit.push(element.clone());
        }
    }
}

fn id_of(node: &Node) -> Option<String> {
    element(node).map(Element::id).filter(|id| !id.is_empty())
}

/// Whether an old node may become the wanted one: the same kind, and the same id or none on both.
fn matches(old: &Node, wanted: &Node) -> bool {
    old.node_type() == wanted.node_type() && old.node_name() == wanted.node_name() && id_of(old) == id_of(wanted)
}

fn attributes(old: &Element, new: &Element) {
    for name in new.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !is_readers(old, &name) {
            let value = new.get_attribute(&name).unwrap_or_default();
            if old.get_attribute(&name).as_deref() != Some(&value) {
                let _ = old.set_attribute(&name, &value);
            }
        }
    }
    for name in old.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        if !new.has_attribute(&name) && !is_readers(old, &name) {
            let _ = old.remove_attribute(&name);
        }
    }
}

fn is_readers(old: &Element, name: &str) -> bool {
    strip::is_own(old, name) || name == OWN_FOLD || (name == "open" && old.has_attribute(OWN_FOLD))
}

/// What is on screen, and where.
#[derive(Default)]
struct Seen(Vec<(Element, f64)>);

impl Seen {
    fn of(document: &Document) -> Self {
        let height = window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default();
        let Some(body) = document.body() else { return Self::default() };
        let tops = all(&body, "main > *, main [id], footer").into_iter().map(|element| {
            let top = element.get_bounding_client_rect().top();
            (element, top)
        });
        Self(tops.filter(|(_, top)| *top < height).collect())
    }

    /// What stands elsewhere now, without what stands in such a thing: nothing has been drawn yet.
    fn moved(self) -> Vec<Element> {
        let mut moved: Vec<Element> = Vec::new();
        for (element, top) in self.0 {
            let stays = (element.get_bounding_client_rect().top() - top).abs() < 1.0;
            let within = moved.iter().any(|outer| outer.contains(Some(&element)));
            if element.is_connected() && !stays && !within {
                moved.push(element);
            }
        }
        moved
    }
}

/// The first thing with a name that the reader sees, and where.
struct Place {
    element: Element,
    top: f64,
}

impl Place {
    /// What has the focus where it can be seen, else what stands topmost. `None` at the very top: a reader there wants to see what
    /// is new.
    fn of(root: &Element) -> Option<Self> {
        let window = window()?;
        if window.scroll_y().ok()? <= 0.0 {
            return None;
        }
        let height = window.inner_height().ok()?.as_f64()?;
        let focused = window.document()?.active_element().filter(|element| root.contains(Some(element)));
        focused.into_iter().chain(all(root, "[id]")).find_map(|element| {
            let top = element.get_bounding_client_rect().top();
            (top >= 0.0 && top < height).then_some(Self { element, top })
        })
    }

    fn restore(self) {
        if !self.element.is_connected() {
            return;
        }
        let moved = self.element.get_bounding_client_rect().top() - self.top;
        if let Some(window) = window().filter(|_| moved.abs() >= 1.0) {
            window.scroll_by_with_x_and_y(0.0, moved);
        }
    }
}
