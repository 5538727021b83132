//! From the file's shape to the rules' configuration: names become ids.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use office::{
    Calendar, CivilDate, CivilMoment, Clerk, ClerkId, Closure, Desk, DeskId, Document, EarlyClose, Group, HallNotice,
    Hours, LocalHoliday, OfficeConfig, Service, ServiceId, Shift, WeeklySpan,
};
use toml::Spanned;

use super::{
    fault::Wrong,
    schema::{CalendarFile, DeskFile, HoursFile, NoticeFile, OfficeFile, ServiceFile, ShiftFile, SpanFile},
};

/// The configuration that a file describes.
pub fn config(file: &OfficeFile) -> Result<OfficeConfig, Wrong> {
    let zone: Tz = file.zone.get_ref().parse().map_err(|_| Wrong {
        key: "zone",
        span: file.zone.span(),
        what: format!("`{}` is no time zone, write it like Europe/Athens", file.zone.get_ref()),
    })?;
    let ids: BTreeMap<&str, ServiceId> = file.services.iter().map(|s| (s.key.as_str(), ServiceId(s.id))).collect();
    Ok(OfficeConfig {
        key: file.key.clone(),
        number: file.number,
        name: file.name.clone(),
        address: file.address.clone(),
        contact_email: file.contact_email.clone(),
        contact_phone: file.contact_phone.clone(),
        help_where: file.help_where.clone(),
        priority_grounds: file.priority_grounds.clone(),
        wait_where: file.wait_where.clone(),
        notices: file.notices.iter().map(notice).collect(),
        desk_word: file.desk_word.clone(),
        zone,
        groups: file
            .groups
            .iter()
            .map(|group| Group { key: group.key.clone(), letter: group.letter, name: group.name.clone() })
            .collect(),
        services: file.services.iter().map(|s| Ok((ServiceId(s.id), service(file, s)?))).collect::<Result<_, _>>()?,
        desks: file.desks.iter().map(|d| Ok((DeskId(d.number), desk(&ids, d)?))).collect::<Result<_, _>>()?,
        clerks: file
            .clerks
            .iter()
            .map(|clerk| (ClerkId(clerk.id), Clerk { hours: spans(&clerk.hours), label: clerk.label.clone() }))
            .collect(),
        hours: hours(&file.hours),
        calendar: calendar(&file.calendar),
        rules: file.rules.clone(),
    })
}

fn notice(notice: &NoticeFile) -> HallNotice {
    HallNotice {
        text: notice.text.clone(),
        from: notice.from.map(CivilMoment::local),
        until: notice.until.map(CivilMoment::local),
    }
}

fn span(span: &SpanFile) -> WeeklySpan {
    WeeklySpan { days: span.days.iter().map(|day| day.0).collect(), from: span.from.0.time(), to: span.to.0.time() }
}

fn spans(spans: &[SpanFile]) -> Vec<WeeklySpan> {
    spans.iter().map(span).collect()
}

fn hours(file: &HoursFile) -> Hours {
    Hours {
        serving: spans(&file.serving),
        tickets: spans(&file.tickets),
        doors: spans(&file.doors),
        telephone: spans(&file.telephone),
    }
}

/// The days that differ, as a file has them.
pub fn calendar(file: &CalendarFile) -> Calendar {
    Calendar {
        greek_public_sector: file.greek_public_sector,
        local_holidays: file
            .local_holidays
            .iter()
            .map(|day| LocalHoliday { month: day.month, day: day.day, name: day.name.clone() })
            .collect(),
        closures: file
            .closures
            .iter()
            .map(|closure| Closure {
                from: closure.from.local(),
                to: closure.to.local(),
                desk: closure.desk.map(DeskId),
                because: closure.because.clone(),
                by_staff: false,
            })
            .collect(),
        early_closes: file
            .early_closes
            .iter()
            .map(|day| EarlyClose { date: day.date.date(), at: day.at.0.time(), because: day.because.clone() })
            .collect(),
        open_anyway: file.open_anyway.iter().map(|day| day.date()).collect(),
        // Decided on a page alone; the file's own hours are simply written anew.
        hours_changes: Vec::new(),
    }
}

fn service(file: &OfficeFile, service: &ServiceFile) -> Result<Service, Wrong> {
    let group = named("group", &service.group, file.groups.iter().map(|group| group.key.as_str()))?;
    Ok(Service {
        key: service.key.clone(),
        group,
        catalogue: service.catalogue.clone(),
        name: service.name.clone(),
        about: service.about.clone(),
        planned_minutes: service.planned_minutes,
        minutes_per_further_person: service.minutes_per_further_person,
        minutes_per_further_case: service.minutes_per_further_case,
        channels: service.channels.clone(),
        telephone_informs: service.telephone_informs,
        pictogram: service.pictogram,
        information: service.information,
        booking: service.booking,
        documents: service
            .documents
            .iter()
            .map(|document| Document { name: document.name.clone(), form: document.form, count: document.count })
            .collect(),
        level: service.level,
        assurance: service.assurance,
        grid_minutes: service.grid_minutes,
        lead_minutes: service.lead_minutes,
        horizon_days: service.horizon_days,
        releases: service.releases.clone(),
        change_until_minutes: service.change_until_minutes,
        fields: service.fields.clone(),
        forms: service.forms.clone(),
    })
}

fn desk(ids: &BTreeMap<&str, ServiceId>, desk: &DeskFile) -> Result<Desk, Wrong> {
    let of = |key: &Spanned<String>| {
        let key = named("services", key, ids.keys().copied())?;
        Ok(ids.get(key.as_str()).copied().unwrap_or(ServiceId(0)))
    };
    Ok(Desk {
        services: desk.services.iter().map(of).collect::<Result<_, _>>()?,
        direction: desk.direction,
        shifts: desk.shifts.iter().map(shift).collect(),
    })
}

fn shift(shift: &ShiftFile) -> Shift {
    Shift {
        days: shift.days.iter().map(|day| day.0).collect(),
        from: shift.from.0.time(),
        to: shift.to.0.time(),
        first: shift.first.map(CivilDate::date),
        last: shift.last.map(CivilDate::date),
        public: shift.public,
        clerk: shift.clerk.map(ClerkId),
    }
}

/// A name that must be one of those that the file itself gives.
fn named<'a>(key: &'static str, name: &Spanned<String>, known: impl Iterator<Item = &'a str>) -> Result<String, Wrong> {
    let known: Vec<&str> = known.collect();
    if known.contains(&name.get_ref().as_str()) {
        return Ok(name.get_ref().clone());
    }
    let what = format!("there is no `{}`, write one of {}", name.get_ref(), known.join(", "));
    Err(Wrong { key, span: name.span(), what })
}
