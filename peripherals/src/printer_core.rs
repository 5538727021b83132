//! What a ticket printer is asked, sent and believed: a machine without clock or line, driven by `on`.

use std::collections::VecDeque;
use std::time::Duration;

use firmware_config::printer::{Clear, Confirm, PrinterProfile};

use crate::job_ledger::JobStage;
use crate::print_outcome::{Evidence, PrintOutcome, PrinterFault};
use crate::printer_replies::{PrinterReplies, PrinterReply};

/// A ticket to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintJob {
    /// The caller's name for it.
    pub id: u64,
    /// What staff know it by: the number on it, and nothing of a person.
    pub label: String,
    /// The printer's bytes, from initialising to cutting.
    pub bytes: Vec<u8>,
}

/// What a printer's thread tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterEvent {
    /// The printer's state is now this.
    State(PrinterState),
    /// A job has ended.
    Job {
        /// The caller's name for it.
        id: u64,
        /// How it ended.
        outcome: PrintOutcome,
    },
}

/// How a printer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrinterState {
    /// Not asked yet.
    Starting,
    /// It can print.
    Ready {
        /// The roll is near its end, where a sensor can tell.
        paper_low: bool,
    },
    /// It cannot.
    Fault(PrinterFault),
}

/// What happens to the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrinterInput {
    /// The line is open.
    Opened,
    /// The line could not be opened.
    Absent,
    /// The line is gone.
    Lost,
    /// The printer sent bytes.
    Received(Vec<u8>),
    /// So many of the outgoing bytes were taken by the line.
    Wrote(usize),
    /// A ticket is wanted.
    Job(PrintJob),
    /// The time of `due` has come.
    Due,
}

/// What the machine wants done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrinterAction {
    /// Open the line, and say `Opened` or `Absent`.
    Open,
    /// Close the line.
    Close,
    /// Send these few bytes at once; if the line does not take them, forget them.
    Say(Vec<u8>),
    /// Forget what was written and has not left yet.
    DropUnsent,
    /// Tell whoever listens.
    Tell(PrinterEvent),
}

/// Bytes handed to the line at once.
const CHUNK_BYTES_MAX: usize = 256;
/// How long a printer may take to answer a real-time question.
const ANSWER_MAX: Duration = Duration::from_millis(1000);
/// How long a line may take nothing before the ticket is given up; cutting takes about one second.
const STALL_MAX: Duration = Duration::from_secs(5);
/// Time on top of line and paper until the printer must have said that it has printed.
const CONFIRM_SLACK: Duration = Duration::from_secs(2);
/// The longest ticket, for the same reckoning.
const TICKET_MM_MAX: u64 = 200;
/// First and longest pause between questions to a printer in a fault, and between attempts to open the line.
const PAUSE_MIN: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(8);

/// A printer that says nothing unasked is asked so often while it rests, so that staff hear of it within two seconds.
const ASKED_EVERY: Duration = Duration::from_millis(1500);

const ASK_REPORTS: [u8; 3] = [0x1D, 0x61, 0x0E];
const CLEAR_DLE_DC4: [u8; 10] = [0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08];
const CLEAR_DLE_ENQ: [u8; 3] = [0x10, 0x05, 0x02];
const INITIALISE: [u8; 4] = [0x1B, 0x40, 0x1C, 0x2E];

/// The three real-time questions: how it is, why it is offline, how the roll is.
const QUESTIONS: [u8; 3] = [1, 2, 4];

/// A printer, as far as its answers tell.
#[derive(Debug)]
pub struct PrinterCore {
    profile: PrinterProfile,
    phase: Phase,
    state: PrinterState,
    queue: VecDeque<PrintJob>,
    replies: PrinterReplies,
    tag: u16,
    pause: Duration,
    /// A ticket was broken off, so the printer may hold half a command.
    broken_off: bool,
    /// What a printer that cannot forget still has to get before anything else makes sense to it.
    rest: Vec<u8>,
}

#[derive(Debug)]
enum Phase {
    Closed { open_at: Option<Duration> },
    Idle { ask_at: Option<Duration> },
    Asking { answers: Vec<u8>, until: Duration, then: FollowUp },
    Sending { id: u64, bytes: Vec<u8>, sent: usize, until: Duration },
    Awaiting { id: u64, until: Duration },
}

/// What the answers are wanted for.
#[derive(Debug)]
enum FollowUp {
    Rest,
    Send(PrintJob),
    Conclude { id: u64, if_clean: PrintOutcome },
}

