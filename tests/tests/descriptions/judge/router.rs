//! Which operation a request is for, by method and path.

use tests::calls::Operation;
use tests::percent::decoded;

/// An operation with the values of its path's variables.
pub struct Route<'d, 'o> {
    pub operation: &'o Operation<'d>,
    /// By name, decoded.
    pub variables: Vec<(&'d str, String)>,
}

/// The operation that `method` and `path` lead to: of several, the one whose path says most.
pub fn route<'d, 'o>(operations: &'o [Operation<'d>], method: &str, path: &str) -> Option<Route<'d, 'o>> {
    let fitting = operations.iter().filter(|operation| operation.method == method).filter_map(|operation| {
        let variables = variables(operation.path, path)?;
        Some(Route { operation, variables })
    });
    fitting.min_by_key(|route| route.variables.len())
}

/// The variables of a path, if it is made like `template`.
fn variables<'d>(template: &'d str, path: &str) -> Option<Vec<(&'d str, String)>> {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    let mut found = Vec::new();
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(found),
            (Some(wanted), Some(given)) => match wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) if !given.is_empty() => found.push((name, decoded(given)?)),
                None if wanted == given => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}

mod trials {
    use serde_json::json;
    use tests::calls::operations;

    use super::*;

    fn routed(method: &str, path: &str) -> Option<(String, Vec<(String, String)>)> {
        let description = json!({"paths": {
            "/contacts": {"get": {}, "post": {}}, "/contacts/{id}": {"get": {}}, "/contacts/search": {"get": {}},
            "/contacts/{id}/tags/{tag}": {"delete": {}},
        }});
        let operations = operations(&description);
        let route = route(&operations, method, path)?;
        let variables = route.variables.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Some((route.operation.path.to_owned(), variables))
    }

    #[test]
    fn variables_are_what_stands_in_their_place() {
        let tag = [("id", "a/b ü"), ("tag", "2")].map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        assert_eq!(
            routed("DELETE", "/contacts/a%2Fb%20%C3%BC/tags/2"),
            Some(("/contacts/{id}/tags/{tag}".into(), tag))
        );
    }

    #[test]
    fn a_path_without_variables_is_preferred() {
        assert_eq!(routed("GET", "/contacts/search"), Some(("/contacts/search".into(), vec![])));
    }

    #[test]
    fn what_is_not_described_leads_nowhere() {
        for (method, path) in [
            ("DELETE", "/contacts"),
            ("GET", "/contact"),
            ("GET", "/contacts/"),
            ("GET", "/contacts/1/tags"),
            ("GET", "contacts"),
        ] {
            assert_eq!(routed(method, path), None, "{method} {path}");
        }
    }
}
