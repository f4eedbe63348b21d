//! The store's contract: every public function does the same on both engines.

mod absences;
mod action_items;
mod advice;
mod announcements;
mod audience;
mod audit;
mod bounces;
mod certificates;
mod checks;
mod component_templates;
mod components;
mod count;
mod deliveries;
mod delivery_reads;
mod desk;
mod engine;
mod feedback;
mod follows;
mod heartbeats;
mod imports;
mod incident_files;
mod incidents;
mod instants;
mod jobs;
mod look;
mod maintenance_files;
mod maintenance_sheets;
mod maintenances;
mod migrations;
mod monitor_events;
mod monitor_sheets;
pub mod monitors;
mod mutes;
mod notifications;
mod page_reads;
mod pages;
mod postmortem_files;
mod postmortem_sheets;
mod postmortems;
mod response_times;
pub mod sample;
mod series;
mod sessions;
mod sightings;
mod staff;
mod statistics;
mod status_changes;
mod subscriber_exports;
mod subscriber_imports;
mod subscriber_sharing;
mod subscriber_zones;
mod subscribers;
mod tokens;
mod told;
mod translations;
mod votes;

use std::fs;
use std::path::{Path, PathBuf};

/// The functions of these files are methods; the others are called by their noun.
const METHODS: [&str; 3] = ["db", "tx", "migrate"];

fn sources(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

#[test]
fn every_public_store_function_is_called_by_a_contract() {
    let contracts: String = sources("tests/it/store").iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut found = 0;
    for path in ["src/store", "src/store/incidents", "src/store/maintenances", "src/store/notifications"].into_iter().flat_map(sources) {
        // A folder holds parts of the file of its name.
        let parent = path.parent().unwrap();
        let named = if parent.ends_with("store") { path.as_path() } else { parent };
        let noun = named.file_stem().unwrap().to_str().unwrap().to_owned();
        let source = fs::read_to_string(&path).unwrap();
        for line in source.lines() {
            let Some((_, rest)) = line.split_once("pub async fn ") else {
                continue;
            };
            let name = rest.split(['(', '<']).next().unwrap();
            let call = if METHODS.contains(&noun.as_str()) { format!(".{name}(") } else { format!("{noun}::{name}(") };
            assert!(
                contracts.contains(&call) || contracts.contains(&format!("Db::{name}(")),
                "no contract in tests/it/store calls {noun}::{name}; it may do one thing on SQLite and another on PostgreSQL"
            );
            found += 1;
        }
    }
    assert!(found > 25, "the search for functions finds hardly any: {found}");
}
