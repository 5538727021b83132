//! Words in files that people write: anything beside the two wordings is refused there, so that nobody believes that a
//! third one is read. On the wire it is passed over, since a device of last year must understand the hub of today.

use serde::{Deserialize, Deserializer};

use crate::Words;

/// [`Words`], and nothing beside them.
#[derive(Deserialize)]
#[serde(remote = "Words", deny_unknown_fields)]
struct BothWords {
    el: String,
    en: String,
}

#[derive(Deserialize)]
struct LoneWords(#[serde(with = "BothWords")] Words);

/// Reads words.
///
/// # Errors
/// Those of the format, and anything beside the two wordings.
pub fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Words, D::Error> {
    BothWords::deserialize(deserializer)
}

/// Reads words that may be left out.
///
/// # Errors
/// As of [`one`].
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Words>, D::Error> {
    Ok(Option::<LoneWords>::deserialize(deserializer)?.map(|words| words.0))
}

/// Reads a list of words.
///
/// # Errors
/// As of [`one`].
pub fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Words>, D::Error> {
    Ok(Vec::<LoneWords>::deserialize(deserializer)?.into_iter().map(|words| words.0).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        #[serde(deserialize_with = "one")]
        name: Words,
        #[serde(default, deserialize_with = "optional")]
        hint: Option<Words>,
        #[serde(default, deserialize_with = "list")]
        choices: Vec<Words>,
    }

    #[test]
    fn a_third_wording_is_refused_in_a_file_and_passed_over_on_the_wire() {
        let (both, more) = (r#"{"el":"Α","en":"A"}"#, r#"{"el":"Α","en":"A","de":"A"}"#);
        let words = Words::new("Α", "A");
        assert_eq!(serde_json::from_str::<Words>(more).unwrap(), words);
        let file = |name: &str, hint: &str, choice: &str| {
            let text = format!(r#"{{"name":{name},"hint":{hint},"choices":[{choice}]}}"#);
            serde_json::from_str::<File>(&text).map_err(|fault| fault.to_string())
        };
        let read = file(both, both, both).unwrap();
        assert_eq!((read.name, read.hint, read.choices), (words.clone(), Some(words.clone()), vec![words]));
        assert_eq!(serde_json::from_str::<File>(&format!(r#"{{"name":{both}}}"#)).unwrap().hint, None);
        for (name, hint, choice) in [(more, both, both), (both, more, both), (both, both, more)] {
            let fault = file(name, hint, choice).err().unwrap();
            assert!(fault.starts_with("unknown field `de`, expected `el` or `en`"), "{fault}");
        }
    }
}
