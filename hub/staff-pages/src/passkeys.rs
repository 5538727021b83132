//! Passkeys: added at sign-in where a second factor is demanded, or by who is signed in; shown at the second step; taken away.
//! What speaks with the device is a script; every page says what to do without it.

use acts::{
    Fault,
    passkey_step::{self, PasskeyAttempt},
    passkeys::{self, NamedPasskey, PASSKEYS_MAX, PasskeyAnswer, PasskeyForm, PasskeyRefusal, PasskeyWish},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    challenge::ChallengeForm,
    form::OwnForm,
    frame::{Frame, page},
    login::LoginRefusal,
    new_password,
    problem::{WrongField, status_of},
    signed::{MemberVisitor, safe},
};
use text::Voice;
use wire::ProblemCode;

use super::{
    account::{self, done},
    cookie::add_cookie,
    login::{leads_home, leads_in},
    passkey_words::{form_id, without},
    set_up::{self, codes_page},
    step::{self, from_the_start},
    step_pass::{no_pass_cookie, pass_of},
};

#[derive(Template)]
#[template(path = "staff/passkey.html")]
struct NewPasskeyPage {
    f: Frame,
    refusal: Option<String>,
    /// As it was typed.
    name: String,
    /// What the browser is asked for, once the password was right.
    asked: Option<PasskeyForm>,
}

/// What is wrong, in words; none, where it is to be begun anew. The password is asked for in the form with this name.
fn wrong(refusal: PasskeyRefusal, voice: Voice, form: &str) -> Result<Option<WrongField>, Fault> {
    let of_name = |sentence: String| WrongField::new(sentence, "passkey-name");
    let of_page = |sentence: String| WrongField::new(sentence, "");
    Ok(Some(match refusal {
        PasskeyRefusal::NotConfirmed => WrongField::new(voice.say("confirm-wrong"), format!("own-{form}")),
        PasskeyRefusal::BadName => {
            let most = u64::try_from(passkeys::PASSKEY_NAME_CHARACTERS_MAX).unwrap_or(u64::MAX);
            of_name(voice.count("passkey-name-wrong", most))
        }
        PasskeyRefusal::HiddenInName => of_name(voice.say("text-control")),
        PasskeyRefusal::NameTaken => of_name(voice.say("passkey-name-taken")),
        PasskeyRefusal::TooMany => of_page(voice.count("passkey-too-many", u64::from(PASSKEYS_MAX))),
        PasskeyRefusal::Nowhere(why) => of_page(without(why, voice)),
        PasskeyRefusal::Wrong => of_page(voice.say("passkey-wrong")),
        PasskeyRefusal::Last => of_page(voice.say("passkey-last")),
        PasskeyRefusal::Over => return Ok(None),
        PasskeyRefusal::Fault(fault) => return Err(fault),
    }))
}

fn show_new(signed: &MemberVisitor, name: String, refusal: Option<WrongField>, asked: Option<PasskeyForm>) -> Response {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(refusal);
    let f = signed.visitor.frame().staff("account").at(Page::AccountPasskeys.to_string()).marking(marks);
    page(status, &NewPasskeyPage { f, refusal, name, asked })
}

/// Asks for a name and the password.
pub async fn new(signed: MemberVisitor) -> Response {
    match passkeys::are_possible(&signed.visitor.state.access) {
        Ok(()) => show_new(&signed, String::new(), None, None),
        Err(_) => account::back().await.into_response(),
    }
}

/// A name for a new passkey, and the password of who asks.
#[derive(Deserialize)]
pub struct NewPasskeyForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    own: String,
}

/// Shows what the browser is asked for.
pub async fn ask(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<NewPasskeyForm>,
) -> Result<Response, Fault> {
    let NewPasskeyForm { name, own } = fields;
    let (state, own) = (&visitor.state, new_password::own(&visitor, own));
    let wish = PasskeyWish { name: &name, password: own };
    match passkeys::ask_own(&state.access, &state.readers, &signed.session, wish).await {
        Ok(asked) => Ok(show_new(&signed, name, None, Some(asked))),
        Err(refusal) => Ok(show_new(&signed, name, wrong(refusal, visitor.voice, "passkey")?, None)),
    }
}

/// What a browser answered, and where it leads afterwards.
#[derive(Deserialize)]
struct PasskeyAnswerForm {
    #[serde(default)]
    note: String,
    #[serde(default)]
    answer: String,
    #[serde(default)]
    next: String,
}

impl PasskeyAnswerForm {
    /// The answer, and a page of this hub.
    fn parts(self) -> (PasskeyAnswer, String) {
        (PasskeyAnswer { note: self.note, answer: self.answer }, safe(&self.next))
    }
}

/// The same, with the name of the passkey.
#[derive(Deserialize)]
pub struct AddedPasskeyForm {
    #[serde(default)]
    name: String,
    #[serde(flatten)]
    said: PasskeyAnswerForm,
}

