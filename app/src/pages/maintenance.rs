//! `/incidents/{id}` of planned work.

use leptos::prelude::*;

use super::Body;
use crate::parts::chrome::crumb;
use crate::parts::facts::{self, Fact};
use crate::parts::glyph::badge;
use crate::parts::incident_card::{href, title};
use crate::parts::maintenance_card::{FACE, concerned, downtime, tag, when};
use crate::parts::measure::duration;
use crate::parts::postmortem;
use crate::parts::time::Zone;
use crate::parts::timeline::{Shown, timeline};
use crate::view::PublicView;
use crate::words::{Maintenance, WindowMove};

/// The page.
#[must_use]
pub fn page(view: &PublicView, maintenance: &Maintenance) -> Body {
    let zone = Zone::of(view);
    let name = title(&maintenance.name);
    let concerned = concerned(maintenance, view).map(
        |list| view! { <section id="s-affected" aria-labelledby="affected"><h2 id="affected">"Components concerned"</h2>{list}</section> },
    );
    let document =
        view.postmortems.iter().find(|p| p.postmortem.status.is_public() && p.postmortem.maintenance_id.as_ref() == Some(&maintenance.id));
    let shown = Shown { most: usize::MAX, href: "", class: if maintenance.status.is_over() { "over" } else { FACE.class() } };
    let main = view! {
        {crumb(view, zone)}
        <article class="one">
            <p class="tag">{badge(FACE, "Planned work")}<span class="state">{maintenance.status.label()}</span></p>
            <h1>{name.clone()}</h1>
            {when(maintenance, view, zone)}
            {downtime(maintenance)}
            {work(maintenance, zone)}
            {moves(&maintenance.moves, zone)}
            {concerned}
            {document.map(|document| postmortem::section(document, &maintenance.name, zone))}
            <section id="s-updates" aria-labelledby="updates-list">
                <h2 id="updates-list">"Updates"</h2>
                {timeline(&maintenance.updates, shown, zone)}
            </section>
        </article>
    }
    .into_any();
    Body {
        title: format!("{}: {name}", maintenance.status.label()),
        description: format!("{}: {name}.", tag(maintenance)),
        path: href(&maintenance.id),
        index: true,
        main,
    }
}

/// When work really began and ended.
fn work(maintenance: &Maintenance, zone: Zone) -> Option<AnyView> {
    let mut rows: Vec<Fact> = Vec::new();
    if let Some(at) = maintenance.published_at {
        rows.push(("Announced", zone.moment(at), ""));
    }
    if let Some(at) = maintenance.started_at {
        rows.push(("Began", zone.moment(at), ""));
    }
    if let Some(at) = maintenance.completed_at {
        rows.push(("Ended", zone.moment(at), ""));
    }
    if let Some((from, until)) = maintenance.started_at.zip(maintenance.completed_at) {
        rows.push(("Took", duration((until - from).num_seconds()).into_any(), ""));
    }
    (!rows.is_empty()).then(|| facts::row(rows))
}

/// Every date it had, newest first, when there was more than one.
fn moves(moves: &[WindowMove], zone: Zone) -> Option<AnyView> {
    if moves.is_empty() {
        return None;
    }
    let items = moves.iter().rev().map(|moved| {
        let old = moved
            .from
            .map_or_else(|| view! { "Date set: " }.into_any(), |from| view! { <del>{zone.window_text(from)}</del>" became " }.into_any());
        view! { <li>{old}{zone.window_text(moved.to)}<span class="soft">", announced "{zone.moment(moved.at)}</span></li> }
    });
    Some(
        view! { <section id="s-moves" aria-labelledby="moves"><h2 id="moves">"Dates"</h2><ul class="moves">{items.collect::<Vec<_>>()}</ul></section> }
            .into_any(),
    )
}
