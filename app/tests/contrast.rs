//! The style sheet's colours are readable: text at least 4.5:1, glyphs and bars at least 3:1, in both themes.

#![expect(clippy::expect_used, reason = "a test stops at the first surprise")]

use std::collections::BTreeMap;

const CSS: &str = include_str!("../../style/main.css");
const STAFF_CSS: &str = include_str!("../../style/staff.css");

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

fn luminance(color: &str) -> f64 {
    let digits = color.trim_start_matches('#');
    assert_eq!(digits.len(), 6, "{color} has six digits");
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal")) / 255.0;
        if value <= 0.039_28 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
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
    check("light", &tokens(":root {"));
}

#[test]
fn the_dark_theme_is_readable() {
    check("dark", &tokens(":root[data-theme=\"dark\"] {"));
}

#[test]
fn the_chosen_dark_theme_is_the_systems_dark_theme() {
    assert_eq!(tokens(":root:not([data-theme=\"light\"]) {"), tokens(":root[data-theme=\"dark\"] {"));
}

#[test]
fn both_themes_name_the_same_colours() {
    let names = |tokens: Tokens| tokens.into_keys().collect::<Vec<_>>();
    assert_eq!(names(tokens(":root {")), names(tokens(":root[data-theme=\"dark\"] {")));
}

#[test]
fn nothing_is_placed_by_left_or_right() {
    for word in ["left:", "right:", "-left", "-right", "text-align: left", "text-align: right"] {
        for sheet in [CSS, STAFF_CSS] {
            assert!(!sheet.contains(word), "a style sheet says {word}");
        }
    }
}
