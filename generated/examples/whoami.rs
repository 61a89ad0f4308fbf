//! Prints who the access token belongs to, and which workspace in which region.
//!
//! ```text
//! INTERCOM_ACCESS_TOKEN=… cargo run -p intercom-gen --features unstable --example whoami
//! ```

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use std::process::ExitCode;

use intercom_gen::Result;
use intercom_gen::unstable::Client;

#[tokio::main]
async fn main() -> ExitCode {
    match whoami().await {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("whoami: {error}");
            if error.is_config() { ExitCode::from(2) } else { ExitCode::FAILURE }
        }
    }
}

async fn whoami() -> Result<String> {
    let me = Client::from_env()?.admins().me().await?;
    let workspace = me.app.unwrap_or_default();
    let who = match (me.name, me.email) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (name, email) => name.or(email).unwrap_or_else(|| format!("admin {}", me.id)),
    };
    let or_unknown = |text: Option<String>| text.unwrap_or_else(|| "unknown".to_owned());
    Ok(format!("{who}, workspace {}, region {}", or_unknown(workspace.name), or_unknown(workspace.region)))
}
