//! Golden files of every wire message: a device of last year must still understand the hub of today.

use chrono::{DateTime, TimeZone, Utc};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use wire::{
    Afterwards, Arrow, Availability, BoardCall, BoardView, CallAnswer, CallReason, CallRequest, CertificateBytes,
    CheckInAnswer, CheckInRequest, CivilDate, DeskLabel, DeviceFault, DeviceKind, DeviceStanding, EmblemDots,
    FaultReport, FeedClock, FixTimeRequest, FloorDesk, FloorDeskState, FloorHelp, FloorView, FloorVisit,
    FloorVisitState, GreetingAnswer, HandIn, HandInAnswer, HandInKind, HelpNote, HelpRing, HubCard, HubEncounter,
    KioskDocument, KioskService, KioskView, KioskWord, Language, LastTicket, LateChoice, LeaseAnswer, LeaseRequest,
    MinuteRange, Needs, NumberRange, Octets, OfficeEmblem, OfficeState, OpeningAnswer, PairingAnswer, PairingOpening,
    PairingOutcome, PairingRequest, Problem, ProblemCode, ProvidedBooking, ProvidedDay, ProvidedState, Provisions,
    RebookingAnswer, RebookingQuery, RebookingRequest, RebookingTimes, SessionAnswer, SessionRequest, Slot,
    SlotsAnswer, Standing, TicketAnswer, TicketHours, TicketRequest, Upcoming, VisitStage, VisitView, WishRequest,
    Words,
};

/// Writes or compares the golden file, and shows that the message reads back as what was written.
fn golden<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(name: &str, message: &T) {
    let text = serde_json::to_string(message).expect("a wire message is JSON");
    assert_eq!(&serde_json::from_str::<T>(&text).expect("it reads back"), message, "{name}");
    insta::assert_json_snapshot!(name, message);
}

fn at(hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, hour, minute, 0).single().expect("a real time")
}

fn visit() -> Uuid {
    Uuid::from_u128(0x5e17_a000_0000_4000_8000_0000_0000_0042)
}

fn office() -> Words {
    Words::new("ΚΕΠ Κέντρου", "Citizens' Service Centre")
}

fn desk() -> DeskLabel {
    DeskLabel { number: 3, word: Words::new("Θυρίδα", "Desk"), arrow: Some(Arrow::Left) }
}

fn open() -> OfficeState {
    OfficeState::Open { tickets_until: at(12, 0), serves_until: at(12, 30) }
}

fn reason() -> CallReason {
    CallReason {
        code: "booked-and-due".to_owned(),
        words: Words::new("ραντεβού 10:15, άφιξη 10:08", "booked for 10:15, arrived 10:08"),
    }
}

fn ticket() -> TicketAnswer {
    TicketAnswer {
        visit: visit(),
        number: "A042".to_owned(),
        service: Words::new("Βεβαίωση μόνιμης κατοικίας", "Certificate of residence"),
        at: at(8, 10),
        booked_for: None,
        people_ahead: 4,
        expected_wait: Some(MinuteRange { from: 10, to: 20 }),
        first_gap_at: Some(at(8, 25)),
        wait_where: Words::new("Αίθουσα αναμονής, ισόγειο", "Waiting room, ground floor"),
        page: "https://example.org/v/x".to_owned(),
        language: Language::El,
        rehearsal: false,
        local: false,
    }
}

