//! Keeps the published bytes true: on every change of the record, and at the instant at which time alone changes what is shown.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use app::PublicPage;
use app::language::Language;
use app::pages::history;
use app::parts::period;
use app::view::PublicView;
use arc_swap::ArcSwap;
use chrono::{DateTime, TimeDelta, Utc};
use moka::future::Cache;
use tokio::sync::{Mutex, Notify, watch};

use super::aside::aside;
use super::asked::Asked;
use super::disk;
use super::document::Document;
use super::documents::{self, Hot, Renderer, Spoken};
use super::record::{Record, Setting};
use crate::clock::Clock;
use crate::store::{Db, pages};

/// How often the revision is asked for; signals only shorten the wait (design §6.1).
const POLL: Duration = Duration::from_secs(1);

/// How old the "as of" on the page may grow while nothing changes.
const AS_OF_SECONDS: i64 = 60;

/// Bytes of long-tail documents kept at most (reliability W6).
const LONG_TAIL_BYTES: u64 = 64 * 1024 * 1024;

/// Quiet time after a change before the best compressed copies are made: further changes would throw them away.
const PRESS_AFTER: Duration = Duration::from_secs(2);

/// What readers get, one immutable value.
#[derive(Debug, Default)]
pub struct Published {
    /// Counts the values this process has published.
    pub serial: u64,
    /// What they are made from; `None` while only the documents on disk are known.
    pub view: Option<Arc<PublicView>>,
    /// The same in the other languages it is offered in.
    pub spoken: Arc<Spoken>,
    /// By path.
    pub hot: Hot,
    /// When the record was last seen to say this.
    pub seen_at: Option<DateTime<Utc>>,
}

impl Published {
    /// What it is made from in a language, `None` being the page's own; nothing where the page is not offered in it.
    #[must_use]
    pub fn in_language(&self, language: Option<&Language>) -> Option<&Arc<PublicView>> {
        match language {
            None => self.view.as_ref(),
            Some(language) => self.spoken.get(language.code()),
        }
    }
}

/// The record as this process last saw it.
struct Seen {
    record: Arc<Record>,
    at: DateTime<Utc>,
}

/// Makes and hands out [`Published`] values.
pub struct Publisher {
    db: Db,
    clock: Clock,
    setting: Setting,
    renderer: Renderer,
    file: Option<PathBuf>,
    current: ArcSwap<Published>,
    long_tail: Cache<(u64, String), Arc<Document>>,
    seen: Mutex<Option<Seen>>,
    changed: Notify,
    revision: watch::Sender<i64>,
    database_away: AtomicBool,
}

impl Publisher {
    /// A publisher that begins with the documents in `file`, if there are any.
    #[must_use]
    pub fn new(db: Db, clock: Clock, setting: Setting, renderer: Renderer, file: Option<PathBuf>) -> Self {
        let restored = file.as_deref().and_then(|file| disk::restore(file, renderer.assets()));
        let first = restored.map(|kept| Published { hot: kept.hot, seen_at: Some(kept.saved_at), ..Published::default() });
        Self {
            db,
            clock,
            setting,
            renderer,
            file,
            current: ArcSwap::from_pointee(first.unwrap_or_default()),
            long_tail: Cache::builder()
                .max_capacity(LONG_TAIL_BYTES)
                .weigher(|_, document: &Arc<Document>| {
                    let forms = [Some(&document.identity), document.gzip.as_ref(), document.brotli.as_ref()];
                    u32::try_from(forms.into_iter().flatten().map(|form| form.bytes.len() + 1024).sum::<usize>()).unwrap_or(u32::MAX)
                })
                .time_to_idle(Duration::from_secs(300))
                .build(),
            seen: Mutex::new(None),
            changed: Notify::new(),
            revision: watch::Sender::new(-1),
            database_away: AtomicBool::new(false),
        }
    }

    /// What readers get now.
    #[must_use]
    pub fn current(&self) -> Arc<Published> {
        self.current.load_full()
    }

    /// Runs `with` on what readers get now, without counting references.
    pub fn with_current<T>(&self, with: impl FnOnce(&Published) -> T) -> T {
        with(&self.current.load())
    }

    /// The page shown while nothing is known.
    #[must_use]
    pub fn starting(&self, language: &Language) -> Document {
        self.renderer.starting(language)
    }

    /// Says that the record has changed: the next look at it is now.
    pub fn signal(&self) {
        self.changed.notify_one();
    }

    /// Waits until readers get this revision or a later one; false when that took longer than `at_most`.
    pub async fn shows(&self, revision: i64, at_most: Duration) -> bool {
        self.signal();
        let mut seen = self.revision.subscribe();
        tokio::time::timeout(at_most, seen.wait_for(|shown| *shown >= revision)).await.is_ok_and(|seen| seen.is_ok())
    }

