//! Tables of what a printer is told and what the machine makes of it.

use firmware_config::printer::PrinterProfile;

use super::*;

/// A printer in a story: each step says what happens, and what the machine must want done.
struct PrinterStory {
    core: PrinterCore,
    now: Duration,
    told: String,
}

/// What a printer that is well answers to the three questions.
const WELL: [u8; 3] = [0x12, 0x12, 0x12];
const OUT: [u8; 3] = [0x1A, 0x32, 0x7E];
const COVER: [u8; 3] = [0x1A, 0x16, 0x12];
const OFFLINE: [u8; 3] = [0x1A, 0x12, 0x12];
const JAM: [u8; 3] = [0x1A, 0x52, 0x12];
const LOW: [u8; 3] = [0x12, 0x12, 0x1E];

impl PrinterStory {
    fn of(profile: &str) -> Self {
        Self::with(firmware_config::printer(profile).unwrap())
    }

    fn with(profile: PrinterProfile) -> Self {
        Self { core: PrinterCore::new(profile), now: Duration::ZERO, told: String::new() }
    }

    /// A printer that was opened and is ready.
    fn ready(profile: &str) -> Self {
        let mut story = Self::of(profile);
        story.due().on(PrinterInput::Opened).answers(WELL);
        story.told.clear();
        story
    }

    fn on(&mut self, input: PrinterInput) -> &mut Self {
        for action in self.core.on(input, self.now) {
            let words = match action {
                PrinterAction::Open => "open".to_owned(),
                PrinterAction::Close => "close".to_owned(),
                PrinterAction::DropUnsent => "drop unsent".to_owned(),
                PrinterAction::Say(bytes) => said(&bytes),
                PrinterAction::Tell(PrinterEvent::State(PrinterState::Ready { paper_low: false })) => {
                    "READY".to_owned()
                }
                PrinterAction::Tell(PrinterEvent::State(PrinterState::Ready { paper_low: true })) => {
                    "READY, PAPER LOW".to_owned()
                }
                PrinterAction::Tell(PrinterEvent::State(state)) => format!("{state:?}"),
                PrinterAction::Tell(PrinterEvent::Job { id, outcome }) => format!("job {id}: {outcome:?}"),
            };
            self.told.push_str(&words);
            self.told.push('\n');
        }
        self
    }

    fn job(&mut self, id: u64) -> &mut Self {
        self.on(PrinterInput::Job(PrintJob { id, label: String::new(), bytes: vec![b'x'; 300] }))
    }

    fn hears(&mut self, bytes: &[u8]) -> &mut Self {
        self.on(PrinterInput::Received(bytes.to_vec()))
    }

    fn answers(&mut self, answers: [u8; 3]) -> &mut Self {
        answers.into_iter().for_each(|answer| {
            self.hears(&[answer]);
        });
        self
    }

    /// The line takes all that is to be sent.
    fn sends(&mut self) -> &mut Self {
        let mut sent = Vec::new();
        while !self.core.outgoing().is_empty() {
            let chunk = self.core.outgoing().to_vec();
            assert!(chunk.len() <= 256);
            sent.extend(&chunk);
            self.on(PrinterInput::Wrote(chunk.len()));
        }
        self.told.push_str(&format!("sent {}\n", shown(&sent)));
        self
    }

    /// The line takes so many bytes and no more.
    fn sends_only(&mut self, count: usize) -> &mut Self {
        self.on(PrinterInput::Wrote(count))
    }

    /// Time passes until the machine wants to be called.
    fn due(&mut self) -> &mut Self {
        self.now = self.core.due().expect("the machine waits for a time");
        self.on(PrinterInput::Due)
    }

    #[track_caller]
    fn expect(&mut self, expect: &[&str]) -> &mut Self {
        let told = std::mem::take(&mut self.told);
        assert_eq!(told.lines().collect::<Vec<_>>(), expect);
        self
    }

    #[track_caller]
    fn waits_for_nothing(&mut self) -> &mut Self {
        assert_eq!(self.core.due(), None, "no timer without need");
        self
    }
}

