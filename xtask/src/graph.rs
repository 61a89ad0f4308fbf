//! What leads to what: groups of nodes on a cycle, in an order in which each comes after those that it leads to.

use std::collections::{BTreeMap, BTreeSet};

/// Directed edges, by the node that they start at.
pub type Edges<K> = BTreeMap<K, BTreeSet<K>>;

/// The strongly connected components of a graph. A component comes after all components that it leads to.
///
/// Tarjan's algorithm, with a stack of its own: a chain is as long as the description wants it to be.
pub fn components<K: Ord + Clone>(edges: &Edges<K>) -> Vec<Vec<K>> {
    let mut search = Search { edges, seen: BTreeMap::new(), open: Vec::new(), found: Vec::new() };
    for start in edges.keys() {
        if !search.seen.contains_key(start) {
            search.from(start);
        }
    }
    search.found
}

/// Whether the nodes of a component lie on a cycle.
pub fn is_cycle<K: Ord>(edges: &Edges<K>, component: &[K]) -> bool {
    match component {
        [only] => edges.get(only).is_some_and(|to| to.contains(only)),
        several => several.len() > 1,
    }
}

/// When a node was reached, and the earliest node that it leads back to; `None` once its component is complete.
struct Visit {
    index: usize,
    low: Option<usize>,
}

struct Search<'a, K> {
    edges: &'a Edges<K>,
    seen: BTreeMap<&'a K, Visit>,
    open: Vec<&'a K>,
    found: Vec<Vec<K>>,
}

impl<'a, K: Ord + Clone> Search<'a, K> {
    fn from(&mut self, start: &'a K) {
        let mut path = vec![(start, self.enter(start))];
        while let Some((node, next)) = path.last_mut() {
            let node = *node;
            match next.next() {
                Some(to) if !self.seen.contains_key(to) => {
                    let next = self.enter(to);
                    path.push((to, next));
                }
                Some(to) => self.lower(node, self.low(to)),
                None => {
                    path.pop();
                    let low = self.low(node);
                    if let Some((parent, _)) = path.last() {
                        self.lower(parent, low);
                    }
                    self.leave(node, low);
                }
            }
        }
    }

    fn enter(&mut self, node: &'a K) -> impl Iterator<Item = &'a K> + use<'a, K> {
        let index = self.seen.len();
        self.seen.insert(node, Visit { index, low: Some(index) });
        self.open.push(node);
        let edges = self.edges;
        edges.get(node).into_iter().flatten()
    }

    fn low(&self, node: &K) -> Option<usize> {
        self.seen.get(node).and_then(|visit| visit.low)
    }

    fn lower(&mut self, node: &K, low: Option<usize>) {
        if let Some(visit) = self.seen.get_mut(node) {
            visit.low = visit.low.map(|own| low.map_or(own, |low| low.min(own)));
        }
    }

    /// Completes the component of a node that leads back to nothing before it.
    fn leave(&mut self, node: &'a K, low: Option<usize>) {
        if self.seen.get(node).map(|visit| visit.index) != low {
            return;
        }
        let from = self.open.iter().rposition(|open| *open == node).unwrap_or_default();
        let mut component: Vec<K> = self.open.drain(from..).cloned().collect();
        for member in &component {
            if let Some(visit) = self.seen.get_mut(member) {
                visit.low = None;
            }
        }
        component.sort();
        self.found.push(component);
    }
}

#[cfg(test)]
#[path = "graph_tests.rs"]
mod tests;
