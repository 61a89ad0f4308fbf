use super::*;

fn provenance_of(url: &str) -> (Option<String>, Option<String>, Option<String>) {
    let fetched = provenance(&Url::parse(url).unwrap());
    (fetched.repository, fetched.path, fetched.commit)
}

const SHA: &str = "2906bde66d948bc9e96dcb8f2648a0b3eaf80e1c";

#[test]
fn a_url_of_github_says_repository_path_and_commit() {
    for url in [
        format!("https://raw.githubusercontent.com/intercom/api/{SHA}/descriptions/0/api.yaml"),
        format!("https://github.com/intercom/api/blob/{SHA}/descriptions/0/api.yaml"),
        format!("https://github.com/intercom/api/raw/{SHA}/descriptions/0/api.yaml"),
    ] {
        let expected = (Some("intercom/api".into()), Some("descriptions/0/api.yaml".into()), Some(SHA.into()));
        assert_eq!(provenance_of(&url), expected);
    }
}

#[test]
fn a_branch_is_no_commit() {
    for url in [
        "https://raw.githubusercontent.com/intercom/api/main/descriptions/0/api.yaml",
        "https://raw.githubusercontent.com/intercom/api/refs/heads/main/descriptions/0/api.yaml",
        "https://github.com/intercom/api/blob/main/descriptions/0/api.yaml",
    ] {
        let expected = (Some("intercom/api".into()), Some("descriptions/0/api.yaml".into()), None);
        assert_eq!(provenance_of(url), expected);
    }
}

#[test]
fn other_urls_say_nothing() {
    for url in
        ["https://example.com/a/b/c/d.yaml", "https://github.com/intercom/api", "https://github.com/a/b/issues/1"]
    {
        assert_eq!(provenance_of(url), (None, None, None), "{url}");
    }
}

#[test]
fn the_page_of_a_file_is_fetched_as_the_file() {
    let url = Url::parse("https://github.com/intercom/api/blob/main/a/blob/b.yaml").unwrap();
    let expected = "https://github.com/intercom/api/raw/main/a/blob/b.yaml";
    assert_eq!(raw(&url, &provenance(&url)).as_str(), expected);
}

#[test]
fn a_missing_file_and_a_folder_are_errors_that_name_them() {
    let folder = tempfile::tempdir().unwrap();
    for from in [folder.path().to_owned(), folder.path().join("none.yaml")] {
        let from = from.display().to_string();
        let message = fetch(&from).unwrap_err().to_string();
        assert!(message.starts_with(&format!("{from}: cannot be read: ")), "{message}");
    }
}

#[test]
fn a_file_without_end_is_refused() {
    assert!(whole("a.yaml", limited(std::io::repeat(b'a')).unwrap()).is_err());
}
