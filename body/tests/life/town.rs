//! A small municipality for the stories.

use std::collections::{BTreeMap, BTreeSet};

use body::{
    BodyConfig, Category, CategoryId, CertificationRules, ConferenceRules, MaintenanceWindow, Proof, ProtocolSource,
    ResultForm, ServiceName, Term, Unit, UnitId,
};
use office::{Calendar, Requirement, Words};
use vocabulary::{Assurance, Level};

/// Three units; cleaning for A, certificates for B, by working days an opinion of the engineers for B with TAXISnet.
pub fn municipality() -> BodyConfig {
    let unit = |key: &str| Unit { key: key.into(), name: Words::new(key, key) };
    let category = |key: &str, unit: u16, level, result, term| Category {
        key: key.into(),
        name: Words::new(key, key),
        about: Words::new(key, key),
        unit: UnitId(unit),
        level,
        assurance: Assurance::None,
        b_open: true,
        fields: Vec::new(),
        place: Requirement::Optional,
        files: Requirement::Optional,
        files_max: body::FILES_MAX,
        file_mib_max: body::FILE_MIB_MAX,
        term,
        result,
        pickup: None,
        reopen_days: 30,
        retention_years: 5,
    };
    let opinion = category("opinion", 2, Level::B, ResultForm::ElectronicDocument, Term::WorkingDays(10));
    BodyConfig {
        key: "agios-nikolaos".into(),
        name: Words::new("Δήμος Αγίου Νικολάου", "Municipality of Agios Nikolaos"),
        contact_email: "help@example.gr".into(),
        contact_phone: "2841000000".into(),
        zone: chrono_tz::Europe::Athens,
        calendar: Calendar { greek_public_sector: true, ..Calendar::default() },
        units: BTreeMap::from([
            (UnitId(1), unit("cleaning")),
            (UnitId(2), unit("works")),
            (UnitId(3), unit("registry")),
        ]),
        categories: BTreeMap::from([
            (CategoryId(1), category("cleaning", 1, Level::A, ResultForm::None, Term::Days(50))),
            (CategoryId(2), category("copies", 3, Level::A, ResultForm::Document, Term::Days(50))),
            (CategoryId(3), category("certificates", 3, Level::B, ResultForm::Document, Term::Days(10))),
            (CategoryId(4), Category { assurance: Assurance::Taxisnet, ..opinion }),
        ]),
        certification: Some(CertificationRules {
            visit: ServiceName { office: "kep".into(), service: "certification".into() },
            two_clerks: false,
            shown: Proof::ALL.into(),
        }),
        protocol: ProtocolSource::Own,
        records: None,
        conferences: Some(ConferenceRules {
            rooms: 2,
            participants: 12,
            participants_each: 8,
            room_people: None,
            maintenance: vec![MaintenanceWindow {
                from: "2026-12-24T20:00:00".parse().unwrap(),
                to: "2026-12-25T06:00:00".parse().unwrap(),
                because: Words::new("Συντήρηση", "Maintenance"),
            }],
        }),
        b_closed: BTreeSet::new(),
        answers: Vec::new(),
    }
}
