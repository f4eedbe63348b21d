//! Taking over subscribers who consented elsewhere, from a CSV file: all of it or nothing, and nobody is mailed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher as _, RandomState};
use std::io::Read;

use app::language::Language;
use app::words::{Channel, Id, Impact, SubscribedKind, SubscriberState, Wishes};
use chrono::NaiveDate;
use chrono_tz::Tz;
use csv::StringRecord;

use super::component_names::{ComponentNames, Found};
use super::{Act, known};
use crate::actions::ActionError;
use crate::domain::{address, cells, compose, reader};
use crate::store::subscriber_imports::{self, Heard, Newcomer};
use crate::store::{StoreError, Tx, look, statistics, subscriber_sharing, subscriber_zones, subscribers};

/// The columns of the file, in any order.
pub const COLUMNS: [&str; 3] = ["email", "components", "consent_date"];
/// Those that it may have beside them; an export of ours has them all.
pub const MORE: [&str; 6] = ["kinds", "severity_floor", "shared", "language", "time_zone", "state"];
/// Among kinds: of none, only of what is followed.
pub const NO_KIND: &str = "none";
/// Several people read the address.
pub const YES: &str = "yes";
/// One person reads it.
pub const NO: &str = "no";
/// Problems told of one file: who has more has made the same mistake everywhere.
const MOST_PROBLEMS: usize = 20;
/// Lines written at once: enough that the statements' own cost does not count, few enough to hold in memory.
const CHUNK: usize = 1000;

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Became active: new ones, and those who had not confirmed.
    pub imported: u64,
    /// Were active before, and were left as they are.
    pub known: u64,
    /// Had left or could not be reached, and stay away.
    pub kept_away: u64,
    /// Lines with an address of an earlier line, whose components were added to it.
    pub repeated: u64,
    /// Lines that say of themselves that their subscriber is not active.
    pub inactive: u64,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be used; a sentence for each of the first problems.
    #[error("{}", .0.join("\n"))]
    Refused(Vec<String>),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ActionError> for ImportError {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Store(error) => Self::Store(error),
            other => Self::Refused(vec![other.to_string()]),
        }
    }
}

/// Imports a file in one transaction. Memory holds a thousand lines and a number per address, however long the file is.
///
/// # Errors
/// [`ImportError`]; nothing was changed.
pub async fn import(act: &Act<'_>, page: &Id, file: impl Read) -> Result<Imported, ImportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let columns =
        reader.headers().map_err(|error| unreadable(&error)).and_then(columns).map_err(|sentence| ImportError::Refused(vec![sentence]))?;
    let mut tx = act.db.write().await?;
    let known = Known::load(&mut tx, page, act.now.date_naive()).await?;
    let mut import = Import {
        act,
        page,
        tx,
        lines: BTreeMap::new(),
        taken: HashMap::new(),
        looked_at: 0,
        hasher: RandomState::new(),
        done: Imported::default(),
    };
    let mut problems = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let (at, line) = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => (line_of(&record, reader.position()), read(&record, &columns, &known)),
            Err(error) => (error.position().map_or(0, csv::Position::line), Err(unreadable(&error))),
        };
        match line {
            Ok(Some(line)) if problems.is_empty() => import.add(line).await?,
            Ok(None) => import.done.inactive += 1,
            Ok(Some(_)) => {}
            Err(sentence) => problems.push(format!("Line {}: {sentence}", at)),
        }
        if problems.len() == MOST_PROBLEMS {
            problems.push("There may be more after these.".to_owned());
            break;
        }
    }
    if !problems.is_empty() {
        return Err(ImportError::Refused(problems));
    }
    import.finish().await
}

/// Where each column of [`COLUMNS`] stands, and each of [`MORE`] that is there.
struct Columns {
    at: [usize; COLUMNS.len()],
    more: [Option<usize>; MORE.len()],
    count: usize,
}

