//! Somebody of staff who is signed in; others are sent to sign in.

use paths::{Page, Route};
use std::sync::Arc;

use access::Session;
use acts::{Fault, Turn, requests::RequestErrand};
use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
use body::AccountId;
use store::{Account, Actor};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::{detour::Detour, state::Pages, visitor::Visitor};

/// Somebody of staff.
#[derive(Debug)]
pub struct StaffVisitor {
    /// Who looks.
    pub visitor: Visitor,
    /// The session in which they are signed in.
    pub session: Arc<Session>,
}

impl FromRequestParts<Pages> for StaffVisitor {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match visitor.session.clone() {
            Some(session) => Ok(Self { visitor, session }),
            // A citizen who is signed in is not asked to do it again.
            None if visitor.member.is_some() => Err(ProblemCode::NotAllowed.into()),
            None => Err(to_sign_in(&visitor, parts)),
        }
    }
}

impl StaffVisitor {
    /// An office in which they work.
    pub fn office(&self, key: &str) -> Result<&Arc<OfficeHandle>, Fault> {
        let handle = self.visitor.state.office(key)?;
        if self.session.works_in(handle) { Ok(handle) } else { Err(ProblemCode::NotAllowed.into()) }
    }

    /// An office that they run.
    pub fn office_to_run(&self, key: &str) -> Result<&Arc<OfficeHandle>, Fault> {
        let handle = self.office(key)?;
        self.admin_of(handle.row)?;
        Ok(handle)
    }

    /// The turn in which something is done for them; `command` is drawn with each form, so that the same form sent twice
    /// does nothing twice (PROM-09).
    pub fn turn<'a>(&'a self, office: &'a Arc<OfficeHandle>, command: &str) -> Turn<'a> {
        let actor = Actor::Account(self.session.account.id);
        Turn { writer: &self.visitor.state.writer, office, actor, id: Uuid::try_parse(command).ok() }
    }

    /// What they do about a request.
    pub fn errand(&self, request: Uuid) -> RequestErrand {
        RequestErrand { request, by: AccountId(self.session.account.id) }
    }

    /// Refuses who does not run this office.
    pub fn admin_of(&self, office: u32) -> Result<(), Fault> {
        if self.session.runs(Some(office)) { Ok(()) } else { Err(ProblemCode::NotAllowed.into()) }
    }

    /// The offices that this administrator runs.
    pub fn run(&self) -> impl Iterator<Item = &Arc<OfficeHandle>> {
        self.visitor.state.offices.iter().filter(|office| self.session.runs(Some(office.row)))
    }

    /// Refuses who does not run the whole hub: what is about persons is not one office's.
    pub fn hub_admin(&self) -> Result<(), Fault> {
        if self.session.runs(None) { Ok(()) } else { Err(ProblemCode::NotAllowed.into()) }
    }

    /// Refuses who is no administrator.
    pub fn admin(&self) -> Result<(), Fault> {
        if self.session.is_admin() { Ok(()) } else { Err(ProblemCode::NotAllowed.into()) }
    }
}

/// Somebody who is signed in, of staff or a citizen: for what is everybody's own.
#[derive(Debug)]
pub struct MemberVisitor {
    /// Who looks.
    pub visitor: Visitor,
    /// The session in which they are signed in.
    pub session: Arc<Session>,
}

impl FromRequestParts<Pages> for MemberVisitor {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match visitor.member.clone() {
            Some(session) => Ok(Self { visitor, session }),
            None => Err(to_sign_in(&visitor, parts)),
        }
    }
}

impl MemberVisitor {
    /// What they do about a request.
    pub fn errand(&self, request: Uuid) -> RequestErrand {
        RequestErrand { request, by: AccountId(self.session.account.id) }
    }
}

/// Somebody who is signed in as a citizen: staff have no such page.
#[derive(Debug)]
pub struct CitizenMember(pub MemberVisitor);

impl FromRequestParts<Pages> for CitizenMember {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let member = MemberVisitor::from_request_parts(parts, state).await?;
        if member.session.is_staff() { Err(ProblemCode::NotAllowed.into()) } else { Ok(Self(member)) }
    }
}

/// Where whoever is not signed in is led instead of the page that was asked for.
fn to_sign_in(visitor: &Visitor, parts: &Parts) -> Detour {
    match parts.method == Method::GET {
        _ if visitor.locked.is_some() => instead_of(visitor, &parts.method),
        true => Detour::to(&Page::Login.before(parts.uri.path())),
        false => ProblemCode::NotSignedIn.into(),
    }
}

/// Where a locked session is led instead of the page that was asked for.
fn instead_of(visitor: &Visitor, method: &Method) -> Detour {
    match &visitor.locked {
        Some(session) if method == Method::GET => {
            session.lead_back_to(safe(&visitor.here));
            Detour::to(&Page::Lock.to_string())
        }
        Some(_) | None => ProblemCode::SessionLocked.into(),
    }
}

/// Only our own pages are led to; whoever asked for none is led to where they are at home.
pub fn safe(next: &str) -> String {
    let is_of = |routes: &[Route]| routes.iter().any(|route| route.covers(next));
    let is_plain = !next.contains("//") && next.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain && (is_of(OF_STAFF) || is_of(OF_MEMBERS) || is_of(LINKS)) {
        next.to_owned()
    } else {
        Page::Staff.to_string()
    }
}

/// Whether a page is that of a link which activates an account: who came through another comes once more in the browser where
/// they read their mails.
pub fn is_activation(next: &str) -> bool {
    Route::RegisterActivate.covers(next)
}

/// Pages of links that are pressed by who is signed in: one proves an address, one activates an account, by one somebody agrees
/// to be an agent, with the account that they have, and by one to coordinate a unit.
const LINKS: &[Route] =
    &[Route::LoginAddress, Route::RegisterActivate, Route::AgentPassword, Route::CoordinatorInvitation];
/// Pages behind a sign-in, of staff.
const OF_STAFF: &[Route] = &[Route::Staff, Route::Admin];
/// Pages that a citizen may be led to who has signed in.
const OF_MEMBERS: &[Route] = &[
    Route::Member,
    Route::Account,
    Route::BookService,
    Route::Requests,
    Route::Agent,
    Route::Conferences,
    Route::RoleRequests,
    Route::CoordinationUnits,
    Route::CoordinationMaintenance,
];

/// Where somebody is led who has just signed in: a citizen to no page of staff.
pub fn at_home(next: &str, account: &Account) -> String {
    let is_link = [Route::LoginAddress, Route::CoordinatorInvitation].iter().any(|route| route.covers(next));
    match account.is_staff() || OF_MEMBERS.iter().any(|route| route.covers(next)) || is_link {
        true => next.to_owned(),
        false => Page::Member.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn nobody_is_led_elsewhere_by_a_link() {
        assert_eq!(safe("/staff/kep/desks/3"), "/staff/kep/desks/3");
        assert_eq!(safe("/admin/devices"), "/admin/devices");
        assert_eq!(safe("/account/details"), "/account/details");
        assert_eq!(safe("/agent"), "/agent");
        assert_eq!(safe("/agent/password/x.y"), "/agent/password/x.y");
        for wrong in [
            "",
            "/staffroom",
            "/accounting",
            "/agents",
            "https://example.org",
            "//example.org",
            "/register/activate/",
            "/register/activate//example.org",
            "/staff//example.org",
            "/logout",
            "/staff\r\nX: y",
        ] {
            assert_eq!(safe(wrong), "/staff", "{wrong:?}");
        }
    }
}
