//! Templates of mails: places and what is filled in.

use server::channels::email::template::{escaped, fill};

#[test]
fn what_is_filled_in_is_not_looked_at_again() {
    for text in ["{{7*7}}", "{% include '/etc/passwd' %}", "{{constructor}}", "{{b}}", "{{", "}}"] {
        assert_eq!(fill("a {{a}} z", &[("a", text), ("b", "never")]), format!("a {text} z"));
    }
    assert_eq!(fill("{{a}}{{b}}{{a}}\n", &[("a", "1"), ("b", "2")]), "121");
    assert_eq!(fill("{{unknown}} {{a}}", &[("a", "1")]), "{{unknown}} 1");
}

#[test]
fn ten_thousand_braces_are_filled_in_no_time() {
    let braces = "{{".repeat(10_000);
    let started = std::time::Instant::now();
    assert_eq!(fill("{{a}}", &[("a", &braces)]), braces);
    assert_eq!(fill(&braces, &[("a", "1")]), braces);
    assert!(started.elapsed().as_millis() < 500);
}

#[test]
fn nothing_of_a_text_is_markup() {
    assert_eq!(escaped("<a href=\"x\" title='y'>&</a>"), "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
}
