//! Badges: what stands on them can be read, and they are as wide as the field's.

use server::snapshot::badge;

fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(colour.get(at..at + 2).unwrap_or_default(), 16).unwrap_or_default()) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

#[test]
fn white_text_can_be_read_on_every_colour() {
    for fill in badge::FILLS {
        assert!(1.05 / (luminance(fill) + 0.05) >= 4.5, "{fill}");
    }
}

#[test]
fn texts_are_as_wide_as_the_field_draws_them() {
    for (text, measured) in [("status", 33), ("operational", 63), ("minor outage", 73)] {
        assert!(badge::width(text).abs_diff(measured) <= 2, "{text}: {} for {measured}", badge::width(text));
    }
}
