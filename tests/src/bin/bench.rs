//! The program behind `cargo xtask bench`.

use tests::bench::growth;

fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    for shape in growth::shapes::ALL.iter().filter(|shape| only.is_empty() || only.iter().any(|word| shape.name.contains(word.as_str()))) {
        print!("{}", growth::measure(shape, 1));
    }
}
