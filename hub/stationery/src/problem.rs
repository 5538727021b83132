//! The page that says no: what happened, and what to do next.

use askama::Template;
use axum::{
    http::{Method, StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use paths::{Page, Route};
use wire::{ProblemCode, Words};

use super::{
    form::OLD_FORM,
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
    let here = || visitor.here.clone();
    let is_within = |routes: &[Route]| routes.iter().any(|route| route.covers(&visitor.here));
    let is_of_staff = is_within(&[Route::Staff, Route::Admin]);
    let (back, label) = match fault.code {
        // The page has another form by now.
        ProblemCode::NotSignedIn if fault.place.as_deref() == Some(OLD_FORM) => (here(), "continue"),
        ProblemCode::NotSignedIn if is_of_staff => (Page::Login.to_string(), "login-button"),
        ProblemCode::NotSignedIn if is_within(&[Route::Member]) => (Page::Login.before(Page::Member), "login-button"),
        ProblemCode::NotSignedIn if is_within(&[Route::Agent]) => (Page::AgentLogin.to_string(), "login-button"),
        // Who is signed in and is no agent has a page of their own.
        ProblemCode::NotAllowed if visitor.here == Page::Agent.to_string() => {
            (Page::Member.to_string(), "member-title")
        }
        ProblemCode::SessionLocked => (Page::Lock.to_string(), "lock-unlock"),
        // The form is there anew, as one of ours.
        ProblemCode::NotAllowed if is_within(&[Route::Login, Route::AgentPassword]) => (here(), "login-button"),
        _ if is_of_staff => (Page::Staff.to_string(), "tab-desk"),
        // The form is there again, with what it knew before.
        ProblemCode::TooLarge if is_within(&[Route::Book, Route::Booking]) => (here(), "back"),
        ProblemCode::NotSignedIn => (Page::Book.to_string(), "continue"),
        _ => (Page::Front.to_string(), "to-front"),
    };
    let back_label = f.say(label);
    let (title, sentence) = match (fault.code, &fault.words) {
        // The heading says what is wrong, and what stands below it what to do.
        (ProblemCode::NotFound, None) => ("not-found-title", f.say("not-found-next")),
        _ => ("problem-title", sentence(visitor, fault)),
    };
    render(status_of(fault.code), &ProblemPage { f: f.at(Page::Front.to_string()), title, sentence, back, back_label })
}

/// The sentence of a refusal, for this visitor.
pub fn sentence(visitor: &Visitor, fault: &Fault) -> String {
    fault.problem(visitor.voice.0, visitor.dates_of_hub().zone, visitor.state.clock.now()).detail
}

/// What is wrong with what was typed, in words, and the id of the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongField {
    /// What is wrong, in the reader's language.
    pub sentence: String,
    /// The field.
    pub id: String,
}

impl WrongField {
    /// A sentence about a field.
    pub fn new(sentence: String, id: impl Into<String>) -> Self {
        Self { sentence, id: id.into() }
    }

    /// The sentence, and the field, where there are any.
    pub fn parts(wrong: Option<Self>) -> (Option<String>, Vec<String>) {
        let (sentence, id) = wrong.map(|wrong| (wrong.sentence, wrong.id)).unzip();
        (sentence, id.into_iter().collect())
    }
}

/// What was typed into a field is refused with a sentence that names it; the field is known by its id.
pub fn of_field(id: &str, words: Words) -> Fault {
    Fault { words: Some(words), ..Fault::malformed(id.to_owned()) }
}

/// What was chosen in a list with this id and label does not stand in it.
pub fn not_listed(id: &str, label: &str) -> Fault {
    of_field(id, text::both(|voice| voice.with("choice-unknown", "label", voice.say(label))))
}

/// The ids of the fields that a refusal is about.
pub fn marks(fault: &Fault) -> Vec<String> {
    fault.place.iter().flat_map(|place| place.split(' ')).map(str::to_owned).collect()
}

/// There is no such page; but where only a slash at the end or capitals differ from one that there is, it leads there.
pub async fn not_found(method: Method, uri: Uri) -> Result<Response, Fault> {
    let meant = Route::ALL.iter().find_map(|route| meant(route.pattern(), uri.path()));
    match meant.filter(|path| method.is_safe() && path != uri.path()) {
        Some(path) => {
            let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            Ok(Redirect::permanent(&format!("{path}{query}")).into_response())
        }
        None => Err(ProblemCode::NotFound.into()),
    }
}

/// The path of a route that was meant by one with capitals, or with slashes at its end.
fn meant(pattern: &str, path: &str) -> Option<String> {
    let trimmed = path.trim_end_matches('/');
    let (one, other) = (pattern.split('/'), trimmed.split('/'));
    if one.clone().count() != other.clone().count() {
        return None;
    }
    let parts = one.zip(other).map(|(known, asked)| match known.starts_with('{') {
        true => (!asked.is_empty()).then_some(asked),
        false => known.eq_ignore_ascii_case(asked).then_some(known),
    });
    parts.collect::<Option<Vec<&str>>>().map(|parts| parts.join("/")).filter(|path| path.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn fld_26_a_slash_or_a_capital_too_many_leads_to_the_page() {
        let office = "/office/{office}";
        assert_eq!(meant(office, "/office/kep/").as_deref(), Some("/office/kep"));
        assert_eq!(meant(office, "/Office/KEP//").as_deref(), Some("/office/KEP"), "the handler knows the office");
        for other in ["/office", "/office//", "/office/kep/1", "//office/kep", "//example.org/", "/", ""] {
            assert_eq!(meant(office, other), None, "{other}");
        }
        assert_eq!(meant("/", "/"), None);
    }
}
