//! Visits that belong to a request: at which its result is collected (PLA-03), or that who works on it has proposed. Each is
//! booked like any other, by the applicant, from the page of the request, and is bound to it from then on.

use acts::requests::view::RequestView;
use body::{CaseStep, ServiceName};
use chrono::{DateTime, Utc};
use office::{BookingLife, Channel, ServiceId};
use paths::Page;
use text::{Dates, Voice};
use writer::OfficeHandle;

use crate::{houses::channel, how::name_of, state::Pages};

/// A visit that belongs to a request.
#[derive(Debug)]
pub struct CaseVisit {
    /// The service, the office, and in which way.
    pub what: String,
    /// When, once it is booked.
    pub when: Option<String>,
    /// Where it is booked.
    pub href: String,
}

/// What is looked for: a service in a way, booked for a request for a time after another.
#[derive(Debug, Clone, Copy)]
struct WantedVisit<'a> {
    service: ServiceId,
    channel: Option<Channel>,
    of: &'a RequestView,
    after: DateTime<Utc>,
}

/// When the first booking of this kind is that was made for the request, and stands or was kept.
fn booked(handle: &OfficeHandle, wanted: WantedVisit<'_>) -> Option<DateTime<Utc>> {
    let WantedVisit { service, channel, of, after } = wanted;
    let office = handle.read();
    let bound = of.bookings.iter().filter(|(row, _)| *row == handle.row);
    let bound = bound.filter_map(|(_, booking)| office.bookings.get(booking));
    let stands = bound.filter(|booking| match &booking.life {
        BookingLife::Confirmed { .. } | BookingLife::Arrived { .. } => true,
        BookingLife::Held { .. }
        | BookingLife::Expired { .. }
        | BookingLife::Fixed { .. }
        | BookingLife::Cancelled { .. }
        | BookingLife::Void { .. }
        | BookingLife::Missed { .. } => false,
    });
    let promises = stands.map(|booking| &booking.promise).filter(|promise| promise.service == service);
    let promises = promises.filter(|promise| channel.is_none_or(|channel| promise.channel == channel));
    promises.map(|promise| promise.start).filter(|start| *start >= after).min()
}

/// A visit with its words; none where office or service are no more.
fn visit(handle: &OfficeHandle, wanted: WantedVisit<'_>, dates: Dates) -> Option<CaseVisit> {
    let when = booked(handle, wanted);
    let (what, href) = handle.config(|config| {
        let service = config.services.get(&wanted.service)?;
        let page = Page::Times { office: &handle.key, service: &service.key };
        let request = wanted.of.row.public;
        let href = match wanted.channel {
            Some(channel) => page.asking(format_args!("channel={}&request={request}", name_of(channel))),
            None => page.asking(format_args!("request={request}")),
        };
        let mut what = format!("{}, {}", dates.voice.of_text(&service.name), dates.voice.of_text(&config.name));
        if let Some(one) = wanted.channel.filter(|channel| *channel != Channel::InPerson) {
            what = format!("{what} ({})", channel(one, dates.voice));
        }
        Some((what, href))
    })??;
    let here = handle.config(|config| Dates { zone: config.zone, ..dates })?;
    Some(CaseVisit { what, when: when.map(|at| here.day_and_time(at)), href })
}

/// The visit at which the result of a category is collected, as far as it is booked ahead; none where there is none.
#[must_use]
pub fn pickup(state: &Pages, name: &ServiceName, of: &RequestView, dates: Dates) -> Option<CaseVisit> {
    let handle = state.offices.get(&name.office)?;
    let key = &name.service;
    let service = handle
        .config(|config| config.services.iter().find(|(_, service)| service.key == *key).map(|(id, _)| *id))??;
    visit(handle, WantedVisit { service, channel: None, of, after: dates.now }, dates)
}

/// The visit that was proposed last in a request, as far as it was booked since; none where none was.
#[must_use]
pub fn proposed(state: &Pages, view: &RequestView, dates: Dates) -> Option<CaseVisit> {
    let last = view.events.iter().rev().find_map(|event| match &event.step {
        CaseStep::VisitProposed { office, service, channel } => Some((event.at, *office, *service, *channel)),
        _ => None,
    });
    let (after, row, service, channel) = last?;
    let handle = state.offices.iter().find(|handle| handle.row == row.0)?;
    visit(handle, WantedVisit { service, channel: Some(channel), of: view, after }, dates)
}

/// What can be proposed: for each way in which a service can be booked its name in forms, and its words.
#[must_use]
pub fn offers(state: &Pages, voice: Voice) -> Vec<(String, String)> {
    let mut offers = Vec::new();
    for handle in state.offices.iter() {
        let of_office = handle.config(|config| {
            let offered = config.services.values().filter(|service| service.booking != office::BookingNeed::NotOffered);
            let each = offered.flat_map(|service| service.channels.iter().map(move |one| (service, *one)));
            let words = each.map(|(service, one)| {
                let name = format!("{}/{}/{}", handle.key, service.key, name_of(one));
                let office = voice.of_text(&config.name);
                (name, format!("{} ({}), {office}", voice.of_text(&service.name), channel(one, voice)))
            });
            words.collect::<Vec<_>>()
        });
        offers.extend(of_office.unwrap_or_default());
    }
    offers
}
