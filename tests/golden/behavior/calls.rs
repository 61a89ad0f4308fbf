//! Calls: what is sent, and what is made of the answer.

use golden::{answers, delete_with_body, open_enum, overlay, paging, path_parameters, reserved_words, scalars};

use crate::server::Server;

macro_rules! client {
    ($version:ident, $server:expr) => {
        $version::Client::builder().token("t").base_url($server.url.as_str()).build().unwrap()
    };
}

const EMPTY: &str = "204 No Content";
const OBJECT: &str = "200 OK\nContent-Type: application/json\n\n{}";

#[tokio::test]
async fn parameters_of_the_path_and_of_the_query_are_sent() {
    let server = Server::new(&[EMPTY, EMPTY]);
    let client = client!(path_parameters, server);
    client.books().get(7, "a/b").language("pt-BR").depth(2).await.unwrap();
    client.books().delete("s", 8, "en").await.unwrap();
    let [get, delete] = server.requests().try_into().unwrap();
    assert_eq!(get, "GET /shelves/7/books/a%2Fb?language=pt-BR&depth=2 HTTP/1.1\n\n");
    assert_eq!(delete, "DELETE /shelves/s/books/8?language=en HTTP/1.1\n\n");
}

#[tokio::test]
async fn values_of_the_query_are_written_by_their_type() {
    use open_enum::types::Shelf;
    use open_enum::types::list_books_query::Order;
    let server = Server::new(&[OBJECT]);
    client!(open_enum, server).books().list(Shelf::Science).order(Order::Newest).await.unwrap();
    assert_eq!(server.requests(), ["GET /books?shelf=science&order=newest HTTP/1.1\n\n"]);

    let server = Server::new(&[OBJECT]);
    let body = scalars::types::Scalars::new(1, 2);
    client!(scalars, server).scalars().post(3, body).admin_id("4").since(5).ratio(0.5).open(true).await.unwrap();
    let expected = "POST /scalars?limit=3&admin_id=4&since=5&ratio=0.5&open=true HTTP/1.1\n\n{\"id\":1,\"count\":2}";
    assert_eq!(server.requests(), [expected]);
}

#[tokio::test]
async fn reserved_words_are_sent_as_they_are() {
    let server = Server::new(&[OBJECT]);
    let body = reserved_words::types::SelfRequest::new("a");
    let call = client!(reserved_words, server).r#type().r#move("b", "c", "d", body);
    call.r#in("e").filter_state("f g").await.unwrap();
    let [request] = server.requests().try_into().unwrap();
    assert_eq!(request, "POST /move/b/c?body=d&in=e&filter%5Bstate%5D=f%20g HTTP/1.1\n\n{\"self\":\"a\"}");
}

#[tokio::test]
async fn any_method_sends_a_body_of_any_kind() {
    use delete_with_body::types::DeleteBookTagsRequest;
    let server = Server::new(&[EMPTY, EMPTY, EMPTY, EMPTY]);
    let client = client!(delete_with_body, server);
    let books = client.books();
    books.delete_tags(1, DeleteBookTagsRequest::new("a").reason("b")).await.unwrap();
    books.replace_tags(1, ["c", "d"]).await.unwrap();
    books.count_tags(1, [("e".to_owned(), 2)].into()).await.unwrap();
    books.patch_tags(1, true).await.unwrap();
    let expected = [
        "DELETE /books/1/tags HTTP/1.1\n\n{\"admin_id\":\"a\",\"reason\":\"b\"}",
        "PUT /books/1/tags HTTP/1.1\n\n[\"c\",\"d\"]",
        "POST /books/1/tags HTTP/1.1\n\n{\"e\":2}",
        "PATCH /books/1/tags HTTP/1.1\n\ntrue",
    ];
    assert_eq!(server.requests(), expected);
}

#[tokio::test]
async fn an_answer_is_text_a_file_or_nothing() {
    let server = Server::new(&[
        "200 OK\nContent-Type: text/plain\n\nhello",
        "200 OK\nContent-Type: application/octet-stream\n\nbytes",
        "302 Found\nLocation: {url}/elsewhere",
        "200 OK\nContent-Type: audio/wav\n\nsound",
        EMPTY,
        "200 OK\n\nwhatever",
    ]);
    let client = client!(answers, server);
    let answers = client.answers();
    assert_eq!(answers.get_text().await.unwrap(), "hello");
    assert_eq!(&answers.get_file().await.unwrap().bytes().await.unwrap()[..], b"bytes");
    assert_eq!(&answers.get_redirect().await.unwrap().bytes().await.unwrap()[..], b"sound");
    answers.post_empty().await.unwrap();
    answers.post_silent().await.unwrap();
    assert_eq!(server.requests().get(3).map(String::as_str), Some("GET /elsewhere HTTP/1.1\n\n"));
}

