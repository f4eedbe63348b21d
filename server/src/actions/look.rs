//! The page itself as readers see it: its name, its zone, its languages, its colours and its images.

use app::language;
use app::words::{LookSettings, PictureUse};
use chrono_tz::Tz;
use url::Url;

use super::{Act, ActionError, Done, Problems, pages as page_actions};
use crate::domain::accent::{self, Theme};
use crate::domain::{compose, picture};
use crate::store::look::{self, NewPicture};
use crate::store::{StoreError, Tx, pages};

/// Longest text about the page, in characters.
const LONGEST_ABOUT: usize = 5_000;

/// What the page is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageInput {
    /// The name readers know the platform by.
    pub name: String,
    /// IANA name of the zone in which days begin.
    pub time_zone: String,
    /// The rest.
    pub look: LookSettings,
}

/// What the page is.
///
/// # Errors
/// [`ActionError::Missing`] before the first start; [`ActionError::Conflict`] where what is kept cannot be read, so that nothing
/// overwrites it.
pub async fn load(tx: &mut Tx) -> Result<PageInput, ActionError> {
    let page = pages::default_page(tx).await?.ok_or(ActionError::Missing("page"))?;
    let look = look::settings(tx, &page.id).await.map_err(|error| match error {
        StoreError::Corrupt(why) => ActionError::Conflict(format!(
            "What was chosen for the page cannot be read: {why}. Nothing was changed. Mend it in the database, or restore a backup."
        )),
        error => error.into(),
    })?;
    Ok(PageInput { look, name: page.name, time_zone: page.time_zone })
}

/// Chooses all of it.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn save(act: &Act<'_>, input: &PageInput) -> Result<Done, ActionError> {
    amend(act, |known| known.clone_from(input)).await
}

/// Changes some of it: what is not touched stays as it is at that moment, whoever else changes something.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn amend(act: &Act<'_>, change: impl FnOnce(&mut PageInput)) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
    let mut input = load(&mut tx).await?;
    change(&mut input);
    let chosen = checked(&input)?;
    pages::rename(&mut tx, &page, &chosen.name, &chosen.time_zone).await?;
    look::set_settings(&mut tx, &page, &chosen.look).await?;
    let detail = format!("{}, {}, {}", chosen.name, chosen.time_zone, chosen.look.language);
    act.audit(&mut tx, &page, "page.look", Some(("page", &page)), Some(detail)).await?;
    tx.commit().await?;
    Ok(Done { id: page, revision: Some(revision) })
}

/// Takes an image in the place of the one before it.
///
/// # Errors
/// [`ActionError`]; nothing is changed then.
pub async fn put_picture(act: &Act<'_>, purpose: PictureUse, bytes: &[u8]) -> Result<Done, ActionError> {
    let measured = picture::measure(bytes, purpose).map_err(|sentence| ActionError::invalid(purpose.as_str(), sentence))?;
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
    let new = NewPicture { measured, digest: picture::digest(bytes), bytes };
    look::put(&mut tx, &page, purpose, &new, act.now).await?;
    let detail = format!("{purpose}: {}, {} by {} pixels", measured.kind, measured.width, measured.height);
    act.audit(&mut tx, &page, "page.picture", Some(("page", &page)), Some(detail)).await?;
    tx.commit().await?;
    Ok(Done { id: page, revision: Some(revision) })
}

/// Takes an image away.
///
/// # Errors
/// [`ActionError::Missing`] where there is none.
pub async fn remove_picture(act: &Act<'_>, purpose: PictureUse) -> Result<Done, ActionError> {
    let mut tx = act.db.write().await?;
    let page = page_actions::here(&mut tx).await?;
    let revision = pages::bump_revision(&mut tx, &page, act.now).await?;
    if !look::remove(&mut tx, &page, purpose).await? {
        return Err(ActionError::Missing("image"));
    }
    act.audit(&mut tx, &page, "page.picture", Some(("page", &page)), Some(format!("{purpose}: removed"))).await?;
    tx.commit().await?;
    Ok(Done { id: page, revision: Some(revision) })
}

fn checked(input: &PageInput) -> Result<PageInput, ActionError> {
    let mut problems = Problems::default();
    let look = &input.look;
    let name = problems.keep("name", compose::line("The name", &input.name));
    let time_zone = input.time_zone.trim();
    if time_zone.parse::<Tz>().is_err() {
        problems.add("time_zone", "There is no such time zone. Write it as in Europe/Berlin or Etc/UTC.");
    }
    let home = problems.keep("home", address(&look.home));
    let about = problems.keep("about", compose::text_up_to("The text about the page", &look.about, LONGEST_ABOUT));
    for (field, colour, theme) in [("accent", look.accent, Theme::Light), ("accent_dark", look.accent_dark, Theme::Dark)] {
        problems.keep(field, colour.map_or(Ok(()), |colour| accent::check(colour, theme)));
    }
    let known: Vec<&str> = language::all().iter().map(|language| language.code()).collect();
    let unknown = |code: &str| format!("\"{code}\" is no language of these pages. Choose from {}.", known.join(", "));
    if !known.contains(&look.language.as_str()) {
        problems.add("language", unknown(&look.language));
    }
    if let Some(code) = look.languages.iter().flatten().find(|code| !known.contains(&code.as_str())) {
        problems.add("languages", unknown(code));
    }
    if look.languages.as_ref().is_some_and(|offered| !offered.contains(&look.language)) {
        problems.add("languages", "The language that texts are written in has to be among those that are offered.");
    }
    problems.end()?;
    let look = LookSettings { home, about, ..look.clone() };
    Ok(PageInput { name, time_zone: time_zone.to_owned(), look })
}

/// The address of a site, or nothing.
fn address(text: &str) -> Result<String, String> {
    let text = text.trim();
    let fits =
        |url: &Url| matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty() && url.password().is_none();
    match Url::parse(text) {
        _ if text.is_empty() => Ok(String::new()),
        Ok(url) if fits(&url) && text.len() <= compose::LONGEST_LINE => Ok(text.to_owned()),
        _ => Err("Write the whole address of your site, such as https://www.example.com.".to_owned()),
    }
}