impl PrinterCore {
    /// A printer whose line is not open yet; the first `Due`, at zero, opens it.
    #[must_use]
    pub fn new(profile: PrinterProfile) -> Self {
        Self {
            profile,
            phase: Phase::Closed { open_at: Some(Duration::ZERO) },
            state: PrinterState::Starting,
            queue: VecDeque::new(),
            replies: PrinterReplies::default(),
            tag: 0,
            pause: PAUSE_MIN,
            broken_off: false,
            rest: Vec::new(),
        }
    }

    /// When `PrinterInput::Due` is wanted, in the time that `on` is given. None: nothing is waited for but the printer.
    #[must_use]
    pub fn due(&self) -> Option<Duration> {
        match &self.phase {
            Phase::Closed { open_at } => *open_at,
            Phase::Idle { ask_at } => *ask_at,
            Phase::Asking { until, .. } | Phase::Sending { until, .. } | Phase::Awaiting { until, .. } => Some(*until),
        }
    }

    /// The job that is at work, and how far it is.
    #[must_use]
    pub const fn stage(&self) -> Option<(u64, JobStage)> {
        match &self.phase {
            Phase::Sending { id, sent: 0, .. } => Some((*id, JobStage::Checked)),
            Phase::Sending { id, .. } => Some((*id, JobStage::Sending)),
            Phase::Awaiting { id, .. } | Phase::Asking { then: FollowUp::Conclude { id, .. }, .. } => {
                Some((*id, JobStage::Awaiting))
            }
            Phase::Asking { then: FollowUp::Rest | FollowUp::Send(_), .. }
            | Phase::Idle { .. }
            | Phase::Closed { .. } => None,
        }
    }

    /// The job whose bytes are next on the line.
    #[must_use]
    pub const fn sending(&self) -> Option<u64> {
        match &self.phase {
            Phase::Sending { id, .. } => Some(*id),
            Phase::Awaiting { .. } | Phase::Asking { .. } | Phase::Idle { .. } | Phase::Closed { .. } => None,
        }
    }

    /// The next bytes of a ticket for the line, a small piece at a time.
    #[must_use]
    pub fn outgoing(&self) -> &[u8] {
        match &self.phase {
            Phase::Sending { bytes, sent, .. } => &bytes[*sent..bytes.len().min(sent + CHUNK_BYTES_MAX)],
            _ => &[],
        }
    }

    /// Takes what happened at `now` (since the thread's start), and returns what is to be done, in this order.
    pub fn on(&mut self, input: PrinterInput, now: Duration) -> Vec<PrinterAction> {
        let mut actions = Vec::new();
        match input {
            PrinterInput::Opened => self.opened(now, &mut actions),
            PrinterInput::Absent => {
                self.set_state(PrinterState::Fault(PrinterFault::Unplugged), &mut actions);
                self.phase = Phase::Closed { open_at: Some(now + self.longer_pause()) };
                self.next_job(now, &mut actions);
            }
            PrinterInput::Lost => self.lost(now, &mut actions),
            PrinterInput::Received(bytes) => {
                for reply in self.replies.take(&bytes) {
                    self.replied(&reply, now, &mut actions);
                }
            }
            PrinterInput::Wrote(count) => self.wrote(count, now, &mut actions),
            PrinterInput::Job(job) => {
                self.queue.push_back(job);
                self.next_job(now, &mut actions);
            }
            PrinterInput::Due => self.due_now(now, &mut actions),
        }
        actions
    }

    fn opened(&mut self, now: Duration, actions: &mut Vec<PrinterAction>) {
        self.replies.forget();
        self.pause = PAUSE_MIN;
        self.rest.clear();
        if self.broken_off {
            self.clear(actions);
        }
        if self.profile.status.asb {
            actions.push(PrinterAction::Say(ASK_REPORTS.to_vec()));
        }
        self.ask(FollowUp::Rest, now, actions);
    }

    fn lost(&mut self, now: Duration, actions: &mut Vec<PrinterAction>) {
        actions.push(PrinterAction::Close);
        let gone = PrintOutcome::Failed(PrinterFault::Unplugged);
        let phase = std::mem::replace(&mut self.phase, Phase::Closed { open_at: Some(now + PAUSE_MIN) });
        self.pause = PAUSE_MIN;
        self.set_state(PrinterState::Fault(PrinterFault::Unplugged), actions);
        match phase {
            Phase::Sending { id, .. } | Phase::Awaiting { id, .. } => {
                self.broken_off = true;
                tell_outcome(id, gone, actions);
            }
            Phase::Asking { then: FollowUp::Send(PrintJob { id, .. }) | FollowUp::Conclude { id, .. }, .. } => {
                tell_outcome(id, gone, actions);
            }
            Phase::Asking { then: FollowUp::Rest, .. } | Phase::Idle { .. } | Phase::Closed { .. } => {}
        }
        self.next_job(now, actions);
    }

