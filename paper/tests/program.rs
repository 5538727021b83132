//! The program as it is used: started, written to, interfered with, and its pictures looked at.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct PaperProgram {
    child: Child,
    folder: tempfile::TempDir,
}

impl PaperProgram {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_paper"))
            .args(["--into", "tickets", "--link", "printer", "--control", "control"])
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        assert!(ready.starts_with("printer on /dev/pts/"), "{ready}");
        Self { child, folder }
    }

    fn line(&self) -> File {
        OpenOptions::new().read(true).write(true).open(self.folder.path().join("printer")).unwrap()
    }

    fn ticket(&self, number: usize) -> PathBuf {
        self.folder.path().join(format!("tickets/ticket-{number:04}.png"))
    }
}

impl Drop for PaperProgram {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !holds() {
        assert!(Instant::now() < deadline, "not in 20 s: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn is_picture(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"\x89PNG"))
}

#[test]
fn a_ticket_becomes_a_picture_and_its_words() {
    let program = PaperProgram::start(&["--model", "generic-cp737"]);
    program.line().write_all(b"\x1b@\x1c.\x1bt\x0e\x82\x9c\xa0\x98\n\x1dVB\x00").unwrap();
    eventually("a picture", || is_picture(&program.ticket(1)));
    assert_eq!(fs::read_to_string(program.ticket(1).with_extension("txt")).unwrap(), "Γεια\n");
}

#[test]
fn prom_11_paper_out_is_answered_and_the_ticket_comes_with_the_new_roll() {
    let mut program = PaperProgram::start(&[]);
    let mut line = program.line();
    let mut answer = [0; 1];
    program.child.stdin.as_mut().unwrap().write_all(b"paper out\n").unwrap();
    eventually("paper out", || {
        line.write_all(b"\x10\x04\x04").unwrap();
        line.read_exact(&mut answer).unwrap();
        answer == [0x7E]
    });
    line.write_all(b"\x1b@hello\n\x1dVB\x00").unwrap();
    line.write_all(b"\x10\x04\x01").unwrap();
    line.read_exact(&mut answer).unwrap();
    assert_eq!((answer, program.ticket(1).exists()), ([0x1A], false));
    fs::write(program.folder.path().join("control"), "paper in\n").unwrap();
    eventually("a picture", || is_picture(&program.ticket(1)));
}

#[test]
fn the_line_keeps_its_name_when_the_printer_is_plugged_in_again() {
    let first = PaperProgram::start(&[]);
    let link = first.folder.path().join("printer");
    let mut second = Command::new(env!("CARGO_BIN_EXE_paper"))
        .args(["--into", "tickets2", "--link", "printer"])
        .current_dir(first.folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(second.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    assert_eq!(format!("printer on {}\n", fs::read_link(link).unwrap().display()), ready);
    second.kill().unwrap();
    second.wait().unwrap();
}

#[test]
fn a_job_is_confirmed_when_its_paper_has_come_and_not_before() {
    let program = PaperProgram::start(&["--speed", "100", "--baud", "38400"]);
    let mut line = program.line();
    let started = Instant::now();
    line.write_all(&[b"\x1b@", [b'\n'; 20].as_slice(), b"\x1dVB\x00\x1d(H\x06\x00\x30\x300042"].concat()).unwrap();
    let mut answer = [0; 7];
    line.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"\x37\x220042\x00");
    // Twenty lines of 30 dots are 75 mm, three quarters of a second at 100 mm/s.
    assert!(started.elapsed() >= Duration::from_millis(700), "{:?}", started.elapsed());
}
