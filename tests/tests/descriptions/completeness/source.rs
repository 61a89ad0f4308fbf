//! The emitted types of one version, as the parsed source declares them.
//!
//! A key counts only if the struct has a field for it (or a constant), reads it and writes it; an arm only if
//! it is read and written. What is not understood is an error: a check that skips would find nothing missing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};
use syn::{Expr, ExprMethodCall, Item, ItemEnum, ItemImpl, ItemStruct, Type};

use super::code::{documentation, field_of_self, literal, name_of, named_self, path_of, unbraced};
use super::description::text;

/// Where a key of a struct goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// Into the field of this name.
    Field(String),
    /// Nowhere: it is always this text.
    Constant(String),
}

/// What a declared type consists of.
#[derive(Debug)]
pub enum Shape {
    Struct { fields: BTreeMap<String, (Type, Vec<String>)>, keys: BTreeMap<String, Key> },
    OpenEnum(Vec<String>),
    Union(Vec<Type>),
    Alias(Type),
}

/// A type of the crate.
#[derive(Debug)]
pub struct Declared {
    pub module: String,
    pub name: String,
    /// The schema that it stands for; none for an inline type.
    pub schema: Option<String>,
    pub shape: Shape,
}

/// The types of a version by module and name.
#[derive(Debug, Default)]
pub struct Types {
    pub declared: BTreeMap<(String, String), Declared>,
    exported: BTreeMap<String, String>,
}

/// The text of every file of a folder, by the name of its module.
pub fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    paths.map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text(&path))).collect()
}

impl Types {
    /// The types that the files declare.
    pub fn parse(files: &BTreeMap<String, String>) -> Self {
        let mut types = Self::default();
        for (module, text) in files {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("types/{module}.rs: {error}"));
            if module == "mod" {
                types.exported = exports(&file.items);
            } else {
                types.module(module, &file.items);
            }
        }
        types
    }

    fn module(&mut self, module: &str, items: &[Item]) {
        let impls: Vec<&ItemImpl> =
            items.iter().filter_map(|item| if let Item::Impl(item) = item { Some(item) } else { None }).collect();
        for item in items {
            let (name, attributes, shape) = match item {
                Item::Struct(item) => (&item.ident, &item.attrs, structure(item, &impls)),
                Item::Enum(item) => (&item.ident, &item.attrs, choice(item, &impls)),
                Item::Type(item) => (&item.ident, &item.attrs, Ok(Shape::Alias((*item.ty).clone()))),
                _ => continue,
            };
            let name = name.to_string();
            let shape = shape.unwrap_or_else(|what| panic!("types/{module}.rs: {name}: {what}"));
            let lines = documentation(attributes);
            let schema =
                lines.iter().find_map(|line| line.strip_prefix("Schema `")?.strip_suffix("`.")).map(str::to_owned);
            self.declared
                .insert((module.to_owned(), name.clone()), Declared { module: module.to_owned(), name, schema, shape });
        }
    }

    /// The type that `path` names in the file of `module`; none for a type of the runtime.
    pub fn find(&self, module: &str, path: &[String]) -> Option<&Declared> {
        let key = match path {
            [name] => (module.to_owned(), name.clone()),
            [types, name] if types == "types" => (self.exported.get(name)?.clone(), name.clone()),
            [types, home, name] if types == "types" => (home.clone(), name.clone()),
            _ => return None,
        };
        self.declared.get(&key)
    }
}

/// `pub use contact::Contact;`: where each name comes from.
fn exports(items: &[Item]) -> BTreeMap<String, String> {
    let pairs = items.iter().filter_map(|item| match item {
        Item::Use(item) => match &item.tree {
            syn::UseTree::Path(path) => match path.tree.as_ref() {
                syn::UseTree::Name(name) => Some((name_of(&name.ident), name_of(&path.ident))),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    });
    pairs.collect()
}

fn implementation<'a>(impls: &[&'a ItemImpl], of: &str, for_type: &syn::Ident) -> Option<&'a ItemImpl> {
    impls.iter().copied().find(|item| {
        let is_trait = item.trait_.as_ref().is_some_and(|(path, _)| path.is_ident(of));
        is_trait && path_of(&item.self_ty).is_some_and(|path| path == [for_type.to_string()])
    })
}

fn structure(item: &ItemStruct, impls: &[&ItemImpl]) -> Result<Shape, String> {
    let object = implementation(impls, "Object", &item.ident).ok_or("no `impl Object`")?;
    let mut lines = Lines::default();
    lines.visit_item_impl(object);
    let mut fields = BTreeMap::new();
    for field in &item.fields {
        let name = name_of(field.ident.as_ref().ok_or("a field without a name")?);
        if name != "extra" {
            fields.insert(name, (field.ty.clone(), documentation(&field.attrs)));
        }
    }
    if lines.read != lines.written {
        return Err(format!("reads {:?} and writes {:?}", lines.read, lines.written));
    }
    let filled: BTreeSet<&String> =
        lines.read.values().filter_map(|key| if let Key::Field(name) = key { Some(name) } else { None }).collect();
    if filled != fields.keys().collect() {
        return Err(format!("has the fields {:?} and reads {filled:?}", fields.keys()));
    }
    match lines.strange {
        Some(line) => Err(line),
        None => Ok(Shape::Struct { fields, keys: lines.read }),
    }
}