    fn due_now(&mut self, now: Duration, actions: &mut Vec<PrinterAction>) {
        if self.due().is_none_or(|due| due > now) {
            return;
        }
        match std::mem::replace(&mut self.phase, Phase::Idle { ask_at: None }) {
            Phase::Closed { .. } => {
                self.phase = Phase::Closed { open_at: None };
                actions.push(PrinterAction::Open);
            }
            Phase::Idle { .. } => self.ask(FollowUp::Rest, now, actions),
            Phase::Asking { then, .. } => self.answered(Err(PrinterFault::NoAnswer), then, now, actions),
            Phase::Sending { id, bytes, sent, .. } => {
                self.broken_off = true;
                self.rest = bytes[sent..].to_vec();
                let if_clean = PrintOutcome::Failed(PrinterFault::NoAnswer);
                self.take_back(actions);
                self.ask(FollowUp::Conclude { id, if_clean }, now, actions);
            }
            Phase::Awaiting { id, .. } => {
                let if_clean = match self.profile.confirm {
                    Confirm::StatusOnly => PrintOutcome::Printed(Evidence::CleanStatus),
                    Confirm::GsParenH | Confirm::GsR | Confirm::None => PrintOutcome::Unconfirmed,
                };
                self.ask(FollowUp::Conclude { id, if_clean }, now, actions);
            }
        }
    }

    fn replied(&mut self, reply: &PrinterReply, now: Duration, actions: &mut Vec<PrinterAction>) {
        match *reply {
            PrinterReply::RealTime(byte) => self.real_time(byte, now, actions),
            PrinterReply::Unasked(state) => self.unasked(state, now, actions),
            PrinterReply::Printed(tag) => {
                if let Phase::Awaiting { id, .. } = self.phase
                    && self.profile.confirm == Confirm::GsParenH
                    && tag == tag_letters(self.tag)
                {
                    tell_outcome(id, PrintOutcome::Printed(Evidence::ProcessId), actions);
                    self.rest_in(self.state, now, actions);
                }
            }
            PrinterReply::InOrder(_) => {
                if let Phase::Awaiting { id, .. } = self.phase
                    && self.profile.confirm == Confirm::GsR
                {
                    let if_clean = PrintOutcome::Printed(Evidence::InOrder);
                    self.ask(FollowUp::Conclude { id, if_clean }, now, actions);
                }
            }
        }
    }

    fn real_time(&mut self, byte: u8, now: Duration, actions: &mut Vec<PrinterAction>) {
        // An answer that nobody waits for is no news: a picture's dots may look like a question to the printer.
        let Phase::Asking { answers, until, .. } = &mut self.phase else { return };
        answers.push(byte);
        if let Some(question) = QUESTIONS.get(answers.len()) {
            *until = now + ANSWER_MAX;
            actions.push(PrinterAction::Say(vec![0x10, 0x04, *question]));
            return;
        }
        let verdict = of_answers(answers);
        if let Phase::Asking { then, .. } = std::mem::replace(&mut self.phase, Phase::Idle { ask_at: None }) {
            self.answered(verdict, then, now, actions);
        }
    }

    fn unasked(&mut self, state: [u8; 4], now: Duration, actions: &mut Vec<PrinterAction>) {
        let verdict = of_report(state);
        match &self.phase {
            Phase::Idle { .. } => self.rest_in(as_state(verdict), now, actions),
            Phase::Sending { id, .. } | Phase::Awaiting { id, .. } => {
                // "Offline" alone may be somebody who presses the feed button, and a hot head cools: the printer goes on by
                // itself.
                if let Err(
                    cause @ (PrinterFault::PaperOut
                    | PrinterFault::CoverOpen
                    | PrinterFault::Cutter
                    | PrinterFault::Error),
                ) = verdict
                {
                    let id = *id;
                    self.break_off(actions);
                    tell_outcome(id, PrintOutcome::Failed(cause), actions);
                    self.rest_in(PrinterState::Fault(cause), now, actions);
                }
            }
            Phase::Asking { .. } | Phase::Closed { .. } => {}
        }
    }