fn said(bytes: &[u8]) -> String {
    match bytes {
        [0x10, 0x04, n] => format!("ask {n}"),
        [0x1D, 0x61, _] => "ask for reports".to_owned(),
        _ if bytes == CLEAR_DLE_DC4 => "take back".to_owned(),
        _ if bytes.starts_with(&INITIALISE) => "initialise".to_owned(),
        _ => format!("{bytes:02x?}"),
    }
}

/// A job's bytes are so many x; what follows them is shown.
fn shown(bytes: &[u8]) -> String {
    let job = bytes.iter().filter(|byte| **byte == b'x').count();
    let rest: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != b'x').collect();
    match rest[..] {
        [] => format!("{job}"),
        [0x1D, 0x28, 0x48, 6, 0, 0x30, 0x30, ref tag @ ..] => format!("{job}, id {}", String::from_utf8_lossy(tag)),
        [0x1D, 0x72, 1] => format!("{job}, asked in order"),
        _ => format!("{job}, {rest:02x?}"),
    }
}

#[test]
fn a_printer_is_opened_asked_and_ready_and_then_nothing_ticks() {
    let mut story = PrinterStory::of("epson-tm-t20iii");
    story.due().expect(&["open"]);
    story.on(PrinterInput::Opened).expect(&["ask for reports", "ask 1"]);
    story.hears(&[0x12]).expect(&["ask 2"]).hears(&[0x12]).expect(&["ask 4"]).hears(&[0x12]).expect(&["READY"]);
    story.waits_for_nothing();
}

#[test]
fn new_04_a_ticket_counts_as_printed_when_the_printer_says_so() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.job(7).expect(&["ask 1"]).answers(WELL).expect(&["ask 2", "ask 4"]);
    story.sends().expect(&["sent 300, id 0001"]);
    story.hears(b"\x37\x220001\x00").expect(&["job 7: Printed(ProcessId)"]).waits_for_nothing();
    story.job(8).answers(WELL).sends().expect(&["ask 1", "ask 2", "ask 4", "sent 300, id 0002"]);
    story.hears(b"\x37\x220001\x00").expect(&[]);
    story.hears(b"\x37\x220002\x00").expect(&["job 8: Printed(ProcessId)"]);
}

#[test]
fn new_04_other_printers_are_believed_by_the_best_they_have() {
    let mut in_order = PrinterStory::ready("generic-drawn");
    in_order.job(1).answers(WELL).sends().expect(&["ask 1", "ask 2", "ask 4", "sent 300, asked in order"]);
    in_order.hears(&[0]).expect(&["ask 1"]).answers(WELL).expect(&["ask 2", "ask 4", "job 1: Printed(InOrder)"]);
    let mut status = PrinterStory::ready("generic-cp737");
    status.job(1).answers(WELL).sends().expect(&["ask 1", "ask 2", "ask 4", "sent 300"]);
    status.due().expect(&["ask 1"]).answers(WELL).expect(&["ask 2", "ask 4", "job 1: Printed(CleanStatus)"]);
    let mut silent = PrinterStory::of("generic-58mm");
    silent.due().on(PrinterInput::Opened).expect(&["open", "READY"]);
    silent.job(1).sends().expect(&["job 1: Unconfirmed", "sent 300"]).waits_for_nothing();
}

#[test]
fn prom_11_a_fault_before_the_ticket_is_told_and_nothing_is_sent() {
    for (answers, cause) in [(OUT, "PaperOut"), (COVER, "CoverOpen"), (OFFLINE, "Offline"), (JAM, "Error")] {
        let mut story = PrinterStory::ready("generic-cp737");
        let state = format!("Fault({cause})");
        story.job(1).answers(answers).expect(&["ask 1", "ask 2", "ask 4", &format!("job 1: Failed({cause})"), &state]);
        assert!(story.core.outgoing().is_empty());
    }
    let mut silent = PrinterStory::ready("generic-cp737");
    silent.job(1).expect(&["ask 1"]).due().expect(&["job 1: Failed(NoAnswer)", "Fault(NoAnswer)"]);
}

