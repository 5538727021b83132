//! What can be reached from where along arrows, and which circles the arrows form.

use std::collections::{BTreeMap, BTreeSet};

/// What leads directly to which.
pub type CrateArrows = BTreeMap<String, BTreeSet<String>>;

/// Everything that can be reached from a place, itself only if it lies on a circle.
pub fn reached_from<'a>(arrows: &'a CrateArrows, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(place) = open.pop() {
        for next in arrows.get(place).into_iter().flatten() {
            if reached.insert(next.as_str()) {
                open.push(next);
            }
        }
    }
    reached
}

/// The places that reach each other, largest circle first.
///
/// A place's circle is what it reaches and what reaches it. With some hundred files that takes milliseconds, so that no
/// library for graphs is needed.
pub fn circles(arrows: &CrateArrows) -> Vec<BTreeSet<&str>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|place| (place.as_str(), reached_from(arrows, place))).collect();
    let mut circles = BTreeSet::new();
    for (place, reached) in &reach {
        let back = |other: &&&str| reach.get(*other).is_some_and(|theirs| theirs.contains(place));
        let circle: BTreeSet<&str> = reached.iter().filter(back).copied().collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    let mut circles: Vec<_> = circles.into_iter().collect();
    circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    circles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(lines: &[(&str, &[&str])]) -> CrateArrows {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        lines.iter().map(|(from, to)| ((*from).to_owned(), owned(to))).collect()
    }

    #[test]
    fn two_circles_are_told_apart_and_a_loop_on_itself_is_none() {
        let arrows = arrows(&[
            ("a", &["b"]),
            ("b", &["c", "x"]),
            ("c", &["a"]),
            ("x", &["y", "x"]),
            ("y", &["x"]),
            ("z", &["z", "a"]),
        ]);
        let expect: Vec<BTreeSet<&str>> = vec!["a b c".split(' ').collect(), "x y".split(' ').collect()];
        assert_eq!(circles(&arrows), expect);
    }

    #[test]
    fn a_way_down_is_no_circle() {
        assert!(circles(&arrows(&[("a", &["b", "c"]), ("b", &["c"])])).is_empty());
    }
}
