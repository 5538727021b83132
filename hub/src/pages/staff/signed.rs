//! Somebody of staff who is signed in; others are sent to sign in.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use wire::ProblemCode;

use crate::{
    auth::Session,
    offices::OfficeHandle,
    pages::{problem, visitor::Visitor},
    state::AppState,
};

/// Somebody of staff.
#[derive(Debug)]
pub struct Signed {
    /// Who looks.
    pub visitor: Visitor,
    /// Their session.
    pub session: Arc<Session>,
}

impl FromRequestParts<AppState> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match visitor.session.clone() {
            Some(session) => Ok(Self { visitor, session }),
            None if parts.method == Method::GET => {
                let path = parts.uri.path();
                Err(Redirect::to(&format!("/login?next={path}")).into_response())
            }
            None => Err(problem::page_of(&visitor, ProblemCode::NotSignedIn)),
        }
    }
}

impl Signed {
    /// An office in which they work.
    #[expect(clippy::result_large_err, reason = "the refusal is the whole answer, sent as it is")]
    pub fn office(&self, key: &str) -> Result<&Arc<OfficeHandle>, Response> {
        let handle = self.visitor.state.office(key);
        let handle = handle.ok_or_else(|| problem::page_of(&self.visitor, ProblemCode::NotFound))?;
        if self.session.works_in(handle) {
            Ok(handle)
        } else {
            Err(problem::page_of(&self.visitor, ProblemCode::NotAllowed))
        }
    }

    /// Refuses who does not run this office.
    #[expect(clippy::result_large_err, reason = "the refusal is the whole answer, sent as it is")]
    pub fn admin_of(&self, office: u32) -> Result<(), Response> {
        if self.session.runs(Some(office)) {
            Ok(())
        } else {
            Err(problem::page_of(&self.visitor, ProblemCode::NotAllowed))
        }
    }

    /// The offices that this administrator runs.
    pub fn run(&self) -> impl Iterator<Item = &Arc<OfficeHandle>> {
        self.visitor.state.offices.iter().filter(|office| self.session.runs(Some(office.row)))
    }

    /// Refuses who does not run the whole hub: what is about persons is not one office's.
    #[expect(clippy::result_large_err, reason = "the refusal is the whole answer, sent as it is")]
    pub fn hub_admin(&self) -> Result<(), Response> {
        if self.session.runs(None) { Ok(()) } else { Err(problem::page_of(&self.visitor, ProblemCode::NotAllowed)) }
    }

    /// Refuses who is no administrator.
    #[expect(clippy::result_large_err, reason = "the refusal is the whole answer, sent as it is")]
    pub fn admin(&self) -> Result<(), Response> {
        if self.session.is_admin() { Ok(()) } else { Err(problem::page_of(&self.visitor, ProblemCode::NotAllowed)) }
    }
}
