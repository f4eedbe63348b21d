//! The hours of a week as a picture: seven columns of twenty-four cells, strong in colour where it is busy, with the figure in each. The same
//! figures stand in a table for those who do not see it.

use leptos::prelude::*;

/// An hour of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// From 0, quiet, to 4, busy.
    pub level: u8,
    /// The figure, short enough for a cell.
    pub figure: String,
}

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

// In units of the picture, which is 320 wide: a cell holds four figures at a size that can be read on a phone.
const LEFT: usize = 40;
const TOP: usize = 20;
const WIDTH: usize = 40;
const HEIGHT: usize = 17;

/// The picture and the table.
#[must_use]
pub fn picture(label: &str, cells: &[Option<Cell>], marked: &[usize], zone: &str) -> AnyView {
    let days = DAYS.iter().enumerate().map(|(day, name)| {
        view! { <text class="axis" x=(LEFT + day * WIDTH + WIDTH / 2).to_string() y="13" text-anchor="middle">{*name}</text> }.into_any()
    });
    let hours = (0..24).map(|hour| {
        let middle = TOP + hour * HEIGHT + 12;
        view! { <text class="axis" x=(LEFT - 6).to_string() y=middle.to_string() text-anchor="end">{clock(hour)}</text> }.into_any()
    });
    let squares = cells.iter().enumerate().map(|(at, cell)| square(at, cell.as_ref()));
    let frames = cells.iter().enumerate().filter(|(at, _)| marked.contains(at)).map(|(at, _)| {
        let (x, y) = corner(at);
        let (x, y) = ((x + 1).to_string(), (y + 1).to_string());
        view! { <rect class="pick-here" x=x y=y width=(WIDTH - 3).to_string() height=(HEIGHT - 3).to_string() rx="2"/> }.into_any()
    });
    let drawn: Vec<AnyView> = days.chain(hours).chain(squares).chain(frames).collect();
    let sentence = format!("{label} by hour of the week in {zone}. {}", in_words(cells));
    let size = format!("0 0 {} {}", LEFT + 7 * WIDTH, TOP + 24 * HEIGHT);
    view! {
        <svg class="load" viewBox=size role="img" aria-label=sentence>{drawn}</svg>
        <ul class="scale" aria-hidden="true">
            <li>"quiet"</li>
            {(0..5).map(|level| view! { <li><svg viewBox="0 0 10 10" class="load"><rect class=format!("l{level}") width="10" height="10" rx="2"/></svg></li> }).collect::<Vec<_>>()}
            <li>"busy"</li>
        </ul>
        {table(label, cells, zone)}
    }
    .into_any()
}

fn clock(hour: usize) -> String {
    format!("{hour:02}:00")
}

fn corner(at: usize) -> (usize, usize) {
    (LEFT + at / 24 * WIDTH, TOP + at % 24 * HEIGHT)
}

fn square(at: usize, cell: Option<&Cell>) -> AnyView {
    let (x, y) = corner(at);
    let class = cell.map_or_else(|| "none".to_owned(), |cell| format!("l{}", cell.level));
    let (text, words) = (cell.map_or_else(|| "–".to_owned(), |cell| cell.figure.clone()), format!("fig {class}"));
    view! {
        <rect class=class x=x.to_string() y=y.to_string() width=(WIDTH - 1).to_string() height=(HEIGHT - 1).to_string() rx="2"/>
        <text class=words x=(x + WIDTH / 2).to_string() y=(y + 12).to_string() text-anchor="middle">{text}</text>
    }
    .into_any()
}

/// Which hours are the busiest and the quietest, for those who do not see the picture.
fn in_words(cells: &[Option<Cell>]) -> String {
    let known = |level: u8| cells.iter().enumerate().filter(move |(_, cell)| cell.as_ref().is_some_and(|cell| cell.level == level));
    let named = |at: usize| format!("{} {}", DAYS.get(at / 24).copied().unwrap_or_default(), clock(at % 24));
    let first = |level: u8| known(level).map(|(at, _)| named(at)).take(3).collect::<Vec<_>>().join(", ");
    let (busy, quiet) = (first(4), first(0));
    let told = |words: &str, hours: String| if hours.is_empty() { String::new() } else { format!("{words}: {hours} and others alike. ") };
    format!("{}{}All figures are in the table below it.", told("Busy", busy), told("Quiet", quiet))
}

fn table(label: &str, cells: &[Option<Cell>], zone: &str) -> AnyView {
    let rows = (0..24).map(|hour| {
        let figures = (0..7).map(|day| {
            let figure = cells.get(day * 24 + hour).and_then(Option::as_ref).map_or("–", |cell| cell.figure.as_str());
            view! { <td>{figure.to_owned()}</td> }
        });
        view! { <tr><th scope="row">{clock(hour)}</th>{figures.collect::<Vec<_>>()}</tr> }
    });
    let head: Vec<_> = DAYS.iter().map(|day| view! { <th scope="col">{*day}</th> }).collect();
    view! {
        <details class="more-fields">
            <summary>"The same as a table"</summary>
            <table class="hours">
                <caption class="vh">{format!("{label} by hour of the week in {zone}")}</caption>
                <thead><tr><th scope="col">"Hour"</th>{head}</tr></thead>
                <tbody>{rows.collect::<Vec<_>>()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
