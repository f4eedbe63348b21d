//! Members of staff: added, invited, changed, shut out. Whatever changes what somebody may do ends their sessions (reliability X32).

use app::words::{Id, Role, StaffMember};
use chrono::{DateTime, TimeDelta, Utc};

use super::passwords::Hashed;
use super::sessions::{self, Begun, Token};
use super::{actor, set_up};
use crate::actions::{Act, ActionError, Problem};
use crate::domain::address;
use crate::secret::{Purpose, Secret};
use crate::store::staff::{self, StaffRecord};
use crate::store::{StoreError, Tx, pages};

/// How long a link to choose a password can be used.
pub const INVITATION: TimeDelta = TimeDelta::hours(72);
/// Longest name of a person.
const LONGEST_NAME: usize = 100;

/// Whether somebody was new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// They were added.
    New,
    /// They were there: password and role were set, and they may sign in again.
    Reset,
}

/// Reads an address of staff.
pub(super) fn email(text: &str) -> Result<String, ActionError> {
    address::parse(text).map_err(|bad| ActionError::invalid("email", bad.to_string()))
}

/// Somebody new.
pub(super) fn fresh(email: &str, name: Option<String>, role: Role, password: Option<Hashed>, now: DateTime<Utc>) -> StaffRecord {
    let id = Id::from_bytes(rand::random());
    let member = StaffMember { id, email: email.to_owned(), name, role, disabled_at: None, last_sign_in_at: None, created_at: now };
    StaffRecord { member, password_hash: password.map(|hashed| hashed.0), updated_at: now }
}

/// Adds them.
pub(super) async fn insert(tx: &mut Tx, page: &Id, record: &StaffRecord) -> Result<(), StoreError> {
    staff::insert(tx, page, &address::key(&record.member.email), record).await
}

/// Adds somebody with a password, or resets who is there: the way of whoever runs the machine, also back in. Shuts the set-up.
///
/// # Errors
/// [`ActionError::Invalid`] for an address that cannot be used; [`ActionError::Conflict`] where no owner could sign in any more.
pub async fn add(act: Act<'_>, page: &Id, address: &str, role: Role, password: Hashed) -> Result<Added, ActionError> {
    let email = email(address)?;
    let mut tx = act.db.write().await?;
    pages::hold(&mut tx, page).await?;
    set_up::shut(&mut tx, page, act.now).await?;
    let (id, added) = match staff::by_email(&mut tx, page, &address::key(&email)).await? {
        None => {
            let record = fresh(&email, None, role, Some(password), act.now);
            insert(&mut tx, page, &record).await?;
            (record.member.id, Added::New)
        }
        Some(mut record) => {
            let led = staff::active_owners(&mut tx, page).await? > 0;
            record.member.role = role;
            record.member.disabled_at = None;
            record.password_hash = Some(password.0);
            save(&mut tx, page, &mut record, None, act.now).await?;
            // Where nobody led before, this takes nothing away: an owner may be added next.
            if led {
                still_led(&mut tx, page).await?;
            }
            (record.member.id, Added::Reset)
        }
    };
    let action = if added == Added::New { "staff.add" } else { "staff.reset" };
    act.audit(&mut tx, page, action, Some(("staff", &id)), Some(format!("as {role}"))).await?;
    tx.commit().await?;
    Ok(added)
}

/// Adds somebody who is to choose a password by a link ([`invitation`]).
///
/// # Errors
/// [`ActionError::Invalid`] for an address or a name that cannot be used, or an address that is there.
pub async fn invite(act: Act<'_>, page: &Id, address: &str, name: &str, role: Role) -> Result<StaffRecord, ActionError> {
    let name = name.trim();
    let mut problems = Vec::new();
    let email = address::parse(address).unwrap_or_else(|bad| {
        problems.push(Problem::new("email", bad.to_string()));
        String::new()
    });
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        problems.push(Problem::new("name", "A name has at most 100 characters and stands on one line."));
    }
    if !problems.is_empty() {
        return Err(ActionError::Invalid(problems));
    }
    let record = fresh(&email, (!name.is_empty()).then(|| name.to_owned()), role, None, act.now);
    let mut tx = act.db.write().await?;
    pages::hold(&mut tx, page).await?;
    if staff::by_email(&mut tx, page, &address::key(&email)).await?.is_some() {
        return Err(ActionError::invalid("email", "This address is in the list already: change the person there."));
    }
    insert(&mut tx, page, &record).await?;
    act.audit(&mut tx, page, "staff.invite", Some(("staff", &record.member.id)), Some(format!("as {role}"))).await?;
    tx.commit().await?;
    Ok(record)
}

/// Makes every link handed out before void, so that a new one can be.
///
/// # Errors
/// [`ActionError::Missing`], or [`ActionError::Conflict`] for somebody who is shut out.
pub async fn renew_invitation(act: Act<'_>, page: &Id, id: &Id) -> Result<StaffRecord, ActionError> {
    let mut tx = act.db.write().await?;
    let mut record = staff::by_id(&mut tx, page, id).await?.ok_or(ActionError::Missing("person"))?;
    if record.member.disabled_at.is_some() {
        return Err(ActionError::Conflict("This person is shut out: let them in again first.".to_owned()));
    }
    touch(&mut tx, page, &mut record, act.now).await?;
    act.audit(&mut tx, page, "staff.renew_link", Some(("staff", id)), None).await?;
    tx.commit().await?;
    Ok(record)
}

/// The token of the link by which they choose a password. Nothing is stored: it is bound to the row as it is now, and so to one use.
#[must_use]
pub fn invitation(secret: &Secret, page: &Id, record: &StaffRecord) -> String {
    secret.token(Purpose::Invitation, page, &record.member.id, record.updated_at.timestamp_micros())
}

