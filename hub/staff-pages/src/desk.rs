//! A desk: what its clerk presses, and the page that answers. One big button, always in the same place.

use paths::Page;
use std::sync::Arc;

use acts::{
    Fault,
    about_visit::{self, AboutVisit},
    at_desk::{self, AtDesk, BreakEnd, Destination},
    held_person, unread_note,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{DeskId, DeskProof};
use serde::{
    Deserialize,
    de::{
        DeserializeOwned, IntoDeserializer,
        value::{Error, StrDeserializer},
    },
};
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::page,
    problem::status_of,
    signed::StaffVisitor,
};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{action::page_actions, desk_view::DeskOnFloor};

/// A stated break is no longer than this; a longer one has no stated end.
const BREAK_MINUTES_MAX: u16 = 480;

/// What the address of a desk asks besides.
#[derive(Debug, Default, Deserialize)]
pub struct DeskQuery {
    /// A visit whose documents are missing, which was tolerated (TRN-12).
    #[serde(default)]
    warned: String,
}

/// Every field of the desk's forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeskForm {
    command: String,
    holds: String,
    finish: String,
    visit: String,
    because: String,
    minutes: String,
    outcome: String,
    resume: String,
    same_desk: String,
    to: String,
    first: String,
    note_read: String,
    identity: String,
    representation: String,
    papers: String,
    note: String,
}

page_actions! {
    /// What a form of the desk is for.
    DeskAction {
        /// The next is called.
        Calls = "calls",
        /// The next is called, whose note was read.
        CallsAfterNote = "calls-after-note",
        /// Somebody is called out of order.
        ChosenCalls = "chosen-calls",
        /// The desk opens.
        Open = "open",
        /// It closes.
        Close = "close",
        /// A break begins.
        Break = "break",
        /// It ends.
        Resume = "resume",
        /// The call is repeated.
        Recalls = "recalls",
        /// The call was a mistake.
        PutBacks = "put-backs",
        /// Who was called is there.
        Appeared = "appeared",
        /// Who was called did not come.
        NoShows = "no-shows",
        /// Who was telephoned did not answer.
        FailedAttempts = "failed-attempts",
        /// Who is served is put aside.
        Parkings = "parkings",
        /// Documents are missing.
        MissingDocuments = "missing-documents",
        /// What was shown.
        Shown = "shown",
        /// Serving is interrupted for somebody booked.
        Interruptions = "interruptions",
        /// The visit ends.
        Finishes = "finishes",
        /// The visit goes to another desk or service.
        Transfers = "transfers",
        /// Somebody is back after a no-show.
        ComeBack = "come-back",
        /// Somebody leaves.
        Leave = "leave",
    }
}

/// What a form of the desk asks.
#[derive(Debug, PartialEq, Eq)]
enum DeskPress {
    /// Something of the desk.
    AtDesk(AtDesk),
    /// Something about a visit that need not be at the desk.
    AboutVisit(Uuid, AboutVisit),
}

/// Shows the desk.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, desk)): PagePath<(String, u16)>,
    PageQuery(query): PageQuery<DeskQuery>,
) -> Result<Response, Fault> {
    show(&signed, signed.office(&key)?, desk, &query, None).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, desk, _)): PagePath<(String, u16, String)>) -> Redirect {
    Redirect::to(&Page::Desk { office: &key, desk }.to_string())
}

/// Does something at the desk, and shows it.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, desk, action)): PagePath<(String, u16, String)>,
    OwnForm { visitor: _, fields: form }: OwnForm<DeskForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    match act(&signed, handle, desk, &action, &form).await {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(fault) => show(&signed, handle, desk, &DeskQuery::default(), Some(&fault)).await,
    }
}

/// Does what a form asks; gives the page that comes next.
async fn act(
    signed: &StaffVisitor,
    handle: &Arc<OfficeHandle>,
    desk: u16,
    action: &str,
    form: &DeskForm,
) -> Result<String, Fault> {
    let here = Page::Desk { office: &handle.key, desk };
    let turn = signed.turn(handle, &form.command);
    match form.press(action)? {
        DeskPress::AboutVisit(visit, change) => {
            about_visit::run(turn, visit, change).await?;
            Ok(here.to_string())
        }
        DeskPress::AtDesk(press) => {
            let next = match &press {
                AtDesk::Close => Page::Staff.asking("all=1"),
                AtDesk::LackDocuments { visit } => here.asking(format_args!("warned={visit}")),
                _ => here.to_string(),
            };
            at_desk::run(turn, DeskId(desk), press).await?;
            Ok(next)
        }
    }
}

