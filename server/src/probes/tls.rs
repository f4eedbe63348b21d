//! TLS as a browser would speak it, and why it failed as a class.

use std::io;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use sha2::{Digest as _, Sha256};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::channels::guard::choose_cryptography;
use crate::domain::evidence::Reason;

/// Trusts Mozilla's authorities, those of this system, and `more`.
pub(super) fn connector(more: &[CertificateDer<'static>]) -> TlsConnector {
    choose_cryptography();
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    roots.add_parsable_certificates(more.iter().cloned());
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    TlsConnector::from(Arc::new(config))
}

/// Whether the other side showed the certificate of that SHA-256.
pub(super) fn shows<S>(stream: &TlsStream<S>, sha256: &str) -> bool {
    let (_, session) = stream.get_ref();
    let shown = session.peer_certificates().and_then(|chain| chain.first());
    let digits = |certificate| Sha256::digest(certificate).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    shown.is_some_and(|certificate| digits(certificate).eq_ignore_ascii_case(sha256))
}

/// The class of a failed handshake.
pub(super) fn reason(error: &io::Error) -> Reason {
    let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) else {
        return if error.kind() == io::ErrorKind::ConnectionReset { Reason::Reset } else { Reason::TlsHandshake };
    };
    match error {
        rustls::Error::InvalidCertificate(wrong) => match wrong {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Reason::TlsExpired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => Reason::TlsNotYetValid,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Reason::TlsWrongHost,
            // Unknown authorities, and certificates that are their own authority (they come as `Other`).
            CertificateError::UnknownIssuer | CertificateError::BadSignature | CertificateError::Other(_) => Reason::TlsUntrusted,
            _ => Reason::TlsHandshake,
        },
        _ => Reason::TlsHandshake,
    }
}