fn columns(header: &StringRecord) -> Result<Columns, String> {
    let (wanted, beside) = (COLUMNS.join(","), MORE.join(","));
    if header.is_empty() {
        return Err(format!("The file is empty: its first line must be {wanted}."));
    }
    let named: Vec<String> = header.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
    if let Some(extra) = named.iter().find(|name| !COLUMNS.contains(&name.as_str()) && !MORE.contains(&name.as_str())) {
        return Err(format!(
            "There is a column {}, which is not one of {wanted} or, beside them, {beside}. Remove it, or name it as one of these.",
            shown(extra)
        ));
    }
    let place = |column: &str| {
        let mut found = named.iter().enumerate().filter(|(_, name)| *name == column).map(|(place, _)| place);
        match (found.next(), found.next()) {
            (place, None) => Ok(place),
            _ => Err(format!("The column {column} stands there twice.")),
        }
    };
    let mut at = [0; COLUMNS.len()];
    for (at, column) in at.iter_mut().zip(COLUMNS) {
        let missing = || format!("There is no column {column}: the first line must be {wanted}. Fields of it may be empty.");
        *at = place(column)?.ok_or_else(missing)?;
    }
    let mut more = [None; MORE.len()];
    for (at, column) in more.iter_mut().zip(MORE) {
        *at = place(column)?;
    }
    Ok(Columns { at, more, count: named.len() })
}

/// What lines may name.
struct Known {
    components: ComponentNames,
    /// What the page is offered in.
    languages: Vec<&'static Language>,
    today: NaiveDate,
}

impl Known {
    async fn load(tx: &mut Tx, page: &Id, today: NaiveDate) -> Result<Self, StoreError> {
        let components = ComponentNames::load(tx, page).await?;
        Ok(Self { components, languages: reader::offered(&look::settings(tx, page).await?), today })
    }

    fn component(&self, name: &str) -> Result<Id, String> {
        match self.components.find(name) {
            Found::One(id) => Ok(id.clone()),
            Found::Several => Err(format!("{} is what several components are called: write Group - Component, or the id.", shown(name))),
            Found::None => {
                Err(format!("{} is no component of this page: write the name or the id of one, or nothing for all.", shown(name)))
            }
        }
    }

    fn language(&self, code: &str) -> Result<&'static str, String> {
        let offered = || self.languages.iter().map(|language| language.code()).collect::<Vec<_>>().join(", ");
        let found = self.languages.iter().find(|language| language.code() == code);
        found
            .map(|language| language.code())
            .ok_or_else(|| format!("{} is no language of this page: write one of {}, or leave it empty.", shown(code), offered()))
    }
}

/// A line that can be used.
struct Line {
    address: String,
    components: Option<BTreeSet<Id>>,
    heard: Heard,
    consent_date: Option<NaiveDate>,
    language: Option<&'static str>,
    zone: Option<Tz>,
}

/// What a line says; `None` where it says that its subscriber is not active.
fn read(record: &StringRecord, columns: &Columns, known: &Known) -> Result<Option<Line>, String> {
    if record.len() != columns.count {
        return Err(format!("there are {} fields, but {} columns.", record.len(), columns.count));
    }
    let field = |place: usize| cells::read(record.get(place).unwrap_or_default().trim()).trim();
    let [email, chosen, consent] = columns.at.map(field);
    let [kinds, floor, shared, language, zone, state] = columns.more.map(|place| place.map(field).filter(|text| !text.is_empty()));
    let address = address::parse(email).map_err(|bad| format!("{}: {bad}", shown(email)))?;
    let state = state.map(|word| {
        let words = SubscriberState::ALL.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ");
        word.parse::<SubscriberState>().map_err(|_| format!("{} is no state: write one of {words}, or leave it empty.", shown(word)))
    });
    if state.transpose()?.is_some_and(|state| state != SubscriberState::Active) {
        return Ok(None);
    }
    let chosen = chosen.split(';').map(str::trim).filter(|name| !name.is_empty()).map(|name| known.component(name));
    let chosen = chosen.collect::<Result<BTreeSet<Id>, String>>()?;
    let consent_date = match consent {
        "" => None,
        text => match text.parse() {
            Ok(date) if date > known.today => return Err(format!("the consent date {text} lies ahead.")),
            Ok(date) => compose::recent("the consent date", date).map(|()| Some(date))?,
            Err(_) => return Err(format!("{} is no date: write it as 2026-11-23, or leave it empty.", shown(text))),
        },
    };
    let language = language.map(|code| known.language(code)).transpose()?;
    let zone = zone
        .map(|name| name.parse().map_err(|_| format!("{} is no time zone: write it as Europe/Berlin, or leave it empty.", shown(name))));
    let heard = heard(kinds, floor, shared)?;
    Ok(Some(Line { address, components: (!chosen.is_empty()).then_some(chosen), heard, consent_date, language, zone: zone.transpose()? }))
}

