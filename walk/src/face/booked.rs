//! For whoever has a booking: the code, and what follows where its time has passed (TRN-05).

use wire::{CODE_ALPHABET, LateChoice, REFERENCE_CHARACTERS};

use super::{
    Choice, ChoiceLayout, CodePicture, Emphasis, GuidePicture, KioskFace, Sign, SpokenText, Tone, TypedCode,
    writer::FaceWriter,
};
use crate::{
    press::Press,
    station::{KioskScreen, Station},
    steps::TIMES_ON_A_PAGE,
};

/// Scan the QR code, or type the booking's code on great keys.
pub(super) fn code(writer: &FaceWriter<'_>) -> KioskFace {
    let typed = match writer.walk.station() {
        Station::Code { typed } => typed.as_str(),
        _ => "",
    };
    let scans = writer.around.scanner.is_some();
    let mut face = writer.face(KioskScreen::Code, writer.say(if scans { "kiosk-code" } else { "kiosk-code-plain" }));
    face.below.push(writer.say("kiosk-code-where"));
    face.scene = writer.around.scanner.map(GuidePicture::Scan);
    let language = writer.language();
    // On a loudspeaker only how many there are is said (K6).
    let spoken = match typed {
        "" => writer.text("kiosk-code-none"),
        typed => voice::in_letters(language, typed),
    };
    let letters = SpokenText { shown: typed.to_owned(), spoken, personal: !typed.is_empty() };
    face.typed = Some(TypedCode { letters, places: REFERENCE_CHARACTERS });
    face.layout = ChoiceLayout::Keys;
    let key = |key: char| {
        let label = SpokenText {
            shown: key.to_string(),
            spoken: voice::in_letters(language, &key.to_string()),
            personal: false,
        };
        writer.choice_said(&format!("key-{key}"), Press::Key(key), label, Emphasis::Other, None)
    };
    face.choices = CODE_ALPHABET.iter().map(|letter| key(char::from(*letter))).collect();
    let erase = writer.choice("erase", Press::Erase, "kiosk-erase", Emphasis::Other, Sign::Back);
    let enter = writer.choice("enter", Press::EnterCode, "kiosk-enter", Emphasis::First, Sign::Tick);
    face.choices.push(Choice { enabled: !typed.is_empty(), ..erase });
    face.choices.push(Choice { enabled: typed.len() == REFERENCE_CHARACTERS, ..enter });
    face.ways = vec![writer.home()];
    face
}

/// The booked time has passed: today after the appointments, or another time?
pub(super) fn late(writer: &FaceWriter<'_>) -> KioskFace {
    let (booked_for, wait) = match writer.walk.station() {
        Station::Late { booked_for, wait, .. } => (*booked_for, *wait),
        _ => (None, None),
    };
    let mut face = writer.face(KioskScreen::Late, writer.say("kiosk-late"));
    face.below.extend(booked_for.map(|at| writer.say_with("kiosk-late-time", "time", writer.time(at))));
    let in_gaps = writer.walk.view().is_some_and(|view| view.late_in_gaps);
    face.below.push(writer.say(if in_gaps { "kiosk-late-rule-gaps" } else { "kiosk-late-rule-after" }));
    let today_below = match wait {
        Some(wait) => writer.said(phrases::say_wait(writer.language(), "kiosk-expected", wait)),
        None => writer.say("kiosk-late-today-below"),
    };
    let id = if in_gaps { "kiosk-late-today-gaps" } else { "kiosk-late-today" };
    face.choices = vec![
        Choice {
            below: Some(today_below),
            ..writer.choice("late-today", Press::Late(LateChoice::EndOfDay), id, Emphasis::First, Sign::Ticket)
        },
        Choice {
            below: Some(writer.say("kiosk-late-anew-below")),
            ..writer.choice(
                "late-anew",
                Press::Late(LateChoice::BookAnew),
                "kiosk-late-anew",
                Emphasis::Other,
                Sign::Booking,
            )
        },
    ];
    face.ways = vec![writer.home()];
    face
}

/// Which other time: today's stays until one is taken.
pub(super) fn times(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Times, writer.say("kiosk-times"));
    let Station::Times { times, page, .. } = writer.walk.station() else { return face };
    face.below.push(writer.say("kiosk-times-below"));
    face.layout = ChoiceLayout::Rows;
    let shown = times.slots.iter().skip(page * TIMES_ON_A_PAGE).take(TIMES_ON_A_PAGE);
    face.choices = shown
        .map(|slot| {
            let when = phrases::moment(slot.start, writer.around.now, writer.around.zone, writer.language());
            let name = format!("time-{}", slot.start.timestamp());
            writer.choice_said(&name, Press::NewTime(slot.start), writer.said(when), Emphasis::Other, Some(Sign::Clock))
        })
        .collect();
    let pages = times.slots.len().div_ceil(TIMES_ON_A_PAGE);
    if pages > 1 {
        face.pages = Some((*page, pages));
        face.ways = writer.paging(*page, pages);
    }
    face.ways.extend([writer.back(), writer.home()]);
    face
}

/// Is today's booking to be cancelled, where no other time can be had here? It cannot be had back, so one press that slipped
/// does not do it.
pub(super) fn give_up(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::GiveUp, writer.say("kiosk-give-up"));
    face.below.push(writer.say("kiosk-give-up-below"));
    face.choices = yes_and_no(
        writer.choice("give-up-yes", Press::GiveUp, "kiosk-give-up-yes", Emphasis::Other, Sign::Tick),
        writer.choice("give-up-no", Press::Back, "kiosk-give-up-no", Emphasis::First, Sign::Cross),
    );
    face.ways = vec![writer.home()];
    face
}

/// Yes and no stand in one order everywhere.
pub(super) fn yes_and_no(yes: Choice, no: Choice) -> Vec<Choice> {
    vec![yes, no]
}

/// The booking was given up: where a new one is made.
pub(super) fn book_anew(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::BookAnew, writer.say("kiosk-book-anew"));
    face.tone = Tone::Plain;
    let caption = writer.say("kiosk-book-here");
    face.code = Some(CodePicture { text: writer.around.booking_page.clone(), caption });
    face.layout = ChoiceLayout::Foot;
    face.choices =
        vec![writer.choice("no-booking", Press::NoBooking, "kiosk-number-instead", Emphasis::Other, Sign::Ticket)];
    face.ways = vec![writer.home()];
    face
}
