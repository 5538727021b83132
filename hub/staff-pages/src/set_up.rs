//! An authenticator app is set up: at sign-in where one is demanded, or by who is signed in. Then the recovery codes are shown,
//! once.

use access::RecoveryCodes;
use acts::{
    Fault, own_account,
    passkeys::{PasskeyForm, PasskeyRefusal, ask_at_sign_in},
    set_up_factor::{self, FactorDraft, FactorRefusal, FirstCode},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, ok, page},
    new_password,
    problem::WrongField,
    signed::{MemberVisitor, safe},
    visitor::Visitor,
};
use store::Account;
use wire::ProblemCode;

use super::{
    cookie::add_cookie,
    login::leads_in,
    step::{StepQuery, from_the_start},
    step_pass::{no_pass_cookie, pass_of},
};

#[derive(Template)]
#[template(path = "staff/set_up.html")]
struct SetUpPage {
    f: Frame,
    refusal: Option<String>,
    shown: ShownSecret,
    action: String,
    next: String,
    /// Where whoever need not goes back to.
    back: Option<String>,
    /// A passkey instead, at sign-in.
    asked: Option<PasskeyForm>,
    /// As it was called.
    passkey: String,
}

/// A secret as the page shows it.
struct ShownSecret {
    qr: String,
    typed: String,
    draft: String,
}

impl ShownSecret {
    fn of(visitor: &Visitor, account: &Account, carried: Option<&str>) -> Self {
        let issuer = visitor.frame().site;
        let FactorDraft { typed, address, draft } = FactorDraft::of(&visitor.state.access, account, &issuer, carried);
        let fours = typed.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned());
        Self { qr: post::qr_svg(&address).unwrap_or_default(), typed: fours.collect::<Vec<_>>().join(" "), draft }
    }
}

#[derive(Template)]
#[template(path = "staff/codes.html")]
struct CodesPage {
    f: Frame,
    done: Option<String>,
    codes: Vec<String>,
    next: String,
}

/// The recovery codes, with what was done before.
pub fn codes_page(visitor: &Visitor, codes: &RecoveryCodes, done: &str, next: String) -> Response {
    let f = visitor.frame().staff("account").at(next.clone());
    ok(&CodesPage { f, done: Some(visitor.voice.say(done)), codes: codes.shown(), next })
}

/// The first code of an app, as it was typed.
#[derive(Deserialize)]
pub struct SetUpForm {
    #[serde(default)]
    draft: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    own: String,
}

/// What is wrong, in words; none, where it is to be begun anew.
fn wrong(visitor: &Visitor, refusal: FactorRefusal) -> Result<Option<WrongField>, Fault> {
    let said = |sentence: &str, id: &str| Ok(Some(WrongField::new(visitor.voice.say(sentence), id)));
    match refusal {
        FactorRefusal::NotConfirmed => said("confirm-wrong", "own-factor"),
        FactorRefusal::WrongCode => said("factor-code-wrong", "code"),
        FactorRefusal::Over => Ok(None),
        FactorRefusal::Fault(fault) => Err(fault),
    }
}

/// What is asked at sign-in of who has to have a second factor; none, where this hub can have none.
async fn first(visitor: &Visitor, account: &Account) -> Result<Option<PasskeyForm>, Fault> {
    match ask_at_sign_in(&visitor.state.access, &visitor.state.readers, account).await {
        Ok(asked) => Ok(Some(asked)),
        Err(PasskeyRefusal::Fault(fault)) => Err(fault),
        Err(
            PasskeyRefusal::NotConfirmed
            | PasskeyRefusal::BadName
            | PasskeyRefusal::HiddenInName
            | PasskeyRefusal::NameTaken
            | PasskeyRefusal::TooMany
            | PasskeyRefusal::Nowhere(_)
            | PasskeyRefusal::Wrong
            | PasskeyRefusal::Over
            | PasskeyRefusal::Last,
        ) => Ok(None),
    }
}

/// The page anew, after a passkey that was not taken: what is wrong, and how it was called.
pub async fn show_again(
    visitor: &Visitor,
    account: &Account,
    next: String,
    (wrong, passkey): (WrongField, String),
) -> Result<Response, Fault> {
    let shown = ShownSecret::of(visitor, account, None);
    let (action, asked) = (Page::LoginSetUp.to_string(), first(visitor, account).await?);
    let (refusal, marks) = WrongField::parts(Some(wrong));
    let f = visitor.frame().at(Page::LoginSetUp.asking(format_args!("next={next}"))).marking(marks);
    let set_up = SetUpPage { f, refusal, shown, action, next, back: None, asked, passkey };
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &set_up))
}

