//! The borders of the house (ARCHITECTURE.md), read from the sources: who may name whom, said as absences.

use std::path::{Path, PathBuf};

/// Files below a folder that end in `.rs`, with their text. Comments are cut out, so that prose may name what code may not.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
    let mut found = Vec::new();
    collect(&root, &mut found);
    assert!(!found.is_empty(), "{folder} has no sources");
    found
}

fn collect(path: &Path, found: &mut Vec<(PathBuf, String)>) {
    if path.is_file() {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n");
            found.push((path.to_owned(), code));
        }
        return;
    }
    for entry in std::fs::read_dir(path).unwrap() {
        collect(&entry.unwrap().path(), found);
    }
}

/// No source below `folder` names any of these.
fn never(folder: &str, names: &[&str]) {
    for (path, code) in sources(folder) {
        for name in names {
            assert!(!code.contains(name), "{} names {name}, which stands behind a border", path.display());
        }
    }
}

#[test]
fn the_app_knows_no_database_no_mail_no_socket_and_no_time() {
    never("app/src", &["sqlx", "lettre", "tokio", "std::net", "std::fs", "std::env", "Utc::now", "SystemTime", "server::"]);
}

#[test]
fn the_words_know_nothing_of_the_web_framework() {
    never("app/src/words", &["leptos", "web_sys", "crate::view", "crate::pages", "crate::parts", "crate::islands"]);
}

#[test]
fn parts_do_not_know_pages_and_islands_know_neither() {
    never("app/src/parts", &["crate::pages"]);
    never("app/src/islands", &["crate::pages", "crate::parts", "crate::view"]);
}

#[test]
fn the_domain_is_pure() {
    never(
        "server/src/domain",
        &["async ", ".await", "sqlx", "tokio", "std::fs", "std::net", "std::env", "Utc::now", "rand::", "crate::store", "crate::actions"],
    );
}

#[test]
fn only_the_store_knows_sql() {
    for part in ["domain", "actions", "channels", "snapshot", "web", "cli"] {
        never(&format!("server/src/{part}"), &["sqlx", "\"select ", "\"insert into", "\"update ", "\"delete from"]);
    }
}

#[test]
fn the_store_knows_neither_actions_nor_edges() {
    never("server/src/store", &["crate::actions", "crate::web", "crate::snapshot", "crate::channels", "crate::cli", "axum", "leptos"]);
}

#[test]
fn actions_know_neither_the_edge_nor_the_snapshot() {
    never("server/src/actions", &["crate::web", "crate::snapshot", "crate::cli", "crate::service", "axum"]);
}

#[test]
fn the_way_out_knows_only_the_rules() {
    never("server/src/channels", &["crate::store", "crate::actions", "crate::web", "crate::snapshot", "crate::cli"]);
}

#[test]
fn probes_know_the_rules_and_the_way_out() {
    never(
        "server/src/probes",
        &["crate::store", "crate::actions", "crate::web", "crate::workers", "crate::snapshot", "crate::cli", "sqlx"],
    );
}

#[test]
fn the_snapshot_reads_and_never_writes() {
    never("server/src/snapshot", &["crate::actions", "crate::web", "crate::cli", ".write().await", "bump_revision", "upsert"]);
}

#[test]
fn only_main_and_the_service_know_the_whole() {
    for part in ["web", "snapshot", "store", "domain", "channels"] {
        never(&format!("server/src/{part}"), &["crate::cli", "crate::service", "crate::start"]);
    }
}

#[test]
fn only_the_configuration_reads_the_environment() {
    for (path, code) in sources("server/src") {
        let reads = code.contains("std::env::var") || code.contains("env::var(");
        assert!(!reads || path.ends_with("config.rs"), "{} reads the environment", path.display());
    }
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    for folder in ["app/src", "server/src"] {
        for (path, _) in sources(folder) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines <= 450, "{} has {lines} lines: split it along the field's words", path.display());
        }
    }
}
