//! The played printer against the makers' tables.

use super::*;

fn printer(name: &str) -> PlayedPrinter {
    PlayedPrinter::new(Model::named(name).unwrap())
}

/// What stands on the paper after these bytes and a cut.
#[track_caller]
fn check(model: &str, bytes: &[u8], expect: &str) {
    let mut printer = printer(model);
    printer.print(&[bytes, b"\x1dVB\x00"].concat());
    let text: String = printer.take_tickets().iter().map(|ticket| ticket.text.clone()).collect();
    assert_eq!(text, expect);
}

#[test]
fn greek_needs_the_right_page() {
    check("epson-tm-t20iii", b"\x1b@\x1bt\x2f\xc3\xe5\xe9\xe1 \x80\n", "Γεια €\n");
    check("epson-tm-t20iii", b"\x1b@\x1bt\x0e\x82\x9c\xa0\x98\n", "Γεια\n");
    check("epson-tm-t20iii", b"\x1b@\x1bt\x26\xa6\xde\xe3\xd6\n", "Γεια\n");
    check("epson-tm-t20iii", b"\x1b@\x1bt\x0f\xb6\xa4\n", "Ά€\n");
    check("epson-tm-t20iii", b"\x1b@\x82\x9c\n", "é£\n");
}

#[test]
fn a_printer_in_chinese_mode_prints_no_greek_until_told() {
    check("generic-cp737", b"\x1b@\x1bt\x0e\x82\x9c\xa0\x98\n", "\u{fffd}\u{fffd}\n");
    check("generic-cp737", b"\x1b@\x1c.\x1bt\x0e\x82\x9c\xa0\x98\n", "Γεια\n");
}

#[test]
fn a_page_that_is_not_there_changes_nothing_and_is_complained_of() {
    let mut printer = printer("generic-cp737");
    printer.print(b"\x1b@\x1c.\x1bt\x2f\xc3\n");
    assert_eq!(printer.take_complaints(), ["there is no code page 47"]);
}

#[test]
fn a_line_that_is_too_long_goes_on_in_the_next() {
    let line = [b"\x1b@".to_vec(), vec![b'A'; 50], b"\n".to_vec()].concat();
    check("epson-tm-t20iii", &line, &format!("{}\nAA\n", "A".repeat(48)));
    let wide = [b"\x1b@\x1d!\x11".to_vec(), vec![b'A'; 25], b"\n".to_vec()].concat();
    check("epson-tm-t20iii", &wide, &format!("{}\nA\n", "A".repeat(24)));
}

#[test]
fn questions_are_answered_at_once_also_inside_a_picture() {
    let mut printer = printer("epson-tm-t20iii");
    printer.print(b"\x1dv0\x00\x03\x00\x02\x00\x10\x04\x01");
    assert_eq!(printer.take_answers(), [0x12]);
    printer.suffer(Handling::PaperOut);
    printer.print(b"\x10\x04\x04");
    assert_eq!(printer.take_answers(), [0x7E]);
}

#[test]
fn reports_come_on_change_until_initialised() {
    let mut printer = printer("epson-tm-t20iii");
    printer.suffer(Handling::CoverOpen);
    assert_eq!(printer.take_answers(), []);
    printer.suffer(Handling::CoverClosed);
    printer.print(b"\x1da\x0e");
    assert_eq!(printer.take_answers(), [0x10, 0, 0, 0]);
    printer.suffer(Handling::CoverOpen);
    assert_eq!(printer.take_answers(), [0x38, 0, 0, 0]);
    printer.suffer(Handling::CoverClosed);
    assert_eq!(printer.take_answers(), [0x10, 0, 0, 0]);
    printer.print(b"\x1b@");
    printer.suffer(Handling::CoverOpen);
    assert_eq!(printer.take_answers(), []);
}

#[test]
fn the_id_of_a_job_comes_back_when_its_paper_is_there() {
    let job = b"\x1b@hello\n\x1dVB\x00\x1d(H\x06\x00\x30\x300042";
    let mut well = printer("epson-tm-t20iii");
    well.print(job);
    assert_eq!(well.take_answers(), b"\x37\x220042\x00");
    let mut empty = printer("epson-tm-t20iii");
    empty.suffer(Handling::PaperOut);
    empty.print(job);
    assert_eq!(empty.take_answers(), b"");
    empty.suffer(Handling::PaperIn);
    while empty.step().is_some() {}
    assert_eq!((empty.take_answers(), empty.take_tickets().len()), (b"\x37\x220042\x00".to_vec(), 1));
}

#[test]
fn what_was_not_printed_can_be_taken_back() {
    let mut printer = printer("epson-tm-t20iii");
    printer.suffer(Handling::PaperOut);
    printer.print(b"\x1b@hello\n\x1dVB\x00");
    printer.print(&[0x10, 0x14, 0x08, 0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08]);
    assert_eq!(printer.take_answers(), [0x37, 0x25, 0x00]);
    printer.suffer(Handling::PaperIn);
    while printer.step().is_some() {}
    assert_eq!(printer.take_tickets(), []);
}

#[test]
fn paper_that_ends_in_the_middle_stops_the_printing_there() {
    let mut printer = printer("epson-tm-t20iii");
    printer.suffer(Handling::PaperLeft(10));
    printer.print(b"\x1b@\x1da\x0e1\n2\n3\n4\n\x1dVB\x00");
    assert_eq!(printer.take_answers(), [[0x10, 0, 0, 0], [0x18, 0, 0x0F, 0]].concat());
    assert_eq!(printer.sheet.rows(), 80);
    assert_eq!(printer.text, "1\n2\n3\n");
}

#[test]
fn a_full_printer_takes_no_more() {
    let mut printer = printer("epson-tm-t20iii");
    printer.suffer(Handling::Offline);
    printer.receive(&vec![b'x'; 4000]);
    assert_eq!(printer.room(), 96);
    printer.suffer(Handling::Stall);
    assert_eq!(printer.room(), 0);
}

#[test]
fn words_for_what_is_done_to_it() {
    assert_eq!(" paper  out ".parse(), Ok(Handling::PaperOut));
    assert_eq!("paper left 25".parse(), Ok(Handling::PaperLeft(25)));
    assert!("paper".parse::<Handling>().unwrap_err().starts_with("\"paper\": expected paper out"));
}
