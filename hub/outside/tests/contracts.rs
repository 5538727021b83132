//! The other houses, played by the look-alike: what they are asked is what their descriptions say, and each wrong answer is one.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic; that is how it fails")]

use std::{collections::BTreeSet, net::SocketAddr};

use identity::{AwayCause, ProviderFault, ProviderSeconds, ProviderUrl, SecretFile, UnreadCause};
use lookalike::{Lookalike, Mood, PROTOCOL_TOKEN, RECORDS_TOKEN};
use outside::{
    NumberQuestion, Outside, OutsideConfig, OutsideDoorConfig, PROTOCOL_CONTRACT, RECORDS_CONTRACT, RecordsQuestion,
};
use serde_json::Value;
use uuid::Uuid;

struct House {
    outside: Outside,
    lookalike: Lookalike,
    _folder: tempfile::TempDir,
}

fn house(mood: Mood, tokens: [&str; 2]) -> House {
    let (lookalike, at) = lookalike::start().unwrap();
    lookalike.feels(mood);
    let folder = tempfile::TempDir::new().unwrap();
    let door = |section: &'static str, token: &str| {
        let file = folder.path().join(section);
        std::fs::write(&file, token).unwrap();
        door(section, at, SecretFile(file))
    };
    let config =
        OutsideConfig { protocol: Some(door("protocol", tokens[0])), records: Some(door("records", tokens[1])) };
    House { outside: Outside::new(&config).unwrap(), lookalike, _folder: folder }
}

fn door(section: &'static str, at: SocketAddr, secret: SecretFile) -> OutsideDoorConfig {
    OutsideDoorConfig {
        section,
        url: ProviderUrl::try_from(format!("http://{at}/{section}")).unwrap(),
        secret_file: Some(secret),
        authority_file: None,
        unit: "Πρωτόκολλο".to_owned(),
        reason: "Ν. 2690/1999".to_owned(),
        timeout_seconds: ProviderSeconds::try_from(1_u16).unwrap(),
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn number(house: &House, request: u128) -> Result<String, ProviderFault> {
    let question = NumberQuestion {
        request: Uuid::from_u128(request),
        end_user: "account 17".to_owned(),
        submitted_at: "2026-11-24T07:00:00Z".parse().unwrap(),
        provisional: "P-1/2026".to_owned(),
        category: "cleaning".to_owned(),
        subject: "Καθαριότητα".to_owned(),
        unit: "cleaning".to_owned(),
    };
    let system = house.outside.protocol.as_ref().unwrap();
    wait(system.number(&question)).map(|number| number.to_string())
}

fn debts(house: &House) -> Result<usize, ProviderFault> {
    let question = RecordsQuestion {
        transaction: Uuid::from_u128(7),
        end_user: "account 17".to_owned(),
        tax_number: "660074100".to_owned(),
    };
    let register = house.outside.records.as_ref().unwrap();
    let told = wait(register.records(&question, "2026-11-24T07:00:00Z".parse().unwrap()));
    told.map(|records| records.debts.len())
}

const TOKENS: [&str; 2] = [PROTOCOL_TOKEN, RECORDS_TOKEN];

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Whether what was asked has the fields that a schema describes, all of them and no other.
fn is_as_described(asked: &Value, contract: &Value, schema: &str) {
    let schema = &contract["components"]["schemas"][schema];
    let required: BTreeSet<&str> =
        schema["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(keys(asked), required);
    assert_eq!(keys(&schema["properties"]), required);
}

#[test]
fn pet_02_what_is_asked_is_what_the_descriptions_say() {
    let house = house(Mood::Well, TOKENS);
    assert_eq!(number(&house, 7), Ok("ΑΠ 1001/2026".to_owned()));
    assert_eq!(number(&house, 8), Ok("ΑΠ 1002/2026".to_owned()));
    assert_eq!(number(&house, 7), Ok("ΑΠ 1001/2026".to_owned()), "the same request, the same number");
    assert_eq!(debts(&house), Ok(2));
    for (at, text, schema) in [(0, PROTOCOL_CONTRACT, "NumberQuestion"), (3, RECORDS_CONTRACT, "RecordsQuestion")] {
        let asked: Value = serde_json::from_str(&house.lookalike.asked()[at].body).unwrap();
        let contract: Value = serde_json::from_str(text).unwrap();
        is_as_described(&asked, &contract, schema);
        is_as_described(&asked["audit"], &contract, "AuditFields");
        let operation = contract["paths"].as_object().unwrap().values().next().unwrap()["post"].clone();
        let example = &operation["requestBody"]["content"]["application/json"]["example"];
        is_as_described(example, &contract, schema);
    }
    let asked: Value = serde_json::from_str(&house.lookalike.asked()[0].body).unwrap();
    let contract: Value = serde_json::from_str(PROTOCOL_CONTRACT).unwrap();
    let example = &contract["paths"]["/numbers"]["post"]["requestBody"]["content"]["application/json"]["example"];
    assert_eq!(asked, *example);
}

#[test]
fn pet_02_a_wrong_slow_or_huge_number_is_refused() {
    let said = |mood| number(&house(mood, TOKENS), 7);
    let unread = |cause| Err(ProviderFault::Unreadable(cause));
    assert_eq!(said(Mood::ProtocolWrong), unread(UnreadCause::Value));
    assert_eq!(said(Mood::ProtocolMixed), unread(UnreadCause::Value));
    assert_eq!(said(Mood::ProtocolHuge), unread(UnreadCause::TooLong));
    assert_eq!(said(Mood::ProtocolPage), unread(UnreadCause::Form));
    assert_eq!(said(Mood::ProtocolElsewhere), unread(UnreadCause::Elsewhere));
    assert_eq!(said(Mood::ProtocolSilent), Err(ProviderFault::Away(AwayCause::Silent)));
    assert_eq!(said(Mood::ProtocolFails), Err(ProviderFault::Away(AwayCause::Status(500))));
    assert_eq!(number(&house(Mood::Well, ["wrong", RECORDS_TOKEN]), 7), Err(ProviderFault::Refused(401)));
}

#[test]
fn pla_06_wrong_slow_or_huge_records_are_none() {
    let said = |mood| debts(&house(mood, TOKENS));
    let unread = |cause| Err(ProviderFault::Unreadable(cause));
    assert_eq!(said(Mood::RecordsWrong), unread(UnreadCause::Form), "less than nothing is no amount");
    assert_eq!(said(Mood::RecordsMixed), unread(UnreadCause::Value));
    assert_eq!(said(Mood::RecordsHuge), unread(UnreadCause::TooLong));
    assert_eq!(said(Mood::RecordsPage), unread(UnreadCause::Form));
    assert_eq!(said(Mood::RecordsElsewhere), unread(UnreadCause::Elsewhere));
    assert_eq!(said(Mood::RecordsSilent), Err(ProviderFault::Away(AwayCause::Silent)));
    assert_eq!(said(Mood::RecordsFails), Err(ProviderFault::Away(AwayCause::Status(500))));
    assert_eq!(debts(&house(Mood::Well, [PROTOCOL_TOKEN, "wrong"])), Err(ProviderFault::Refused(401)));
}