#[test]
fn prom_11_paper_that_comes_back_is_told_unasked_or_asked_after_ever_longer_pauses() {
    let mut speaks = PrinterStory::ready("epson-tm-t20iii");
    speaks.hears(&[0x18, 0, 0x0F, 0]).expect(&["Fault(PaperOut)"]);
    speaks.hears(&[0x10, 0, 0, 0]).expect(&["ask for reports", "READY"]).waits_for_nothing();
    let mut silent = PrinterStory::ready("generic-cp737");
    silent.job(1).answers(OUT).told.clear();
    let mut pauses = Vec::new();
    for _ in 0..6 {
        let before = silent.now;
        silent.due().answers(OUT).expect(&["ask 1", "ask 2", "ask 4"]);
        pauses.push((silent.now - before).as_millis());
    }
    assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 8000]);
    silent.due().answers(WELL).expect(&["ask 1", "ask 2", "ask 4", "READY"]);
}

#[test]
fn fld_20_a_printer_that_says_nothing_unasked_is_asked_every_second_and_a_half() {
    let mut silent = PrinterStory::ready("generic-cp737");
    let before = silent.now;
    silent.due().expect(&["ask 1"]);
    assert_eq!((silent.now - before).as_millis(), 1500);
    silent.answers(WELL).expect(&["ask 2", "ask 4"]).due().answers(COVER);
    silent.expect(&["ask 1", "ask 2", "ask 4", "Fault(CoverOpen)"]);
    let mut mute = PrinterStory::of("generic-58mm");
    mute.due().on(PrinterInput::Opened).waits_for_nothing();
}

#[test]
fn fld_20_cutter_and_heat_are_told_by_name_and_heat_breaks_nothing_off() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.hears(&[0x18, 0x08, 0, 0]).expect(&["Fault(Cutter)"]);
    story.hears(&[0x18, 0x20, 0, 0]).expect(&["Fault(Error)"]);
    story.hears(&[0x10, 0, 0, 0]).told.clear();
    story.job(1).answers(WELL).sends().told.clear();
    story.hears(&[0x18, 0x40, 0, 0]).hears(&[0x10, 0, 0, 0]).expect(&[]);
    story.hears(b"\x37\x220001\x00").expect(&["job 1: Printed(ProcessId)"]);
    story.job(2).answers(WELL).sends().told.clear();
    story.hears(&[0x18, 0x08, 0, 0]).expect(&["drop unsent", "take back", "job 2: Failed(Cutter)", "Fault(Cutter)"]);
}

#[test]
fn prom_11_paper_that_ends_in_the_middle_fails_the_ticket_and_takes_it_back() {
    let mut sending = PrinterStory::ready("epson-tm-t20iii");
    sending.job(1).answers(WELL).sends_only(100).told.clear();
    sending.hears(&[0x18, 0, 0x0F, 0]).expect(&[
        "drop unsent",
        "take back",
        "job 1: Failed(PaperOut)",
        "Fault(PaperOut)",
    ]);
    assert!(sending.core.outgoing().is_empty(), "nothing more of it is sent");
    sending.hears(b"\x37\x25\x00").hears(&[0x10, 0, 0, 0]).expect(&["initialise", "READY"]);
    let mut waiting = PrinterStory::ready("epson-tm-t20iii");
    waiting.job(1).answers(WELL).sends().told.clear();
    waiting.hears(&[0x38, 0, 0, 0]).expect(&[
        "drop unsent",
        "take back",
        "job 1: Failed(CoverOpen)",
        "Fault(CoverOpen)",
    ]);
    waiting.hears(b"\x37\x220001\x00").expect(&[]);
}

#[test]
fn a_pressed_feed_button_breaks_nothing_off() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.job(1).answers(WELL).sends().told.clear();
    story.hears(&[0x58, 0, 0, 0]).hears(&[0x10, 0, 0, 0]).expect(&[]);
    story.hears(b"\x37\x220001\x00").expect(&["job 1: Printed(ProcessId)"]);
}

