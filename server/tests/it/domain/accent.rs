//! Colours that can be read.

use app::words::Colour;
use proptest::prelude::*;
use server::domain::accent::{LEAST, Theme, check, contrast, nearest};

#[test]
fn a_colour_that_reads_is_taken_and_one_that_does_not_is_refused_with_its_ratio_and_the_nearest_that_passes() {
    let teal: Colour = "#0e6b5c".parse().unwrap();
    assert_eq!(check(teal, Theme::Light), Ok(()));
    let sentence = check(teal, Theme::Dark).unwrap_err();
    assert!(
        sentence.starts_with("#0e6b5c has a contrast of 2.") && sentence.contains("dark ground") && sentence.contains("4.5:1"),
        "{sentence}"
    );
    let named: Colour = sentence.trim_end_matches('.').rsplit(' ').next().unwrap().parse().unwrap();
    assert_eq!(check(named, Theme::Dark), Ok(()));
}

#[test]
fn colours_are_read_as_people_write_them() {
    assert_eq!("#0B57A4".parse::<Colour>().unwrap().to_string(), "#0b57a4");
    assert_eq!("05a".parse::<Colour>().unwrap().to_string(), "#0055aa");
    for wrong in ["", "#", "#12", "#12345", "#1234567", "blue", "#12345g", "rgb(0,0,0)", "#１２３"] {
        assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
    }
}

proptest! {
    /// Whatever is chosen, the colour that is offered passes; one that passes stays as it is.
    #[test]
    fn the_nearest_colour_always_passes(channels in any::<[u8; 3]>(), dark in any::<bool>()) {
        let (colour, theme) = (Colour(channels), if dark { Theme::Dark } else { Theme::Light });
        let near = nearest(colour, theme);
        prop_assert!(contrast(near, theme) >= LEAST);
        prop_assert_eq!(near == colour, check(colour, theme).is_ok());
    }

    #[test]
    fn what_a_colour_is_written_as_is_read_as_the_same(channels in any::<[u8; 3]>()) {
        prop_assert_eq!(Colour(channels).to_string().parse::<Colour>(), Ok(Colour(channels)));
    }
}