/// The lines of an `impl Object`.
#[derive(Default)]
struct Lines {
    read: BTreeMap<String, Key>,
    written: BTreeMap<String, Key>,
    strange: Option<String>,
}

impl<'ast> Visit<'ast> for Lines {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let syn::Pat::Lit(wire) = &arm.pat else { return };
        let wire = literal(&Expr::Lit(wire.clone())).unwrap_or_default();
        let key = match unbraced(&arm.body) {
            Expr::MethodCall(call) if call.method == "get" => call.args.last().and_then(field_of_self).map(Key::Field),
            Expr::MethodCall(call) if call.method == "constant" => {
                call.args.last().and_then(literal).map(Key::Constant)
            }
            _ => None,
        };
        self.keep(true, wire, key);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let wire = || call.args.first().and_then(literal).unwrap_or_default();
        if call.method == "put" {
            self.keep(false, wire(), call.args.last().and_then(field_of_self).map(Key::Field));
        } else if call.method == "constant" {
            self.keep(false, wire(), call.args.last().and_then(literal).map(Key::Constant));
        }
        visit::visit_expr_method_call(self, call);
    }
}

impl Lines {
    fn keep(&mut self, read: bool, wire: String, key: Option<Key>) {
        let Some(key) = key else {
            self.strange = Some(format!("the line of `{wire}` is neither a field nor a constant"));
            return;
        };
        let lines = if read { &mut self.read } else { &mut self.written };
        if lines.insert(wire.clone(), key).is_some() {
            self.strange = Some(format!("`{wire}` stands there twice"));
        }
    }
}

fn choice(item: &ItemEnum, impls: &[&ItemImpl]) -> Result<Shape, String> {
    if let Some(open) = implementation(impls, "OpenEnum", &item.ident) {
        return open_enum(item, open);
    }
    let union = implementation(impls, "Union", &item.ident).ok_or("neither `impl OpenEnum` nor `impl Union`")?;
    let mut variants = Variants::default();
    variants.visit_item_impl(union);
    let mut arms = Vec::new();
    for variant in item.variants.iter().filter(|variant| variant.ident != "Other") {
        let name = variant.ident.to_string();
        if !variants.read.contains(&name) || !variants.written.contains(&name) {
            return Err(format!("the arm `{name}` is not both read and written"));
        }
        arms.push(variant.fields.iter().next().ok_or_else(|| format!("the arm `{name}` holds nothing"))?.ty.clone());
    }
    Ok(Shape::Union(arms))
}

/// The arms that an `impl Union` reads (`r.arm(Self::A)`) and writes (`Self::A(it) => …`).
#[derive(Default)]
struct Variants {
    read: BTreeSet<String>,
    written: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Variants {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let syn::Pat::TupleStruct(pattern) = &arm.pat {
            self.written.extend(named_self(&pattern.path));
        }
        visit::visit_arm(self, arm);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "arm"
            && let Some(Expr::Path(path)) = call.args.first()
        {
            self.read.extend(named_self(&path.path));
        }
        visit::visit_expr_method_call(self, call);
    }
}

/// The values of an open enum: what is read as a variant has to be written for it, and each variant has one text.
fn open_enum(item: &ItemEnum, open: &ItemImpl) -> Result<Shape, String> {
    let mut spellings = Spellings::default();
    spellings.visit_item_impl(open);
    let Spellings { read, written, all } = spellings;
    if read != written {
        return Err(format!("reads {read:?} and writes {written:?}"));
    }
    let declared: BTreeSet<String> =
        item.variants.iter().map(|variant| variant.ident.to_string()).filter(|name| name != "Unknown").collect();
    let named: BTreeSet<String> = read.values().cloned().collect();
    if named != declared || named.len() != read.len() || all.len() != declared.len() || !all.is_subset(&declared) {
        return Err(format!("has the variants {declared:?}, the values {read:?} and lists {all:?}"));
    }
    Ok(Shape::OpenEnum(read.into_keys().collect()))
}

/// The values that an `impl OpenEnum` reads (`"a" => Some(Self::A)`) and writes (`Self::A => "a"`), with their variants, and
/// the variants that it lists.
#[derive(Default)]
struct Spellings {
    read: BTreeMap<String, String>,
    written: BTreeMap<String, String>,
    all: BTreeSet<String>,
}

impl<'ast> Visit<'ast> for Spellings {
    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let body = unbraced(&arm.body);
        match (&arm.pat, body) {
            (syn::Pat::Lit(value), Expr::Call(some)) => {
                let variant = some.args.first().and_then(|variant| match variant {
                    Expr::Path(variant) => named_self(&variant.path),
                    _ => None,
                });
                self.read.extend(literal(&Expr::Lit(value.clone())).zip(variant));
            }
            (syn::Pat::Path(variant), body) => {
                self.written.extend(literal(body).zip(named_self(&variant.path)));
            }
            _ => {}
        }
    }

    fn visit_impl_item_const(&mut self, list: &'ast syn::ImplItemConst) {
        let mut variants = Listed::default();
        variants.visit_expr(&list.expr);
        self.all.extend(variants.0);
    }
}

#[derive(Default)]
struct Listed(Vec<String>);

impl<'ast> Visit<'ast> for Listed {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.0.extend(named_self(&path.path));
    }
}
