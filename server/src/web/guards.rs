//! What stands before a handler: nothing for documents, limits for visitors, a session or a token for everything else.

use axum::routing::MethodRouter;

use super::router::{Guard, Shared};

/// The handlers behind their guard. A handler never asks again who is there.
pub fn guarded(answer: MethodRouter<Shared>, guard: Guard, _shared: &Shared) -> MethodRouter<Shared> {
    match guard {
        Guard::Public => answer,
        Guard::Visitor | Guard::Staff(_) | Guard::Token(_) => MethodRouter::new(),
    }
}
