//! A new password as forms send it, and what is wrong with one, in words, for staff and for agents.

use access::{PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN, Password, PasswordFault};
use acts::{Fault, NewPasswordRefusal, confirm_self::OwnPassword, set_new_password::TwicePassword};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use text::Voice;

use crate::{
    frame::{Frame, page},
    problem::WrongField,
    visitor::Visitor,
};

/// The page behind a link on which somebody sets a new password, for staff and for agents.
#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPasswordPage {
    f: Frame,
    view: NewPasswordView,
    refusal: Option<String>,
}

/// What that page says to whom.
#[derive(Debug, Clone)]
pub struct NewPasswordView {
    /// Whether they are staff.
    pub is_of_staff: bool,
    /// Who they are, and with what they will sign in.
    pub lead: Vec<String>,
    /// Where the form is sent.
    pub action: String,
    /// What a browser keeps the password with.
    pub username: String,
    /// The sentence on the button.
    pub button: &'static str,
}

/// Shows the page, with what was wrong.
pub fn show(visitor: &Visitor, view: NewPasswordView, refusal: Option<WrongField>) -> Response {
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(refusal);
    page(status, &NewPasswordPage { f: visitor.frame().marking(marks), view, refusal })
}

/// A new password, typed twice.
#[derive(Default, Deserialize)]
pub struct NewPasswordForm {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

impl NewPasswordForm {
    /// The password.
    pub fn twice(self) -> TwicePassword {
        TwicePassword { password: Password::new(self.password), again: Password::new(self.again) }
    }
}

/// The old password and a new one.
#[derive(Deserialize)]
pub struct OwnPasswordForm {
    #[serde(default)]
    own: String,
    #[serde(flatten)]
    new: NewPasswordForm,
}

impl OwnPasswordForm {
    /// The old password, and the new one.
    pub fn parts(self, visitor: &Visitor) -> (OwnPassword, TwicePassword) {
        (own(visitor, self.own), self.new.twice())
    }
}

/// The password of who is signed in, typed once more.
pub fn own(visitor: &Visitor, typed: String) -> OwnPassword {
    OwnPassword { from: visitor.from, browser: visitor.browser.clone(), password: Password::new(typed) }
}

/// What is wrong, in words; none, where the link behind which it was typed is good no longer.
///
/// # Errors
/// Where it is not about what was typed.
pub fn refusal(refusal: NewPasswordRefusal, voice: Voice) -> Result<Option<WrongField>, Fault> {
    match refusal {
        NewPasswordRefusal::Password(fault) => Ok(Some(WrongField::new(password_wrong(fault, voice), "password"))),
        NewPasswordRefusal::Differs => Ok(Some(WrongField::new(voice.say("agent-password-differs"), "again"))),
        NewPasswordRefusal::NotConfirmed => Ok(Some(WrongField::new(voice.say("confirm-wrong"), "own-password"))),
        NewPasswordRefusal::Over => Ok(None),
        NewPasswordRefusal::Fault(fault) => Err(fault),
    }
}

/// What is wrong with a password, in words.
#[must_use]
pub fn password_wrong(fault: PasswordFault, voice: Voice) -> String {
    match fault {
        PasswordFault::Short => voice.with("password-short", "n", PASSWORD_CHARACTERS_MIN),
        PasswordFault::Long => voice.with("password-long", "n", PASSWORD_CHARACTERS_MAX),
        PasswordFault::Common => voice.say("password-common"),
        PasswordFault::Repetitive => voice.say("password-repetitive"),
        PasswordFault::Named => voice.say("password-named"),
    }
}
