//! One step of a request, in the writer's turn: who may, what follows, and everything of it kept at once.

use body::{
    AccountId, Action, Asker, BodyConfig, Case, CaseCommand, CaseContext, CaseEnd, CasePhase, CaseRefusal, Doer,
    GrantScope, LevelSubject, OfficeId, ProtocolSeries, ResultForm, ResultWay, case, grant,
};
use chrono::{DateTime, Utc};
use store::{FilePurpose, RequestRow, RequestWords, Store, Stored};
use uuid::Uuid;
use vocabulary::Assurance;

use super::{RequestErrand, news::tell, refusal::RequestRefusal, said::WrittenText};

/// In what capacity somebody takes a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StepCapacity {
    /// As the applicant, with what vouches for them in this session.
    Applicant(Assurance),
    /// As staff, who need a grant for this.
    Staff(Action),
    /// As who serves at a desk of an office the visit that it is for.
    Desk(OfficeId),
    /// As the hub itself.
    Hub,
}

/// A step that somebody wants to take.
#[derive(Debug, Clone)]
pub(super) struct StepOrder {
    /// Of which request.
    pub public: Uuid,
    /// Who; nobody where it is the hub.
    pub by: AccountId,
    /// By what right they take the step.
    pub capacity: StepCapacity,
    /// What they wrote.
    pub text: Option<WrittenText>,
    /// Whether staff alone read that.
    pub internal: bool,
    /// What is asked of the rules.
    pub command: CaseCommand,
}

impl StepOrder {
    /// A step of the applicant.
    pub fn of_applicant(errand: RequestErrand, command: CaseCommand) -> Self {
        let RequestErrand { request: public, by } = errand;
        let capacity = StepCapacity::Applicant(Assurance::None);
        Self { public, by, capacity, text: None, internal: false, command }
    }

    /// A step of staff.
    pub fn of_staff(errand: RequestErrand, action: Action, command: CaseCommand) -> Self {
        let RequestErrand { request: public, by } = errand;
        Self { public, by, capacity: StepCapacity::Staff(action), text: None, internal: false, command }
    }

    /// The same with a text, that the command names already.
    pub fn with(self, text: Option<WrittenText>) -> Self {
        Self { text, ..self }
    }

    /// Takes it, and keeps what follows. The same text under the same id again is the same press: it changes nothing, and is
    /// answered with the request as it is now.
    pub fn take(
        self,
        store: &Store,
        body: &BodyConfig,
        now: DateTime<Utc>,
    ) -> Stored<Result<RequestRow, RequestRefusal>> {
        let Some(row) = store.request(self.public)? else { return Ok(Err(RequestRefusal::NotFound)) };
        if let Err(refusal) = self.may(store, &row)? {
            return Ok(Err(refusal));
        }
        if let CaseCommand::Assign { to } = &self.command
            && !able(store, &row)?.contains(to)
        {
            return Ok(Err(RequestRefusal::NotTheirs));
        }
        let mut kept = None;
        if let Some(text) = &self.text {
            if store.has_request_words(text.id)? {
                return Ok(Ok(row));
            }
            match text.checked() {
                Ok(checked) => kept = Some((text.id, checked)),
                Err(flaw) => return Ok(Err(RequestRefusal::Text(flaw))),
            }
        }
        let known = Surroundings::of(store, body, &row, self.capacity)?;
        let by = if self.capacity == StepCapacity::Hub { Doer::Hub } else { Doer::Account(self.by) };
        let events = match case::decide(Some(&row.case), &self.command, &known.context(by, now, body)) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(RequestRefusal::Rule(refusal))),
        };
        if events.is_empty() {
            return Ok(Ok(row));
        }
        let Some(after) = events.iter().fold(Some(row.case.clone()), case::apply) else {
            return Ok(Err(RequestRefusal::Rule(CaseRefusal::UnknownCase)));
        };
        let row = RequestRow { case: after, ..row };
        if let Some((id, text)) = kept {
            let author = (self.capacity != StepCapacity::Hub).then_some(self.by);
            let words = RequestWords { id, request: row.case.id, author, internal: self.internal, text: Some(text) };
            store.put_request_words(&words, now)?;
        }
        store.keep_request(&row, &events)?;
        // What was chosen with an answer or an addition goes with it.
        if matches!(self.command, CaseCommand::Answer { .. } | CaseCommand::Add { .. }) {
            store.settle_drafts(row.public, self.by)?;
        }
        tell(store, &row, &events, now)?;
        Ok(Ok(row))
    }

    /// Whether they may. Whoever may not even read it is told that there is none.
    fn may(&self, store: &Store, row: &RequestRow) -> Stored<Result<(), RequestRefusal>> {
        let action = match self.capacity {
            StepCapacity::Hub => return Ok(Ok(())),
            StepCapacity::Applicant(_) => {
                let is_own = row.case.account == self.by;
                return Ok(if is_own { Ok(()) } else { Err(RequestRefusal::NotFound) });
            }
            StepCapacity::Desk(office) => {
                let grants = store.grants_of(self.by)?;
                let may = grant::may(&grants, Action::HandOutResults, &row.case.place().at(office));
                return Ok(if may { Ok(()) } else { Err(RequestRefusal::NotAllowed) });
            }
            StepCapacity::Staff(action) => action,
        };
        staff_may(store, self.by, action, row)
    }
}

