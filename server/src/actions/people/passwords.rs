//! Passwords: hashed and compared off the threads that serve readers, few at a time (reliability X55).

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::actions::ActionError;
use crate::domain::password::Password;

/// Each takes 19 MiB and some 30 ms of a core: more at once would only take turns.
const AT_ONCE: usize = 4;
/// Whoever comes after so many would wait for seconds; they are told to come back.
const WAITING: usize = 64;

/// A hash of nobody's password, for addresses that nobody has: the answer takes as long as for those that somebody has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdC4$7ND6WBXqnUSf4wIQ7Ug1wvtWdzU6eyKkC8CFDLTyYuQ";

/// So many people sign in at once that this one must come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Too many people are signing in right now. Please try again in a few seconds.")]
pub struct Busy;

impl From<Busy> for ActionError {
    fn from(busy: Busy) -> Self {
        Self::Conflict(busy.to_string())
    }
}

/// A password as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Hashed(pub(super) String);

impl std::fmt::Debug for Hashed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hashed(…)")
    }
}

/// Hashes and compares passwords. Cheap to clone; all clones share their bounds.
#[derive(Clone, Debug)]
pub struct Passwords {
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { running: Arc::new(Semaphore::new(AT_ONCE)), waiting: Arc::new(Semaphore::new(AT_ONCE + WAITING)) }
    }
}

impl Passwords {
    /// The password as it is kept.
    ///
    /// # Errors
    /// [`Busy`]
    pub async fn hash(&self, password: Password) -> Result<Hashed, Busy> {
        let salt = rand::random::<[u8; 16]>();
        let hashed = self.run(move || {
            let salt = SaltString::encode_b64(&salt)?;
            Ok(argon2()?.hash_password(password.as_str().as_bytes(), &salt)?.to_string())
        });
        hashed.await.map(Hashed)
    }

    /// Whether this is the password of that hash; takes as long where there is none.
    ///
    /// # Errors
    /// [`Busy`]
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, Busy> {
        let real = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let same = self.run(move || {
            let kept = PasswordHash::new(&hash)?;
            match argon2()?.verify_password(password.as_bytes(), &kept) {
                Ok(()) => Ok(true),
                Err(argon2::password_hash::Error::Password) => Ok(false),
                Err(error) => Err(error),
            }
        });
        Ok(same.await? && real)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, argon2::password_hash::Error> + Send + 'static,
    ) -> Result<T, Busy> {
        let _place = self.waiting.try_acquire().map_err(|_| Busy)?;
        // The permit goes with the work: a request that is given up does not make room before its hash is done.
        let permit = self.running.clone().acquire_owned().await.map_err(|_| Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        match done.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(error)) => {
                tracing::error!(%error, "a password could not be hashed");
                Err(Busy)
            }
            Err(error) => {
                tracing::error!(%error, "the hashing of a password did not end");
                Err(Busy)
            }
        }
    }
}

/// Argon2id with 19 MiB, two passes and one lane, as OWASP's cheat sheet on password storage has it.
fn argon2() -> Result<Argon2<'static>, argon2::password_hash::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(19_456, 2, 1, None)?))
}
