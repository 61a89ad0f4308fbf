//! The workflows: what may write, what runs code, and which patches are taken over.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_yaml::Value;
use tempfile::TempDir;

const UPDATE: &str = "update.yml";

fn workflows() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(workflows().join(name)).unwrap()
}

fn job(name: &str) -> Value {
    let workflow: Value = serde_yaml::from_str(&text(UPDATE)).unwrap();
    workflow["jobs"][name].clone()
}

fn steps(job: &Value) -> Vec<Value> {
    job["steps"].as_sequence().unwrap().clone()
}

#[test]
fn every_action_is_pinned_by_commit_with_its_version_beside_it() {
    for entry in std::fs::read_dir(workflows()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        for line in
            text(&name).lines().filter_map(|line| line.split_once("uses: ").map(|(_, action)| action.to_owned()))
        {
            let (action, version) = line.split_once(" # v").unwrap_or_else(|| panic!("{name}: {line}"));
            let commit = action.split_once('@').map(|(_, commit)| commit).unwrap_or_default();
            let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
            assert!(is_commit && !version.is_empty(), "{name}: {line}");
        }
    }
}

#[test]
fn the_job_that_runs_code_made_of_upstreams_text_can_only_read() {
    let workflow: Value = serde_yaml::from_str(&text(UPDATE)).unwrap();
    assert!(workflow["permissions"].as_mapping().unwrap().is_empty());
    let update = job("update");
    assert_eq!(serde_yaml::to_string(&update["permissions"]).unwrap(), "contents: read\n");
    assert!(!serde_yaml::to_string(&update).unwrap().contains("github.token"));
    for job in [update, job("publish")] {
        let checkout = steps(&job)
            .into_iter()
            .find(|step| step["uses"].as_str().is_some_and(|action| action.starts_with("actions/checkout@")));
        assert_eq!(checkout.unwrap()["with"]["persist-credentials"], Value::Bool(false));
    }
}

#[test]
fn the_job_that_can_write_runs_nothing_of_the_checkout() {
    for step in steps(&job("publish")) {
        let run = step["run"].as_str().unwrap_or_default();
        for word in ["cargo", "./", ".ci", "npm", "make ", "source ", "eval", "${{"] {
            assert!(!run.contains(word), "`{word}` in: {run}");
        }
    }
}

#[test]
fn the_patch_is_handed_over_before_anything_is_compiled_that_is_made_of_it() {
    let names: Vec<String> =
        steps(&job("update")).iter().filter_map(|step| step["name"].as_str().map(str::to_owned)).collect();
    let at = |name: &str| names.iter().position(|other| other == name).unwrap_or_else(|| panic!("{name} of {names:?}"));
    assert!(at("Vendor, regenerate, compare") < at("Hand over the patch"));
    assert!(at("Hand over the patch") < at("Count what is there") && at("Hand over the patch") < at("Test"));
}

/// A repository with a file of every kind, and the folder of the runner.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().unwrap() };
        for file in
            ["spec/2.14.yaml", "spec/overlays/errata.yaml", "generated/src/v2_14/mod.rs", "README.md", "Cargo.toml"]
        {
            repository.put(file, "one\n");
        }
        repository.git(&["init", "--quiet"]);
        repository.git(&["add", "."]);
        let author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
        repository.git(&[&author[..], &["commit", "--quiet", "--message", "State"]].concat());
        repository
    }

    fn tree(&self) -> PathBuf {
        self.folder.path().join("tree")
    }

    fn put(&self, file: &str, text: &str) {
        let path = self.tree().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) -> Vec<u8> {
        let output = Command::new("git").arg("-C").arg(self.tree()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// The patch of what `change` does, which is undone.
    fn patch(&self, change: impl FnOnce(&Self)) -> Vec<u8> {
        change(self);
        self.git(&["add", "--all"]);
        let patch = self.git(&["diff", "--cached", "--binary", "--no-renames"]);
        self.git(&["reset", "--quiet", "--hard"]);
        patch
    }

    /// Runs the step that checks and applies the patches.
    fn apply(&self, update: &[u8], readme: &[u8]) -> Output {
        let temp = self.folder.path().join("temp");
        for (name, patch) in [("update", update), ("readme", readme)] {
            std::fs::create_dir_all(temp.join(name)).unwrap();
            std::fs::write(temp.join(name).join(format!("{name}.patch")), patch).unwrap();
        }
        let steps = steps(&job("publish"));
        let step = steps.iter().find(|step| step["name"].as_str() == Some("Check and apply the patches")).unwrap();
        let script = step["run"].as_str().unwrap();
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script]);
        bash.current_dir(self.tree()).env("RUNNER_TEMP", &temp).output().unwrap()
    }

    #[track_caller]
    fn refuses(&self, patch: &[u8], reason: &str) {
        let output = self.apply(patch, b"");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && message.contains(reason), "expected `{reason}`: {message}");
        assert!(message.chars().all(|c| c == '\n' || !c.is_control()), "{message:?}");
        assert!(self.git(&["status", "--porcelain"]).is_empty(), "the tree was changed");
    }
}