#[test]
fn what_devices_read() {
    let call = BoardCall {
        id: 17,
        number: "P003".to_owned(),
        desk: desk(),
        at: at(8, 15),
        recall: true,
        booked_for: Some(at(8, 15)),
        standing: true,
    };
    golden(
        "board",
        &BoardView {
            office: office(),
            zone: "Europe/Athens".to_owned(),
            state: open(),
            calls: vec![call],
            upcoming: vec![Upcoming { number: "A042".to_owned(), booked_for: None }],
            waiting: 5,
            notices: vec![Words::new("Ανακοίνωση", "Notice")],
        },
    );
    golden(
        "kiosk",
        &KioskView {
            office: office(),
            zone: "Europe/Athens".to_owned(),
            state: OfficeState::Closed { opens_at: Some(at(6, 0)), because: Some(Words::new("Αργία", "Holiday")) },
            services: vec![KioskService {
                key: "residence".to_owned(),
                letter: 'A',
                group: Words::new("Βεβαιώσεις", "Certificates"),
                name: Words::new("Βεβαίωση μόνιμης κατοικίας", "Certificate of residence"),
                planned_minutes: 10,
                documents: vec![KioskDocument {
                    name: Words::new("Ταυτότητα", "Identity card"),
                    copy: false,
                    count: 1,
                }],
                expected_wait: Some(MinuteRange { from: 10, to: 20 }),
                availability: Availability::Now { first_gap_at: None },
                pictogram: wire::Pictogram::default(),
                information: false,
            }],
            booked_delay_max_minutes: 5,
            late_in_gaps: false,
            notices: vec![],
            booking_page: "https://kep.example/book".to_owned(),
            promise: Words::default(),
            priority_grounds: Words::default(),
            hours: Vec::new(),
            help_where: Words::default(),
            help: Vec::new(),
        },
    );
    let mut dots = EmblemDots::white(12, 2).expect("a small one");
    dots.blacken(0, 0);
    dots.blacken(11, 1);
    let picture = "/emblems/0123456789abcdef.png".to_owned();
    golden("emblem", &Some(OfficeEmblem { picture, width: 192, height: 32, dots }));
    golden("clock", &FeedClock { now: at(8, 0), speed: 60.0 });
    golden(
        "visit",
        &VisitView {
            office: office(),
            zone: "Europe/Athens".to_owned(),
            number: "A042".to_owned(),
            service: Words::new("Βεβαίωση", "Certificate"),
            booked_for: None,
            stage: VisitStage::Called { desk: desk(), at: at(8, 30) },
        },
    );
    golden(
        "floor",
        &FloorView {
            office: office(),
            zone: "Europe/Athens".to_owned(),
            state: OfficeState::Suspended { until: None, because: None },
            desks: vec![FloorDesk {
                number: 3,
                state: FloorDeskState::Break { until: Some(at(9, 0)) },
                holds: Some(visit()),
                interrupt_for: None,
            }],
            visits: vec![FloorVisit {
                visit: visit(),
                number: "A042".to_owned(),
                service: "residence".to_owned(),
                service_name: Words::new("Βεβαίωση", "Certificate"),
                arrived_at: at(8, 10),
                booked_for: None,
                planned_minutes: 10,
                priority: false,
                needs: wire::Needs::default(),
                state: FloorVisitState::Called { desk: 3, at: at(8, 31), recalls: 1 },
                note: false,
                reason: Some(reason()),
                remote: None,
            }],
            alarms: vec![],
            help: vec![],
        },
    );
}

#[test]
fn what_devices_ask_and_hear() {
    golden(
        "ticket_request",
        &TicketRequest { language: Language::En, priority: true, persons: 2, ..TicketRequest::new("residence") },
    );
    golden("ticket_answer", &ticket());
    golden(
        "check_in_request",
        &CheckInRequest { code: "7F3GCDQR".to_owned(), language: None, late: Some(LateChoice::EndOfDay) },
    );
    golden("check_in_answer", &CheckInAnswer { standing: Standing::InTime, ticket: ticket(), again: false });
    golden("call_request", &CallRequest { holds: Some(visit()), finish: true });
    golden(
        "call_answer",
        &CallAnswer {
            call: 17,
            visit: visit(),
            number: "A042".to_owned(),
            desk: desk(),
            at: at(8, 30),
            reason: reason(),
        },
    );
    golden(
        "slots",
        &SlotsAnswer {
            service: "residence".to_owned(),
            zone: "Europe/Athens".to_owned(),
            slots: vec![Slot { start: at(7, 0), minutes: 10 }],
            suspended: None,
        },
    );
    golden("session_request", &SessionRequest { name: "clerk".to_owned(), password: "a b c".to_owned(), code: None });
    golden("session_answer", &SessionAnswer { token: "t".to_owned(), expires_at: at(18, 0) });
}

