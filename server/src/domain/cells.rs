//! Cells of CSV files, which people open in spreadsheets: a cell that begins like a formula would be computed there, whoever wrote it.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula, and the sign that says that it is none.
const BEGINNINGS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', GUARD];
const GUARD: char = '\'';

/// The cell that shows this text, whatever it begins with: a guard before what would be a formula, and before a guard of its own.
#[must_use]
pub fn written(text: &str) -> Cow<'_, str> {
    if text.starts_with(BEGINNINGS) { Cow::Owned(format!("{GUARD}{text}")) } else { Cow::Borrowed(text) }
}

/// The text that a cell shows.
#[must_use]
pub fn read(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|text| text.starts_with(BEGINNINGS)).unwrap_or(cell)
}
