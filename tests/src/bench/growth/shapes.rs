//! Descriptions of any size, each with more and more of one thing.

use std::fmt::Write as _;

use crate::scratch::{MANIFEST, SPEC, Scratch, manifest_entry};

/// The version that descriptions are of.
pub const VERSION: &str = "growth";

/// A shape of description.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// What there is more and more of.
    pub name: &'static str,
    /// The smallest size at which an optimized build takes long enough to be measured.
    pub size: usize,
    /// The description of a size.
    pub make: fn(usize) -> Input,
}

/// What the stages work on.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The upstream description.
    pub description: String,
    /// An overlay to apply to it.
    pub overlay: Option<String>,
    /// Whether a stage has to refuse it.
    pub is_refused: bool,
    /// Whether it is a version that is not released.
    pub is_provisional: bool,
}

impl Input {
    /// A tree whose only description is `facts`.
    pub fn tree(&self, facts: &str) -> Scratch {
        let Some(overlay) = &self.overlay else {
            let provisional = format!("provisional = {}\nspec =", self.is_provisional);
            let entry = manifest_entry(VERSION, &[]).replacen("spec =", &provisional, 1);
            return Scratch::new(VERSION, &[]).with(SPEC, facts).with(MANIFEST, entry);
        };
        let file = "growth.yaml".to_owned();
        Scratch::new(VERSION, std::slice::from_ref(&file))
            .with(SPEC, facts)
            .with(&format!("spec/overlays/{file}"), overlay)
    }
}

/// Every shape.
pub const ALL: [Shape; 29] = [
    Shape { name: "schemas", size: 500, make: schemas },
    Shape { name: "enum values", size: 2_000, make: enum_values },
    Shape { name: "properties", size: 500, make: properties },
    Shape { name: "required names", size: 1_000, make: required_names },
    Shape { name: "reference chain", size: 500, make: reference_chain },
    Shape { name: "list of lists chain", size: 500, make: list_chain },
    Shape { name: "chain of properties", size: 500, make: property_chain },
    Shape { name: "allOf chains", size: 500, make: all_of_chains },
    Shape { name: "allOf parts", size: 500, make: all_of_parts },
    Shape { name: "nested maps", size: 50, make: nested_maps },
    Shape { name: "nested objects", size: 20, make: nested_objects },
    Shape { name: "unknown keys", size: 2_000, make: unknown_keys },
    Shape { name: "references to one schema", size: 500, make: references },
    Shape { name: "dangling references", size: 500, make: dangling_references },
    Shape { name: "unresolved references", size: 1_000, make: unresolved_references },
    Shape { name: "operations", size: 200, make: operations },
    Shape { name: "tags", size: 200, make: tags },
    Shape { name: "parameters", size: 200, make: parameters },
    Shape { name: "shared parameters", size: 200, make: shared_parameters },
    Shape { name: "tagged variants", size: 200, make: tagged_variants },
    Shape { name: "variants by key", size: 200, make: keyed_variants },
    Shape { name: "discriminator mapping", size: 200, make: mapped_variants },
    Shape { name: "inline variants", size: 200, make: inline_variants },
    Shape { name: "unions", size: 200, make: unions },
    Shape { name: "unions of unions", size: 200, make: union_chain },
    Shape { name: "overlay paths", size: 500, make: overlay_paths },
    Shape { name: "overlay operations", size: 200, make: overlay_operations },
    Shape { name: "overlay removals", size: 1_000, make: overlay_removals },
    Shape { name: "overlay wildcard", size: 1_000, make: overlay_wildcard },
];

/// A description with these schemas and these paths.
fn described(paths: &str, schemas: &str) -> Input {
    let paths = if paths.is_empty() { " {}\n" } else { paths };
    let schemas = if schemas.is_empty() { " {}\n" } else { schemas };
    let description =
        format!("openapi: 3.0.1\ninfo: {{title: Growth, version: '1'}}\npaths:{paths}components:\n  schemas:{schemas}");
    Input { description, ..Input::default() }
}

/// `line` for every number below `size`, after a line break.
fn lines(size: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::from("\n");
    for index in 0..size {
        let _ = writeln!(text, "{}", line(index));
    }
    text
}

/// An overlay with these actions.
fn overlaid(input: Input, actions: &str) -> Input {
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: Growth, version: '1'}}\nactions:{actions}");
    Input { overlay: Some(overlay), ..input }
}

fn object(index: usize) -> String {
    format!(
        "    s{index}: {{type: object, required: [id], properties: {{id: {{type: string}}, n{index}: {{type: integer}}}}}}"
    )
}