#[test]
fn prom_11_no_confirmation_is_no_success_and_never_a_second_ticket() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.job(1).answers(WELL).sends().told.clear();
    story.due().expect(&["ask 1"]).answers(WELL).expect(&["ask 2", "ask 4", "job 1: Unconfirmed"]).waits_for_nothing();
    assert!(story.core.outgoing().is_empty());
    let mut dead = PrinterStory::ready("epson-tm-t20iii");
    dead.job(1).answers(WELL).sends().told.clear();
    dead.due().due().expect(&["ask 1", "drop unsent", "take back", "job 1: Failed(NoAnswer)", "Fault(NoAnswer)"]);
}

#[test]
fn a_line_that_takes_nothing_is_given_up_after_five_seconds() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.job(1).answers(WELL).sends_only(256).told.clear();
    let before = story.now;
    story.due().expect(&["drop unsent", "take back", "ask 1"]);
    assert_eq!((story.now - before).as_secs(), 5);
    story.answers(OUT).expect(&[
        "ask 2",
        "ask 4",
        "drop unsent",
        "take back",
        "job 1: Failed(PaperOut)",
        "Fault(PaperOut)",
    ]);
}

#[test]
fn a_printer_that_cannot_forget_first_gets_the_rest_of_what_it_began() {
    let mut story = PrinterStory::ready("generic-cp737");
    story.job(1).answers(WELL).sends_only(100).told.clear();
    story.due().answers(OUT).expect(&["ask 1", "ask 2", "ask 4", "job 1: Failed(PaperOut)", "Fault(PaperOut)"]);
    story.due().answers(WELL).expect(&["ask 1", "ask 2", "ask 4", "READY"]);
    story.job(2).answers(WELL).sends().expect(&["ask 1", "ask 2", "ask 4", "sent 500"]);
}

#[test]
fn tickets_wait_for_each_other_and_each_is_asked_for_anew() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.job(1).job(2).answers(WELL).sends().expect(&["ask 1", "ask 2", "ask 4", "sent 300, id 0001"]);
    story.hears(b"\x37\x220001\x00").expect(&["job 1: Printed(ProcessId)", "ask 1"]);
    story.answers(OUT).expect(&["ask 2", "ask 4", "job 2: Failed(PaperOut)", "Fault(PaperOut)"]);
}

#[test]
fn unplugged_in_the_middle_and_plugged_in_again() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.job(1).job(2).answers(WELL).sends_only(10).told.clear();
    story.on(PrinterInput::Lost).expect(&[
        "close",
        "Fault(Unplugged)",
        "job 1: Failed(Unplugged)",
        "job 2: Failed(Unplugged)",
    ]);
    story.job(3).expect(&["job 3: Failed(Unplugged)"]);
    story.due().on(PrinterInput::Absent).due().on(PrinterInput::Absent).expect(&["open", "open"]);
    story.due().on(PrinterInput::Opened).expect(&["open", "take back", "ask for reports", "ask 1"]);
    story.answers(WELL).expect(&["ask 2", "ask 4", "initialise", "READY"]).waits_for_nothing();
}

#[test]
fn a_printer_that_was_never_there_fails_what_is_wanted_of_it() {
    let mut story = PrinterStory::of("epson-tm-t20iii");
    story.job(1).expect(&[]);
    story.due().on(PrinterInput::Absent).expect(&["open", "Fault(Unplugged)", "job 1: Failed(Unplugged)"]);
}

#[test]
fn low_paper_is_told_and_prints() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.hears(&[0x10, 0, 0x03, 0]).expect(&["READY, PAPER LOW"]);
    story.job(1).answers(LOW).sends().expect(&["ask 1", "ask 2", "ask 4", "sent 300, id 0001"]);
}

#[test]
fn answers_that_nobody_asked_for_are_no_news() {
    let mut story = PrinterStory::ready("epson-tm-t20iii");
    story.hears(&OUT).hears(&[0, 0x37, 0x22]).expect(&[]);
}
