//! From the file's shape to the rules' configuration: names become numbers.

use std::collections::BTreeMap;

use body::{
    BodyConfig, Category, CategoryId, CertificationRules, ConferenceRules, MaintenanceWindow, ProtocolSource,
    ReadyAnswer, RecordsRules, ServiceName, Term, Unit, UnitId,
};
use chrono_tz::Tz;
use identity::ProviderUrl;
use office::OfficeConfig;
use office_file::Wrong;
use outside::{OutsideConfig, OutsideDoorConfig};
use rooms::{RoomAddress, RoomProvider};
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
        conferences: file.conferences.as_ref().map(conferences),
        b_closed: file.level_b.closed.iter().map(|name| service_name(&name.office, &name.service)).collect(),
        answers: file.answers.iter().map(|one| answer(file, one)).collect::<Result<_, Wrong>>()?,
    })
}

fn conferences(file: &ConferencesFile) -> ConferenceRules {
    let window = file.maintenance.iter().map(|window| MaintenanceWindow {
        from: window.from.local(),
        to: window.to.local(),
        because: window.because.clone(),
    });
    ConferenceRules {
        rooms: file.rooms,
        participants: file.participants,
        participants_each: file.participants_each,
        maintenance: window.collect(),
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

/// Who holds the rooms of teleconferences.
pub fn provider(file: &BodyFile) -> Result<RoomProvider, Wrong> {
    let RoomsFile { provider, url } = &file.rooms;
    let wrong = |span, what| Wrong { key: "rooms.url", span, what };
    match (provider.as_ref().map(|kind| (kind.get_ref(), kind.span())), url) {
        (None | Some((ProviderKindFile::BuiltIn, _)), None) => Ok(RoomProvider::BuiltIn),
        (None | Some((ProviderKindFile::BuiltIn, _)), Some(url)) => {
            Err(wrong(url.span(), "is for `provider = \"link\"` alone, write that too or leave it out".to_owned()))
        }
        (Some((ProviderKindFile::Link, span)), None) => {
            Err(wrong(span, "`provider = \"link\"` needs it, write `url = \"https://…\"` beside it".to_owned()))
        }
        (Some((ProviderKindFile::Link, _)), Some(url)) => {
            RoomAddress::read(url.get_ref()).map(RoomProvider::Link).map_err(|what| wrong(url.span(), what))
        }
    }
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
