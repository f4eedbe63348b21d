//! The style sheet's colours are readable: text at least 4.5:1, glyphs and bars at least 3:1, in both themes.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

use app::words::{Colour, DARK_GROUNDS, LIGHT_GROUNDS};

const CSS: &str = include_str!("../../style/main.css");
const STAFF_CSS: &str = include_str!("../../style/staff.css");

/// Where the themes begin.
const LIGHT: &str = ":root, [data-theme=\"light\"] {";
const DARK: &str = "  [data-theme=\"dark\"] {";

type Tokens = BTreeMap<String, String>;

/// The custom properties of the rule that follows `selector`.
fn tokens(selector: &str) -> Tokens {
    let start = CSS.find(selector).unwrap_or_else(|| panic!("no {selector} in the style sheet")) + selector.len();
    let end = CSS[start..].find('}').expect("a rule ends") + start;
    CSS[start..end]
        .split(';')
        .filter_map(|part| part.trim().strip_prefix("--"))
        .filter_map(|part| part.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .filter(|(_, value)| value.starts_with('#'))
        .collect()
}

fn contrast(one: &str, other: &str) -> f64 {
    let read = |text: &str| text.parse::<Colour>().expect("a colour");
    read(one).contrast(read(other))
}

fn check(theme: &str, tokens: &Tokens) {
    let of = |name: &str| tokens.get(name).unwrap_or_else(|| panic!("{theme} lacks --{name}"));
    let mut failures = Vec::new();
    let mut hold = |front: &str, back: &str, least: f64| {
        let found = contrast(of(front), of(back));
        if found < least {
            failures.push(format!("{theme}: --{front} on --{back} is {found:.2}, less than {least}"));
        }
    };
    for ground in ["bg", "card"] {
        for text in ["ink", "soft", "link", "ok", "deg", "par", "maj", "mnt", "unk"] {
            hold(text, ground, 4.5);
        }
        for mark in ["ok-bar", "deg-bar", "par-bar", "maj-bar", "mnt-bar", "unk"] {
            hold(mark, ground, 3.0);
        }
    }
    for text in ["ink", "soft", "link"] {
        hold(text, "well", 4.5);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_light_theme_is_readable() {
    check("light", &tokens(LIGHT));
}

#[test]
fn the_dark_theme_is_readable() {
    check("dark", &tokens(DARK));
}

#[test]
fn the_chosen_dark_theme_is_the_systems_dark_theme() {
    assert_eq!(tokens(":root:not([data-theme=\"light\"]) {"), tokens(DARK));
}

#[test]
fn both_themes_name_the_same_colours() {
    let names = |tokens: Tokens| tokens.into_keys().collect::<Vec<_>>();
    assert_eq!(names(tokens(LIGHT)), names(tokens(DARK)));
}

#[test]
fn chosen_colours_are_held_against_the_grounds_of_the_style_sheet() {
    for (tokens, grounds) in [(tokens(LIGHT), LIGHT_GROUNDS), (tokens(DARK), DARK_GROUNDS)] {
        assert_eq!(["bg", "card", "well"].map(|name| tokens[name].clone()), grounds.map(|ground| ground.to_string()));
    }
}

#[test]
fn contrast_is_what_the_guideline_says() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
    assert!((contrast("#0b57a4", "#0b57a4") - 1.0).abs() < 1e-9);
}

#[test]
fn nothing_is_placed_by_left_or_right() {
    for word in ["left:", "right:", "-left", "-right", "text-align: left", "text-align: right"] {
        for sheet in [CSS, STAFF_CSS] {
            assert!(!sheet.contains(word), "a style sheet says {word}");
        }
    }
}
