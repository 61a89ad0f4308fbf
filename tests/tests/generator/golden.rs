//! Small descriptions of one feature each: the emitted text is the committed one, and it compiles and works.

use tests::golden::Case;
use tests::package::Package;

/// Set to accept the output that there is.
const UPDATE: &str = "UPDATE_GOLDEN";

#[test]
fn every_case_gives_the_text_that_is_expected() {
    let update = std::env::var_os(UPDATE).is_some();
    let cases = Case::all();
    assert!(!cases.is_empty(), "there are no cases");
    let faults: String = cases.iter().filter_map(|case| case.check(update).err()).collect();
    assert!(
        faults.is_empty(),
        "{faults}to accept the output that there is: {UPDATE}=1 cargo test -p tests --test generator golden"
    );
}

#[test]
fn what_the_cases_give_compiles_without_warnings_and_works() {
    // The folder for tests' files is `target/tmp`; dependencies that are built here are worth keeping longer.
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("golden");
    let package = Package::of_cases(folder, &Case::all()).unwrap_or_else(|faults| panic!("{faults}"));
    let output = package.run();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}{}", text(&output.stderr), text(&output.stdout));
    assert_eq!(package.warnings(&output), Vec::<String>::new());
}
