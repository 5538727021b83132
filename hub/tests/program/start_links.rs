//! A program begins a booking as the page does: a challenge is solved, and a link goes out.
//!
//! Shows OMB-02 and OMB-03.

use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};
use serde_json::{Value, json};

use crate::{
    house::ProgramHouse,
    mails::{link, mail},
};

const PATH: &str = "/api/v1/start-links";

fn offered(house: &ProgramHouse) -> Value {
    house.get("", "/api/v1/challenges").ok()
}

fn solved(offer: &Value) -> String {
    let challenge: Challenge = serde_json::from_value(offer["work"].clone()).unwrap();
    let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    serde_json::to_string(&Payload { challenge, solution }).unwrap()
}

#[test]
fn omb_03_a_program_solves_a_challenge_for_each_link() {
    let house = ProgramHouse::with_config("", "work_prefix = 1\n");
    let ask = |body: &Value| house.ask("POST", PATH, &[("accept-language", "en")], &body.to_string());
    let wish = |more: Value| {
        let mut body =
            json!({ "email": "maria@example.org", "office": "kep", "service": "driving-licence", "language": "en" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let offer = offered(&house);
    assert_eq!(offer["required"], true);
    // Without an answer, with a wrong one, with one to another challenge: nothing goes out.
    let letters = offer["letters"]["token"].as_str().unwrap();
    let easier = solved(&offer).replace("\"keyPrefix\":\"0\"", "\"keyPrefix\":\"\"");
    for more in [
        json!({}),
        json!({ "work": "nonsense" }),
        json!({ "work": easier }),
        json!({ "letters": letters, "read": "AAAAA" }),
        json!({ "letters": "made-up-token", "read": "AAAAA" }),
    ] {
        let refused = ask(&wish(more.clone()));
        assert_eq!((refused.status, refused.code().as_str()), (400, "malformed"), "{more}");
        assert!(refused.json()["title"].as_str().unwrap().ends_with("challenge"), "{refused:?}");
        assert!(refused.json()["detail"].as_str().unwrap().contains("characters"), "{refused:?}");
    }
    let wrong = ask(&json!({ "email": "maria", "work": solved(&offer) }));
    assert!(wrong.json()["title"].as_str().unwrap().ends_with("email"), "{wrong:?}");
    let work = solved(&offer);
    assert_eq!(ask(&wish(json!({ "work": work }))).ok()["minutes"], 60);
    let letter = mail(&house, "start");
    assert!(letter.contains("driving-licence"), "what was chosen stands in the link: {letter}");
    assert_eq!(house.get("", &link(&letter, "/book/start/")).status, 200);
    // The same again has the first one's answer, and each is good for one wish.
    assert_eq!(ask(&wish(json!({ "work": work }))).ok()["minutes"], 60);
    let mut other = wish(json!({ "work": work }));
    other["email"] = json!("olga@example.org");
    let again = ask(&other);
    assert_eq!((again.status, again.code().as_str()), (409, "command-reused"));
    assert!(again.json()["detail"].as_str().unwrap().contains("already used"), "{again:?}");
    // The limits are those of the page: an address has five at once.
    let sent = (0..8).map(|_| ask(&wish(json!({ "work": solved(&offered(&house)) }))).status);
    let statuses: Vec<u16> = sent.collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 4, "{statuses:?}");
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn omb_03_letters_are_seen_and_heard_through_the_api_and_guessed_a_few_times_alone() {
    let house = ProgramHouse::new();
    let offer = offered(&house);
    let head = |path: &Value| {
        let path = path.as_str().unwrap().to_owned();
        let url = format!("http://{}{path}", house.address);
        let mut answer = ureq::get(&url).call().unwrap();
        (answer.headers()["content-type"].to_str().unwrap().to_owned(), answer.body_mut().read_to_vec().unwrap())
    };
    let (kind, picture) = head(&offer["letters"]["picture"]);
    assert!(kind == "image/png" && picture.starts_with(b"\x89PNG"), "{kind}");
    let (kind, sound) = head(&offer["letters"]["sound"]);
    assert!(kind == "audio/wav" && sound.starts_with(b"RIFF"), "{kind}");
    assert_eq!(house.get("", "/api/v1/challenges/made-up.png").code(), "not-found");
    for body in ["StartLinkRequest", "ChallengeOffer", "LettersOffer", "StartLinkAnswer"] {
        let api = house.get("", "/api/openapi.json").ok();
        assert!(api["components"]["schemas"][body].is_object(), "{body} is not described");
    }
}

#[test]
fn omb_03_where_the_hub_asks_for_no_challenge_a_program_is_told_so() {
    let house = ProgramHouse::with_config("", "challenge = false\n");
    let offer = offered(&house);
    assert_eq!(offer, json!({ "required": false, "work": null, "letters": null }));
    house.ask("POST", PATH, &[], &json!({ "email": "maria@example.org" }).to_string()).ok();
    mail(&house, "start");
}
