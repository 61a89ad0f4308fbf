//! Signing workspaces up for an app of many: where to send people, and the token for the code they come back with.
//!
//! ```no_run
//! # #[cfg(feature = "unstable")]
//! # async fn example(session: &mut Option<String>, code: &str, returned: &str) -> intercom_gen::Result<()> {
//! use intercom_gen::oauth::{App, State};
//! use intercom_gen::unstable::Client;
//!
//! let client = Client::builder().without_token().build()?;
//! let app = App::new("client id", "client secret");
//!
//! // The person is sent to this address. The state is kept in their session.
//! let state = State::random()?;
//! let address = app.authorize_url(&state);
//! *session = Some(state.as_str().to_owned());
//!
//! // The person comes back with a `code` and the state, as parameters of the query.
//! State::from(session.take().unwrap_or_default()).check(returned)?;
//! let token = client.exchange_code(&app, code).await?;
//! let workspace = client.with_token(&token)?;
//! # Ok(())
//! # }
//! ```
//!
//! A client talks to one region. A workspace of another one needs a client of that region, which
//! [`Region::discover`](crate::Region::discover) finds out with the token.

use std::fmt;

use reqwest::Method;
use subtle::ConstantTimeEq as _;

use super::call::Call;
use super::core::Core;
use super::prepared::Prepared;
use super::query::push_encoded;
use super::reply::Response;
use super::request::Sending;
use super::send::{Arrived, finish_any};
use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Broken, Json, Map};

/// Where people allow an app to act for their workspace, whatever region it is in.
const AUTHORIZE: &str = "https://app.intercom.com/oauth";

/// An app, as the Developer Hub knows it. It does not print its secret.
#[derive(Clone)]
pub struct App {
    client_id: String,
    client_secret: String,
    redirect_uri: Option<String>,
}

impl App {
    /// An app with what the Developer Hub says of it.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self { client_id: client_id.into(), client_secret: client_secret.into(), redirect_uri: None }
    }

    /// Where people come back to, where the app has several such addresses. It has to be one of them.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// Where to send a person who wants to use the app.
    pub fn authorize_url(&self, state: &State) -> String {
        let mut url = format!("{AUTHORIZE}?client_id=");
        push_encoded(&mut url, &self.client_id);
        url.push_str("&state=");
        push_encoded(&mut url, &state.0);
        if let Some(uri) = &self.redirect_uri {
            url.push_str("&redirect_uri=");
            push_encoded(&mut url, uri);
        }
        url
    }

    /// Asks for the token that belongs to a code.
    pub(crate) fn exchange(&self, core: &Core, code: &str) -> Sending<Token> {
        let field = |name: &str, value: &str| (name.to_owned(), Json::from(value));
        let body: Map<Json> =
            [field("code", code), field("client_id", &self.client_id), field("client_secret", &self.client_secret)]
                .into();
        let mut call = Call::new(core, Method::POST, "exchange_code", "/auth/eagle/token").body(&body);
        call.0.anonymous = true;
        call.0.secrets = vec![self.client_secret.clone(), code.to_owned()];
        call.finish(finish_token).send()
    }
}

/// The answer holds the token under one of two names. It shows in no error, whatever the answer looks like.
fn finish_token(prepared: &Prepared, arrived: Arrived) -> Result<Response<Token>> {
    let (what, path) = ("an answer without `token` and `access_token`".to_owned(), "$".to_owned());
    let unreadable = || Error::unreadable(&[], Broken { what, offset: 0, path });
    let Ok(answer) = finish_any(prepared, arrived) else { return Err(unreadable()) };
    let text = |name| answer.value.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    match text("token").or_else(|| text("access_token")) {
        Some(token) => Ok(answer.replace(Token(token)).0),
        None => Err(unreadable()),
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client_id, redirect_uri, .. } = self;
        f.debug_struct("App").field("client_id", client_id).field("redirect_uri", redirect_uri).finish_non_exhaustive()
    }
}

/// What is sent along with a person and has to come back with them, so that nobody can slip them another's code. Keep it
/// in the session of the person.
#[derive(Clone)]
pub struct State(String);

impl State {
    /// One that nobody can guess: 256 bits from the system.
    ///
    /// # Errors
    ///
    /// If the system gives no random numbers.
    pub fn random() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| Error::config(format!("no random numbers: {error}")))?;
        Ok(Self(base16ct::lower::encode_string(&bytes)))
    }

    /// Its text, to be kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Compares it, in constant time, with what came back.
    ///
    /// # Errors
    ///
    /// If it is another one, or empty.
    pub fn check(&self, returned: &str) -> Result<()> {
        let same = bool::from(self.0.as_bytes().ct_eq(returned.as_bytes()));
        if same && !returned.is_empty() {
            return Ok(());
        }
        Err(Error::argument("the state that came back is another one: the person did not come from here"))
    }
}

/// One that was kept.
impl From<String> for State {
    fn from(kept: String) -> Self {
        Self(kept)
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State(…)")
    }
}

/// An access token. It is valid until it is revoked, and does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Its text, to be kept where secrets are.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Token {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
#[path = "oauth_tests.rs"]
mod tests;
