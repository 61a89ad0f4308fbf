use super::*;
use crate::runtime::json::Field;

/// An object with more required keys than a word has bits.
#[derive(Default)]
struct Wide {
    found: Vec<String>,
    extra: Extra,
}

const KEYS: &[&str] = &[
    "k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10", "k11", "k12", "k13", "k14", "k15", "k16", "k17",
    "k18", "k19", "k20", "k21", "k22", "k23", "k24", "k25", "k26", "k27", "k28", "k29", "k30", "k31", "k32", "k33",
    "k34", "k35", "k36", "k37", "k38", "k39", "k40", "k41", "k42", "k43", "k44", "k45", "k46", "k47", "k48", "k49",
    "k50", "k51", "k52", "k53", "k54", "k55", "k56", "k57", "k58", "k59", "k60", "k61", "k62", "k63", "k64", "k65",
    "k66",
];

impl Object for Wide {
    fn read(&mut self, key: &str, r: &mut Reader<'_>) -> Read {
        self.found.push(key.to_owned());
        r.get(&mut 0_i64)
    }

    fn write(&self, _w: &mut Writer<'_>) {}

    fn required(&self) -> &'static [&'static str] {
        KEYS
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn extra_mut(&mut self) -> &mut Extra {
        &mut self.extra
    }
}

impl Field for Wide {
    fn read(&mut self, r: &mut Reader<'_>) -> Read {
        r.object(self)
    }

    fn write(&self, _w: &mut Writer<'_>) {}
}

fn missing(keys: &[&str]) -> Vec<String> {
    let entries: Vec<String> = keys.iter().map(|key| format!("\"{key}\":1")).collect();
    let text = format!("{{{}}}", entries.join(","));
    let mut reader = Reader::new(&text);
    reader.root(&mut Wide::default()).unwrap_or_else(|broken| panic!("{broken:?}"));
    reader.into_reports().0.into_iter().map(|drift| drift.path).collect()
}

#[test]
fn each_of_more_than_64_required_keys_is_reported_where_it_is_missing() {
    assert_eq!(missing(KEYS), [""; 0]);
    assert_eq!(missing(&[]).len(), KEYS.len());
    for key in ["k0", "k63", "k64", "k66"] {
        let others: Vec<&str> = KEYS.iter().copied().filter(|other| *other != key).collect();
        assert_eq!(missing(&others), [format!("$.{key}")]);
    }
}