#[tokio::test]
async fn an_answer_is_of_the_type_that_its_successes_have() {
    let json = |status: &str, body: &str| format!("{status}\nContent-Type: application/json\n\n{body}");
    let word = |status: &str| json(status, r#"{"word": "x"}"#);
    let all = [word("200 OK"), word("202 Accepted"), word("200 OK"), word("200 OK"), json("200 OK", r#"{"count": 3}"#)];
    let server = Server::new(&all.each_ref().map(String::as_str));
    let client = client!(answers, server);
    let answers = client.answers();
    assert_eq!(answers.get_default().await.unwrap().word.as_deref(), Some("x"));
    assert_eq!(answers.post_several().await.unwrap().word.as_deref(), Some("x"));
    assert_eq!(answers.post_several().await.unwrap().word.as_deref(), Some("x"));
    assert_eq!(answers.get_shared().await.unwrap().word.as_deref(), Some("x"));
    assert_eq!(answers.get_inline().await.unwrap().count, Some(3));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn what_an_overlay_corrects_is_called_as_corrected() {
    use overlay::types::book::State;
    let server = Server::new(&["200 OK\nContent-Type: application/json\n\n{\"state\": \"read\", \"pages\": 9}"]);
    let book = client!(overlay, server).books().get("b1").await.unwrap();
    assert_eq!((book.state, book.pages), (Some(State::Read), Some(9)));
    assert_eq!(server.requests(), ["GET /books/b1 HTTP/1.1\n\n"]);
}

#[test]
fn the_table_of_operations_tells_what_there_is() {
    let operations: Vec<String> = path_parameters::OPERATIONS
        .iter()
        .map(|it| format!("{} {} {} {}.{}", it.id, it.method, it.path, it.group, it.name))
        .collect();
    let expected = [
        "deleteBook DELETE /shelves/{shelf_id}/books/{id} books.delete",
        "getBook GET /shelves/{shelf_id}/books/{id} books.get",
    ];
    assert_eq!(operations, expected);
}

#[tokio::test]
async fn lists_that_come_in_pages_are_read_to_their_end() {
    let page = |json: &str| format!("200 OK\nContent-Type: application/json\n\n{json}");
    let first = page(r#"{"data":[{"title":"a"}],"next_cursor":"x","has_more":true}"#);
    let last = page(r#"{"data":[{"title":"b"}],"has_more":false}"#);
    let server = Server::new(&[&first, &last]);
    let books = client!(paging, server).books().list().items().collect_up_to(9).await.unwrap();
    assert_eq!(books.iter().filter_map(|book| book.title.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(server.requests(), ["GET /books HTTP/1.1\n\n", "GET /books?cursor=x HTTP/1.1\n\n"]);

    let first = page(r#"{"lines":["a",null,"b"],"total_pages":2}"#);
    let last = page(r#"{"lines":["c"],"total_pages":2}"#);
    let server = Server::new(&[&first, &last]);
    let lines = client!(paging, server).books().list_lines(1, "s", paging::types::Pages::new()).per_page(3);
    assert_eq!(lines.items().collect_up_to(9).await.unwrap(), ["a", "b", "c"]);
    let [first, last] = server.requests().try_into().unwrap();
    assert_eq!(first, "POST /books/1/lines?shelf=s HTTP/1.1\n\n{\"per_page\":3}");
    assert_eq!(last, "POST /books/1/lines?shelf=s HTTP/1.1\n\n{\"page\":2,\"per_page\":3}");
}

#[tokio::test]
async fn items_are_read_from_the_first_place_that_has_any() {
    let page = |json: &str| format!("200 OK\nContent-Type: application/json\n\n{json}");
    let both = page(r#"{"data":[{"title":"a"}],"found":{"books":[{"title":"x"}]}}"#);
    let other = page(r#"{"data":null,"found":{"books":[{"title":"b"}]}}"#);
    let server = Server::new(&[&both, &other, &page("{}")]);
    let books = client!(paging, server).books().list_pressed().items().collect_up_to(9).await.unwrap();
    assert_eq!(books.iter().filter_map(|book| book.title.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(server.requests().len(), 3);
}
