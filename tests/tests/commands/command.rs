//! A tree to work on and a way to run the command on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::loopback::{Reply, Seen, Server};
use tests::programs;
use tests::raw::{End, Raw};
use tokio::runtime::Runtime;

/// Where a description is kept upstream.
pub const PLACE: &str = "descriptions/2.14/api.yaml";

/// A description that has everything once.
pub const DESCRIPTION: &str = "\
openapi: 3.0.1
info: {title: API, version: '2.14', description: About the API.}
tags: [{name: Contacts, description: About contacts.}]
servers: [{url: 'https://api.intercom.io'}]
paths:
  /contacts/{id}:
    get:
      tags: [Contacts]
      operationId: getContact
      summary: Get one
      parameters:
      - {name: id, in: path, required: true, description: The id., schema: {type: string, example: a}}
      responses:
        200:
          description: Found
          content: {application/json: {schema: {$ref: '#/components/schemas/contact'}}}
components:
  schemas:
    contact:
      title: Contact
      type: object
      x-tags: [Contacts]
      properties:
        type: {type: string, enum: [contact]}
        id: {type: string, description: The id., example: a}
        description: {type: string}
";

/// What a command did.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A folder that is removed at the end.
pub struct Tree {
    folder: tempfile::TempDir,
}

impl Tree {
    /// A tree without a version.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("spec")).unwrap();
        Self { folder }
    }

    /// A tree with the version `2.14`, and what `regen` needs.
    pub fn with_version() -> Self {
        let tree = Self::new();
        tree.put(
            "generated/Cargo.toml",
            "[package]\nname = \"x\"\n\n[features]\n# <versions> written\n# </versions>\n",
        );
        tree.put("upstream.yaml", DESCRIPTION);
        let run = tree.vendor("2.14", &[]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        tree
    }

    pub fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    pub fn put(&self, file: &str, text: &str) {
        let path = self.path(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn get(&self, file: &str) -> String {
        std::fs::read_to_string(self.path(file)).unwrap()
    }

    /// Every file below `spec` and `generated`.
    pub fn content(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path("spec"), self.path("generated")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = std::fs::read(&path).unwrap();
                    found.insert(path, bytes);
                }
            }
        }
        found
    }

    /// Runs `cargo xtask` with `--root` on this tree.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let root = self.path("");
        xtask(&[arguments, &["--root", root.to_str().unwrap()]].concat(), &root)
    }

    /// Vendors `upstream.yaml`.
    pub fn vendor(&self, name: &str, options: &[&str]) -> Run {
        let upstream = self.path("upstream.yaml");
        self.run(&[&["vendor", name, "--from", upstream.to_str().unwrap()], options].concat())
    }

    /// Commits everything, to a repository of its own.
    pub fn commit(&self) {
        self.git(&["init", "--quiet"]);
        self.git(&["add", "."]);
        let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        self.git(&[&author[..], &["commit", "--quiet", "--message", "State"]].concat());
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git").arg("-C").arg(self.path("")).args(arguments).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    /// Asserts that a command fails with one message on standard error, and changes no file.
    pub fn refuses(&self, command: impl FnOnce(&Self) -> Run) -> String {
        let before = self.content();
        let run = command(self);
        assert_eq!(run.code, Some(1), "{}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout, "");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        assert!(run.stderr.contains("hint: "), "{}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert_eq!(self.content(), before, "a file changed");
        run.stderr
    }
}

/// Runs `cargo xtask` in a folder.
pub fn xtask(arguments: &[&str], folder: &Path) -> Run {
    let output = Command::new(programs::xtask()).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// A server that has a description at [`PLACE`].
pub struct Upstream {
    url: String,
    _runtime: Runtime,
}

impl Upstream {
    /// Serves the description, and nothing elsewhere.
    pub fn serving(description: &str) -> Self {
        let (found, there) = (Reply::new(200).body(description.to_owned()), format!("GET /{PLACE}"));
        let answer = move |seen: &Seen| if seen.line == there { found.clone() } else { Reply::new(404) };
        Self::listening(|| Server::answering(answer).url().to_owned())
    }

    /// Serves the description once, and closes the connection before its end.
    pub fn breaking_off(description: &str) -> Self {
        let promised = description.len() + 1;
        let bytes = format!("HTTP/1.1 200 OK\r\ncontent-length: {promised}\r\n\r\n{description}");
        Self::listening(|| Raw::new([(bytes, End::Close)]).url().to_owned())
    }

    fn listening(server: impl FnOnce() -> String) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let url = runtime.block_on(async { server() });
        Self { url, _runtime: runtime }
    }

    /// Its address, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }
}