/// Who may work on a request.
pub(super) fn able(store: &Store, row: &RequestRow) -> Stored<Vec<AccountId>> {
    let mut able = Vec::new();
    for one in grant::grants_for(Action::WorkOnRequests, row.case.place()) {
        able.extend(store.accounts_with(one.role(), one.scope())?);
    }
    able.sort_unstable();
    able.dedup();
    // Nobody works on what they ask themselves.
    able.retain(|account| *account != row.case.account);
    Ok(able)
}

/// Whether somebody of staff may do something to a request.
pub(super) fn staff_may(
    store: &Store,
    by: AccountId,
    action: Action,
    row: &RequestRow,
) -> Stored<Result<(), RequestRefusal>> {
    let grants = store.grants_of(by)?;
    let place = row.case.place();
    // A result goes out at the desk of whichever office it was brought to, once it is there; before, nobody at a desk has to
    // know of the request.
    let is_brought = matches!(
        row.case.phase,
        CasePhase::Ready { way: ResultWay::Collection } | CasePhase::Closed { end: CaseEnd::Collected }
    );
    let at_desk = is_brought
        && grant::scopes_of(&grants, action).any(|scope| match scope {
            GrantScope::Office(_) => true,
            GrantScope::Body | GrantScope::Unit(_) | GrantScope::List(_) | GrantScope::Category(_) => false,
        });
    if at_desk || grant::may(&grants, action, &place) {
        return Ok(Ok(()));
    }
    let reads = grant::may(&grants, Action::ReadRequests, &place);
    Ok(Err(if reads { RequestRefusal::NotAllowed } else { RequestRefusal::NotFound }))
}

/// Whether the result of a request lies there as a file.
fn has_result(store: &Store, body: &BodyConfig, (request, case): (Uuid, &Case)) -> Stored<bool> {
    let result = body.categories.get(&case.category).map(|category| category.result);
    if result != Some(ResultForm::ElectronicDocument) {
        return Ok(false);
    }
    Ok(store.request_files(request)?.iter().any(|file| file.purpose == FilePurpose::Result))
}

/// What the rules want to know beside the request.
pub(super) struct Surroundings {
    series: ProtocolSeries,
    applicant: Asker,
    b_open: bool,
    has_file: bool,
}

impl Surroundings {
    /// Of a request that is there.
    pub fn of(store: &Store, body: &BodyConfig, row: &RequestRow, capacity: StepCapacity) -> Stored<Self> {
        let assurance = match capacity {
            StepCapacity::Applicant(assurance) => assurance,
            StepCapacity::Staff(_) | StepCapacity::Desk(_) | StepCapacity::Hub => Assurance::None,
        };
        let has_file = has_result(store, body, (row.public, &row.case))?;
        let known = Self::new(store, body, row.case.account, assurance, LevelSubject::Category(row.case.category))?;
        Ok(Self { has_file, ..known })
    }

    /// Of an applicant, and what they ask for.
    pub fn new(
        store: &Store,
        body: &BodyConfig,
        account: AccountId,
        assurance: Assurance,
        subject: LevelSubject,
    ) -> Stored<Self> {
        let standing = store.standing(account)?;
        let kind = body.protocol.series();
        let series = store.protocol_series(kind)?;
        let b_open = store.level_switches()?.is_open(subject, body.b_open(subject, None));
        let applicant = Asker::SignedIn { level: standing.level(), assurance, wish: standing.wish(false) };
        Ok(Self { series, applicant, b_open, has_file: false })
    }

    /// How the applicant stands now, for rules that ask for a level.
    pub const fn applicant(&self) -> Asker {
        self.applicant
    }

    /// Whether level B is open.
    pub const fn b_open(&self) -> bool {
        self.b_open
    }

    /// Whether the result lies there as a file.
    pub const fn has_file(&self) -> bool {
        self.has_file
    }

    /// What the rules are told.
    pub const fn context<'a>(&'a self, by: Doer, now: DateTime<Utc>, config: &'a BodyConfig) -> CaseContext<'a> {
        CaseContext {
            by,
            now,
            config,
            series: &self.series,
            applicant: self.applicant,
            b_open: self.b_open,
            has_file: self.has_file,
        }
    }
}
