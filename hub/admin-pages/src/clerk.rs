//! One account of staff: another invitation, its address, its second step, or the end of the account.

use std::collections::BTreeMap;

use acts::{
    AccountRefusal, Fault,
    change_address::{self, AddressWish},
    change_grants, drop_factor as drop_factor_act,
    invite_account::{self, AccountInvitation},
    invite_agent::INVITATION_DAYS,
    open_account_of, shut_account,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{Grant, GrantScope, OfficeId, Role};
use paths::Page;
use stationery::{
    account::{ConfirmedForm, OwnAddressForm, address_said, role, wrong},
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    new_password,
    problem::WrongField,
    signed::StaffVisitor,
    visitor::link_limit,
};
use text::Voice;

#[derive(Template)]
#[template(path = "admin/clerk.html")]
struct ClerkPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    /// The link that is to be handed over.
    link: Option<String>,
    days: String,
    name: String,
    role: String,
    /// Nobody shuts themselves out, and one's own is changed elsewhere.
    own: bool,
    has_address: bool,
    /// What is known of the address.
    address: Option<String>,
    /// The address, as it stands in the form.
    email: String,
    has_factor: bool,
    /// Where they are invited to set another password.
    invite: String,
    set_address: String,
    drop_factor: String,
    /// What they may do for the body: name in the form, label, whether they may.
    grants: Vec<(String, String, bool)>,
    set_grants: String,
    /// Where the account is shut.
    disable: String,
}

/// Shows the account.
pub async fn get(signed: StaffVisitor, PagePath(account): PagePath<u32>) -> Result<Response, Fault> {
    show(&signed, account, StatusCode::OK, ClerkNote::default()).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath(account): PagePath<u32>) -> Redirect {
    Redirect::to(&Page::AdminClerk { account }.to_string())
}

/// What the page says beside what it always says.
#[derive(Debug, Default)]
struct ClerkNote {
    refusal: Option<WrongField>,
    link: Option<String>,
    typed: Option<String>,
}

async fn show(signed: &StaffVisitor, account: u32, status: StatusCode, note: ClerkNote) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let account = open_account_of(&visitor.state.access, &signed.session, account)?;
    let (id, ClerkNote { refusal, link, typed }) = (account.id, note);
    let (refusal, marks) = WrongField::parts(refusal);
    let clerk = ClerkPage {
        f: visitor.frame().admin("admin-clerks").at(Page::AdminClerk { account: id }.to_string()).marking(marks),
        refusal,
        done: None,
        link,
        days: INVITATION_DAYS.to_string(),
        name: account.name.clone(),
        role: role(&account, visitor.voice),
        own: id == signed.session.account.id,
        has_address: account.email.is_some(),
        address: address_said(&account, visitor.voice),
        email: typed.or_else(|| account.email.clone()).unwrap_or_default(),
        has_factor: account.has_factor(),
        invite: Page::AdminClerkInvite { account: id }.to_string(),
        set_address: Page::AdminClerkAddress { account: id }.to_string(),
        drop_factor: Page::AdminClerkFactorDrop { account: id }.to_string(),
        grants: offered(signed, &change_grants::read(&visitor.state.readers, id).await?),
        set_grants: Page::AdminClerkGrants { account: id }.to_string(),
        disable: Page::AdminClerkDisable { account: id }.to_string(),
    };
    Ok(page(status, &clerk))
}

/// What can be given for the body, and what is: the work on requests in all of it, by units and by categories, certification in all
/// of it and by offices. Whoever certifies in all of it takes certifications back too.
/// Nothing where the body has neither, or who looks does not run the whole house.
fn offered(signed: &StaffVisitor, has: &[Grant]) -> Vec<(String, String, bool)> {
    let (state, voice) = (&signed.visitor.state, signed.visitor.voice);
    if !signed.session.runs(None) {
        return Vec::new();
    }
    let (certifies, whole) = (state.body.certification.is_some(), voice.of_text(&state.body.name));
    let anywhere = Grant::new(Role::Certifier, GrantScope::Body).ok().filter(|_| certifies);
    let anywhere = anywhere.map(|grant| (grant, voice.text("grant-certifier-body", "where", &whole)));
    let has_requests = !state.body.categories.is_empty();
    let roles = [(Role::CaseWorker, "grant-case-worker"), (Role::RequestSupervisor, "grant-request-supervisor-body")];
    let in_body = in_scope(GrantScope::Body, whole, roles, voice).filter(|_| has_requests);
    let offices = state.offices.iter().filter(|_| certifies).filter_map(|office| {
        let name = office.config(|config| voice.of_text(&config.name))?;
        let grant = Grant::new(Role::Certifier, GrantScope::Office(OfficeId(office.row))).ok()?;
        Some((grant, voice.text("grant-certifier", "where", &name)))
    });
    let units = state.body.units.iter().flat_map(|(id, unit)| {
        let roles = [(Role::CaseWorker, "grant-case-worker"), (Role::RequestSupervisor, "grant-request-supervisor")];
        in_scope(GrantScope::Unit(*id), voice.of_text(&unit.name), roles, voice)
    });
    let categories = state.body.categories.iter().flat_map(|(id, category)| {
        let roles = [
            (Role::CaseWorker, "grant-case-worker-category"),
            (Role::RequestSupervisor, "grant-request-supervisor-category"),
        ];
        in_scope(GrantScope::Category(*id), voice.of_text(&category.name), roles, voice)
    });
    let line = |(grant, label): (Grant, String)| (grant_field(grant), label, has.contains(&grant));
    anywhere.into_iter().chain(offices).chain(in_body).chain(units).chain(categories).map(line).collect()
}