fn schemas(size: usize) -> Input {
    described("", &lines(size, object))
}

fn enum_values(size: usize) -> Input {
    described(
        "",
        &format!("\n    kind:\n      type: string\n      enum:{}", lines(size, |n| format!("      - value{n}x"))),
    )
}

fn properties(size: usize) -> Input {
    let properties = lines(size, |n| format!("        p{n}x: {{type: string}}"));
    described("", &format!("\n    thing:\n      type: object\n      properties:{properties}"))
}

fn required_names(size: usize) -> Input {
    let names = lines(size, |n| format!("      - p{n}x"));
    let properties = lines(size, |n| format!("        p{n}x: {{type: string}}"));
    described("", &format!("\n    thing:\n      type: object\n      required:{names}      properties:{properties}"))
}

fn reference_chain(size: usize) -> Input {
    let link = |n| format!("    s{n}: {{$ref: '#/components/schemas/s{}'}}", n + 1);
    described("", &(lines(size, link) + &object(size) + "\n"))
}

fn list_chain(size: usize) -> Input {
    let link = |n| format!("    s{n}: {{type: array, items: {{$ref: '#/components/schemas/s{}'}}}}", n + 1);
    described("", &(lines(size, link) + &object(size) + "\n"))
}

fn property_chain(size: usize) -> Input {
    let link =
        |n| format!("    s{n}: {{type: object, properties: {{next: {{$ref: '#/components/schemas/s{}'}}}}}}", n + 1);
    described("", &(lines(size, link) + &object(size) + "\n"))
}

/// Chains of ten, because what a schema inherits is written out: a single chain would make more with every link.
fn all_of_chains(size: usize) -> Input {
    described("", &lines(size, |n| if n % 10 == 0 { object(n) } else { inheriting(n) }))
}

/// One chain of `allOf` through all schemas.
pub fn all_of_chain(size: usize) -> Input {
    described("", &lines(size, |n| if n == 0 { object(n) } else { inheriting(n) }))
}

/// A schema with what the one before it has.
fn inheriting(n: usize) -> String {
    let own = format!("{{type: object, properties: {{q{n}: {{type: string}}}}}}");
    format!("    s{n}: {{allOf: [{{$ref: '#/components/schemas/s{}'}}, {own}]}}", n - 1)
}

fn all_of_parts(size: usize) -> Input {
    let parts = lines(size, |n| format!("      - {{type: object, properties: {{q{n}: {{type: string}}}}}}"));
    described("", &format!("\n    thing:\n      allOf:{parts}"))
}

/// Each thirty deep, in flow style.
fn nested_maps(size: usize) -> Input {
    let deep = 30;
    let nest = |n: usize| {
        let open = "{type: object, additionalProperties: ".repeat(deep);
        format!("    m{n}: {open}{{type: string}}{}", "}".repeat(deep))
    };
    described("", &lines(size, nest))
}

fn nested_objects(size: usize) -> Input {
    let deep = 20;
    let nest = |n: usize| {
        let open: String = (0..deep).map(|level| format!("{{type: object, properties: {{p{level}: ")).collect();
        format!("    m{n}: {open}{{type: string}}{}", "}}".repeat(deep))
    };
    described("", &lines(size, nest))
}

fn unknown_keys(size: usize) -> Input {
    let keys = lines(size, |n| format!("      unknown{n}: 1"));
    Input { is_refused: true, ..described("", &format!("\n    thing:\n      type: object{keys}")) }
}

/// Half of the size are references, half are properties of what they refer to.
fn references(size: usize) -> Input {
    let properties = lines(size / 2, |n| format!("        p{n}x: {{type: string}}"));
    let uses = lines(size / 2, |n| format!("        u{n}: {{$ref: '#/components/schemas/thing'}}"));
    described(
        "",
        &format!(
            "\n    thing:\n      type: object\n      properties:{properties}    user:\n      type: object\n      properties:{uses}"
        ),
    )
}

fn dangling_references(size: usize) -> Input {
    let uses = lines(size, |n| format!("        u{n}: {{$ref: '#/components/schemas/none{n}'}}"));
    Input {
        is_provisional: true,
        ..described("", &format!("\n    user:\n      type: object\n      properties:{uses}"))
    }
}

fn unresolved_references(size: usize) -> Input {
    Input { is_provisional: false, is_refused: true, ..dangling_references(size) }
}

const ANSWER: &str =
    "responses: {'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/s0'}}}}}";

fn operations(size: usize) -> Input {
    let operation = |n| {
        format!(
            "  /things{n}/{{id}}:\n    get: {{operationId: get_thing{n}, tags: [Things], parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], {ANSWER}}}"
        )
    };
    described(&lines(size, operation), &lines(1, object))
}