#[test]
fn a_patch_of_what_an_update_changes_is_applied() {
    let repository = Repository::new();
    let update = repository.patch(|tree| {
        for file in ["spec/2.14.yaml", "generated/src/v2_14/mod.rs", "spec/changes/2026-01-01.md", "spec/2.15.yaml"] {
            tree.put(file, "two\n");
        }
    });
    let readme = repository.patch(|tree| tree.put("README.md", "two\n"));
    let output = repository.apply(&update, &readme);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let staged = String::from_utf8(repository.git(&["diff", "--cached", "--name-only"])).unwrap();
    assert_eq!(staged.lines().count(), 5, "{staged}");
}

#[test]
fn a_patch_of_anything_else_is_refused() {
    let repository = Repository::new();
    for file in [
        ".github/workflows/x.yml",
        ".cargo/config.toml",
        ".gitattributes",
        "Cargo.toml",
        "build.rs",
        "generated/build.rs",
        "generated/src/runtime/x.rs",
        "generated/src/lib.rs",
        "generated/src/v2_14/x.sh",
        "spec/overlays/errata.yaml",
        "spec/x.sh",
        "spec/.x.yaml",
        "spec/a b.yaml",
        "spec/\u{1b}[31m.yaml",
        "xtask/src/main.rs",
        "tests/x.rs",
    ] {
        let patch = repository.patch(|tree| tree.put(file, "two\n"));
        repository.refuses(&patch, "it changes ");
    }
}

#[test]
fn a_patch_of_links_programs_and_renames_is_refused() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let repository = Repository::new();
    let link = repository.patch(|tree| symlink("/etc/passwd", tree.tree().join("spec/2.15.yaml")).unwrap());
    repository.refuses(&link, "it makes a link or a program");
    let program = repository.patch(|tree| {
        let file = tree.tree().join("spec/2.14.yaml");
        std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755)).unwrap();
    });
    repository.refuses(&program, "it makes a link or a program");
    let renamed = b"diff --git a/Cargo.toml b/spec/2.15.yaml\nsimilarity index 100%\nrename from Cargo.toml\nrename to spec/2.15.yaml\n";
    repository.refuses(renamed, "renames a file");
}

#[test]
fn a_patch_that_leaves_the_tree_or_is_none_is_refused() {
    let repository = Repository::new();
    let outside =
        b"diff --git a/../x.md b/../x.md\nnew file mode 100644\n--- /dev/null\n+++ b/../x.md\n@@ -0,0 +1 @@\n+x\n";
    repository.refuses(outside, "refused");
    for patch in ["", "text", "diff --git a/README.md b/README.md\n"] {
        repository.refuses(patch.as_bytes(), "refused");
    }
}

#[test]
fn the_patch_of_the_figures_changes_the_readme_alone() {
    let repository = Repository::new();
    let update = repository.patch(|tree| tree.put("spec/2.14.yaml", "two\n"));
    let readme = repository.patch(|tree| tree.put("spec/2.14.yaml", "three\n"));
    let output = repository.apply(&update, &readme);
    assert!(!output.status.success(), "it was accepted");
}
