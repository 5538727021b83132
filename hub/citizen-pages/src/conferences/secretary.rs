//! The meeting of a collective body, for its secretary, behind a link of their own (PRE-10): the roll, votes and minutes.

use acts::Fault;
use axum::response::{IntoResponse, Redirect, Response};
use body::MeetingRefusal;
use coordination::conferences::{meeting::MeetingFlaw, secretary};
use paths::Page;
use secrets::ConferencePass;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    page_actions,
    visitor::Visitor,
};

use super::{
    form::dates_of,
    guest::{link_over, pass},
    meeting::{Fields, MeetingAction, MeetingDesk, drawn, read},
    one::ConferenceQuery,
};

page_actions! {
    /// What a form of the secretary's page is for.
    SecretaryAction {
        /// Somebody is there.
        Present = "present",
        /// Somebody is not.
        Absent = "absent",
        /// A vote was taken.
        Vote = "vote",
        /// The minutes are made.
        Minutes = "minutes",
    }
}

impl From<SecretaryAction> for MeetingAction {
    fn from(action: SecretaryAction) -> Self {
        match action {
            SecretaryAction::Present => Self::Present,
            SecretaryAction::Absent => Self::Absent,
            SecretaryAction::Vote => Self::Vote,
            SecretaryAction::Minutes => Self::Minutes,
        }
    }
}

async fn shown(
    visitor: &Visitor,
    (link, pass): (String, ConferencePass),
    done: Option<String>,
    wrong: Option<(String, Fields)>,
) -> Result<Response, Fault> {
    let view = secretary::look(visitor.state.conferences(), pass).await?.ok_or_else(link_over)?;
    Ok(drawn(visitor, (visitor.frame(), MeetingDesk::Secretary(link)), &view, done, wrong))
}

/// Shows it.
pub async fn get(
    visitor: Visitor,
    PagePath(link): PagePath<String>,
    PageQuery(query): PageQuery<ConferenceQuery>,
) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let done = (query.done == "yes").then(|| visitor.voice.say("conference-done"));
    shown(&visitor, (link, pass), done, None).await
}

/// Leads to the page: a form is sent here, and nothing is shown.
pub async fn back(PagePath((link, _)): PagePath<(String, String)>) -> Redirect {
    Redirect::to(&Page::ConferenceSecretary { link: &link }.to_string())
}

/// Enters it, or says why not.
pub async fn post(
    PagePath((link, action)): PagePath<(String, String)>,
    OwnForm { visitor, fields }: OwnForm<Fields>,
) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let press = read(action.parse::<SecretaryAction>()?.into(), &fields);
    match secretary::press(visitor.state.conferences(), pass, press).await? {
        Ok(()) => {
            let one = Page::ConferenceSecretary { link: &link }.asking("done=yes");
            Ok(Redirect::to(&one).into_response())
        }
        Err(MeetingFlaw::Rule(MeetingRefusal::UnknownMember | MeetingRefusal::NotSecretary)) => Err(link_over()),
        Err(flaw) => {
            let said = flaw.said(dates_of(&visitor));
            shown(&visitor, (link, pass), None, Some((said, fields))).await
        }
    }
}