/// What news a line asks for, everything where it does not say.
fn heard(kinds: Option<&str>, floor: Option<&str>, shared: Option<&str>) -> Result<Heard, String> {
    let mut heard = Heard::default();
    if let Some(text) = kinds {
        let words = || SubscribedKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(";");
        let read = |word: &str| {
            let unknown =
                |_| format!("{} is no kind of news: write some of {}, or {NO_KIND}, or leave it empty for all.", shown(word), words());
            word.parse::<SubscribedKind>().map_err(unknown)
        };
        let words = text.split(';').map(str::trim).filter(|word| !word.is_empty() && *word != NO_KIND);
        heard.kinds = words.map(read).collect::<Result<_, _>>()?;
    }
    if let Some(word) = floor {
        let allowed = Impact::ALL.iter().filter(|impact| **impact != Impact::Maintenance);
        let words = || allowed.clone().map(|impact| impact.as_str()).collect::<Vec<_>>().join(", ");
        let known = word.parse().ok().filter(|impact| *impact != Impact::Maintenance);
        heard.severity_floor =
            known.ok_or_else(|| format!("{} is no severity floor: write one of {}, or leave it empty.", shown(word), words()))?;
    }
    heard.shared = match shared {
        None | Some(NO) => false,
        Some(YES) => true,
        Some(word) => return Err(format!("{} does not say whether several people read the address: write {YES} or {NO}.", shown(word))),
    };
    Ok(heard)
}

/// The line a record begins on. The reader counts empty lines before it as part of it, and the line end behind it too, if there is one.
fn line_of(record: &StringRecord, after: &csv::Position) -> u64 {
    let inside = record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
    let begin = record.position().map_or(0, csv::Position::line);
    begin.max(after.line().saturating_sub(1 + inside))
}

/// A text of the file, short enough for a sentence.
fn shown(text: &str) -> String {
    let start: String = text.chars().take(60).collect();
    format!("{start:?}")
}

fn unreadable(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Utf8 { .. } => "the text is not UTF-8: save the file in UTF-8.".to_owned(),
        _ => format!("it cannot be read: {error}."),
    }
}

/// An import under way.
struct Import<'a> {
    act: &'a Act<'a>,
    page: &'a Id,
    tx: Tx,
    /// Lines to be written, by the key of their address.
    lines: BTreeMap<String, Line>,
    /// A number for each address of the file so far, and whether this import made it active.
    taken: HashMap<u64, bool>,
    /// How many addresses there were when the database looked at its table.
    looked_at: usize,
    hasher: RandomState,
    done: Imported,
}

