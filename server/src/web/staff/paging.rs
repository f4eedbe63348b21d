//! Long lists, a page at a time.

use crate::web::form::Form;

/// Which page of a list is asked for, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paged(i64);

/// What a query asks for; nonsense asks for the first page.
pub(super) fn paged(query: &Form) -> Paged {
    // Nobody turns as many pages; a number beyond overflows nothing.
    Paged(query.text("page").parse().unwrap_or(1).clamp(1, 1_000_000))
}

impl Paged {
    /// Rows of one page.
    pub(super) const SIZE: i64 = 100;

    /// Rows before this page.
    pub(super) const fn offset(self) -> i64 {
        (self.0 - 1) * Self::SIZE
    }

    /// The rows of this page out of one more than there may be, and whether there are more.
    pub(super) fn cut<T>(self, mut rows: Vec<T>) -> (Vec<T>, bool) {
        let most = usize::try_from(Self::SIZE).unwrap_or(usize::MAX);
        let more = rows.len() > most;
        rows.truncate(most);
        (rows, more)
    }

    /// The address of the page after this one, with what else was asked for.
    pub(super) fn next(self, path: &str, asked: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(asked.iter().filter(|(_, value)| !value.is_empty())).append_pair("page", &(self.0 + 1).to_string());
        format!("{path}?{}", query.finish())
    }
}