impl DeskForm {
    /// What the form asks, by the last part of its address.
    fn press(&self, action: &str) -> Result<DeskPress, Fault> {
        let visit = || visit_of(&self.visit);
        Ok(DeskPress::AtDesk(match action.parse::<DeskAction>()? {
            DeskAction::Calls => {
                AtDesk::Call { holds: self.holds()?, finish: is_ticked(&self.finish), note_read: None }
            }
            DeskAction::CallsAfterNote => AtDesk::Call {
                holds: self.holds()?,
                finish: is_ticked(&self.finish),
                note_read: Some(visit_of(&self.note_read)?),
            },
            DeskAction::ChosenCalls => AtDesk::CallChosen {
                holds: self.holds()?,
                visit: visit()?,
                because: given(&self.because).map(choice).transpose()?,
                note: None,
            },
            DeskAction::Open => AtDesk::Open { until: None },
            DeskAction::Close => AtDesk::Close,
            DeskAction::Break => {
                let minutes =
                    self.minutes.parse::<u16>().ok().filter(|minutes| (1..=BREAK_MINUTES_MAX).contains(minutes));
                AtDesk::Break { because: choice(&self.because)?, end: minutes.map(BreakEnd::AfterMinutes) }
            }
            DeskAction::Resume => AtDesk::EndBreak,
            DeskAction::Recalls => AtDesk::Recall { visit: visit()? },
            DeskAction::PutBacks => AtDesk::PutBack { visit: visit()? },
            DeskAction::Appeared => AtDesk::Appear { visit: visit()? },
            DeskAction::NoShows => AtDesk::MissCall { visit: visit()? },
            DeskAction::FailedAttempts => AtDesk::FailAttempt { visit: visit()? },
            DeskAction::Parkings => AtDesk::Park { visit: visit()? },
            DeskAction::MissingDocuments => AtDesk::LackDocuments { visit: visit()? },
            DeskAction::Shown => AtDesk::RecordShown {
                visit: visit()?,
                shown: DeskProof {
                    identity: is_ticked(&self.identity),
                    representation: is_ticked(&self.representation),
                    papers: given(&self.papers).map(choice).transpose()?.unwrap_or_default(),
                },
                note: given(&self.note).map(str::to_owned),
            },
            DeskAction::Interruptions => AtDesk::Interrupt {
                visit: visit()?,
                resume: choice(&self.resume)?,
                same_desk: is_ticked(&self.same_desk),
            },
            DeskAction::Finishes => {
                AtDesk::Finish { visit: visit()?, outcome: choice(&self.outcome)?, delivered: Vec::new() }
            }
            DeskAction::Transfers => AtDesk::Transfer {
                visit: visit()?,
                to: destination(&self.to)?,
                first_in_line: given(&self.first).map(choice).transpose()?,
            },
            DeskAction::ComeBack => return self.about_visit(AboutVisit::ComeBack),
            DeskAction::Leave => return self.about_visit(AboutVisit::Leave),
        }))
    }

    fn about_visit(&self, change: AboutVisit) -> Result<DeskPress, Fault> {
        let visit = Uuid::try_parse(&self.visit).map_err(|_| ProblemCode::UnknownVisit)?;
        Ok(DeskPress::AboutVisit(visit, change))
    }

    /// The visit that the desk was believed to hold when the page was made.
    fn holds(&self) -> Result<Option<Uuid>, Fault> {
        given(&self.holds).map(visit_of).transpose()
    }
}

fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn is_ticked(text: &str) -> bool {
    text == "yes"
}

fn visit_of(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::malformed("visit".to_owned()))
}

/// A choice by its name, as the API and the journal spell it.
fn choice<T: DeserializeOwned>(name: &str) -> Result<T, Fault> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).map_err(|_| Fault::malformed("no such choice".to_owned()))
}

/// Where a visit is sent, as the form's list spells it: `desk:N` or `service:KEY`.
fn destination(to: &str) -> Result<Destination, Fault> {
    match to.split_once(':') {
        Some(("desk", desk)) => {
            let desk = desk.parse::<u16>().map_err(|_| ProblemCode::UnknownDesk)?;
            Ok(Destination::Desk(DeskId(desk)))
        }
        Some(("service", key)) => Ok(Destination::Service(key.to_owned())),
        Some(_) | None => Err(ProblemCode::Malformed.into()),
    }
}

