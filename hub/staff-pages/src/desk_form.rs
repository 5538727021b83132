//! The forms of a desk: what each asks, and what a refused one was filled in with, so that its menu stands open again with all
//! of it and the field marked.

use acts::{
    Fault,
    about_visit::AboutVisit,
    at_desk::{AtDesk, BreakEnd, Delivery, Destination},
    help::HelpOrder,
    requests::{at_visit::DeskHandOut, hand_out::HandOutPaper},
};
use body::{LastThree, PaperKind, WordsId};
use office::{DeskId, DeskProof};
use serde::{
    Deserialize,
    de::{
        DeserializeOwned, IntoDeserializer,
        value::{Error, StrDeserializer},
    },
};
use stationery::{
    page_actions,
    problem::{not_listed, of_field},
};
use uuid::Uuid;
use wire::ProblemCode;

/// A stated break is no longer than this; a longer one has no stated end.
const BREAK_MINUTES_MAX: u16 = 480;

/// Every field of the desk's forms.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DeskForm {
    /// The command's id, drawn with the form.
    pub command: String,
    holds: String,
    step: String,
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
    request: String,
    #[serde(rename = "text-id")]
    text_id: String,
    paper: String,
    last: String,
    ring: String,
    ready: String,
    service: String,
    count: String,
    also: String,
    also_count: String,
    persons: String,
    cases: String,
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
        /// The clerk ends serving there.
        Close = "close",
        /// A break begins.
        Break = "break",
        /// It ends.
        Resume = "resume",
        /// What was done last is undone.
        Undo = "undo",
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
        /// What somebody needed was not brought.
        MissingDocuments = "missing-documents",
        /// What was shown.
        Shown = "shown",
        /// The result of a request is handed out.
        HandOuts = "hand-outs",
        /// Serving is interrupted for somebody booked.
        Interruptions = "interruptions",
        /// The desk calls by itself, or no longer.
        Ready = "ready",
        /// Somebody without a number is served.
        DirectVisits = "direct-visits",
        /// They are more or fewer than said, or with other cases.
        Amend = "amend",
        /// The visit ends.
        Finishes = "finishes",
        /// The visit goes to another desk or service.
        Transfers = "transfers",
        /// Somebody is back after a no-show.
        ComeBack = "come-back",
        /// Somebody leaves.
        Leave = "leave",
        /// The clerk goes to whoever rings for help.
        HelpGo = "help-go",
        /// Whoever rang was helped.
        HelpDone = "help-done",
        /// The clerk needs a colleague at once.
        Emergency = "emergency",
    }
}

/// What a form of the desk asks.
#[derive(Debug, PartialEq, Eq)]
pub enum DeskPress {
    /// Something of the desk.
    AtDesk(AtDesk),
    /// Something about a visit that need not be at the desk.
    AboutVisit(Uuid, AboutVisit),
    /// The result of a request is handed out.
    HandOut(DeskHandOut),
    /// Somebody rings for help.
    Help(HelpOrder),
    /// The clerk of the desk rings, in an emergency.
    Emergency(Uuid),
}

