//! The register of staff against the look-alike.

use identity::{
    AwayCause, ProviderFault, RegisterConfig, RegisterQuestion, RegisterVerdict, StaffRegister, provider_crew,
};
use lookalike::{Lookalike, Mood, REGISTER_TOKEN};

use crate::{folder, wait};

fn ask(mood: Mood, token: &str, tax_number: &str) -> (RegisterVerdict, String, Option<ProviderFault>, Lookalike) {
    let (lookalike, address) = lookalike::start().unwrap();
    lookalike.feels(mood);
    let folder = folder(&[("token", token)]);
    let text = format!(
        "url = \"http://{address}/register\"\nsecret_file = {:?}\nunit = \"Γραφείο Α\"\nreason = \"ΥΑ \
         123/2026\"\ntimeout_seconds = 1\n",
        folder.path().join("token")
    );
    let config: RegisterConfig = toml::from_str(&text).unwrap();
    config.check().unwrap();
    let register = StaffRegister::new(&config, &provider_crew()).unwrap();
    let question = RegisterQuestion {
        transaction: uuid::Uuid::from_u128(7),
        end_user: "account 17".to_owned(),
        tax_number: tax_number.to_owned(),
    };
    let (answer, fault) = wait(register.ask(question, "2026-11-24T08:00:00Z".parse().unwrap()));
    (answer.verdict, answer.ask_again_at.format("%m-%d %H").to_string(), fault, lookalike)
}

#[test]
fn pre_03_it_says_yes_no_or_later_and_is_told_who_asks_and_why() {
    let (verdict, again, fault, lookalike) = ask(Mood::Well, REGISTER_TOKEN, "068933130");
    assert_eq!((verdict, again.as_str(), fault), (RegisterVerdict::Yes, "12-24 08", None));
    let asked: serde_json::Value = serde_json::from_str(&lookalike.asked()[0].body).unwrap();
    let wanted = serde_json::json!({
        "audit": {
            "transaction": "00000000-0000-0000-0000-000000000007", "reason": "ΥΑ 123/2026", "unit": "Γραφείο Α",
            "end_user": "account 17",
        },
        "tax_number": "068933130",
    });
    assert_eq!(asked, wanted);
    let said = |tax_number| {
        let (verdict, again, fault, _) = ask(Mood::Well, REGISTER_TOKEN, tax_number);
        (verdict, again, fault)
    };
    assert_eq!(said("660074100"), (RegisterVerdict::No, "12-24 08".to_owned(), None));
    assert_eq!(said("731385437"), (RegisterVerdict::Later, "12-01 00".to_owned(), None));
}

#[test]
fn pre_03_a_register_that_is_away_is_asked_again_and_nothing_follows() {
    let later = |mood, token| {
        let (verdict, again, fault, _) = ask(mood, token, "068933130");
        assert_eq!((verdict, again.as_str()), (RegisterVerdict::Later, "11-24 09"), "{mood:?}");
        fault
    };
    assert_eq!(later(Mood::RegisterFails, REGISTER_TOKEN), Some(ProviderFault::Away(AwayCause::Status(500))));
    assert_eq!(later(Mood::RegisterSilent, REGISTER_TOKEN), Some(ProviderFault::Away(AwayCause::Silent)));
    assert_eq!(later(Mood::Well, "wrong"), Some(ProviderFault::Refused(401)));
    assert_eq!(later(Mood::RegisterPage, REGISTER_TOKEN), None);
}
