//! Two texts, word by word: what went and what came.

use leptos::prelude::*;
use similar::{ChangeTag, DiffableStr, TextDiff};

use super::locale::Locale;
use crate::markdown::visible;

/// The newer text with what it lost and what it gained, as it was written. Struck and underlined, and said to those who do not see it.
#[must_use]
pub fn difference(before: &str, after: &str, locale: Locale) -> AnyView {
    let parts = runs(&visible(before), &visible(after)).into_iter().map(|(tag, text)| match tag {
        ChangeTag::Equal => text.into_any(),
        ChangeTag::Delete => view! { <del><span class="vh">{locale.t("difference-gone")}" "</span>{text}</del> }.into_any(),
        ChangeTag::Insert => view! { <ins><span class="vh">{locale.t("difference-new")}" "</span>{text}</ins> }.into_any(),
    });
    view! { <p class="dif" dir="auto">{parts.collect::<Vec<_>>()}</p> }.into_any()
}

/// Pieces of both texts together that are compared: the work grows with the square of what differs, and nobody reads a difference of
/// thousands of words one by one.
const MOST: usize = 4_000;

/// Neighbouring words of one kind as one text. Long texts are compared by their lines, very long ones as a whole.
fn runs(before: &str, after: &str) -> Vec<(ChangeTag, String)> {
    let few = |split: fn(&str) -> Vec<&str>| split(before).len() + split(after).len() <= MOST;
    let difference = if few(DiffableStr::tokenize_words) {
        TextDiff::from_words(before, after)
    } else if few(DiffableStr::tokenize_lines) {
        TextDiff::from_lines(before, after)
    } else {
        return vec![(ChangeTag::Delete, before.to_owned()), (ChangeTag::Insert, after.to_owned())];
    };
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in difference.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, text)) if *tag == change.tag() => text.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_word_is_one_that_went_and_one_that_came() {
        let told: Vec<String> = runs("Since 14:02 requests fail.", "Since 13:58 some requests fail.")
            .into_iter()
            .map(|(tag, text)| format!("{tag}{text}"))
            .collect();
        assert_eq!(told, [" Since ", "-14:02", "+13:58 some", "  requests fail."]);
    }

    #[test]
    fn both_texts_can_be_read_out_of_the_difference_however_long_they_are() {
        let many = |word: &str, end: &str| format!("{word}{end}").repeat(MOST);
        for (before, after) in [
            ("one two\n\n- three *four*".to_owned(), "two\nthree **four** five".to_owned()),
            (many("one", " "), many("two", " ")),
            (many("one", "\n"), many("two", "\n")),
        ] {
            let text = |without: ChangeTag| {
                runs(&before, &after).into_iter().filter(|(tag, _)| *tag != without).map(|(_, text)| text).collect::<String>()
            };
            assert_eq!((text(ChangeTag::Insert), text(ChangeTag::Delete)), (before.clone(), after.clone()));
        }
    }

    #[test]
    fn long_texts_are_compared_by_their_lines() {
        let words = "word ".repeat(MOST);
        let told = runs(&format!("{words}\nstays\n"), &format!("{words}more\nstays\n"));
        assert_eq!(told.iter().map(|(tag, _)| *tag).collect::<Vec<_>>(), [ChangeTag::Delete, ChangeTag::Insert, ChangeTag::Equal]);
    }
}
