//! Stories of one request in lines: a day and an hour, who does what, and what follows.

use body::{
    AccountId, AccountStanding, Asker, BWish, BodyConfig, Case, CaseCommand, CaseContext, CaseEvent, CaseId, CasePhase,
    CaseStep, CategoryId, CloseReason, Doer, IdentityPaper, OfficeId, OfficeMoment, PaperKind, ProtocolSeries,
    ProtocolSource, ResultWay, SeriesKind, UnitId, WordsId, case,
};
use chrono::{DateTime, NaiveDateTime, Utc};
use office::{Channel, ServiceId, calendar::instant_from};
use uuid::Uuid;
use vocabulary::{Assurance, Level};

use crate::town::municipality;

/// The applicant of every story.
pub const CITIZEN: AccountId = AccountId(100);

/// A request, and all that is known beside it.
pub struct Story {
    pub config: BodyConfig,
    pub case: Option<Case>,
    pub series: ProtocolSeries,
    pub level: Level,
    pub assurance: Assurance,
    pub b_open: bool,
    pub has_file: bool,
    pub journal: Vec<CaseEvent>,
    words: u128,
}

impl Story {
    pub fn new(config: BodyConfig) -> Self {
        let kind = match config.protocol {
            ProtocolSource::Own => SeriesKind::Official,
            ProtocolSource::Adapter { .. } => SeriesKind::Provisional,
        };
        let series = ProtocolSeries::new(kind);
        let (level, assurance) = (Level::A, Assurance::None);
        Self {
            config,
            case: None,
            series,
            level,
            assurance,
            b_open: true,
            has_file: true,
            journal: Vec::new(),
            words: 0,
        }
    }

    /// Decides, and makes it so.
    pub fn ask(&mut self, by: Doer, at: DateTime<Utc>, command: &CaseCommand) -> Result<Vec<CaseEvent>, String> {
        let applicant = match self.level {
            Level::None => Asker::Stranger { returning: false },
            level => Asker::SignedIn { level, assurance: self.assurance, wish: BWish::None },
        };
        let context = CaseContext {
            by,
            now: at,
            config: &self.config,
            series: &self.series,
            applicant,
            b_open: self.b_open,
            has_file: self.has_file,
        };
        let events = case::decide(self.case.as_ref(), command, &context).map_err(|refusal| refusal.to_string())?;
        for event in &events {
            self.case = case::apply(self.case.take(), event);
            case::note_number(&mut self.series, event);
        }
        self.journal.extend(events.iter().cloned());
        Ok(events)
    }

    fn fresh(&mut self) -> WordsId {
        self.words += 1;
        WordsId(Uuid::from_u128(self.words))
    }

    /// One line: `2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026, due 2027-01-19`.
    pub fn line(&mut self, line: &str) {
        let (said, follows) = line.split_once("->").unwrap_or((line, ""));
        let words: Vec<&str> = said.split_whitespace().collect();
        if let ["level", level] = words.as_slice() {
            self.level = match *level {
                "b" => Level::B,
                "a" => Level::A,
                _ => Level::None,
            };
            return;
        }
        if let ["file", there] = words.as_slice() {
            self.has_file = *there == "there";
            return;
        }
        if let ["taxisnet"] = words.as_slice() {
            self.assurance = Assurance::Taxisnet;
            return;
        }
        let local: NaiveDateTime = format!("{}T{}:00", words[0], words[1]).parse().unwrap();
        let at = instant_from(self.config.zone, local);
        let by = match words[2] {
            "citizen" => Doer::Account(CITIZEN),
            "hub" => Doer::Hub,
            worker => Doer::Account(AccountId(worker.parse().unwrap_or_else(|_| panic!("who is that: {line}")))),
        };
        if words[3] == "stands" {
            assert_eq!(self.stands(at), follows.trim(), "{line}");
            return;
        }
        let command = self.command(&words[3..]);
        let told = match self.ask(by, at, &command) {
            Ok(events) if events.is_empty() => "nothing new".to_owned(),
            Ok(events) => events.iter().map(|event| tell(&event.step)).collect::<Vec<_>>().join(", "),
            Err(refusal) => format!("refused: {refusal}"),
        };
        assert_eq!(told, follows.trim(), "{line}");
    }

    fn stands(&self, at: DateTime<Utc>) -> String {
        let case = self.case.as_ref().unwrap();
        let phase = match case.phase {
            CasePhase::InHand => "in hand".to_owned(),
            CasePhase::AwaitsAnswer { .. } => "awaits an answer".to_owned(),
            CasePhase::Accepted => "accepted".to_owned(),
            CasePhase::Ready { way } => format!("ready for {}", name(&way)),
            CasePhase::Closed { end } => format!("closed {}", name(&end)),
        };
        let overdue = if case.is_overdue(self.config.day_of(at)) { ", overdue" } else { "" };
        format!("{phase}, {}, due {}{overdue}", case.shown_number(), case.clock.due)
    }

