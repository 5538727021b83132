//! What stands before a mail goes out to an address that nobody has proven (OMB-03): a proof of work, which asks nothing
//! of the person, and for browsers without script letters in a picture, or the same letters spoken.
//!
//! Nothing is kept of a challenge that was only shown: it is signed, and its letters follow from its id. What was solved
//! is used up by the id, once, in the writer.

mod letters;
mod picture;
mod spoken;

use std::collections::BTreeMap;

use altcha::{Challenge, CreateChallengeOptions, Payload, VerifySolutionOptions, create_challenge, verify_solution};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

pub use letters::Letters;
pub use picture::png;
pub use spoken::wav;

use secrets::ServerKey;

/// A challenge is good for so long.
const GOOD_MINUTES: i64 = 60;
/// The keyed hash that signs, as the library wants it: text.
fn secret(key: &ServerKey) -> String {
    key.link_mac("proof-of-work", "", 0).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A new proof of work, as JSON for the page's script.
///
/// # Errors
/// If `prefix` is no hexadecimal number.
pub fn proof_of_work(key: &ServerKey, prefix: &str, now: DateTime<Utc>) -> Result<String, altcha::Error> {
    let until = (now + TimeDelta::minutes(GOOD_MINUTES)).timestamp();
    let options = CreateChallengeOptions {
        algorithm: "SHA-256".to_owned(),
        cost: 1,
        key_prefix: prefix.to_owned(),
        // The hub's clock decides, which in a rehearsal is not the machine's.
        data: Some(BTreeMap::from([("until".to_owned(), until.into())])),
        hmac_signature_secret: Some(secret(key)),
        ..Default::default()
    };
    Ok(serde_json::to_string(&create_challenge(options)?).unwrap_or_default())
}

/// What names a proof of work that was solved; `None` if it was not, is too old, or is none of ours.
pub fn solved(key: &ServerKey, answer: &str, now: DateTime<Utc>) -> Option<Uuid> {
    let challenge = verified(key, answer)?;
    (until(&challenge)? > now.timestamp()).then(|| challenge.parameters.nonce.parse().ok())?
}

/// Whether a proof of work was solved rightly, and came too late: the page waited longer than it is good.
pub fn is_late(key: &ServerKey, answer: &str, now: DateTime<Utc>) -> bool {
    verified(key, answer).and_then(|challenge| until(&challenge)).is_some_and(|until| until <= now.timestamp())
}

/// The challenge of an answer, if it is one of ours and the answer is right.
fn verified(key: &ServerKey, answer: &str) -> Option<Challenge> {
    let payload: Payload = serde_json::from_str(answer).ok()?;
    let Payload { challenge, solution } = payload;
    let is_right = key.each().any(|key| {
        let secret = secret(&key);
        let result = verify_solution(VerifySolutionOptions::new(&challenge, &solution, secret.as_str()));
        result.is_ok_and(|result| result.verified)
    });
    is_right.then_some(challenge)
}

fn until(challenge: &Challenge) -> Option<i64> {
    challenge.parameters.data.as_ref()?.get("until")?.as_i64()
}

#[cfg(test)]
mod tests {
    use altcha::{SolveChallengeOptions, solve_challenge};

    use super::*;

    fn solve(json: &str) -> String {
        let challenge: Challenge = serde_json::from_str(json).unwrap();
        let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
        serde_json::to_string(&Payload { challenge, solution }).unwrap()
    }

    #[test]
    fn omb_03_a_proof_of_work_is_checked_here() {
        let key = ServerKey::new([7; 32]);
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let answer = solve(&proof_of_work(&key, "00", now).unwrap());
        assert!(solved(&key, &answer, now).is_some());
        assert_eq!(solved(&key, &answer, now + TimeDelta::minutes(61)), None, "too old");
        assert!(is_late(&key, &answer, now + TimeDelta::minutes(61)) && !is_late(&key, &answer, now));
        assert!(!is_late(&ServerKey::new([8; 32]), &answer, now + TimeDelta::minutes(61)), "not ours");
        assert_eq!(solved(&ServerKey::new([8; 32]), &answer, now), None, "not ours");
        let mut easier: Payload = serde_json::from_str(&answer).unwrap();
        easier.challenge.parameters.key_prefix = String::new();
        assert_eq!(solved(&key, &serde_json::to_string(&easier).unwrap(), now), None, "made easier");
        let mut other: Payload = serde_json::from_str(&answer).unwrap();
        other.solution.counter += 1;
        assert_eq!(solved(&key, &serde_json::to_string(&other).unwrap(), now), None);
        for nonsense in ["", "{}", "[1]", &"{".repeat(10_000)] {
            assert_eq!(solved(&key, nonsense, now), None);
        }
    }
}
