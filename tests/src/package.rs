//! A package of emitted modules that are not the crate's own: the runtime of the crate as it is, the modules, and a
//! program that decodes, encodes and calls with them. Built in the target folder, so that dependencies are compiled once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use toml_edit::{DocumentMut, Item, Table, value};

use crate::freshness::is_marked;
use crate::golden::{Case, home};
use crate::tree;

/// The package, on disk.
pub struct Package {
    folder: PathBuf,
    modules: Vec<String>,
}

impl Package {
    /// Writes the package of all golden cases into `folder`.
    pub fn of_cases(folder: PathBuf, cases: &[Case]) -> Result<Self, String> {
        let mut emitted = BTreeMap::new();
        let mut faults = String::new();
        for case in cases {
            match case.generate() {
                Ok(generated) => emitted.extend(generated.output.files),
                Err(fault) => faults += &fault,
            }
        }
        let modules = cases.iter().map(|case| case.name.clone()).collect();
        if faults.is_empty() { Ok(Self::assemble(folder, modules, emitted, &home())) } else { Err(faults) }
    }

    /// Writes a package of these modules and their emitted files into `folder`, with the program in `home/behavior`;
    /// only what changed is touched.
    pub fn assemble(folder: PathBuf, modules: Vec<String>, emitted: BTreeMap<String, String>, home: &Path) -> Self {
        let mut files = runtime();
        files.extend(sources(emitted));
        let declaration = |name| format!("/// The module `{name}`.\n#[path = \"{name}/mod.rs\"]\npub mod {name};\n");
        let declarations = modules.iter().map(declaration);
        files.insert("src/versions.rs".to_owned(), declarations.collect::<String>().into_bytes());
        files.insert("Cargo.toml".to_owned(), manifest().into_bytes());
        files.insert("Cargo.lock".to_owned(), tree::text(&tree::workspace().join("Cargo.lock")).into_bytes());
        for (file, content) in tree::files(home, "behavior") {
            files.insert(format!("tests/{file}"), content);
        }
        let package = Self { folder, modules };
        package.write(&files);
        package
    }

    /// Builds the package and runs its program.
    pub fn run(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["test", "--offline", "--quiet", "--all-features", "--message-format", "short", "--test", "behavior"])
            .arg("--target-dir")
            // All packages have the same dependencies.
            .arg(self.folder.with_file_name("golden").join("target"))
            .current_dir(&self.folder)
            .output()
            .unwrap_or_else(|error| panic!("cargo cannot be run: {error}"))
    }

    /// What the compiler warned of in emitted code.
    pub fn warnings(&self, output: &Output) -> Vec<String> {
        let text = String::from_utf8_lossy(&output.stderr);
        let emitted = |line: &&str| self.modules.iter().any(|name| line.starts_with(&format!("src/{name}/")));
        text.lines().filter(emitted).filter(|line| line.contains(": warning: ")).map(str::to_owned).collect()
    }

    fn write(&self, files: &BTreeMap<String, Vec<u8>>) {
        for part in ["src", "tests"] {
            for file in tree::files(&self.folder, part).into_keys().filter(|file| !files.contains_key(file)) {
                tree::remove(&self.folder.join(file));
            }
        }
        // Cargo drops from its lock what this package does without; giving it back would make every run a rebuild.
        let kept = |file: &str| file == "Cargo.lock" && is_newer(&self.folder.join(file));
        for (file, content) in files.iter().filter(|(file, _)| !kept(file)) {
            tree::put(&self.folder.join(file), content);
        }
    }
}

/// Whether the lock here was made from the workspace's lock as it is now.
fn is_newer(lock: &Path) -> bool {
    let changed = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    matches!((changed(lock), changed(&tree::workspace().join("Cargo.lock"))), (Some(here), Some(there)) if here > there)
}

/// What people wrote of the crate.
fn runtime() -> BTreeMap<String, Vec<u8>> {
    let root = tree::workspace().join("generated");
    let mut files = tree::files(&root, "src");
    files.retain(|_, content| !is_marked(content));
    files.insert("README.md".to_owned(), tree::text(&root.join("README.md")).into_bytes());
    files
}

/// The emitted modules of a case, by their path in the package.
fn sources(files: BTreeMap<String, String>) -> impl Iterator<Item = (String, Vec<u8>)> {
    files.into_iter().filter_map(|(file, text)| {
        let file = file.strip_prefix("generated/")?.to_owned();
        (file.starts_with("src/") && file != "src/versions.rs").then_some((file, text.into_bytes()))
    })
}

/// The crate's manifest without its versions, cut loose from the workspace.
fn manifest() -> String {
    let read = |file: &str| -> DocumentMut {
        let text = tree::text(&tree::workspace().join(file));
        text.parse().unwrap_or_else(|error| panic!("{file}: {error}"))
    };
    let (root, published) = (read("Cargo.toml"), read("generated/Cargo.toml"));
    let mut manifest = DocumentMut::new();
    for (key, given) in [("name", "golden"), ("version", "0.0.0"), ("edition", "2024")] {
        manifest["package"][key] = value(given);
    }
    for part in ["dependencies", "dev-dependencies"] {
        manifest[part] = published.get(part).cloned().unwrap_or_default();
    }
    manifest["workspace"] = Item::Table(Table::new());
    manifest["profile"] = root.get("profile").cloned().unwrap_or_default();
    manifest["lints"] = root.get("workspace").and_then(|workspace| workspace.get("lints")).cloned().unwrap_or_default();
    manifest["features"] = features(&published);
    manifest.to_string()
}

/// The features of the crate, but for those that choose a TLS: on loopback nothing needs one.
fn features(published: &DocumentMut) -> Item {
    let mut features = published.get("features").and_then(Item::as_table).cloned().unwrap_or_default();
    let tls: Vec<String> = features
        .iter()
        .filter(|(name, implied)| *name == "default" || implied.to_string().contains("reqwest/"))
        .map(|(name, _)| name.to_owned())
        .collect();
    for name in tls {
        features.remove(&name);
    }
    Item::Table(features)
}
