//! What somebody is asked beside a number: how many they are, what they need, whether they may be called early.

use super::{Choice, ChoiceLayout, Emphasis, KioskFace, Sign, booked::yes_and_no, writer::FaceWriter};
use crate::{
    press::Press,
    station::{KioskScreen, Station},
    wishes::{PartyCount, PersonalNeed},
};

/// How many persons and cases (FLD-32).
pub(super) fn party(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Party, writer.say("kiosk-party"));
    let Station::Party { request } = writer.walk.station() else { return face };
    face.layout = ChoiceLayout::Rows;
    for count in PartyCount::ALL {
        let said = count.of(request);
        let values = [("count", said.into())];
        let now = writer.said(phrases::say_with(writer.language(), &format!("kiosk-{}", count.name()), &values));
        for (more, way, sign) in [(true, "more", Sign::More), (false, "less", Sign::Less)] {
            let name = format!("{}-{way}", count.name());
            let choice = writer.choice(
                &name,
                Press::Count(count, more),
                &format!("kiosk-{}-{way}", count.name()),
                Emphasis::Other,
                sign,
            );
            let enabled = if more { said < PartyCount::MOST } else { said > 1 };
            face.choices.push(Choice { below: Some(now.clone()), enabled, ..choice });
        }
        face.facts.push(now);
    }
    face.choices.push(writer.choice(
        "take-number",
        Press::TakeNumber,
        "kiosk-take-number",
        Emphasis::First,
        Sign::Ticket,
    ));
    face.ways = vec![writer.back(), writer.home()];
    face
}

/// A question with a yes and a no, such as help or priority service. Which one, and in which words, the walk's table says.
pub(super) fn question(writer: &FaceWriter<'_>) -> KioskFace {
    let Station::Question { question, .. } = writer.walk.station() else {
        return writer.face(KioskScreen::Question, writer.say("kiosk-wait"));
    };
    let row = question.row();
    let mut face = writer.face(KioskScreen::Question, writer.say(row.sentence));
    face.below.push(writer.say("kiosk-priority-never-why"));
    face.below.extend(grounds(writer));
    let choice = |answer: &str, id: &str, yes, sign| {
        writer.choice(&format!("{}-{answer}", row.name), Press::Answer(*question, yes), id, Emphasis::Other, sign)
    };
    face.choices = yes_and_no(choice("yes", row.yes, true, Sign::Tick), choice("no", row.no, false, Sign::Cross));
    face.ways = vec![writer.back(), writer.home()];
    face
}

/// The published grounds of priority service (FLD-27).
fn grounds(writer: &FaceWriter<'_>) -> Option<super::SpokenText> {
    let view = writer.walk.view()?;
    Some(writer.own(&view.priority_grounds)).filter(|said| !said.shown.is_empty())
}

/// What somebody needs who asked for help (FLD-34).
pub(super) fn needs(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Needs, writer.say("kiosk-needs"));
    let Station::Needs { request } = writer.walk.station() else { return face };
    face.below.push(writer.say("kiosk-needs-below"));
    face.layout = ChoiceLayout::Rows;
    face.choices = need_rows(writer, &request.needs);
    face.choices.push(writer.choice("wishes-done", Press::WishesDone, "kiosk-enter", Emphasis::First, Sign::Tick));
    face.ways = vec![writer.back(), writer.home()];
    face
}

fn need_rows(writer: &FaceWriter<'_>, needs: &wire::Needs) -> Vec<Choice> {
    let row = |need: PersonalNeed| {
        let sign = match need {
            PersonalNeed::Escort => Sign::Escort,
            PersonalNeed::SignLanguage => Sign::Hands,
            PersonalNeed::OtherLanguage => Sign::Language,
            PersonalNeed::MoreTime => Sign::Clock,
        };
        let on = need.is_in(needs);
        toggle(
            writer,
            writer.choice(
                need.name(),
                Press::Need(need),
                &format!("kiosk-need-{}", need.name()),
                Emphasis::Other,
                sign,
            ),
            on,
        )
    };
    PersonalNeed::ALL.into_iter().map(row).collect()
}

/// What is on or off is told to the ear as well (K20).
fn toggle(writer: &FaceWriter<'_>, mut choice: Choice, on: bool) -> Choice {
    let state = writer.text(if on { "kiosk-is-on" } else { "kiosk-is-off" });
    choice.label.spoken = format!("{}, {state}", choice.label.spoken);
    choice.on = Some(on);
    choice
}

/// Help or priority service for whoever has a number already, with a booking or without.
pub(super) fn wishes(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Wishes, writer.say("kiosk-wishes"));
    let Station::Wishes { priority, needs, .. } = writer.walk.station() else { return face };
    face.below.push(writer.say("kiosk-priority-never-why"));
    face.below.extend(grounds(writer));
    face.layout = ChoiceLayout::Rows;
    let ask = writer.choice(
        "priority",
        Press::Priority,
        "kiosk-wishes-priority",
        Emphasis::Other,
        Sign::Service(wire::Pictogram::Disability),
    );
    face.choices.push(toggle(writer, ask, *priority));
    face.choices.extend(need_rows(writer, needs));
    face.choices.push(writer.choice("wishes-done", Press::WishesDone, "kiosk-enter", Emphasis::First, Sign::Tick));
    face.ways = vec![writer.back()];
    face
}

/// May we call before the time? It is asked once, while the ticket is printed.
pub(super) fn early(writer: &FaceWriter<'_>) -> KioskFace {
    let booked_for = match writer.walk.station() {
        Station::Given { ticket, .. } => ticket.booked_for,
        _ => None,
    };
    let mut face = writer.face(KioskScreen::Early, writer.say("kiosk-call-early"));
    face.below.extend(booked_for.map(|at| writer.say_with("kiosk-early", "time", writer.time(at))));
    face.choices = yes_and_no(
        writer.choice("early-yes", Press::CallEarly(true), "kiosk-call-early-yes", Emphasis::Other, Sign::Tick),
        writer.choice("early-no", Press::CallEarly(false), "kiosk-call-early-no", Emphasis::Other, Sign::Clock),
    );
    face
}