impl DeskForm {
    /// What the form asks, by the last part of its address.
    ///
    /// # Errors
    /// What was chosen and cannot be, with the field that says it.
    pub fn press(&self, action: &str) -> Result<DeskPress, Fault> {
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
                because: given(&self.because)
                    .map(|because| choice(because, &why_id(&self.visit), "override-why"))
                    .transpose()?,
                note: None,
            },
            DeskAction::Open => AtDesk::Open { until: None },
            DeskAction::Close => AtDesk::Close,
            DeskAction::Break => {
                let because = choice(&self.because, "break-why", "break-why")?;
                AtDesk::Break { because, end: given(&self.minutes).map(minutes).transpose()? }
            }
            DeskAction::Resume => AtDesk::EndBreak,
            DeskAction::Undo => AtDesk::Undo {
                step: choice(&self.step, "desk-undo", "desk-undo")?,
                visit: given(&self.visit).map(visit_of).transpose()?,
            },
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
                    papers: given(&self.papers)
                        .map(|papers| choice(papers, "shown-papers", "papers-title"))
                        .transpose()?
                        .unwrap_or_default(),
                },
                note: given(&self.note).map(str::to_owned),
            },
            DeskAction::HandOuts => return self.hand_out().map(DeskPress::HandOut),
            DeskAction::Interruptions => AtDesk::Interrupt {
                visit: visit()?,
                resume: choice(&self.resume, "interrupt-resume", "interrupt")?,
                same_desk: is_ticked(&self.same_desk),
            },
            DeskAction::Ready => AtDesk::SetReady { ready: is_ticked(&self.ready) },
            DeskAction::DirectVisits => AtDesk::ServeDirect {
                holds: self.holds()?,
                service: given(&self.service).ok_or_else(|| not_listed("direct-service", "col-service"))?.to_owned(),
            },
            DeskAction::Amend => {
                let (persons, cases) = (count(&self.persons, "amend-persons")?, count(&self.cases, "amend-cases")?);
                return self.about_visit(AboutVisit::Amend { persons, cases, planned_minutes: None });
            }
            DeskAction::Finishes => AtDesk::Finish {
                visit: visit()?,
                outcome: choice(&self.outcome, "finish-outcome", "paper-outcome")?,
                delivered: self.delivered()?,
            },
            DeskAction::Transfers => AtDesk::Transfer {
                visit: visit()?,
                to: destination(&self.to)?,
                first_in_line: given(&self.first)
                    .map(|first| choice(first, "transfer-first", "transfer-place"))
                    .transpose()?,
            },
            DeskAction::ComeBack => return self.about_visit(AboutVisit::ComeBack),
            DeskAction::Leave => return self.about_visit(AboutVisit::Leave),
            DeskAction::HelpGo => return Ok(DeskPress::Help(HelpOrder::Accept { ring: self.ring()? })),
            DeskAction::Emergency => return Ok(DeskPress::Emergency(self.ring()?)),
            DeskAction::HelpDone => return Ok(DeskPress::Help(HelpOrder::End { ring: self.ring()? })),
        }))
    }

    /// What was delivered, where that is more than the visit's own service once (FLD-08).
    fn delivered(&self) -> Result<Vec<Delivery>, Fault> {
        let own = (&self.service, &self.count, "finish-count");
        let also = (&self.also, &self.also_count, "finish-also-count");
        if given(&self.also).is_none() && matches!(self.count.as_str(), "" | "1") {
            return Ok(Vec::new());
        }
        let both = [own, also].into_iter().filter(|(service, ..)| !service.is_empty());
        both.map(|(service, typed, field)| Ok(Delivery { service: service.clone(), count: count(typed, field)? }))
            .collect()
    }

    fn ring(&self) -> Result<Uuid, Fault> {
        Uuid::try_parse(&self.ring).map_err(|_| Fault::malformed("ring".to_owned()))
    }

    fn hand_out(&self) -> Result<DeskHandOut, Fault> {
        let kind = self.paper.parse::<PaperKind>().ok();
        let (Some(kind), Ok(last)) = (kind, self.last.parse::<LastThree>()) else {
            let words = text::both(|voice| voice.say("staff-request-last-wrong"));
            let field = if kind.is_some() { "hand-out-last" } else { "hand-out-paper" };
            return Err(Fault { words: Some(words), ..Fault::malformed(field.to_owned()) });
        };
        let request = Uuid::try_parse(&self.request).map_err(|_| Fault::malformed("request".to_owned()))?;
        let id = Uuid::try_parse(&self.text_id).map_err(|_| Fault::malformed("text-id".to_owned()))?;
        let shown = HandOutPaper { id: WordsId(id), kind, last, cause: None };
        Ok(DeskHandOut { visit: visit_of(&self.visit)?, request, shown })
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

/// How many, in the field with this id; one, if nothing is typed.
fn count(typed: &str, id: &str) -> Result<u8, Fault> {
    let count = if typed.is_empty() { Some(1) } else { typed.trim().parse::<u8>().ok() };
    let count = count.filter(|count| *count > 0);
    count.ok_or_else(|| of_field(id, text::both(|voice| voice.say("reception-count-wrong"))))
}

fn visit_of(text: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(text).map_err(|_| Fault::malformed("visit".to_owned()))
}

/// A choice by its name, as the API and the journal spell it, in the field with this id and label.
fn choice<T: DeserializeOwned>(name: &str, id: &str, label: &str) -> Result<T, Fault> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).map_err(|_| not_listed(id, label))
}

