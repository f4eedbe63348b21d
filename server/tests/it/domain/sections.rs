//! A post-mortem as one Markdown text, there and back.

use app::words::{PostmortemText, Sections};
use proptest::prelude::*;
use server::domain::sections::read;

fn of(body: &str, summary: Option<&str>, causes: Option<&str>) -> PostmortemText {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let sections = Sections { summary: own(summary), causes: own(causes), ..Sections::default() };
    PostmortemText { body: body.to_owned(), sections, ..PostmortemText::default() }
}

#[test]
fn what_stands_under_our_headings_goes_into_its_section() {
    let text = read("Hello.\n\n## Summary\n\nShort.\n\n### More\n\nLong.\n## Causes  \nA flood.\n");
    assert_eq!(text, of("Hello.", Some("Short.\n\n### More\n\nLong."), Some("A flood.")));
    assert_eq!(read("## Root cause\n\nA flood."), of("## Root cause\n\nA flood.", None, None), "another heading is text");
    assert_eq!(read(" \n"), PostmortemText::default());
}

#[test]
fn where_a_heading_is_not_where_it_belongs_all_of_it_is_free_text() {
    for text in ["## Causes\n\nA.\n\n## Summary\n\nB.", "## Summary\n\nA.\n\n## Summary\n\nB.", "## Summary\n\n## Causes\n\nB."] {
        assert_eq!(read(text), of(text, None, None));
    }
}

#[test]
fn a_heading_within_code_is_code() {
    for fence in ["```", "~~~~", "   ```"] {
        let text = format!("{fence}md\n## Summary\n{fence}\n\n## Causes\n\nA flood.");
        assert_eq!(read(&text), of(text.split("\n\n## Causes").next().unwrap().trim(), None, Some("A flood.")));
    }
    assert_eq!(read("```\n~~~\n## Summary\n"), of("```\n~~~\n## Summary", None, None), "never closed");
    assert_eq!(read("`` ` `` is code\n## Summary\nA."), of("`` ` `` is code", Some("A."), None));
}

/// Lines as they are seen: blank ones around headings are a matter of taste.
fn lines(markdown: &str) -> Vec<&str> {
    markdown.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

fn line() -> impl Strategy<Value = String> {
    let heading = prop::sample::select(Sections::HEADINGS.map(|(_, heading)| format!("## {heading}")).to_vec());
    prop_oneof![2 => "[a-z #`~]{0,8}", 2 => heading, 1 => Just("```".to_owned()), 1 => Just(String::new())]
}

proptest! {
    #[test]
    fn whatever_is_written_is_what_is_read(written in prop::collection::vec(line(), 0..12)) {
        let written = written.join("\n");
        let text = read(&written);
        let again = text.markdown();
        prop_assert_eq!(lines(&again), lines(&written));
        prop_assert_eq!(read(&again), text);
    }
}
