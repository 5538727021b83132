//! Printer and scanner threads on real lines: pseudo-terminals, with a played printer at the other end.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use paper::{Control, Handling, Model, Play, PlaySettings, PlayedPrinter};
use peripherals::{
    Evidence, JobLedger, PrintJob, PrintOutcome, PrinterEvent, PrinterFault, PrinterHandle, PrinterState, ScanEvent,
    ScannerKind,
};
use peripherals::{printer, scanner};

/// How long anything may take on a busy machine.
const LONG: Duration = Duration::from_secs(30);

const READY: PrinterEvent = PrinterEvent::State(PrinterState::Ready { paper_low: false });

fn fault(cause: PrinterFault) -> PrinterEvent {
    PrinterEvent::State(PrinterState::Fault(cause))
}

fn ended(id: u64, outcome: PrintOutcome) -> PrinterEvent {
    PrinterEvent::Job { id, outcome }
}

/// A played printer, and the kiosk's thread on its line.
struct LineBench {
    folder: tempfile::TempDir,
    model: &'static str,
    control: Control,
    thread: Option<JoinHandle<()>>,
    handle: Option<PrinterHandle>,
    woken: Arc<AtomicUsize>,
}

impl LineBench {
    fn new(model: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (control, thread) = plug(folder.path(), model);
        let mut bench = Self { folder, model, control, thread: Some(thread), handle: None, woken: Arc::default() };
        bench.handle = Some(bench.start());
        bench
    }

    fn start(&self) -> PrinterHandle {
        let profile = firmware_config::printer(self.model).unwrap();
        let port = self.folder.path().join("printer");
        let woken = Arc::clone(&self.woken);
        let wake = move || {
            woken.fetch_add(1, Ordering::Relaxed);
        };
        printer::start(port.to_str().unwrap(), profile, wake).unwrap()
    }

    fn unplug(&mut self) {
        self.control.unplug();
        self.thread.take().unwrap().join().unwrap();
    }

    fn plug_in(&mut self) {
        let (control, thread) = plug(self.folder.path(), self.model);
        self.control = control;
        self.thread = Some(thread);
    }

    fn print(&self, id: u64) {
        let ticket = ticket::Ticket {
            office: "ΚΕΠ Δήμου Νέας Πόλης".into(),
            number: format!("A{id:03}"),
            service: "Πιστοποιητικό".into(),
            job: format!("K1-{id}"),
            ..ticket::Ticket::default()
        };
        let bytes = ticket::encode(&ticket, &firmware_config::printer(self.model).unwrap());
        self.handle.as_ref().unwrap().print(PrintJob { id, label: format!("A{id:03}"), bytes });
    }

    #[track_caller]
    fn tells(&self, expect: &[PrinterEvent]) {
        for expected in expect {
            assert_eq!(self.handle.as_ref().unwrap().events().recv_timeout(LONG).as_ref(), Ok(expected));
        }
    }

