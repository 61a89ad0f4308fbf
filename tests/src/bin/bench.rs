//! The program behind `cargo xtask bench`: measures the generator and what it emits.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use tests::bench::growth::{self, Growths};
use tests::bench::types;
use tests::tree::workspace;
use xtask::error::Result;

/// Measures the generator and what it emits.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    subject: Subject,
    /// How to print what was found.
    #[arg(long, global = true, default_value = "text")]
    format: Format,
    /// The tree that is measured [default: the workspace].
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Subject {
    /// The types of a version beside the same types on serde's derives.
    Types {
        /// The version, by its name or an alias.
        version: String,
        /// How often compile times are taken; 0 leaves them out.
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
    /// How the time of each stage of the generator grows with a description.
    Growth {
        /// Only the shapes with one of these words in their names.
        only: Vec<String>,
        /// How often each time is taken; the median counts.
        #[arg(long, default_value_t = 3)]
        runs: usize,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok((text, holds)) => {
            // A reader that has gone away needs no report.
            let _ = writeln!(io::stdout(), "{text}");
            ExitCode::from(u8::from(!holds))
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::from(1)
        }
    }
}

fn run(args: &Args) -> Result<(String, bool)> {
    match &args.subject {
        Subject::Types { version, runs } => {
            let request = types::Request { version: version.clone(), runs: *runs };
            let report = types::run(&args.root.clone().unwrap_or_else(workspace), &request)?;
            Ok((shown(args.format, &report, || report.to_json()), report.holds()))
        }
        Subject::Growth { only, runs } => {
            let is_wanted = |name: &str| only.is_empty() || only.iter().any(|word| name.contains(word.as_str()));
            let wanted = growth::shapes::ALL.iter().filter(|shape| is_wanted(shape.name));
            let report = Growths(wanted.map(|shape| growth::measure(shape, *runs)).collect());
            Ok((shown(args.format, &report, || report.to_json()), report.holds()))
        }
    }
}

fn shown(format: Format, text: &impl ToString, json: impl FnOnce() -> serde_json::Value) -> String {
    match format {
        Format::Text => text.to_string(),
        Format::Json => format!("{:#}", json()),
    }
}
