//! Every paged operation of every version, over four pages, of which one is empty where that is not the end.

use intercom_gen::{Arguments, Dynamic, Operation, Place, unstable, v2_14};
use serde_json::{Map, Value, json};
use tests::loopback::{Reply, Seen, Server};

/// The pages that a server gives: the ids of their items.
fn pages(style: &str) -> [&'static [&'static str]; 4] {
    match style {
        "scroll" => [&["a", "b"], &["c"], &["d", "e"], &[]],
        _ => [&["a", "b"], &["c"], &[], &["d", "e"]],
    }
}

/// How a page of `style` leads to the one of this index, or says that it is the last.
fn lead(style: &str, next: Option<usize>) -> Value {
    match style {
        "cursor" | "cursor-in-body" => json!({"pages": {"next": next.map(|n| json!({"starting_after": cursor(n)}))}}),
        "link" => {
            let address = |n| format!("https://api.eu.intercom.io/elsewhere?page={}&per_page=2&kept=a%2Fb", n + 1);
            json!({"pages": {"next": next.map(address)}})
        }
        "page" | "page-in-body" => json!({"pages": {"type": "pages", "total_pages": 4}}),
        "scroll" => json!({"pages": null, "scroll_param": "token"}),
        "next-cursor" => json!({"next_cursor": next.map(cursor), "has_more": next.is_some()}),
        other => panic!("a style that this test does not know: {other}"),
    }
}

fn cursor(page: usize) -> String {
    format!("Wz{page}+/=")
}

fn page(style: &str, keys: &[&str], index: usize) -> Value {
    let items: Vec<Value> = pages(style)[index].iter().map(|id| json!({"id": id})).collect();
    let items = keys.iter().rev().fold(Value::from(items), |inner, key| json!({ *key: inner }));
    let mut page: Map<String, Value> = items.as_object().cloned().expect("an object");
    let next = (index + 1 < 4).then_some(index + 1);
    page.extend(lead(style, next).as_object().cloned().expect("an object"));
    Value::from(page)
}

/// What a request has to say to get the page of this index.
fn assert_asks(style: &str, index: usize, seen: &Seen) {
    let (_, query) = seen.line.split_once('?').unwrap_or_default();
    let asks = |parameter: &str| {
        assert!(query.split('&').any(|part| part == parameter), "no {parameter} in {}", seen.line);
    };
    match style {
        _ if index == 0 => assert!(!seen.line.contains("scroll_param") && !seen.line.contains("starting_after")),
        "cursor" => asks(&format!("starting_after=Wz{index}%2B%2F%3D")),
        "cursor-in-body" => assert_eq!(seen.json()["pagination"]["starting_after"], cursor(index)),
        "link" => [&format!("page={}", index + 1), "per_page=2", "kept=a%2Fb"].into_iter().for_each(asks),
        "page" => asks(&format!("page={}", index + 1)),
        "page-in-body" => assert_eq!(seen.json()["page"], index + 1),
        "scroll" => asks("scroll_param=token"),
        "next-cursor" => asks(&format!("cursor=Wz{index}%2B%2F%3D")),
        other => panic!("a style that this test does not know: {other}"),
    }
}

/// The path with `1` for each of its variables.
fn filled(path: &str) -> String {
    let filled: Vec<&str> =
        path.split('/').map(|segment| if segment.starts_with('{') { "1" } else { segment }).collect();
    filled.join("/")
}

/// What every call needs: `1` where the path has a variable, a value in place of each other thing.
fn arguments(row: &Operation) -> Arguments {
    let needed = row.parameters.iter().filter(|parameter| parameter.required);
    let arguments = needed.fold(Arguments::new(), |arguments, parameter| match parameter.place {
        Place::Path => arguments.path(parameter.name, 1),
        _ => arguments.query(parameter.name, "1"),
    });
    let query = json!({"query": {"field": "id", "operator": "=", "value": "1"}});
    let activities = json!({"created_at_after": 1});
    match row.body {
        Some(ty) => arguments.body(if ty.ends_with("ActivityLogsRequest") { activities } else { query }),
        None => arguments,
    }
}

async fn reads_all_pages(row: &Operation, style: &str, server: &Server, api: &Dynamic) {
    let name = format!("{}.{}", row.group, row.name);
    let items = api.items(&name, arguments(row)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let items = items.collect_up_to(9).await.unwrap_or_else(|error| panic!("{name}: {error}"));
    let ids: Vec<Option<String>> = items.iter().map(|item| Some(item.get("id")?.as_str()?.to_owned())).collect();
    assert_eq!(ids, ["a", "b", "c", "d", "e"].map(|id| Some(id.to_owned())), "{name}: {items:?}");
    let requests: [Seen; 4] = server.requests();
    for (index, seen) in requests.iter().enumerate() {
        let line = seen.line.split('?').next().unwrap_or_default();
        assert_eq!(line, format!("{} {}", row.method, filled(row.path)), "page {index} of {name}");
        assert_eq!(seen.header("authorization"), Some("Bearer secret-token"));
        assert_asks(style, index, seen);
    }
}

/// Reads every list that comes in pages; says how many there are, and of which styles.
async fn read_all(operations: &[Operation], api: impl Fn(&Server) -> Dynamic) -> (usize, Vec<&'static str>) {
    let mut styles = Vec::new();
    for row in operations {
        let Some(pages) = row.pages else { continue };
        for keys in std::iter::once(&pages.items).chain(pages.or) {
            let server = Server::new((0..4).map(|index| Reply::json(page(pages.style, keys, index))));
            reads_all_pages(row, pages.style, &server, &api(&server)).await;
        }
        styles.push(pages.style);
    }
    let count = styles.len();
    styles.sort_unstable();
    styles.dedup();
    (count, styles)
}

#[tokio::test]
async fn of_version_2_14_is_read_to_its_end() {
    let read = read_all(v2_14::OPERATIONS, |server| server.client(v2_14::Client::builder()).dynamic()).await;
    assert_eq!(read, (25, vec!["cursor", "cursor-in-body", "link", "page", "scroll"]));
}

#[tokio::test]
async fn of_unstable_is_read_to_its_end() {
    let read = read_all(unstable::OPERATIONS, |server| server.client(unstable::Client::builder()).dynamic()).await;
    let styles = vec!["cursor", "cursor-in-body", "link", "next-cursor", "page", "page-in-body", "scroll"];
    assert_eq!(read, (43, styles));
}
