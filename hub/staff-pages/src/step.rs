//! The second step of signing in: a passkey, the code of the app, or a recovery code.

use access::SessionWay;
use acts::{
    Fault, StepEnd, passkey_step,
    passkeys::PasskeyForm,
    second_step::{self, StepAttempt},
    sign_in::SignInRefusal,
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    challenge::{ChallengeForm, ChallengeView},
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, page},
    login::LoginRefusal,
    problem::status_of,
    signed::safe,
    visitor::Visitor,
};
use store::Account;
use wire::ProblemCode;

use super::{
    cookie::add_cookie,
    login::leads_home,
    step_pass::{no_pass_cookie, pass_of},
};

#[derive(Template)]
#[template(path = "staff/step.html")]
struct StepPage {
    f: Frame,
    refusal: Option<String>,
    next: String,
    /// Whether there is an app.
    has_app: bool,
    /// What the browser is asked for, where there are passkeys.
    asked: Option<PasskeyForm>,
    challenge: Option<ChallengeView>,
}

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct StepQuery {
    /// The page.
    #[serde(default)]
    pub next: String,
}

/// Back to the first step, which says why.
pub fn from_the_start(visitor: &Visitor, headers: &HeaderMap, next: &str) -> Response {
    let end = pass_of(visitor, headers).map_or(StepEnd::Late, |pass| pass.end(&visitor.state.access));
    Redirect::to(&Page::Login.asking(format_args!("next={next}&why={}", end.name()))).into_response()
}

/// Shows the form.
pub async fn get(
    visitor: Visitor,
    headers: HeaderMap,
    PageQuery(query): PageQuery<StepQuery>,
) -> Result<Response, Fault> {
    let next = safe(&query.next);
    let account = pass_of(&visitor, &headers).and_then(|pass| pass.account(&visitor.state.access));
    match account.filter(|account| visitor.state.access.sign_in.asks(account)) {
        Some(account) => show(&visitor, &account, (StatusCode::OK, None, false), next, None).await,
        None => Ok(from_the_start(&visitor, &headers, &next)),
    }
}

/// The page, with another question each time.
pub async fn show(
    visitor: &Visitor,
    account: &Account,
    (status, refusal, code_wrong): (StatusCode, Option<String>, bool),
    next: String,
    challenge: Option<ChallengeView>,
) -> Result<Response, Fault> {
    let asked = passkey_step::ask(&visitor.state.access, &visitor.state.readers, account).await?;
    let f = visitor.frame().at(Page::LoginCode.asking(format_args!("next={next}")));
    let f = f.marking(code_wrong.then_some("code"));
    Ok(page(status, &StepPage { f, refusal, next, has_app: account.factor.is_some(), asked, challenge }))
}

/// A code, as it was typed.
#[derive(Deserialize)]
pub struct StepForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
    #[serde(flatten)]
    challenge: ChallengeForm,
}

/// Signs in.
pub async fn post(headers: HeaderMap, OwnForm { visitor, fields }: OwnForm<StepForm>) -> Result<Response, Fault> {
    let StepForm { code, next, challenge } = fields;
    let next = safe(&next);
    let Some(pass) = pass_of(&visitor, &headers) else { return Ok(from_the_start(&visitor, &headers, &next)) };
    let Some(account) = pass.account(&visitor.state.access) else {
        return Ok(from_the_start(&visitor, &headers, &next));
    };
    let attempt = StepAttempt {
        from: visitor.from,
        browser: visitor.browser.clone(),
        challenge: challenge.solved(&visitor),
        pass,
        code,
        earlier: visitor.any_session().cloned(),
        way: SessionWay::Page,
    };
    let refusal = match second_step::run(&visitor.state.access, attempt).await {
        Ok(begun) => {
            let mut led = leads_home(&visitor, &begun, &next);
            add_cookie(&mut led, &no_pass_cookie(visitor.state.cookies()));
            return Ok(led);
        }
        Err(SignInRefusal::Fault(fault)) if fault.code == ProblemCode::SecondFactorNeeded => {
            return Ok(from_the_start(&visitor, &headers, &next));
        }
        Err(refusal) => refusal,
    };
    let wrong = if account.factor.is_some() { "step-wrong" } else { "step-recovery-wrong" };
    let LoginRefusal { code, sentence, challenge } = LoginRefusal::of(&visitor, refusal, wrong)?;
    show(&visitor, &account, (status_of(code), Some(sentence), true), next, challenge).await
}
