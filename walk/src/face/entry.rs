//! The first screen, and what stands there instead while no numbers are given (FLD-30).

use wire::OfficeState;

use super::{
    Choice, ChoiceLayout, CodePicture, Emphasis, GuidePicture, KioskFace, Sign, SpokenText, writer::FaceWriter,
};
use crate::{press::Press, station::KioskScreen};

/// Three doors.
pub(super) fn welcome(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Welcome, writer.say("kiosk-welcome"));
    face.choices = vec![
        Choice {
            below: Some(writer.say("kiosk-have-booking-below")),
            ..writer.choice("have-booking", Press::HaveBooking, "kiosk-have-booking", Emphasis::First, Sign::Booking)
        },
        Choice {
            below: Some(writer.say("kiosk-no-booking-below")),
            ..writer.choice("no-booking", Press::NoBooking, "kiosk-no-booking", Emphasis::Other, Sign::Ticket)
        },
        Choice {
            below: Some(writer.say("kiosk-not-sure-below")),
            ..writer.choice("not-sure", Press::NotSure, "kiosk-not-sure", Emphasis::Other, Sign::Question)
        },
    ];
    if let Some(place) = writer.around.scanner {
        face.scene = Some(GuidePicture::Scan(place));
        face.below.push(writer.say("kiosk-scan-anytime"));
    }
    if let Some(view) = writer.walk.view() {
        face.notices = view.notices.iter().map(|notice| writer.own(notice)).collect();
    }
    remote(writer, &mut face);
    face
}

/// What somebody can do who does not know what they need: a person, or the information desk's number (FLD-38).
pub(super) fn not_sure(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::NotSure, writer.say("kiosk-not-sure-heading"));
    let services = writer.walk.view().map(|view| view.services.as_slice()).unwrap_or_default();
    if let Some(desk) = services.iter().find(|service| service.information) {
        let name = format!("service-{}", desk.key);
        let press = Press::Service(desk.key.clone());
        face.choices.push(Choice {
            below: Some(writer.say("kiosk-information-below")),
            ..writer.choice(&name, press, "kiosk-information", Emphasis::First, Sign::Ticket)
        });
    }
    let rank = if face.choices.is_empty() { Emphasis::First } else { Emphasis::Other };
    face.choices.push(Choice {
        below: Some(writer.say("kiosk-help-below")),
        ..writer.choice("help-here", Press::Help, "kiosk-help-here", rank, Sign::Bell)
    });
    face.choices.push(Choice {
        below: Some(writer.say("kiosk-services-below")),
        ..writer.choice(
            "no-booking",
            Press::NoBooking,
            "kiosk-all-services",
            Emphasis::Other,
            Sign::Service(<_>::default()),
        )
    });
    face.ways = vec![writer.home()];
    remote(writer, &mut face);
    face
}

/// The way for somebody's own telephone (NEW-10): a code, and three digits that show that one stands here.
fn remote(writer: &FaceWriter<'_>, face: &mut KioskFace) {
    if let Some(door) = &writer.around.remote {
        let language = writer.language();
        let shown = writer.text_with("kiosk-remote", "digits", door.digits.clone());
        let digits = voice::in_letters(language, &door.digits);
        let spoken = writer.text_with("kiosk-remote", "digits", digits);
        face.code =
            Some(CodePicture { text: door.page.clone(), caption: SpokenText { shown, spoken, personal: false } });
    }
}

/// No numbers now, because the office is closed or giving them is suspended: until when, and what somebody with an
/// appointment does.
pub(super) fn shut(writer: &FaceWriter<'_>) -> KioskFace {
    let state = writer.walk.view().map(|view| &view.state);
    let because = match state {
        Some(OfficeState::Closed { because, .. } | OfficeState::Suspended { because, .. }) => because.as_ref(),
        Some(OfficeState::Open { .. }) | None => None,
    };
    let (screen, id, ends) = match state {
        Some(OfficeState::Suspended { until, .. }) => {
            let ends = until.map(|at| writer.say_with("kiosk-suspended-until", "time", writer.moment_from(at)));
            (KioskScreen::Suspended, "kiosk-suspended", ends)
        }
        Some(OfficeState::Closed { opens_at, .. }) => {
            let ends = opens_at.map(|at| writer.say_with("kiosk-closed-opens", "time", writer.moment_at(at)));
            (KioskScreen::Closed, "kiosk-closed", ends)
        }
        Some(OfficeState::Open { .. }) | None => (KioskScreen::Closed, "kiosk-closed", None),
    };
    // What is closed comes first, then why: a reason alone does not say that no numbers are given.
    let mut face = writer.face(screen, writer.say(id));
    face.below.extend(ends);
    face.below.extend(because.map(|words| writer.own(words)).filter(|said| !said.shown.is_empty()));
    face.below.push(writer.say(&format!("{id}-below")));
    face.layout = ChoiceLayout::Foot;
    let rank = if screen == KioskScreen::Suspended { Emphasis::First } else { Emphasis::Other };
    face.choices.push(writer.choice("have-booking", Press::HaveBooking, "kiosk-have-booking", rank, Sign::Booking));
    if screen == KioskScreen::Closed {
        let hours = writer.walk.view().map(|view| view.hours.as_slice()).unwrap_or_default();
        face.facts = hours.iter().map(|line| writer.own(line)).collect();
        let caption = writer.say("kiosk-book-here");
        face.code = Some(CodePicture { text: writer.around.booking_page.clone(), caption });
    }
    face
}
