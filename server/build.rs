//! Embeds the style sheets, the icons and (where the Makefile has built them) the islands, each under a name that carries its
//! content's hash, so that it can be cached for ever.
#![expect(clippy::disallowed_methods, reason = "cargo speaks to a build script through its environment")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use sha2::{Digest, Sha256};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("..");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    let islands = root.join("target/islands");
    println!("cargo:rerun-if-changed={}", root.join("style").display());
    println!("cargo:rerun-if-changed={}", root.join("app/src/islands/load.js").display());
    println!("cargo:rerun-if-changed={}", islands.display());
    println!("cargo:rerun-if-changed=migrations");

    let mut list = Embedded { out, entries: String::new() };
    let css = list.add("main", "css", "text/css; charset=utf-8", read(&root.join("style/main.css")));
    let staff_css = list.add("staff", "css", "text/css; charset=utf-8", read(&root.join("style/staff.css")));
    let icon = list.add("icon", "svg", "image/svg+xml", read(&root.join("style/icon.svg")));
    let glue = islands.join("allclear.js");
    let module = islands.join("allclear_bg.wasm");
    let script = if glue.exists() && module.exists() {
        let glue = list.add("allclear", "js", "text/javascript; charset=utf-8", read(&glue));
        let module = list.add("allclear", "wasm", "application/wasm", read(&module));
        let loader =
            String::from_utf8_lossy(&read(&root.join("app/src/islands/load.js"))).replace("__JS__", &glue).replace("__WASM__", &module);
        Some(list.add("load", "js", "text/javascript; charset=utf-8", loader.into_bytes()))
    } else {
        None
    };
    let source = format!(
        "/// Address, content type and bytes of every embedded file.\npub static FILES: &[(&str, &str, &[u8])] = &[\n{}];\n\
         /// Address of the style sheet.\npub const CSS: &str = {css:?};\n\
         /// Address of the style sheet that staff pages need beside it.\npub const STAFF_CSS: &str = {staff_css:?};\n\
         /// Address of the icon.\npub const ICON: &str = {icon:?};\n\
         /// Address of the script that loads the islands; `None` in a build without them.\npub const SCRIPT: Option<&str> = {script:?};\n",
        list.entries
    );
    write(&list.out.join("assets.rs"), source.as_bytes());
}

struct Embedded {
    out: PathBuf,
    entries: String,
}

impl Embedded {
    /// Copies the bytes beside the generated source and returns the address they will be served at.
    fn add(&mut self, stem: &str, extension: &str, content_type: &str, bytes: Vec<u8>) -> String {
        let hash: String = Sha256::digest(&bytes).iter().take(8).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let name = format!("{stem}.{hash}.{extension}");
        write(&self.out.join(&name), &bytes);
        let address = format!("/assets/{name}");
        let _ = writeln!(self.entries, "    ({address:?}, {content_type:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\"))),");
        address
    }
}

fn read(path: &Path) -> Vec<u8> {
    match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => stop(&format!("{} cannot be read: {error}", path.display())),
    }
}

fn write(path: &Path, bytes: &[u8]) {
    if let Err(error) = fs::write(path, bytes) {
        stop(&format!("{} cannot be written: {error}", path.display()));
    }
}

fn stop(why: &str) -> ! {
    println!("cargo::error={why}");
    std::process::exit(1)
}
