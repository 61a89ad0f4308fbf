//! Every row of the table calls the method that it names, with every argument that there is.

use std::collections::BTreeSet;

use intercom_gen::{ApiVersion, Arguments, ErrorKind, Json, Operation, Parameter, Place, Upload, VERSIONS};
use tests::loopback::{Reply, Seen, Server};

/// A value that fits a parameter, as JSON.
fn value(parameter: &Parameter) -> Json {
    match parameter.ty {
        "i64" => Json::from(7),
        "bool" => Json::from(true),
        "Timestamp" => Json::from(1_700_000_000),
        list if list.starts_with("Vec<") => ["a", "b"].map(Json::from).into_iter().collect(),
        _ => Json::from("x"),
    }
}

fn arguments(operation: &Operation) -> Arguments {
    let all = operation.parameters.iter().fold(Arguments::new(), |arguments, parameter| match parameter.place {
        Place::Path => arguments.path(parameter.name, format!("the {}", parameter.name)),
        Place::Query => arguments.query(parameter.name, value(parameter)),
        _ if parameter.ty == "Upload" => arguments.file(parameter.name, Upload::bytes("x.json", "[]")),
        _ => arguments.form(parameter.name, value(parameter)),
    });
    if operation.body.is_some() { all.body(Json::parse("{}").expect("JSON")) } else { all }
}

/// The path with the arguments that a call was given.
fn filled(operation: &Operation) -> String {
    let path = operation.parameters.iter().filter(|parameter| parameter.place == Place::Path);
    path.fold(operation.path.to_owned(), |path, parameter| {
        path.replace(&format!("{{{}}}", parameter.name), &format!("the%20{}", parameter.name))
    })
}

fn assert_sent(operation: &Operation, seen: &Seen) {
    let (line, query) = seen.line.split_once('?').unwrap_or((&seen.line, ""));
    assert_eq!(line, format!("{} {}", operation.method, filled(operation)), "{}", operation.id);
    let sent: BTreeSet<&str> = query.split('&').filter_map(|pair| Some(pair.split_once('=')?.0)).collect();
    let of = |place| operation.parameters.iter().filter(move |parameter| parameter.place == place);
    assert_eq!(sent, of(Place::Query).map(|parameter| parameter.name).collect(), "{}", operation.id);
    for part in of(Place::Form) {
        assert!(seen.text().contains(&format!("name=\"{}\"", part.name)), "{}: {}", operation.id, seen.text());
    }
    assert_eq!(operation.body.is_some(), seen.header("content-type") == Some("application/json"), "{}", operation.id);
}

/// Calls everything; says how much was sent, and how much was refused because an empty body is not enough.
async fn call_all(version: &ApiVersion) -> (usize, usize) {
    let server = Server::new([]);
    let api = server.client(version.builder());
    let (mut sent, mut refused) = (0, 0);
    for operation in api.operations() {
        let answer = if operation.answer.starts_with("Vec<") { "[]" } else { "{}" };
        let name = format!("{}.{}", operation.group, operation.name);
        server.replace(Reply::json(answer));
        match api.call(&name, arguments(operation)).await {
            Err(error) if error.kind() == ErrorKind::Argument => {
                assert!(error.path().is_some_and(|path| path.starts_with("body.")), "{error}");
                refused += 1;
            }
            Err(error) => panic!("{error}"),
            Ok(_) => {
                let [seen] = server.requests();
                assert_sent(operation, &seen);
                sent += 1;
            }
        }
    }
    (sent, refused)
}

#[tokio::test]
async fn every_operation_of_every_version_sends_what_it_is_given() {
    for version in VERSIONS {
        let (sent, refused) = call_all(version).await;
        assert_eq!(sent + refused, version.operations.len(), "{}", version.name);
        assert!(sent > 2 * refused, "{}: {sent} sent, {refused} refused", version.name);
    }
}