    /// A page of the long tail: rendered on first ask, once however many ask, and kept for as long as it holds.
    ///
    /// # Errors
    /// `None` where there is no such page; an error when rendering failed.
    pub async fn long_tail(&self, asked: Asked) -> anyhow::Result<Option<Arc<Document>>> {
        let current = self.current();
        let language = match &asked {
            Asked::Page(language, _) => *language,
            Asked::File(_) => None,
        };
        let Some(view) = current.in_language(language).cloned() else { return Ok(None) };
        let asked = asked.settled(&view);
        if !exists(&asked, &view) {
            return Ok(None);
        }
        let renderer = self.renderer.clone();
        let key = (current.serial, asked.path());
        let made = self.long_tail.try_get_with(key, async move {
            let rendered = tokio::task::spawn_blocking(move || renderer.long_tail(&asked, &view)).await.map_err(anyhow::Error::from)??;
            rendered.map(Arc::new).ok_or(Unmade::Unknown)
        });
        match made.await {
            Ok(document) => Ok(Some(document)),
            Err(unmade) => match *unmade {
                Unmade::Unknown => Ok(None),
                Unmade::Failed(ref error) => Err(anyhow::anyhow!("{error:#}")),
            },
        }
    }

    /// Looks at the record and the time, and publishes anew what either has changed.
    ///
    /// # Errors
    /// The database or rendering failed; what was published stays.
    pub async fn refresh(&self) -> anyhow::Result<()> {
        let mut seen_before = self.seen.lock().await;
        let now = self.clock.now();
        let current = self.current();
        // Time alone makes the page due: what the checks of the last minute say of its freshness comes first.
        let by_time =
            current.view.as_ref().is_none_or(|view| now >= view.valid_until || now - view.as_of >= TimeDelta::seconds(AS_OF_SECONDS));
        let looked = self.load(seen_before.as_ref().map(|seen| seen.record.as_ref()), by_time, now).await;
        let away = looked.is_err();
        if self.database_away.swap(away, Ordering::Relaxed) != away {
            match &looked {
                Err(error) => {
                    tracing::warn!(error = format!("{error:#}"), "the database is away; the page goes on with what was last seen")
                }
                Ok(_) => tracing::info!("the database is back"),
            }
        }
        let seen = match looked {
            Ok(Some(newer)) => Seen { record: Arc::new(newer), at: now },
            Ok(None) => match seen_before.take() {
                Some(before) => Seen { at: now, ..before },
                None => return Ok(()),
            },
            // Time goes on without the database: windows start, promises lapse.
            Err(error) => seen_before.take().ok_or(error)?,
        };
        // The page is due when it does not say what the record says, or when time alone has changed what it says.
        let due = match &current.view {
            None => true,
            Some(view) => !seen.record.holds(&view.page.id, view.revision) || now >= view.valid_until || now < view.as_of,
        };
        let (aged, found_again) = current.view.as_ref().map_or((false, false), |view| {
            let limit = TimeDelta::seconds(AS_OF_SECONDS);
            (now - view.as_of >= limit, !away && view.as_of - view.seen_at >= limit)
        });
        let published = if due || aged || found_again { self.publish(&seen, &current, now, due).await } else { Ok(()) };
        *seen_before = Some(seen);
        published
    }

    /// The record where it changed; checks alone are no change of it, so that their freshness is asked for only when `by_time` says so.
    async fn load(&self, known: Option<&Record>, by_time: bool, now: DateTime<Utc>) -> anyhow::Result<Option<Record>> {
        let mut tx = self.db.read().await?;
        if let (Some(record), Some(page)) = (known, pages::default_page(&mut tx).await?)
            && record.holds(&page.id, page.revision)
        {
            if !by_time {
                return Ok(None);
            }
            let fresh = record.freshened(&mut tx, now).await?;
            drop(tx);
            return with_years(Some(fresh), now).await;
        }
        let newer = Record::load(&mut tx, &self.setting, known, now).await?;
        drop(tx);
        with_years(newer, now).await
    }

