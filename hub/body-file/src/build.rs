//! From the file's shape to the rules' configuration: names become numbers.

use std::{collections::BTreeMap, path::Path};

use body::{
    BodyConfig, Category, CategoryId, CertificationRules, ConferenceRules, MaintenanceWindow, ProtocolSource,
    ReadyAnswer, RecordsRules, ServiceName, Term, Unit, UnitId,
};
use chrono_tz::Tz;
use identity::ProviderUrl;
use office::OfficeConfig;
use office_file::Wrong;
use outside::{OutsideConfig, OutsideDoorConfig};
use rooms::{JitsiFlaw, JitsiKey, JitsiServer, RoomAddress, RoomProvider, SEATS_MAX};
use toml::Spanned;

use crate::schema::{
    AnswerFile, BodyFile, CategoryFile, ConferencesFile, ProtocolFile, ProviderKindFile, RecordsFile, RoomsFile,
};

/// The configuration that a file describes.
pub fn config(file: &BodyFile) -> Result<BodyConfig, Wrong> {
    let zone: Tz = file.zone.get_ref().parse().map_err(|_| Wrong {
        key: "zone",
        span: file.zone.span(),
        what: format!("`{}` is no time zone, write it like Europe/Athens", file.zone.get_ref()),
    })?;
    let mut units = BTreeMap::new();
    for unit in &file.units {
        let id = UnitId(*unit.id.get_ref());
        let named = Unit { key: unit.key.clone(), name: unit.name.clone() };
        if units.insert(id, named).is_some() {
            return Err(twice(&unit.id));
        }
    }
    let mut categories = BTreeMap::new();
    for category in &file.categories {
        let id = CategoryId(*category.id.get_ref());
        if categories.insert(id, self::category(file, category)?).is_some() {
            return Err(twice(&category.id));
        }
    }
    Ok(BodyConfig {
        key: file.key.clone(),
        name: file.name.clone(),
        contact_email: file.contact_email.clone(),
        contact_phone: file.contact_phone.clone(),
        zone,
        calendar: office_file::calendar(&file.calendar),
        units,
        categories,
        certification: file.certification.as_ref().map(|rules| CertificationRules {
            visit: service_name(&rules.office, &rules.service),
            two_clerks: rules.two_clerks,
            shown: rules.shown.clone(),
        }),
        protocol: match &file.protocol.url {
            Some(url) => ProtocolSource::Adapter { url: url.get_ref().clone() },
            None => ProtocolSource::Own,
        },
        records: file.records.as_ref().map(|records| RecordsRules { looks_a_day: records.looks_a_day }),
        conferences: file.conferences.as_ref().map(|held| conferences(held, room_people(&file.rooms))),
        b_closed: file.level_b.closed.iter().map(|name| service_name(&name.office, &name.service)).collect(),
        answers: file.answers.iter().map(|one| answer(file, one)).collect::<Result<_, Wrong>>()?,
    })
}

fn conferences(file: &ConferencesFile, room_people: Option<u16>) -> ConferenceRules {
    let window = file.maintenance.iter().map(|window| MaintenanceWindow {
        from: window.from.local(),
        to: window.to.local(),
        because: window.because.clone(),
    });
    ConferenceRules {
        rooms: file.rooms,
        participants: file.participants,
        participants_each: file.participants_each,
        room_people,
        maintenance: window.collect(),
    }
}

/// How many fit into a room of the body's own.
fn room_people(rooms: &RoomsFile) -> Option<u16> {
    match rooms.provider.as_ref().map(Spanned::get_ref) {
        None | Some(ProviderKindFile::BuiltIn) => Some(u16::from(SEATS_MAX)),
        Some(ProviderKindFile::Link | ProviderKindFile::Jitsi) => None,
    }
}

/// Which other houses are asked, and as whom.
pub fn outside(file: &BodyFile) -> Result<OutsideConfig, Wrong> {
    let protocol = file.protocol.url.as_ref().map(|url| {
        let ProtocolFile { url: _, secret_file, authority_file, unit, reason, timeout_seconds } = &file.protocol;
        door("protocol", url, (unit.as_str(), reason.as_str())).map(|door| OutsideDoorConfig {
            secret_file: secret_file.clone(),
            authority_file: authority_file.clone(),
            timeout_seconds: *timeout_seconds,
            ..door
        })
    });
    let records = file.records.as_ref().map(|records| {
        let RecordsFile { url, secret_file, authority_file, unit, reason, timeout_seconds, looks_a_day: _ } = records;
        door("records", url, (unit.as_str(), reason.as_str())).map(|door| OutsideDoorConfig {
            secret_file: secret_file.clone(),
            authority_file: authority_file.clone(),
            timeout_seconds: *timeout_seconds,
            ..door
        })
    });
    Ok(OutsideConfig { protocol: protocol.transpose()?, records: records.transpose()? })
}

