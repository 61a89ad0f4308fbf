//! Calls any operation of the API by name, from the command line or line by line from standard input.
//!
//! ```text
//! export INTERCOM_ACCESS_TOKEN=…
//! cargo run -p intercom-gen --features unstable,dynamic --example call -- ListContacts --query per_page=5
//! cargo run -p intercom-gen --features unstable,dynamic --example call -- --help
//! ```

mod batch;
mod options;
mod output;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use intercom_gen::{ApiVersion, Arguments, Dynamic, DynamicReply, Error, ErrorKind, Operation, VERSIONS};

use options::{Options, Task};
use output::{Gone, say};

#[tokio::main]
async fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)) {
        Ok(options) => run(options).await.unwrap_or_else(Failure::report),
        Err(wrong) => Failure::Usage(wrong).report(),
    }
}

/// Why the program does not end with 0.
enum Failure {
    Usage(String),
    Call(Error),
    /// Whoever read the output has read enough.
    Gone,
}

impl Failure {
    fn report(self) -> ExitCode {
        match self {
            Self::Usage(wrong) => {
                eprintln!("call: {wrong}\nTry --help.");
                ExitCode::from(2)
            }
            Self::Call(error) => {
                eprintln!("call: {error}");
                // What is wrong with the arguments is wrong before anything is sent.
                let is_usage = matches!(error.kind(), ErrorKind::Argument | ErrorKind::Config);
                if is_usage { ExitCode::from(2) } else { ExitCode::FAILURE }
            }
            Self::Gone => ExitCode::SUCCESS,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<Gone> for Failure {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

async fn run(options: Options) -> Result<ExitCode, Failure> {
    if matches!(options.task, Task::Help) {
        say(options::HELP)?;
        return Ok(ExitCode::SUCCESS);
    }
    let api = client(&options)?;
    match options.task {
        Task::Help => {}
        Task::List(word) => list(&api, &word)?,
        Task::Batch => batch::run(&api).await?,
        Task::Call(call) if call.all => items(&api, &call.operation, call.arguments).await?,
        Task::Call(call) => show(api.call(&call.operation, call.arguments).await?, call.output.as_deref()).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A client of the version that was asked for, as the environment and the options say.
fn client(options: &Options) -> Result<Dynamic, Failure> {
    let builder = options.version()?.builder();
    // A server of one's own may do without a token, and what calls nothing does.
    let needs_token = options.base_url.is_none() && !matches!(options.task, Task::List(_));
    let builder = if needs_token { builder } else { builder.token("none") };
    let builder = match &options.base_url {
        Some(url) => builder.environment()?.base_url(url),
        None => builder.environment()?,
    };
    Ok(builder.on_drift(output::tell_drift).build()?)
}

impl Options {
    /// The version that was asked for; if none was, the last that there is.
    fn version(&self) -> Result<&'static ApiVersion, Failure> {
        let found = match &self.api_version {
            Some(name) => VERSIONS.iter().find(|version| version.is_called(name)),
            None => VERSIONS.last(),
        };
        found.ok_or_else(|| {
            let built: Vec<&str> = VERSIONS.iter().rev().map(|version| version.name).collect();
            let built = if built.is_empty() { "none".to_owned() } else { built.join(" and ") };
            Failure::Usage(format!("the version has to be one that this program was built with: {built}"))
        })
    }
}

fn list(api: &Dynamic, word: &str) -> Result<(), Gone> {
    let word = word.to_lowercase();
    for operation in api.operations() {
        let Operation { id, method, path, group, name, .. } = operation;
        if format!("{id} {method} {path} {group}.{name}").to_lowercase().contains(&word) {
            say(&output::signature(operation))?;
        }
    }
    Ok(())
}

/// Prints every item of a list on a line of its own, and to standard error how many there are.
async fn items(api: &Dynamic, operation: &str, arguments: Arguments) -> Result<(), Failure> {
    let watched = std::io::stderr().is_terminal();
    let mut items = api.items(operation, arguments)?;
    let mut count = 0_u64;
    let end = loop {
        match items.try_next().await {
            Ok(Some(item)) => say(&item.to_string())?,
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
        count += 1;
        if watched && count.is_multiple_of(25) {
            eprint!("\r{count} items …");
        }
    };
    eprintln!("{}{count} items", if watched { "\r" } else { "" });
    Ok(end?)
}

/// Prints an answer, and to standard error what of it was not expected.
async fn show(mut reply: DynamicReply, output: Option<&str>) -> Result<(), Failure> {
    for addition in &reply.sent {
        eprintln!("call: sent {}, which the description does not list: {}", addition.path, addition.raw);
    }
    match (reply.download.take(), output) {
        (Some(download), Some(path)) => eprintln!("{} bytes", download.to_file(path).await?),
        (Some(mut download), None) => {
            while let Some(chunk) = download.chunk().await? {
                output::write(&chunk)?;
            }
        }
        (None, _) => match reply.value.as_str() {
            Some(text) => say(text)?,
            None => say(&format!("{:#}", reply.value))?,
        },
    }
    Ok(())
}
