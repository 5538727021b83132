//! What follows for a request from a command, or why nothing does.

use chrono::{Datelike, NaiveDate};
use vocabulary::Level;

use super::{
    ADDITIONS_MAX, Case, CaseCommand, CaseContext, CaseEnd, CaseEvent, CasePhase, CaseRefusal, CaseStep, CloseReason,
    ResultWay, STEPS_MAX,
};
use crate::{
    AccountId, Admission, Asker, CaseId, Category, CategoryId, Doer, ResultForm, SeriesKind, Term, UnitId, WordsId,
    access, deadline,
};

/// Decides a command on a request, or on none where it is submitted. Changes nothing. What is so already gives no event.
///
/// # Errors
/// A [`CaseRefusal`] where the rules say no.
pub fn decide(
    case: Option<&Case>,
    command: &CaseCommand,
    context: &CaseContext<'_>,
) -> Result<Vec<CaseEvent>, CaseRefusal> {
    let now = case.map_or(context.now, |case| case.last_at.max(context.now));
    let asking = CaseQuestion { context, today: context.config.day_of(now) };
    let steps = match case {
        None => asking.first(command)?,
        Some(case) => asking.steps(case, command)?,
    };
    let leads_on = |step: &CaseStep| {
        !matches!(step, CaseStep::CaseClosed { .. } | CaseStep::CaseNumbered { .. } | CaseStep::ApplicantJoined { .. })
    };
    if case.is_some_and(|case| case.steps >= STEPS_MAX) && !steps.is_empty() && steps.iter().all(leads_on) {
        return Err(CaseRefusal::TooManySteps);
    }
    Ok(steps.into_iter().map(|step| CaseEvent { at: now, by: context.by, step }).collect())
}

/// A question to the rules: who asks, and on which day.
struct CaseQuestion<'a> {
    context: &'a CaseContext<'a>,
    today: NaiveDate,
}

type Steps = Result<Vec<CaseStep>, CaseRefusal>;