async fn show(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    desk: u16,
    query: &DeskQuery,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let state = &signed.visitor.state;
    let view = state.floor(handle, state.clock.now()).ok_or(ProblemCode::Unavailable)?;
    let (ledger, account) = (&state.ledger, signed.session.account.id);
    let note = match fault.map(|fault| fault.code) {
        Some(ProblemCode::NoteFirst) => unread_note::run(ledger, handle, account, DeskId(desk)).await?,
        Some(_) | None => None,
    };
    let person = held_person::run(ledger, handle, account, DeskId(desk)).await?;
    let warned = Uuid::try_parse(&query.warned).ok();
    let shown = DeskOnFloor { signed, handle, view, desk, person, warned }.page(fault, note);
    let status = fault.map_or(StatusCode::OK, |fault| status_of(fault.code));
    Ok(page(status, &shown.ok_or(ProblemCode::UnknownDesk)?))
}

#[cfg(test)]
mod tests {
    use office::{BreakReason, DocumentState, Outcome, OverrideReason};

    use super::*;

    const VISIT: Uuid = Uuid::from_u128(7);

    fn about() -> DeskForm {
        DeskForm { visit: VISIT.to_string(), ..DeskForm::default() }
    }

    fn press(action: &str, form: &DeskForm) -> AtDesk {
        match form.press(action).unwrap() {
            DeskPress::AtDesk(press) => press,
            other => panic!("{action} is {other:?}"),
        }
    }

    #[test]
    fn prom_04_next_says_whom_the_desk_was_believed_to_hold() {
        let form = DeskForm { holds: VISIT.to_string(), finish: "yes".into(), ..DeskForm::default() };
        assert_eq!(press("calls", &form), AtDesk::Call { holds: Some(VISIT), finish: true, note_read: None });
        let nobody = AtDesk::Call { holds: None, finish: false, note_read: None };
        assert_eq!(press("calls", &DeskForm::default()), nobody);
        let wrong = DeskForm { holds: "x".into(), ..DeskForm::default() };
        assert_eq!(wrong.press("calls").unwrap_err().code, ProblemCode::Malformed);
    }

    #[test]
    fn a_break_has_a_stated_end_or_none() {
        let of = |minutes: &str| DeskForm { because: "rest".into(), minutes: minutes.into(), ..DeskForm::default() };
        let ends = |end| AtDesk::Break { because: BreakReason::Rest, end };
        assert_eq!(press("break", &of("15")), ends(Some(BreakEnd::AfterMinutes(15))));
        for open in ["", "0", "481", "x"] {
            assert_eq!(press("break", &of(open)), ends(None), "{open:?}");
        }
        assert!(DeskForm::default().press("break").is_err(), "a break has a reason");
    }

    #[test]
    fn a_transfer_goes_to_a_desk_or_to_a_service() {
        let form = |to: &str| DeskForm { to: to.into(), first: "urgent".into(), ..about() };
        let goes = |to| AtDesk::Transfer { visit: VISIT, to, first_in_line: Some(OverrideReason::Urgent) };
        assert_eq!(press("transfers", &form("desk:2")), goes(Destination::Desk(DeskId(2))));
        assert_eq!(press("transfers", &form("service:address")), goes(Destination::Service("address".into())));
        for (to, code) in [("nowhere", ProblemCode::Malformed), ("desk:x", ProblemCode::UnknownDesk)] {
            assert_eq!(form(to).press("transfers").unwrap_err().code, code);
        }
    }

    #[test]
    fn a_form_asks_what_its_address_says() {
        let shown = DeskProof { identity: true, representation: false, papers: DocumentState::Unseen };
        let form = DeskForm { identity: "yes".into(), ..about() };
        assert_eq!(press("shown", &form), AtDesk::RecordShown { visit: VISIT, shown, note: None });
        let form = DeskForm { outcome: "not-possible".into(), ..about() };
        let ended = AtDesk::Finish { visit: VISIT, outcome: Outcome::NotPossible, delivered: Vec::new() };
        assert_eq!(press("finishes", &form), ended);
        assert_eq!(about().press("leave").unwrap(), DeskPress::AboutVisit(VISIT, AboutVisit::Leave));
        assert_eq!(about().press("dance").unwrap_err().code, ProblemCode::NotFound);
        assert_eq!(DeskForm::default().press("leave").unwrap_err().code, ProblemCode::UnknownVisit);
    }
}
