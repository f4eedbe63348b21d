//! Texts as they were looked at and found good: files beside the tests, compared letter by letter.

use std::fmt::Write as _;
use std::path::Path;

/// Compares a text with the file of that name below `tests/it`. What differs is shown by line; `ALLCLEAR_RENEW_SNAPSHOTS=1` writes the
/// file anew.
pub fn compare(name: &str, text: &str) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(name);
    let text = format!("{}\n", text.trim_end());
    #[expect(clippy::disallowed_methods, reason = "whoever looks at the difference decides, outside of any setting of the program")]
    let renew = std::env::var_os("ALLCLEAR_RENEW_SNAPSHOTS").is_some();
    if renew {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&path, &text).expect("the file can be written");
        return Ok(());
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    if kept == text {
        return Ok(());
    }
    Err(format!(
        "{name} differs (- as kept, + as it is now):\n{}If that is meant, look at it and renew it: ALLCLEAR_RENEW_SNAPSHOTS=1 cargo test -p \
         server --features app/ssr --test it -- mails::snapshots",
        difference(&kept, &text)
    ))
}

/// The lines that differ, with one line around each run of them.
fn difference(kept: &str, now: &str) -> String {
    let (kept, now): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), now.lines().collect());
    // How long the longest common rest of both is, from each pair of places on.
    let mut common = vec![vec![0_usize; now.len() + 1]; kept.len() + 1];
    for (at, line) in kept.iter().enumerate().rev() {
        for (to, other) in now.iter().enumerate().rev() {
            common[at][to] = if line == other { common[at + 1][to + 1] + 1 } else { common[at + 1][to].max(common[at][to + 1]) };
        }
    }
    let (mut at, mut to, mut lines) = (0, 0, Vec::new());
    while at < kept.len() || to < now.len() {
        if at < kept.len() && to < now.len() && kept[at] == now[to] {
            lines.push((' ', kept[at]));
            (at, to) = (at + 1, to + 1);
        } else if at < kept.len() && (to == now.len() || common[at + 1][to] >= common[at][to + 1]) {
            lines.push(('-', kept[at]));
            at += 1;
        } else {
            lines.push(('+', now[to]));
            to += 1;
        }
    }
    let mut shown = String::new();
    for (place, (sign, line)) in lines.iter().enumerate() {
        let around = place.saturating_sub(1)..lines.len().min(place + 2);
        let near = lines[around].iter().any(|(sign, _)| *sign != ' ');
        if near {
            let _ = writeln!(shown, "{sign} {line}");
        }
    }
    shown
}

#[test]
fn a_difference_shows_what_is_gone_and_what_is_new_with_the_lines_around_it() {
    let shown = difference("a\nb\nc\nd\ne\n", "a\nb\nx\nd\ne\nf\n");
    assert_eq!(shown, "  b\n- c\n+ x\n  d\n  e\n+ f\n");
    assert_eq!(difference("same\n", "same\n"), "");
}