/// Adds it for who is signed in.
pub async fn add(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<AddedPasskeyForm>,
) -> Result<Response, Fault> {
    let AddedPasskeyForm { name, said } = fields;
    let (answer, _) = said.parts();
    let state = &visitor.state;
    let made = NamedPasskey { name: &name, answer };
    match passkeys::add_own(&state.access, &state.readers, &signed.session, made).await {
        Ok(Some(codes)) => Ok(codes_page(&visitor, &codes, "passkey-done", Page::Account.to_string())),
        Ok(None) => Ok(done("passkey")),
        Err(refusal) => {
            let over = || WrongField::new(visitor.voice.say("passkey-over"), "");
            let wrong = wrong(refusal, visitor.voice, "passkey")?.unwrap_or_else(over);
            Ok(show_new(&signed, name, Some(wrong), None))
        }
    }
}

/// Which passkey, and the password of who asks.
#[derive(Deserialize)]
pub struct DroppedPasskeyForm {
    /// As it was sent: a form's fields are texts.
    #[serde(default)]
    number: String,
    #[serde(default)]
    own: String,
}

/// Takes one away.
pub async fn drop(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<DroppedPasskeyForm>,
) -> Result<Response, Fault> {
    let DroppedPasskeyForm { number, own } = fields;
    let (own, number) = (new_password::own(&visitor, own), number.parse::<i64>().map_err(|_| ProblemCode::Malformed)?);
    match passkeys::drop_own(&visitor.state.access, &signed.session, number, own).await {
        Ok(()) | Err(PasskeyRefusal::Over) => Ok(done("passkey-dropped")),
        Err(refusal) => account::show(&signed, None, wrong(refusal, visitor.voice, &form_id(number))?, None).await,
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back_to_set_up() -> Redirect {
    Redirect::to(&Page::LoginSetUp.to_string())
}

/// Adds the first passkey at the second step, and signs in with that.
pub async fn add_at_sign_in(
    headers: HeaderMap,
    OwnForm { visitor, fields }: OwnForm<AddedPasskeyForm>,
) -> Result<Response, Fault> {
    let AddedPasskeyForm { name, said } = fields;
    let ((answer, next), access) = (said.parts(), &visitor.state.access);
    let Some(pass) = pass_of(&visitor, &headers) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let Some(account) = pass.account(access) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let made = NamedPasskey { name: &name, answer };
    match passkeys::add_at_sign_in(access, &pass, made, visitor.any_session().cloned()).await {
        Ok((begun, codes)) => {
            let shown = match codes {
                Some(codes) => codes_page(&visitor, &codes, "passkey-done", next),
                None => Redirect::to(&next).into_response(),
            };
            let mut led = leads_in(&visitor, &begun, shown);
            add_cookie(&mut led, &no_pass_cookie(visitor.state.cookies()));
            Ok(led)
        }
        Err(refusal) => match wrong(refusal, visitor.voice, "factor")? {
            Some(wrong) => set_up::show_again(&visitor, &account, next, (wrong, name)).await,
            None => Ok(from_the_start(&visitor, &headers, &next)),
        },
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back_to_step() -> Redirect {
    Redirect::to(&Page::LoginCode.to_string())
}

/// The same at the second step.
#[derive(Deserialize)]
pub struct ShownPasskeyForm {
    #[serde(flatten)]
    said: PasskeyAnswerForm,
    #[serde(flatten)]
    challenge: ChallengeForm,
}

/// Signs in with a passkey, at the second step.
pub async fn sign_in(
    headers: HeaderMap,
    OwnForm { visitor, fields }: OwnForm<ShownPasskeyForm>,
) -> Result<Response, Fault> {
    let ShownPasskeyForm { said, challenge } = fields;
    let ((answer, next), state) = (said.parts(), &visitor.state);
    let Some(pass) = pass_of(&visitor, &headers) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let Some(account) = pass.account(&state.access) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let attempt = PasskeyAttempt {
        from: visitor.from,
        browser: visitor.browser.clone(),
        challenge: challenge.solved(&visitor),
        pass,
        answer,
        earlier: visitor.any_session().cloned(),
    };
    let refusal = match passkey_step::run(&state.access, &state.readers, attempt).await {
        Ok(begun) => {
            let mut led = leads_home(&visitor, &begun, &next);
            add_cookie(&mut led, &no_pass_cookie(state.cookies()));
            return Ok(led);
        }
        Err(acts::sign_in::SignInRefusal::Fault(fault)) if fault.code == ProblemCode::SecondFactorNeeded => {
            return Ok(from_the_start(&visitor, &headers, &next));
        }
        Err(refusal) => refusal,
    };
    let LoginRefusal { code, sentence, challenge } = LoginRefusal::of(&visitor, refusal, "passkey-not-shown")?;
    step::show(&visitor, &account, (status_of(code), Some(sentence), false), next, challenge).await
}
