//! Answers of those through whom people sign in, and of the register of staff: TAXISnet's token and profile, what a provider of
//! OpenID Connect says, messages of a directory. The first byte says whose it is. Whoever answers there may be anybody.

#![no_main]

use bytes::BytesMut;
use chrono::{DateTime, TimeDelta, Utc};
use fuzz::{
    claims::{ClaimPath, GrantRule},
    fault::ProviderFault,
    openid::{
        config::{OpenIdClaimNames, OpenIdConfig},
        person::person,
    },
    register::{answer::read as read_register, config::RegisterDays},
    taxisnet_answer::{read_person, read_token},
};
use ldap3_proto::LdapCodec;
use libfuzzer_sys::fuzz_target;
use serde_json::{Map, Value};
use tokio_util::codec::Decoder;

/// Longest token (`TOKEN_LETTERS_MAX` in `hub/identity/src/taxisnet/answer.rs`), and longest name (`hub/identity/src/claims.rs`).
const TOKEN_LETTERS_MAX: usize = 4096;
const NAME_LETTERS_MAX: usize = 100;
/// One message of a directory, and how deep it is (`hub/identity/src/ldap/line.rs`).
const MESSAGE_BYTES_MAX: usize = 256 * 1024;
const MESSAGE_DEPTH_MAX: usize = 32;

fuzz_target!(|input: &[u8]| {
    let Some((whose, answer)) = input.split_first() else { return };
    match whose % 5 {
        0 => token(answer),
        1 => profile(answer),
        2 => register(answer),
        3 => claims(answer),
        _ => messages(answer),
    }
});

fn token(answer: &[u8]) {
    if let Ok(token) = read_token(answer) {
        assert!((1..=TOKEN_LETTERS_MAX).contains(&token.0.len()));
        assert!(token.0.bytes().all(|byte| byte.is_ascii_graphic()), "it goes into a header");
    }
}

fn is_name(name: &str) {
    assert!(!name.is_empty() && name.trim() == name && name.chars().count() <= NAME_LETTERS_MAX, "{name:?}");
    assert!(!name.chars().any(|letter| letter.is_control() || vocabulary::is_unseen(letter)), "{name:?}");
}

fn is_tax_number(number: &str) {
    assert!(number.len() == 9 && number.bytes().all(|byte| byte.is_ascii_digit()), "{number:?}");
    assert_eq!(fuzz::tax_number(number).as_deref(), Some(number));
}

fn profile(answer: &[u8]) {
    let found = read_person(answer);
    assert_eq!(found, read_person(answer), "read again");
    if let Ok(person) = found {
        is_tax_number(&person.tax_number);
        is_name(&person.first_name);
        is_name(&person.last_name);
    }
}

fn register(answer: &[u8]) {
    let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().expect("a time");
    for days in [1, 30, 366] {
        let said = read_register(Some(answer), now, RegisterDays(days));
        assert_eq!(said, read_register(Some(answer), now, RegisterDays(days)), "read again");
        assert!(said.at == now && said.ask_again_at >= now + TimeDelta::hours(1), "{said:?}");
        assert!(said.ask_again_at <= now + TimeDelta::days(days.into()), "{said:?}");
    }
}

fn claims(answer: &[u8]) {
    let Ok(said) = serde_json::from_slice::<Map<String, Value>>(answer) else { return };
    let path = |name: &str| ClaimPath::try_from(name.to_owned()).expect("a name");
    let rule = |claim: &str, says: &str, role: &str| GrantRule {
        claim: path(claim),
        says: says.to_owned(),
        role: role.to_owned(),
        scope: "office:kep".to_owned(),
    };
    for tax_number in [None, Some(path("taxid"))] {
        let names = OpenIdClaimNames {
            first_name: path("given_name"),
            last_name: path("family_name"),
            user_name: path("preferred_username"),
            tax_number: tax_number.clone(),
        };
        let grants = vec![rule("groups", "a", "clerk"), rule("realm_access.roles", "b", "administrator")];
        let config = OpenIdConfig { claims: names, grants };
        let found = person(&config, &said);
        assert_eq!(found, person(&config, &said), "read again");
        match found {
            Ok(person) => {
                assert!((1..=255).contains(&person.subject.len()));
                [&person.user_name, &person.first_name, &person.last_name].into_iter().flatten().for_each(|n| is_name(n));
                assert!(person.email.is_none() || said["email_verified"] == Value::Bool(true), "an unproven address");
                assert_eq!(person.tax_number.is_some(), tax_number.is_some());
                person.tax_number.iter().for_each(|number| is_tax_number(number));
                assert!(person.grants.len() <= 2, "what no rule gives");
            }
            Err(fault) => assert!(tax_number.is_some() || fault != ProviderFault::NotAPerson),
        }
    }
}

fn messages(answer: &[u8]) {
    let mut codec = LdapCodec::new(Some(MESSAGE_BYTES_MAX), Some(MESSAGE_DEPTH_MAX));
    let mut read = BytesMut::from(answer);
    // As the line reads them: until one is not whole, or none at all.
    while let Ok(Some(_)) = codec.decode(&mut read) {}
    assert!(read.len() <= answer.len());
}