    /// The tickets on paper so far, as the printer's own letters.
    fn tickets(&self) -> Vec<String> {
        let mut names: Vec<PathBuf> = std::fs::read_dir(self.folder.path().join("tickets"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        names.sort();
        names.iter().map(|name| std::fs::read_to_string(name).unwrap()).collect()
    }
}

fn plug(folder: &Path, model: &str) -> (Control, JoinHandle<()>) {
    let play = Play::new(PlaySettings {
        model: Model::named(model).unwrap(),
        into: folder.join("tickets"),
        link: Some(folder.join("printer")),
        baud: None,
        speed: None,
        talks: false,
    })
    .unwrap();
    let control = play.control();
    (control, std::thread::spawn(move || play.run().unwrap()))
}

#[track_caller]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !holds() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn new_04_a_ticket_is_printed_and_the_printer_says_so() {
    for (model, evidence) in [
        ("epson-tm-t20iii", Evidence::ProcessId),
        ("generic-drawn", Evidence::InOrder),
        ("generic-cp737", Evidence::CleanStatus),
    ] {
        let bench = LineBench::new(model);
        bench.tells(&[READY]);
        bench.print(7);
        bench.tells(&[ended(7, PrintOutcome::Printed(evidence))]);
        eventually("one ticket is kept", || bench.tickets().len() == 1);
        eventually("the window is woken for each event", || bench.woken.load(Ordering::Relaxed) == 2);
    }
}

#[test]
fn a_copy_with_its_black_bar_is_printed_on_every_printer() {
    for model in ["epson-tm-t20iii", "generic-drawn", "generic-cp737"] {
        let bench = LineBench::new(model);
        bench.tells(&[READY]);
        for mark in ["ΑΝΤΙΓΡΑΦΟ", "COPY", "ΔΟΚΙΜΗ"] {
            let ticket = ticket::Ticket { mark: Some(mark.to_owned()), number: "P004".into(), ..Default::default() };
            let bytes = ticket::encode(&ticket, &firmware_config::printer(model).unwrap());
            bench.handle.as_ref().unwrap().print(PrintJob { id: 7, label: "A007".to_owned(), bytes });
            let event = bench.handle.as_ref().unwrap().events().recv_timeout(LONG).unwrap();
            let printed = matches!(event, PrinterEvent::Job { id: 7, outcome: PrintOutcome::Printed(_) });
            assert!(printed, "{mark} on {model}: {event:?}");
        }
    }
}

#[test]
fn a_printer_that_says_nothing_leaves_the_ticket_unconfirmed() {
    let bench = LineBench::new("generic-58mm");
    bench.tells(&[READY]);
    bench.print(7);
    bench.tells(&[ended(7, PrintOutcome::Unconfirmed)]);
}

#[test]
fn prom_11_paper_out_and_back() {
    let bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    bench.control.suffer(Handling::PaperOut);
    bench.tells(&[fault(PrinterFault::PaperOut)]);
    bench.print(1);
    bench.tells(&[ended(1, PrintOutcome::Failed(PrinterFault::PaperOut))]);
    bench.control.suffer(Handling::PaperIn);
    bench.tells(&[READY]);
    bench.print(2);
    bench.tells(&[ended(2, PrintOutcome::Printed(Evidence::ProcessId))]);
    eventually("the second ticket is kept", || bench.tickets().len() == 1);
    assert!(bench.tickets()[0].contains("K1-2"), "the first was never sent");
}

#[test]
fn prom_11_paper_out_and_back_on_a_printer_that_must_be_asked() {
    let bench = LineBench::new("generic-cp737");
    bench.tells(&[READY]);
    bench.control.suffer(Handling::PaperOut);
    bench.print(1);
    bench.tells(&[ended(1, PrintOutcome::Failed(PrinterFault::PaperOut)), fault(PrinterFault::PaperOut)]);
    bench.control.suffer(Handling::PaperIn);
    bench.tells(&[READY]);
}

#[test]
fn prom_11_paper_that_ends_in_the_middle_of_a_ticket() {
    let bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    bench.control.suffer(Handling::PaperLeft(20));
    bench.print(1);
    bench.tells(&[ended(1, PrintOutcome::Failed(PrinterFault::PaperOut)), fault(PrinterFault::PaperOut)]);
    bench.control.suffer(Handling::Tear);
    bench.control.suffer(Handling::PaperIn);
    bench.tells(&[READY]);
    bench.print(2);
    bench.tells(&[ended(2, PrintOutcome::Printed(Evidence::ProcessId))]);
    eventually("what was torn off and the second ticket are kept", || bench.tickets().len() == 2);
    let tickets = bench.tickets();
    assert!(tickets[0].contains("ΚΕΠ") && !tickets[0].contains("K1-1"), "the paper ended before its end: {tickets:?}");
    assert!(tickets[1].contains("K1-2") && !tickets[1].contains("K1-1"), "the rest of it never came: {tickets:?}");
}

#[test]
fn cover_cutter_and_offline_are_told_apart() {
    let bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    for (handling, undoing, cause) in [
        (Handling::CoverOpen, Handling::CoverClosed, PrinterFault::CoverOpen),
        (Handling::Jam, Handling::JamCleared, PrinterFault::Cutter),
        (Handling::Offline, Handling::Online, PrinterFault::Offline),
    ] {
        bench.control.suffer(handling);
        bench.tells(&[fault(cause)]);
        bench.control.suffer(undoing);
        bench.tells(&[READY]);
    }
}

#[test]
fn a_printer_that_stalls_is_given_up_and_comes_back() {
    let bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    bench.control.suffer(Handling::Stall);
    bench.print(1);
    bench.tells(&[ended(1, PrintOutcome::Failed(PrinterFault::NoAnswer)), fault(PrinterFault::NoAnswer)]);
    bench.control.suffer(Handling::GoOn);
    bench.tells(&[READY]);
    bench.print(2);
    bench.tells(&[ended(2, PrintOutcome::Printed(Evidence::ProcessId))]);
    eventually("the second ticket is kept, and no other", || bench.tickets().len() == 1);
}

#[test]
fn unplugged_and_plugged_in_again() {
    let mut bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    bench.unplug();
    bench.tells(&[fault(PrinterFault::Unplugged)]);
    bench.print(1);
    bench.tells(&[ended(1, PrintOutcome::Failed(PrinterFault::Unplugged))]);
    bench.plug_in();
    bench.tells(&[READY]);
    bench.print(2);
    bench.tells(&[ended(2, PrintOutcome::Printed(Evidence::ProcessId))]);
}

#[test]
fn a_hundred_tickets_come_once_each_and_in_order() {
    let bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    (1..=100).for_each(|id| bench.print(id));
    for id in 1..=100 {
        bench.tells(&[ended(id, PrintOutcome::Printed(Evidence::ProcessId))]);
    }
    eventually("all tickets are kept", || bench.tickets().len() == 100);
    for (index, ticket) in bench.tickets().iter().enumerate() {
        assert!(ticket.ends_with(&format!("K1-{}\n", index + 1)), "{ticket}");
    }
}

#[test]
fn the_line_is_ours_alone_until_the_handle_is_dropped() {
    let mut bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    let second = bench.start();
    assert_eq!(second.events().recv_timeout(LONG), Ok(fault(PrinterFault::Unplugged)));
    bench.handle = None;
    assert_eq!(second.events().recv_timeout(LONG), Ok(READY));
}

/// The scanner's end of a line.
struct ScannerLine {
    scanner: File,
    link: PathBuf,
}

fn scanner_line(link: &Path) -> ScannerLine {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let ours: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap();
    let _ = std::fs::remove_file(link);
    std::os::unix::fs::symlink(name.to_str().unwrap(), link).unwrap();
    ScannerLine { scanner: File::from(ours), link: link.to_owned() }
}

impl ScannerLine {
    fn says(&mut self, bytes: &[u8]) {
        self.scanner.write_all(bytes).unwrap();
    }
}

fn code(text: &str) -> Result<ScanEvent, crossbeam_channel::RecvTimeoutError> {
    Ok(ScanEvent::Code(text.to_owned()))
}

#[test]
fn card_02_codes_come_over_a_real_line_with_any_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut line = scanner_line(&folder.path().join("scanner"));
    let events = scanner::start(line.link.to_str().unwrap(), ScannerKind::Serial, || {}).unwrap();
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Plugged));
    for (index, end) in ["\r", "\n", "\r\n", "\t", ""].iter().enumerate() {
        line.says(format!("]Q1P{index}ABC{end}").as_bytes());
        assert_eq!(events.recv_timeout(LONG), code(&format!("P{index}ABC")));
    }
}