/// When a break ends, by its stated length.
fn minutes(typed: &str) -> Result<BreakEnd, Fault> {
    let minutes = typed.parse::<u16>().ok().filter(|minutes| (1..=BREAK_MINUTES_MAX).contains(minutes));
    minutes.map(BreakEnd::AfterMinutes).ok_or_else(|| not_listed("break-minutes", "break-minutes"))
}

/// The id of the field in which it is said why this visit is called out of order.
pub fn why_id(visit: &str) -> String {
    // The field that was sent may hold anything; an id holds what an id of ours does.
    let plain = visit.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-');
    format!("why-{}", plain.collect::<String>())
}

/// Where a visit is sent, as the form's list spells it: `desk:N` or `service:KEY`.
fn destination(to: &str) -> Result<Destination, Fault> {
    match to.split_once(':') {
        Some(("desk", desk)) => {
            let desk = desk.parse::<u16>().map_err(|_| ProblemCode::UnknownDesk)?;
            Ok(Destination::Desk(DeskId(desk)))
        }
        Some(("service", key)) => Ok(Destination::Service(key.to_owned())),
        Some(_) | None => Err(not_listed("transfer-to", "transfer-to")),
    }
}

/// A form of the desk that was refused.
#[derive(Debug)]
pub struct DeskRefusal {
    /// Why, and which of its fields it is about.
    pub fault: Fault,
    action: Option<DeskAction>,
    form: DeskForm,
}

impl DeskRefusal {
    /// What was refused, by the last part of the form's address, as it was filled in.
    pub fn of(fault: Fault, action: &str, form: DeskForm) -> Self {
        let action = action.parse::<DeskAction>().ok();
        let field = action.filter(|_| fault.place.is_none()).and_then(|action| field_of(action, fault.code, &form));
        let fault = Fault { place: field.or_else(|| fault.place.clone()), ..fault };
        Self { fault, action, form }
    }

    /// Whether it was this form, about this visit where one is named.
    pub fn is_of(&self, action: &str, visit: Option<&str>) -> bool {
        self.action.is_some_and(|refused| refused.name() == action)
            && visit.is_none_or(|visit| visit == self.form.visit)
    }

    /// What stood in one of its fields.
    pub fn text(&self, field: &str) -> &str {
        let form = &self.form;
        match field {
            "because" => &form.because,
            "minutes" => &form.minutes,
            "outcome" => &form.outcome,
            "same_desk" => &form.same_desk,
            "to" => &form.to,
            "first" => &form.first,
            "identity" => &form.identity,
            "representation" => &form.representation,
            "papers" => &form.papers,
            "note" => &form.note,
            "visit" => &form.visit,
            "request" => &form.request,
            "paper" => &form.paper,
            "last" => &form.last,
            "service" => &form.service,
            "count" => &form.count,
            "also" => &form.also,
            "also_count" => &form.also_count,
            "persons" => &form.persons,
            "cases" => &form.cases,
            _ => "",
        }
    }
}