/// Who holds the rooms of teleconferences; files that it names lie in this folder.
pub fn provider(file: &BodyFile, folder: &Path) -> Result<RoomProvider, Wrong> {
    let rooms = &file.rooms;
    let wrong = |span, what| Wrong { key: "rooms.url", span, what };
    let kind = rooms.provider.as_ref().map(|kind| (kind.get_ref(), kind.span()));
    match (kind, &rooms.url) {
        (None | Some((ProviderKindFile::BuiltIn, _)), None) => Ok(RoomProvider::BuiltIn),
        (None | Some((ProviderKindFile::BuiltIn, _)), Some(url)) => Err(wrong(
            url.span(),
            "is for `provider = \"link\"` and `\"jitsi\"` alone, write that too or leave it out".to_owned(),
        )),
        (Some((ProviderKindFile::Link, span)), None) => {
            Err(wrong(span, "`provider = \"link\"` needs it, write `url = \"https://…\"` beside it".to_owned()))
        }
        (Some((ProviderKindFile::Jitsi, span)), None) => {
            Err(wrong(span, "`provider = \"jitsi\"` needs it, write `url = \"https://…\"` beside it".to_owned()))
        }
        (Some((ProviderKindFile::Link, _)), Some(url)) => {
            RoomAddress::read(url.get_ref()).map(RoomProvider::Link).map_err(|what| wrong(url.span(), what))
        }
        (Some((ProviderKindFile::Jitsi, span)), Some(url)) => {
            let address = RoomAddress::read(url.get_ref()).map_err(|what| wrong(url.span(), what))?;
            jitsi(rooms, address, folder)
                .map(|server| RoomProvider::Jitsi(Box::new(server)))
                .map_err(|(key, what)| Wrong { key, span, what })
        }
    }
}

/// A server of Jitsi, or which key of the section is wrong and why.
fn jitsi(rooms: &RoomsFile, address: RoomAddress, folder: &Path) -> Result<JitsiServer, (&'static str, String)> {
    let app = rooms.app.clone().filter(|app| !app.trim().is_empty());
    let app = app.ok_or(("rooms.app", "write the name under which the server knows you (`app_id`)".to_owned()))?;
    let read = |key: &'static str, file: &Path| {
        let file = folder.join(file);
        std::fs::read(&file).map_err(|error| (key, format!("cannot read {}: {error}", file.display())))
    };
    let (at, key) = match (&rooms.secret_file, &rooms.key_file, &rooms.key_name) {
        (Some(file), None, None) => {
            let secret = read("rooms.secret_file", file)?.trim_ascii().to_vec();
            ("rooms.secret_file", JitsiKey::Shared(secret))
        }
        (None, Some(file), Some(name)) => {
            ("rooms.key_file", JitsiKey::Own { pem: read("rooms.key_file", file)?, name: name.clone() })
        }
        (None, Some(_), None) => {
            let what = "write the name by which the server finds the public half of `key_file`";
            return Err(("rooms.key_name", what.to_owned()));
        }
        (None, None, _) | (Some(_), Some(_), _) | (Some(_), None, Some(_)) => {
            let what = "write either this, or `key_file` with `key_name`";
            return Err(("rooms.secret_file", what.to_owned()));
        }
    };
    let server = JitsiServer::new(address, app, key).map_err(|flaw| {
        let at = match flaw {
            JitsiFlaw::Room => "rooms.url",
            JitsiFlaw::ShortSecret | JitsiFlaw::Key => at,
        };
        (at, flaw.to_string())
    })?;
    Ok(server.known_as(rooms.audience.clone(), rooms.tenant.clone()))
}

