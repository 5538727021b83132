//! At the desk: a citizen's account is found, and certified or not (PLA-04, PET-05). Nothing is scanned; of the paper its kind
//! and the last three characters of its number are kept.

use std::collections::BTreeSet;

use acts::{
    Fault,
    levels::{
        LevelRefusal, StandingView,
        certify::{self, Certification, CertifyOutcome, Finding, Revocation},
        find::{self, AccountAtOffice},
    },
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, PaperKind, Proof};
use paths::Page;
use people::PROFILE;
use serde::Deserialize;
use stationery::{
    account_history::history,
    action::chosen,
    extract::{PagePath, PageQuery},
    field_choices,
    form::OwnForm,
    frame::{Frame, ok, page},
    next_step::proof_name,
    problem::WrongField,
    signed::StaffVisitor,
    visitor::Visitor,
};
use vocabulary::Level;
use wire::ProblemCode;

use crate::account_search::{AccountSearchForm, SearchBox};

#[derive(Template)]
#[template(path = "staff/certify.html")]
struct CertifyPage {
    f: Frame,
    search: SearchBox,
    /// Where accounts are looked after.
    citizens: String,
}

fn found_page(visitor: &Visitor, key: &str, search: SearchBox) -> Response {
    let citizens = Page::Citizens { office: key }.to_string();
    ok(&CertifyPage { f: visitor.frame().staff("house"), search, citizens })
}

/// Asks for whom to look.
pub async fn get(signed: StaffVisitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let search = SearchBox::empty(&signed, &key, Page::Certify { office: &key }).await?;
    Ok(found_page(&signed.visitor, &key, search))
}

/// Looks for an account.
pub async fn look(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<AccountSearchForm>,
) -> Result<Response, Fault> {
    let own = |account| Page::CertifyOne { office: &key, account };
    let search = SearchBox::looked(&signed, &key, Page::Certify { office: &key }, (fields, own)).await?;
    Ok(found_page(&visitor, &key, search))
}

#[derive(Template)]
#[template(path = "staff/certify_one.html")]
struct CertifyOnePage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    back: String,
    action: String,
    revoke: String,
    name: String,
    user: String,
    is_b: bool,
    wished: bool,
    awaits_second: bool,
    may_certify: bool,
    may_revoke: bool,
    lines: Vec<(String, String)>,
    proofs: Vec<ProofBox>,
    paper: String,
    last_three: String,
    moment: String,
    /// The mark of the details as they stand on this page.
    seen: String,
    history: Vec<String>,
    reason: String,
}

/// Something that must be shown, as a box to tick.
struct ProofBox {
    name: &'static str,
    label: String,
    checked: bool,
}

field_choices! {
    /// Which of the form's two buttons was pressed.
    CertifyChoice {
        /// Everything is there.
        Certify = "certify",
        /// Something is missing.
        Missing = "missing",
    }
}

/// What the clerk found, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub struct CertifyForm {
    #[serde(default)]
    paper: String,
    #[serde(default, rename = "last-three")]
    last_three: String,
    #[serde(default, rename = "proof-tax-number")]
    tax_number: String,
    #[serde(default, rename = "proof-tax-office")]
    tax_office: String,
    #[serde(default, rename = "proof-address")]
    address: String,
    /// The moment of the office at which the page was shown.
    #[serde(default)]
    moment: String,
    /// The mark of the details that the page showed.
    #[serde(default)]
    seen: String,
    /// The name of a [`CertifyChoice`].
    #[serde(default)]
    finding: String,
}

impl CertifyForm {
    fn has(&self, proof: Proof) -> bool {
        let ticked = match proof {
            Proof::TaxNumber => &self.tax_number,
            Proof::TaxOffice => &self.tax_office,
            Proof::Address => &self.address,
        };
        !ticked.is_empty()
    }

    fn moment(&self) -> Option<u64> {
        self.moment.parse::<u64>().ok()
    }

    fn proofs(&self) -> BTreeSet<Proof> {
        Proof::ALL.into_iter().filter(|proof| self.has(*proof)).collect()
    }

    /// What the clerk pressed, and which paper was shown; what is neither is refused, so that nobody is certified by nonsense.
    fn pressed(&self) -> Result<(CertifyChoice, Option<PaperKind>), ProblemCode> {
        Ok((self.finding.parse::<CertifyChoice>()?, chosen(&self.paper)?))
    }
}

/// What the page says beside what it always says.
#[derive(Default)]
struct CertifyNote {
    wrong: Option<WrongField>,
    typed: CertifyForm,
    reason: String,
    done: Option<String>,
}

