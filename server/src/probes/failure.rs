//! The class of what kept a probe from connecting, and of a connection that broke.

use std::io;

use crate::channels::guard::connect::is_own;
use crate::channels::guard::{ConnectError, Unresolved};
use crate::domain::evidence::{Internal, Outcome, Reason};

/// Why there is no connection: the target's fault, or ours.
pub(super) fn of(error: &ConnectError) -> Outcome {
    Outcome::Bad(match error {
        ConnectError::Own(_) => return Outcome::Internal(Internal::Resources),
        ConnectError::Dns(why) => return unresolved(*why),
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

/// Why a name has no answer: its fault, or ours.
pub(super) const fn unresolved(why: Unresolved) -> Outcome {
    Outcome::Bad(match why {
        Unresolved::Own => return Outcome::Internal(Internal::Resources),
        Unresolved::TimedOut => Reason::DnsTimeout,
        Unresolved::Unknown => Reason::Dns,
        Unresolved::Refused => Reason::DnsRefused,
        Unresolved::Failed => Reason::DnsServfail,
        Unresolved::NoRecords => Reason::DnsNoRecords,
        Unresolved::NoName => Reason::DnsNxdomain,
    })
}

/// Why a connection that stood broke.
pub(super) fn broken(error: &io::Error) -> Outcome {
    if is_own(error) { Outcome::Internal(Internal::Resources) } else { Outcome::Bad(Reason::Reset) }
}
