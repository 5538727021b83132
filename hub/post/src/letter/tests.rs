//! Letters are held against golden files, and read back as a mail reader would.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Europe::Athens;
use office::{
    Assurance, Audience, BookingId, BookingLife, BookingNeed, Calendar, Channel, Correction, CorrectionState, Document,
    DocumentForm, Hours, Level, Party, PersonId, Promise, Reference, Rule, Rules, RulesPhase, Service, ServiceId,
    VoidReason, Words,
};
use wire::Language;

use super::*;
use crate::link_letter::{LinkKind, LinkLetter};

fn config() -> OfficeConfig {
    let service = Service {
        key: "address".into(),
        group: "papers".into(),
        catalogue: None,
        name: Words::new("Βεβαίωση μόνιμης κατοικίας", "Certificate of residence"),
        about: Words::default(),
        planned_minutes: 20,
        minutes_per_further_person: 5,
        minutes_per_further_case: 10,
        channels: BTreeSet::from([Channel::InPerson]),
        booking: BookingNeed::Preferred,
        documents: vec![
            Document {
                name: Words::new("Ταυτότητα ή διαβατήριο", "Identity card or passport"),
                form: DocumentForm::Original,
                count: 1,
            },
            Document {
                name: Words::new("Λογαριασμός ΔΕΗ <πρόσφατος>", "Electricity bill <recent>"),
                form: DocumentForm::Copy,
                count: 2,
            },
        ],
        level: Level::None,
        assurance: Assurance::None,
        grid_minutes: 15,
        telephone_informs: false,
        pictogram: office::Pictogram::default(),
        information: false,
        lead_minutes: 60,
        horizon_days: 60,
        releases: Vec::new(),
        change_until_minutes: 60,
        fields: Vec::new(),
        forms: Vec::new(),
    };
    OfficeConfig {
        key: "kep".into(),
        number: 7,
        name: Words::new("ΚΕΠ Δήμου Πετρούπολης", "Citizens' Service Centre of Petroupoli"),
        address: Words::new("25ης Μαρτίου 1, Πετρούπολη", "25is Martiou 1, Petroupoli"),
        contact_email: "kep@example.gr".into(),
        contact_phone: "2100000000".into(),
        help_where: office::Words::default(),
        priority_grounds: office::Words::default(),
        wait_where: Words::new("Ισόγειο", "Ground floor"),
        notices: Vec::new(),
        desk_word: Words::new("Θυρίδα", "Desk"),
        zone: Athens,
        groups: Vec::new(),
        services: BTreeMap::from([(ServiceId(1), service)]),
        desks: BTreeMap::new(),
        clerks: BTreeMap::new(),
        hours: Hours::default(),
        calendar: Calendar::default(),
        rules: Rules::default(),
    }
}

fn booking() -> Booking {
    let party = Party {
        person: PersonId(uuid::Uuid::nil()),
        address: None,
        language: office::Language::El,
        needs: office::Needs::default(),
        if_late: None,
    };
    Booking {
        id: BookingId(12),
        reference: Reference("C2D3F4G5".into()),
        promise: Promise {
            service: ServiceId(1),
            channel: Channel::InPerson,
            start: "2026-11-24T08:15:00Z".parse().unwrap(),
            minutes: 20,
            persons: 1,
            cases: 1,
            audience: Audience::Public,
        },
        sequence: 3,
        correction: None,
        life: BookingLife::Confirmed { party },
    }
}

fn envelope() -> Envelope {
    Envelope {
        from: "ΚΕΠ <kep@example.gr>".parse().unwrap(),
        to: "maria@example.gr".parse().unwrap(),
        message_id: "<17.1@seira>".into(),
        at: "2026-11-20T07:00:00Z".parse().unwrap(),
        comes_back_to: None,
    }
}

fn letter(language: Language, kind: MailKind) -> String {
    letter_about(language, kind, &config(), &booking())
}