/// The field that the rules' own no is about, where it is about one.
fn field_of(action: DeskAction, code: ProblemCode, form: &DeskForm) -> Option<String> {
    match (action, code) {
        // Who is in hand is looked at first: what is closed or serves it not is where it was to go.
        (
            DeskAction::Transfers,
            ProblemCode::UnknownDesk
            | ProblemCode::UnknownService
            | ProblemCode::NotServedHere
            | ProblemCode::DeskClosed
            | ProblemCode::DeskOnBreak,
        ) => Some("transfer-to".to_owned()),
        (DeskAction::ChosenCalls, ProblemCode::ReasonNeeded) => Some(why_id(&form.visit)),
        (DeskAction::Shown, ProblemCode::ReasonNeeded) => Some("shown-note".to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use office::{BreakReason, DeskStep, DocumentState, Outcome, OverrideReason};

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
        assert_eq!(press("break", &of("")), ends(None));
        for wrong in ["0", "481", "x", "-1"] {
            let fault = of(wrong).press("break").unwrap_err();
            assert_eq!(
                (fault.code, fault.place.as_deref()),
                (ProblemCode::Malformed, Some("break-minutes")),
                "{wrong}"
            );
        }
        assert!(DeskForm::default().press("break").is_err(), "a break has a reason");
    }

    #[test]
    fn fld_01_what_is_undone_is_named_with_its_visit() {
        let form = |step: &str, visit: &str| DeskForm { step: step.into(), visit: visit.into(), ..DeskForm::default() };
        let no_show = AtDesk::Undo { step: DeskStep::NoShow, visit: Some(VISIT) };
        assert_eq!(press("undo", &form("no-show", &VISIT.to_string())), no_show);
        assert_eq!(press("undo", &form("break", "")), AtDesk::Undo { step: DeskStep::Break, visit: None });
        for (step, visit) in [("dance", ""), ("", ""), ("call", "x")] {
            assert_eq!(form(step, visit).press("undo").unwrap_err().code, ProblemCode::Malformed, "{step} {visit}");
        }
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
    fn pla_03_a_hand_out_says_what_was_shown() {
        let form = |last: &str| DeskForm {
            request: VISIT.to_string(),
            text_id: VISIT.to_string(),
            paper: "passport".into(),
            last: last.into(),
            ..about()
        };
        assert!(matches!(form("456").press("hand-outs"), Ok(DeskPress::HandOut(_))));
        let fault = form("4").press("hand-outs").unwrap_err();
        assert_eq!(fault.place.as_deref(), Some("hand-out-last"));
        let fault = DeskForm { paper: String::new(), ..form("456") }.press("hand-outs").unwrap_err();
        assert_eq!(fault.place.as_deref(), Some("hand-out-paper"));
    }

    #[test]
    fn fld_08_fld_32_several_services_persons_and_cases_are_counted() {
        let of = |fields: [&str; 4]| {
            let [service, count, also, also_count] = fields.map(str::to_owned);
            DeskForm { outcome: "done".into(), service, count, also, also_count, ..about() }
        };
        let delivered = |fields: [&str; 4]| match press("finishes", &of(fields)) {
            AtDesk::Finish { delivered, .. } => {
                delivered.into_iter().map(|one| (one.service, one.count)).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        assert!(delivered(["signature", "1", "", ""]).is_empty(), "the visit's own, once");
        assert_eq!(delivered(["signature", "3", "", ""]), [("signature".to_owned(), 3)]);
        let both = [("signature".to_owned(), 1), ("certified-copy".to_owned(), 2)];
        assert_eq!(delivered(["signature", "", "certified-copy", "2"]), both);
        for wrong in [["signature", "0", "", ""], ["signature", "1", "certified-copy", "x"]] {
            assert_eq!(of(wrong).press("finishes").unwrap_err().code, ProblemCode::Malformed, "{wrong:?}");
        }
        let form = DeskForm { persons: "2".into(), cases: "3".into(), ..about() };
        let amended = AboutVisit::Amend { persons: 2, cases: 3, planned_minutes: None };
        assert_eq!(form.press("amend").unwrap(), DeskPress::AboutVisit(VISIT, amended));
    }

    #[test]
    fn fld_07_a_desk_calls_by_itself_or_serves_somebody_without_a_number() {
        let form = |ready: &str| DeskForm { ready: ready.into(), ..DeskForm::default() };
        assert_eq!(press("ready", &form("yes")), AtDesk::SetReady { ready: true });
        assert_eq!(press("ready", &form("no")), AtDesk::SetReady { ready: false });
        let direct = DeskForm { service: "signature".into(), ..DeskForm::default() };
        let asked = AtDesk::ServeDirect { holds: None, service: "signature".into() };
        assert_eq!(press("direct-visits", &direct), asked);
        assert_eq!(DeskForm::default().press("direct-visits").unwrap_err().place.as_deref(), Some("direct-service"));
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
