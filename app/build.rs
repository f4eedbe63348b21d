//! Lists the languages of the interface: every file in `locales/` is one, embedded under its name.
#![expect(clippy::disallowed_methods, reason = "cargo speaks to a build script through its environment")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=locales");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("locales");
    let mut files: Vec<_> = fs::read_dir(&folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::path);
    let mut list = String::from("&[");
    for file in &files {
        let path = file.path();
        let Some(code) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".ftl")?.split('.').next()) else { continue };
        let _ = write!(list, "({code:?}, include_str!({path:?})),");
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("locales.rs"), list)
}