    fn answered(
        &mut self,
        verdict: Result<bool, PrinterFault>,
        then: FollowUp,
        now: Duration,
        actions: &mut Vec<PrinterAction>,
    ) {
        let state = as_state(verdict);
        match (then, verdict) {
            (FollowUp::Rest, _) => {}
            (FollowUp::Send(job), Ok(_)) => {
                self.set_state(state, actions);
                return self.send(job, now, actions);
            }
            (FollowUp::Send(PrintJob { id, .. }), Err(cause)) => tell_outcome(id, PrintOutcome::Failed(cause), actions),
            (FollowUp::Conclude { id, if_clean }, Ok(_)) => tell_outcome(id, if_clean, actions),
            (FollowUp::Conclude { id, .. }, Err(cause)) => {
                self.break_off(actions);
                tell_outcome(id, PrintOutcome::Failed(cause), actions);
            }
        }
        self.rest_in(state, now, actions);
    }

    fn send(&mut self, job: PrintJob, now: Duration, actions: &mut Vec<PrinterAction>) {
        self.recover(actions);
        self.tag = (self.tag + 1) % 10_000;
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend(job.bytes);
        match self.profile.confirm {
            Confirm::GsParenH => {
                bytes.extend([0x1D, 0x28, 0x48, 0x06, 0x00, 0x30, 0x30]);
                bytes.extend(tag_letters(self.tag));
            }
            Confirm::GsR => bytes.extend([0x1D, 0x72, 0x01]),
            Confirm::StatusOnly | Confirm::None => {}
        }
        self.phase = Phase::Sending { id: job.id, bytes, sent: 0, until: now + STALL_MAX };
    }

    fn wrote(&mut self, count: usize, now: Duration, actions: &mut Vec<PrinterAction>) {
        let Phase::Sending { id, bytes, sent, until } = &mut self.phase else { return };
        *sent += count;
        *until = now + STALL_MAX;
        if *sent < bytes.len() {
            return;
        }
        let (id, length) = (*id, bytes.len());
        if self.profile.confirm == Confirm::None {
            tell_outcome(id, PrintOutcome::Unconfirmed, actions);
            return self.rest_in(self.state, now, actions);
        }
        let on_line = Duration::from_millis(self.profile.serial.line_ms(length));
        let on_paper = Duration::from_millis(TICKET_MM_MAX * 1000 / u64::from(self.profile.print_speed_mm_s.max(1)));
        self.phase = Phase::Awaiting { id, until: now + on_line + on_paper + CONFIRM_SLACK };
    }

    fn ask(&mut self, then: FollowUp, now: Duration, actions: &mut Vec<PrinterAction>) {
        if !self.profile.status.dle_eot {
            return self.answered(Ok(false), then, now, actions);
        }
        actions.push(PrinterAction::Say(vec![0x10, 0x04, QUESTIONS[0]]));
        self.phase = Phase::Asking { answers: Vec::new(), until: now + ANSWER_MAX, then };
    }

    /// Comes to rest in a state, asks again later if it is a fault, and takes the next ticket.
    fn rest_in(&mut self, state: PrinterState, now: Duration, actions: &mut Vec<PrinterAction>) {
        let ask_at = match state {
            PrinterState::Ready { .. } => {
                self.pause = PAUSE_MIN;
                if self.broken_off {
                    self.recover(actions);
                } else if self.profile.status.asb && matches!(self.state, PrinterState::Fault(_)) {
                    // It may have been switched off in between, and then no longer speaks unasked.
                    actions.push(PrinterAction::Say(ASK_REPORTS.to_vec()));
                }
                // One that speaks unasked is left alone; of another nobody would hear that its cover is open until a ticket
                // is wanted.
                let must_be_asked = self.profile.status.dle_eot && !self.profile.status.asb;
                must_be_asked.then(|| now + ASKED_EVERY)
            }
            PrinterState::Starting | PrinterState::Fault(_) => {
                self.profile.status.dle_eot.then(|| now + self.longer_pause())
            }
        };
        self.set_state(state, actions);
        self.phase = Phase::Idle { ask_at };
        self.next_job(now, actions);
    }

