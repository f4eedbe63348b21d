//! TLS as a browser would speak it, and why it failed as a class (reliability N13).

use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{WebPkiSupportedAlgorithms, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, PeerIncompatible, RootCertStore,
    SignatureScheme,
};
use tokio::net::TcpStream;
use tokio::time::Instant;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::certificates::{self, Judged};
use super::failure;
use crate::channels::guard::choose_cryptography;
use crate::channels::guard::connect::{is_own, within};
use crate::channels::guard::target::Named;
use crate::domain::certificate::Certificate;
use crate::domain::evidence::{Outcome, Reason};

/// Longest handshake (reliability N9).
const LONGEST: Duration = Duration::from_secs(5);

/// Shakes hands. Cheap to clone.
#[derive(Clone)]
pub(super) struct Handshake {
    web: TlsConnector,
    bare: TlsConnector,
}

/// What is spoken after the handshake.
#[derive(Clone, Copy, Debug)]
pub(super) enum Talk {
    /// HTTP.
    Web,
    /// Nothing, or nothing that we know.
    Bare,
}

/// A handshake that succeeded.
pub(super) struct Shaken {
    pub stream: TlsStream<TcpStream>,
    pub certificate: Option<Certificate>,
}

/// One that did not.
pub(super) struct Unshaken {
    pub outcome: Outcome,
    /// What was shown until then.
    pub certificate: Option<Certificate>,
}

impl From<Reason> for Unshaken {
    fn from(reason: Reason) -> Self {
        Self { outcome: Outcome::Bad(reason), certificate: None }
    }
}

impl Handshake {
    /// Trusts Mozilla's authorities, those of this system, and `more`.
    pub(super) fn trusting(more: &[CertificateDer<'static>]) -> Self {
        choose_cryptography();
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        roots.add_parsable_certificates(more.iter().cloned());
        let verifier = Arc::new(Verifier { roots, algorithms: ring::default_provider().signature_verification_algorithms });
        let config = ClientConfig::builder().dangerous().with_custom_certificate_verifier(verifier);
        let mut bare = config.with_no_client_auth();
        // Who resumes a session looks at no certificate.
        bare.resumption = Resumption::disabled();
        let mut web = bare.clone();
        web.alpn_protocols = vec![b"http/1.1".to_vec()];
        Self { web: TlsConnector::from(Arc::new(web)), bare: TlsConnector::from(Arc::new(bare)) }
    }

    /// Shakes hands with the host of that name.
    pub(super) async fn shake(&self, talk: Talk, host: Named<'_>, stream: TcpStream, deadline: Instant) -> Result<Shaken, Unshaken> {
        let name = match host {
            Named::Address(address) => ServerName::IpAddress(IpAddr::into(address)),
            Named::Name(name) => {
                let name = name.trim_end_matches('.').to_owned();
                ServerName::try_from(name).map_err(|_| Reason::TlsWrongHost)?
            }
        };
        let connector = match talk {
            Talk::Web => &self.web,
            Talk::Bare => &self.bare,
        };
        let shaken = within(deadline, LONGEST, connector.connect(name, stream)).await.map_err(|_| Reason::Timeout)?;
        let stream = shaken.map_err(|error| unshaken(&error))?;
        let (_, session) = stream.get_ref();
        let certificate = session.peer_certificates().and_then(|chain| chain.first()).and_then(certificates::read);
        Ok(Shaken { stream, certificate })
    }
}

/// Why a handshake failed.
fn unshaken(error: &io::Error) -> Unshaken {
    let Some(found) = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()) else {
        let cut = error.kind() == io::ErrorKind::ConnectionReset || is_own(error);
        let outcome = if cut { failure::broken(error) } else { Outcome::Bad(Reason::TlsHandshake) };
        return Unshaken { outcome, certificate: None };
    };
    match found {
        Error::InvalidCertificate(CertificateError::Other(OtherError(judged))) => match judged.downcast_ref::<Judged>() {
            Some(judged) => Unshaken { outcome: Outcome::Bad(judged.reason), certificate: judged.certificate.clone() },
            None => Reason::TlsHandshake.into(),
        },
        // Servers of old answer in a version of their own, or say that they know no other.
        Error::AlertReceived(AlertDescription::ProtocolVersion)
        | Error::PeerIncompatible(
            PeerIncompatible::ServerDoesNotSupportTls12Or13
            | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled,
        ) => Reason::TlsProtocol.into(),
        _ => Reason::TlsHandshake.into(),
    }
}

/// Judges as the library does, and says of what it refuses more than the library would.
#[derive(Debug)]
struct Verifier {
    roots: RootCertStore,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Verifier {
    fn judge(&self, leaf: &CertificateDer<'_>, others: &[CertificateDer<'_>], name: &ServerName<'_>, now: UnixTime) -> Result<(), Error> {
        let parsed = ParsedCertificate::try_from(leaf)?;
        verify_server_cert_signed_by_trust_anchor(&parsed, &self.roots, others, now, self.algorithms.all)?;
        verify_server_name(&parsed, name)
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.judge(leaf, others, name, now).map(|()| ServerCertVerified::assertion()).map_err(|error| {
            let judged = Judged { reason: certificates::reason(&error, leaf, others, &self.roots), certificate: certificates::read(leaf) };
            CertificateError::Other(OtherError(Arc::new(judged))).into()
        })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, leaf, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, leaf, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