impl CaseQuestion<'_> {
    /// What is asked where there is no request yet.
    fn first(&self, command: &CaseCommand) -> Steps {
        match command {
            CaseCommand::Submit { case, category, way, words } => self.submit(*case, *category, *way, *words),
            CaseCommand::Number { .. }
            | CaseCommand::Take
            | CaseCommand::Assign { .. }
            | CaseCommand::TakeOver { .. }
            | CaseCommand::HandToUnit { .. }
            | CaseCommand::Forward { .. }
            | CaseCommand::Ask { .. }
            | CaseCommand::Answer { .. }
            | CaseCommand::Add { .. }
            | CaseCommand::Accept { .. }
            | CaseCommand::Refuse { .. }
            | CaseCommand::Finish { .. }
            | CaseCommand::MakeReady
            | CaseCommand::ChooseWay { .. }
            | CaseCommand::HandOut { .. }
            | CaseCommand::Post { .. }
            | CaseCommand::Download
            | CaseCommand::Close { .. }
            | CaseCommand::Withdraw
            | CaseCommand::Reopen { .. }
            | CaseCommand::Note { .. }
            | CaseCommand::ProposeVisit { .. }
            | CaseCommand::JoinApplicant { .. } => Err(CaseRefusal::UnknownCase),
        }
    }

    fn steps(&self, case: &Case, command: &CaseCommand) -> Steps {
        match command {
            CaseCommand::Submit { .. } => Err(CaseRefusal::NumberTaken),
            CaseCommand::Number { official } => match (&case.outside, case.given.series) {
                (_, SeriesKind::Official) => Err(CaseRefusal::OwnNumbers),
                (Some(has), SeriesKind::Provisional) if has == official => Ok(Vec::new()),
                (Some(_), SeriesKind::Provisional) => Err(CaseRefusal::NumberedAlready),
                (None, SeriesKind::Provisional) => Ok(vec![CaseStep::CaseNumbered { official: official.clone() }]),
            },
            CaseCommand::JoinApplicant { to } => {
                self.own(case)?;
                // Nobody works on what they ask themselves.
                if case.worker == Some(*to) {
                    return Err(CaseRefusal::OwnRequest);
                }
                Ok(if *to == case.account { Vec::new() } else { vec![CaseStep::ApplicantJoined { to: *to }] })
            }
            CaseCommand::Take => self.take(case),
            CaseCommand::Assign { to } => self.assign(case, *to),
            CaseCommand::TakeOver { from } => self.take_over(case, *from),
            CaseCommand::HandToUnit { unit } => self.hand_to_unit(case, *unit),
            CaseCommand::Forward { to } => {
                self.desk(case)?;
                self.mine_or_nobodys(case)?;
                let late = case.forward_by < self.today;
                Ok(ended(CaseStep::CaseForwarded { to: *to, late }, CaseEnd::Forwarded))
            }
            CaseCommand::Ask { question } => self.ask(case, *question),
            CaseCommand::Answer { answer } => {
                self.applicant(case)?;
                let CasePhase::AwaitsAnswer { .. } = case.phase else { return Err(not_asked(case)) };
                let due = case.clock.due_from(&self.context.config.calendar, self.today);
                Ok(vec![CaseStep::QuestionAnswered { answer: *answer, due }])
            }
            CaseCommand::Add { addition } => {
                self.applicant(case)?;
                if case.additions >= ADDITIONS_MAX {
                    return Err(CaseRefusal::TooManySteps);
                }
                Ok(vec![CaseStep::CaseSupplemented { addition: *addition }])
            }
            CaseCommand::Accept { words } => {
                self.worker(case)?;
                match case.phase {
                    CasePhase::InHand | CasePhase::AwaitsAnswer { accepted: false } => {
                        Ok(vec![CaseStep::CaseAccepted { words: *words }])
                    }
                    CasePhase::Accepted | CasePhase::AwaitsAnswer { accepted: true } => {
                        Err(CaseRefusal::AcceptedAlready)
                    }
                    CasePhase::Ready { .. } => Err(CaseRefusal::ReadyAlready),
                    CasePhase::Closed { .. } => Err(CaseRefusal::AlreadyClosed),
                }
            }
            CaseCommand::Refuse { reason } => {
                self.worker(case)?;
                self.not_ready(case)?;
                Ok(ended(CaseStep::CaseRefused { reason: *reason }, CaseEnd::Refused))
            }
            CaseCommand::Finish { words } => {
                self.worker(case)?;
                self.not_ready(case)?;
                Ok(ended(CaseStep::CaseDone { words: *words }, CaseEnd::Done))
            }
            CaseCommand::MakeReady => self.make_ready(case),
            CaseCommand::ChooseWay { way } => self.choose_way(case, *way),
            CaseCommand::HandOut { paper, cause } => {
                // The same hand-over, sent again: it was done, and the request is closed by it.
                if cause.is_some() && *cause == case.handed_because {
                    return Ok(Vec::new());
                }
                self.desk(case)?;
                self.ready_for(case, ResultWay::Collection)?;
                Ok(ended(CaseStep::ResultCollected { paper: *paper, cause: *cause }, CaseEnd::Collected))
            }
            CaseCommand::Post { tracking } => {
                self.desk(case)?;
                self.ready_for(case, ResultWay::Post)?;
                if self.context.applicant.level() < Level::B {
                    return Err(CaseRefusal::AddressNotCertified);
                }
                Ok(ended(CaseStep::ResultPosted { tracking: *tracking, on: self.today }, CaseEnd::Posted))
            }
            CaseCommand::Download => {
                self.own(case)?;
                self.context.applicant.may_download()?;
                // Whoever has lost the file has it again; each time is told.
                let again = case.phase == (CasePhase::Closed { end: CaseEnd::Downloaded });
                if !again {
                    self.ready_for(case, ResultWay::Download)?;
                }
                self.has_file()?;
                let step = CaseStep::ResultDownloaded;
                Ok(if again { vec![step] } else { ended(step, CaseEnd::Downloaded) })
            }
            CaseCommand::Close { because, words } => self.close(case, *because, *words),
            CaseCommand::Withdraw => {
                self.own(case)?;
                if case.phase == (CasePhase::Closed { end: CaseEnd::Withdrawn }) {
                    return Ok(Vec::new());
                }
                open(case)?;
                Ok(ended(CaseStep::CaseWithdrawn, CaseEnd::Withdrawn))
            }
            CaseCommand::Reopen { reason } => self.reopen(case, *reason),
            CaseCommand::Note { note } => {
                self.staff(case)?;
                Ok(vec![CaseStep::NoteAdded { note: *note }])
            }
            CaseCommand::ProposeVisit { office, service, channel } => {
                self.worker(case)?;
                Ok(vec![CaseStep::VisitProposed { office: *office, service: *service, channel: *channel }])
            }
        }
    }

    fn submit(&self, case: CaseId, id: CategoryId, way: Option<ResultWay>, words: WordsId) -> Steps {
        let config = self.context.config;
        let Some(account) = self.context.by.account() else { return Err(CaseRefusal::NotYours) };
        let category = config.categories.get(&id).ok_or(CaseRefusal::UnknownCategory)?;
        let demand = category.demand(self.context.b_open);
        let is_signed_in = matches!(self.context.applicant, Asker::SignedIn { .. });
        if !is_signed_in || access::admit(self.context.applicant, demand) != Admission::Allowed {
            return Err(CaseRefusal::NotAdmitted);
        }
        let way = match way {
            Some(way) => {
                category.result.can_go(way, self.context.applicant)?;
                way
            }
            // By post to who is certified, else in person (PLA-03, PET-06).
            None => {
                let ways = category.result.ways(self.context.applicant);
                ways.first().copied().unwrap_or(ResultWay::Collection)
            }
        };
        debug_assert_eq!(self.context.series.kind, config.protocol.series(), "the series that the protocol has");
        let number = self.context.series.next(self.today.year());
        if self.context.series.has_given(number) {
            return Err(CaseRefusal::NumbersUsedUp);
        }
        Ok(vec![CaseStep::CaseSubmitted {
            case,
            account,
            category: id,
            unit: category.unit,
            number,
            term: category.term,
            due: category.term.due(&config.calendar, self.today),
            forward_by: Term::Days(deadline::FORWARD_DAYS).due(&config.calendar, self.today),
            way,
            words,
        }])
    }

    fn take(&self, case: &Case) -> Steps {
        let by = self.desk(case)?;
        match case.worker {
            Some(worker) if worker == by => Ok(Vec::new()),
            Some(worker) => Err(CaseRefusal::AssignedTo { worker }),
            None => Ok(vec![CaseStep::CaseAssigned { to: by }]),
        }
    }

    fn assign(&self, case: &Case, to: AccountId) -> Steps {
        self.desk(case)?;
        if to == case.account {
            return Err(CaseRefusal::OwnRequest);
        }
        match case.worker {
            Some(worker) if worker == to => Ok(Vec::new()),
            Some(from) => Ok(vec![CaseStep::CaseTakenOver { from, to }]),
            None => Ok(vec![CaseStep::CaseAssigned { to }]),
        }
    }

    fn take_over(&self, case: &Case, from: AccountId) -> Steps {
        let to = self.desk(case)?;
        match case.worker {
            Some(worker) if worker == to => Ok(Vec::new()),
            Some(worker) if worker == from => Ok(vec![CaseStep::CaseTakenOver { from, to }]),
            // Another was quicker, and whoever asks has not seen it.
            Some(worker) => Err(CaseRefusal::AssignedTo { worker }),
            None => Err(CaseRefusal::NotAssigned),
        }
    }

    fn hand_to_unit(&self, case: &Case, unit: UnitId) -> Steps {
        self.desk(case)?;
        self.mine_or_nobodys(case)?;
        if !self.context.config.units.contains_key(&unit) {
            return Err(CaseRefusal::UnknownUnit);
        }
        let is_there = unit == case.unit;
        Ok(if is_there { Vec::new() } else { vec![CaseStep::CaseHandedOver { from: case.unit, to: unit }] })
    }

    fn ask(&self, case: &Case, question: WordsId) -> Steps {
        self.worker(case)?;
        match case.phase {
            CasePhase::InHand | CasePhase::Accepted => {
                let left = case.clock.term.left(&self.context.config.calendar, self.today, case.clock.due);
                Ok(vec![CaseStep::QuestionAsked { question, on: self.today, left }])
            }
            CasePhase::AwaitsAnswer { .. } => Err(CaseRefusal::AskedAlready),
            CasePhase::Ready { .. } => Err(CaseRefusal::ReadyAlready),
            CasePhase::Closed { .. } => Err(CaseRefusal::AlreadyClosed),
        }
    }

    fn make_ready(&self, case: &Case) -> Steps {
        self.worker(case)?;
        self.not_ready(case)?;
        if self.category(case).is_some_and(|category| category.result == ResultForm::None) {
            return Err(CaseRefusal::NoSuchResult);
        }
        // Who has lost level B since they asked collects it: the address is not certified any more.
        let can_go = |category: &Category| category.result.can_go(case.way, self.context.applicant).is_ok();
        let can_go = self.category(case).is_none_or(can_go);
        let way = if can_go { case.way } else { ResultWay::Collection };
        if way == ResultWay::Download {
            self.has_file()?;
        }
        Ok(vec![CaseStep::ResultReady { way }])
    }

    fn choose_way(&self, case: &Case, way: ResultWay) -> Steps {
        self.applicant(case)?;
        let category = self.category(case).ok_or(CaseRefusal::UnknownCategory)?;
        case.can_choose(category.result, way, self.context.applicant, self.context.has_file)?;
        Ok(if case.way_now() == way { Vec::new() } else { vec![CaseStep::WayChosen { way }] })
    }

    fn close(&self, case: &Case, because: CloseReason, words: Option<WordsId>) -> Steps {
        self.desk(case)?;
        self.mine_or_nobodys(case)?;
        let fits = match because {
            CloseReason::NotCollected => match case.phase {
                CasePhase::Ready { .. } => Ok(()),
                CasePhase::InHand | CasePhase::Accepted | CasePhase::AwaitsAnswer { .. } | CasePhase::Closed { .. } => {
                    Err(CaseRefusal::NotReady)
                }
            },
            CloseReason::NoAnswer => match case.phase {
                CasePhase::AwaitsAnswer { .. } => Ok(()),
                CasePhase::InHand | CasePhase::Accepted | CasePhase::Ready { .. } | CasePhase::Closed { .. } => {
                    Err(CaseRefusal::NothingAsked)
                }
            },
            CloseReason::Duplicate => Ok(()),
            CloseReason::Other => words.map(|_| ()).ok_or(CaseRefusal::WordsNeeded),
        };
        fits?;
        Ok(vec![CaseStep::CaseClosed { end: CaseEnd::Closed(because), words }])
    }

    fn reopen(&self, case: &Case, reason: WordsId) -> Steps {
        self.own(case)?;
        if !case.is_closed() {
            return Err(CaseRefusal::NotClosed);
        }
        let config = self.context.config;
        let until = case.reopen_until(config).ok_or(CaseRefusal::NotReopenable)?;
        if until < self.today {
            return Err(CaseRefusal::TooLateToReopen { until });
        }
        let due = case.clock.term.due(&config.calendar, self.today).max(case.clock.due);
        Ok(vec![CaseStep::CaseReopened { reason, due }])
    }

    /// The applicant, of a request that is open.
    fn applicant(&self, case: &Case) -> Result<(), CaseRefusal> {
        self.own(case)?;
        open(case)
    }

    /// Refuses everybody but the applicant.
    fn own(&self, case: &Case) -> Result<(), CaseRefusal> {
        (self.context.by == Doer::Account(case.account)).then_some(()).ok_or(CaseRefusal::NotYours)
    }

    /// Somebody of staff, whose request it is not.
    fn staff(&self, case: &Case) -> Result<AccountId, CaseRefusal> {
        let by = self.context.by.account().ok_or(CaseRefusal::NotStaff)?;
        if by == case.account { Err(CaseRefusal::OwnRequest) } else { Ok(by) }
    }

    /// Somebody of staff, for a request that is open.
    fn desk(&self, case: &Case) -> Result<AccountId, CaseRefusal> {
        let by = self.staff(case)?;
        open(case)?;
        Ok(by)
    }

    /// Whoever has it.
    fn worker(&self, case: &Case) -> Result<(), CaseRefusal> {
        let by = self.desk(case)?;
        match case.worker {
            Some(worker) if worker == by => Ok(()),
            Some(worker) => Err(CaseRefusal::AssignedTo { worker }),
            None => Err(CaseRefusal::NotAssigned),
        }
    }

    /// Whoever has it, or anybody if nobody has.
    fn mine_or_nobodys(&self, case: &Case) -> Result<(), CaseRefusal> {
        match case.worker {
            Some(worker) if self.context.by != Doer::Account(worker) => Err(CaseRefusal::AssignedTo { worker }),
            Some(_) | None => Ok(()),
        }
    }

    fn not_ready(&self, case: &Case) -> Result<(), CaseRefusal> {
        if matches!(case.phase, CasePhase::Ready { .. }) { Err(CaseRefusal::ReadyAlready) } else { Ok(()) }
    }

    fn ready_for(&self, case: &Case, wanted: ResultWay) -> Result<(), CaseRefusal> {
        match case.phase {
            CasePhase::Ready { way } if way == wanted => Ok(()),
            CasePhase::Ready { .. } => Err(CaseRefusal::OtherWay),
            CasePhase::InHand | CasePhase::AwaitsAnswer { .. } | CasePhase::Accepted => Err(CaseRefusal::NotReady),
            CasePhase::Closed { .. } => Err(CaseRefusal::AlreadyClosed),
        }
    }

    /// The category as it is set up now; none if it was taken out since.
    fn category(&self, case: &Case) -> Option<&Category> {
        self.context.config.categories.get(&case.category)
    }

    /// Whether there is something to download.
    const fn has_file(&self) -> Result<(), CaseRefusal> {
        if self.context.has_file { Ok(()) } else { Err(CaseRefusal::NoFile) }
    }
}

/// What happened, and that it ended the request.
fn ended(step: CaseStep, end: CaseEnd) -> Vec<CaseStep> {
    vec![step, CaseStep::CaseClosed { end, words: None }]
}

fn open(case: &Case) -> Result<(), CaseRefusal> {
    if case.is_closed() { Err(CaseRefusal::AlreadyClosed) } else { Ok(()) }
}

const fn not_asked(case: &Case) -> CaseRefusal {
    if case.is_closed() { CaseRefusal::AlreadyClosed } else { CaseRefusal::NothingAsked }
}
