//! Tickets as bytes: golden files, the promises that every ticket keeps, and another encoder's bytes beside ours.
//!
//! Shows CARD-05.

#![expect(clippy::unwrap_used, reason = "a test")]

use escpos::driver::Driver;
use escpos::printer::Printer;
use escpos::utils::{JustifyMode, PageCode, Protocol, QRCodeCorrectionLevel, QRCodeModel, QRCodeOption};
use firmware_config::{CodePage, PrinterProfile};
use proptest::prelude::*;
use ticket::{Ticket, TicketFact, TicketPage, encode, greek_test_page};

fn printer(id: &str) -> PrinterProfile {
    firmware_config::printer(id).unwrap()
}

fn small(service: &str) -> Ticket {
    Ticket {
        emblem: None,
        office: "ΚΕΠ".into(),
        number_label: "Ο αριθμός σας".into(),
        number: "A1".into(),
        service: service.into(),
        service_second: String::new(),
        issued: "15 Μαΐου 2026".into(),
        facts: vec![TicketFact::new("Αναμονή", "5 λεπτά")],
        instructions: vec!["Περιμένετε".into()],
        notes: Vec::new(),
        page: Some(TicketPage { url: "HTTPS://A.GR/V/1".into(), caption: "Η σειρά σας".into() }),
        mark: Some("ΑΝΤΙΓΡΑΦΟ".into()),
        job: "K1-7".into(),
    }
}

/// Bytes as a person can compare them: text as text, the rest in hexadecimal, a line to a command.
fn shown(bytes: &[u8]) -> String {
    let mut lines = String::new();
    for byte in bytes {
        match byte {
            0x1B..=0x1D => lines.push_str(&format!("\n{byte:02x}")),
            b' '..=b'~' => lines.push(char::from(*byte)),
            _ => lines.push_str(&format!("<{byte:02x}>")),
        }
    }
    lines
}

#[test]
fn golden_bytes_of_a_ticket_on_an_epson() {
    insta::assert_snapshot!(shown(&encode(&small("Παράβολα"), &printer("epson-tm-t20iii"))));
}

#[test]
fn golden_bytes_of_a_ticket_on_a_cp737_printer() {
    insta::assert_snapshot!(shown(&encode(&small("Παράβολα"), &printer("generic-cp737"))));
}

#[test]
fn golden_bytes_of_the_greek_test_page() {
    insta::assert_snapshot!(shown(&greek_test_page(&printer("generic-58mm"))));
}

#[test]
fn each_line_goes_in_the_first_page_that_holds_it() {
    let two = PrinterProfile {
        code_pages: vec![slot(CodePage::Cp737, 14), slot(CodePage::Wpc1253, 47)],
        ..printer("epson-tm-t20iii")
    };
    let ticket = |service: &str| encode(&Ticket { service: service.into(), ..Ticket::default() }, &two);
    assert!(has(&ticket("Γεια"), b"\x1bt\x0e\x1d!\x11\x1bE\x01\x82\x9c\xa0\x98\x0a"));
    assert!(has(&ticket("Μαΐου"), b"\x1bt\x2f\x1d!\x11\x1bE\x01\xcc\xe1\xc0\xef\xf5\x0a"));
    assert!(!has(&ticket("ASCII"), b"\x1bt"));
}

fn slot(name: CodePage, n: u8) -> firmware_config::CodePageSlot {
    firmware_config::CodePageSlot { name, n }
}

fn has(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_printer_is_first_brought_into_a_known_state_and_last_made_to_cut() {
    let bytes = encode(&small("Παράβολα"), &printer("epson-tm-t20iii"));
    assert!(bytes.starts_with(b"\x1b@\x1c.\x1da\x0e\x1bR\x00\x1bM\x00"));
    assert!(bytes.ends_with(b"\x1dVB\x00"));
    let silent = encode(&small("Παράβολα"), &printer("generic-cp737"));
    assert!(silent.starts_with(b"\x1b@\x1c.\x1bR\x00"), "no GS a for a printer that makes no reports");
}

/// Keeps what the other encoder sends.
#[derive(Clone, Default)]
struct ByteStore(std::rc::Rc<std::cell::RefCell<Vec<u8>>>);

impl Driver for ByteStore {
    fn name(&self) -> String {
        "kept".to_owned()
    }

    fn write(&self, data: &[u8]) -> escpos::errors::Result<()> {
        self.0.borrow_mut().extend(data);
        Ok(())
    }

    fn read(&self, _buffer: &mut [u8]) -> escpos::errors::Result<usize> {
        Ok(0)
    }

    fn flush(&self) -> escpos::errors::Result<()> {
        Ok(())
    }
}

/// What the other encoder sends for these calls. (Its cuts, status and resets are wrong, its Greek without code page 14 too.)
fn others(call: impl FnOnce(&mut Printer<ByteStore>)) -> Vec<u8> {
    let kept = ByteStore::default();
    let mut printer = Printer::new(kept.clone(), Protocol::default(), None);
    call(&mut printer);
    printer.print().unwrap();
    kept.0.take()
}

#[test]
fn another_encoder_sends_the_same_qr_code() {
    let url = "https://kep.example.gr/v/6f1c2f0e7b1d4c579e6f0a4b8c2d9e11";
    let option = QRCodeOption::new(QRCodeModel::Model2, 6, QRCodeCorrectionLevel::M);
    let theirs = others(|printer| {
        printer.qrcode_option(url, option).unwrap();
    });
    let ticket = Ticket { page: Some(TicketPage { url: url.into(), caption: String::new() }), ..Ticket::default() };
    let ours = encode(&ticket, &printer("epson-tm-t20iii"));
    assert!(has(&ours, &theirs), "theirs {}\nours {}", shown(&theirs), shown(&ours));
}

#[test]
fn another_encoder_sends_the_same_letters_sizes_and_places() {
    let theirs = others(|printer| {
        printer.page_code(PageCode::PC737).unwrap();
        printer.size(2, 2).unwrap().bold(true).unwrap().write("Παράβολα").unwrap();
    });
    let ours = encode(&Ticket { service: "Παράβολα".into(), ..Ticket::default() }, &printer("generic-cp737"));
    assert!(has(&ours, &theirs), "theirs {}\nours {}", shown(&theirs), shown(&ours));
    let centred = others(|printer| {
        printer.justify(JustifyMode::CENTER).unwrap();
    });
    assert!(has(&ours, &centred));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    /// Whatever an office writes, the played printer understands every byte, and no byte of text is a command.
    #[test]
    fn any_text_is_a_sound_ticket(
        service in "\\PC{0,120}", office in "[Α-Ωα-ωάέΐ€ A-Z]{0,60}", label in "\\PC{0,30}", value in "\\PC{0,60}", raw in "[\\x00-\\x7f]{0,40}",
    ) {
        for profile in firmware_config::printers() {
            let ticket = Ticket {
                office: office.clone(),
                number: "A042".into(),
                service: service.clone(),
                facts: vec![TicketFact::new(label.clone(), value.clone())],
                instructions: vec![raw.clone()],
                ..Ticket::default()
            };
            let mut machine = paper::PlayedPrinter::new(paper::Model::named(&profile.id).unwrap());
            machine.print(&encode(&ticket, &profile));
            machine.suffer(paper::Handling::Tear);
            prop_assert_eq!(machine.take_complaints(), Vec::<String>::new());
            prop_assert_eq!(machine.take_tickets().len(), 1);
            prop_assert_eq!(machine.take_answers().iter().filter(|byte| **byte & 0x93 == 0x12).count(), 0, "a real-time answer");
        }
    }
}
