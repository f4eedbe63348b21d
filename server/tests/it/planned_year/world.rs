//! One page in one zone for a year: ten windows, people who plan and change their minds, and a keeper that comes late, restarts or fails.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::words::{Channel, DeliveryState, Id, MaintenanceStatus, ReminderPlan, Role, StaffMember, Window};
use chrono::{NaiveDateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use server::actions::maintenances::{self as actions, EditInput, MaintenanceInput, RecurrenceInput, UpdateInput};
use server::actions::{Act, ActionError, Actor, outbox};
use server::clock::{Clock, Hand};
use server::meters::Meters;
use server::store::delivery_reads;
use server::store::pages::{self, PageRecord};
use server::store::staff::{self, StaffRecord};
use server::store::subscriber_imports::{self, Newcomer};
use server::store::{Db, components, jobs, maintenances};
use server::workers::Keeper;
use tempfile::TempDir;

use super::deed::{Deed, Kind};
use super::dice::Dice;
use super::mailbox::read;
use super::oracle::{Instant, Oracle, Phase, Told, Work};
use crate::planned_clock::plan;
use crate::store::sample;
use crate::support::template;

pub struct World {
    pub hand: Hand,
    pub oracle: Oracle,
    pub dice: Dice,
    pub agenda: BTreeSet<(Instant, Deed)>,
    db: Db,
    page: Id,
    zone: Tz,
    clock: Clock,
    keeper: Keeper,
    _folder: TempDir,
}

impl World {
    /// An empty page.
    pub async fn new(zone: Tz, seed: u64, start: Instant) -> Self {
        let (folder, db) = template::open().await;
        let page = sample::id("page");
        let mut tx = db.write().await.unwrap();
        let record = PageRecord { time_zone: zone.name().to_owned(), created_at: start, updated_at: start, ..sample::page("page") };
        pages::insert(&mut tx, &record).await.unwrap();
        components::upsert_component(&mut tx, &page, &sample::component("api", 1)).await.unwrap();
        let member = StaffMember {
            id: sample::id("member"),
            email: "duty@example.test".to_owned(),
            name: Some("On duty".to_owned()),
            role: Role::Responder,
            disabled_at: None,
            last_sign_in_at: None,
            created_at: start,
        };
        staff::insert(&mut tx, &page, "duty@example.test", &StaffRecord { member, password_hash: None, updated_at: start }).await.unwrap();
        let address = "all@example.test".to_owned();
        let reader = Newcomer { key: address.clone(), address, ..Newcomer::default() };
        let readers = BTreeMap::from([(sample::id("reader"), reader)]);
        subscriber_imports::insert_active(&mut tx, &page, Channel::Email, &readers, start).await.unwrap();
        // The other jobs have nothing to do here, and what the outbox told stays to be looked at.
        for job in ["promises", "roll_up", "retention"] {
            jobs::ensure(&mut tx, &page, job, start + TimeDelta::days(4_000)).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (clock, hand) = Clock::manual(start);
        let keeper = Keeper::new(db.clone(), clock.clone(), Arc::new(Meters::default()));
        Self { hand, oracle: Oracle::default(), dice: Dice(seed), agenda: BTreeSet::new(), db, page, zone, clock, keeper, _folder: folder }
    }

    /// Another process, which knows nothing of what the one before it did.
    pub fn restart(&mut self) {
        self.keeper = Keeper::new(self.db.clone(), self.clock.clone(), Arc::new(Meters::default()));
    }

    /// A tick now; whether it was time for one.
    pub async fn tick(&mut self) -> bool {
        let ran = self.keeper.tick().await.unwrap().contains(&"planned_work");
        if ran {
            self.oracle.tick(self.hand.now());
        }
        ran
    }

    /// Does what somebody does at this time.
    pub async fn act(&mut self, deed: Deed) {
        match deed {
            Deed::Announce(kind) => self.announce(kind).await,
            Deed::Look(number) => {
                // Time may have passed without a tick: who looks at the page sees what it did.
                self.look(number).await;
                self.look_again(number);
            }
        }
    }

    async fn announce(&mut self, kind: Kind) {
        let now = self.hand.now();
        let window = self.window_after(now);
        let again = (kind == Kind::Series).then(|| RecurrenceInput { rule: "FREQ=WEEKLY;COUNT=3".to_owned(), exceptions: Vec::new() });
        let notify = self.dice.percent(85);
        let input = MaintenanceInput {
            auto_start: kind != Kind::StartedByHand,
            auto_complete: kind != Kind::EndedByHand,
            reminders: self.plan(),
            notify,
            ..plan((kind != Kind::Undated).then_some(window))
        };
        let actor = Actor::system();
        let act = Act { db: &self.db, actor: &actor, now, undo: TimeDelta::zero() };
        let done = actions::create(&act, &input, again.as_ref(), true).await.unwrap();
        let mut tx = self.db.read().await.unwrap();
        let all = maintenances::changed_since(&mut tx, &self.page, -1).await.unwrap();
        drop(tx);
        let mut made: Vec<_> = all.into_iter().map(|record| record.maintenance).collect();
        made.retain(|m| self.oracle.works.iter().all(|work| work.id != m.id));
        made.sort_by_key(|m| m.window.map(|window| window.from));
        assert_eq!((made.len(), &made[0].id), (if again.is_some() { 3 } else { 1 }, &done.id));
        for (week, m) in (0..).zip(&made) {
            let expected = input.window.map(|window| {
                let from = self.weeks_later(window.from, week);
                (from, from + (window.until - window.from))
            });
            assert_eq!(m.window.map(|window| (window.from, window.until)), expected, "window {week} of {kind:?}");
            self.oracle.works.push(Work {
                id: m.id.clone(),
                window: expected,
                starts_itself: input.auto_start,
                ends_itself: input.auto_complete,
                before: input.reminders.before_minutes.clone(),
                at_start: input.reminders.at_start,
                at_end: input.reminders.at_end,
                dated: now,
                phase: Phase::Planned,
                said: MaintenanceStatus::Scheduled,
                spoken: now,
            });
            let number = self.oracle.works.len() - 1;
            if week == 0 && notify {
                self.oracle.tell(number, "announced", now);
            }
            self.plan_looks(number);
        }
    }

    /// The instant so many weeks later at which clocks show the same time; the first one where they do so twice, the jump where they
    /// jump over it.
    fn weeks_later(&self, at: Instant, weeks: i64) -> Instant {
        let local: NaiveDateTime = at.with_timezone(&self.zone).naive_local() + TimeDelta::weeks(weeks);
        let mut found = self.zone.from_local_datetime(&local).earliest();
        let mut after = local;
        while found.is_none() {
            after += TimeDelta::minutes(1);
            found = self.zone.from_local_datetime(&after).earliest();
        }
        found.unwrap().to_utc()
    }

    fn window_after(&mut self, now: Instant) -> Window {
        let whole = now - TimeDelta::seconds(now.timestamp().rem_euclid(60));
        let far = self.dice.pick(&[60, 24 * 60, 8 * 24 * 60, 30 * 24 * 60]);
        let from = whole + TimeDelta::minutes(self.dice.between(2, far));
        let long = self.dice.pick(&[2, 30, 60, 240]);
        Window { from, until: from + TimeDelta::minutes(self.dice.between(2, long)) }
    }

    fn plan(&mut self) -> ReminderPlan {
        if self.dice.percent(50) {
            return ReminderPlan::default();
        }
        let mut before_minutes =
            self.dice.pick(&[vec![], vec![1], vec![3, 2, 1], vec![90, 15], vec![20_160, 10_080, 4_320, 1_440, 120, 30]]);
        before_minutes.retain(|_| self.dice.percent(80));
        ReminderPlan { before_minutes, at_start: self.dice.percent(70), at_end: self.dice.percent(70) }
    }

    /// Times at which people look at work: at random ones, and around the instants at which the clock has to tell something.
    fn plan_looks(&mut self, number: usize) {
        let now = self.hand.now();
        let work = self.oracle.works[number].clone();
        let (from, until) = work.window.unwrap_or((now + TimeDelta::days(10), now + TimeDelta::days(10)));
        let mut instants = vec![from, until, until + TimeDelta::minutes(self.dice.between(1, 200))];
        instants.extend(work.before.iter().map(|minutes| from - TimeDelta::minutes(*minutes)));
        for _ in 0..self.dice.between(2, 5) {
            let near = self.dice.pick(&instants) + TimeDelta::seconds(self.dice.between(-40, 40));
            let some = now + TimeDelta::seconds(self.dice.between(1, (until - now).num_seconds().max(2)));
            let at = if self.dice.percent(60) { near } else { some };
            self.agenda.insert((at.max(now + TimeDelta::seconds(1)), Deed::Look(number)));
        }
        if work.window.is_none() || !work.starts_itself || !work.ends_itself {
            self.look_again(number);
        }
    }

    /// Work that waits for people is looked at again.
    fn look_again(&mut self, number: usize) {
        let now = self.hand.now();
        let work = &self.oracle.works[number];
        let waits = match (work.phase, work.window) {
            (Phase::Over, _) => None,
            (_, None) => Some(now + TimeDelta::hours(self.dice.between(1, 400))),
            (Phase::Planned, Some((from, _))) if !work.starts_itself => Some(from.max(now) + TimeDelta::minutes(self.dice.between(1, 90))),
            (Phase::Running, Some((_, until))) if !work.ends_itself || until <= work.spoken => {
                Some(until.max(now) + TimeDelta::minutes(self.dice.between(1, 90)))
            }
            (Phase::Planned, Some((from, _))) if !work.ends_itself => Some(from.max(now) + TimeDelta::minutes(self.dice.between(1, 90))),
            _ => None,
        };
        if let Some(at) = waits {
            self.agenda.insert((at, Deed::Look(number)));
        }
    }

    /// Somebody looks at a piece of work, and mostly does something about it.
    async fn look(&mut self, number: usize) {
        let now = self.hand.now();
        let mut work = self.oracle.works[number].clone();
        let (begins, ends) = work.pass(now);
        let notify = self.dice.percent(80);
        let intent = self.intent(&work, now);
        let result = self.carry_out(&work, &intent, notify, now).await;
        let allowed = match (&intent, work.phase) {
            (Intent::Nothing, _) => return,
            (Intent::Slip, _) | (Intent::Cancel | Intent::Window(_), Phase::Over) => false,
            _ => true,
        };
        match result {
            Ok(_) => assert!(allowed, "{intent:?} is refused of {work:?} at {now}"),
            Err(ActionError::Invalid(_) | ActionError::Conflict(_)) if !allowed => return,
            Err(error) => panic!("{intent:?} of {work:?} at {now}: {error}"),
        }
        // Before somebody's words come those that time has made.
        if ends && work.at_end && work.window.is_some_and(|(_, until)| now < until + TimeDelta::days(1)) {
            self.oracle.tell(number, "finished", now);
        } else if begins && !ends && work.at_start {
            self.oracle.tell(number, "started", now);
        }
        let event = self.take_over(&mut work, intent, now);
        self.oracle.works[number] = work;
        if let Some(event) = event.filter(|_| notify) {
            self.oracle.tell(number, event, now);
        }
    }

    /// What somebody wants who sees work as it stands.
    fn intent(&mut self, work: &Work, now: Instant) -> Intent {
        let other = self.window_after(now);
        let minutes = TimeDelta::minutes(self.dice.between(1, 120));
        let dice = self.dice.between(1, 100);
        let longer = work.window.map(|(from, until)| Window { from, until: until.max(now) + minutes });
        let begun = Window { from: now - minutes, until: now + minutes };
        match (work.phase, work.window) {
            _ if dice > 95 => Intent::Slip,
            (Phase::Over, _) if dice <= 40 => Intent::Cancel,
            (Phase::Over, _) if dice <= 70 => Intent::Window(other),
            (Phase::Over, Some((_, until))) if dice <= 75 && until < now && work.said == MaintenanceStatus::Completed => {
                Intent::Post(MaintenanceStatus::InProgress)
            }
            (Phase::Over, _) => Intent::Nothing,
            (Phase::Planned, None) if dice <= 60 => Intent::Window(other),
            (Phase::Planned, Some((from, _))) if from <= now && dice <= 70 => Intent::Post(MaintenanceStatus::InProgress),
            (Phase::Planned, _) => match dice {
                ..=20 => Intent::Window(other),
                21..=26 => Intent::Window(begun),
                27..=34 => longer.map_or(Intent::Nothing, Intent::Window),
                35..=44 => Intent::Cancel,
                45..=64 => Intent::Edit(self.plan()),
                65..=74 => Intent::Post(MaintenanceStatus::Scheduled),
                75..=79 => Intent::Post(MaintenanceStatus::InProgress),
                _ => Intent::Nothing,
            },
            (Phase::Running, _) => match dice {
                ..=25 => longer.map_or(Intent::Nothing, Intent::Window),
                26..=45 => Intent::Post(MaintenanceStatus::Verifying),
                46..=70 => Intent::Post(MaintenanceStatus::Completed),
                71..=75 => Intent::Cancel,
                76..=85 => Intent::Post(MaintenanceStatus::InProgress),
                _ => Intent::Nothing,
            },
        }
    }

    async fn carry_out(&self, work: &Work, intent: &Intent, notify: bool, now: Instant) -> Result<(), ActionError> {
        let actor = Actor::system();
        let act = Act { db: &self.db, actor: &actor, now, undo: TimeDelta::zero() };
        let done = match intent {
            Intent::Nothing => return Ok(()),
            Intent::Window(window) => actions::set_window(&act, &work.id, *window, "Another time.", notify, None).await,
            Intent::Slip => {
                let window = Window { from: now + TimeDelta::hours(2), until: now + TimeDelta::hours(1) };
                actions::set_window(&act, &work.id, window, "A slip of the pen.", notify, None).await
            }
            Intent::Cancel => actions::cancel(&act, &work.id, "It will not happen.", notify, None).await,
            Intent::Post(status) => {
                let update = UpdateInput { status: *status, body: "More words.".to_owned(), notify, display_at: None };
                actions::post_update(&act, &work.id, &update, None).await
            }
            Intent::Edit(plan) => actions::edit(&act, &work.id, &edit(work, plan.clone()), None).await,
        };
        done.map(|_| ())
    }

    /// What follows for the work, and what is told of it.
    fn take_over(&mut self, work: &mut Work, intent: Intent, now: Instant) -> Option<&'static str> {
        match intent {
            Intent::Nothing | Intent::Slip => None,
            Intent::Window(window) => {
                let before = work.window.replace((window.from, window.until));
                (work.dated, work.spoken) = (now, now);
                Some(match before {
                    None => "date_set",
                    Some((from, until)) if from == window.from && until < window.until => "extended",
                    Some(_) => "moved",
                })
            }
            Intent::Cancel => {
                (work.phase, work.said, work.spoken) = (Phase::Over, MaintenanceStatus::Cancelled, now);
                Some("cancelled")
            }
            Intent::Post(status) => {
                let before = std::mem::replace(&mut work.said, status);
                work.spoken = now;
                work.phase = match status {
                    MaintenanceStatus::Scheduled => Phase::Planned,
                    MaintenanceStatus::InProgress | MaintenanceStatus::Verifying => Phase::Running,
                    MaintenanceStatus::Completed | MaintenanceStatus::Cancelled => Phase::Over,
                };
                Some(match status {
                    same if same == before => "updated",
                    MaintenanceStatus::Scheduled => "updated",
                    MaintenanceStatus::InProgress => "started",
                    MaintenanceStatus::Verifying => "verifying",
                    MaintenanceStatus::Completed => "finished",
                    MaintenanceStatus::Cancelled => "cancelled",
                })
            }
            Intent::Edit(plan) => {
                (work.before, work.at_start, work.at_end) = (plan.before_minutes, plan.at_start, plan.at_end);
                None
            }
        }
    }

    /// All that was told, by time, after every mail was made for the one reader and the one on duty.
    pub async fn told(&self) -> Vec<Told> {
        while outbox::expand(&self.db, self.hand.now()).await.unwrap() {}
        let mut tx = self.db.read().await.unwrap();
        let mut told: Vec<Told> = Vec::new();
        for one in delivery_reads::notifications(&mut tx, &self.page, 10_000, 0).await.unwrap() {
            assert_eq!(one.counts, [(DeliveryState::Pending, 1)], "{one:?} is for one person, once");
            told.push(read(one));
        }
        told.sort();
        told
    }

    pub async fn close(self) {
        self.db.close().await;
    }
}

/// What somebody wants to do.
#[derive(Clone, Debug)]
enum Intent {
    Nothing,
    Window(Window),
    /// A window that ends before it begins.
    Slip,
    Cancel,
    Post(MaintenanceStatus),
    Edit(ReminderPlan),
}

fn edit(work: &Work, reminders: ReminderPlan) -> EditInput {
    let input = MaintenanceInput { auto_start: work.starts_itself, auto_complete: work.ends_itself, reminders, ..plan(None) };
    EditInput::from(&input)
}
