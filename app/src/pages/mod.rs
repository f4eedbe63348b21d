//! One file per public route.
