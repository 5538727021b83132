//! The one page of a hub that has never run: on it somebody with the word from the console names the body and its office, has a mail
//! sent on trial, and makes the first administrator. There is no office yet and no account, so that it stands in an empty frame.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use serde::Deserialize;
use text::Voice;

use crate::{
    frame::{Frame, ok, page},
    problem::WrongField,
};

/// Which of its two buttons was pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FirstStartPress {
    /// Send a mail on trial; everything stays as it is typed.
    Trial,
    /// Set the hub up.
    #[default]
    Finish,
}

/// What is typed on it. A refusal leaves it standing there, save the passwords.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct FirstStartFields {
    /// The language of the page.
    pub lang: String,
    /// Which button was pressed.
    pub button: FirstStartPress,
    /// The word that stands on the console.
    pub word: String,
    /// What people call the body, in Greek.
    pub body_el: String,
    /// The same in English.
    pub body_en: String,
    /// Where somebody who needs help writes to.
    pub email: String,
    /// The telephone that they call.
    pub phone: String,
    /// What people call the office, in Greek; as the body, unless typed.
    pub office_el: String,
    /// The same in English.
    pub office_en: String,
    /// The office's file; the sample, unless typed.
    pub office_file: String,
    /// The mail server; mails lie in a folder, unless typed.
    pub mail_host: String,
    /// Its port; by the encryption, unless typed.
    pub mail_port: String,
    /// How the line to it is encrypted, as `hub.toml` says it.
    pub mail_tls: String,
    /// The user there, if it wants one.
    pub mail_user: String,
    /// That user's password.
    pub mail_password: String,
    /// The sender.
    pub mail_from: String,
    /// The administrator's login name.
    pub admin_name: String,
    /// Where the administrator is written to.
    pub admin_email: String,
    /// The administrator's password.
    pub password: String,
    /// The same once more.
    pub again: String,
}

#[derive(Template)]
#[template(path = "first_start.html")]
struct FirstStartPage<'a> {
    f: Frame,
    typed: &'a FirstStartFields,
    keeps_password: bool,
    refusal: Option<String>,
    told: Option<String>,
}

#[derive(Template)]
#[template(path = "first_start_done.html")]
struct FirstStartDonePage {
    f: Frame,
    sign_in: String,
}

/// Shows it, with what is wrong or what was done; `keeps_password` says that the mail server's need not be typed again.
#[must_use]
pub fn show(
    voice: Voice,
    typed: &FirstStartFields,
    keeps_password: bool,
    said: Result<Option<String>, WrongField>,
) -> Response {
    let (told, wrong) = match said {
        Ok(told) => (told, None),
        Err(wrong) => (None, Some(wrong)),
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let f = Frame::before_all(voice).marking(marks);
    page(status, &FirstStartPage { f, typed, keeps_password, refusal, told })
}

/// Says that the hub is set up, and where the administrator signs in once it runs.
#[must_use]
pub fn done(voice: Voice, sign_in: String) -> Response {
    ok(&FirstStartDonePage { f: Frame::before_all(voice), sign_in })
}
