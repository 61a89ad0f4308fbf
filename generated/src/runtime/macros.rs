//! What every emitted type has beside its own lines, written once.

/// `Serialize` and `Deserialize` through JSON.
macro_rules! serde_through_json {
    ($type:ty $(, $parameter:ident)?) => {
        impl$(<$parameter: $crate::runtime::json::Field + Default>)? serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::json::serde::serialize(self, serializer)
            }
        }

        impl<'de $(, $parameter: $crate::runtime::json::Field + Default)?> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut value = Self::default();
                $crate::runtime::json::serde::deserialize(&mut value, deserializer)?;
                Ok(value)
            }
        }
    };
}

/// `from_json` and `to_json`.
macro_rules! json_text {
    ($type:ident) => {
        impl $type {
            /// Reads JSON as a response is read: what does not fit is kept, not refused.
            #[inline]
            pub fn from_json(json: &str) -> $crate::Result<Self> {
                let mut value = Self::default();
                $crate::runtime::json::from_json(&mut value, json).map(|()| value)
            }

            /// Writes JSON as a request is written: without what is absent. In an answer `null` and an empty list count
            /// as absent; [`Response::body`](crate::Response::body) has it as it came.
            #[inline]
            pub fn to_json(&self) -> String {
                $crate::runtime::json::to_text(self)
            }
        }
    };
}

/// Makes a type with an `Object` implementation a JSON value.
macro_rules! object {
    ($type:ident) => {
        impl $crate::runtime::json::Field for $type {
            fn read(&mut self, r: &mut $crate::runtime::json::Reader<'_>) -> $crate::runtime::json::Read {
                *self = Self::fresh();
                r.object(self)
            }

            // Once for each type, not wherever a value of it is read.
            #[inline(never)]
            fn fresh() -> Self {
                Self::default()
            }

            fn fill(&mut self, r: &mut $crate::runtime::json::Reader<'_>) -> $crate::runtime::json::Read {
                r.object(self)
            }

            fn write(&self, w: &mut $crate::runtime::json::Writer<'_>) {
                w.object(self, || Box::new(Self::fresh()));
            }
        }

        impl $type {
            /// Sets a key that the description does not declare. A field of that name wins, once it is set.
            #[must_use]
            pub fn with_extra(mut self, key: impl AsRef<str>, value: impl Into<$crate::Json>) -> Self {
                self.extra.insert(key, value);
                self
            }
        }

        $crate::runtime::macros::json_text!($type);
        $crate::runtime::macros::serde_through_json!($type);
    };
}

/// Makes a type with a `Union` implementation a JSON value.
macro_rules! union {
    ($type:ident) => {
        impl $crate::runtime::json::Field for $type {
            fn read(&mut self, r: &mut $crate::runtime::json::Reader<'_>) -> $crate::runtime::json::Read {
                r.union(self, Self::Other)
            }

            fn write(&self, w: &mut $crate::runtime::json::Writer<'_>) {
                $crate::runtime::json::Union::write(self, w);
            }
        }

        impl Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Other($crate::Json::null())
            }
        }

        $crate::runtime::macros::json_text!($type);
        $crate::runtime::macros::serde_through_json!($type);
    };
}

/// Makes a type with an `OpenEnum` implementation a string.
macro_rules! open_enum {
    ($type:ident) => {
        impl $type {
            /// Every value that the description lists.
            pub const ALL: &'static [Self] = $crate::runtime::open_enum::all();

            /// The spelling on the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::runtime::open_enum::OpenEnum::spelling(self)
            }
        }

        impl $crate::runtime::json::Field for $type {
            fn read(&mut self, r: &mut $crate::runtime::json::Reader<'_>) -> $crate::runtime::json::Read {
                $crate::runtime::open_enum::read(self, Self::Unknown, r)
            }

            fn write(&self, w: &mut $crate::runtime::json::Writer<'_>) {
                w.string(self.as_str());
            }
        }

        impl Default for $type {
            #[inline]
            fn default() -> Self {
                Self::Unknown(String::new())
            }
        }

        impl std::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl From<&str> for $type {
            #[inline]
            fn from(text: &str) -> Self {
                <Self as $crate::runtime::open_enum::OpenEnum>::listed(text)
                    .unwrap_or_else(|| Self::Unknown(text.to_owned()))
            }
        }

        impl From<String> for $type {
            #[inline]
            fn from(text: String) -> Self {
                <Self as $crate::runtime::open_enum::OpenEnum>::listed(&text).unwrap_or(Self::Unknown(text))
            }
        }

        impl std::str::FromStr for $type {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl $crate::runtime::http::QueryValue for $type {
            #[inline]
            fn append_to(&self, query: &mut String) {
                $crate::runtime::http::push_encoded(query, self.as_str());
            }
        }

        $crate::runtime::macros::serde_through_json!($type);
    };
}

