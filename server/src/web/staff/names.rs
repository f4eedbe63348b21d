//! Who is who: the record names people by id, pages by name.

use app::parts::form::Choice;
use app::words::{Id, StaffMember};

use crate::store::{StoreError, Tx, staff};
use crate::web::guards::Caller;

/// Everybody of staff.
pub struct Names(Vec<StaffMember>);

impl Names {
    /// Reads them. One statement.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read(tx: &mut Tx, page: &Id) -> Result<Self, StoreError> {
        Ok(Self(staff::all(tx, page).await?.into_iter().map(|record| record.member).collect()))
    }

    /// What a person is called; who is nobody of staff is called as the record calls them.
    #[must_use]
    pub fn of(&self, person: &str) -> String {
        self.0.iter().find(|member| member.id.as_str() == person).map_or_else(|| person.to_owned(), called)
    }

    /// Those who may own work: everybody who may sign in.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        self.0.iter().filter(|member| member.disabled_at.is_none()).map(|member| Choice::new(member.id.as_str(), called(member))).collect()
    }
}

fn called(member: &StaffMember) -> String {
    member.name.clone().unwrap_or_else(|| member.email.clone())
}

/// Whether what the record says of a person means whoever asks.
#[must_use]
pub fn is_caller(caller: &Caller, person: &str) -> bool {
    caller.actor.id.as_ref().map_or(caller.actor.name == person, |id| id.as_str() == person)
}
