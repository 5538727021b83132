//! The cookie between the two steps of signing in.

use access::Cookies;
use acts::{STEP_MINUTES, StepPass};
use axum::http::HeaderMap;
use stationery::badge_cookies::STEP_COOKIE;
use stationery::visitor::Visitor;

/// The `Set-Cookie` of who has typed the right password.
pub fn pass_cookie(cookies: Cookies, pass: &StepPass) -> String {
    cookies.set(STEP_COOKIE, pass.as_str(), Some(STEP_MINUTES * 60))
}

/// The `Set-Cookie` of who has done the second step too.
pub fn no_pass_cookie(cookies: Cookies) -> String {
    cookies.forget(STEP_COOKIE)
}

/// What the browser keeps of the first step.
pub fn pass_of(visitor: &Visitor, headers: &HeaderMap) -> Option<StepPass> {
    visitor.state.cookies().read(headers, STEP_COOKIE).map(|pass| StepPass::new(pass.to_owned()))
}
