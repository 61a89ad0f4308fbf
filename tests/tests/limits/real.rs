//! What the API sends stays far from the limits.

use std::fmt::Write as _;

use intercom_gen::VERSIONS;

use super::counter::peak;

/// The most bytes that a real body may make for each of its own.
const MOST: f64 = 8.0;

fn page(key: &str, elements: usize, element: impl Fn(usize) -> String) -> String {
    let elements: Vec<_> = (0..elements).map(element).collect();
    format!("{{\"type\":\"list\",\"{key}\":[{}]}}", elements.join(","))
}

fn tag(index: usize) -> String {
    format!("{{\"type\":\"tag\",\"id\":\"{}\",\"name\":\"Customer {index}\"}}", 8_000_000 + index)
}

fn reference(index: usize) -> String {
    format!("{{\"type\":\"contact\",\"id\":\"5ba682d23d7cf92b{index:08x}\",\"external_id\":\"{}\"}}", 70_000 + index)
}

fn company(index: usize) -> String {
    format!(
        "{{\"type\":\"company\",\"company_id\":\"{index}\",\"id\":\"5ba682d23d7cf92b{index:08x}\",\"app_id\":\"ecahpwf5\",\
         \"name\":\"Company {index}\",\"remote_created_at\":1734537243,\"created_at\":1734537243,\"updated_at\":1734537243,\
         \"last_request_at\":1734537243,\"monthly_spend\":0,\"session_count\":0,\"user_count\":1,\"size\":85,\
         \"website\":\"http://example.com\",\"industry\":\"Manufacturing\",\"tags\":{{\"type\":\"tag.list\",\"tags\":[]}},\
         \"segments\":{{\"type\":\"segment.list\",\"segments\":[]}},\"plan\":{{}},\"custom_attributes\":{{\"paid\":true}}}}"
    )
}

#[test]
fn lists_of_ten_thousand_small_elements_take_less_than_half_of_the_limit() {
    let references = |index| reference(index);
    let mut table = String::new();
    let mut faults = Vec::new();
    for (operation, text) in [
        ("listTags", page("data", 10_000, tag)),
        ("listAllCompanies", page("data", 10_000, company)),
        (
            "retrieveConversation",
            format!("{{\"type\":\"conversation\",\"id\":\"1\",\"contacts\":{}}}", page("contacts", 10_000, references)),
        ),
    ] {
        for version in VERSIONS {
            let codec = version
                .answers
                .iter()
                .find(|codec| codec.name() == operation)
                .unwrap_or_else(|| panic!("no {operation}"));
            let (bytes, read) = peak(|| codec.check(&text).map(drop));
            let ratio = bytes as f64 / text.len() as f64;
            let _ = writeln!(
                table,
                "{:>10} {operation:22} {:>9} bytes, {ratio:.1} times: {}",
                version.name,
                text.len(),
                read.is_ok()
            );
            if let Err(error) = read {
                faults.push(format!("{operation}: {error}"));
            } else if ratio > MOST {
                faults.push(format!("{operation}: {ratio}"));
            }
        }
    }
    eprintln!("{table}");
    assert!(faults.is_empty(), "{faults:?}\n{table}");
}
