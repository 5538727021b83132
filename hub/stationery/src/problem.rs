//! The page that says no: what happened, and what to do next.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use wire::ProblemCode;

use super::{
    frame::{Frame, page as render},
    visitor::Visitor,
};
use acts::Fault;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    f: Frame,
    title: &'static str,
    sentence: String,
    back: String,
    back_label: String,
}

/// The status of a page that says no with this code.
pub fn status_of(code: ProblemCode) -> StatusCode {
    StatusCode::from_u16(code.status()).unwrap_or_default()
}

/// The page that says no.
pub fn page(visitor: &Visitor, fault: &Fault) -> Response {
    let f = visitor.frame();
    let (back, label) = match fault.code {
        ProblemCode::NotSignedIn if visitor.here.starts_with("/staff") || visitor.here.starts_with("/admin") => {
            ("/login", "login-button")
        }
        ProblemCode::SessionLocked => ("/lock", "lock-unlock"),
        // The form is there anew, as one of ours.
        ProblemCode::NotAllowed if visitor.here.starts_with("/login") || visitor.here.starts_with("/agent/") => {
            (visitor.here.as_str(), "login-button")
        }
        _ if visitor.here.starts_with("/staff") || visitor.here.starts_with("/admin") => ("/staff", "tab-desk"),
        // The form is there again, with what it knew before.
        ProblemCode::TooLarge if visitor.here.starts_with("/book") => (visitor.here.as_str(), "back"),
        ProblemCode::NotSignedIn => ("/book", "continue"),
        _ => ("/", "to-front"),
    };
    let back_label = f.say(label);
    let (title, sentence) = match (fault.code, &fault.words) {
        // The heading says what is wrong, and what stands below it what to do.
        (ProblemCode::NotFound, None) => ("not-found-title", f.say("not-found-next")),
        _ => ("problem-title", sentence(visitor, fault)),
    };
    render(status_of(fault.code), &ProblemPage { f: f.at("/"), title, sentence, back: back.to_owned(), back_label })
}

/// The sentence of a refusal, for this visitor.
pub fn sentence(visitor: &Visitor, fault: &Fault) -> String {
    fault.problem(visitor.voice.0, visitor.dates_of_hub().zone, visitor.state.clock.now()).detail
}

/// There is no such page.
pub async fn not_found() -> Fault {
    ProblemCode::NotFound.into()
}
