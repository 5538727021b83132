//! Desks and services as they are configured; they are changed in the office's own file.

use acts::Fault;
use askama::Template;
use axum::response::Response;
use office::{BookingNeed, OfficeConfig, Service, ServiceId};
use paths::Page;
use stationery::{
    frame::{Frame, ok},
    houses::{channel, days, service_link},
    how::channel_link,
    signed::StaffVisitor,
    view::desk_name,
    visitor::Visitor,
};
use text::Dates;

#[derive(Template)]
#[template(path = "admin/office.html")]
struct OfficeAdminPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<SetupPage>,
    /// How the body holds conferences, if it does: each with its name.
    conferences: Vec<(String, String)>,
}

struct SetupPage {
    name: String,
    /// Its published address, for the sites of others.
    address: String,
    desks: Vec<DeskSetup>,
    services: Vec<ServiceSetup>,
}

struct DeskSetup {
    name: String,
    services: String,
    shifts: String,
}

struct ServiceSetup {
    name: String,
    letter: String,
    minutes: u16,
    booking: String,
    /// By telephone it only informs.
    informs: bool,
    /// The published addresses: of the service, and where there are several ways, of each.
    addresses: Vec<(String, String)>,
}

/// Shows them.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let offices = signed.run();
    let offices = offices.filter_map(|office| office.config(|config| configured(config, visitor))).collect();
    let f = visitor.frame().admin("admin-office");
    let conferences = conferences(visitor);
    Ok(ok(&OfficeAdminPage { f, refusal: None, done: None, offices, conferences }))
}

/// Who holds the rooms, how many are held at the same time, and when not.
fn conferences(visitor: &Visitor) -> Vec<(String, String)> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let Some(rules) = &state.body.conferences else { return Vec::new() };
    let held = state.calls.provider.held_at().map(|address| address.host().to_owned());
    let mut facts = vec![
        (voice.say("admin-rooms-held"), held.unwrap_or_else(|| voice.say("admin-rooms-own"))),
        (voice.say("admin-rooms"), rules.rooms.to_string()),
        (voice.say("admin-participants"), rules.participants.to_string()),
        (voice.say("admin-participants-each"), rules.participants_each.to_string()),
    ];
    let dates = Dates { voice, zone: state.body.zone, now: state.clock.now() };
    let local = |at| dates.day_and_time(office::calendar::instant_from(state.body.zone, at));
    facts.extend(rules.maintenance.iter().map(|window| {
        let times = format!("{} – {}: {}", local(window.from), local(window.to), voice.of_text(&window.because));
        (voice.say("admin-maintenance"), times)
    }));
    facts
}

fn configured(config: &OfficeConfig, visitor: &Visitor) -> SetupPage {
    let voice = visitor.voice;
    let desk = |(id, desk): (&office::DeskId, &office::Desk)| {
        let services = desk.services.iter().filter_map(|service| config.services.get(service));
        let shifts = desk.shifts.iter().map(|shift| {
            format!("{} {}–{}", days(&shift.days, voice), shift.from.format("%H:%M"), shift.to.format("%H:%M"))
        });
        DeskSetup {
            name: desk_name(config, id.0, voice),
            services: services.map(|service| voice.of_text(&service.name)).collect::<Vec<_>>().join(", "),
            shifts: shifts.collect::<Vec<_>>().join(", "),
        }
    };
    let service = |(id, service): (&ServiceId, &office::Service)| ServiceSetup {
        addresses: addresses(config, *id, service, visitor),
        name: voice.of_text(&service.name),
        letter: config
            .groups
            .iter()
            .find(|group| group.key == service.group)
            .map(|group| group.letter.to_string())
            .unwrap_or_default(),
        minutes: service.planned_minutes,
        informs: service.telephone_informs,
        booking: voice.say(match service.booking {
            BookingNeed::Required => "booking-required",
            BookingNeed::Preferred => "booking-preferred",
            BookingNeed::NotOffered => "booking-not-offered",
        }),
    };
    SetupPage {
        name: voice.of_text(&config.name),
        address: visitor.state.url(&Page::PublishedOffice { office: &config.key }.to_string()),
        desks: config.desks.iter().map(desk).collect(),
        services: config.services.iter().map(service).collect(),
    }
}

/// The addresses under which others link to a service, each with what it is of.
fn addresses(config: &OfficeConfig, id: ServiceId, service: &Service, visitor: &Visitor) -> Vec<(String, String)> {
    let own = (String::new(), visitor.state.url(&service_link(&config.key, id)));
    let ways = service.channels.iter().filter(|_| service.channels.len() > 1);
    let ways = ways.map(|way| (channel(*way, visitor.voice), visitor.state.url(&channel_link(&config.key, id, *way))));
    [own].into_iter().chain(ways).collect()
}
