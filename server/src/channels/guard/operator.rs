//! Documents that the operator names on the command line: any address, bounded in time and size.

use std::time::Duration;

use reqwest::redirect;

use super::choose_cryptography;

/// Longest wait for a connection, name look-up included.
const CONNECT: Duration = Duration::from_secs(5);
/// Longest whole exchange.
const TOTAL: Duration = Duration::from_secs(20);
/// Most redirects followed.
const REDIRECTS: usize = 5;

/// What went wrong, in words for the person who gave the address.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It is no http or https address.
    #[error("{0} is not an http or https address")]
    BadAddress(String),
    /// Nobody answered.
    #[error("{address} could not be reached: {cause}")]
    Unreachable {
        /// What was asked for.
        address: String,
        /// Why.
        cause: String,
    },
    /// It answered, but not with a document.
    #[error("{address} answered {status}")]
    Refused {
        /// What was asked for.
        address: String,
        /// Its status.
        status: u16,
    },
    /// The answer is larger than we read.
    #[error("{address} answered with more than {limit_mb} MB")]
    TooLarge {
        /// What was asked for.
        address: String,
        /// The limit.
        limit_mb: usize,
    },
}

/// Fetches documents that the operator named on the command line. The operator may name any address, private ones too.
#[derive(Clone, Debug)]
pub struct OperatorFetch(reqwest::Client);

impl OperatorFetch {
    /// A bounded client.
    ///
    /// # Errors
    /// The TLS library could not be set up.
    pub fn new() -> Result<Self, FetchError> {
        choose_cryptography();
        #[expect(clippy::disallowed_methods, reason = "this is the guarded connector")]
        let builder = reqwest::Client::builder();
        let client = builder
            .connect_timeout(CONNECT)
            .timeout(TOTAL)
            .redirect(redirect::Policy::limited(REDIRECTS))
            .user_agent(concat!("Allclear/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| FetchError::Unreachable { address: "the network".to_owned(), cause: reason(&error) })?;
        Ok(Self(client))
    }

    /// The body of a 200.
    ///
    /// # Errors
    /// [`FetchError`] with a sentence that names the address.
    pub async fn get(&self, address: &str, limit: usize) -> Result<Vec<u8>, FetchError> {
        if !(address.starts_with("http://") || address.starts_with("https://")) {
            return Err(FetchError::BadAddress(address.to_owned()));
        }
        let unreachable = |error: reqwest::Error| FetchError::Unreachable { address: address.to_owned(), cause: reason(&error) };
        let mut response = self.0.get(address).send().await.map_err(unreachable)?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(FetchError::Refused { address: address.to_owned(), status: response.status().as_u16() });
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > limit {
                return Err(FetchError::TooLarge { address: address.to_owned(), limit_mb: limit / (1024 * 1024) });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// A reason without the address, which the sentence names already.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} s", TOTAL.as_secs());
    }
    if error.is_redirect() {
        return format!("more than {REDIRECTS} redirects");
    }
    let mut deepest: &dyn std::error::Error = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest.to_string()
}