/// Gives the request of one operation what every request has.
macro_rules! request {
    ($type:ident, $answer:ty) => {
        impl $type {
            /// Sends a header with the request, in place of one of that name that the client would send.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.0 = self.0.header(name, value);
                self
            }

            /// Appends a query parameter that the description does not know.
            pub fn query(mut self, name: &str, value: impl $crate::QueryValue) -> Self {
                self.0 = self.0.query(name, value);
                self
            }

            /// How long an attempt of this call may take, in place of what the client says.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.0 = self.0.timeout(timeout);
                self
            }

            /// How often and how long this call is tried, in place of what the client says.
            pub fn retry(mut self, policy: $crate::RetryPolicy) -> Self {
                self.0 = self.0.retry(policy);
                self
            }

            /// Another API version than the client's, for this call.
            pub fn api_version(mut self, version: &str) -> Self {
                self.0 = self.0.api_version(version);
                self
            }

            /// Sends the request.
            pub fn send(self) -> $crate::Sending<$answer> {
                self.0.send()
            }

            /// Sends the request, and waits for the answer on this thread; see [`blocking`]($crate::blocking).
            #[cfg(feature = "blocking")]
            pub fn send_blocking(self) -> $crate::Result<$answer> {
                $crate::blocking::wait(self.0.send())
            }

            /// Sends the request and gives status, headers and body beside the value.
            pub fn send_raw(self) -> $crate::Sending<$crate::Response<$answer>> {
                self.0.send_raw()
            }
        }

        #[cfg(feature = "dynamic")]
        impl $crate::runtime::dynamic::Typed for $type {
            type Answer = $answer;

            fn prepared(&mut self) -> &mut $crate::runtime::http::Prepared {
                self.0.prepared()
            }

            fn request(self) -> $crate::Request<$answer> {
                self.0
            }
        }

        impl IntoFuture for $type {
            type Output = $crate::Result<$answer>;
            type IntoFuture = $crate::Sending<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                self.0.send()
            }
        }
    };
}

/// Gives the request of a paged operation its streams. `in` names the object of the body that holds the size of a page.
macro_rules! paged {
    (
        $type:ident, $answer:ty, $item:ty, $style:ident, [$($key:literal),*] $(or [$($other:literal),*])*,
        |$page:ident| $items:expr
    ) => {
        impl $type {
            const PAGING: $crate::runtime::Paging = $crate::runtime::Paging {
                style: $crate::runtime::Style::$style,
                items: &[$($key),*],
                or: &[$(&[$($other),*]),*],
            };

            /// Every item of every page, as a stream. It asks for a page when its first item is wanted.
            pub fn items(self) -> $crate::Items<$item> {
                $crate::Items::new(self.pages(), |$page| $items)
            }

            /// Every page, as a stream, from the one that the request asks for.
            pub fn pages(self) -> $crate::Pages<$answer> {
                $crate::Pages::new(self.0, Self::PAGING)
            }
        }

        #[cfg(feature = "dynamic")]
        impl $crate::runtime::dynamic::Paged for $type {
            type Item = $item;

            fn all(self) -> $crate::Items<$item> {
                self.items()
            }
        }
    };
    (
        $type:ident, $answer:ty, $item:ty, $style:ident in $body:expr, $($keys:tt) or +,
        |$page:ident| $items:expr
    ) => {
        $crate::runtime::macros::paged!($type, $answer, $item, $style, $($keys) or +, |$page| $items);

        impl $type {
            /// How many items a page has at most.
            pub fn per_page(mut self, per_page: i64) -> Self {
                self.0.set_page_size(&$body, per_page);
                self
            }
        }
    };
}