/// Who may choose a password with that token; `None` for every token that is void, of whatever kind.
///
/// # Errors
/// [`StoreError`]
pub async fn invited(tx: &mut Tx, secret: &Secret, page: &Id, token: &str, now: DateTime<Utc>) -> Result<Option<StaffRecord>, StoreError> {
    let Some(id) = Secret::subject(token) else { return Ok(None) };
    let record = staff::by_id(tx, page, &id).await?;
    Ok(record.filter(|record| {
        let epoch = record.updated_at.timestamp_micros();
        let open = record.member.disabled_at.is_none() && now < record.updated_at + INVITATION;
        secret.proves(token, Purpose::Invitation, page, &id, epoch) && open
    }))
}

/// Sets the password that was chosen by a link, and signs in.
///
/// # Errors
/// [`ActionError::Missing`] where the link is void by now.
pub async fn accept(act: Act<'_>, secret: &Secret, page: &Id, token: &str, password: Hashed) -> Result<Begun, ActionError> {
    let mut tx = act.db.write().await?;
    pages::hold(&mut tx, page).await?;
    let mut record = invited(&mut tx, secret, page, token, act.now).await?.ok_or(ActionError::Missing("invitation"))?;
    record.password_hash = Some(password.0);
    save(&mut tx, page, &mut record, None, act.now).await?;
    let by = actor(&record.member);
    let act = Act { actor: &by, ..act };
    act.audit(&mut tx, page, "staff.accept", Some(("staff", &record.member.id)), None).await?;
    let begun = sessions::begin(&mut tx, record.member, act.now).await?;
    tx.commit().await?;
    Ok(begun)
}

/// Changes what somebody may do.
///
/// # Errors
/// [`ActionError::Missing`], or [`ActionError::Conflict`] for the last owner.
pub async fn change_role(act: Act<'_>, page: &Id, id: &Id, role: Role) -> Result<(), ActionError> {
    change(act, page, id, "staff.change_role", Some(format!("to {role}")), |record| record.member.role = role).await
}

/// Shuts somebody out.
///
/// # Errors
/// [`ActionError::Missing`], or [`ActionError::Conflict`] for the last owner.
pub async fn disable(act: Act<'_>, page: &Id, id: &Id) -> Result<(), ActionError> {
    change(act, page, id, "staff.disable", None, |record| record.member.disabled_at = Some(act.now)).await
}

/// Lets somebody in again.
///
/// # Errors
/// [`ActionError::Missing`]
pub async fn enable(act: Act<'_>, page: &Id, id: &Id) -> Result<(), ActionError> {
    change(act, page, id, "staff.enable", None, |record| record.member.disabled_at = None).await
}

/// Ends all sessions of somebody, and every link they were given.
///
/// # Errors
/// [`ActionError::Missing`]
pub async fn sign_out_everywhere(act: Act<'_>, page: &Id, id: &Id) -> Result<(), ActionError> {
    change(act, page, id, "staff.sign_out_everywhere", None, |_| ()).await
}

/// Changes somebody's own password; all their sessions end but this one.
///
/// # Errors
/// [`ActionError::Missing`]
pub async fn change_password(act: Act<'_>, page: &Id, id: &Id, password: Hashed, keep: &Token) -> Result<(), ActionError> {
    let mut tx = act.db.write().await?;
    pages::hold(&mut tx, page).await?;
    let mut record = staff::by_id(&mut tx, page, id).await?.ok_or(ActionError::Missing("person"))?;
    record.password_hash = Some(password.0);
    save(&mut tx, page, &mut record, Some(keep), act.now).await?;
    act.audit(&mut tx, page, "staff.change_password", Some(("staff", id)), None).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes a member by somebody else's hand, as long as one owner can still sign in.
async fn change(
    act: Act<'_>,
    page: &Id,
    id: &Id,
    action: &str,
    detail: Option<String>,
    how: impl FnOnce(&mut StaffRecord),
) -> Result<(), ActionError> {
    let mut tx = act.db.write().await?;
    // Two owners who demote each other at once must not both succeed.
    pages::hold(&mut tx, page).await?;
    let mut record = staff::by_id(&mut tx, page, id).await?.ok_or(ActionError::Missing("person"))?;
    how(&mut record);
    save(&mut tx, page, &mut record, None, act.now).await?;
    still_led(&mut tx, page).await?;
    act.audit(&mut tx, page, action, Some(("staff", id)), detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether an owner can still sign in.
async fn still_led(tx: &mut Tx, page: &Id) -> Result<(), ActionError> {
    if staff::active_owners(tx, page).await? > 0 {
        return Ok(());
    }
    let sentence = "This is the last owner who can sign in. Make somebody else an owner first, and let them choose a password.";
    Err(ActionError::Conflict(sentence.to_owned()))
}

/// Saves a record, and ends the member's sessions but one.
async fn save(tx: &mut Tx, page: &Id, record: &mut StaffRecord, keep: Option<&Token>, now: DateTime<Utc>) -> Result<(), ActionError> {
    touch(tx, page, record, now).await?;
    let keep = keep.map(Token::hash);
    crate::store::sessions::end_all(tx, &record.member.id, keep.as_deref()).await?;
    Ok(())
}

/// Saves a record under a new epoch: the clock may stand still or go back, an epoch must not.
async fn touch(tx: &mut Tx, page: &Id, record: &mut StaffRecord, now: DateTime<Utc>) -> Result<(), ActionError> {
    let read_at = record.updated_at;
    record.updated_at = now.max(read_at + TimeDelta::microseconds(1));
    if staff::update(tx, page, record, read_at).await? {
        Ok(())
    } else {
        Err(ActionError::Conflict("Somebody else changed this person just now. Look again, and repeat it if it is still right.".to_owned()))
    }
}
