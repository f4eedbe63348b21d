//! What a certificate says, and what is wrong with one that is refused.

use chrono::DateTime;
use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, Error, RootCertStore};
use sha2::{Digest as _, Sha256};
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

use crate::domain::certificate::Certificate;
use crate::domain::evidence::Reason;

/// A certificate that was refused.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub(super) struct Judged {
    pub reason: Reason,
    pub certificate: Option<Certificate>,
}

/// What is kept of a certificate; `None` where it cannot be read.
pub(super) fn read(der: &CertificateDer<'_>) -> Option<Certificate> {
    let (_, parsed) = X509Certificate::from_der(der).ok()?;
    let expires_at = DateTime::from_timestamp(parsed.validity().not_after.timestamp(), 0)?;
    let sha256 = Sha256::digest(der).iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Certificate { sha256, expires_at })
}

/// Why a certificate was refused.
pub(super) fn reason(error: &Error, leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>], roots: &RootCertStore) -> Reason {
    let Error::InvalidCertificate(wrong) = error else { return Reason::TlsHandshake };
    match wrong {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => Reason::TlsExpired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Reason::TlsNotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Reason::TlsWrongHost,
        CertificateError::Revoked => Reason::TlsRevoked,
        // Certificates that are their own authority come as `Other`.
        CertificateError::UnknownIssuer | CertificateError::BadSignature | CertificateError::Other(_) => untrusted(leaf, others, roots),
        _ => Reason::TlsHandshake,
    }
}

/// Why nobody we trust signed it.
fn untrusted(leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>], roots: &RootCertStore) -> Reason {
    let Ok((_, parsed)) = X509Certificate::from_der(leaf) else { return Reason::TlsHandshake };
    let issuer = parsed.issuer().as_raw();
    if parsed.subject().as_raw() == issuer {
        return Reason::TlsSelfSigned;
    }
    // Whoever shows nothing beside their own certificate lets others guess who stands between it and an authority.
    let alone = others.iter().all(|other| other == leaf);
    if alone && !roots.roots.iter().any(|root| is_named(issuer, &root.subject)) { Reason::TlsIncompleteChain } else { Reason::TlsUntrusted }
}

/// Whether a name is that of an authority, which is kept without the tag and length before it.
fn is_named(name: &[u8], authority: &[u8]) -> bool {
    name.len() <= authority.len() + 4 && name.ends_with(authority)
}
