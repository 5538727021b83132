//! What a provider or a directory says of a person, and what follows from it by the configured rules.

use serde::Deserialize;
use serde_json::{Map, Value};

/// Which of the things said is meant: a name, or names in one another with a point between them (`realm_access.roles`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ClaimPath(String);

impl TryFrom<String> for ClaimPath {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.trim() == text && !text.is_empty() {
            Ok(Self(text))
        } else {
            Err(format!("\"{text}\" should be like groups, or realm_access.roles"))
        }
    }
}

impl ClaimPath {
    /// A name that is known to be one.
    pub(crate) fn named(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is said under it. A name that has points in it itself goes first.
    pub(crate) fn of<'a>(&self, claims: &'a Map<String, Value>) -> Option<&'a Value> {
        if let Some(value) = claims.get(&self.0) {
            return Some(value);
        }
        let mut names = self.0.split('.');
        let first = claims.get(names.next()?)?;
        names.try_fold(first, |value, name| value.as_object()?.get(name))
    }

    /// The one text that is said under it, trimmed; of several the first.
    pub(crate) fn text<'a>(&self, claims: &'a Map<String, Value>) -> Option<&'a str> {
        let text = match self.of(claims)? {
            Value::String(text) => text.as_str(),
            Value::Array(several) => several.first()?.as_str()?,
            _ => return None,
        };
        Some(text.trim()).filter(|text| !text.is_empty())
    }
}

/// What somebody may be in the house: a role and where it holds, in the words of the house.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantOffer {
    /// The role's name in the house's table of roles.
    pub role: String,
    /// Where it holds.
    pub scope: String,
}

/// A rule: who is said to be this is given that.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GrantRule {
    /// What is looked at.
    pub claim: ClaimPath,
    /// What it has to say, or, of several things, one of them.
    pub says: String,
    /// The name of the role that is given then.
    pub role: String,
    /// Where it holds.
    pub scope: String,
}

impl GrantRule {
    fn is_met(&self, claims: &Map<String, Value>, is_same: impl Fn(&str, &str) -> bool) -> bool {
        let says = |value: &Value| match value {
            Value::String(text) => is_same(text, &self.says),
            Value::Bool(is) => self.says == if *is { "true" } else { "false" },
            Value::Number(number) => self.says == number.to_string(),
            Value::Null | Value::Array(_) | Value::Object(_) => false,
        };
        match self.claim.of(claims) {
            Some(Value::Array(several)) => several.iter().any(says),
            Some(one) => says(one),
            None => false,
        }
    }
}

/// What follows from what is said: each thing once, in the order of the rules.
pub(crate) fn offers(
    rules: &[GrantRule],
    claims: &Map<String, Value>,
    is_same: impl Fn(&str, &str) -> bool + Copy,
) -> Vec<GrantOffer> {
    let mut offers: Vec<GrantOffer> = Vec::new();
    for rule in rules.iter().filter(|rule| rule.is_met(claims, is_same)) {
        let offer = GrantOffer { role: rule.role.clone(), scope: rule.scope.clone() };
        if !offers.contains(&offer) {
            offers.push(offer);
        }
    }
    offers
}

/// No name on any document is as long.
const NAME_LETTERS_MAX: usize = 100;

/// A name as others write it: on one line, with one blank between its words; `None` if it is none.
pub(crate) fn name(text: &str) -> Option<String> {
    let unwanted = |letter: char| letter.is_control() || vocabulary::is_unseen(letter);
    let plain: String = text.chars().map(|letter| if unwanted(letter) { ' ' } else { letter }).collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty() && name.chars().count() <= NAME_LETTERS_MAX).then_some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn claims() -> Map<String, Value> {
        let claims = json!({
            "groups": ["kep-clerks", "all"], "department": "north", "manager": true, "rank": 3, "gone": null,
            "realm_access": { "roles": ["admin"] }, "https://a.gr/roles": ["far"], "blank": " ",
        });
        claims.as_object().unwrap().clone()
    }

    fn rule(claim: &str, says: &str, role: &str) -> GrantRule {
        let claim = ClaimPath::try_from(claim.to_owned()).unwrap();
        GrantRule { claim, says: says.into(), role: role.into(), scope: "office:kep".into() }
    }

    #[test]
    fn pre_02_grants_follow_from_claims_by_rules_alone() {
        let rules = [
            rule("groups", "kep-clerks", "clerk"),
            rule("groups", "all", "clerk"),
            rule("department", "north", "agent"),
            rule("manager", "true", "coordinator"),
            rule("rank", "3", "third"),
            rule("realm_access.roles", "admin", "administrator"),
            rule("https://a.gr/roles", "far", "far"),
            rule("groups", "kep", "part of a word"),
            rule("groups", "KEP-CLERKS", "other letters"),
            rule("gone", "null", "nothing"),
            rule("realm_access", "admin", "not so deep"),
            rule("department.north", "north", "too deep"),
            rule("nowhere", "", "nothing said"),
        ];
        let exact = offers(&rules, &claims(), |one, other| one == other);
        let roles: Vec<&str> = exact.iter().map(|offer| offer.role.as_str()).collect();
        assert_eq!(roles, ["clerk", "agent", "coordinator", "third", "administrator", "far"]);
        let lax = offers(&rules, &claims(), |one, other| one.eq_ignore_ascii_case(other));
        assert!(lax.iter().any(|offer| offer.role == "other letters"));
        assert_eq!(offers(&[], &claims(), |one, other| one == other), []);
    }

    #[test]
    fn pre_02_a_text_is_read_where_one_is_said() {
        let text = |path: &str| ClaimPath::named(path).text(&claims()).map(str::to_owned);
        assert_eq!(text("department").as_deref(), Some("north"));
        assert_eq!(text("groups").as_deref(), Some("kep-clerks"));
        for none in ["blank", "gone", "rank", "realm_access", "nowhere"] {
            assert_eq!(text(none), None, "{none}");
        }
        for wrong in ["", " groups"] {
            assert!(ClaimPath::try_from(wrong.to_owned()).is_err());
        }
    }

    #[test]
    fn pre_02_a_name_is_one_line_and_has_an_end() {
        assert_eq!(name("  ΜΑΡΙΑ \u{200b}\n  ΕΛΕΝΗ\t").as_deref(), Some("ΜΑΡΙΑ ΕΛΕΝΗ"));
        assert_eq!(name(" \u{200b} "), None);
        assert_eq!(name(&"Α".repeat(NAME_LETTERS_MAX + 1)), None);
    }
}
