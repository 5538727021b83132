//! Every page is heard: what Chromium gives a screen reader of it is kept under `tests/heard/`, in both languages, and read by a
//! person. A page of the table of addresses that no kept text is of fails here, before anybody forgets it.

#![expect(clippy::unwrap_used, reason = "a test may end with a panic; that is how it fails")]

use std::{collections::BTreeSet, fs, path::Path};

use paths::Route;

/// What is no page: a picture, a sound, a file, a line for a script. Nobody reads it aloud.
const FILES: [Route; 21] = [
    Route::BookLetters,
    Route::BookingQr,
    Route::BookingCalendar,
    Route::BookingDataJson,
    Route::MemberDataJson,
    Route::RequestQr,
    Route::RequestResult,
    Route::RequestFile,
    Route::StaffRequestFile,
    Route::AgentCsv,
    Route::ConferenceFiguresCsv,
    Route::ConferenceMinutesPdf,
    Route::ConferenceMinutesFile,
    Route::OpenFiguresCsv,
    Route::OpenFiguresJson,
    Route::StaffFiguresCsv,
    Route::StaffFiguresXlsx,
    Route::StaffBookingQr,
    Route::StaffTicketQr,
    Route::StaffDocument,
    Route::LockWhen,
];

/// What only leads on: to a page that is heard, or out of the house.
const LEADS_ON: [Route; 7] = [
    Route::AnyDay,
    Route::AnyHouse,
    Route::AnyReception,
    Route::AgentLogin,
    Route::LoginWithNobody,
    Route::LoginWith,
    Route::LoginOut,
];

/// What takes a form, and answers with a page that has an address of its own, or with the page that the form stands in and what
/// is wrong with it: that one is heard under its own address.
const FORMS: [Route; 50] = [
    Route::HoldExtend,
    Route::HoldConfirm,
    Route::BookingDocumentsRemove,
    Route::BookingCodeSend,
    Route::AgentWithdraw,
    Route::RequestAction,
    Route::RoleRequestAction,
    Route::CoordinationUnitsAction,
    Route::ConferenceAction,
    Route::ConferenceMeetingAction,
    Route::ConferenceGuestAction,
    Route::RequestFiles,
    Route::MemberJoinConfirm,
    Route::CitizenAction,
    Route::StaffRequestFiles,
    Route::VisitFeedback,
    Route::FeedbackErase,
    Route::NewBookingBook,
    Route::ClosuresOpen,
    Route::HouseAction,
    Route::ReceptionAction,
    Route::LockNow,
    Route::LoginPasskey,
    Route::Logout,
    Route::AccountPassword,
    Route::AccountAddress,
    Route::AccountFactorDrop,
    Route::AccountCodes,
    Route::AccountPasskeyAdd,
    Route::AccountPasskeyDrop,
    Route::AccountSessionEnd,
    Route::CardAction,
    Route::StaffCallAction,
    Route::CertifyRevoke,
    Route::StaffRequestAction,
    Route::AdminAgentInvite,
    Route::AdminAgentDisable,
    Route::AdminClock,
    Route::AdminDevicesPair,
    Route::AdminDeviceRevoke,
    Route::AdminDeviceNoted,
    Route::AdminClerkInvite,
    Route::AdminClerkAddress,
    Route::AdminClerkFactorDrop,
    Route::AdminClerkGrants,
    Route::AdminClerkDisable,
    Route::AdminPeopleExport,
    Route::AdminPeopleErase,
    Route::AdminOutboxTry,
    // The form of a caller: a list of all the times of a day, and the fields that are heard where staff correct them.
    Route::NewBookingDetails,
];

/// What is shown once, as the answer to a form or to what a provider sent: asked for in the other language it is another page.
/// It is heard in the language in which it was asked.
const ONCE: [Route; 5] =
    [Route::ConfirmCode, Route::LoginSetUpPasskey, Route::LoginFrom, Route::StaffBookingAction, Route::DeskAction];

/// By what is heard first, in each language.
const SPOKEN: [(&str, &str); 2] = [("el", "link «Μετάβαση στο περιεχόμενο»"), ("en", "link «Skip to content»")];

/// The route that a kept text is of: of those that fit its way, the one that names most of it.
fn route_of(way: &str) -> Option<Route> {
    let named = |route: &Route| {
        let (pattern, way) = (route.pattern().split('/'), way.split('/'));
        let fits = pattern.clone().count() == way.clone().count()
            && pattern.clone().zip(way.clone()).all(|(part, here)| part == here || part.starts_with('{'));
        fits.then(|| pattern.zip(way).filter(|(part, here)| part == here).count())
    };
    let routes = Route::ALL.iter().filter_map(|route| Some((named(route)?, *route)));
    routes.max_by_key(|(named, _)| *named).map(|(_, route)| route)
}

/// Which routes are heard in which language.
fn heard() -> BTreeSet<(&'static str, &'static str)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/heard");
    let folders = fs::read_dir(folder).unwrap().map(|folder| folder.unwrap().path());
    let files = folders.flat_map(|folder| fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path());
    let mut heard = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let spoken = SPOKEN.iter().find(|(_, first)| text.contains(first));
        let (language, _) = spoken.unwrap_or_else(|| panic!("{}: in which language?", file.display()));
        // A page that never was has no route.
        if let Some(route) = route_of(text.lines().next().unwrap()) {
            heard.insert((route.pattern(), *language));
        }
    }
    heard
}

#[test]
fn fld_30_every_page_is_heard_in_both_languages() {
    let heard = heard();
    let is_heard = |route: Route, language: &'static str| heard.contains(&(route.pattern(), language));
    let mut missing = Vec::new();
    for route in Route::ALL {
        let listed = [&FILES[..], &LEADS_ON, &FORMS, &ONCE].iter().filter(|list| list.contains(route)).count();
        assert!(listed <= 1, "{} is excepted twice", route.pattern());
        let [el, en] = SPOKEN.map(|(language, _)| is_heard(*route, language));
        let is_enough = if ONCE.contains(route) { el || en } else { listed == 1 || el && en };
        if !is_enough {
            missing.push(format!("{} (Greek: {el}, English: {en})", route.pattern()));
        }
        // Whatever is heard in both needs no excuse.
        assert!(listed == 0 || !(el && en), "{} is excepted, and heard", route.pattern());
    }
    assert!(missing.is_empty(), "pages that nobody has heard: {missing:#?}");
}

#[test]
fn a_kept_text_is_of_the_route_that_names_most_of_its_way() {
    let cases = [
        ("/", Some(Route::Front)),
        ("/staff/kep/bookings/new", Some(Route::NewBooking)),
        ("/staff/kep/bookings/…", Some(Route::StaffBooking)),
        ("/staff/kep/bookings/…/told-code", Some(Route::StaffBookingAction)),
        ("/login/email/sent", Some(Route::LoginEmailSent)),
        ("/admin/nowhere", None),
    ];
    for (way, route) in cases {
        assert_eq!(route_of(way), route, "{way}");
    }
}
