//! What the types and calls of the golden cases do. This is no test of its own: the golden test copies it into the
//! package that it makes of all cases, and runs it there.

mod calls;
mod choices;
mod objects;
mod server;

/// Reads JSON as a type, checks that writing gives the same JSON again, and gives the value.
macro_rules! round_trip {
    ($type:ty, $json:expr) => {{
        let json: &str = $json;
        let value = <$type>::from_json(json).unwrap_or_else(|error| panic!("{json}: {error}"));
        assert_eq!(golden::Json::parse(&value.to_json()).ok(), golden::Json::parse(json).ok(), "{json}");
        value
    }};
}

pub(crate) use round_trip;