#[test]
fn a_megabyte_of_noise_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut line = scanner_line(&folder.path().join("scanner"));
    let events = scanner::start(line.link.to_str().unwrap(), ScannerKind::Serial, || {}).unwrap();
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Plugged));
    let noise: Vec<u8> =
        (0..1_000_000u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
    line.says(&noise);
    let mut unreadable = 0;
    // Silence ends the burst, and only then is a code a code again: it is said until it is heard.
    eventually("the code after the noise is read", || {
        line.says(b"P1ABC\r");
        match events.recv_timeout(Duration::from_millis(200)) {
            Ok(ScanEvent::Code(read)) => read == "P1ABC",
            Ok(ScanEvent::Unreadable) => {
                unreadable += 1;
                false
            }
            Ok(other) => panic!("{other:?}"),
            Err(_) => false,
        }
    });
    assert_eq!(unreadable, 1, "one burst is told once");
}

#[test]
fn a_scanner_is_unplugged_and_plugged_in_again() {
    let folder = tempfile::tempdir().unwrap();
    let line = scanner_line(&folder.path().join("scanner"));
    let link = line.link.clone();
    let events = scanner::start(link.to_str().unwrap(), ScannerKind::Serial, || {}).unwrap();
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Plugged));
    drop(line);
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Unplugged));
    let mut again = scanner_line(&link);
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Plugged));
    again.says(b"P1ABC\r");
    assert_eq!(events.recv_timeout(LONG), code("P1ABC"));
}