    fn next_job(&mut self, now: Duration, actions: &mut Vec<PrinterAction>) {
        match self.phase {
            Phase::Idle { .. } => {
                if let Some(job) = self.queue.pop_front() {
                    self.ask(FollowUp::Send(job), now, actions);
                }
            }
            Phase::Closed { .. } if self.state != PrinterState::Starting => {
                for job in self.queue.drain(..) {
                    tell_outcome(job.id, PrintOutcome::Failed(PrinterFault::Unplugged), actions);
                }
            }
            Phase::Closed { .. } | Phase::Asking { .. } | Phase::Sending { .. } | Phase::Awaiting { .. } => {}
        }
    }

    /// Gives a ticket up in the middle: nothing of it may come out later, when its reader has long gone.
    fn break_off(&mut self, actions: &mut Vec<PrinterAction>) {
        if let Phase::Sending { bytes, sent, .. } = &self.phase {
            self.rest = bytes[*sent..].to_vec();
        }
        self.broken_off = true;
        self.take_back(actions);
    }

    fn take_back(&mut self, actions: &mut Vec<PrinterAction>) {
        if self.profile.clear != Clear::None {
            self.rest.clear();
            actions.push(PrinterAction::DropUnsent);
            self.clear(actions);
        }
    }

    fn clear(&self, actions: &mut Vec<PrinterAction>) {
        match self.profile.clear {
            Clear::DleDc4 => actions.push(PrinterAction::Say(CLEAR_DLE_DC4.to_vec())),
            Clear::DleEnq2 => actions.push(PrinterAction::Say(CLEAR_DLE_ENQ.to_vec())),
            Clear::None => {}
        }
    }

    /// After a ticket was broken off and the fault is over: the printer starts from a known state.
    fn recover(&mut self, actions: &mut Vec<PrinterAction>) {
        if !std::mem::take(&mut self.broken_off) || self.profile.clear == Clear::None {
            return;
        }
        let mut bytes = INITIALISE.to_vec();
        if self.profile.status.asb {
            bytes.extend(ASK_REPORTS);
        }
        actions.push(PrinterAction::Say(bytes));
    }

    fn set_state(&mut self, state: PrinterState, actions: &mut Vec<PrinterAction>) {
        if self.state != state {
            self.state = state;
            actions.push(PrinterAction::Tell(PrinterEvent::State(state)));
        }
    }

    fn longer_pause(&mut self) -> Duration {
        let pause = self.pause;
        self.pause = (pause * 2).min(PAUSE_MAX);
        pause
    }
}

fn tell_outcome(id: u64, outcome: PrintOutcome, actions: &mut Vec<PrinterAction>) {
    actions.push(PrinterAction::Tell(PrinterEvent::Job { id, outcome }));
}

fn tag_letters(tag: u16) -> [u8; 4] {
    let digit = |place: u16| b'0' + u8::try_from(tag / place % 10).unwrap_or(0);
    [digit(1000), digit(100), digit(10), digit(1)]
}

fn as_state(verdict: Result<bool, PrinterFault>) -> PrinterState {
    match verdict {
        Ok(paper_low) => PrinterState::Ready { paper_low },
        Err(cause) => PrinterState::Fault(cause),
    }
}

/// Reads the answers to `DLE EOT 1`, `2` and `4`: whether paper is low, or why nothing can be printed.
fn of_answers(answers: &[u8]) -> Result<bool, PrinterFault> {
    let [how, why, roll] = answers else { return Err(PrinterFault::NoAnswer) };
    if why & 0x04 != 0 {
        Err(PrinterFault::CoverOpen)
    } else if why & 0x20 != 0 || roll & 0x60 != 0 {
        Err(PrinterFault::PaperOut)
    } else if why & 0x40 != 0 {
        Err(PrinterFault::Error)
    } else if how & 0x08 != 0 {
        Err(PrinterFault::Offline)
    } else {
        Ok(roll & 0x0C != 0)
    }
}

/// Reads a state sent unasked, in the same terms.
fn of_report([how, why, roll, _]: [u8; 4]) -> Result<bool, PrinterFault> {
    if how & 0x20 != 0 {
        Err(PrinterFault::CoverOpen)
    } else if roll & 0x0C != 0 {
        Err(PrinterFault::PaperOut)
    } else if why & 0x08 != 0 {
        Err(PrinterFault::Cutter)
    } else if why & 0x24 != 0 {
        Err(PrinterFault::Error)
    } else if why & 0x40 != 0 {
        Err(PrinterFault::Hot)
    } else if how & 0x08 != 0 {
        Err(PrinterFault::Offline)
    } else {
        Ok(roll & 0x03 != 0)
    }
}

#[cfg(test)]
#[path = "printer_core_tests.rs"]
mod tests;
