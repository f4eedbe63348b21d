//! Both engines have the same tables, and every row belongs to a page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::support::{Engine, Place};

#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// Name, type and whether it may be null, in order.
    columns: Vec<(String, String, bool)>,
    primary_key: Vec<String>,
    /// Columns, whether unique, whether partial.
    indexes: BTreeSet<(Vec<String>, bool, bool)>,
    references: BTreeSet<Reference>,
}

/// Columns, target, its columns, what an update and a deletion of the target do.
type Reference = (Vec<String>, String, Vec<String>, String, String);

/// Table, number of the reference in it, column, target, its column, what an update and a deletion of the target do.
type ReferenceRow = (String, i64, String, String, String, String, String);

type Schema = BTreeMap<String, Table>;

async fn sqlite() -> Schema {
    let place = Place::migrated(Engine::Sqlite).await;
    let mut db = SqliteConnection::connect(&place.address).await.unwrap();
    let mut schema = Schema::new();
    let columns: Vec<(String, String, String, bool, i64)> = sqlx::query_as(
        "select t.name, c.name, lower(c.type), c.\"notnull\" = 0, c.pk from sqlite_schema t join pragma_table_info(t.name) c
         where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like '_sqlx%' order by t.name, c.cid",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    let mut keys: BTreeMap<(String, i64), String> = BTreeMap::new();
    for (table, column, kind, nullable, key) in columns {
        if key > 0 {
            keys.insert((table.clone(), key), column.clone());
        }
        schema.entry(table).or_default().columns.push((column, kind, nullable));
    }
    for ((table, _), column) in keys {
        schema.entry(table).or_default().primary_key.push(column);
    }
    let indexes: Vec<(String, String, bool, bool, String)> = sqlx::query_as(
        "select t.name, i.name, i.\"unique\" = 1, i.partial = 1, c.name
         from sqlite_schema t join pragma_index_list(t.name) i join pragma_index_info(i.name) c
         where t.type = 'table' and t.name not like '_sqlx%' and i.origin <> 'pk' order by t.name, i.name, c.seqno",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    let mut by_name: BTreeMap<(String, String), (Vec<String>, bool, bool)> = BTreeMap::new();
    for (table, index, unique, partial, column) in indexes {
        by_name.entry((table, index)).or_insert((Vec::new(), unique, partial)).0.push(column);
    }
    for ((table, _), index) in by_name {
        schema.entry(table).or_default().indexes.insert(index);
    }
    let references: Vec<ReferenceRow> = sqlx::query_as(
        "select t.name, f.id, f.\"from\", f.\"table\", f.\"to\", lower(f.on_update), lower(f.on_delete)
         from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table' order by t.name, f.id, f.seq",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    collect_references(&mut schema, references);
    schema
}

async fn postgres() -> Schema {
    let place = Place::migrated(Engine::Postgres).await;
    let mut db = PgConnection::connect(&place.address).await.unwrap();
    let mut schema = Schema::new();
    let columns: Vec<(String, String, String, bool)> = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text, is_nullable = 'YES' from information_schema.columns
         where table_schema = 'public' and table_name not like '\\_sqlx%' order by table_name, ordinal_position",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    for (table, column, kind, nullable) in columns {
        schema.entry(table).or_default().columns.push((column, on_sqlite(&kind).to_owned(), nullable));
    }
    let indexes: Vec<(String, bool, bool, bool, Vec<String>)> = sqlx::query_as(
        "select t.relname::text, i.indisprimary, i.indisunique, i.indpred is not null,
                array(select a.attname::text from unnest(i.indkey) with ordinality k(n, at)
                      join pg_attribute a on a.attrelid = t.oid and a.attnum = k.n order by k.at)
         from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
         where n.nspname = 'public' and t.relname not like '\\_sqlx%'",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    for (table, primary, unique, partial, columns) in indexes {
        let table = schema.entry(table).or_default();
        if primary {
            table.primary_key = columns;
        } else {
            table.indexes.insert((columns, unique, partial));
        }
    }
    let references: Vec<ReferenceRow> = sqlx::query_as(
        "select t.relname::text, c.oid::bigint, a.attname::text, o.relname::text, b.attname::text,
                case c.confupdtype when 'c' then 'cascade' when 'n' then 'set null' else 'no action' end,
                case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null' else 'no action' end
         from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class o on o.oid = c.confrelid
         cross join unnest(c.conkey, c.confkey) with ordinality k(own, other, at)
         join pg_attribute a on a.attrelid = t.oid and a.attnum = k.own
         join pg_attribute b on b.attrelid = o.oid and b.attnum = k.other
         where c.contype = 'f' order by t.relname, c.oid, k.at",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    collect_references(&mut schema, references);
    schema
}

fn collect_references(schema: &mut Schema, rows: Vec<ReferenceRow>) {
    let mut by_number: BTreeMap<(String, i64), Reference> = BTreeMap::new();
    for (table, number, own, target, other, on_update, on_delete) in rows {
        let reference = by_number.entry((table, number)).or_insert((Vec::new(), target, Vec::new(), on_update, on_delete));
        reference.0.push(own);
        reference.2.push(other);
    }
    for ((table, _), reference) in by_number {
        schema.entry(table).or_default().references.insert(reference);
    }
}

/// How SQLite keeps a type of PostgreSQL's. Any other type has no counterpart and may not be used.
fn on_sqlite(kind: &str) -> &str {
    match kind {
        "timestamp with time zone" | "date" | "jsonb" => "text",
        "bytea" => "blob",
        "text" | "bigint" | "boolean" => kind,
        other => panic!("the schema uses {other}, for which no counterpart on SQLite is agreed"),
    }
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_keys_and_indexes() {
    let (sqlite, postgres) = (sqlite().await, postgres().await);
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, table) in &sqlite {
        assert_eq!(Some(table), postgres.get(name), "table {name}");
    }
}

#[tokio::test]
async fn every_row_belongs_to_a_page() {
    let schema = sqlite().await;
    let mut reached: BTreeSet<&str> = BTreeSet::from(["pages"]);
    loop {
        // A reference that may be null, or is emptied when its target goes, does not hold a row.
        let holds = |table: &Table| {
            table.references.iter().any(|(own, target, _, _, on_delete)| {
                let required = own.iter().all(|name| table.columns.iter().any(|(column, _, nullable)| column == name && !nullable));
                required && on_delete == "cascade" && reached.contains(target.as_str())
            })
        };
        let next: Vec<&str> =
            schema.iter().filter(|(name, table)| !reached.contains(name.as_str()) && holds(table)).map(|(name, _)| name.as_str()).collect();
        if next.is_empty() {
            break;
        }
        reached.extend(next);
    }
    let lost: Vec<&String> = schema.keys().filter(|name| !reached.contains(name.as_str())).collect();
    assert!(lost.is_empty(), "these tables belong to no page: {lost:?}");
}

#[tokio::test]
async fn every_reference_follows_a_changed_id() {
    for (name, table) in sqlite().await {
        for (columns, target, _, on_update, _) in table.references {
            assert_eq!(on_update, "cascade", "{name} {columns:?} -> {target}");
        }
    }
}

/// Of sums by the time there are millions, and their monitors go only with their page, which is once at most: an index for that would be
/// as large as they are.
const SEARCHED_WHOLE: [&str; 1] = ["check_rollups"];

#[tokio::test]
async fn every_reference_to_rows_that_may_go_is_indexed() {
    for (name, table) in sqlite().await.into_iter().filter(|(name, _)| !SEARCHED_WHOLE.contains(&name.as_str())) {
        let leading: Vec<&Vec<String>> = table.indexes.iter().map(|(columns, ..)| columns).chain([&table.primary_key]).collect();
        for (columns, ..) in &table.references {
            assert!(leading.iter().any(|index| index.starts_with(columns)), "{name} {columns:?} is searched when its target goes");
        }
    }
}

#[test]
fn both_engines_have_migrations_of_the_same_names() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(engine);
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}