#[test]
fn how_devices_become_known() {
    let request = PairingRequest { kind: DeviceKind::Kiosk, name: "Είσοδος".to_owned(), commitment: None };
    golden("pairing_request", &request);
    golden("pairing_request_bound", &PairingRequest { commitment: Some(Octets([0xc0; 32])), ..request });
    let begun = PairingAnswer {
        pairing: visit(),
        code: "7F3GCD".to_owned(),
        secret: "s".to_owned(),
        expires_at: at(8, 10),
        hub: None,
    };
    golden("pairing_answer", &begun);
    let authorities = CertificateBytes::new(vec![0x30, 0x82]).into_iter().collect();
    let card = HubCard { key: Octets([2; 32]), authorities, number: Octets([5; 32]) };
    golden("pairing_answer_card", &PairingAnswer { hub: Some(card), ..begun });
    golden("pairing_waiting", &PairingOutcome::Waiting);
    let paired = |device| PairingOutcome::Paired { token: "t".to_owned(), office: "kep".to_owned(), device };
    golden("pairing_paired", &paired(None));
    golden("pairing_paired_device", &paired(Some(visit())));
    golden("pairing_opening", &PairingOpening { number: Octets([1; 32]) });
    golden("pairing_opened", &OpeningAnswer { secret: "s".to_owned() });
    golden("hub_encounter", &HubEncounter { since: at(8, 0), until: at(9, 0) });
    golden(
        "greeting_answer",
        &GreetingAnswer {
            key: Octets([2; 32]),
            standing: DeviceStanding::Revoked,
            device: Some(visit()),
            knowledge: Some(Octets([3; 32])),
            signature: Octets([4; 64]),
        },
    );
    golden("pairing_expired", &PairingOutcome::Expired);
}

#[test]
fn prom_11_what_devices_report_of_themselves() {
    let faults = [DeviceFault::ScannerOffline, DeviceFault::PrinterPaperOut].into();
    golden("fault_report", &FaultReport { faults });
    golden("fault_report_well", &FaultReport { faults: [].into() });
    for (fault, name) in [
        (DeviceFault::PrinterPaperLow, "\"printer-paper-low\""),
        (DeviceFault::PrinterCoverOpen, "\"printer-cover-open\""),
        (DeviceFault::PrinterOffline, "\"printer-offline\""),
        (DeviceFault::PrinterCutter, "\"printer-cutter\""),
        (DeviceFault::PrinterHot, "\"printer-hot\""),
        (DeviceFault::TicketUnconfirmed, "\"ticket-unconfirmed\""),
        (DeviceFault::SoundFailed, "\"sound-failed\""),
        (DeviceFault::JournalFailed, "\"journal-failed\""),
        (DeviceFault::FalseHub, "\"false-hub\""),
        (DeviceFault::Other, "\"other\""),
    ] {
        assert_eq!(serde_json::to_string(&fault).expect("a fault is JSON"), name);
    }
}

