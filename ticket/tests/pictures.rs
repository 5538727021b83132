//! Tickets from bytes to paper and back to words: printed by a printer of other hands, read by OCR and by a QR reader.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use firmware_config::{PrinterProfile, printers};
use ticket::{Ticket, TicketFact, TicketPage, encode};

const URL: &str = "https://rantevou.kep.example.gr/v/6f1c2f0e-7b1d-4c57-9e6f-0a4b8c2d9e11";

fn greek() -> Ticket {
    Ticket {
        emblem: None,
        office: "ΚΕΠ Δήμου Νέας Πόλης".into(),
        number_label: "Ο αριθμός σας".into(),
        number: "A042".into(),
        service: "Πιστοποιητικό οικογενειακής κατάστασης".into(),
        service_second: String::new(),
        issued: "Παρασκευή 15 Μαΐου 2026, 10:32".into(),
        facts: vec![TicketFact::new("Πριν από εσάς", "7 άτομα"), TicketFact::new("Αναμονή", "10 έως 20 λεπτά")],
        instructions: vec![
            "Περιμένετε στην αίθουσα αναμονής, στο ισόγειο. Θα δείτε και θα ακούσετε τον αριθμό σας.".into(),
        ],
        notes: Vec::new(),
        page: Some(TicketPage {
            url: URL.into(), caption: "Δείτε στο κινητό σας πότε πλησιάζει η σειρά σας.".into()
        }),
        mark: None,
        job: "Εκδοτήριο: Είσοδος · εκτύπωση 10:32:07".into(),
    }
}

fn english() -> Ticket {
    Ticket {
        emblem: None,
        office: "Citizens' Service Centre, Nea Poli".into(),
        number_label: "Your number".into(),
        number: "P1007".into(),
        service: "Certificate of family status".into(),
        service_second: String::new(),
        issued: "Friday 15 May 2026, 10:32".into(),
        facts: vec![
            TicketFact::new("Appointment", "10:45"),
            TicketFact::new("Ahead of you", "2 people"),
            TicketFact::new("Wait", "5 to 10 minutes"),
        ],
        instructions: vec![
            "Please wait in the waiting room on the ground floor. You will see and hear your number.".into(),
        ],
        notes: Vec::new(),
        page: Some(TicketPage { url: URL.into(), caption: "See on your phone when your turn is near.".into() }),
        mark: Some("COPY".into()),
        job: "Kiosk: Είσοδος · printed 10:32:07".into(),
    }
}

fn printer(id: &str) -> PrinterProfile {
    firmware_config::printer(id).unwrap()
}

/// Where pictures for people go, if somebody wants to look at them.
fn folder() -> PathBuf {
    std::env::var_os("SEIRA_TICKETS").map_or_else(
        || {
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("tickets");
            std::fs::create_dir_all(&folder).unwrap();
            folder
        },
        PathBuf::from,
    )
}

struct TicketSheet {
    text: String,
    picture: PathBuf,
    rows: usize,
}

