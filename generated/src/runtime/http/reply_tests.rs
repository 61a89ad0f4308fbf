use super::*;

#[test]
fn the_bytes_of_a_body_are_not_printed() {
    let reply = Reply { status: StatusCode::OK, headers: HeaderMap::new(), body: b"{}".to_vec() };
    let response = Response { value: 1, reply, drift: Vec::new(), fresh: None };
    let printed = format!("{response:?}");
    assert!(printed.contains("bytes: 2") && !printed.contains("123"), "{printed}");
}