/// Lets a search that was put together stand for the body of a search operation.
macro_rules! searched {
    ($type:ident) => {
        impl TryFrom<$crate::Search> for $type {
            type Error = $crate::Error;

            fn try_from(search: $crate::Search) -> $crate::Result<Self> {
                let mut body = Self::default();
                $crate::runtime::search::fill(&mut body, &search)?;
                Ok(body)
            }
        }

        impl TryFrom<$crate::Filter> for $type {
            type Error = $crate::Error;

            fn try_from(filter: $crate::Filter) -> $crate::Result<Self> {
                Self::try_from($crate::Search::new(filter))
            }
        }
    };
}

/// Lets the request that asks how far a job is, and has `STATES`, wait for the job's end.
macro_rules! watched {
    ($type:ident, $answer:ty) => {
        impl $type {
            /// The job that this asks after, to wait until it is over.
            pub fn job(self) -> $crate::Job<$answer> {
                $crate::Job::known(self.watch())
            }

            pub(crate) fn watch(self) -> $crate::runtime::Watch<$answer> {
                $crate::runtime::Watch::new(self.0, Self::STATES)
            }
        }
    };
}

/// The client of one API version, which sends `$version` with every request.
macro_rules! client {
    ($version:literal) => {
        #[doc = concat!("A client of version `", $version, "` of the API. Cheap to clone.")]
        #[derive(Clone, Debug)]
        pub struct Client($crate::runtime::http::Core);

        impl Client {
            /// A client that is set up by the environment: `INTERCOM_ACCESS_TOKEN`, and if they are there
            /// `INTERCOM_REGION` (US, EU or AU) and `INTERCOM_BASE_URL`.
            pub fn from_env() -> $crate::Result<Self> {
                Self::builder().environment()?.build()
            }

            /// A client that is set up by hand.
            pub fn builder() -> $crate::ClientBuilder<Self> {
                $crate::ClientBuilder::new($version, Self)
            }

            /// A request that the description does not know, with the token, the version, the timeout and the errors of
            /// any other. The path is what follows the host: `/contacts/1`.
            pub fn request(&self, method: $crate::Method, path: &str) -> $crate::CustomRequest {
                $crate::CustomRequest::new(&self.0, method, path)
            }

            /// The same client for the token of another workspace: with the connections and settings of this one, and the
            /// rate limit of that token. Asked again for the same token, it gives the same limiter.
            pub fn with_token(&self, token: impl AsRef<str>) -> $crate::Result<Self> {
                self.0.with_token(token.as_ref()).map(Self)
            }

            /// The token for the code with which a person came back. It is asked of the region of this client.
            #[cfg(feature = "oauth")]
            pub fn exchange_code(&self, app: &$crate::oauth::App, code: &str) -> $crate::Sending<$crate::oauth::Token> {
                app.exchange(&self.0, code)
            }

            /// What the API last said about the rate limit, to this token.
            pub fn rate_limit(&self) -> Option<$crate::RateLimit> {
                self.0.rate_limit()
            }

            /// Operations by name, with arguments and answers as JSON.
            #[cfg(feature = "dynamic")]
            pub fn dynamic(&self) -> $crate::Dynamic {
                $crate::Dynamic::new(&self.0, OPERATIONS, by_name::GROUPS)
            }

            pub(crate) fn core(&self) -> &$crate::runtime::http::Core {
                &self.0
            }
        }

        impl From<$crate::runtime::http::Core> for Client {
            fn from(core: $crate::runtime::http::Core) -> Self {
                Self(core)
            }
        }
    };
}

pub(crate) use {client, json_text, object, open_enum, paged, request, searched, serde_through_json, union, watched};
