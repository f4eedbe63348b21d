//! The WASM entry.
use app as _;
