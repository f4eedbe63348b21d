//! The key that mails are signed with (RFC 6376, RFC 8463): RSA or Ed25519, read once from PEM and never shown.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;
use sha2::{Digest as _, Sha256};

use crate::domain::mail_records::dkim::{Kind, PublicKey};

/// A private key. Cheap to clone.
#[derive(Clone)]
pub struct SigningKey(Arc<Pair>);

enum Pair {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Why a key cannot be used, as the end of a sentence that names the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// There is no private key in it.
    #[error("it holds no private key in PEM that can be read (\"BEGIN PRIVATE KEY\" or \"BEGIN RSA PRIVATE KEY\", without a passphrase)")]
    NoKey,
    /// It is neither RSA nor Ed25519.
    #[error("its key is neither RSA nor Ed25519, and mails are signed with nothing else")]
    Kind,
    /// Too weak, or of a size that the library does not know.
    #[error(
        "its RSA key cannot be used: it must have 2,048 to 4,096 bits and the usual exponent, 65537; \
         make one with: openssl genrsa -out allclear.pem 2048"
    )]
    Rsa,
    /// It is damaged.
    #[error("its key is damaged")]
    Damaged,
}

/// The signature could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mail could not be signed")]
pub struct Unsigned;

impl SigningKey {
    /// Reads a key in PKCS#8, or RSA in PKCS#1.
    ///
    /// # Errors
    /// [`BadKey`].
    pub fn from_pem(pem: &[u8]) -> Result<Self, BadKey> {
        let pair = match PrivateKeyDer::from_pem_slice(pem).map_err(|_| BadKey::NoKey)? {
            PrivateKeyDer::Pkcs1(key) => Pair::Rsa(RsaKeyPair::from_der(key.secret_pkcs1_der()).map_err(|_| BadKey::Rsa)?),
            PrivateKeyDer::Pkcs8(key) => of_pkcs8(key.secret_pkcs8_der())?,
            _ => return Err(BadKey::Kind),
        };
        let key = Self(Arc::new(pair));
        // Whether the parts of an RSA key belong together shows when it signs.
        key.sign(b"").map_err(|Unsigned| BadKey::Damaged)?;
        Ok(key)
    }

    /// Its public half, as DNS has it.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        match &*self.0 {
            Pair::Rsa(pair) => PublicKey { kind: Kind::Rsa, base64: STANDARD.encode(subject_public_key(pair.public_key().as_ref())) },
            Pair::Ed25519(pair) => PublicKey { kind: Kind::Ed25519, base64: STANDARD.encode(pair.public_key()) },
        }
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match &*self.0 {
            Pair::Rsa(_) => Kind::Rsa,
            Pair::Ed25519(_) => Kind::Ed25519,
        }
    }

    /// Signs, in base64: RSA over the text, Ed25519 over its digest (RFC 8463, 3).
    ///
    /// # Errors
    /// [`Unsigned`] where the parts of the key do not belong together.
    pub fn sign(&self, text: &[u8]) -> Result<String, Unsigned> {
        match &*self.0 {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text, &mut signature).map_err(|_| Unsigned)?;
                Ok(STANDARD.encode(signature))
            }
            Pair::Ed25519(pair) => Ok(STANDARD.encode(pair.sign(&Sha256::digest(text)))),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}, …)", self.kind().as_str())
    }
}

impl PartialEq for SigningKey {
    fn eq(&self, other: &Self) -> bool {
        self.public() == other.public()
    }
}

impl Eq for SigningKey {}

/// The algorithms of a PKCS#8 key, as DER names them: rsaEncryption and Ed25519 (RFC 8017, RFC 8410).
const RSA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const ED25519: &[u8] = &[0x06, 0x03, 0x2b, 0x65, 0x70];
/// The name stands at the start: a version and two lengths come before it.
const HEAD: usize = 32;

fn of_pkcs8(der: &[u8]) -> Result<Pair, BadKey> {
    let head = der.get(..HEAD.min(der.len())).unwrap_or_default();
    let names = |name: &[u8]| head.windows(name.len()).any(|part| part == name);
    if names(RSA) {
        RsaKeyPair::from_pkcs8(der).map(Pair::Rsa).map_err(|_| BadKey::Rsa)
    } else if names(ED25519) {
        // Most tools leave the public half out of the file: it follows from the private one.
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map(Pair::Ed25519).map_err(|_| BadKey::Damaged)
    } else {
        Err(BadKey::Kind)
    }
}

/// An RSA key as DNS has it: `SubjectPublicKeyInfo` around `RSAPublicKey`. Every key of ours is longer than 255 bytes, so that each
/// length takes two.
fn subject_public_key(rsa: &[u8]) -> Vec<u8> {
    let long = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap_or(u16::MAX).to_be_bytes();
        [&[tag, 0x82][..], &length, content].concat()
    };
    let algorithm = [&[0x30, 0x0d][..], RSA, &[0x05, 0x00]].concat();
    let bits = long(0x03, &[&[0x00][..], rsa].concat());
    long(0x30, &[algorithm, bits].concat())
}
