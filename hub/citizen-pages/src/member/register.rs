//! A citizen registers: a user name, a password, a name and an address, and nothing else (PLA-02, PET-03).

use acts::{
    ACTIVATION_HOURS, Fault,
    register::{self, LinkAgain, RegistrationRefusal, RegistrationWish},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use people::{PROFILE, Profile, address};
use serde::Deserialize;
use stationery::{
    challenge::{self, ChallengeFlaw, ChallengeView, MailChallengeForm},
    form::OwnForm,
    frame::{Frame, ok, page},
    new_password::{self, NewPasswordForm},
    problem::{self, status_of},
    visitor::{Visitor, link_limit},
};
use wire::ProblemCode;

use crate::book::address::{sent_cookie, sent_to};

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "member/register.html")]
struct RegisterPage {
    f: Frame,
    wrong: Vec<(&'static str, String)>,
    name: String,
    full_name: String,
    email: String,
    challenge: Option<ChallengeView>,
    by_letters: bool,
}

impl RegisterPage {
    /// What is wrong with a field, to stand beside it.
    fn flaw(&self, id: &str) -> Option<&str> {
        self.wrong.iter().find(|(field, _)| *field == id).map(|(_, sentence)| sentence.as_str())
    }

    /// The attributes of a field: what describes it, its own sentence first and not those of others. Ids are of our own making.
    fn mark(&self, id: &str, hint: &str) -> String {
        match (self.flaw(id), hint) {
            (Some(_), _) => {
                format!(" aria-invalid=\"true\" aria-describedby=\"{}\"", format!("{id}-wrong {hint}").trim_end())
            }
            (None, "") => String::new(),
            (None, hint) => format!(" aria-describedby=\"{hint}\""),
        }
    }
}

#[derive(Template)]
#[template(path = "member/again.html")]
struct SendAgainPage {
    f: Frame,
    refusal: Option<String>,
    email: String,
    challenge: Option<ChallengeView>,
    by_letters: bool,
}

#[derive(Template)]
#[template(path = "member/sent.html")]
struct RegisteredPage {
    f: Frame,
    hours: String,
    email: Option<String>,
}

/// Shows the form; whoever has an account and is signed in has no need of it.
pub async fn get(visitor: Visitor) -> Response {
    if visitor.member.is_some() {
        return Redirect::to(&Page::Member.to_string()).into_response();
    }
    shown(&visitor, RegisterForm::default(), Vec::new(), StatusCode::OK)
}

/// What was typed.
#[derive(Default, Deserialize)]
pub struct RegisterForm {
    #[serde(default)]
    name: String,
    #[serde(default, rename = "full-name")]
    full_name: String,
    #[serde(default)]
    email: String,
    #[serde(flatten)]
    password: NewPasswordForm,
    #[serde(flatten)]
    challenge: MailChallengeForm,
}

fn shown(visitor: &Visitor, form: RegisterForm, wrong: Vec<(&'static str, String)>, status: StatusCode) -> Response {
    let cut = |text: String| text.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    let shown = RegisterPage {
        f: visitor.frame().marking(wrong.iter().map(|(field, _)| *field)),
        wrong,
        by_letters: form.challenge.asks_letters(),
        name: cut(form.name),
        full_name: cut(form.full_name),
        email: cut(form.email),
        challenge: challenge::show(visitor),
    };
    page(status, &shown)
}

/// Keeps what was typed until the link is pressed, or says everything that is wrong with it.
pub async fn post(OwnForm { visitor, fields: mut form }: OwnForm<RegisterForm>) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut wrong: Vec<(&'static str, String)> = Vec::new();
    let mut profile = Profile::default();
    if let Err(sentence) = PROFILE[0].take(&mut profile, &form.full_name) {
        wrong.push(("full-name", voice.say(sentence)));
    }
    let email = address(&form.email).map_err(|flaw| wrong.push(("email", voice.say(flaw.sentence())))).ok();
    // A challenge is used up by an answer: it is looked at once the rest is right.
    if let (true, Some(email)) = (wrong.is_empty(), email) {
        let challenge = match form.challenge.solved(&visitor) {
            Ok(challenge) => challenge,
            Err(ChallengeFlaw { field, sentence }) => {
                let flaw = (field, voice.say(sentence));
                return Ok(shown(&visitor, form, vec![flaw], StatusCode::UNPROCESSABLE_ENTITY));
            }
        };
        let wish = RegistrationWish {
            name: form.name.clone(),
            password: std::mem::take(&mut form.password).twice(),
            profile,
            email: email.clone(),
            language: voice.0,
            challenge,
        };
        let flaw = match register::run(&state.access, (&state.offices, &state.mail), link_limit(&visitor), wish).await {
            Ok(()) => return Ok(sent_page(&visitor, &email)),
            Err(RegistrationRefusal::NameTaken) => ("name", voice.say("register-name-taken")),
            Err(RegistrationRefusal::ChallengeUsed) => ("read", voice.say("challenge-used")),
            Err(RegistrationRefusal::BadName) => ("name", voice.say("register-name-wrong")),
            Err(RegistrationRefusal::Password(refusal)) => match new_password::refusal(refusal, voice)? {
                Some(flaw) if flaw.id == "again" => ("again", flaw.sentence),
                Some(flaw) => ("password", flaw.sentence),
                None => return Err(ProblemCode::InternalError.into()),
            },
            Err(RegistrationRefusal::Fault(fault)) if fault.code == ProblemCode::TooManyRequests => {
                let flaw = ("email", problem::sentence(&visitor, &fault));
                return Ok(shown(&visitor, form, vec![flaw], status_of(fault.code)));
            }
            Err(RegistrationRefusal::Fault(fault)) => return Err(fault),
        };
        wrong.push(flaw);
    }
    Ok(shown(&visitor, form, wrong, StatusCode::UNPROCESSABLE_ENTITY))
}

/// To the page that says where the link went. The address stands in a cookie of this browser, not in its history.
fn sent_page(visitor: &Visitor, email: &str) -> Response {
    let cookie = sent_cookie(visitor, email);
    ([(header::SET_COOKIE, cookie)], Redirect::to(&Page::RegisterSent.to_string())).into_response()
}

/// Says that the link is on its way.
pub async fn sent(visitor: Visitor, headers: HeaderMap) -> Response {
    let email = sent_to(&visitor, &headers);
    ok(&RegisteredPage { f: visitor.frame(), hours: ACTIVATION_HOURS.to_string(), email })
}

fn shown_again(visitor: &Visitor, email: String, by_letters: bool, refusal: Option<(StatusCode, String)>) -> Response {
    let (status, refusal) = refusal.map_or((StatusCode::OK, None), |(status, sentence)| (status, Some(sentence)));
    let f = visitor.frame().marking(refusal.is_some().then_some("email"));
    page(status, &SendAgainPage { f, refusal, email, challenge: challenge::show(visitor), by_letters })
}

/// Asks where a link is to go once more.
pub async fn again(visitor: Visitor, headers: HeaderMap) -> Response {
    let email = sent_to(&visitor, &headers).unwrap_or_default();
    shown_again(&visitor, email, false, None)
}

/// Sends it once more.
pub async fn send_again(OwnForm { visitor, fields: form }: OwnForm<RegisterForm>) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let by_letters = form.challenge.asks_letters();
    let typed: String = form.email.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    let refused = |sentence: String| {
        Ok(shown_again(&visitor, typed.clone(), by_letters, Some((StatusCode::UNPROCESSABLE_ENTITY, sentence))))
    };
    let email = match address(&form.email) {
        Ok(email) => email,
        Err(flaw) => return refused(voice.say(flaw.sentence())),
    };
    let challenge = match form.challenge.solved(&visitor) {
        Ok(challenge) => challenge,
        Err(flaw) => return refused(voice.say(flaw.sentence)),
    };
    let wish = LinkAgain { email: email.clone(), language: voice.0, challenge };
    match register::send_again(&state.access, (&state.offices, &state.mail), link_limit(&visitor), wish).await {
        Ok(()) => Ok(sent_page(&visitor, &email)),
        Err(fault) if fault.code == ProblemCode::TooManyRequests => {
            let sentence = problem::sentence(&visitor, &fault);
            Ok(shown_again(&visitor, typed, by_letters, Some((status_of(fault.code), sentence))))
        }
        Err(fault) if fault.code == ProblemCode::CommandReused => refused(voice.say("challenge-used")),
        Err(fault) => Err(fault),
    }
}
