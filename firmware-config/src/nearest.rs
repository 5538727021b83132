//! "Did you mean": the name that a wrong one is nearest to.

/// Adds "did you mean" to serde's list of expected names, if one of them is near.
pub fn with_suggestion(message: &str) -> String {
    let names: Vec<String> = message.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    match names.split_first() {
        Some((wrong, expected)) if message.starts_with("unknown") => match nearest(wrong, expected) {
            Some(near) => format!("{message}; did you mean `{near}`?"),
            None => message.to_owned(),
        },
        _ => message.to_owned(),
    }
}

/// Names the nearest of some ids, or all of them.
#[must_use]
pub fn one_of(wrong: &str, ids: &[String]) -> String {
    match nearest(wrong, ids) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("known are {}", ids.join(", ")),
    }
}

fn nearest<'a>(wrong: &str, names: &'a [String]) -> Option<&'a String> {
    let allowed = wrong.chars().count() / 3 + 1;
    names.iter().map(|name| (distance(wrong, name), name)).filter(|(d, _)| *d <= allowed).min().map(|(_, name)| name)
}

/// How many letters have to be put in, left out or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = before + usize::from(from != *to);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
