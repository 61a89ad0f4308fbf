//! Runs the samples of an upstream description through the emitted crate; `cargo xtask conformance` calls it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use tests::conformance;
use tests::tree::workspace;

/// Runs every sample of an upstream description through the types of the emitted crate.
#[derive(Parser)]
#[command(name = "conformance")]
struct Args {
    /// The version whose types are used: `2.14` or `unstable`.
    version: String,
    /// An upstream description, with its samples.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The tree whose overlays and exceptions are read [default: the workspace].
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let root = args.root.unwrap_or_else(workspace);
    match conformance::run(&root, &args.version, &args.from) {
        Ok(report) => {
            let text = match args.format {
                Format::Text => report.to_string(),
                Format::Json => format!("{:#}", report.json()),
            };
            // A reader that has gone away needs no report.
            let _ = writeln!(io::stdout(), "{text}");
            ExitCode::from(u8::from(report.failed()))
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(1)
        }
    }
}
