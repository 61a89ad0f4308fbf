//! A small change of a description is a small change of what is generated: the real descriptions, one edit at a time,
//! each held to a number of files and lines.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use similar::{ChangeTag, TextDiff};
use tests::scratch::Scratch;
use tests::tree;
use xtask::vendor;

const FACTS: &str = "spec/unstable.yaml";
const TEXTS: &str = "spec/overlays/docs/brands.yaml";

fn made(tree: &Scratch) -> BTreeMap<String, String> {
    tree.generate().unwrap_or_else(|error| panic!("{error}")).output.files
}

/// What is generated as things are.
fn before() -> &'static BTreeMap<String, String> {
    static BEFORE: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    BEFORE.get_or_init(|| made(&Scratch::of_workspace()))
}

/// An edit of a file: what stands there once, and what takes its place.
type Edit<'a> = (&'a str, &'a str, &'a str);

/// Added and removed lines of a file.
type Counts = (usize, usize);

/// Added and removed lines of every file that changes when the edits are made.
fn changed(edits: &[Edit<'_>]) -> BTreeMap<String, Counts> {
    let tree = edits.iter().fold(Scratch::of_workspace(), |tree, (file, old, new)| {
        let text = tree::text(&tree.root().join(file));
        assert_eq!(text.matches(old).count(), 1, "{old}");
        tree.with(file, text.replace(old, new))
    });
    differing(&made(&tree))
}

fn differing(after: &BTreeMap<String, String>) -> BTreeMap<String, Counts> {
    let text = |files: &BTreeMap<String, String>, file: &str| files.get(file).cloned().unwrap_or_default();
    let files = before().keys().chain(after.keys()).filter(|file| before().get(*file) != after.get(*file));
    files.map(|file| (file.clone(), counts(&text(before(), file), &text(after, file)))).collect()
}

fn counts(old: &str, new: &str) -> Counts {
    let diff = TextDiff::from_lines(old, new);
    let count = |tag| diff.iter_all_changes().filter(|change| change.tag() == tag).count();
    (count(ChangeTag::Insert), count(ChangeTag::Delete))
}

/// Asserts that exactly these files change, by exactly so many lines added and removed.
fn assert_changes(edits: &[Edit<'_>], expected: &[(&str, Counts)]) {
    let expected: BTreeMap<String, Counts> =
        expected.iter().map(|(file, counts)| ((*file).to_owned(), *counts)).collect();
    assert_eq!(changed(edits), expected);
}

const LISTING: &str = "generated/api/unstable.txt";
const BRAND: &str = "generated/src/unstable/types/brand.rs";
const CALLS: &str = "generated/src/unstable/api/brands.rs";
const TABLE: &str = "generated/src/unstable/operations.rs";
const ROWS: &str = "generated/src/unstable/by_name/brands.rs";
const CODECS: &str = "generated/src/unstable/codecs.rs";
const REGISTRY: &str = "spec/names.yaml";
const SCHEMA: &str = "    brand:\n      type: object\n      properties:\n";
const OPERATION: &str = "  /brands/{id}:\n    get:\n      operationId: retrieveBrand\n      tags:\n      - Brands\n";

#[test]
fn a_field_that_is_added_is_a_declaration_a_line_to_read_and_one_to_write() {
    let more = format!("{SCHEMA}        accent:\n          type: string\n");
    assert_changes(&[(FACTS, SCHEMA, &more)], &[(LISTING, (1, 0)), (BRAND, (4, 0))]);
}

#[test]
fn a_field_that_is_removed_is_as_little() {
    let field = "        default_address_settings_id:\n          type: string\n        help_center_id:\n";
    let text = "        default_address_settings_id:\n          description: Email settings the brand sends with by default.\n";
    let edits = [(FACTS, field, "        help_center_id:\n"), (TEXTS, text, "")];
    assert_changes(&edits, &[(LISTING, (0, 1)), (BRAND, (0, 4))]);
}

#[test]
fn a_field_of_another_type_is_one_line() {
    let (old, new) =
        ("        is_default:\n          type: boolean\n", "        is_default:\n          type: string\n");
    assert_changes(&[(FACTS, old, new)], &[(LISTING, (1, 1)), (BRAND, (1, 1))]);
}

#[test]
fn a_value_that_is_added_is_a_variant_its_place_in_the_list_and_its_spelling_both_ways() {
    let old = "          - admin_avatar_change\n";
    let new = format!("{old}          - admin_pigeon_change\n");
    let file = "generated/src/unstable/types/activity_log.rs";
    assert_changes(&[(FACTS, old, &new)], &[(LISTING, (1, 0)), (file, (4, 0))]);
}

#[test]
fn an_operation_that_is_added_is_one_method_and_a_row_of_each_table() {
    let more = OPERATION.replace("    get:", "    post:").replace("retrieveBrand", "touchBrand");
    let parameter = "      parameters:\n      - name: id\n        in: path\n        required: true\n        schema:\n          type: string\n";
    let answer = "      responses:\n        '204':\n          description: No Content\n";
    let more = format!("{more}{parameter}{answer}");
    let edit = OPERATION.replace("  /brands/{id}:\n", &more);
    assert_changes(
        &[(FACTS, OPERATION, &edit)],
        &[(LISTING, (1, 0)), (CALLS, (8, 0)), (ROWS, (7, 1)), (TABLE, (12, 0)), (REGISTRY, (1, 0))],
    );
}

#[test]
fn an_operation_that_is_removed_takes_its_method_and_rows_and_leaves_its_name_reserved() {
    let facts = tree::text(&tree::workspace().join(FACTS));
    let from = facts.find(OPERATION).unwrap_or_default();
    let upto = facts[from..].find("  /calls:\n").map_or(from, |at| from + at);
    let text = "  - x-operation: \"GET /brands/{}\"\n    x-versions: [unstable]\n    update:\n      summary: Gets a brand by id.\n";
    let edits = [(FACTS, &facts[from..upto], ""), (TEXTS, text, "")];
    assert_changes(&edits, &[(LISTING, (0, 1)), (CALLS, (0, 8)), (ROWS, (1, 7)), (CODECS, (0, 1)), (TABLE, (0, 12))]);
}

#[test]
fn a_schema_that_is_added_is_a_file_and_its_declarations() {
    let more = format!(
        "    brand_color:\n      type: object\n      properties:\n        hex:\n          type: string\n{SCHEMA}"
    );
    let (file, index) = ("generated/src/unstable/types/brand_color.rs", "generated/src/unstable/types/mod.rs");
    assert_changes(
        &[(FACTS, SCHEMA, &more)],
        &[(LISTING, (2, 0)), (file, (38, 0)), (index, (2, 0)), (CODECS, (1, 0)), (REGISTRY, (1, 0))],
    );
}

#[test]
fn a_field_that_is_required_now_is_as_little_as_one_of_another_type() {
    let more = SCHEMA.replace("      properties:", "      required:\n      - name\n      properties:");
    assert_changes(&[(FACTS, SCHEMA, &more)], &[(LISTING, (1, 1)), (BRAND, (2, 2))]);
}

#[test]
fn a_path_variable_of_another_name_is_an_argument_of_another_name() {
    let facts = tree::text(&tree::workspace().join(FACTS));
    let from = facts.find(OPERATION).unwrap_or_default();
    let upto = facts[from..].find("- name: id\n").map_or(from, |at| from + at + "- name: id\n".len());
    let (old, new) =
        (&facts[from..upto], facts[from..upto].replace("{id}", "{brand_id}").replace("name: id", "name: brand_id"));
    assert_changes(&[(FACTS, old, &new)], &[(LISTING, (1, 1)), (CALLS, (5, 3)), (ROWS, (1, 1)), (TABLE, (2, 2))]);
}

#[test]
fn an_operation_that_moves_to_another_tag_moves_nothing() {
    assert_changes(&[(FACTS, OPERATION, &OPERATION.replace("- Brands", "- Calls"))], &[]);
}

#[test]
fn an_operation_id_that_changes_is_a_text_and_no_name() {
    let renamed = OPERATION.replace("retrieveBrand", "showBrand");
    assert_changes(&[(FACTS, OPERATION, &renamed)], &[(CALLS, (3, 3)), (CODECS, (1, 1)), (TABLE, (1, 1))]);
}

#[test]
fn prose_that_changes_upstream_changes_the_provenance_only() {
    let tree = Scratch::of_workspace();
    let facts = tree::text(&tree.root().join(FACTS));
    let upstream = facts.replace("      operationId:", "      description: In other words.\n      operationId:");
    assert!(upstream.len() > facts.len() + 1_000);
    let tree = tree.with("upstream.yaml", upstream);
    let from = tree.root().join("upstream.yaml").to_string_lossy().into_owned();
    let request = vendor::Request { name: "unstable".to_owned(), from, ..vendor::Request::default() };
    vendor::vendor(tree.root(), &request).unwrap_or_else(|error| panic!("{error}"));
    let spec = |root: &Path| tree::files(root, "spec");
    let (old, new) = (spec(&tree::workspace()), spec(tree.root()));
    let differing: Vec<&String> = old.keys().filter(|file| old.get(*file) != new.get(*file)).collect();
    assert_eq!(differing, ["spec/versions.toml"]);
    assert_eq!(self::differing(&made(&tree)), BTreeMap::new());
}