impl Import<'_> {
    async fn add(&mut self, line: Line) -> Result<(), ImportError> {
        match self.lines.entry(address::key(&line.address)) {
            Entry::Vacant(place) => {
                place.insert(line);
            }
            Entry::Occupied(mut earlier) => {
                self.done.repeated += 1;
                let earlier = earlier.get_mut();
                earlier.components = union(earlier.components.take(), line.components);
                earlier.heard.widen(line.heard);
                earlier.consent_date = earlier.consent_date.or(line.consent_date);
                earlier.language = earlier.language.or(line.language);
                earlier.zone = earlier.zone.or(line.zone);
            }
        }
        if self.lines.len() >= CHUNK { self.write().await } else { Ok(()) }
    }

    /// Writes the lines held.
    async fn write(&mut self) -> Result<(), ImportError> {
        let lines = std::mem::take(&mut self.lines);
        let keys = lines.keys().map(String::as_str);
        let mut standings = subscriber_imports::standings(&mut self.tx, self.page, Channel::Email, keys).await?;
        let mut newcomers = BTreeMap::new();
        for (key, line) in lines {
            let number = self.hasher.hash_one(&key);
            let earlier = self.taken.get(&number).copied();
            let mine = match (standings.remove(&key), earlier) {
                (None, _) => {
                    let Line { address, components, heard, consent_date, language, zone } = line;
                    let newcomer = Newcomer { address, key, components, heard, consent_date, language, time_zone: zone.map(Tz::name) };
                    newcomers.insert(self.act.fresh_id(), newcomer);
                    self.done.imported += 1;
                    true
                }
                (Some(there), Some(mine)) => {
                    self.done.repeated += 1;
                    if mine {
                        self.widen(&there.id, line).await?;
                    }
                    mine
                }
                (Some(there), None) if there.kept_away => {
                    self.done.kept_away += 1;
                    false
                }
                (Some(there), None) if there.state == SubscriberState::Pending => {
                    subscribers::confirm(&mut self.tx, &there.id, line.consent_date, self.act.now).await?;
                    self.choose(&there.id, line.components, line.heard).await?;
                    if line.language.is_some() || line.zone.is_some() {
                        subscriber_zones::set(&mut self.tx, &there.id, line.zone, line.language).await?;
                    }
                    self.done.imported += 1;
                    true
                }
                (Some(_), None) => {
                    self.done.known += 1;
                    false
                }
            };
            self.taken.insert(number, mine);
        }
        subscriber_imports::insert_active(&mut self.tx, self.page, Channel::Email, &newcomers, self.act.now).await?;
        // Whenever there are twice as many as when it was looked last.
        if self.taken.len() >= self.looked_at.saturating_mul(2).max(CHUNK) {
            statistics::of_subscribers(&mut self.tx).await?;
            self.looked_at = self.taken.len();
        }
        Ok(())
    }

    /// Adds what another line with the same address asks for.
    async fn widen(&mut self, id: &Id, line: Line) -> Result<(), ImportError> {
        let subscriber = known(&mut self.tx, self.page, id).await?;
        let wishes = subscriber.wishes();
        let mut heard =
            Heard { kinds: wishes.kinds.into_iter().collect(), severity_floor: wishes.severity_floor, shared: subscriber.shared };
        heard.widen(line.heard);
        self.choose(id, union(wishes.components.map(BTreeSet::from_iter), line.components), heard).await
    }

    async fn choose(&mut self, id: &Id, components: Option<BTreeSet<Id>>, heard: Heard) -> Result<(), ImportError> {
        let Heard { kinds, severity_floor, shared } = heard;
        let wishes = Wishes { components: components.map(Vec::from_iter), kinds: kinds.into_iter().collect(), severity_floor };
        subscribers::set_wishes(&mut self.tx, id, &wishes, self.act.now).await?;
        if shared {
            subscriber_sharing::set(&mut self.tx, id, true, self.act.now).await?;
        }
        Ok(())
    }

    async fn finish(mut self) -> Result<Imported, ImportError> {
        self.write().await?;
        if self.done.imported > 0 {
            let detail = format!("{} imported, {} known already", self.done.imported, self.done.known);
            self.act.audit(&mut self.tx, self.page, "subscriber.import", None, Some(detail)).await?;
        }
        self.tx.commit().await?;
        Ok(self.done)
    }
}

/// What two lines of one address want to hear of together; `None` is everything.
fn union(a: Option<BTreeSet<Id>>, b: Option<BTreeSet<Id>>) -> Option<BTreeSet<Id>> {
    Some(a?.into_iter().chain(b?).collect())
}
