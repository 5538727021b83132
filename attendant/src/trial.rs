//! Printer and scanner tried by hand, without a hub and without a window: what a technician does on the day of the set-up.

use std::{
    io::{self, Write},
    path::Path,
    time::{Duration, Instant},
};

use crossbeam_channel::RecvTimeoutError;
use firmware_config::PrinterProfile;
use paper::{Handling, Model, PlayedPrinter};
use peripherals::{
    Evidence, JobLedger, JobStage, PrintJob, PrintOutcome, PrinterEvent, PrinterFault, PrinterHandle, PrinterState,
    ScanEvent, ScannerKind, printer, scanner,
};
use ticket::{Ticket, TicketFact, TicketPage};
use wire::Language;

/// A ticket that nobody heard of after so long will not come.
const JOB_MAX: Duration = Duration::from_secs(180);
/// A printer that has said nothing after so long says nothing.
const STATE_MAX: Duration = Duration::from_secs(5);
/// So many of the last jobs are told.
const JOBS_TOLD: usize = 20;
/// The name under which a trial's tickets stand in the ledger and at the printer.
const TRIAL: &str = "trial";

/// A ticket as citizens get it, with every letter that is hard to print, and marked as a trial.
#[must_use]
pub fn sample() -> Ticket {
    let say = |id: &str| phrases::say(Language::El, id);
    Ticket {
        emblem: None,
        office: "ΚΕΠ Δήμου Αγίου Νικολάου".to_owned(),
        number_label: say("ticket-number"),
        number: "Α042".to_owned(),
        service: "Επικύρωση ΐ ΰ Ϊ Ϋ ά έ ή ί ό ύ ώ ς €".to_owned(),
        service_second: String::new(),
        issued: "Παρασκευή 15 Μαΐου, 10:32".to_owned(),
        facts: vec![TicketFact::new("«Ώρα»", "10:45"), TicketFact::new("Ύψος", "12 mm")],
        instructions: vec![say("ticket-we-call")],
        notes: Vec::new(),
        page: Some(TicketPage { url: "HTTPS://SEIRA.EXAMPLE/V/TRIAL".to_owned(), caption: say("ticket-page") }),
        mark: Some(say("ticket-rehearsal")),
        job: TRIAL.to_owned(),
    }
}

/// Prints these bytes, and tells what the printer says of it; false if it is not known to have come out.
///
/// # Errors
/// The output cannot be written, or the system gives no thread.
pub fn print(port: &str, profile: &PrinterProfile, bytes: Vec<u8>, out: &mut impl Write) -> io::Result<bool> {
    let handle = printer::start(port, profile.clone(), || ())?;
    let found = settled_state(&handle);
    writeln!(out, "printer: {}", state_in_words(found))?;
    handle.print(PrintJob { id: 1, label: TRIAL.to_owned(), bytes });
    loop {
        match handle.events().recv_timeout(JOB_MAX) {
            Ok(PrinterEvent::State(state)) if state == found => {}
            Ok(PrinterEvent::State(state)) => writeln!(out, "printer: {}", state_in_words(state))?,
            Ok(PrinterEvent::Job { outcome, .. }) => {
                writeln!(out, "ticket: {}", stage_in_words(JobStage::of(outcome)))?;
                return Ok(matches!(outcome, PrintOutcome::Printed(_)));
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                writeln!(out, "ticket: nothing was heard of it")?;
                return Ok(false);
            }
        }
    }
}

/// How the printer is, once it has said so; a line that another program has just let go is waited for a moment.
fn settled_state(handle: &PrinterHandle) -> PrinterState {
    let deadline = Instant::now() + STATE_MAX;
    let mut state = PrinterState::Starting;
    loop {
        match handle.events().recv_deadline(deadline) {
            Ok(PrinterEvent::State(told @ PrinterState::Fault(PrinterFault::Unplugged))) => state = told,
            Ok(PrinterEvent::State(told)) => return told,
            Ok(PrinterEvent::Job { .. }) => {}
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return state,
        }
    }
}