fn letter_about(language: Language, kind: MailKind, config: &OfficeConfig, booking: &Booking) -> String {
    let letter = BookingLetter {
        kind,
        config,
        voice: Voice(language).into(),
        booking: Some((booking, "Q1:7:261124:C2D3F4G5:RSVW2345".into())),
        link: "https://seira.example.gr/booking/kep.12.abc".into(),
        said: vec![("Ονοματεπώνυμο".into(), "Μαρία Παπαδοπούλου".into())],
        phone: None,
        chooses_first: false,
        was: (kind == MailKind::MovedByOffice).then(|| "2026-11-23T08:15:00Z".parse().unwrap()),
        until: (kind == MailKind::CorrectionAsked).then(|| "την Πέμπτη 26 Νοεμβρίου στις 10:00".into()),
        more: Vec::new(),
        now: "2026-11-20T07:00:00Z".parse().unwrap(),
    };
    String::from_utf8(letter.message(&envelope()).unwrap().formatted()).unwrap()
}

/// The body after the first header block that names `kind`, decoded.
fn part(message: &str, kind: &str) -> Vec<u8> {
    use base64::Engine;
    let at = message.find(kind).unwrap_or_else(|| panic!("no part {kind}"));
    let head_start = message[..at].rfind("\r\n--").unwrap();
    let (head, rest) = message[head_start..].split_once("\r\n\r\n").unwrap();
    let body = rest.split("\r\n--").next().unwrap();
    if head.contains("base64") {
        let packed: String = body.split_whitespace().collect();
        base64::engine::general_purpose::STANDARD.decode(packed).unwrap()
    } else if head.contains("quoted-printable") {
        unquoted(body)
    } else {
        body.as_bytes().to_vec()
    }
}

