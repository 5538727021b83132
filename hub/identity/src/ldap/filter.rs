//! How somebody is looked up in a directory: a filter with a place for the name that was typed.

use ldap3_proto::{LdapFilter, parse_ldap_filter_str};
use serde::Deserialize;

/// What stands for the name.
const PLACE: &str = "{user}";

/// A filter with `{user}` in it, e.g. `(&(objectClass=inetOrgPerson)(uid={user}))`. What was typed is never a part of its text:
/// it is put into the filter's tree as a value, so that no letter in it means anything but itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LdapFilterTemplate(LdapFilter);

impl TryFrom<String> for LdapFilterTemplate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let right = "should be like (&(objectClass=inetOrgPerson)(uid={user}))";
        let filter = parse_ldap_filter_str(&text).map_err(|_| {
            format!("\"{text}\" {right}; a value with blanks, brackets or = in it stands between quotation marks")
        })?;
        let places = places(&filter);
        if places == 0 || places != text.matches(PLACE).count() {
            return Err(format!("\"{text}\" {right}, with {PLACE} as the whole of a value after ="));
        }
        Ok(Self(filter))
    }
}

/// How many values are the place alone.
fn places(filter: &LdapFilter) -> usize {
    match filter {
        LdapFilter::And(all) | LdapFilter::Or(all) => all.iter().map(places).sum(),
        LdapFilter::Not(one) => places(one),
        LdapFilter::Equality(_, value) => usize::from(value == PLACE),
        LdapFilter::Substring(..)
        | LdapFilter::GreaterOrEqual(..)
        | LdapFilter::LessOrEqual(..)
        | LdapFilter::Present(_)
        | LdapFilter::Approx(..)
        | LdapFilter::Extensible(_) => 0,
    }
}

impl LdapFilterTemplate {
    /// The filter for somebody.
    pub fn filter(&self, user: &str) -> LdapFilter {
        filled(&self.0, user)
    }
}

fn filled(filter: &LdapFilter, user: &str) -> LdapFilter {
    let all = |filters: &[LdapFilter]| filters.iter().map(|one| filled(one, user)).collect();
    match filter {
        LdapFilter::And(filters) => LdapFilter::And(all(filters)),
        LdapFilter::Or(filters) => LdapFilter::Or(all(filters)),
        LdapFilter::Not(one) => LdapFilter::Not(Box::new(filled(one, user))),
        LdapFilter::Equality(name, value) if value == PLACE => LdapFilter::Equality(name.clone(), user.to_owned()),
        LdapFilter::Equality(..)
        | LdapFilter::Substring(..)
        | LdapFilter::GreaterOrEqual(..)
        | LdapFilter::LessOrEqual(..)
        | LdapFilter::Present(_)
        | LdapFilter::Approx(..)
        | LdapFilter::Extensible(_) => filter.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<LdapFilterTemplate, String> {
        LdapFilterTemplate::try_from(text.to_owned())
    }

    #[test]
    fn new_08_what_is_typed_is_a_value_and_no_part_of_a_filter() {
        let template = read("(&(objectClass=person)(|(uid={user})(mail={user})))").unwrap();
        let equal = |name: &str, value: &str| LdapFilter::Equality(name.into(), value.into());
        for typed in ["maria", "*", "m*", "a)(uid=*", "\\2a", "μαρία", "{user}", "\0"] {
            let wanted = LdapFilter::And(vec![
                equal("objectClass", "person"),
                LdapFilter::Or(vec![equal("uid", typed), equal("mail", typed)]),
            ]);
            assert_eq!(template.filter(typed), wanted, "{typed}");
        }
    }

    #[test]
    fn pre_02_a_filter_without_a_place_for_the_name_is_refused() {
        for wrong in
            ["", "uid={user}", "(uid=maria)", "(uid={user}", "(uid={user}*)", "(uid=x{user})", "(uid>={user})", "(&)"]
        {
            assert!(read(wrong).unwrap_err().contains("(uid={user})"), "{wrong}");
        }
        assert!(read("(&(uid={user})(!(disabled=true))(memberOf=\"cn=kep staff,dc=a\"))").is_ok());
    }
}
