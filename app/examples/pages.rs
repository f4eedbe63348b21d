//! Writes the public pages of invented platforms into a folder, to be looked at:
//! `cargo run --release -p app --features ssr --example pages -- FOLDER`.

use std::path::PathBuf;
use std::sync::Arc;

use app::pages::history::{Kind, Query, Refused, with_month};
use app::parts::time::Month;
use app::view::PublicView;
use app::words::Impact;
use app::{Assets, PublicPage, render, render_starting};

#[path = "../tests/fixtures/mod.rs"]
mod fixtures;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/pages".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let assets = Assets {
        css: "/main.css".to_owned(),
        staff_css: "/staff.css".to_owned(),
        script: Some("/load.js".to_owned()),
        icon: "/icon.svg".to_owned(),
    };
    let write = |name: &str, html: Option<String>| std::fs::write(folder.join(format!("{name}.html")), html.unwrap_or_default());
    let show = |name: &str, page: PublicPage, view: &PublicView| write(name, render(&page, &Arc::new(view.clone()), &assets));
    let worst = fixtures::worst_day("Etc/UTC");
    let berlin = fixtures::worst_day("Europe/Berlin");
    let imported = fixtures::imported();
    show("worst", PublicPage::Home, &worst)?;
    show("berlin", PublicPage::Home, &berlin)?;
    show("quiet", PublicPage::Home, &fixtures::quiet())?;
    show("imported", PublicPage::Home, &imported)?;
    show("large", PublicPage::Home, &fixtures::large(50))?;
    show("history", PublicPage::History(Query::default()), &worst)?;
    show("history-old", PublicPage::History(Query { month: Month::parse("2026-02"), ..Query::default() }), &imported)?;
    let major = Query { impact: Some(Impact::Major), ..Query::default() };
    show("history-filtered", PublicPage::History(major.clone()), &worst)?;
    show("history-arabic", PublicPage::History(major.clone()), &worst.in_language("ar"))?;
    show("history-nothing", PublicPage::History(Query { kind: Some(Kind::Maintenance), ..major }), &worst)?;
    let refused = Refused { wrong: vec!["month", "impact"], ..Refused::default() };
    let refused = render(&PublicPage::HistoryRefused(refused), &Arc::new(worst.clone()), &assets);
    write("history-refused", refused.map(|page| with_month(&page, "2026-13")))?;
    show("uptime-refused", PublicPage::UptimeRefused, &worst)?;
    show("history-empty", PublicPage::History(Query::default()), &imported)?;
    show("incident", PublicPage::Incident(fixtures::id("inca").to_string()), &worst)?;
    show("incident-berlin", PublicPage::Incident(fixtures::id("incb").to_string()), &berlin)?;
    show("postmortem", PublicPage::Incident(fixtures::id("incf").to_string()), &worst)?;
    show("maintenance", PublicPage::Incident(fixtures::id("mnta").to_string()), &berlin)?;
    let mut measured = fixtures::large(50);
    fixtures::with_past(&mut measured);
    let first = measured.components.first().map(|c| c.component.id.to_string()).unwrap_or_default();
    let day = measured.as_of.date_naive() - chrono::Days::new(12);
    for (language, mark) in [("en", ""), ("ar", "-ar"), ("de", "-de")] {
        let shown = measured.in_language(language);
        show(&format!("uptime{mark}"), PublicPage::Uptime(None), &shown)?;
        show(&format!("measured{mark}"), PublicPage::Component(first.clone()), &shown)?;
        show(&format!("day{mark}"), PublicPage::Day(first.clone(), day), &shown)?;
    }
    show("component", PublicPage::Component(worst.components.first().map(|c| c.component.id.to_string()).unwrap_or_default()), &worst)?;
    let edited = fixtures::edited("Europe/Berlin");
    show("incident-edited", PublicPage::Incident(fixtures::id("inca").to_string()), &edited)?;
    show("incident-arabic", PublicPage::Incident(fixtures::id("inca").to_string()), &edited.in_language("ar"))?;
    show("incident-over", PublicPage::Incident(fixtures::id("ince").to_string()), &worst)?;
    show("maintenance-arabic", PublicPage::Incident(fixtures::id("mnta").to_string()), &berlin.in_language("ar"))?;
    for (name, key) in [("undated", "mntb"), ("running", "mntc"), ("early", "mntd")] {
        show(&format!("maintenance-{name}"), PublicPage::Incident(fixtures::id(key).to_string()), &worst)?;
    }
    let planned = fixtures::planned("Europe/Berlin");
    show("planned", PublicPage::Home, &planned)?;
    show("series", PublicPage::Incident(fixtures::id("ser1x").to_string()), &planned)?;
    show("maintenance-cancelled", PublicPage::Incident(fixtures::id("gone").to_string()), &planned)?;
    show("post-mortems", PublicPage::Postmortems, &planned)?;
    show("post-mortem", PublicPage::Postmortem(fixtures::id("pmc").to_string()), &planned)?;
    show("revision", PublicPage::Revision(fixtures::id("pmc").to_string(), 1), &planned)?;
    show("follow-ups", PublicPage::FollowUps, &planned)?;
    show("not-found", PublicPage::NotFound, &worst)?;
    write("starting", Some(render_starting(app::language::of("en"), &assets)))
}
