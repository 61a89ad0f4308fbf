use std::collections::{BTreeMap, BTreeSet};

use super::{Edges, components, is_cycle};

fn edges(list: &[(usize, &[usize])]) -> Edges<usize> {
    list.iter().map(|(from, to)| (*from, to.iter().copied().collect::<BTreeSet<_>>())).collect()
}

#[test]
fn a_node_comes_after_those_that_it_leads_to() {
    let edges = edges(&[(1, &[2, 3]), (2, &[4]), (3, &[4]), (4, &[])]);
    assert_eq!(components(&edges), [vec![4], vec![2], vec![3], vec![1]]);
}

#[test]
fn nodes_that_lead_to_each_other_are_one_component() {
    let edges = edges(&[(1, &[2]), (2, &[3]), (3, &[1, 4]), (4, &[5]), (5, &[4])]);
    assert_eq!(components(&edges), [vec![4, 5], vec![1, 2, 3]]);
}

#[test]
fn a_component_is_a_cycle_if_it_has_several_nodes_or_leads_to_itself() {
    let edges = edges(&[(1, &[1]), (2, &[1])]);
    assert!(is_cycle(&edges, &[1]));
    assert!(!is_cycle(&edges, &[2]));
    assert!(is_cycle(&edges, &[1, 2]));
}

#[test]
fn what_nothing_starts_at_is_a_node_all_the_same() {
    assert_eq!(components(&edges(&[(1, &[2])])), [vec![2], vec![1]]);
}

#[test]
fn a_chain_of_a_million_takes_no_stack() {
    let chain: BTreeMap<usize, BTreeSet<usize>> = (0..1_000_000).map(|n| (n, BTreeSet::from([n + 1]))).collect();
    assert_eq!(components(&chain).first(), Some(&vec![1_000_000]));
}

#[test]
fn components_are_those_of_the_definition() {
    for seed in 0..200_usize {
        let nodes = 1 + seed % 7;
        let edge = |from: usize, to: usize| (seed * 31 + from * 17 + to * 13) % 5 < 2;
        let graph: Edges<usize> =
            (0..nodes).map(|from| (from, (0..nodes).filter(|to| edge(from, *to)).collect())).collect();
        let reaches = |from: usize, to: usize| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
            while let Some(node) = next.pop() {
                if seen.insert(node) {
                    next.extend(&graph[&node]);
                }
            }
            seen.contains(&to)
        };
        let found = components(&graph);
        for (place, component) in found.iter().enumerate() {
            for member in component {
                for other in 0..nodes {
                    let together = component.contains(&other);
                    assert_eq!(together, reaches(*member, other) && reaches(other, *member), "{seed}: {graph:?}");
                    let is_later = found.iter().skip(place + 1).any(|later| later.contains(&other));
                    assert!(!(is_later && reaches(*member, other)), "{seed}: {graph:?}");
                }
            }
        }
    }
}
