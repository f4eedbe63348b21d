//! Simulated days of watching, in no time: targets that fail in all ways, lose packets and answer late, under a prober that stalls, loses
//! its network, has its clock set and is started anew. No failure of ours is ever one of theirs, every failure of theirs is found in
//! time and only once (reliability N1-N7, T1, 6.3). `ALLCLEAR_SEEDS=10000` plays that many days, `ALLCLEAR_SEED=7` plays the seventh
//! again.

use std::collections::BTreeMap;

use app::words::{Id, Verdict};
use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use server::domain::evidence::{Internal, Outcome, Reason, holds_for};
use server::domain::monitor::{Event, Rules, State, judge};
use server::domain::schedule::{next_check, ramp};

use crate::support::number;

/// Days that are played where nobody asks for more.
const SEEDS: u64 = 200;
/// Seconds from check to check, as the gates want it.
const INTERVAL: i64 = 60;

fn start() -> DateTime<Utc> {
    "2026-11-23T00:00:00Z".parse().unwrap()
}

fn rules() -> Rules {
    Rules { failure_threshold: 3, success_threshold: 2, holds_for: holds_for(INTERVAL) }
}

/// What a target does for a while.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    /// Every check fails, at once.
    Hard,
    /// Every check fails after its whole time.
    Hang,
    /// So many of a hundred checks fail.
    Flaky(u32),
    /// It answers too late.
    Slow,
}

/// A fault in milliseconds of true time.
#[derive(Clone, Copy, Debug)]
struct Spell {
    from: i64,
    until: i64,
    fault: Fault,
}

/// What happens to us, in milliseconds of true time.
#[derive(Clone, Copy, Debug)]
enum Trouble {
    /// Our network is gone, and the anchors say so.
    Network,
    /// This process stands still.
    Stall,
    /// It is not there; when it is back, what was missed is spread.
    Away,
}

/// One monitor and what became of it.
struct Watched {
    id: Id,
    state: State,
    spells: Vec<Spell>,
    /// Next check, in true time.
    due: i64,
    /// Checks that failed for a reason of the target and those that were good, by when they seem to have begun.
    failed: Vec<DateTime<Utc>>,
    good: Vec<DateTime<Utc>>,
    /// What others heard, with the true time.
    heard: Vec<(i64, Event)>,
}

/// A day: who is watched, what happens to us, and how the clock on the wall is set.
struct Day {
    dice: StdRng,
    watched: Vec<Watched>,
    troubles: Vec<(i64, i64, Trouble)>,
    jumps: BTreeMap<i64, i64>,
    length: i64,
}

impl Day {
    fn of(seed: u64, length_hours: i64) -> Self {
        let mut dice = StdRng::seed_from_u64(seed);
        let length = length_hours * 3_600_000;
        let watched = (0..6)
            .map(|n| {
                let id = Id::parse(&format!("m{seed:07}{n:04}")).unwrap();
                let mut spells = Vec::new();
                let mut at = dice.random_range(0..length / 2);
                // The first is always well.
                while n > 0 && at < length {
                    let until = at + dice.random_range(5_000..1_800_000);
                    let fault = match dice.random_range(0..6) {
                        0 | 1 => Fault::Hard,
                        2 => Fault::Hang,
                        3 => Fault::Slow,
                        _ => Fault::Flaky(dice.random_range(1..=60)),
                    };
                    spells.push(Spell { from: at, until, fault });
                    at = until + dice.random_range(1_000..length / 3);
                }
                let due = (ramp(&id, INTERVAL, start()) - start()).num_milliseconds();
                Watched { id, state: State::unknown(start()), spells, due, failed: vec![], good: vec![], heard: vec![] }
            })
            .collect();
        let mut troubles = Vec::new();
        for _ in 0..dice.random_range(0..4) {
            let from = dice.random_range(0..length);
            let trouble = [Trouble::Network, Trouble::Stall, Trouble::Away][dice.random_range(0..3)];
            troubles.push((from, from + dice.random_range(1_000..900_000), trouble));
        }
        let jump = |dice: &mut StdRng| (dice.random_range(0..length), [-3_600_000, 3_600_000, -1_000, 1_000][dice.random_range(0..4)]);
        let jumps = (0..dice.random_range(0..3)).map(|_| jump(&mut dice)).collect();
        Self { dice, watched, troubles, jumps, length }
    }

    /// The clock on the wall at that true time.
    fn wall(&self, at: i64) -> DateTime<Utc> {
        start() + TimeDelta::milliseconds(at + self.jumps.range(..=at).map(|(_, jump)| jump).sum::<i64>())
    }

    fn trouble(&self, from: i64, until: i64) -> Option<Trouble> {
        self.troubles.iter().find(|(begin, end, _)| *begin <= until && *end >= from).map(|(_, _, trouble)| *trouble)
    }

