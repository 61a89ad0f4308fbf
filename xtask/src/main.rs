//! `cargo xtask`: the maintainer's commands.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}
