//! Allclear.
