//! Whether a body comes from Intercom: three headers, one idea.
//!
//! A signature is the HMAC of the body as it came, byte for byte, so nothing may parse and write it again before. It is
//! compared in constant time.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use super::headers::Headers;
use super::item::Payload;
use crate::runtime::error::{Error, Result};

/// How a request is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// Webhook notifications: `X-Hub-Signature`, HMAC-SHA1 with the app's client secret.
    Hub,
    /// Requests of Canvas Kit, of uninstalling and of health checks: `X-Body-Signature`, HMAC-SHA256 with the app's client
    /// secret.
    Body,
    /// Events of Fin: `X-Fin-Agent-API-Webhook-Signature`, HMAC-SHA256 with the signing secret of the Fin Agent API.
    FinAgent,
}

impl Scheme {
    /// Every scheme.
    pub const ALL: [Self; 3] = [Self::FinAgent, Self::Body, Self::Hub];

    /// The header that holds the signature.
    pub fn header(self) -> &'static str {
        match self {
            Self::Hub => "X-Hub-Signature",
            Self::Body => "X-Body-Signature",
            Self::FinAgent => "X-Fin-Agent-API-Webhook-Signature",
        }
    }

    /// What stands before the digits: always, or in some deliveries.
    fn prefix(self) -> &'static str {
        match self {
            Self::Hub => "sha1=",
            Self::Body | Self::FinAgent => "sha256=",
        }
    }

    fn fits(self, secret: &[u8], body: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Hub => fits::<Hmac<Sha1>>(secret, body, signature),
            Self::Body | Self::FinAgent => fits::<Hmac<Sha256>>(secret, body, signature),
        }
    }

    /// The value of the header for a body.
    #[cfg(any(test, feature = "test-util"))]
    pub(crate) fn sign(self, secret: &str, body: &[u8]) -> String {
        let digits = match self {
            Self::Hub => digits::<Hmac<Sha1>>(secret, body),
            Self::Body | Self::FinAgent => digits::<Hmac<Sha256>>(secret, body),
        };
        if self == Self::Hub { format!("{}{digits}", self.prefix()) } else { digits }
    }
}

fn fits<M: Mac + KeyInit>(secret: &[u8], body: &[u8], signature: &[u8]) -> bool {
    let mac = <M as KeyInit>::new_from_slice(secret);
    mac.is_ok_and(|mac| mac.chain_update(body).verify_slice(signature).is_ok())
}

#[cfg(any(test, feature = "test-util"))]
fn digits<M: Mac + KeyInit>(secret: &str, body: &[u8]) -> String {
    // A key of any length is fine.
    let mac = <M as KeyInit>::new_from_slice(secret.as_bytes());
    let bytes = mac.map(|mac| mac.chain_update(body).finalize().into_bytes());
    bytes.map(|bytes| base16ct::lower::encode_string(&bytes)).unwrap_or_default()
}

/// Checks the signature of a request that has come in, with the header that it has: for notifications, Canvas Kit and
/// the like `secret` is the app's client secret, for the events of Fin the signing secret of the Fin Agent API.
///
/// `body` are the bytes as they came. An endpoint that gets requests of one kind should insist on their scheme, with
/// [`verify_with`]: here, whoever sends the request chooses it.
///
/// # Errors
///
/// [`ErrorKind::Signature`](crate::ErrorKind::Signature) where no header has a signature, or its signature is another
/// one: the request is not from Intercom, or not meant for this app. Answer with status 401 and do nothing. A secret that
/// is empty or white space is an error too, because anybody could sign with it.
pub fn verify<'b, B: AsRef<[u8]> + ?Sized>(secret: &str, headers: &dyn Headers, body: &'b B) -> Result<Verified<'b>> {
    verify_any(&Scheme::ALL, secret, headers, body.as_ref())
}

/// Checks the signature of a request as [`verify`] does, but accepts that of one scheme alone. Signatures in headers of
/// other schemes are ignored.
///
/// ```
/// use intercom_gen::webhooks::{Scheme, verify_with};
///
/// let headers = [("X-Body-Signature", "00")];
/// let error = verify_with(Scheme::Hub, "client secret", &headers, "{}").expect_err("another scheme");
/// assert!(error.is_signature());
/// ```
///
/// # Errors
///
/// As [`verify`], and if the request has no signature of this scheme.
pub fn verify_with<'b, B: AsRef<[u8]> + ?Sized>(
    scheme: Scheme,
    secret: &str,
    headers: &dyn Headers,
    body: &'b B,
) -> Result<Verified<'b>> {
    verify_any(&[scheme], secret, headers, body.as_ref())
}

fn verify_any<'b>(schemes: &[Scheme], secret: &str, headers: &dyn Headers, body: &'b [u8]) -> Result<Verified<'b>> {
    if secret.trim().is_empty() {
        return Err(Error::config("the secret is empty or white space: anybody could sign with it"));
    }
    let signed = |scheme: &Scheme| Some((*scheme, headers.value(&scheme.header().to_ascii_lowercase())?));
    let Some((scheme, value)) = schemes.iter().find_map(signed) else {
        let names: Vec<&str> = schemes.iter().map(|scheme| scheme.header()).collect();
        let of_them = if names.len() == 1 { "no header" } else { "none of the headers" };
        return Err(Error::signature(format!("no signature: the request has {of_them} {}", names.join(", "))));
    };
    let digits = value.trim_ascii();
    let digits = digits.strip_prefix(scheme.prefix().as_bytes()).unwrap_or(digits);
    let Ok(signature) = base16ct::mixed::decode_vec(digits) else {
        return Err(Error::signature(format!("the header {} holds no signature", scheme.header())));
    };
    if !scheme.fits(secret.as_bytes(), body, &signature) {
        let what = "is another one: was the body changed, or is this another app's secret?";
        return Err(Error::signature(format!("the signature in {} {what}", scheme.header())));
    }
    Ok(Verified { scheme, body })
}

/// A body that Intercom has signed.
#[derive(Clone, Copy)]
pub struct Verified<'b> {
    scheme: Scheme,
    body: &'b [u8],
}

impl<'b> Verified<'b> {
    /// How it was signed.
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The body as it came.
    pub fn body(&self) -> &'b [u8] {
        self.body
    }

    /// Reads the body: as the `Notification` of a version, as its `FinNotification`, as an
    /// [`AppRequest`](super::AppRequest), or as [`Json`](crate::Json).
    ///
    /// # Errors
    ///
    /// If the body is not a JSON object, or is a notification where an `AppRequest` is asked for, or the reverse. What does not fit its type is kept and reported, and no error.
    pub fn parse<P: Payload>(&self) -> Result<P> {
        P::from_body(self.body)
    }
}

impl fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verified")
            .field("scheme", &self.scheme)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
