//! What a citizen with an account says of themselves, once: bookings and requests are filled in with it.

use std::collections::BTreeMap;

use acts::{
    Fault,
    levels::{self, LevelRefusal},
    own_profile,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::AccountId;
use paths::Page;
use people::{PROFILE, ProfileRow};
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    signed::MemberVisitor,
};

#[derive(Template)]
#[template(path = "member/details.html")]
struct MemberDetailsPage {
    f: Frame,
    wrong: Vec<(&'static str, String)>,
    /// Whether some of it is certified, which ends with a change.
    certified: bool,
    fields: Vec<ProfileField>,
}

/// A field of the form.
struct ProfileField {
    row: &'static ProfileRow,
    label: String,
    hint: Option<String>,
    value: String,
    wrong: Option<String>,
}

impl ProfileField {
    /// Whether little is written.
    const fn is_narrow(&self) -> bool {
        self.row.kind.is_narrow()
    }
}

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 300;

/// Whether a clerk has certified something of whoever is signed in.
async fn has_certification(member: &MemberVisitor) -> Result<bool, Fault> {
    let account = AccountId(member.session.account.id);
    Ok(member.visitor.state.readers.read(move |store| store.standing(account)).await?.has_certification())
}

fn shown(member: &MemberVisitor, values: &[String], wrong: Vec<(&'static str, String)>, certified: bool) -> Response {
    let voice = member.visitor.voice;
    let hinted = ["phone", "tax-number", "tax-office"];
    let fields = PROFILE.iter().zip(values).map(|(row, value)| ProfileField {
        row,
        label: voice.say(&format!("profile-{}", row.input)),
        hint: hinted.contains(&row.input).then(|| voice.say(&format!("profile-{}-hint", row.input))),
        value: value.chars().take(SENT_BACK_CHARACTERS_MAX).collect(),
        wrong: wrong.iter().find(|(field, _)| *field == row.input).map(|(_, sentence)| sentence.clone()),
    });
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let fields = fields.collect();
    page(status, &MemberDetailsPage { f: member.visitor.frame().staff("member"), wrong, certified, fields })
}

/// Shows them.
pub async fn get(member: MemberVisitor) -> Result<Response, Fault> {
    let profile = own_profile::read(&member.visitor.state.readers, &member.session).await?;
    let values: Vec<String> = PROFILE.iter().map(|row| row.readable(&profile)).collect();
    Ok(shown(&member, &values, Vec::new(), has_certification(&member).await?))
}

/// Keeps them, or says everything that is wrong.
pub async fn post(
    member: MemberVisitor,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let mut profile = own_profile::read(&state.readers, &member.session).await?;
    let typed = |row: &ProfileRow| fields.get(row.input).map(String::as_str).unwrap_or_default();
    let mut wrong = Vec::new();
    for row in &PROFILE {
        if let Err(sentence) = row.take(&mut profile, typed(row)) {
            wrong.push((row.input, visitor.voice.say(sentence)));
        }
    }
    if !wrong.is_empty() {
        let values: Vec<String> = PROFILE.iter().map(|row| typed(row).to_owned()).collect();
        return Ok(shown(&member, &values, wrong, has_certification(&member).await?));
    }
    let was_certified = has_certification(&member).await?;
    match levels::wish::change_profile(state.level_room(), &member.session, &profile).await {
        Ok(()) => {}
        Err(LevelRefusal::TaxNumberFixed) => {
            let values: Vec<String> = PROFILE.iter().map(|row| typed(row).to_owned()).collect();
            let wrong = vec![("tax-number", visitor.voice.say("profile-tax-number-fixed"))];
            return Ok(shown(&member, &values, wrong, was_certified));
        }
        Err(refusal) => return Err(refusal.into()),
    }
    let has_ended = was_certified && !has_certification(&member).await?;
    let done = if has_ended { "done=details-ended" } else { "done=details" };
    Ok(Redirect::to(&Page::Member.asking(done)).into_response())
}
