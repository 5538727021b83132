//! Somebody of staff who is signed in; others are sent to sign in.

use paths::Page;
use std::sync::Arc;

use access::Session;
use acts::{Fault, Turn};
use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
};
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
    /// Their session.
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
    /// Their session.
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

/// Where whoever is not signed in is led instead of the page that was asked for.
fn to_sign_in(visitor: &Visitor, parts: &Parts) -> Detour {
    match parts.method == Method::GET {
        _ if visitor.locked.is_some() => instead_of(visitor, &parts.method),
        true => Detour::to(&Page::Login.asking(format_args!("next={}", parts.uri.path()))),
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
    let is_of = |pages: &[Page<'_>]| {
        pages.iter().map(Page::to_string).any(|page| {
            next.strip_prefix(&page).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
        })
    };
    let is_plain = !next.contains("//") && next.bytes().all(|byte| byte.is_ascii_graphic());
    let is_link = [ADDRESS_LINK, COORDINATOR_LINK].iter().any(|link| next.starts_with(link)) || is_activation(next);
    if is_plain && (is_of(OF_STAFF) || is_of(OF_MEMBERS) || is_link) {
        next.to_owned()
    } else {
        Page::Staff.to_string()
    }
}

/// Whether a page is that of a link which activates an account: who came through another comes once more in the browser where
/// they read their mails.
pub fn is_activation(next: &str) -> bool {
    next.starts_with(ACTIVATION_LINK)
}

/// Before a link that activates an account.
const ACTIVATION_LINK: &str = "/register/activate/";
/// A link that proves an address is pressed by who is signed in.
const ADDRESS_LINK: &str = "/login/address/";
/// A link that makes somebody the coordinator of a unit is pressed by who is signed in.
const COORDINATOR_LINK: &str = "/coordination/invitation/";
/// Pages behind a sign-in, of staff.
const OF_STAFF: &[Page<'_>] = &[Page::Staff, Page::Admin];
/// Pages that a citizen may be led to who has signed in.
const OF_MEMBERS: &[Page<'_>] = &[
    Page::Member,
    Page::Account,
    Page::BookService,
    Page::Requests,
    Page::Conferences,
    Page::RoleRequests,
    Page::CoordinationUnits,
];

/// Where somebody is led who has just signed in: a citizen to no page of staff.
pub fn at_home(next: &str, account: &Account) -> String {
    let is_of = |page: &Page<'_>| next.starts_with(&page.to_string());
    let is_link = [ADDRESS_LINK, COORDINATOR_LINK].iter().any(|link| next.starts_with(link));
    match account.is_staff() || OF_MEMBERS.iter().any(is_of) || is_link {
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
        for wrong in [
            "",
            "/staffroom",
            "/accounting",
            "https://example.org",
            "//example.org",
            "/register/activate//example.org",
            "/staff//example.org",
            "/logout",
            "/staff\r\nX: y",
        ] {
            assert_eq!(safe(wrong), "/staff", "{wrong:?}");
        }
    }
}
