//! Which service, and what belongs to it: what to bring, how long it takes, how long the wait is.

use wire::{Availability, KioskDocument, KioskService};

use super::{Choice, ChoiceLayout, CodePicture, Emphasis, KioskFace, Sign, SpokenText, TitledList, writer::FaceWriter};
use crate::{
    press::Press,
    station::{KioskScreen, Station},
};

/// The office's services by group, in pages where they are many.
pub(super) fn list(writer: &FaceWriter<'_>) -> KioskFace {
    let mut face = writer.face(KioskScreen::Services, writer.say("kiosk-services"));
    let page = match writer.walk.station() {
        Station::Services { page } => *page,
        _ => 0,
    };
    let (pages, on_a_page) = (writer.walk.pages(), writer.walk.services_on_a_page());
    let all = writer.walk.view().map_or_else(Vec::new, |view| by_group(&view.services));
    let choice = |service: &KioskService| {
        let (name, press) = (format!("service-{}", service.key), Press::Service(service.key.clone()));
        let sign = Some(Sign::Service(service.pictogram));
        Choice {
            below: Some(availability(writer, service)),
            group: Some(service.group.in_language(writer.language()).to_owned()),
            ..writer.choice_said(&name, press, writer.own(&service.name), Emphasis::Other, sign)
        }
    };
    face.layout = ChoiceLayout::Rows;
    face.choices = all.iter().skip(page * on_a_page).take(on_a_page).map(choice).collect();
    if pages > 1 {
        face.pages = Some((page, pages));
        face.ways = writer.paging(page, pages);
    }
    face.ways.push(writer.home());
    face.ways.push(writer.choice("not-sure", Press::NotSure, "kiosk-not-sure-short", Emphasis::Other, Sign::Question));
    face
}

/// The services with those of one group together, groups in the office's order.
fn by_group(services: &[KioskService]) -> Vec<KioskService> {
    let mut groups = Vec::new();
    for service in services {
        if !groups.contains(&&service.group) {
            groups.push(&service.group);
        }
    }
    groups
        .into_iter()
        .flat_map(|group| services.iter().filter(move |service| service.group == *group))
        .cloned()
        .collect()
}

fn availability(writer: &FaceWriter<'_>, service: &KioskService) -> SpokenText {
    match (service.availability, service.expected_wait) {
        (Availability::Now { .. }, Some(wait)) => {
            writer.said(phrases::say_wait(writer.language(), "kiosk-service-wait", wait))
        }
        (Availability::Now { .. }, None) => writer.say("kiosk-service-now"),
        (Availability::BookingRequired, _) => writer.say("kiosk-service-booking"),
        (Availability::NoTimeLeft, _) => writer.say("kiosk-service-no-time"),
        (Availability::Suspended { .. }, _) => writer.say("kiosk-service-suspended"),
    }
}

/// The service that was chosen.
fn chosen<'a>(writer: &'a FaceWriter<'_>) -> Option<&'a KioskService> {
    writer.walk.station().chosen().and_then(|key| writer.walk.service(key))
}

/// A service, before a number is taken.
pub(super) fn one(writer: &FaceWriter<'_>) -> KioskFace {
    let Some(service) = chosen(writer) else { return list(writer) };
    let mut face = writer.face(KioskScreen::Service, writer.own(&service.name));
    let language = writer.language();
    face.facts
        .extend(service.expected_wait.map(|wait| writer.said(phrases::say_wait(language, "kiosk-expected", wait))));
    if let Availability::Now { first_gap_at: Some(at) } = service.availability {
        face.facts.push(writer.say_with("kiosk-first-gap", "time", writer.time(at)));
    }
    let time = phrases::duration(language, service.planned_minutes);
    face.facts.push(writer.said(phrases::say_with(language, "kiosk-takes", &[("time", time.into())])));
    face.below.push(writer.say("kiosk-gaps"));
    if let Some(view) = writer.walk.view() {
        face.below.extend(Some(writer.own(&view.promise)).filter(|said| !said.shown.is_empty()));
    }
    face.listed = Some(documents(writer, service));
    face.layout = ChoiceLayout::Foot;
    face.choices = vec![
        writer.choice("take-number", Press::TakeNumber, "kiosk-take-number", Emphasis::First, Sign::Ticket),
        writer.choice("more-of-us", Press::MoreOfUs, "kiosk-more-of-us", Emphasis::Other, Sign::Party),
    ];
    face.ways = vec![writer.back(), writer.home()];
    face
}

/// The service wants a booking; who could not make one is admitted on their word (TRN-15).
pub(super) fn could_not_book(writer: &FaceWriter<'_>) -> KioskFace {
    let Some(service) = chosen(writer) else { return list(writer) };
    let mut face = writer.face(KioskScreen::CouldNotBook, writer.own(&service.name));
    face.below.push(writer.say("kiosk-booking-required"));
    face.listed = Some(documents(writer, service));
    let caption = writer.say("kiosk-book-here");
    face.code = Some(CodePicture { text: writer.around.booking_page.clone(), caption });
    face.layout = ChoiceLayout::Foot;
    face.choices = vec![Choice {
        below: Some(writer.say("kiosk-could-not-book-below")),
        ..writer.choice("could-not-book", Press::CouldNotBook, "kiosk-could-not-book", Emphasis::Other, Sign::Ticket)
    }];
    face.ways = vec![writer.back(), writer.home()];
    face
}

/// What to bring.
fn documents(writer: &FaceWriter<'_>, service: &KioskService) -> TitledList {
    if service.documents.is_empty() {
        return TitledList { title: None, lines: vec![writer.say("kiosk-bring-nothing")] };
    }
    let line = |document: &KioskDocument| {
        let mut notes = Vec::new();
        if document.copy {
            notes.push(writer.text("kiosk-document-copy"));
        }
        if document.count > 1 {
            let count = [("count", document.count.into())];
            notes.push(phrases::say_with(writer.language(), "kiosk-document-count", &count));
        }
        let name = document.name.in_language(writer.language());
        let shown = if notes.is_empty() { name.to_owned() } else { format!("{name} ({})", notes.join(", ")) };
        writer.said(shown)
    };
    TitledList { title: Some(writer.say("kiosk-bring")), lines: service.documents.iter().map(line).collect() }
}