    /// What a check of that monitor sees that begins then, and how long it takes.
    fn look(&mut self, monitor: usize, at: i64) -> (Outcome, i64) {
        let fault = self.watched[monitor].spells.iter().find(|spell| spell.from <= at && at < spell.until).map(|spell| spell.fault);
        let (outcome, took) = match fault {
            Some(Fault::Hard) => (Outcome::Bad(Reason::HttpStatus(503)), 40),
            Some(Fault::Hang) => (Outcome::Bad(Reason::Timeout), 10_000),
            Some(Fault::Slow) => (Outcome::Slow, 2_000),
            Some(Fault::Flaky(percent)) if self.dice.random_ratio(percent, 100) => (Outcome::Bad(Reason::HttpStatus(500)), 40),
            Some(Fault::Flaky(_)) | None => (Outcome::Good, 40),
        };
        match self.trouble(at, at + took) {
            // Whatever was seen, it is thrown away.
            Some(Trouble::Network) => (Outcome::Internal(Internal::Network), took),
            Some(Trouble::Stall) => (Outcome::Internal(Internal::Stall), took),
            Some(Trouble::Away) | None => (outcome, took),
        }
    }

    /// Plays it to the end.
    fn play(mut self) -> Self {
        loop {
            let Some(next) = (0..self.watched.len()).min_by_key(|n| self.watched[*n].due) else { return self };
            let at = self.watched[next].due;
            if at >= self.length {
                return self;
            }
            if let Some((_, end, _)) =
                self.troubles.iter().find(|(from, end, what)| matches!(what, Trouble::Away) && *from <= at && at < *end)
            {
                let spread = ramp(&self.watched[next].id, INTERVAL, start()) - start();
                self.watched[next].due = end + spread.num_milliseconds();
                continue;
            }
            let (outcome, took) = self.look(next, at);
            let (began, over) = (self.wall(at), self.wall(at + took));
            let jitter = self.dice.random_range(-1.0..=1.0);
            let watched = &mut self.watched[next];
            match outcome {
                Outcome::Bad(_) => watched.failed.push(began),
                Outcome::Good | Outcome::Slow => watched.good.push(began),
                Outcome::Internal(_) => {}
            }
            let before = watched.state;
            let (state, event) = judge(before, rules(), outcome, began);
            check(&before, &state, event, outcome, began);
            watched.state = state;
            watched.heard.extend(event.map(|event| (at + took, event)));
            // What the clock says is only a difference here: a clock that is set makes the prober spread its checks anew.
            let planned = next_check(&watched.id, INTERVAL, state.verdict, began, over.max(began), jitter) - over.max(began);
            watched.due = at + took + planned.num_milliseconds().max(0);
        }
    }
}

/// What holds after every single check.
fn check(before: &State, after: &State, event: Option<Event>, outcome: Outcome, at: DateTime<Utc>) {
    match outcome {
        Outcome::Internal(_) => {
            assert_eq!(event, None, "a failure of ours is no news");
            assert!(after.verdict == before.verdict || after.verdict == Verdict::Unknown, "{before:?} became {after:?}");
            assert!(!before.is_down() || after.is_down(), "what is down stays so until somebody has looked");
        }
        Outcome::Bad(_) => assert!(!matches!(after.verdict, Verdict::Up | Verdict::Degraded | Verdict::Recovering)),
        Outcome::Good | Outcome::Slow => assert!(!matches!(after.verdict, Verdict::Down | Verdict::Suspect)),
    }
    if !matches!(outcome, Outcome::Internal(_)) {
        assert!(after.since <= at && after.began() <= at, "nothing lies ahead: {after:?} at {at}");
    }
    if matches!(event, Some(Event::Down(_))) {
        assert!(after.verdict == Verdict::Down && after.streak >= rules().failure_threshold, "{after:?}");
    }
}

/// What holds for a whole day.
fn judged(day: &Day) {
    for (n, watched) in day.watched.iter().enumerate() {
        let mut open = false;
        for (_, event) in &watched.heard {
            match event {
                Event::Down(first) => {
                    assert!(!open, "one failure is told of once");
                    assert!(!day.jumps.is_empty() || watched.failed.contains(first), "it began with a check that failed");
                    open = true;
                }
                Event::Up(first) => {
                    assert!(!day.jumps.is_empty() || watched.good.contains(first), "it ended with a check that was good");
                    open = false;
                }
                Event::Degraded(_) => assert!(!open),
            }
        }
        assert!(n > 0 || watched.heard.iter().all(|(_, event)| matches!(event, Event::Up(_))), "the first was well all the time");
        assert!(n > 0 || watched.heard.len() <= 1 + day.troubles.len() + day.jumps.len(), "and known to be");
        for spell in watched.spells.iter().filter(|spell| matches!(spell.fault, Fault::Hard | Fault::Hang)) {
            found(day, watched, spell);
        }
    }
}

