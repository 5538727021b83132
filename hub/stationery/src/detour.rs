//! Who asks for a page and cannot have it: sent to where they can, or told why not.

use acts::Fault;
use axum::response::{IntoResponse, Redirect, Response};
use wire::ProblemCode;

/// What stands between somebody and a page.
#[derive(Debug)]
pub enum Detour {
    /// Another page comes first, e.g. the one to sign in on.
    To(Redirect),
    /// They are told why not.
    No(Fault),
}

impl Detour {
    /// Another page comes first.
    pub fn to(path: &str) -> Self {
        Self::To(Redirect::to(path))
    }
}

impl From<Fault> for Detour {
    fn from(fault: Fault) -> Self {
        Self::No(fault)
    }
}

impl From<ProblemCode> for Detour {
    fn from(code: ProblemCode) -> Self {
        Self::No(code.into())
    }
}

impl IntoResponse for Detour {
    fn into_response(self) -> Response {
        match self {
            Self::To(redirect) => redirect.into_response(),
            Self::No(fault) => fault.into_response(),
        }
    }
}
