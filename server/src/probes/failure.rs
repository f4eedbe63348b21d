//! The class of what kept a probe from connecting, and of a connection that broke.

use std::io;

use crate::channels::guard::ConnectError;
use crate::channels::guard::connect::is_own;
use crate::domain::evidence::{Internal, Outcome, Reason};

/// Why there is no connection: the target's fault, or ours.
pub(super) fn of(error: &ConnectError) -> Outcome {
    Outcome::Bad(match error {
        ConnectError::Own(_) => return Outcome::Internal(Internal::Resources),
        ConnectError::Dns => Reason::Dns,
        ConnectError::Refused => Reason::RefusedTarget,
        ConnectError::TimedOut => Reason::ConnectTimeout,
        ConnectError::Io(error) => match error.kind() {
            io::ErrorKind::ConnectionRefused => Reason::ConnectRefused,
            io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionAborted => Reason::Reset,
            io::ErrorKind::TimedOut => Reason::ConnectTimeout,
            _ => Reason::Unreachable,
        },
    })
}

/// Why a connection that stood broke.
pub(super) fn broken(error: &io::Error) -> Outcome {
    if is_own(error) { Outcome::Internal(Internal::Resources) } else { Outcome::Bad(Reason::Reset) }
}
