//! Calls that come line by line.

use std::io::{self, BufRead as _};

use intercom_gen::{Arguments, Dynamic, DynamicReply, Error, Json};

use crate::output::{Gone, drift, kind, say};

/// Makes the calls of standard input, one after the other, and prints a line for each.
pub async fn run(api: &Dynamic) -> Result<(), Gone> {
    for (index, line) in io::stdin().lock().split(b'\n').enumerate() {
        let Ok(line) = line else { break };
        if line.trim_ascii().is_empty() {
            continue;
        }
        let answer = match read(&line) {
            Ok((operation, arguments)) => match answer(api, &operation, arguments).await {
                Ok(answer) => answer,
                Err(error) => failed(Json::from(operation), &error),
            },
            Err(why) => refused(&format!("line {}: {why}", index + 1)),
        };
        say(&answer)?;
    }
    Ok(())
}

/// The operation and the arguments of a line.
fn read(line: &[u8]) -> Result<(String, Arguments), String> {
    let text = std::str::from_utf8(line).map_err(|error| format!("is no text: {error}"))?;
    let json = Json::parse(text).map_err(|error| format!("is no JSON: {error}"))?;
    let mut call = json.as_map().ok_or("is no object")?;
    let operation = call.remove("operation").and_then(|name| name.as_str().map(str::to_owned));
    let operation = operation.ok_or("has no `operation`, which is the id of one, or its method and path")?;
    Ok((operation, Arguments::from(Json::from(call))))
}

async fn answer(api: &Dynamic, operation: &str, arguments: Arguments) -> Result<String, Error> {
    let mut reply = api.call(operation, arguments).await?;
    let bytes = match reply.download.take() {
        Some(download) => format!(",\"bytes\":{}", download.bytes().await?.len()),
        None => String::new(),
    };
    Ok(succeeded(operation, &reply, &bytes))
}

fn succeeded(operation: &str, reply: &DynamicReply, bytes: &str) -> String {
    let sent = match reply.sent.as_slice() {
        [] => String::new(),
        sent => format!(",\"sent\":{}", sent.iter().map(|addition| Json::from(&*addition.path)).collect::<Json>()),
    };
    let (status, value, drift) = (reply.status(), &reply.value, drift(reply.drift()));
    let operation = Json::from(operation);
    format!("{{\"operation\":{operation},\"status\":{status},\"value\":{value},\"drift\":{drift}{bytes}{sent}}}")
}

fn failed(operation: Json, error: &Error) -> String {
    let status = Json::from(error.status().map(u32::from));
    let (kind, message) = (kind(error), Json::from(error.to_string()));
    let error = format!("{{\"kind\":\"{kind}\",\"status\":{status},\"message\":{message}}}");
    format!("{{\"operation\":{operation},\"error\":{error}}}")
}

/// What a line gives that cannot be read.
fn refused(why: &str) -> String {
    let message = Json::from(why);
    format!("{{\"operation\":null,\"error\":{{\"kind\":\"argument\",\"status\":null,\"message\":{message}}}}}")
}
