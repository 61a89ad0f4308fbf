//! Small questions asked of a syntax tree.

use syn::{Attribute, Expr, ExprLit, GenericArgument, Ident, Lit, Path, PathArguments, Stmt, Type};

/// The lines of documentation.
pub fn documentation(attributes: &[Attribute]) -> Vec<String> {
    let lines =
        attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).filter_map(|attribute| match &attribute
            .meta
        {
            syn::Meta::NameValue(pair) => literal(&pair.value),
            _ => None,
        });
    lines.map(|line| line.trim().to_owned()).collect()
}

/// The text of a string literal.
pub fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// A name without the mark that lets a keyword be one.
pub fn name_of(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// `x` of `self.x`, `&self.x` and `&mut self.x`.
pub fn field_of_self(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Reference(reference) => field_of_self(&reference.expr),
        Expr::Field(field) => match (field.base.as_ref(), &field.member) {
            (Expr::Path(base), syn::Member::Named(name)) if base.path.is_ident("self") => Some(name_of(name)),
            _ => None,
        },
        _ => None,
    }
}

/// `x` of `{ x }`, which is how a long line is broken.
pub fn unbraced(expression: &Expr) -> &Expr {
    match expression {
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(only, None)] => unbraced(only),
            _ => expression,
        },
        _ => expression,
    }
}

/// `Variant` of `Self::Variant`.
pub fn named_self(path: &Path) -> Option<String> {
    let mut segments = path.segments.iter();
    let of_self = segments.next().is_some_and(|first| first.ident == "Self");
    segments.next().filter(|_| of_self).map(|segment| segment.ident.to_string())
}

/// The names of a type's path.
pub fn path_of(ty: &Type) -> Option<Vec<String>> {
    match ty {
        Type::Path(path) => Some(path.path.segments.iter().map(|segment| name_of(&segment.ident)).collect()),
        _ => None,
    }
}

/// The type between the angle brackets of a path's last name.
pub fn argument_of(path: &Path) -> Option<&Type> {
    match &path.segments.last()?.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().find_map(type_of),
        _ => None,
    }
}

/// The type that a generic argument is, or binds an associated type to.
pub fn type_of(argument: &GenericArgument) -> Option<&Type> {
    match argument {
        GenericArgument::Type(ty) => Some(ty),
        GenericArgument::AssocType(bound) => Some(&bound.ty),
        _ => None,
    }
}
