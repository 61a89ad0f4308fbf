//! The command line.

use std::io::Read as _;

use intercom_gen::{Arguments, Json, Upload};

pub const HELP: &str = "\
Calls any operation of the Intercom API by name, through the typed client.

  call OPERATION [ARGUMENTS]    make one call and print its answer as JSON
  call OPERATION --all          print every item of every page, one per line (NDJSON)
  call --batch                  make the calls that standard input has, one per line
  call --list [TEXT]            print the operations, and what they take

OPERATION is an id (ListContacts), a method and path (\"GET /contacts/{id}\") or group.method (contacts.get).

Arguments:
  --path NAME=VALUE             an argument of the path
  --query NAME=VALUE            a parameter of the query; a list is written a,b
  --form NAME=VALUE|NAME=@FILE  a part of a form
  --header NAME=VALUE           a header in place of the client's
  --extra NAME=VALUE            a parameter of the query that the description does not know
  --body JSON|@FILE|-           the body; - reads it from standard input
  --output FILE                 where the file goes that the operation answers with [default: standard output]

Options:
  --api-version NAME            such as 2.14 [default: the last that the program was built with]
  --base-url URL                another server than Intercom's

A line of a batch is {\"operation\": …, \"path\": {…}, \"query\": {…}, \"form\": {…}, \"headers\": {…}, \"extra\": {…},
\"body\": …}, all but the first as needed. Each gives one line, in order: {\"operation\", \"status\", \"value\", \"drift\"} or
{\"operation\", \"error\": {\"kind\", \"status\", \"message\"}}; one that is wrong does not end the batch.

INTERCOM_ACCESS_TOKEN is the token; INTERCOM_REGION (US, EU or AU) and INTERCOM_BASE_URL say where to call. The token is
never printed, and with --base-url it may be missing.

Exit codes: 0 if the call succeeded or the batch was read to its end, 1 if the call failed, 2 if nothing was sent because
the command line, the environment or the arguments are wrong.";

/// What the program is to do.
pub struct Options {
    pub task: Task,
    pub api_version: Option<String>,
    pub base_url: Option<String>,
}

pub enum Task {
    Help,
    List(String),
    Batch,
    Call(Box<Call>),
}

pub struct Call {
    pub operation: String,
    pub arguments: Arguments,
    /// Whether every page is read.
    pub all: bool,
    pub output: Option<String>,
}

impl Options {
    /// Reads the command line, and what it refers to.
    pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut words = words.into_iter();
        let (mut api_version, mut base_url, mut output) = (None, None, None);
        let (mut help, mut list, mut batch, mut all) = (false, false, false, false);
        let mut operation: Option<String> = None;
        let mut arguments = Arguments::new();
        while let Some(word) = words.next() {
            let (name, inline) = match word.split_once('=') {
                Some((name, value)) if name.starts_with("--") => (name.to_owned(), Some(value.to_owned())),
                _ => (word, None),
            };
            let mut value = || inline.clone().or_else(|| words.next()).ok_or_else(|| format!("{name} needs a value"));
            match name.as_str() {
                "--help" | "-h" => help = true,
                "--list" => list = true,
                "--batch" => batch = true,
                "--all" => all = true,
                "--api-version" => api_version = Some(value()?),
                "--base-url" => base_url = Some(value()?),
                "--output" => output = Some(value()?),
                "--path" => arguments = pair(&name, &value()?, |key, text| Ok(arguments.path(key, text)))?,
                "--query" => arguments = pair(&name, &value()?, |key, text| Ok(arguments.query(key, text)))?,
                "--header" => arguments = pair(&name, &value()?, |key, text| Ok(arguments.header(key, text)))?,
                "--extra" => arguments = pair(&name, &value()?, |key, text| Ok(arguments.extra(key, text)))?,
                "--form" => {
                    arguments = pair(&name, &value()?, |key, text| match text.strip_prefix('@') {
                        Some(path) => Ok(arguments.file(key, Upload::file(path))),
                        None => Ok(arguments.form(key, text)),
                    })?;
                }
                "--body" => arguments = arguments.body(body(&value()?)?),
                other if other.starts_with("--") => return Err(format!("{other} is no option")),
                _ if operation.is_none() => operation = Some(name),
                other => return Err(format!("{other} is one argument too many: name it with --path or --query")),
            }
        }
        let task = match (help, list, batch, operation) {
            (true, ..) => Task::Help,
            (_, true, false, word) => Task::List(word.unwrap_or_default()),
            (_, false, true, None) => Task::Batch,
            (_, false, false, Some(operation)) => Task::Call(Box::new(Call { operation, arguments, all, output })),
            (_, false, false, None) => return Err("which operation? --list prints them".to_owned()),
            _ => return Err("an operation, --batch and --list exclude each other".to_owned()),
        };
        Ok(Self { task, api_version, base_url })
    }
}

/// Takes `NAME=VALUE` apart.
fn pair(
    option: &str,
    word: &str,
    add: impl FnOnce(&str, &str) -> Result<Arguments, String>,
) -> Result<Arguments, String> {
    let (name, value) = word.split_once('=').ok_or_else(|| format!("{option} {word} is not NAME=VALUE"))?;
    add(name, value)
}

fn body(given: &str) -> Result<Json, String> {
    let (place, text) = match given.strip_prefix('@') {
        Some(path) => (path, std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?),
        None if given == "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| format!("standard input: {error}"))?;
            ("standard input", text)
        }
        None => ("--body", given.to_owned()),
    };
    Json::parse(&text).map_err(|error| format!("{place} is no JSON: {error}"))
}