/// Tells how the printer is, and its last jobs; false if it cannot print.
///
/// # Errors
/// The output cannot be written, the ledger cannot be read, or the system gives no thread.
pub fn status(port: &str, profile: &PrinterProfile, ledger: &Path, out: &mut impl Write) -> io::Result<bool> {
    let (vendor, model) = (&profile.vendor, &profile.model);
    writeln!(out, "{vendor} {model} at {port} (profile {}, verified on hardware: {})", profile.id, profile.verified)?;
    let handle = printer::start(port, profile.clone(), || ())?;
    let state = settled_state(&handle);
    writeln!(out, "printer: {}", state_in_words(state))?;
    let jobs = JobLedger::read(ledger)?;
    for job in jobs.iter().skip(jobs.len().saturating_sub(JOBS_TOLD)) {
        writeln!(out, "{}  {}", job.label, stage_in_words(job.stage))?;
    }
    Ok(matches!(state, PrinterState::Ready { .. }))
}

/// Writes the ticket as a picture (PNG), as a printer made of software understands its bytes.
///
/// # Errors
/// The file cannot be written, or there is no such printer of software.
pub fn render(profile: &PrinterProfile, bytes: &[u8], to: &Path) -> io::Result<()> {
    let model = Model::named(&profile.id)
        .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("nobody plays the printer {}", profile.id)))?;
    let mut machine = PlayedPrinter::new(model);
    machine.print(bytes);
    machine.suffer(Handling::Tear);
    let tickets = machine.take_tickets();
    let ticket = tickets.first().ok_or_else(|| io::Error::other("no ticket came out"))?;
    ticket.sheet.save(to, model.width_dots, model.paper_dots)
}

/// Tells what the scanner reads, until nobody listens; at most so many codes, if a number is given.
///
/// # Errors
/// The output cannot be written, or the system gives no thread.
pub fn watch(port: &str, kind: ScannerKind, codes_max: Option<usize>, out: &mut impl Write) -> io::Result<()> {
    let events = scanner::start(port, kind, || ())?;
    let mut codes = 0;
    for event in &events {
        match event {
            ScanEvent::Plugged => writeln!(out, "the scanner is there: show it a code")?,
            ScanEvent::Unplugged => writeln!(out, "the scanner is away: nothing at {port}")?,
            ScanEvent::Unreadable => writeln!(out, "something was read that is no code")?,
            ScanEvent::Code(code) => {
                writeln!(out, "{code}")?;
                codes += 1;
            }
        }
        out.flush()?;
        if codes_max.is_some_and(|most| codes >= most) {
            break;
        }
    }
    Ok(())
}

const fn state_in_words(state: PrinterState) -> &'static str {
    match state {
        PrinterState::Starting => "it has not answered",
        PrinterState::Ready { paper_low: false } => "ready",
        PrinterState::Ready { paper_low: true } => "ready; the roll is near its end",
        PrinterState::Fault(fault) => fault_in_words(fault),
    }
}

const fn fault_in_words(fault: PrinterFault) -> &'static str {
    match fault {
        PrinterFault::PaperOut => "the roll is at its end",
        PrinterFault::CoverOpen => "the cover is open",
        PrinterFault::Offline => "it says that it is offline",
        PrinterFault::NoAnswer => "it does not answer: is it switched on, and do speed and parity fit?",
        PrinterFault::Unplugged => "nothing is there: is the cable in its socket, and has another program the line?",
        PrinterFault::Cutter => "the cutter is jammed: open the cover, and take the paper out of it",
        PrinterFault::Hot => "the head is hot, and cools by itself",
        PrinterFault::Error => "it is in trouble, and says not why: switch it off and on",
    }
}

const fn stage_in_words(stage: JobStage) -> &'static str {
    match stage {
        JobStage::Queued => "waits for its turn",
        JobStage::Checked => "the printer is well",
        JobStage::Sending => "on its way",
        JobStage::Awaiting => "sent; the printer's word is waited for",
        JobStage::Printed(Evidence::ProcessId) => "printed: the printer said so of this ticket",
        JobStage::Printed(Evidence::InOrder) => "printed: the printer answered a question behind the ticket",
        JobStage::Printed(Evidence::CleanStatus) => "printed: the printer was well before and after",
        JobStage::Unconfirmed => "sent, and not confirmed: look whether it came out",
        JobStage::NeverSent => "never sent",
        JobStage::Failed(fault) => match fault {
            PrinterFault::PaperOut => "not printed: the roll is at its end",
            PrinterFault::CoverOpen => "not printed: the cover is open",
            PrinterFault::Offline => "not printed: the printer is offline",
            PrinterFault::NoAnswer => "not printed: the printer does not answer",
            PrinterFault::Unplugged => "not printed: nothing is there",
            PrinterFault::Cutter => "not printed: the cutter is jammed",
            PrinterFault::Hot => "not printed: the head is hot",
            PrinterFault::Error => "not printed: the printer is in trouble",
        },
    }
}
