//! The four statements of the store. Each writes the `match` over the engines, so that the SQL stands once.
//!
//! `fetch_all!(tx, Row, "select … where page_id = $1", page_id)`: the row type reads either engine, the arguments are bound through
//! [`Value`](super::values::Value), the error is a [`StoreError`](super::StoreError).

macro_rules! on_either {
    ($tx:expr, [$($call:tt)+], $fetch:ident, [$($arg:expr),*]) => {{
        $crate::store::count::one();
        match &mut *$tx {
            $crate::store::Tx::Sqlite(tx) => $($call)+$(.bind($crate::store::values::sql(&$arg)))*.$fetch(&mut **tx).await.map_err($crate::store::StoreError::from),
            $crate::store::Tx::Postgres(tx) => $($call)+$(.bind($crate::store::values::sql(&$arg)))*.$fetch(&mut **tx).await.map_err($crate::store::StoreError::from),
        }
    }};
}

/// All rows, as `Result<Vec<Row>, StoreError>`.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on_either!($tx, [sqlx::query_as::<_, $row>($sql)], fetch_all, [$($arg),*])
    };
}

/// The row if there is one, as `Result<Option<Row>, StoreError>`.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on_either!($tx, [sqlx::query_as::<_, $row>($sql)], fetch_optional, [$($arg),*])
    };
}

/// The one row, as `Result<Row, StoreError>`.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {
        on_either!($tx, [sqlx::query_as::<_, $row>($sql)], fetch_one, [$($arg),*])
    };
}

/// The number of rows changed, as `Result<u64, StoreError>`.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $crate::store::count::one();
        match &mut *$tx {
            $crate::store::Tx::Sqlite(tx) => {
                sqlx::query($sql)$(.bind($crate::store::values::sql(&$arg)))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::store::Tx::Postgres(tx) => {
                sqlx::query($sql)$(.bind($crate::store::values::sql(&$arg)))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::store::StoreError::from)
    }};
}

/// Whether the title or a message of something holds the text `$2`, or none is looked for.
macro_rules! holds {
    ($table:literal, $updates:literal, $parent:literal) => {
        concat!(
            "(cast($2 as text) is null or lower(name) like lower($2) escape '\\' or exists (
                 select 1 from ",
            $updates,
            " u where u.",
            $parent,
            " = ",
            $table,
            ".id and u.withdrawn_at is null and lower(u.body) like lower($2) escape '\\'))"
        )
    };
}

/// Ids of the incidents and the planned work of page `$1` that hold the text `$2`, drafts too, newest first: `$3` after the first `$4`.
macro_rules! newest_of_both {
    () => {
        concat!(
            "select id from (
                 select id, started_at as at from incidents where page_id = $1 and deleted_at is null and ",
            holds!("incidents", "incident_updates", "incident_id"),
            " union all select id, created_at as at from maintenances where page_id = $1 and deleted_at is null and ",
            holds!("maintenances", "maintenance_updates", "maintenance_id"),
            ") both_kinds order by at desc, id limit $3 offset $4"
        )
    };
}
