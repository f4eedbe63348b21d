//! How many statements one request caused: pages of staff say it in `Server-Timing`, and tests hold them to it.

use std::cell::Cell;

tokio::task_local! {
    static STATEMENTS: Cell<u32>;
}

/// Counts the statements of a piece of work. What it spawns is not counted.
pub async fn counting<T>(work: impl Future<Output = T>) -> (T, u32) {
    STATEMENTS
        .scope(Cell::new(0), async {
            let done = work.await;
            (done, STATEMENTS.with(Cell::get))
        })
        .await
}

/// One more, where somebody counts.
pub(super) fn one() {
    // An error says that nobody does.
    let _ = STATEMENTS.try_with(|count| count.set(count.get() + 1));
}