fn tags(size: usize) -> Input {
    let operation = |n| {
        format!("  /things{n}:\n    get: {{operationId: get_thing, tags: [Group{n}x], {ANSWER}}}")
            .replace("get_thing,", &format!("get_thing{n}x,"))
    };
    let mut input = described(&lines(size, operation), &lines(1, object));
    let _ = write!(input.description, "tags:{}", lines(size, |n| format!("- {{name: Group{n}x}}")));
    input
}

fn parameters(size: usize) -> Input {
    let declared = lines(size, |n| format!("      - {{name: q{n}x, in: query, schema: {{type: string}}}}"));
    let path = format!(
        "\n  /things:\n    get:\n      operationId: get_things\n      tags: [Things]\n      {ANSWER}\n      parameters:{declared}"
    );
    described(&path, &lines(1, object))
}

/// Half are those of the path, half are the operation's own.
fn shared_parameters(size: usize) -> Input {
    let declared = |prefix: &str, indent: &str| {
        lines(size / 2, |n| format!("{indent}- {{name: {prefix}{n}x, in: query, schema: {{type: string}}}}"))
    };
    let path = format!(
        "\n  /things:\n    parameters:{}    get:\n      operationId: get_things\n      tags: [Things]\n      {ANSWER}\n      parameters:{}",
        declared("a", "    "),
        declared("b", "      ")
    );
    described(&path, &lines(1, object))
}

fn variants(size: usize, discriminator: &str, schema: impl Fn(usize) -> String) -> Input {
    let members = lines(size, |n| format!("      - {{$ref: '#/components/schemas/s{n}'}}"));
    described("", &format!("{}    one:\n      oneOf:{members}{discriminator}", lines(size, schema)))
}

fn tagged_variants(size: usize) -> Input {
    variants(size, "", |n| {
        format!("    s{n}: {{type: object, required: [type], properties: {{type: {{type: string, enum: [kind{n}]}}}}}}")
    })
}

fn keyed_variants(size: usize) -> Input {
    variants(size, "", object)
}

fn mapped_variants(size: usize) -> Input {
    let mapping = lines(size, |n| format!("          kind{n}: '#/components/schemas/s{n}'"));
    variants(size, &format!("      discriminator:\n        propertyName: kind\n        mapping:{mapping}"), |n| {
        format!("    s{n}: {{type: object, properties: {{kind: {{type: string}}, id: {{type: string}}}}}}")
    })
}

fn inline_variants(size: usize) -> Input {
    let members = lines(size, |n| {
        format!(
            "      - {{type: object, required: [type, own{n}], properties: {{type: {{type: string, enum: [kind{n}x]}}, own{n}: {{type: string}}}}}}"
        )
    });
    described("", &format!("\n    one:\n      oneOf:{members}"))
}

fn unions(size: usize) -> Input {
    let union = |n| {
        format!(
            "    u{n}: {{oneOf: [{{$ref: '#/components/schemas/s0'}}, {{$ref: '#/components/schemas/s1'}}, {{type: string}}]}}"
        )
    };
    described("", &(lines(2, object) + lines(size, union).trim_start_matches('\n')))
}

/// Each union refers to the next two: there are exponentially many ways through them.
fn union_chain(size: usize) -> Input {
    let union = |n: usize| {
        format!(
            "    u{n}: {{oneOf: [{{$ref: '#/components/schemas/u{}'}}, {{type: array, items: {{$ref: '#/components/schemas/u{}'}}}}]}}",
            (n + 1).min(size),
            (n + 2).min(size)
        )
    };
    described("", &(lines(size, union) + &format!("    u{size}: {{type: string}}\n")))
}

fn overlay_paths(size: usize) -> Input {
    let action =
        |n| format!("- {{target: \"$.components.schemas.s{n}.properties.id\", update: {{description: The id.}}}}");
    overlaid(schemas(size), &lines(size, action))
}

fn overlay_operations(size: usize) -> Input {
    let action = |n| format!("- {{x-operation: 'GET /things{n}/{{}}', update: {{summary: Gets a thing.}}}}");
    overlaid(operations(size), &lines(size, action))
}

fn overlay_removals(size: usize) -> Input {
    let action = "\n- {target: \"$.components.schemas.kind.enum[?@ != 'value0x' && @ != 'value1x']\", remove: true}\n";
    overlaid(enum_values(size), action)
}

fn overlay_wildcard(size: usize) -> Input {
    overlaid(schemas(size), "\n- {target: \"$.components.schemas.*.properties.id\", update: {description: The id.}}\n")
}
