//! The measurements, each side in its turn, the median of some runs.

use std::fs;
use std::path::PathBuf;

use super::build::{Build, printed};
use super::counter::Counter;
use super::pages::Flavour;
use super::report::{Report, Row, Unit};
use super::workspace::Workspace;
use super::{Page, SIDES, Subject};
use crate::conformance::codecs::{self, Codecs};
use xtask::api::Kind;
use xtask::error::{Error, Result};

/// How often a page is read for a count; the rest of the program is taken off.
const READINGS: u64 = 10;

/// The crate as a whole, with its client and its calls by name, beside the derived types alone.
const CHECK: (&str, f64) = ("cargo check", 0.55);
const RELEASE: (&str, f64) = ("cargo build --release", 1.0);
const PROGRAM: (&str, f64) = ("rebuild of a program with one decode", 0.2);
const CONFORMING: f64 = 0.9;
const UNDECLARED: f64 = 1.1;
const MISFITS: f64 = 1.2;

pub(super) fn measure(workspace: &Workspace, subject: &Subject, runs: usize) -> Result<Report> {
    prepare(workspace, runs)?;
    check_pages(workspace, subject)?;
    let mut rows = Vec::new();
    if runs > 0 {
        rows.extend(compile_times(workspace, runs)?);
        rows.push(sizes(workspace)?);
    }
    let (counted, note) = instructions(workspace, subject)?;
    rows.extend(counted);
    let notes = vec![subject.describe(), note];
    Ok(Report { version: subject.version.name.clone(), runs, rows, notes })
}

/// Builds everything once, so that dependencies and libraries are there when a measurement begins.
fn prepare(workspace: &Workspace, runs: usize) -> Result<()> {
    for side in SIDES {
        workspace.cargo(&["build", "--release", "--package", &format!("reader_{side}")])?;
        if runs > 0 {
            workspace.cargo(&[&["check"], workspace.library(side).as_slice()].concat())?;
        }
    }
    Ok(())
}

/// A page that does not conform, or one without undeclared keys, would measure something else than the table says.
fn check_pages(workspace: &Workspace, subject: &Subject) -> Result<()> {
    let codecs = Codecs::of(codecs::built(&subject.version.name)?);
    for page in subject.pages()? {
        for flavour in Flavour::ALL {
            let file = workspace.page(&flavour.file(page.name)).display().to_string();
            if flavour.fits() {
                printed(&workspace.built("reader_derive"), &[page.name, &file, "1"])?;
            }
            let text = fs::read_to_string(&file)
                .map_err(|error| Error::file(&file, format!("cannot be read: {error}")).hint("see target/bench"))?;
            let codec = codecs.answer(&format!("GET {}", page.path));
            let found = codec.ok_or_else(|| no_codec(&page))?.check(&text);
            let (drift, additions) = found.map_or((1, 0), |found| (found.drift.len(), found.additions.len()));
            if (drift == 0) != flavour.fits() || (additions != 0) != (flavour == Flavour::Undeclared) {
                return Err(Error::file(file, format!("{drift} values do not fit, {additions} are not declared"))
                    .hint("the page is not what its name says; see tests/src/bench/types/pages.rs"));
            }
        }
    }
    Ok(())
}

fn no_codec(page: &Page<'_>) -> Error {
    Error::file(page.path, "the crate that this program was built with has no such operation")
        .hint("turn the feature of the version on")
}

/// Clock and processor: the gates are about the clock, and a busy machine shows where the two disagree.
struct Timed {
    clock: Row,
    processor: Row,
}

impl Timed {
    fn new((name, gate): (&str, f64)) -> Self {
        let processor = Row::informative("  processor time", Unit::Seconds);
        Self { clock: Row::gated(name, Unit::Seconds, gate), processor }
    }

    fn add(&mut self, side: &str, build: &Build) {
        self.clock.add(side, build.seconds);
        if let Some(used) = build.used {
            self.processor.add(side, used.processor_seconds);
        }
    }
}

fn compile_times(workspace: &Workspace, runs: usize) -> Result<Vec<Row>> {
    let (mut check, mut release, mut program) = (Timed::new(CHECK), Timed::new(RELEASE), Timed::new(PROGRAM));
    let mut memory = Row::informative("peak memory of the release build", Unit::Megabytes);
    for _ in 0..runs {
        for side in SIDES {
            workspace.touch(side, "lib.rs")?;
            check.add(side, &workspace.cargo(&[&["check"], workspace.library(side).as_slice()].concat())?);
        }
        for side in SIDES {
            workspace.touch(side, "lib.rs")?;
            let build = workspace.cargo(&[&["build", "--release"], workspace.library(side).as_slice()].concat())?;
            release.add(side, &build);
            build.used.into_iter().for_each(|used| memory.add(side, used.peak_megabytes));
        }
        for side in SIDES {
            let package = format!("program_{side}");
            let build = ["build", "--release", "--package", &package];
            workspace.cargo(&build)?;
            workspace.touch(&package, "main.rs")?;
            program.add(side, &workspace.cargo(&build)?);
        }
    }
    let times = [check, release, program].into_iter().flat_map(|timed| [timed.clock, timed.processor]);
    Ok(times.chain([memory]).collect())
}

