//! The accessibility statement, in the form of Decision (EU) 2018/1523, which Law 4727/2020 asks of every public body: what is
//! met and what is not, how that is known, whom to tell, and where to complain.

use askama::Template;
use axum::response::Response;
use stationery::{
    frame::{Frame, ok},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    f: Frame,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    ok(&AccessibilityPage { f: visitor.frame() })
}