async fn shown(signed: &StaffVisitor, key: &str, account: u32, note: CertifyNote) -> Result<Response, Fault> {
    let (visitor, handle) = (&signed.visitor, signed.office(key)?);
    let (state, voice) = (&visitor.state, visitor.voice);
    let room = state.level_room();
    let whose = AccountAtOffice { office: handle, account: AccountId(account) };
    let view = find::one(room, &state.access, &signed.session, whose).await?;
    let StandingView { user, profile, standing, level, events, words, may_certify, may_revoke, .. } = view;
    let dates = visitor.dates_of_hub();
    let CertifyNote { wrong, typed, reason, done } = note;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let lines = PROFILE.iter().map(|row| (voice.say(&format!("profile-{}", row.input)), row.readable(&profile)));
    let asked = state.body.certification.as_ref().map(|rules| rules.shown.clone()).unwrap_or_default();
    let boxed = |proof: &Proof| ProofBox {
        name: proof_name(*proof),
        label: voice.say(proof_name(*proof)),
        checked: typed.has(*proof),
    };
    let history = history(&events, &words, dates);
    let one = CertifyOnePage {
        f: visitor.frame().staff("house").marking(marks),
        refusal,
        done,
        back: Page::Certify { office: key }.to_string(),
        action: Page::CertifyOne { office: key, account }.to_string(),
        revoke: Page::CertifyRevoke { office: key, account }.to_string(),
        name: profile.name.clone(),
        user,
        is_b: level == Level::B,
        wished: standing.wished_at.is_some(),
        awaits_second: standing.first_look.is_some(),
        may_certify,
        may_revoke,
        lines: lines.collect(),
        proofs: asked.iter().map(boxed).collect(),
        paper: typed.paper.clone(),
        last_three: typed.last_three.chars().take(12).collect(),
        moment: typed.moment().unwrap_or_else(|| handle.seq()).to_string(),
        seen: certify::mark_of(&profile),
        history,
        reason,
    };
    Ok(page(status, &one))
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct CertifyOneQuery {
    #[serde(default)]
    done: String,
}

/// Shows an account.
pub async fn one(
    signed: StaffVisitor,
    PagePath((key, account)): PagePath<(String, u32)>,
    PageQuery(query): PageQuery<CertifyOneQuery>,
) -> Result<Response, Fault> {
    let done = match query.done.as_str() {
        "certified" => Some("certify-done"),
        "looked" => Some("certify-done-first"),
        "missing" => Some("certify-missing-done"),
        "revoked" => Some("certify-revoked"),
        _ => None,
    };
    let done = done.map(|id| signed.visitor.voice.say(id));
    shown(&signed, &key, account, CertifyNote { done, ..CertifyNote::default() }).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, account)): PagePath<(String, u32)>) -> Redirect {
    Redirect::to(&Page::CertifyOne { office: &key, account }.to_string())
}

fn led(key: &str, account: u32, done: &str) -> Response {
    let page = Page::CertifyOne { office: key, account }.asking(format_args!("done={done}"));
    Redirect::to(&page).into_response()
}

/// Certifies, or says what is missing.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, account)): PagePath<(String, u32)>,
    OwnForm { visitor, fields }: OwnForm<CertifyForm>,
) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let (handle, pressed) = (signed.office(&key)?, fields.pressed()?);
    let finding = match pressed {
        (CertifyChoice::Certify, Some(paper)) => {
            Finding::Certified { paper, last_three: fields.last_three.clone(), proofs: fields.proofs() }
        }
        (CertifyChoice::Certify, None) => {
            let wrong = WrongField::new(voice.say("certify-paper-missing"), "paper-identity-card");
            let note = CertifyNote { wrong: Some(wrong), typed: fields, ..CertifyNote::default() };
            return shown(&signed, &key, account, note).await;
        }
        (CertifyChoice::Missing, paper) => Finding::Missing { no_paper: paper.is_none(), shown: fields.proofs() },
    };
    let (moment, seen) = (fields.moment(), fields.seen.clone());
    let wish = Certification { account: AccountId(account), moment, finding, seen };
    let refusal = match certify::run(state.level_room(), &state.mail, &signed.session, handle, wish).await {
        Ok(CertifyOutcome::Certified) => return Ok(led(&key, account, "certified")),
        Ok(CertifyOutcome::LookedFirst) => return Ok(led(&key, account, "looked")),
        Ok(CertifyOutcome::ToldMissing) => return Ok(led(&key, account, "missing")),
        Err(LevelRefusal::Fault(fault)) => return Err(fault),
        Err(refusal) => refusal,
    };
    let id = if refusal == LevelRefusal::LastThree { "last-three" } else { "" };
    let wrong = refusal.sentence().map(|sentence| WrongField::new(voice.say(sentence), id));
    shown(&signed, &key, account, CertifyNote { wrong, typed: fields, ..CertifyNote::default() }).await
}

/// Why it is taken back.
#[derive(Deserialize)]
pub struct RevokeForm {
    #[serde(default)]
    reason: String,
}

/// Takes a certification back.
pub async fn revoke(
    signed: StaffVisitor,
    PagePath((key, account)): PagePath<(String, u32)>,
    OwnForm { visitor, fields }: OwnForm<RevokeForm>,
) -> Result<Response, Fault> {
    let (state, handle) = (&visitor.state, signed.office(&key)?);
    let revocation = Revocation { account: AccountId(account), reason: &fields.reason };
    match certify::revoke(state.level_room(), &state.mail, &signed.session, handle, revocation).await {
        Ok(()) => Ok(led(&key, account, "revoked")),
        Err(LevelRefusal::Fault(fault)) => Err(fault),
        Err(refusal) => {
            let wrong = refusal.sentence().map(|id| WrongField::new(visitor.voice.say(id), "reason"));
            shown(&signed, &key, account, CertifyNote { wrong, reason: fields.reason, ..CertifyNote::default() }).await
        }
    }
}
