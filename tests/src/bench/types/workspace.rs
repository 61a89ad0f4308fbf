//! The packages that are measured, on disk in `target/bench`: both libraries, and on top of each a program with one decode
//! and one that reads pages to have its instructions counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use quote::quote;
use toml_edit::{DocumentMut, Item, Table, value};

use super::pages::Flavour;
use super::rust::raw;
use super::{Page, SIDES, Subject, build, derive, pages};
use crate::tree;
use xtask::document;
use xtask::error::{Error, Result};

const HOME: &str = "target/bench";
const LOCK: &str = "Cargo.lock";
const MANIFEST: &str = "Cargo.toml";

/// The emitted crate, below the root.
const CRATE: &str = "generated";

/// The packages, on disk.
pub(super) struct Workspace {
    pub(super) folder: PathBuf,
    pub(super) has_time: bool,
    /// The features of the emitted crate. With `dynamic` it has a table of the types of every operation, so that all of
    /// them are compiled.
    features: String,
}

impl Workspace {
    /// The file with a page.
    pub(super) fn page(&self, name: &str) -> PathBuf {
        self.folder.join("pages").join(format!("{name}.json"))
    }

    /// What selects the library of a side.
    pub(super) fn library<'a>(&'a self, side: &'a str) -> Vec<&'a str> {
        match side {
            "own" => vec!["--package", "intercom-gen", "--no-default-features", "--features", &self.features],
            side => vec!["--package", side],
        }
    }

    /// A file of a package's sources.
    pub(super) fn source(&self, package: &str, file: &str) -> PathBuf {
        self.folder.join(package).join("src").join(file)
    }
}

/// Writes the packages; only what changed is touched, so that what was built stays built.
pub(super) fn assemble(root: &Path, subject: &Subject) -> Result<Workspace> {
    let features = format!("{},dynamic", subject.version.feature);
    let workspace = Workspace { folder: root.join(HOME), has_time: build::has_time(), features };
    let pages = subject.pages()?;
    let mut files = libraries(root, subject)?;
    files.extend(programs(subject, &pages)?);
    files.extend(manifests(root, subject)?);
    for page in &pages {
        for flavour in Flavour::ALL {
            let text = pages::page(&subject.api, page.ty, flavour);
            files.insert(format!("pages/{}.json", flavour.file(page.name)), text);
        }
    }
    write(&workspace.folder, &files)?;
    lock(root, &workspace.folder)?;
    Ok(workspace)
}

fn libraries(root: &Path, subject: &Subject) -> Result<BTreeMap<String, String>> {
    let module = raw(&subject.version.module);
    let declaration = format!("\npub mod {module} {{\n    pub mod types;\n}}\n");
    let mut files = BTreeMap::from([
        ("derive/src/lib.rs".to_owned(), format!("{}{declaration}", include_str!("parts/derive_lib.rs"))),
        ("derive/src/codecs.rs".to_owned(), derive::render("codecs.rs", subject.derived_codecs())?),
        ("derive/src/prelude.rs".to_owned(), include_str!("parts/derive_prelude.rs").to_owned()),
    ]);
    for (path, bytes) in tree::files(root, CRATE) {
        let path = path.strip_prefix(CRATE).unwrap_or(&path).trim_start_matches('/');
        let text = String::from_utf8(bytes)
            .map_err(|error| Error::file(format!("{CRATE}/{path}"), format!("is not UTF-8: {error}")))?;
        files.insert(format!("own/{path}"), text);
    }
    let derived = derive::files(subject)?.into_iter();
    files.extend(derived.map(|(path, text)| (format!("derive/src/{module}/{path}"), text)));
    Ok(files)
}

