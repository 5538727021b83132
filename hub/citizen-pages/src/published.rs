//! The published address of an office, of each of its services, and of each way in which one is served: gov.gr and the office's
//! own site link to it. It is made of what never changes: the office's key and the service's number, whatever they are called.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Channel, OfficeConfig, Service, ServiceId};
use paths::Page;
use stationery::{
    barred::bar,
    extract::PagePath,
    frame::{Frame, ok, page},
    houses::{HouseService, OfficeEntry, channel, house_with_times, service_link},
    how::{channel_link, channel_named, name_of},
    suspended::SuspensionBox,
    visitor::Visitor,
};
use wire::ProblemCode;

use crate::rules_said::{RuleLine, rules_said};

#[derive(Template)]
#[template(path = "published/office.html")]
struct PublishedOfficePage {
    f: Frame,
    office: OfficeEntry,
    book: String,
    /// Its targets, and how they were kept.
    figures: String,
    /// The page on which a code from a message is typed, where the hub sends any.
    mobile: Option<String>,
    rules: Vec<RuleLine>,
}

#[derive(Template)]
#[template(path = "published/service.html")]
struct PublishedServicePage {
    f: Frame,
    office: String,
    office_page: String,
    address: String,
    service: HouseService,
    /// The ways in which it can be had, each with its own address; none where there is one alone, or one was chosen.
    channels: Vec<ChannelLink>,
    /// The way that was chosen.
    chosen: Option<String>,
    begin: String,
    /// No numbers are given without a booking, where that is the only way (FLD-30).
    tickets: Option<SuspensionBox>,
}

struct ChannelLink {
    name: String,
    href: String,
}

#[derive(Template)]
#[template(path = "published/gone.html")]
struct GonePage {
    f: Frame,
    /// Whether there may have been one once.
    may_have_been: bool,
    office: String,
    office_page: String,
}

/// An office by the key of its address, whatever its capitals; none where the address is right as it is.
fn spelled(visitor: &Visitor, key: &str) -> Option<String> {
    let mut offices = visitor.state.offices.iter();
    let office = offices.find(|office| office.key.eq_ignore_ascii_case(key))?;
    (visitor.state.offices.get(key).is_none()).then(|| office.key.to_string())
}

/// Shows an office.
pub async fn office(visitor: Visitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    if let Some(office) = spelled(&visitor, &key) {
        return Ok(Redirect::permanent(&Page::PublishedOffice { office: &office }.to_string()).into_response());
    }
    let handle = visitor.state.office(&key)?;
    let mut office = house_with_times(&visitor.state, handle, visitor.voice).ok_or(ProblemCode::Unavailable)?;
    bar(&visitor, visitor.asker().await?, std::slice::from_mut(&mut office));
    let now = visitor.state.clock.now();
    let rules = handle.config(|config| rules_said(config, now, visitor.voice)).unwrap_or_default();
    let book = Page::Book.asking(format_args!("office={key}"));
    let mobile = visitor.state.sms.is_some().then(|| Page::Confirm.to_string());
    let figures = Page::OpenFigures { office: &key }.to_string();
    Ok(ok(&PublishedOfficePage { f: visitor.frame(), office, book, figures, mobile, rules }))
}

/// Shows a service.
pub async fn service(
    visitor: Visitor,
    PagePath((key, service)): PagePath<(String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &key, &service, None).await
}

/// Shows a service in one of the ways in which it can be had.
pub async fn in_channel(
    visitor: Visitor,
    PagePath((key, service, way)): PagePath<(String, String, String)>,
) -> Result<Response, Fault> {
    show(&visitor, &key, &service, Some(&way)).await
}

/// The service that an address names: by its number, or by the key that it has today.
fn named<'a>(config: &'a OfficeConfig, name: &str) -> Option<(ServiceId, &'a Service)> {
    let number = name.parse::<u16>().ok().map(ServiceId);
    let by_number = number.and_then(|id| config.services.get(&id).map(|service| (id, service)));
    let by_key = || config.services.iter().find(|(_, one)| one.key.eq_ignore_ascii_case(name));
    by_number.or_else(|| by_key().map(|(id, one)| (*id, one)))
}

async fn show(visitor: &Visitor, key: &str, name: &str, way: Option<&str>) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let spelled = spelled(visitor, key);
    let key = spelled.as_deref().unwrap_or(key);
    let handle = state.office(key)?;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let (office, office_page) = (voice.of_text(&config.name), Page::PublishedOffice { office: key }.to_string());
    let Some((id, service)) = named(&config, name) else {
        let f = visitor.frame().at(&office_page);
        let may_have_been = name.parse::<u16>().is_ok_and(|number| number > 0);
        return Ok(page(StatusCode::NOT_FOUND, &GonePage { f, may_have_been, office, office_page }));
    };
    let lower = way.map(str::to_ascii_lowercase);
    let is_misspelled =
        spelled.is_some() || lower.as_deref() != way || !(name == id.to_string() || name == service.key);
    let way = lower.map(|way| channel_named(&way).filter(|way| service.channels.contains(way)));
    if is_misspelled {
        let right = way.flatten().map_or_else(|| service_link(key, id), |way| channel_link(key, id, way));
        return Ok(Redirect::permanent(&right).into_response());
    }
    let way = match way {
        // A way in which it is not given any more: the service says which there are.
        Some(None) => return Ok(Redirect::to(&service_link(key, id)).into_response()),
        Some(Some(way)) => Some(way),
        None => None,
    };
    let mut entry = house_with_times(state, handle, voice).ok_or(ProblemCode::Unavailable)?;
    bar(visitor, visitor.asker().await?, std::slice::from_mut(&mut entry));
    let tickets = entry.suspended;
    let shown = entry.groups.into_iter().flat_map(|group| group.services).find(|one| one.key == service.key);
    let shown = shown.ok_or(ProblemCode::UnknownService)?;
    let link = |one: &Channel| ChannelLink { name: channel(*one, voice), href: channel_link(key, id, *one) };
    let channels = service.channels.iter().filter(|_| way.is_none() && service.channels.len() > 1);
    let channels = channels.map(link).collect();
    let begin = match way {
        Some(way) => format!("{}&channel={}", shown.begin, name_of(way)),
        None => shown.begin.clone(),
    };
    Ok(ok(&PublishedServicePage {
        f: visitor.frame(),
        office,
        office_page,
        address: entry.address,
        tickets: tickets.filter(|_| shown.walk_in_only),
        service: shown,
        channels,
        chosen: way.map(|way| channel(way, voice)),
        begin,
    }))
}