/// Prints on the played printer of the same name, which must understand every byte.
#[track_caller]
fn print(bytes: &[u8], id: &str, name: &str) -> TicketSheet {
    let mut machine = paper::PlayedPrinter::new(paper::Model::named(id).unwrap());
    machine.print(bytes);
    machine.suffer(paper::Handling::Tear);
    assert_eq!(machine.take_complaints(), [] as [String; 0]);
    let tickets = machine.take_tickets();
    assert_eq!(tickets.len(), 1, "one ticket");
    let picture = folder().join(format!("{name}-{id}.png"));
    let model = machine.model();
    tickets[0].sheet.save(&picture, model.width_dots, model.paper_dots).unwrap();
    TicketSheet { text: tickets[0].text.clone(), picture, rows: tickets[0].sheet.rows() }
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .env("OMP_THREAD_LIMIT", "1")
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn qr(picture: &Path) -> String {
    run("zbarimg", &["--raw", "-q", picture.to_str().unwrap()]).trim().to_owned()
}

/// Pictures that were read already, by reader's language: printers that differ in their numbers alone print the same.
static READ: Mutex<BTreeMap<(String, Vec<u8>), String>> = Mutex::new(BTreeMap::new());

fn ocr(picture: &Path, language: &str) -> String {
    let key = (language.to_owned(), std::fs::read(picture).unwrap());
    if let Some(text) = READ.lock().unwrap().get(&key) {
        return text.clone();
    }
    let text = read_print(picture, language);
    READ.lock().unwrap().insert(key, text.clone());
    text
}

/// What a reader of print makes of the picture, its words one space apart: as it is, and with letters that are twice as high
/// as wide drawn out to the proportions that the reader has learnt.
fn read_print(picture: &Path, language: &str) -> String {
    let image = image::open(picture).unwrap();
    let drawn_out = picture.with_extension("wide.png");
    let filter = image::imageops::FilterType::CatmullRom;
    image.resize_exact(image.width() * 3, image.height() * 2, filter).save(&drawn_out).unwrap();
    let read =
        |path: &Path| run("tesseract", &[path.to_str().unwrap(), "-", "-l", language, "--psm", "4", "--dpi", "203"]);
    let text = read(picture) + &read(&drawn_out);
    text.chars().map(of_today).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letter of today's Greek that was printed where the reader saw one of its old accents, or the sign for "micro".
const fn of_today(letter: char) -> char {
    match letter {
        'ἀ' | 'ὰ' => 'ά',
        'ἐ' | 'ὲ' => 'έ',
        'ἠ' | 'ὴ' => 'ή',
        'ἰ' | 'ὶ' => 'ί',
        'ὀ' | 'ὸ' => 'ό',
        'ὐ' | 'ὺ' => 'ύ',
        'ὠ' | 'ὼ' => 'ώ',
        'µ' => 'μ',
        other => other,
    }
}

#[track_caller]
fn holds(text: &str, words: &[&str]) {
    let small = text.to_lowercase();
    for word in words {
        assert!(small.contains(&word.to_lowercase()), "\"{word}\" is not in: {text}");
    }
}

#[test]
fn every_printer_is_played_and_no_other() {
    let mut ids: Vec<String> = printers().into_iter().map(|profile| profile.id).collect();
    let mut names = paper::Model::names();
    ids.sort();
    names.sort_unstable();
    assert_eq!(ids, names);
}

#[test]
fn card_05_greek_ticket_is_read_back_from_every_printer() {
    for profile in printers() {
        let id = profile.id.as_str();
        let bytes = encode(&greek(), &profile);
        let printed = print(&bytes, id, "greek");
        eprintln!(
            "{id}: {} bytes, {} mm, {} ms on the line",
            bytes.len(),
            printed.rows / 8,
            profile.serial.line_ms(bytes.len())
        );
        assert_eq!(qr(&printed.picture), URL, "{id}");
        let read = ocr(&printed.picture, "ell");
        holds(
            &read,
            &[
                "αριθμός",
                "Πριν από εσάς",
                "άτομα",
                "Αναμονή",
                "λεπτά",
                "Παρασκευή",
                "Μαΐου",
                "αναμονής",
                "ισόγειο",
                "Εκδοτήριο",
            ],
        );
    }
}

#[test]
fn card_05_on_a_fast_line_the_whole_ticket_is_drawn_and_no_code_page_is_asked_for() {
    for id in ["epson-tm-t20iii", "epson-tm-t88vi", "generic-58mm"] {
        let profile = printer(id).on_fast_line();
        let bytes = encode(&greek(), &profile);
        assert!(!bytes.windows(2).any(|two| two == [0x1B, 0x74]), "{id}: it selects a code page");
        let printed = print(&bytes, id, "drawn");
        assert!(!printed.text.contains("Παρασκευή"), "{id}: {}", printed.text);
        assert_eq!(qr(&printed.picture), URL, "{id}");
        holds(&ocr(&printed.picture, "ell"), &["αριθμός", "Παρασκευή", "Μαΐου", "άτομα", "ισόγειο"]);
    }
}

#[test]
fn card_05_english_ticket_is_read_back_from_every_printer() {
    for profile in printers() {
        let id = profile.id.as_str();
        let bytes = encode(&english(), &profile);
        let printed = print(&bytes, id, "english");
        assert_eq!(qr(&printed.picture), URL, "{id}");
        holds(
            &ocr(&printed.picture, "eng"),
            &["Your number", "P1007", "family status", "Appointment", "10:45", "waiting room"],
        );
    }
}

#[test]
fn card_05_a_line_that_no_page_holds_is_drawn_and_whole() {
    let service = "Παράβολο 15 Μαΐου €5";
    let bytes = encode(
        &Ticket { service: service.into(), number: "A001".into(), ..Ticket::default() },
        &printer("generic-cp737"),
    );
    let printed = print(&bytes, "generic-cp737", "may");
    assert!(!printed.text.contains("Παράβολο"), "the line must be drawn, but stands as text in: {}", printed.text);
    holds(&ocr(&printed.picture, "ell"), &["Παράβολο 15 Μαΐου"]);
    holds(&ocr(&printed.picture, "eng"), &["€5"]);
    let without =
        encode(&Ticket { service: "Παράβολο 15 Ιουνίου".into(), ..Ticket::default() }, &printer("generic-cp737"));
    holds(&print(&without, "generic-cp737", "june").text, &["Παράβολο 15 Ιουνίου"]);
}

#[test]
fn long_names_are_wrapped_and_never_clipped() {
    let service = "Χορήγηση αντιγράφου ποινικού μητρώου γενικής χρήσης και υπεύθυνη δήλωση γνησίου υπογραφής";
    let facts =
        vec![TicketFact::new("Εκτιμώμενος χρόνος αναμονής σήμερα", "από 1 ώρα και 10 λεπτά έως 2 ώρες και 5 λεπτά")];
    for profile in printers() {
        let id = profile.id.as_str();
        let ticket =
            Ticket { service: service.into(), number: "A042".into(), facts: facts.clone(), ..Ticket::default() };
        let printed = print(&encode(&ticket, &profile), id, "long");
        if !profile.code_pages.is_empty() {
            let words = printed.text.split_whitespace().collect::<Vec<_>>().join(" ");
            holds(&words, &[service, &facts[0].label, &facts[0].value]);
        }
        let read = ocr(&printed.picture, "ell");
        holds(&read, &["ποινικού", "υπογραφής", "χρόνος", "λεπτά"]);
    }
}

#[test]
fn fld_29_a_copy_says_so() {
    let copy = Ticket { mark: Some("ΑΝΤΙΓΡΑΦΟ".into()), ..greek() };
    for profile in printers() {
        let id = profile.id.as_str();
        let printed = print(&encode(&copy, &profile), id, "copy");
        holds(&ocr(&printed.picture, "ell"), &["ΑΝΤΙΓΡΑΦΟ", "αριθμός"]);
    }
}

#[test]
fn the_test_page_shows_the_alphabet_where_the_printer_keeps_it() {
    let right = "ΑΓΔΘΩ αγδςω άέήίόύώΆ";
    for (id, lines) in [
        ("epson-tm-t20iii", vec![" 47 WPC1253", " 15 8859-7", " 38 PC869", " 14 PC737"]),
        ("generic-58mm", vec![" 64 PC737"]),
    ] {
        let mut machine = paper::PlayedPrinter::new(paper::Model::named(id).unwrap());
        machine.print(&ticket::greek_test_page(&printer(id)));
        machine.suffer(paper::Handling::Tear);
        let page = machine.take_tickets().remove(0);
        let readable: Vec<&str> = page.text.lines().filter(|line| line.contains(right)).collect();
        for line in &lines {
            assert!(readable.iter().any(|read| read.starts_with(line)), "{line} is not among {readable:?}");
        }
    }
}

/// A shield: outline, a cross, and a corner that is left open, so that nothing turned or mirrored looks alike.
fn emblem(width: usize, rows: usize) -> ticket::DotPicture {
    let mut emblem = ticket::DotPicture::new(width, rows);
    for (x, y) in (0..rows).flat_map(|y| (0..width).map(move |x| (x, y))) {
        if is_shield(x, y, width, rows) {
            emblem.blacken(x, y);
        }
    }
    emblem
}

fn is_shield(x: usize, y: usize, width: usize, rows: usize) -> bool {
    let is_edge = x < 8 || y < 8 || x >= width - 8 || y >= rows - 8;
    let is_cross = (width / 2 - 8..width / 2 + 8).contains(&x) || (16..24).contains(&y);
    (is_edge || is_cross) && !(x < 32 && y < 32)
}

/// Where an emblem stands on a picture of paper, dot for dot: the first row and column of its box.
fn found_at(picture: &Path, width: usize, rows: usize) -> Option<(usize, usize)> {
    let paper = image::open(picture).unwrap().into_luma8();
    let (across, down) = (paper.width() as usize, paper.height() as usize);
    let is_black = |x: usize, y: usize| paper.get_pixel(x as u32, y as u32).0[0] < 128;
    let holds = |left: usize, top: usize| {
        let mut dots = (0..rows).flat_map(|y| (0..width).map(move |x| (x, y)));
        dots.all(|(x, y)| is_black(left + x, top + y) == is_shield(x, y, width, rows))
    };
    let tops = 0..down.saturating_sub(rows);
    tops.flat_map(|top| (0..=across - width).map(move |left| (left, top))).find(|(left, top)| holds(*left, *top))
}

#[test]
fn new_14_the_emblem_stands_at_the_head_of_a_ticket_on_every_printer() {
    let (width, rows) = (256, 96);
    let ticket = Ticket { emblem: Some(emblem(width, rows)), ..greek() };
    for profile in printers() {
        let id = profile.id.as_str();
        let printed = print(&encode(&ticket, &profile), id, "emblem");
        // On a slow line the dots are twice as large, and the shield is the same.
        let at = found_at(&printed.picture, width, rows);
        let (left, top) = at.unwrap_or_else(|| panic!("{id}: no emblem on {}", printed.picture.display()));
        let paper = image::open(&printed.picture).unwrap().width() as usize;
        assert!(left.abs_diff((paper - width) / 2) <= 8, "{id}: in the middle, not at {left} of {paper}");
        assert!(top < 200, "{id}: at the head, not at {top}");
        assert_eq!(qr(&printed.picture), URL, "{id}");
        holds(&ocr(&printed.picture, "ell"), &["αριθμός", "Πριν από εσάς", "Εκδοτήριο"]);
        let plain = print(&encode(&greek(), &profile), id, "greek");
        assert!(printed.rows - plain.rows < 128, "{id}: {} rows of paper for it", printed.rows - plain.rows);
    }
}

#[test]
fn new_14_an_emblem_that_the_paper_has_no_room_for_is_left_out() {
    let narrow = PrinterProfile { width_dots: 128, columns: 10, ..printer("generic-58mm") };
    let ticket = Ticket { emblem: Some(emblem(256, 96)), ..greek() };
    assert_eq!(encode(&ticket, &narrow), encode(&greek(), &narrow));
    let copy = Ticket { mark: Some("ΑΝΤΙΓΡΑΦΟ".into()), emblem: Some(emblem(96, 96)), ..greek() };
    let printed = print(&encode(&copy, &printer("epson-tm-t20iii")), "epson-tm-t20iii", "emblem-copy");
    holds(&ocr(&printed.picture, "ell"), &["ΑΝΤΙΓΡΑΦΟ"]);
}

#[test]
fn new_14_an_emblem_keeps_nobody_waiting_on_a_slow_line() {
    for profile in printers() {
        let bytes = |ticket: &Ticket| encode(ticket, &profile).len();
        let more = bytes(&Ticket { emblem: Some(emblem(256, 96)), ..greek() }) - bytes(&greek());
        assert!(profile.serial.line_ms(more) <= 1_000, "{}: {} ms", profile.id, profile.serial.line_ms(more));
    }
}
