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

#[derive(Template)]
#[template(path = "admin/office.html")]
struct OfficeAdminPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<SetupPage>,
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
    /// The published addresses: of the service, and where there are several ways, of each.
    addresses: Vec<(String, String)>,
}

/// Shows them.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let offices = signed.run();
    let offices = offices.filter_map(|office| office.config(|config| configured(config, visitor))).collect();
    Ok(ok(&OfficeAdminPage { f: visitor.frame().admin("admin-office"), refusal: None, done: None, offices }))
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
