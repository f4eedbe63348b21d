//! A simulated year: forty windows of all kinds in four zones over two changes of the clocks, moved, extended, edited and cancelled at
//! random, with a keeper that comes late, restarts or fails. Every expected notice is told exactly once, none early, none after it lost
//! its meaning. `ALLCLEAR_SEEDS=1000` plays that many years, `ALLCLEAR_SEED=7` plays the seventh again.

mod deed;
mod dice;
mod mailbox;
mod oracle;
mod world;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use chrono_tz::Tz;

use crate::support::number;

use deed::{Deed, Kind};
use dice::Dice;
use oracle::{Instant, Told};
use world::World;

/// Lord Howe Island turns its clocks by half an hour.
const ZONES: [Tz; 4] = [Tz::Europe__Berlin, Tz::America__New_York, Tz::Australia__Lord_Howe, Tz::Asia__Kolkata];

/// Ten windows: one of these is a series of three.
const KINDS: [Kind; 8] =
    [Kind::Once, Kind::Once, Kind::Once, Kind::Undated, Kind::Undated, Kind::Series, Kind::StartedByHand, Kind::EndedByHand];

/// Years that are played where nobody asks for more.
const SEEDS: u64 = 50;

fn start() -> Instant {
    "2026-01-10T00:00:00Z".parse().unwrap()
}

/// Plays a year on one page: what was told and what was to be told, each by time.
async fn year(zone: Tz, seed: u64) -> (Vec<Told>, Vec<Told>) {
    let mut world = World::new(zone, seed, start()).await;
    let end = start() + TimeDelta::days(365);
    for kind in KINDS {
        let at = start() + TimeDelta::seconds(world.dice.between(1, 290 * 86_400));
        world.agenda.insert((at, Deed::Announce(kind)));
    }
    // When the last tick was, and until when there will be none.
    let (mut last, mut away) = (start(), start());
    loop {
        let someone = world.agenda.first().map(|(at, _)| *at);
        let soon =
            TimeDelta::milliseconds(if world.dice.percent(85) { world.dice.between(0, 10_000) } else { world.dice.between(0, 200_000) });
        // The keeper has a pace of its own: between two ticks there are some seconds.
        let tick = world.oracle.next(last).map(|next| (next + soon).max(away).max(last + TimeDelta::seconds(6)));
        let Some(next) = someone.into_iter().chain(tick).min().filter(|next| *next < end) else { break };
        world.hand.set(next.max(world.hand.now()));
        if Some(next) == someone {
            let (_, deed) = world.agenda.pop_first().unwrap();
            world.act(deed).await;
            continue;
        }
        if world.dice.percent(5) {
            let minutes = if world.dice.percent(70) { world.dice.between(1, 90) } else { world.dice.between(90, 4 * 1_440) };
            away = next + TimeDelta::minutes(minutes);
            continue;
        }
        if world.dice.percent(20) {
            world.restart();
        }
        let mut ticks = 0;
        for _ in 0..world.dice.between(1, 3) {
            ticks += usize::from(world.tick().await);
        }
        assert_eq!(ticks, 1, "of several ticks at one instant one does the work");
        last = world.hand.now();
    }
    let told = world.told().await;
    let mut expected = std::mem::take(&mut world.oracle.told);
    expected.sort();
    world.close().await;
    (told, expected)
}

/// Plays a year on all four pages, and says what is wrong with it.
async fn play(seed: u64) -> Result<usize, String> {
    let mut notices = 0;
    for (place, zone) in (0..).zip(ZONES) {
        let (told, expected) = year(zone, Dice(seed * 4 + place).stir()).await;
        let difference = |these: &[Told], those: &[Told]| {
            let mut counts: BTreeMap<&Told, i64> = BTreeMap::new();
            these.iter().for_each(|one| *counts.entry(one).or_default() += 1);
            those.iter().for_each(|one| *counts.entry(one).or_default() -= 1);
            let more = counts.into_iter().filter(|(_, count)| *count > 0);
            more.map(|(one, count)| format!("{count} x {} of {} at {}", one.what, one.work, one.at)).collect::<Vec<_>>().join("\n  ")
        };
        if told != expected {
            return Err(format!(
                "ALLCLEAR_SEED={seed} plays this again ({zone}).\ntold and not to be told:\n  {}\nto be told and not told:\n  {}",
                difference(&told, &expected),
                difference(&expected, &told),
            ));
        }
        notices += told.len();
    }
    Ok(notices)
}

/// A year that panics has gone wrong too, and names its seed.
fn unwound(seed: u64, year: impl FnOnce() -> Result<usize, String>) -> Result<usize, String> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(year)).unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map_or("it says why above", String::as_str);
        Err(format!("ALLCLEAR_SEED={seed} plays this again. It panicked: {words}"))
    })
}

#[test]
fn in_a_year_every_notice_that_means_something_is_told_exactly_once() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (first, last) = number("ALLCLEAR_SEED").map_or((0, number("ALLCLEAR_SEEDS").unwrap_or(SEEDS)), |seed| (seed, seed + 1));
    let next = AtomicU64::new(first);
    let players = std::thread::available_parallelism().map_or(2, usize::from);
    let results: Vec<Result<usize, String>> = std::thread::scope(|scope| {
        let player = || {
            let seeds = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::SeqCst)).filter(|seed| *seed < last));
            seeds.map(|seed| unwound(seed, || runtime().block_on(play(seed)))).collect::<Vec<_>>()
        };
        let players: Vec<_> = (0..players).map(|_| scope.spawn(player)).collect();
        players.into_iter().flat_map(|player| player.join().unwrap()).collect()
    });
    let wrong: Vec<&String> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    assert!(wrong.is_empty(), "{} of {} years went wrong. The first:\n{}", wrong.len(), results.len(), wrong[0]);
    let notices: usize = results.iter().filter_map(|result| result.as_ref().ok()).sum();
    assert!(notices > 100 * results.len(), "a year has much to tell: {notices} in {}", results.len());
}
