//! Nothing that nobody sees comes in through the API: every string of every body is looked at here, whatever it is for.

use acts::Fault;
use people::is_unseen;
use serde_json::Value;
use wire::ProblemCode;

/// What nobody reads, and what may be of any letters: a password is compared, and shown to nobody.
const SECRETS: &[&str] = &["password"];

/// Refuses a body in one of whose strings something stands that nobody sees, save the ends of lines.
///
/// # Errors
/// `malformed`, with the place.
pub fn check(body: &[u8]) -> Result<(), Fault> {
    // Written with plain letters alone, it has nothing of the kind in it.
    if body.iter().all(|byte| (b' '..0x7f).contains(byte) && *byte != b'\\' || byte.is_ascii_whitespace()) {
        return Ok(());
    }
    // What is no JSON is said by who reads it.
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return Ok(()) };
    match hidden_in(&value, String::new()) {
        Some(place) => Err(Fault {
            words: Some(text::both(|voice| format!("{}.", voice.say("text-control")))),
            place: Some(format!("{place}: characters that nobody sees")),
            ..ProblemCode::Malformed.into()
        }),
        None => Ok(()),
    }
}

/// Where the first of them stands, e.g. `because.el`.
fn hidden_in(value: &Value, place: String) -> Option<String> {
    let within = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    match value {
        Value::String(text) => is_hidden(text).then_some(place),
        Value::Array(all) => all.iter().enumerate().find_map(|(nth, one)| hidden_in(one, within(&nth.to_string()))),
        Value::Object(fields) => fields.iter().find_map(|(name, one)| match name.as_str() {
            // A name that is none of ours is refused, and said to nobody.
            name if is_hidden(name) => Some(within("?")),
            name if SECRETS.contains(&name) => None,
            name => hidden_in(one, within(name)),
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn is_hidden(text: &str) -> bool {
    text.chars().any(|character| is_unseen(character) && !matches!(character, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(body: &str) -> Option<String> {
        check(body.as_bytes()).err().and_then(|fault| fault.place)
    }

    #[test]
    fn new_11_what_nobody_sees_is_refused_wherever_it_stands() {
        let at = |place: &str| Some(format!("{place}: characters that nobody sees"));
        for hidden in
            ["\u{202e}", "\u{200b}", "\u{feff}", "\u{2066}", "\\u202e", "\\u0000", "\\ud83c\\udff4\\udb40\\udc67"]
        {
            assert_eq!(place(&format!("{{\"name\":\"Μαρία{hidden}\"}}")), at("name"), "{hidden:?}");
        }
        assert_eq!(place("{\"because\":{\"el\":\"α\u{202e}\"}}"), at("because.el"));
        assert_eq!(place("{\"a\":[1,{\"b\":\"\u{200f}\"}]}"), at("a.1.b"));
        assert_eq!(place("{\"\u{202e}name\":1}"), at("?"));
        assert_eq!(place("\"\u{202e}\""), at(""));
    }

    #[test]
    fn new_11_what_people_write_goes_through() {
        for body in
            ["", "no JSON \u{202e}", "{\"text\":\"Ελένη\\nΟ’Νιλ\"}", "{\"password\":\"\u{202e}\"}", "[1,null,true]"]
        {
            assert_eq!(check(body.as_bytes()), Ok(()), "{body:?}");
        }
    }
}