/// A door by its address, and for whom and why it is asked.
fn door(
    section: &'static str,
    url: &Spanned<String>,
    (unit, reason): (&str, &str),
) -> Result<OutsideDoorConfig, Wrong> {
    let wrong = |what: String| Wrong { key: section, span: url.span(), what };
    if unit.trim().is_empty() || reason.trim().is_empty() {
        return Err(wrong("whoever is asked wants to know `unit` and `reason`, write both".to_owned()));
    }
    Ok(OutsideDoorConfig {
        section,
        url: ProviderUrl::try_from(url.get_ref().clone()).map_err(wrong)?,
        secret_file: None,
        authority_file: None,
        unit: unit.trim().to_owned(),
        reason: reason.trim().to_owned(),
        timeout_seconds: Default::default(),
    })
}

/// The first service that is named and that no office has.
pub fn unknown_service(file: &BodyFile, offices: &[&OfficeConfig]) -> Option<Wrong> {
    let certification = file.certification.iter().map(|rules| (&rules.office, &rules.service));
    let closed = file.level_b.closed.iter().map(|name| (&name.office, &name.service));
    let pickups = file.categories.iter().filter_map(|category| category.pickup.as_ref());
    let pickups = pickups.map(|name| (&name.office, &name.service));
    certification.chain(closed).chain(pickups).find_map(|(office, service)| {
        let Some(named) = offices.iter().find(|one| one.key == *office.get_ref()) else {
            let known = offices.iter().map(|office| office.key.as_str());
            return Some(unknown("office", office, "office", known));
        };
        let is_there = named.services.values().any(|one| one.key == *service.get_ref());
        let known = named.services.values().map(|service| service.key.as_str());
        (!is_there).then(|| unknown("service", service, "service", known))
    })
}

fn category(file: &BodyFile, category: &CategoryFile) -> Result<Category, Wrong> {
    Ok(Category {
        key: category.key.clone(),
        name: category.name.clone(),
        about: category.about.clone(),
        unit: unit(file, &category.unit)?,
        level: category.level,
        assurance: category.assurance,
        b_open: category.level_b_open,
        fields: category.fields.clone(),
        place: category.place,
        files: category.files,
        files_max: category.files_max,
        file_mib_max: category.file_mib_max,
        term: term(category)?,
        result: category.result,
        pickup: category.pickup.as_ref().map(|name| service_name(&name.office, &name.service)),
        reopen_days: category.reopen_days,
        retention_years: category.retention_years,
    })
}

fn unit(file: &BodyFile, key: &Spanned<String>) -> Result<UnitId, Wrong> {
    let unit = file.units.iter().find(|unit| unit.key == *key.get_ref());
    let unit = unit.ok_or_else(|| unknown("unit", key, "unit", file.units.iter().map(|unit| unit.key.as_str())))?;
    Ok(UnitId(*unit.id.get_ref()))
}

fn answer(file: &BodyFile, answer: &AnswerFile) -> Result<ReadyAnswer, Wrong> {
    let category = |key: &Spanned<String>| {
        let category = file.categories.iter().find(|category| category.key == *key.get_ref());
        let known = || file.categories.iter().map(|category| category.key.as_str());
        let category = category.ok_or_else(|| unknown("category", key, "category", known()))?;
        Ok(CategoryId(*category.id.get_ref()))
    };
    Ok(ReadyAnswer {
        name: answer.name.clone(),
        text: answer.text.clone(),
        category: answer.category.as_ref().map(category).transpose()?,
        unit: answer.unit.as_ref().map(|key| unit(file, key)).transpose()?,
    })
}

fn term(category: &CategoryFile) -> Result<Term, Wrong> {
    match (&category.days, &category.working_days) {
        (None, None) => Ok(Term::default()),
        (Some(days), None) => Ok(Term::Days(*days.get_ref())),
        (None, Some(days)) => Ok(Term::WorkingDays(*days.get_ref())),
        (Some(_), Some(days)) => {
            let what = "`days` stands there too, write one of the two".to_owned();
            Err(Wrong { key: "working_days", span: days.span(), what })
        }
    }
}

fn service_name(office: &Spanned<String>, service: &Spanned<String>) -> ServiceName {
    ServiceName { office: office.get_ref().clone(), service: service.get_ref().clone() }
}

fn twice(id: &Spanned<u16>) -> Wrong {
    Wrong { key: "id", span: id.span(), what: format!("{} stands twice", id.get_ref()) }
}

fn unknown<'a>(key: &'static str, name: &Spanned<String>, what: &str, known: impl Iterator<Item = &'a str>) -> Wrong {
    let known: Vec<&str> = known.collect();
    let what = format!("there is no {what} `{}`, write one of {}", name.get_ref(), known.join(", "));
    Wrong { key, span: name.span(), what }
}
