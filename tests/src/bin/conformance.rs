//! Runs the samples of an upstream description through the emitted crate; `cargo xtask conformance` calls it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use tests::tree::workspace;
use tests::{conformance, prism};
use xtask::escape;

/// Runs every sample of an upstream description through the types of the emitted crate.
#[derive(Parser)]
#[command(name = "conformance")]
struct Args {
    /// The version whose types are used, by a name that `spec/versions.toml` has for it.
    version: String,
    /// An upstream description, with its samples.
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// How to print what was found.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Have this program, which is Prism, judge the client's requests instead.
    #[arg(long, value_name = "PROGRAM")]
    prism: Option<PathBuf>,
    /// Record what is found: in spec/samples.yaml how many samples are read as which arm of a union, and what Prism finds
    /// for the table of tests/README.md.
    #[arg(long)]
    record: bool,
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
    let outcome = match &args.prism {
        Some(program) => prism::run(&root, &args.version, &args.from, program).and_then(|report| {
            let moved = match args.record && !report.failed() {
                true => prism::record(&root, &report).map(|()| None)?,
                false => prism::moved(&root, &report)?,
            };
            let failed = report.failed() || moved.is_some();
            let text = moved.into_iter().fold(report.to_string(), |text, moved| text + "\n" + &moved);
            Ok((escape::lines(&text), failed))
        }),
        None => conformance::run(&root, &args.version, &args.from).and_then(|report| {
            if args.record {
                conformance::record::write(&root, &args.version, &args.from, &report)?;
            }
            let text = match args.format {
                Format::Text => escape::lines(&report.to_string()),
                Format::Json => escape::json(&report.json()),
            };
            Ok((text, report.failed()))
        }),
    };
    match outcome {
        Ok((text, failed)) => {
            // A reader that has gone away needs no report.
            let _ = writeln!(io::stdout(), "{text}");
            ExitCode::from(u8::from(failed))
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(1)
        }
    }
}
