//! The number: large, with what happens next, and what became of its paper (PROM-11).

use wire::{Standing, TicketAnswer};

use super::{
    ChoiceLayout, CodePicture, Emphasis, GuidePicture, KioskFace, NumberCard, Sign, SpokenText, Tone,
    writer::FaceWriter,
};
use crate::{
    place::{self, PlaceInLine},
    press::Press,
    station::{KioskScreen, PrintState, Station},
};

/// A number was given.
pub(super) fn given(writer: &FaceWriter<'_>) -> KioskFace {
    let Station::Given { ticket, standing, again, print, .. } = writer.walk.station() else {
        return writer.face(KioskScreen::Given, writer.say("kiosk-wait"));
    };
    let heading = match print {
        PrintState::NotPrinted => writer.say("kiosk-not-printed"),
        PrintState::Printing | PrintState::Printed | PrintState::Unconfirmed => {
            greeting(writer, ticket, *standing, *again)
        }
    };
    let mut face = writer.face(KioskScreen::Given, heading);
    let number = SpokenText {
        shown: ticket.number.clone(),
        spoken: voice::ticket_number(writer.language(), &ticket.number).unwrap_or_else(|| ticket.number.clone()),
        personal: false,
    };
    face.number = Some(NumberCard { label: writer.say("kiosk-number"), number });
    face.facts = facts(writer, ticket, *standing);
    paper(writer, &mut face, *print, &ticket.page);
    let waits = *print != PrintState::Printing;
    if let Some(at) = ticket.first_gap_at.filter(|_| waits && standing.is_none()) {
        let label = writer.say_with("kiosk-fix-time", "time", writer.time(at));
        face.choices.push(writer.choice_said(
            "fix-time",
            Press::FixTime(at),
            label,
            Emphasis::Other,
            Some(Sign::Clock),
        ));
    }
    // What only the hub can note is not asked while the kiosk goes on by itself.
    if standing.is_some() && waits && !ticket.local {
        let sign = Sign::Service(wire::Pictogram::Disability);
        face.choices.push(writer.choice("say-wishes", Press::SayWishes, "kiosk-wishes-say", Emphasis::Other, sign));
    }
    face
}

/// A booking has another time: the slip says it, and so does the screen.
pub(super) fn rebooked(writer: &FaceWriter<'_>) -> KioskFace {
    let Station::Rebooked { booked, print, .. } = writer.walk.station() else {
        return writer.face(KioskScreen::Rebooked, writer.say("kiosk-wait"));
    };
    let mut face = writer.face(KioskScreen::Rebooked, writer.say("kiosk-rebooked"));
    let when = phrases::moment(booked.start, writer.around.now, writer.around.zone, writer.language());
    face.below.push(writer.said(when));
    let code = SpokenText {
        shown: booked.reference.clone(),
        spoken: voice::in_letters(writer.language(), &booked.reference),
        personal: true,
    };
    face.number = Some(NumberCard { label: writer.say("kiosk-code-label"), number: code });
    face.facts.push(writer.own(&booked.service));
    paper(writer, &mut face, *print, &booked.code);
    face
}

/// What became of the paper, and what the person does about it.
fn paper(writer: &FaceWriter<'_>, face: &mut KioskFace, print: PrintState, page: &str) {
    face.layout = ChoiceLayout::Foot;
    match print {
        PrintState::Printing => face.next = Some(writer.say("kiosk-printing")),
        PrintState::Printed => {
            face.tone = Tone::Well;
            face.next = Some(writer.say("kiosk-printed"));
            face.scene = Some(GuidePicture::Take(writer.around.slot));
            face.choices.push(writer.choice("done", Press::Noted, "kiosk-done", Emphasis::First, Sign::Tick));
        }
        PrintState::Unconfirmed => {
            face.tone = Tone::Amber;
            face.next = Some(writer.say("kiosk-unconfirmed"));
            face.scene = Some(GuidePicture::Take(writer.around.slot));
            face.choices.push(writer.choice("noted", Press::Noted, "kiosk-noted", Emphasis::First, Sign::Tick));
        }
        PrintState::NotPrinted => {
            face.tone = Tone::Amber;
            face.next = Some(writer.say("kiosk-note-it"));
            face.scene = Some(GuidePicture::NoPaper);
            face.code = Some(CodePicture { text: page.to_owned(), caption: writer.say("kiosk-scan-page") });
            face.choices.push(writer.choice("noted", Press::Noted, "kiosk-noted", Emphasis::First, Sign::Tick));
        }
    }
}

fn greeting(writer: &FaceWriter<'_>, ticket: &TicketAnswer, standing: Option<Standing>, again: bool) -> SpokenText {
    match standing {
        None => writer.say("kiosk-walk-in"),
        Some(Standing::LateInGaps) => writer.say("kiosk-late-in-gaps"),
        Some(Standing::LateEndOfDay) => writer.say("kiosk-late-end-of-day"),
        Some(Standing::Early | Standing::InTime) if again => writer.say("kiosk-again"),
        Some(Standing::Early) => match ticket.booked_for {
            Some(at) => writer.say_with("kiosk-early", "time", writer.time(at)),
            None => writer.say("kiosk-checked-in"),
        },
        Some(Standing::InTime) => writer.say("kiosk-checked-in"),
    }
}

/// What belongs to the number, a line each.
fn facts(writer: &FaceWriter<'_>, ticket: &TicketAnswer, standing: Option<Standing>) -> Vec<SpokenText> {
    let language = writer.language();
    let mut facts = vec![writer.own(&ticket.service)];
    match PlaceInLine::of(ticket, standing) {
        // The heading has said when the appointment is.
        PlaceInLine::AtAbout(at) => facts.push(writer.say_with("kiosk-call-about", "time", writer.time(at))),
        PlaceInLine::AfterAll => facts.push(writer.say("kiosk-call-after-all")),
        PlaceInLine::Unknown => {
            let promised = place::promised(ticket, standing);
            facts.extend(promised.map(|at| writer.say_with("kiosk-booked-for", "time", writer.time(at))));
            facts.push(writer.say("kiosk-place-unknown"));
        }
        PlaceInLine::InLine { ahead, wait } => {
            let promised = place::promised(ticket, standing);
            facts.extend(promised.map(|at| writer.say_with("kiosk-booked-for", "time", writer.time(at))));
            facts.push(writer.said(phrases::say_with(language, "kiosk-ahead", &[("count", ahead.into())])));
            facts.extend(wait.map(|wait| writer.said(phrases::say_wait(language, "kiosk-expected", wait))));
        }
    }
    facts.push(writer.own(&ticket.wait_where));
    facts.retain(|fact| !fact.shown.is_empty());
    facts
}
