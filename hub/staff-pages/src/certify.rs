//! At the desk: a citizen's account is found, and certified or not (PLA-04, PET-05). Nothing is scanned; of the paper its kind
//! and the last three characters of its number are kept.

use std::collections::BTreeSet;

use acts::{
    Fault,
    levels::{
        LevelRefusal, StandingView,
        certify::{self, Certification, CertifyOutcome, Finding},
        find::{self, FoundAccount},
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
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, ok, page},
    problem::WrongField,
    signed::StaffVisitor,
};
use vocabulary::Level;

/// What is far too long is not sent back whole.
const WANTED_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "staff/certify.html")]
struct CertifyPage {
    f: Frame,
    action: String,
    /// Where accounts are looked after.
    citizens: String,
    wanted: String,
    found: Vec<FoundLine>,
    /// Whether somebody was looked for.
    looked: bool,
}

/// An account that was found.
struct FoundLine {
    name: String,
    user: String,
    href: String,
}

/// Whom the clerk looks for; it is personal, and stands in no address.
#[derive(Debug, Default, Deserialize)]
pub struct FindForm {
    #[serde(default)]
    q: String,
}

/// Asks for whom to look.
pub async fn get(signed: StaffVisitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let (f, action) = (signed.visitor.frame().staff("house"), Page::Certify { office: &key }.to_string());
    let state = &signed.visitor.state;
    find::may_look(state.level_room(), &signed.session, signed.office(&key)?).await?;
    Ok(ok(&CertifyPage {
        f,
        action,
        citizens: Page::Citizens { office: &key }.to_string(),
        wanted: String::new(),
        found: Vec::new(),
        looked: false,
    }))
}

/// Looks for an account.
pub async fn look(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<FindForm>,
) -> Result<Response, Fault> {
    let (handle, wanted) = (signed.office(&key)?, fields.q);
    let state = &visitor.state;
    let found: Vec<FoundAccount> =
        find::run(state.level_room(), &state.access, &signed.session, (handle, &wanted)).await?;
    let line = |one: FoundAccount| FoundLine {
        href: Page::CertifyOne { office: &key, account: one.account.0 }.to_string(),
        name: one.name,
        user: one.user,
    };
    let found = found.into_iter().map(line).collect();
    let action = Page::Certify { office: &key }.to_string();
    let wanted = wanted.chars().take(WANTED_CHARACTERS_MAX).collect();
    let citizens = Page::Citizens { office: &key }.to_string();
    Ok(ok(&CertifyPage { f: visitor.frame().staff("house"), action, citizens, wanted, found, looked: true }))
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

/// The name of a proof in forms.
const fn input(proof: Proof) -> &'static str {
    match proof {
        Proof::TaxNumber => "proof-tax-number",
        Proof::TaxOffice => "proof-tax-office",
        Proof::Address => "proof-address",
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
    /// `certify`, or `missing`.
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

    fn paper(&self) -> Option<PaperKind> {
        paper_of(&self.paper)
    }
}

/// The paper that a form names.
pub fn paper_of(name: &str) -> Option<PaperKind> {
    match name {
        "identity-card" => Some(PaperKind::IdentityCard),
        "passport" => Some(PaperKind::Passport),
        _ => None,
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
    let view = find::one(room, &state.access, &signed.session, (handle, AccountId(account))).await?;
    let StandingView { user, profile, standing, level, events, words, may_certify, may_revoke, .. } = view;
    let dates = visitor.dates_of_hub();
    let CertifyNote { wrong, typed, reason, done } = note;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let lines = PROFILE.iter().map(|row| (voice.say(&format!("profile-{}", row.input)), row.readable(&profile)));
    let asked = state.body.certification.as_ref().map(|rules| rules.shown.clone()).unwrap_or_default();
    let boxed =
        |proof: &Proof| ProofBox { name: input(*proof), label: voice.say(input(*proof)), checked: typed.has(*proof) };
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
        may_revoke: may_revoke && (level == Level::B || standing.first_look.is_some()),
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
    let certifies = fields.finding != "missing";
    let asked = state.body.certification.as_ref().map(|rules| rules.shown.clone()).unwrap_or_default();
    let finding = match (certifies, fields.paper()) {
        (true, Some(paper)) => {
            Finding::Certified { paper, last_three: fields.last_three.clone(), proofs: fields.proofs() }
        }
        (true, None) => {
            let wrong = WrongField::new(voice.say("certify-paper-missing"), "paper-identity-card");
            let note = CertifyNote { wrong: Some(wrong), typed: fields, ..CertifyNote::default() };
            return shown(&signed, &key, account, note).await;
        }
        (false, paper) => {
            let missing = asked.difference(&fields.proofs()).copied().collect();
            Finding::Missing { no_paper: paper.is_none(), proofs: missing }
        }
    };
    let (moment, seen) = (fields.moment().unwrap_or(u64::MAX), fields.seen.clone());
    let wish = Certification { account: AccountId(account), moment, finding, seen };
    let refusal = match certify::run(state.level_room(), &signed.session, signed.office(&key)?, wish).await {
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
    let room = visitor.state.level_room();
    match certify::revoke(room, &signed.session, (AccountId(account), &fields.reason)).await {
        Ok(()) => Ok(led(&key, account, "revoked")),
        Err(LevelRefusal::Fault(fault)) => Err(fault),
        Err(refusal) => {
            let wrong = refusal.sentence().map(|id| WrongField::new(visitor.voice.say(id), "reason"));
            shown(&signed, &key, account, CertifyNote { wrong, reason: fields.reason, ..CertifyNote::default() }).await
        }
    }
}