#[test]
fn a_scanner_that_is_not_there_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let link = folder.path().join("scanner");
    let events = scanner::start(link.to_str().unwrap(), ScannerKind::Serial, || {}).unwrap();
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Unplugged));
    let _line = scanner_line(&link);
    assert_eq!(events.recv_timeout(LONG), Ok(ScanEvent::Plugged));
}

/// A printer in the network: what comes over the connection it prints, until the connection is cut or the line says so.
fn serve(listener: &TcpListener, machine: &mut PlayedPrinter, cut_after: Option<usize>) {
    let (mut line, _) = listener.accept().unwrap();
    let (mut bytes, mut heard) = ([0; 4096], 0);
    loop {
        let count = line.read(&mut bytes).unwrap_or(0);
        heard += count;
        if count == 0 || cut_after.is_some_and(|most| heard > most) {
            return;
        }
        machine.receive(&bytes[..count]);
        while machine.step().is_some() {}
        if line.write_all(&machine.take_answers()).is_err() {
            return;
        }
    }
}

#[test]
fn card_05_a_printer_in_the_network_prints_confirms_and_is_found_again_when_its_line_was_cut() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = format!("tcp:{}", listener.local_addr().unwrap());
    let profile = firmware_config::printer("epson-tm-t20iii").unwrap().on_fast_line();
    let ticket = ticket::Ticket {
        number: "A001".into(), service: "Πιστοποιητικό".into(), ..ticket::Ticket::default()
    };
    let bytes = ticket::encode(&ticket, &profile);
    let length = bytes.len();
    let printing = std::thread::spawn(move || {
        let mut machine = PlayedPrinter::new(Model::named("epson-tm-t20iii").unwrap());
        // The second ticket is cut in the middle.
        serve(&listener, &mut machine, Some(length + length / 2));
        serve(&listener, &mut machine, None);
        machine.take_tickets().len()
    });
    let handle = printer::start(&port, profile, || {}).unwrap();
    let tells = |expect: &[PrinterEvent]| {
        for expected in expect {
            assert_eq!(handle.events().recv_timeout(LONG).as_ref(), Ok(expected));
        }
    };
    let print = |id: u64| handle.print(PrintJob { id, label: format!("A{id:03}"), bytes: bytes.clone() });
    tells(&[READY]);
    print(1);
    tells(&[ended(1, PrintOutcome::Printed(Evidence::ProcessId))]);
    print(2);
    tells(&[fault(PrinterFault::Unplugged), ended(2, PrintOutcome::Failed(PrinterFault::Unplugged)), READY]);
    print(3);
    tells(&[ended(3, PrintOutcome::Printed(Evidence::ProcessId))]);
    drop(handle);
    assert_eq!(printing.join().unwrap(), 2, "the first and the third, and the second never again");
}

#[test]
fn prom_11_each_step_of_a_job_is_on_disk_before_the_next() {
    let bench = LineBench::new("epson-tm-t20iii");
    bench.tells(&[READY]);
    drop(bench.handle);
    let path = bench.folder.path().join("printed.jsonl");
    let (ledger, left) = JobLedger::open(&path).unwrap();
    assert_eq!(left, []);
    let profile = firmware_config::printer("epson-tm-t20iii").unwrap();
    let port = bench.folder.path().join("printer");
    let bytes = ticket::encode(&ticket::Ticket { number: "A001".into(), ..ticket::Ticket::default() }, &profile);
    let handle = printer::start_keeping(port.to_str().unwrap(), profile, ledger, || {}).unwrap();
    handle.print(PrintJob { id: 5, label: "A001".to_owned(), bytes });
    let done = ended(5, PrintOutcome::Printed(Evidence::ProcessId));
    while handle.events().recv_timeout(LONG).unwrap() != done {}
    let text = std::fs::read_to_string(&path).unwrap();
    let stages: Vec<&str> =
        text.lines().map(|line| line.split("\"stage\":").nth(1).unwrap().trim_end_matches('}')).collect();
    let printed = "{\"printed\":\"process-id\"";
    assert_eq!(stages, ["\"queued\"", "\"checked\"", "\"sending\"", "\"awaiting\"", printed]);
}