/// Roles in a scope, each with what is said of it there.
fn in_scope(
    scope: GrantScope,
    name: String,
    roles: [(Role, &'static str); 2],
    voice: Voice,
) -> impl Iterator<Item = (Grant, String)> {
    roles
        .into_iter()
        .filter_map(move |(role, sentence)| Some((Grant::new(role, scope).ok()?, voice.text(sentence, "where", &name))))
}

/// How a form names a grant.
fn grant_field(grant: Grant) -> String {
    format!("grant@{}@{}", grant.role().name(), grant.scope())
}

/// The grant that a field of a form names.
fn grant_of(field: &str) -> Option<Grant> {
    let (role, scope) = field.strip_prefix("grant@")?.split_once('@')?;
    Grant::new(role.parse::<Role>().ok()?, scope.parse::<GrantScope>().ok()?).ok()
}

/// Says what they may do for the body.
pub async fn grants(
    signed: StaffVisitor,
    PagePath(account): PagePath<u32>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let wanted = fields.keys().filter_map(|field| grant_of(field)).collect();
    change_grants::run(&visitor.state.access, &signed.session, account, wanted).await?;
    Ok(Redirect::to(&Page::AdminClerk { account }.to_string()).into_response())
}

fn done(news: &str) -> Response {
    Redirect::to(&Page::AdminClerks.asking(format_args!("done={news}"))).into_response()
}

async fn refused(
    signed: &StaffVisitor,
    account: u32,
    (refusal, form): (AccountRefusal, &str),
    typed: Option<String>,
) -> Result<Response, Fault> {
    let refusal = Some(wrong(refusal, signed.visitor.voice, form)?);
    show(signed, account, StatusCode::UNPROCESSABLE_ENTITY, ClerkNote { refusal, link: None, typed }).await
}

/// Ends the password, and invites to set another.
pub async fn invite(
    signed: StaffVisitor,
    PagePath(account): PagePath<u32>,
    OwnForm { visitor, fields }: OwnForm<ConfirmedForm>,
) -> Result<Response, Fault> {
    let (state, own) = (&visitor.state, new_password::own(&visitor, fields.own));
    let wanted = (account, visitor.voice.0);
    match invite_account::run(&state.access, &state.offices, &state.mail, &signed.session, wanted, own).await {
        Ok(AccountInvitation::Mailed) => Ok(done("invited")),
        Ok(AccountInvitation::Shown { path }) => {
            let note = ClerkNote { link: Some(state.url(&path)), ..ClerkNote::default() };
            show(&signed, account, StatusCode::OK, note).await
        }
        Err(refusal) => refused(&signed, account, (refusal, "invite"), None).await,
    }
}

/// Has a link sent to an address, which is theirs once they press it.
pub async fn address(
    signed: StaffVisitor,
    PagePath(account): PagePath<u32>,
    OwnForm { visitor, fields }: OwnForm<OwnAddressForm>,
) -> Result<Response, Fault> {
    let (state, OwnAddressForm { email, own }) = (&visitor.state, fields);
    let own = new_password::own(&visitor, own);
    let wish = AddressWish { account, email: email.clone(), language: visitor.voice.0, own };
    match change_address::run(&state.access, &state.offices, &state.mail, &signed.session, (link_limit(&visitor), wish))
        .await
    {
        Ok(_) => Ok(done("address")),
        Err(refusal) => refused(&signed, account, (refusal, "address"), Some(email)).await,
    }
}

/// Takes the second step away from who has lost it.
pub async fn drop_factor(
    signed: StaffVisitor,
    PagePath(account): PagePath<u32>,
    OwnForm { visitor, fields }: OwnForm<ConfirmedForm>,
) -> Result<Response, Fault> {
    let own = new_password::own(&visitor, fields.own);
    match drop_factor_act::of_other(&visitor.state.access, &signed.session, account, own).await {
        Ok(()) => Ok(done("factor")),
        Err(refusal) => refused(&signed, account, (refusal, "drop"), None).await,
    }
}

/// Lets the account sign in no more.
pub async fn disable(
    signed: StaffVisitor,
    PagePath(account): PagePath<u32>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    shut_account::run(&visitor.state.access, &signed.session, account).await?;
    Ok(done("disabled"))
}