/// A fault that lasts, while nothing happens to us, is found within the gate of 110 s, and its end within 90 s.
fn found(day: &Day, watched: &Watched, spell: &Spell) {
    let calm = |from: i64, until: i64| {
        day.trouble(from - 300_000, until).is_none() && day.jumps.range(from - 300_000..until).next().is_none() && until < day.length
    };
    let before = watched.spells.iter().filter(|other| other.until <= spell.from).map(|other| other.until).max().unwrap_or(i64::MIN / 2);
    let told = |from: i64, until: i64, down: bool| {
        watched.heard.iter().any(|(at, event)| (from..=until).contains(at) && matches!(event, Event::Down(_)) == down)
    };
    if spell.until - spell.from > 110_000 && spell.from - before > 300_000 && calm(spell.from, spell.from + 110_000) {
        assert!(told(spell.from, spell.from + 110_000, true), "{spell:?} was not found: {:?}", watched.heard);
        let next = watched.spells.iter().filter(|other| other.from >= spell.until).map(|other| other.from).min().unwrap_or(i64::MAX);
        if next - spell.until > 90_000 && calm(spell.from, spell.until + 90_000) {
            assert!(told(spell.until, spell.until + 90_000, false), "the end of {spell:?} was not found: {:?}", watched.heard);
        }
    }
}

#[test]
fn no_failure_of_ours_is_theirs_and_every_failure_of_theirs_is_found_in_time_and_once() {
    let (first, last) = number("ALLCLEAR_SEED").map_or((1, number("ALLCLEAR_SEEDS").unwrap_or(SEEDS)), |seed| (seed, seed));
    for seed in first..=last {
        let played = std::panic::catch_unwind(|| judged(&Day::of(seed, 24).play()));
        assert!(played.is_ok(), "day {seed} went wrong; ALLCLEAR_SEED={seed} plays it again");
    }
}

/// How long one phase takes when each packet of it is lost with one percent and sent again after one, two, four seconds, and two
/// percent of answers come a second late.
fn phase(dice: &mut StdRng) -> i64 {
    let mut took = 20;
    let mut again = 1_000;
    while dice.random_ratio(1, 100) {
        took += again;
        again *= 2;
    }
    if dice.random_ratio(2, 100) { took + 1_000 } else { took }
}

#[test]
fn a_day_of_twenty_healthy_targets_behind_a_bad_line_has_no_false_alarm() {
    for seed in 1..=5 {
        let mut dice = StdRng::seed_from_u64(seed);
        for target in 0..20 {
            let id = Id::parse(&format!("healthy{target:05}")).unwrap();
            let (mut state, mut at, mut lost) = (State::unknown(start()), ramp(&id, INTERVAL, start()), 0);
            while at < start() + TimeDelta::hours(24) {
                let (connect, answer) = (phase(&mut dice), phase(&mut dice));
                let took = connect + answer;
                let late = connect > 5_000 || answer > 10_000 || took > 15_000;
                lost += i32::from(late);
                let outcome = if late { Outcome::Bad(Reason::Timeout) } else { Outcome::Good };
                let (next, event) = judge(state, rules(), outcome, at);
                assert!(!matches!(event, Some(Event::Down(_) | Event::Degraded(_))), "seed {seed}, target {target}, {at}");
                state = next;
                let over = at + TimeDelta::milliseconds(took);
                at = next_check(&id, INTERVAL, state.verdict, at, over, dice.random_range(-1.0..=1.0));
            }
            assert!(lost < 20, "the line is bad, not cut");
        }
    }
}

#[test]
fn a_lasting_fault_is_found_within_the_gates_and_so_is_its_end() {
    // From the fault to the news, in seconds, whenever in the interval it begins; a hang takes the whole time of a check.
    for (name, took, [half, most, all]) in [("refused", 5, [55.0, 95.0, 110.0]), ("hangs for 10 s", 10_000, [65.0, 95.0, 110.0])] {
        let (mut found, mut ended) = (Vec::new(), Vec::new());
        let mut dice = StdRng::seed_from_u64(7);
        for n in 0..1_000 {
            let id = Id::parse(&format!("fault{n:07}")).unwrap();
            let fault = start() + TimeDelta::milliseconds(dice.random_range(600_000..660_000));
            let end = fault + TimeDelta::milliseconds(dice.random_range(600_000..660_000));
            let (mut state, mut at) = (State::unknown(start()), ramp(&id, INTERVAL, start()));
            while at < end + TimeDelta::minutes(5) {
                let bad = (fault..end).contains(&at);
                let over = at + TimeDelta::milliseconds(if bad { took } else { 20 });
                let (next, event) = judge(state, rules(), if bad { Outcome::Bad(Reason::Timeout) } else { Outcome::Good }, at);
                match event {
                    Some(Event::Down(_)) => found.push((over - fault).as_seconds_f64()),
                    Some(Event::Up(_)) if over > end => ended.push((over - end).as_seconds_f64()),
                    _ => {}
                }
                state = next;
                at = next_check(&id, INTERVAL, state.verdict, at, over, dice.random_range(-1.0..=1.0));
            }
        }
        assert_eq!((found.len(), ended.len()), (1_000, 1_000), "{name}");
        for times in [&mut found, &mut ended] {
            times.sort_by(f64::total_cmp);
        }
        assert!(found[500] <= half && found[950] <= most && found[999] <= all, "{name}: {} {} {}", found[500], found[950], found[999]);
        assert!(ended[999] <= 90.0, "{name}: {}", ended[999]);
    }
}