fn unquoted(body: &str) -> Vec<u8> {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'=' {
            let code = std::str::from_utf8(&tail[..2]).unwrap();
            bytes.push(u8::from_str_radix(code, 16).unwrap());
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    bytes
}

fn text_part(message: &str, kind: &str) -> String {
    String::from_utf8(part(message, kind)).unwrap().replace("\r\n", "\n")
}

#[test]
fn omb_14_the_confirmation_in_greek() {
    insta::assert_snapshot!(text_part(&letter(Language::El, MailKind::Confirmation), "text/plain"));
}

#[test]
fn omb_14_the_confirmation_in_english() {
    insta::assert_snapshot!(text_part(&letter(Language::En, MailKind::Confirmation), "text/plain"));
}

#[test]
fn omb_15_the_cancellation_in_greek() {
    insta::assert_snapshot!(text_part(&letter(Language::El, MailKind::Cancelled), "text/plain"));
}

#[test]
fn the_subject_says_nothing_of_the_matter() {
    let message = letter(Language::En, MailKind::Confirmation);
    assert!(message.contains("Subject: Your appointment\r\n"), "{message}");
    assert!(message.contains("Date: Fri, 20 Nov 2026 07:00:00 +0000"));
    assert!(message.contains("Message-ID: <17.1@seira>"));
}

#[test]
fn the_pictures_code_is_read_back() {
    let png = part(&letter(Language::El, MailKind::Confirmation), "image/png");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("qr.png");
    std::fs::write(&path, png).unwrap();
    let read = std::process::Command::new("zbarimg").args(["--quiet", "--raw"]).arg(&path).output().unwrap();
    assert_eq!(String::from_utf8(read.stdout).unwrap().trim(), "Q1:7:261124:C2D3F4G5:RSVW2345");
}

#[test]
fn the_calendar_stands_in_the_mail_and_beside_it() {
    let message = letter(Language::El, MailKind::Confirmation);
    for kind in ["text/calendar", "application/ics"] {
        let read: icalendar::Calendar = String::from_utf8(part(&message, kind)).unwrap().parse().unwrap();
        assert_eq!(read.property_value("METHOD"), Some("REQUEST"));
        let event = read.events().next().unwrap();
        use icalendar::Component;
        assert_eq!(event.get_uid(), Some("C2D3F4G5.kep@seira"));
        assert_eq!(event.get_sequence(), Some(3));
    }
    let gone: icalendar::Calendar =
        String::from_utf8(part(&letter(Language::El, MailKind::Cancelled), "text/calendar")).unwrap().parse().unwrap();
    assert_eq!(gone.property_value("METHOD"), Some("CANCEL"));
}

#[test]
fn what_an_office_wrote_is_shown_as_text() {
    let html = text_part(&letter(Language::El, MailKind::Confirmation), "text/html");
    assert!(html.contains("&#60;πρόσφατος&#62;") || html.contains("&lt;πρόσφατος&gt;"), "{html}");
    assert!(html.contains("cid:qr@seira"));
}

#[test]
fn omb_04_the_link_that_proves_an_address() {
    let config = config();
    let letter = LinkLetter {
        kind: LinkKind::Start,
        config: &config,
        voice: Voice(Language::El).into(),
        link: "https://seira.example.gr/book/start/abc".into(),
        expires_at: "2026-11-20T08:00:00Z".parse().unwrap(),
        facts: Vec::new(),
    };
    let message = String::from_utf8(letter.message(&envelope()).unwrap().formatted()).unwrap();
    insta::assert_snapshot!(text_part(&message, "text/plain"));
}

#[test]
fn every_kind_of_mail_says_what_to_do_next() {
    for kind in [
        MailKind::Moved,
        MailKind::Reminder,
        MailKind::DetailsWarning,
        MailKind::CancelledByOffice,
        MailKind::CancelledByLateness,
        MailKind::Void,
        MailKind::Missed,
        MailKind::WillNotBeReached,
        MailKind::NotServed,
    ] {
        for language in Language::ALL {
            let message = letter(language, kind);
            let text = text_part(&message, "text/plain");
            assert!(!text.contains("mail-") && text.contains("https://seira.example.gr/booking"), "{kind:?}: {text}");
            assert_eq!(message.contains("image/png"), kind.stands(), "{kind:?}");
        }
    }
}

#[test]
fn trn_12_nobody_is_told_that_a_booking_falls_void_which_stands_uncorrected() {
    let (mut config, mut booking) = (config(), booking());
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    booking.correction = Some(Correction {
        because: VoidReason::DocumentsMissing,
        note: None,
        asked_at: at("2026-11-20T07:00:00Z"),
        until: at("2026-11-23T22:30:00Z"),
        state: CorrectionState::Awaited,
    });
    let said = |config: &OfficeConfig, language| {
        text_part(&letter_about(language, MailKind::CorrectionAsked, config, &booking), "text/plain")
    };
    for (language, cancelled, stands) in
        [(Language::El, "Για να μην ακυρωθεί", "το ραντεβού σας ισχύει"), (Language::En, "is not cancelled", "stands")]
    {
        config.rules.phases.clear();
        let tolerant = said(&config, language);
        assert!(tolerant.contains(stands) && !tolerant.contains(cancelled), "{tolerant}");
        assert!(tolerant.contains("26 Νοεμβρίου"), "the deadline stays: {tolerant}");
        // The deadline lies on the 24th at the office, though it is the 23rd in Greenwich.
        config.rules.phases.push(RulesPhase { rule: Rule::Void, strict_from: at("2026-11-25T00:00:00Z").date_naive() });
        assert_eq!(said(&config, language), tolerant, "strict from the day after on");
        config.rules.phases.push(RulesPhase { rule: Rule::Void, strict_from: at("2026-11-24T00:00:00Z").date_naive() });
        let strict = said(&config, language);
        assert!(strict.contains(cancelled) && !strict.contains(stands), "{strict}");
    }
}

#[test]
fn trn_02_every_letter_says_that_a_program_wrote_it() {
    for kind in MailKind::ALL {
        let message = letter(Language::El, kind);
        assert!(message.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{kind:?}: {message}");
    }
}

#[test]
fn fld_35_a_mail_after_the_day_needs_no_booking() {
    let config = config();
    let (kind, voice) = (MailKind::NotServed, Voice(Language::El).into());
    let link = "https://seira.example.gr/book".into();
    let letter = BookingLetter {
        kind,
        config: &config,
        voice,
        booking: None,
        link,
        said: Vec::new(),
        phone: None,
        chooses_first: false,
        was: (kind == MailKind::MovedByOffice).then(|| "2026-11-23T08:15:00Z".parse().unwrap()),
        until: (kind == MailKind::CorrectionAsked).then(|| "την Πέμπτη 26 Νοεμβρίου στις 10:00".into()),
        more: Vec::new(),
        now: "2026-11-20T07:00:00Z".parse().unwrap(),
    };
    let message = String::from_utf8(letter.message(&envelope()).unwrap().formatted()).unwrap();
    assert!(text_part(&message, "text/plain").contains("https://seira.example.gr/book"));
    assert!(!message.contains("text/calendar"));
}
