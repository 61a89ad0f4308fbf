//! Reading what an event is about, once its name is known: with the tolerance of answers, and compiled once.

use crate::runtime::error::{Error, Result};
use crate::runtime::json::{Broken, Drift, Field, Json, Map, Reader};

/// What can be the body of a signed request.
pub trait Payload: Sized {
    /// Reads it.
    fn from_body(body: &[u8]) -> Result<Self>;
}

impl Payload for Json {
    fn from_body(body: &[u8]) -> Result<Self> {
        let mut json = Self::null();
        let broken = |broken| Error::unreadable(body, broken);
        let text = std::str::from_utf8(body).map_err(|error| {
            let what = "invalid UTF-8".to_owned();
            broken(Broken { what, offset: error.valid_up_to(), path: "$".to_owned() })
        })?;
        Reader::new(text.strip_prefix('\u{feff}').unwrap_or(text)).root(&mut json).map_err(broken)?;
        Ok(json)
    }
}

/// The body as an object.
pub(super) fn object(body: &[u8]) -> Result<Map<Json>> {
    Json::from_body(body)?.as_map().ok_or_else(|| {
        let what = "expected an object".to_owned();
        Error::unreadable(body, Broken { what, offset: 0, path: "$".to_owned() })
    })
}

/// What is told apart by a name: the topics of notifications, the events of Fin.
pub trait Event: Sized + 'static {
    /// Every name that is listed.
    const NAMES: &'static [&'static str];

    /// The arm of `name`; `None` where the name is not listed, or the item has another form.
    fn read(name: &str, item: &mut Item<'_>) -> Option<Self>;

    /// The arm of everything else.
    fn unknown(name: String, item: Json) -> Self;
}

/// Reads the event `name`, and tells what of `item` did not fit. `place` is where the item is.
pub(super) fn read<E: Event>(name: &str, item: &Json, place: &str) -> (E, Vec<Drift>) {
    let mut reading = Item { json: item, place, id_key: None, identifying: false, drift: Vec::new() };
    let event = E::read(name, &mut reading);
    (event.unwrap_or_else(|| E::unknown(name.to_owned(), item.clone())), reading.drift)
}

/// What an event is about, while it is read.
pub struct Item<'j> {
    json: &'j Json,
    /// Where it is, as a JSONPath.
    place: &'j str,
    /// The key under which the id comes where there is no `id`.
    id_key: Option<&'static str>,
    identifying: bool,
    drift: Vec<Drift>,
}

impl Item<'_> {
    /// Takes the value of `key` for the id of an item that has no `id`.
    pub(crate) fn identified_by(&mut self, key: &'static str) -> &mut Self {
        self.id_key = Some(key);
        self
    }

    /// Only the fields that identify the item come, so no key is missing but its `id`.
    pub(crate) fn identifying(&mut self) -> &mut Self {
        self.identifying = true;
        self
    }

    /// The item as a value.
    pub(crate) fn read<T: Field + Default>(&mut self) -> Option<Box<T>> {
        let mut value = Box::<T>::default();
        self.fill(&mut *value, None).then_some(value)
    }

    /// What lies under `key` as a value, or the item itself where nothing does.
    pub(crate) fn read_at<T: Field + Default>(&mut self, key: &str) -> Option<Box<T>> {
        let mut value = Box::<T>::default();
        let key = Some(key).filter(|key| self.at(key).is_some());
        self.fill(&mut *value, key).then_some(value)
    }

    /// A part of the item as a value.
    pub(crate) fn part<T: Field + Default>(&mut self, key: &str) -> Option<Box<T>> {
        self.at(key)?;
        let mut value = Box::<T>::default();
        self.fill(&mut *value, Some(key)).then_some(value)
    }

    /// The item as it came.
    pub(crate) fn json(&self) -> Json {
        self.json.clone()
    }

    /// A part of the item as it came.
    pub(crate) fn json_at(&self, key: &str) -> Json {
        self.at(key).unwrap_or_default()
    }

    fn at(&self, key: &str) -> Option<Json> {
        self.json.get(key).filter(|json| !json.is_null())
    }

    /// The item with its id under `id`.
    fn with_id(&self, json: Json) -> Json {
        let moved = self.id_key.and_then(|key| {
            let mut map = json.as_map().filter(|map| !map.contains_key("id"))?;
            let id = map.remove(key)?;
            map.insert("id".to_owned(), id);
            Some(Json::from(map))
        });
        moved.unwrap_or(json)
    }

    /// Reads the item, or its part `key`, into `value`; says whether it has the form that it should have.
    fn fill(&mut self, value: &mut dyn Field, key: Option<&str>) -> bool {
        let json = key.map_or_else(|| self.json(), |key| self.json_at(key));
        let text = self.with_id(json).to_string();
        let place = key.map_or_else(|| self.place.to_owned(), |key| format!("{}.{key}", self.place));
        let mut reader = Reader::new(&text);
        let read = reader.root(value);
        let is_left_out = |drift: &Drift| drift.raw.is_empty() && !drift.path.ends_with(".id");
        let is_wanted = |drift: &Drift| !(self.identifying && is_left_out(drift));
        let found = reader.into_reports().0.into_iter().filter(is_wanted);
        self.drift.extend(found.map(|drift| Drift { path: drift.path.replacen('$', &place, 1), ..drift }));
        if read.is_err() {
            self.drift.push(Drift { path: place, expected: "what the description says of it", raw: text });
        }
        read.is_ok()
    }
}