#[test]
fn prom_07_what_a_kiosk_has_for_a_time_without_its_hub() {
    let date = CivilDate::new(at(8, 0).date_naive()).expect("a date");
    let booking = |reference: &str, state| ProvidedBooking {
        reference: reference.to_owned(),
        service: "residence".to_owned(),
        start: at(8, 15),
        state,
    };
    let expected = ProvidedState::Expected {
        opens_at: None,
        early_until: at(8, 0),
        in_time_until: Some(at(8, 25)),
        afterwards: Afterwards::IsAsked,
    };
    golden(
        "provisions",
        &Provisions {
            office: 1,
            day: date,
            bookings: vec![
                booking("7F3GCDQR", expected),
                booking("7F3GCDQS", ProvidedState::Here { visit: visit(), number: "P003".to_owned() }),
                booking("7F3GCDQU", ProvidedState::Over { because: ProblemCode::BookingCancelled }),
            ],
            days: vec![ProvidedDay {
                date,
                tickets: vec![TicketHours { from: at(6, 0), to: at(12, 0) }],
                serves_until: Some(at(12, 30)),
                last_tickets: vec![LastTicket { service: "residence".to_owned(), at: at(12, 20) }],
                keys: vec![Octets([7; 32])],
            }],
            visit_page: "https://kep.example/v/".to_owned(),
            wait_where: Words::new("Αίθουσα αναμονής, ισόγειο", "Waiting room, ground floor"),
            rehearsal: false,
        },
    );
    let range = NumberRange { date, first: 500, last: 749 };
    golden("lease_request", &LeaseRequest { holds: vec![range], gives_back: vec![] });
    golden("lease_answer", &LeaseAnswer { granted: vec![range] });
    let came = HandInKind::WalkIn {
        service: "residence".to_owned(),
        persons: 1,
        cases: 1,
        priority: false,
        needs: Needs::default(),
    };
    let hand_in = HandIn {
        visit: visit(),
        number: "A500".to_owned(),
        arrived_at: at(8, 10),
        language: Language::El,
        asked_before: None,
        came,
    };
    golden("hand_in_walk_in", &hand_in);
    let came = HandInKind::Booked { reference: "7F3GCDQR".to_owned(), told: KioskWord::InTime };
    golden("hand_in_booked", &HandIn { number: "P500".to_owned(), asked_before: Some(visit()), came, ..hand_in });
    golden("hand_in_answer", &HandInAnswer { number: Some("A500".to_owned()), noted: false });
    golden("ticket_answer_local", &TicketAnswer { local: true, ..ticket() });
}

#[test]
fn how_the_hub_says_no() {
    golden(
        "problem",
        &Problem {
            r#type: "urn:seira:problem:other-day".to_owned(),
            title: "other-day".to_owned(),
            status: 409,
            detail: "Το ραντεβού σας είναι την Τετάρτη 25 Νοεμβρίου.".to_owned(),
            code: ProblemCode::OtherDay,
            at: Some(at(8, 0)),
            language: None,
            wait: None,
        },
    );
}

#[test]
fn what_somebody_who_needs_more_than_a_number_asks_and_hears() {
    golden("help_ring", &HelpRing { ring: visit() });
    golden("help_note", &HelpNote { ring: visit(), coming: true });
    let needs = Needs { escort: true, ..Needs::default() };
    golden("wish_request", &WishRequest { early: Some(false), priority: Some(true), needs: Some(needs) });
    golden("wish_request_early", &WishRequest { early: Some(true), ..WishRequest::default() });
    golden("ticket_request_needs", &TicketRequest { needs, ..TicketRequest::new("residence") });
    golden("fix_time_request", &FixTimeRequest { start: at(8, 25) });
    golden("rebooking_query", &RebookingQuery { code: "234567CD".to_owned() });
    let service = Words::new("Βεβαίωση μόνιμης κατοικίας", "Certificate of residence");
    let slots = vec![Slot { start: at(10, 0), minutes: 15 }];
    golden("rebooking_times", &RebookingTimes { service: service.clone(), slots });
    let code = "234567CD".to_owned();
    golden("rebooking_request", &RebookingRequest { code, start: at(10, 0), language: Some(Language::En) });
    golden(
        "rebooking_answer",
        &RebookingAnswer {
            service,
            start: at(10, 0),
            at: at(8, 10),
            reference: "2345 67CD".to_owned(),
            code: "Q1:1:261124:234567CD:CCCCCCCC".to_owned(),
            language: Language::El,
        },
    );
    golden(
        "floor_help",
        &FloorHelp {
            ring: visit(), place: "Είσοδος".to_owned(), desk: None, since: at(8, 10), account: Some(7)
        },
    );
}