    fn command(&mut self, words: &[&str]) -> CaseCommand {
        let way = |word: &str| match word {
            "collection" => ResultWay::Collection,
            "post" => ResultWay::Post,
            "download" => ResultWay::Download,
            other => panic!("no way: {other}"),
        };
        match words {
            ["submits", category] | ["submits", category, "by", _] => {
                let id = CategoryId(self.config.category_of(category).map_or(99, |(id, _)| id.0));
                let way = words.get(3).map(|word| way(word));
                CaseCommand::Submit { case: CaseId(1), category: id, way, words: self.fresh() }
            }
            ["numbers", number] => CaseCommand::Number { official: number.parse().unwrap() },
            ["takes"] => CaseCommand::Take,
            ["assigns", to] => CaseCommand::Assign { to: AccountId(to.parse().unwrap()) },
            ["takes", "over", from] => CaseCommand::TakeOver { from: AccountId(from.parse().unwrap()) },
            ["hands", "to", unit] => CaseCommand::HandToUnit { unit: UnitId(unit.parse().unwrap()) },
            ["forwards"] => CaseCommand::Forward { to: self.fresh() },
            ["asks"] => CaseCommand::Ask { question: self.fresh() },
            ["answers"] => CaseCommand::Answer { answer: self.fresh() },
            ["adds"] => CaseCommand::Add { addition: self.fresh() },
            ["accepts"] => CaseCommand::Accept { words: None },
            ["refuses"] => CaseCommand::Refuse { reason: self.fresh() },
            ["finishes"] => CaseCommand::Finish { words: Some(self.fresh()) },
            ["readies"] => CaseCommand::MakeReady,
            ["chooses", to] => CaseCommand::ChooseWay { way: way(to) },
            ["hands", "out"] => CaseCommand::HandOut { paper: self.paper(), cause: None },
            ["hands", "out", "after", seq] => CaseCommand::HandOut {
                paper: self.paper(),
                cause: Some(OfficeMoment { office: OfficeId(1), seq: seq.parse().unwrap() }),
            },
            ["posts"] => CaseCommand::Post { tracking: self.fresh() },
            ["downloads"] => CaseCommand::Download,
            ["closes", because] => CaseCommand::Close {
                because: match *because {
                    "not-collected" => CloseReason::NotCollected,
                    "no-answer" => CloseReason::NoAnswer,
                    "duplicate" => CloseReason::Duplicate,
                    _ => CloseReason::Other,
                },
                words: None,
            },
            ["withdraws"] => CaseCommand::Withdraw,
            ["reopens"] => CaseCommand::Reopen { reason: self.fresh() },
            ["notes"] => CaseCommand::Note { note: self.fresh() },
            ["proposes"] => {
                let (office, service) = (OfficeId(1), ServiceId(1));
                CaseCommand::ProposeVisit { office, service, channel: Channel::InPerson }
            }
            ["joins", to] => CaseCommand::JoinApplicant { to: AccountId(to.parse().unwrap()) },
            other => panic!("nobody can do that: {other:?}"),
        }
    }

    fn paper(&mut self) -> IdentityPaper {
        IdentityPaper { kind: PaperKind::IdentityCard, last: self.fresh() }
    }
}

/// A thing as it is named in JSON.
fn name(thing: &impl serde::Serialize) -> String {
    serde_json::to_string(thing).unwrap().replace(['"', '{', '}'], "").replace(':', " ")
}

/// What happened, in a few words.
pub fn tell(step: &CaseStep) -> String {
    match step {
        CaseStep::CaseSubmitted { number, unit, due, way, .. } => {
            format!("submitted {number} to unit {unit} due {due} by {}", name(way))
        }
        CaseStep::ApplicantJoined { to } => format!("joined to {to}"),
        CaseStep::CaseNumbered { official } => format!("numbered {official}"),
        CaseStep::CaseAssigned { to } => format!("assigned to {to}"),
        CaseStep::CaseTakenOver { from, to } => format!("taken over from {from} by {to}"),
        CaseStep::CaseHandedOver { from, to } => format!("handed from unit {from} to {to}"),
        CaseStep::CaseForwarded { late, .. } => if *late { "forwarded late" } else { "forwarded" }.into(),
        CaseStep::QuestionAsked { left, .. } => format!("asked with {left} left"),
        CaseStep::QuestionAnswered { due, .. } => format!("answered, due {due}"),
        CaseStep::CaseSupplemented { .. } => "added".into(),
        CaseStep::CaseAccepted { .. } => "accepted".into(),
        CaseStep::CaseRefused { .. } => "refused".into(),
        CaseStep::CaseDone { .. } => "done".into(),
        CaseStep::ResultReady { way } => format!("ready for {}", name(way)),
        CaseStep::WayChosen { way } => format!("will go by {}", name(way)),
        CaseStep::ResultCollected { paper, .. } => format!("collected with {}", name(&paper.kind)),
        CaseStep::ResultPosted { on, .. } => format!("posted on {on}"),
        CaseStep::ResultDownloaded => "downloaded".into(),
        CaseStep::VisitProposed { .. } => "visit proposed".into(),
        CaseStep::CaseWithdrawn => "withdrawn".into(),
        CaseStep::NoteAdded { .. } => "noted".into(),
        CaseStep::CaseClosed { end, .. } => format!("closed {}", name(end)),
        CaseStep::CaseReopened { due, .. } => format!("reopened, due {due}"),
    }
}

/// Checks every line of a story in the sample municipality.
pub fn check(lines: &str) -> Story {
    check_in(municipality(), lines)
}

/// Checks every line of a story in a body.
pub fn check_in(config: BodyConfig, lines: &str) -> Story {
    config.check().unwrap();
    let mut story = Story::new(config);
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        story.line(line);
    }
    // The journal tells it all.
    let retold = story.journal.iter().fold(None, case::apply);
    assert_eq!(retold, story.case);
    story
}

/// The standing of an account that is open.
pub fn opened() -> AccountStanding {
    let mut standing = AccountStanding::default();
    let step = body::AccountStep::AccountOpened { way: body::OpenedBy::Link };
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    body::account::apply(&mut standing, &body::AccountEvent { at, by: Doer::Hub, step });
    standing
}