async fn show_at_sign_in(
    visitor: &Visitor,
    account: &Account,
    next: String,
    wrong: Option<(WrongField, String)>,
) -> Result<Response, Fault> {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (wrong, carried) = wrong.unzip();
    let (refusal, marks) = WrongField::parts(wrong);
    let shown = ShownSecret::of(visitor, account, carried.as_deref());
    let (action, asked) = (Page::LoginSetUp.to_string(), first(visitor, account).await?);
    let (back, passkey, f) = (None, String::new(), visitor.frame().marking(marks));
    Ok(page(status, &SetUpPage { f, refusal, shown, action, next, back, asked, passkey }))
}

/// Shows the secret to who has typed the right password and has to set one up.
pub async fn at_sign_in(
    visitor: Visitor,
    headers: HeaderMap,
    PageQuery(query): PageQuery<StepQuery>,
) -> Result<Response, Fault> {
    let next = safe(&query.next);
    let account = pass_of(&visitor, &headers).and_then(|pass| pass.account(&visitor.state.access));
    match account.filter(|account| !account.has_factor()) {
        Some(account) => show_at_sign_in(&visitor, &account, next, None).await,
        None => Ok(from_the_start(&visitor, &headers, &next)),
    }
}

/// Sets it up, and signs in.
pub async fn set_at_sign_in(
    headers: HeaderMap,
    OwnForm { visitor, fields }: OwnForm<SetUpForm>,
) -> Result<Response, Fault> {
    let SetUpForm { draft, code, next, .. } = fields;
    let (next, access) = (safe(&next), &visitor.state.access);
    let Some(pass) = pass_of(&visitor, &headers) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let Some(account) = pass.account(access) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let first = FirstCode { draft: draft.clone(), code };
    match set_up_factor::at_sign_in(access, &pass, first, visitor.any_session().cloned()).await {
        Ok((begun, codes)) => {
            let mut led = leads_in(&visitor, &begun, codes_page(&visitor, &codes, "factor-done", next));
            add_cookie(&mut led, &no_pass_cookie(visitor.state.cookies()));
            Ok(led)
        }
        Err(refusal) => match wrong(&visitor, refusal)? {
            Some(wrong) => show_at_sign_in(&visitor, &account, next, Some((wrong, draft))).await,
            None => Ok(from_the_start(&visitor, &headers, &next)),
        },
    }
}

fn show_own(signed: &MemberVisitor, wrong: Option<(WrongField, String)>) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let account = own_account(&visitor.state.access, &signed.session).ok_or(ProblemCode::NotSignedIn)?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (wrong, carried) = wrong.unzip();
    let (refusal, marks) = WrongField::parts(wrong);
    let shown = ShownSecret::of(visitor, &account, carried.as_deref());
    let (action, back) = (Page::AccountFactor.to_string(), Some(Page::Account.to_string()));
    let f = visitor.frame().staff("account").marking(marks);
    let (next, asked, passkey) = (String::new(), None, String::new());
    Ok(page(status, &SetUpPage { f, refusal, shown, action, next, back, asked, passkey }))
}

/// Shows a secret to who is signed in.
pub async fn own(signed: MemberVisitor) -> Result<Response, Fault> {
    show_own(&signed, None)
}

/// Sets it up for who is signed in.
pub async fn set_own(
    signed: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<SetUpForm>,
) -> Result<Response, Fault> {
    let SetUpForm { draft, code, own, .. } = fields;
    let first = FirstCode { draft: draft.clone(), code };
    let password = new_password::own(&visitor, own);
    match set_up_factor::own(&visitor.state.access, &signed.session, password, first).await {
        Ok(codes) => Ok(codes_page(&visitor, &codes, "factor-done", Page::Account.to_string())),
        Err(refusal) => match wrong(&visitor, refusal)? {
            Some(wrong) => show_own(&signed, Some((wrong, draft))),
            None => show_own(&signed, Some((WrongField::new(visitor.voice.say("factor-over"), ""), String::new()))),
        },
    }
}
