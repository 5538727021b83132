//! What the forms say by which staff and agents sign in.

use acts::{Fault, sign_in::SignInRefusal};
use identity::ProviderDoor;
use paths::Page;
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
            "through" => Some(voice.say("through-activated")),
            _ => None,
        }
    }
}

/// Somebody through whom one can sign in, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderButton {
    /// Who it is, as accounts are known again by it.
    pub provider: String,
    /// What stands on it.
    pub name: String,
    /// Where it leads.
    pub href: String,
}

/// All of them; `next` is the page that is shown afterwards.
pub fn buttons(visitor: &Visitor, next: &str) -> Vec<ProviderButton> {
    let button = |ProviderDoor { name, label }: ProviderDoor| {
        let provider = name.as_str();
        let href = Page::LoginWith { provider }.before(next);
        let called = label.map_or_else(|| visitor.voice.say("through-taxisnet"), |label| visitor.voice.of_text(&label));
        ProviderButton { provider: provider.to_owned(), name: called, href }
    };
    visitor.state.providers.doors().into_iter().map(button).collect()
}

/// The one of a provider, if there is one of this name.
pub fn button_of(visitor: &Visitor, provider: &str, next: &str) -> Option<ProviderButton> {
    let nth = visitor.state.providers.doors().iter().position(|door| door.name.as_str() == provider)?;
    buttons(visitor, next).into_iter().nth(nth)
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
    /// What is wrong, and what to do next.
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
            ProblemCode::NotSignedIn if fault.words.is_none() => visitor.voice.say(wrong),
            ProblemCode::NotSignedIn | ProblemCode::TooManyRequests | ProblemCode::Unavailable => {
                problem::sentence(visitor, &fault)
            }
            _ => return Err(fault),
        };
        Ok(Self { code: fault.code, sentence, challenge: None })
    }
}