    async fn publish(&self, seen: &Seen, current: &Arc<Published>, now: DateTime<Utc>, keep: bool) -> anyhow::Result<()> {
        let renderer = self.renderer.clone();
        let before = current.clone();
        let (record, seen_at) = (seen.record.clone(), seen.at);
        let (view, spoken, hot) = tokio::task::spawn_blocking(move || {
            let view = Arc::new(record.view(now, seen_at));
            let spoken = documents::spoken(&view, before.view.as_deref().map(|view| (view, before.spoken.as_ref())));
            renderer.hot(&view, &spoken, &before.hot).map(|hot| (view, Arc::new(spoken), hot))
        })
        .await??;
        let revision = view.revision;
        let published = Published { serial: current.serial + 1, view: Some(view), spoken, hot: hot.clone(), seen_at: Some(seen_at) };
        self.current.store(Arc::new(published));
        self.revision.send_replace(revision);
        if let Some(file) = self.file.clone().filter(|_| keep) {
            let renderer = self.renderer.clone();
            let saved = tokio::task::spawn_blocking(move || disk::save(&file, &hot, renderer.assets(), now)).await?;
            if let Err(error) = saved {
                tracing::warn!(error = format!("{error:#}"), "the snapshot could not be saved; readers are not affected");
            }
        }
        Ok(())
    }

    /// Replaces fast compressed copies by the best ones, unless something newer was published meanwhile.
    ///
    /// # Errors
    /// The work was cancelled.
    pub async fn press(self: &Arc<Self>) -> anyhow::Result<()> {
        let current = self.current();
        if current.hot.values().all(|document| document.pressed) {
            return Ok(());
        }
        let (before, publisher) = (current.clone(), self.clone());
        let hot = aside(move || {
            let press = |(path, document): (&String, &Arc<Document>)| {
                if document.pressed {
                    return Some((path.clone(), document.clone()));
                }
                // What is not shown any more is pressed for nobody.
                let is_shown = publisher.current.load().serial == before.serial;
                is_shown.then(|| (path.clone(), Arc::new(document.press())))
            };
            before.hot.iter().map(press).collect::<Option<Hot>>()
        });
        let Some(hot) = hot.await? else { return Ok(()) };
        let (view, spoken) = (current.view.clone(), current.spoken.clone());
        let pressed = Published { serial: current.serial, view, spoken, hot, seen_at: current.seen_at };
        self.current.compare_and_swap(&current, Arc::new(pressed));
        Ok(())
    }

    /// Refreshes for ever; ends with the task it runs in.
    pub async fn run(self: Arc<Self>) {
        let presser = self.clone();
        let (published, mut pressing) = watch::channel(0_u64);
        let press = async move {
            while pressing.changed().await.is_ok() {
                // While one change follows another, nothing lasts long enough to be pressed.
                while tokio::time::timeout(PRESS_AFTER, pressing.changed()).await.is_ok_and(|changed| changed.is_ok()) {}
                if let Err(error) = presser.press().await {
                    tracing::warn!(error = format!("{error:#}"), "compressing the documents failed");
                }
            }
        };
        let refresh = async move {
            loop {
                let _ = tokio::time::timeout(POLL, self.changed.notified()).await;
                if let Err(error) = self.refresh().await {
                    tracing::warn!(error = format!("{error:#}"), "the page could not be made; what was published stays, trying again");
                }
                let serial = self.current.load().serial;
                published.send_if_modified(|seen| std::mem::replace(seen, serial) != serial);
            }
        };
        tokio::join!(press, refresh);
    }
}

/// The days that are over, made where no request waits for it.
async fn with_years(record: Option<Record>, now: DateTime<Utc>) -> anyhow::Result<Option<Record>> {
    Ok(tokio::task::spawn_blocking(move || record.map(|record| record.with_years(now))).await?)
}

/// Why there is no document.
enum Unmade {
    /// There is no such object.
    Unknown,
    /// Rendering failed.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Unmade {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// Whether it is worth rendering: what nobody has published must not fill the cache.
fn exists(asked: &Asked, view: &PublicView) -> bool {
    let page = match asked {
        // A file finds that out for little.
        Asked::File(_) => return true,
        Asked::Page(_, page) => page,
    };
    match page {
        PublicPage::Incident(id) => view.incident(id).is_some() || view.maintenance(id).is_some(),
        PublicPage::Component(id) => view.component(id).is_some(),
        PublicPage::History(query) => history::exists(view, query),
        PublicPage::Day(id, day) => view.component(id).is_some_and(|component| view.all_days(component).any(|known| known.day == *day)),
        PublicPage::Uptime(year) => year.is_none_or(|year| period::recorded(view).contains(&year)),
        PublicPage::Postmortem(id) => view.document(id).is_some(),
        PublicPage::Revision(id, number) => {
            view.document(id).is_some_and(|p| p.postmortem.revisions.iter().any(|revision| revision.number == *number))
        }
        PublicPage::HistoryRefused(_) | PublicPage::UptimeRefused => true,
        PublicPage::Home | PublicPage::Postmortems | PublicPage::FollowUps | PublicPage::Subscribe | PublicPage::NotFound => true,
    }
}