/// The programs on top of the libraries, written as a caller would write them.
fn programs(subject: &Subject, pages: &[Page<'_>]) -> Result<BTreeMap<String, String>> {
    let module = raw(&subject.version.module);
    let mut files = BTreeMap::new();
    for side in SIDES {
        let library = library(side);
        let Some(ty) = pages.first().map(|page| subject.rust(page.ty, None)) else { continue };
        let decode =
            if side == "own" { quote!(#ty::from_json(&text)) } else { quote!(serde_json::from_str::<#ty>(&text)) };
        let program = quote! {
            use #library::#module::types;
            fn main() {
                let text = std::io::read_to_string(std::io::stdin()).expect("standard input is text");
                println!("{:?}", #decode.expect("a page"));
            }
        };
        files.insert(format!("program_{side}/src/main.rs"), derive::render("main.rs", program)?);
        files.insert(format!("reader_{side}/src/main.rs"), derive::render("main.rs", reader(subject, pages, side))?);
    }
    Ok(files)
}

/// The name of the library of a side.
fn library(side: &str) -> proc_macro2::Ident {
    raw(if side == "own" { "intercom_gen" } else { side })
}

/// A program that reads a page a given number of times.
fn reader(subject: &Subject, pages: &[Page<'_>], side: &str) -> proc_macro2::TokenStream {
    let library = library(side);
    let module = raw(&subject.version.module);
    let readings = pages.iter().map(|page| {
        let (name, ty) = (page.name, subject.rust(page.ty, None));
        let decode = match side {
            "own" => quote!(#ty::from_json(black_box(&text))),
            _ => {
                let decode = subject.function("decode", page.ty);
                quote!(#library::codecs::#decode(black_box(&text)))
            }
        };
        quote! {
            (#name, times) => {
                for _ in 0..times.parse::<u32>().expect("a number") {
                    black_box(#decode.expect("a page"));
                }
            }
        }
    });
    let types = (side == "own").then(|| quote!(use #library::#module::types;));
    quote! {
        use std::hint::black_box;
        #types
        fn main() {
            let arguments: Vec<String> = std::env::args().collect();
            let text = std::fs::read_to_string(&arguments[2]).expect("a file");
            match (arguments[1].as_str(), arguments[3].as_str()) {
                #(#readings)*
                _ => panic!("no such page"),
            }
        }
    }
}

fn manifests(root: &Path, subject: &Subject) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    let mut members = toml_edit::Array::new();
    for side in SIDES {
        let feature = &subject.version.feature;
        let library = match side {
            "own" => format!(
                "intercom-gen = {{ path = \"../own\", default-features = false, features = [{feature:?}, \"dynamic\"] }}"
            ),
            side => format!("{side} = {{ path = \"../{side}\" }}"),
        };
        let on_top = dependencies(&format!("{library}\nserde_json = \"1\"\n"));
        let mut packages = vec![(format!("program_{side}"), on_top.clone()), (format!("reader_{side}"), on_top)];
        match side {
            "own" => members.push("own"),
            side => packages.push((side.to_owned(), dependencies(DERIVED))),
        }
        for (package, dependencies) in packages {
            let mut manifest = DocumentMut::new();
            for (key, given) in [("name", package.as_str()), ("version", "0.0.0"), ("edition", "2024")] {
                manifest["package"][key] = value(given);
            }
            manifest["dependencies"] = Item::Table(dependencies);
            files.insert(format!("{package}/Cargo.toml"), manifest.to_string());
            members.push(package);
        }
    }
    let mut manifest = DocumentMut::new();
    manifest["workspace"] = Item::Table(Table::new());
    manifest["workspace"]["resolver"] = value("3");
    manifest["workspace"]["members"] = value(members);
    // The emitted crate takes these from its workspace.
    let given: DocumentMut = document::read_text(root, MANIFEST)?
        .parse()
        .map_err(|error| Error::file(MANIFEST, format!("{error}")).hint("correct the manifest"))?;
    for key in ["package", "lints"] {
        manifest["workspace"][key] = given["workspace"][key].clone();
    }
    files.insert("Cargo.toml".to_owned(), manifest.to_string());
    Ok(files)
}

const DERIVED: &str = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";

fn dependencies(text: &str) -> Table {
    text.parse::<DocumentMut>().map(|document| document.as_table().clone()).unwrap_or_default()
}

fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|there| there == *text) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| unwritable(&path, &error))?;
    }
    let wanted: BTreeSet<PathBuf> = files.keys().map(|name| folder.join(name)).collect();
    let sources = files.keys().filter_map(|name| name.split_once("/src/")).map(|(package, _)| package);
    for package in sources.collect::<BTreeSet<_>>() {
        remove_others(&folder.join(package).join("src"), &wanted)?;
    }
    Ok(())
}

/// Removes what an earlier run for another version has left.
fn remove_others(folder: &Path, wanted: &BTreeSet<PathBuf>) -> Result<()> {
    let failed = |error: std::io::Error| unwritable(folder, &error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            remove_others(&path, wanted)?;
        } else if !wanted.contains(&path) {
            fs::remove_file(&path).map_err(failed)?;
        }
    }
    Ok(())
}

/// Gives the packages the versions that the tree is locked to. Cargo drops from its lock what these packages do without;
/// giving it back every time would make every run a rebuild.
fn lock(root: &Path, folder: &Path) -> Result<()> {
    let (given, here) = (root.join(LOCK), folder.join(LOCK));
    let changed = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    if changed(&here) > changed(&given) {
        return Ok(());
    }
    fs::copy(&given, &here).map(drop).map_err(|error| unwritable(&here, &error))
}

fn unwritable(path: &Path, error: &std::io::Error) -> Error {
    Error::file(path.display().to_string(), format!("cannot be written: {error}")).hint("check the folder `target`")
}
