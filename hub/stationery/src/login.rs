//! What the forms say by which staff and agents sign in.

use acts::{Fault, sign_in::SignInRefusal};
use serde::Deserialize;
use text::Voice;
use wire::ProblemCode;

use crate::{
    challenge::{self, ChallengeView},
    problem,
    visitor::Visitor,
};

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct LoginNewsQuery {
    #[serde(default)]
    done: String,
}

impl LoginNewsQuery {
    /// In words.
    pub fn said(&self, voice: Voice) -> Option<String> {
        match self.done.as_str() {
            "password" => Some(voice.say("new-password-done")),
            "activated" => Some(voice.say("activate-done")),
            _ => None,
        }
    }
}

/// The fields that a refusal to sign in is about: both, where a name and a password do not go together.
pub fn marks<const N: usize>(code: ProblemCode, ids: [&'static str; N]) -> Vec<&'static str> {
    if code == ProblemCode::NotSignedIn { ids.to_vec() } else { Vec::new() }
}

/// Why nobody is signed in, as the form says it when it is shown again.
#[derive(Debug)]
pub struct LoginRefusal {
    /// The status of the page.
    pub code: ProblemCode,
    /// The sentence.
    pub sentence: String,
    /// What is to be solved before the next attempt.
    pub challenge: Option<ChallengeView>,
}

impl LoginRefusal {
    /// What the form says.
    ///
    /// # Errors
    /// What the form has no sentence for.
    pub fn of(visitor: &Visitor, refusal: SignInRefusal, wrong: &str) -> Result<Self, Fault> {
        let fault = match refusal {
            SignInRefusal::Challenge => match challenge::show(visitor) {
                Some(challenge) => {
                    let sentence = visitor.voice.say("login-challenge");
                    return Ok(Self { code: ProblemCode::TooManyRequests, sentence, challenge: Some(challenge) });
                }
                // A hub that shows no challenges has only time to give.
                None => ProblemCode::TooManyRequests.into(),
            },
            SignInRefusal::Fault(fault) => fault,
        };
        let sentence = match fault.code {
            ProblemCode::NotSignedIn => visitor.voice.say(wrong),
            ProblemCode::TooManyRequests | ProblemCode::Unavailable => problem::sentence(visitor, &fault),
            _ => return Err(fault),
        };
        Ok(Self { code: fault.code, sentence, challenge: None })
    }
}
