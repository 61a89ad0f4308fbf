//! The command line: a thin layer over the library.
//!
//! Exit code 1 with one message for everything that is wrong with the input or the tree, 2 for a wrong command
//! line.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgGroup, Args, Parser, Subcommand};
use xtask::error::{Error, Result};
use xtask::escape;
use xtask::generate::generate;
use xtask::output;
use xtask::source::Source;
use xtask::{bench, conformance, diff, manifest, release, update, vendor};

/// Keeps intercom-gen in step with Intercom's API descriptions.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Vendor(VendorArgs),
    Regen(RegenArgs),
    Diff(DiffArgs),
    Update(UpdateArgs),
    Release(ReleaseArgs),
    Conformance(ConformanceArgs),
    Bench(BenchArgs),
}

/// Reduce an upstream description to its facts, in spec/.
#[derive(Args)]
struct VendorArgs {
    /// The version's name, such as `2.14` or `unstable`; a new name adds a version.
    name: String,
    /// The upstream description: a file, or an http(s) URL.
    #[arg(long, value_name = "FILE-OR-URL")]
    from: String,
    /// The upstream commit that the description is taken from (40 digits).
    #[arg(long, value_name = "SHA")]
    commit: Option<String>,
    /// The upstream repository.
    #[arg(long, value_name = "OWNER/NAME")]
    repository: Option<String>,
    /// The description's path in the upstream repository.
    #[arg(long)]
    path: Option<String>,
    /// The date to note [default: today, if the description is another than before].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Keep descriptions, summaries and titles; they become documentation.
    #[arg(long)]
    keep_prose: bool,
    /// For a new version whose description names no default: the value of the Intercom-Version header [default: from
    /// the name].
    #[arg(long)]
    header: Option<String>,
    /// For a new version: the Rust module [default: from the name, `2.16` gives `v2_16`].
    #[arg(long)]
    module: Option<String>,
    /// For a new version: the Cargo feature [default: from the name].
    #[arg(long)]
    feature: Option<String>,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Generate the crate from spec/.
#[derive(Args)]
struct RegenArgs {
    /// Write nothing; print the difference and exit with 1 if there is one.
    #[arg(long)]
    check: bool,
    /// Also print the decisions that the generator made by its rules.
    #[arg(long)]
    verbose: bool,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Write to (or compare with) this tree instead.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Say what a change of a description means for users of the crate.
///
/// OLD and NEW are each the name of a version (`2.14`, `unstable`), the file of a description, or a file at a
/// revision of git (`HEAD~1:spec/unstable.yaml`). Without them, every version is compared with what git has.
#[derive(Args)]
struct DiffArgs {
    /// The older description.
    #[arg(requires = "new")]
    old: Option<String>,
    /// The newer description.
    new: Option<String>,
    /// Without OLD and NEW: the revision to compare with.
    #[arg(long, value_name = "REV", default_value = "HEAD", conflicts_with = "old")]
    since: String,
    /// How to print it.
    #[arg(long, default_value = "markdown", value_parser = ["markdown", "json"])]
    format: String,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Take over what upstream describes now: vendor every version, regenerate, and say what that means.
///
/// What it means is kept in spec/changes/. Nothing is written unless everything was accepted.
#[derive(Args)]
#[command(group(ArgGroup::new("source").required(true).multiple(true)))]
struct UpdateArgs {
    /// A folder, or an http(s) address, with upstream's files at their paths [default: GitHub, at --commit].
    #[arg(long, value_name = "FOLDER-OR-URL", group = "source")]
    from: Option<String>,
    /// The upstream commit (40 digits).
    #[arg(long, value_name = "SHA", group = "source")]
    commit: Option<String>,
    /// The date to note [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Write the text of the pull request to this file, if anything has changed.
    #[arg(long, value_name = "FILE")]
    body: Option<PathBuf>,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Prepare a release: the changelog's section, the listings of the API, the version.
#[derive(Args)]
struct ReleaseArgs {
    /// The version, such as `0.2.0`.
    version: String,
    /// The day [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Run the samples of an upstream description through the crate, or have Prism judge the client's requests by it.
#[derive(Args)]
struct ConformanceArgs {
    /// The version whose types are used: `2.14`, `unstable`.
    version: String,
    /// An upstream description, with its samples.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// Have Prism judge the client's requests by the description instead; npm installs it below target/.
    #[arg(long, conflicts_with = "format")]
    prism: bool,
    /// Record what is found: in spec/samples.yaml how many samples are read as which arm of a union, and what Prism finds
    /// for the table of tests/README.md.
    #[arg(long)]
    record: bool,
    /// How to print what was found.
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Measure what the emitted crate costs beside the same types on serde's derives, or how the generator's work grows.
#[derive(Args)]
struct BenchArgs {
    /// The version whose types are measured (`2.14`, `unstable`), or `growth`.
    #[arg(default_value = "unstable")]
    version: String,
    /// How often compile times are taken; the median counts. 0 counts instructions only.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// How to print what was found.
    #[arg(long, default_value = "text", value_parser = ["text", "json"])]
    format: String,
    /// The tree to work on [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

/// Runs the command that the process was called with.
pub(crate) fn run() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Vendor(args) => run_vendor(args),
        Command::Regen(args) => run_regen(args),
        Command::Diff(args) => run_diff(args),
        Command::Update(args) => run_update(args),
        Command::Release(args) => run_release(args),
        Command::Conformance(args) => run_conformance(args),
        Command::Bench(args) => run_bench(args),
    };
    result.unwrap_or_else(|error| {
        // If standard error is closed there is nobody left to tell.
        let _ = writeln!(io::stderr(), "error: {error}");
        ExitCode::from(1)
    })
}

fn run_vendor(args: VendorArgs) -> Result<ExitCode> {
    let root = root(args.root)?;
    let request = vendor::Request {
        name: args.name,
        from: args.from,
        repository: args.repository,
        path: args.path,
        commit: args.commit,
        date: args.date,
        keep_prose: args.keep_prose,
        keep_provenance: false,
        header: args.header,
        module: args.module,
        feature: args.feature,
    };
    print_lines(&vendor::vendor(&root, &request)?)?;
    Ok(ExitCode::SUCCESS)
}

fn run_regen(args: RegenArgs) -> Result<ExitCode> {
    let root = root(args.root)?;
    let out = args.out.unwrap_or_else(|| root.clone());
    let generated = generate(&Source::folder(root))?;
    let output = generated.output;
    if args.check {
        let difference = output::check(&out, &output)?;
        print(&difference.to_string())?;
        return match difference.is_empty() {
            true => Ok(ExitCode::SUCCESS),
            false => Err(Error::file(out.display().to_string(), difference.summary()).hint("run: cargo xtask regen")),
        };
    }
    let written = output::write(&out, &output)?;
    let mut lines = generated.report.lines(args.verbose);
    lines.push(format!("{} files, {} changed", output.files.len(), written.len()));
    print_lines(&lines)?;
    Ok(ExitCode::SUCCESS)
}

fn run_diff(args: DiffArgs) -> Result<ExitCode> {
    let root = root(args.root)?;
    let diffs = match (&args.old, &args.new) {
        (Some(old), Some(new)) => vec![diff::between(&root, old, new)?],
        _ => diff::since(&root, &args.since)?,
    };
    match args.format.as_str() {
        "json" => print_text(&escape::json(&diff::json(&diffs)))?,
        _ => print(&diff::markdown(&diffs))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn run_update(args: UpdateArgs) -> Result<ExitCode> {
    let request = update::Request { from: args.from, commit: args.commit, date: args.date };
    let update = update::update(&root(args.root)?, &request)?;
    if let (Some(file), Some(body)) = (args.body, update.body) {
        std::fs::write(&file, body).map_err(|error| {
            Error::file(file.display().to_string(), format!("cannot be written: {error}"))
                .hint("the tree is updated; give a file that can be written and run this again")
        })?;
    }
    print_lines(&update.lines)?;
    Ok(ExitCode::SUCCESS)
}

fn run_release(args: ReleaseArgs) -> Result<ExitCode> {
    let request = release::Request { version: args.version, date: args.date };
    print_lines(&release::release(&root(args.root)?, &request)?)?;
    Ok(ExitCode::SUCCESS)
}

fn run_conformance(args: ConformanceArgs) -> Result<ExitCode> {
    let root = root(args.root)?;
    let ConformanceArgs { version, from, prism, record, format, .. } = args;
    let request = conformance::Request { version, from, format, prism, record };
    conformance::run(&root, &request)
}

fn run_bench(args: BenchArgs) -> Result<ExitCode> {
    let subject = match args.version.as_str() {
        "growth" => bench::Subject::Growth,
        _ => bench::Subject::Types { version: args.version, runs: args.runs },
    };
    bench::run(&root(args.root)?, &subject, &args.format)
}

/// The tree to work on: the one that was named, else the workspace around the current folder, else the one that
/// this program was built in.
fn root(given: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(root) = given {
        return match root.is_dir() {
            true => Ok(root),
            false => {
                Err(Error::file(root.display().to_string(), "is no folder").hint("give --root the root of a tree"))
            }
        };
    }
    let current = std::env::current_dir().unwrap_or_default();
    let is_root = |folder: &Path| folder.join(manifest::FILE).is_file();
    let around = current.ancestors().find(|folder| is_root(folder)).map(Path::to_owned);
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned);
    around.or(built).ok_or_else(|| {
        Error::file(manifest::FILE, "is not in this folder or one above")
            .hint("run this in the workspace, or give --root")
    })
}

/// Prints lines to standard output.
fn print_lines(lines: &[String]) -> Result<()> {
    print(&lines.iter().map(|line| escape::line(line)).collect::<Vec<_>>().join("\n"))
}

/// Prints to standard output, escaped for a terminal and for the log of a workflow.
fn print(text: &str) -> Result<()> {
    print_text(&escape::lines(text))
}

/// Prints escaped text. A closed standard output is not an error.
fn print_text(text: &str) -> Result<()> {
    match writeln!(io::stdout(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::file("standard output", format!("cannot be written: {error}")).hint("check where it leads"))
        }
        _ => Ok(()),
    }
}