fn sizes(workspace: &Workspace) -> Result<Row> {
    let mut row = Row::informative("rlib", Unit::Megabytes);
    for side in SIDES {
        let library = if side == "own" { "intercom_gen" } else { side };
        let path = workspace.built(&format!("lib{library}.rlib"));
        let size = fs::metadata(&path).map(|metadata| metadata.len()).map_err(|error| {
            Error::file(path.display().to_string(), format!("cannot be found: {error}")).hint("see what cargo says")
        })?;
        row.add(side, size as f64 / 1e6);
    }
    Ok(row)
}

/// The instructions of reading each page, and what they were counted with.
fn instructions(workspace: &Workspace, subject: &Subject) -> Result<(Vec<Row>, String)> {
    let profiles = workspace.folder.join("profiles");
    fs::create_dir_all(&profiles).map_err(|error| {
        Error::file(profiles.display().to_string(), format!("cannot be made: {error}"))
            .hint("check the folder `target`")
    })?;
    for side in SIDES {
        workspace.cargo(&["build", "--release", "--package", &format!("reader_{side}")])?;
    }
    let mut counting = Counting { workspace, profiles, counter: None };
    let mut rows = Vec::new();
    for page in subject.pages()? {
        for (flavour, gate, what) in
            [(Flavour::Conforming, CONFORMING, "conform"), (Flavour::Undeclared, UNDECLARED, "with undeclared keys")]
        {
            let mut row = Row::gated(format!("instructions, {} {what}", page.name), Unit::Millions, gate);
            for side in SIDES {
                counting.reading(&page, flavour, side).into_iter().for_each(|count| row.add(side, count));
            }
            rows.push(row);
        }
        // The derives read no such page: what counts is what a misfit adds.
        for (flavour, gate, what) in [
            (Flavour::OneMisfit, Some(MISFITS), "with a misfit in each, beside without"),
            (Flavour::ManyMisfits, None, "with four misfits in a kilobyte"),
        ] {
            let name = format!("instructions, {} {what}", page.name);
            let mut row = match gate {
                Some(gate) => Row::gated(name, Unit::Millions, gate),
                None => Row::informative(name, Unit::Millions),
            };
            counting.reading(&page, Flavour::Conforming, "own").into_iter().for_each(|count| row.add("base", count));
            counting.reading(&page, flavour, "own").into_iter().for_each(|count| row.add("own", count));
            rows.push(row);
        }
    }
    let note = counting
        .counter
        .map_or("instructions cannot be measured: there is neither perf nor valgrind", Counter::describe);
    Ok((rows, note.to_owned()))
}

struct Counting<'a> {
    workspace: &'a Workspace,
    profiles: PathBuf,
    counter: Option<Counter>,
}

impl Counting<'_> {
    /// The millions of instructions of reading a page once.
    fn reading(&mut self, page: &Page<'_>, flavour: Flavour, side: &str) -> Option<f64> {
        let program = self.workspace.built(&format!("reader_{side}"));
        let file = flavour.file(page.name);
        let path = self.workspace.page(&file).display().to_string();
        let profile = self.profiles.join(format!("{file}-{side}.callgrind"));
        let one = [page.name, path.as_str(), "1"];
        self.counter = self.counter.or_else(|| Counter::find(&program, &one, &profile));
        let times = (1 + READINGS).to_string();
        let counter = self.counter?;
        let once = counter.count(&program, &one, &profile)?;
        let often = counter.count(&program, &[page.name, path.as_str(), times.as_str()], &profile)?;
        Some(often.saturating_sub(once) as f64 / READINGS as f64 / 1e6)
    }
}

impl Subject {
    /// How much there is to compile.
    fn describe(&self) -> String {
        let [mut structs, mut fields, mut enums, mut unions] = [0; 4];
        for ty in self.api.types.values() {
            match &ty.kind {
                Kind::Struct(structure) => (structs, fields) = (structs + 1, fields + structure.fields.len()),
                Kind::OpenEnum(_) => enums += 1,
                Kind::Union(_) => unions += 1,
                Kind::Alias(_) => {}
            }
        }
        let (answers, bodies) = (self.count(self.answers()), self.count(self.bodies()));
        format!(
            "{structs} structs with {fields} fields, {enums} enums, {unions} unions; \
             {answers} answers are decoded and {bodies} bodies encoded"
        )
    }

    fn count<'a>(&self, types: impl Iterator<Item = &'a xtask::api::TypeRef>) -> usize {
        types.map(|ty| self.function("of", ty)).collect::<std::collections::BTreeSet<_>>().len()
    }
}
