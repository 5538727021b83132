//! The body's own file: what its administrators write, checked and turned into the rules' configuration.

mod build;
mod schema;

use std::path::Path;

use anyhow::Context;
use body::{BodyConfig, ProtocolSource};
use office::OfficeConfig;
use office_file::fault;
use outside::OutsideConfig;
use rooms::RoomProvider;

/// A body as its file describes it.
#[derive(Debug, Clone)]
pub struct BodySetup {
    /// What the rules of the body are made of.
    pub config: BodyConfig,
    /// Which other houses it has asked.
    pub outside: OutsideConfig,
    /// Who holds the rooms of teleconferences.
    pub provider: RoomProvider,
}

/// Reads and checks a body's file, beside its offices.
///
/// # Errors
/// What is wrong, with the key, the line, and what would be right.
pub fn read(path: &Path, offices: &[&OfficeConfig]) -> anyhow::Result<BodySetup> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let setup = parse_in(folder, &text, offices);
    let mut setup = setup.map_err(|fault| anyhow::anyhow!("{}: {fault}", path.display()))?;
    let OutsideConfig { protocol, records } = &mut setup.outside;
    protocol.iter_mut().chain(records).for_each(|door| door.resolve(folder));
    Ok(setup)
}

/// A body's file as what it describes, beside its offices.
///
/// # Errors
/// What is wrong, in a sentence with its line.
pub fn parse(text: &str, offices: &[&OfficeConfig]) -> Result<BodySetup, String> {
    parse_in(Path::new(""), text, offices)
}

fn parse_in(folder: &Path, text: &str, offices: &[&OfficeConfig]) -> Result<BodySetup, String> {
    let file: schema::BodyFile = toml::from_str(text).map_err(|error| fault::of_toml(&error))?;
    let config = build::config(&file).map_err(|wrong| wrong.sentence(text))?;
    let told = |faults: Vec<body::BodyFault>| {
        fault::sentences(text, faults.into_iter().map(|fault| (fault.path, fault.problem.to_string())))
    };
    config.check().map_err(told)?;
    match build::unknown_service(&file, offices) {
        Some(wrong) => Err(wrong.sentence(text)),
        None => {
            let told = |wrong: office_file::Wrong| wrong.sentence(text);
            let outside = build::outside(&file).map_err(told)?;
            Ok(BodySetup { config, outside, provider: build::provider(&file, folder).map_err(told)? })
        }
    }
}

/// The body of a house whose administrators wrote no file for one: it has the first office's name, zone and calendar, and
/// accounts alone.
#[must_use]
pub fn of_office(office: &OfficeConfig) -> BodyConfig {
    BodyConfig {
        key: office.key.clone(),
        name: office.name.clone(),
        contact_email: office.contact_email.clone(),
        contact_phone: office.contact_phone.clone(),
        zone: office.zone,
        // What is of a desk, and what staff decided on a page, is the office's own.
        calendar: office::Calendar {
            closures: office.calendar.closures.iter().filter(|one| one.desk.is_none()).cloned().collect(),
            hours_changes: Vec::new(),
            ..office.calendar.clone()
        },
        units: [].into(),
        categories: [].into(),
        certification: None,
        protocol: ProtocolSource::Own,
        records: None,
        conferences: None,
        b_closed: [].into(),
        answers: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use body::{ResultForm, Term};
    use office::FieldKind;
    use vocabulary::Level;

    use super::*;

    const SAMPLE: &str = include_str!("../../samples/body.toml");
    const KEP: &str = include_str!("../../samples/kep.toml");

    fn kep() -> OfficeConfig {
        office_file::parse(KEP).unwrap()
    }

    #[test]
    fn pet_04_the_sample_is_a_municipality() {
        let config = parse(SAMPLE, &[&kep()]).unwrap().config;
        assert_eq!(config.key, "agios-nikolaos");
        let level_a = ["cleaning", "parks", "lighting", "technical-works"];
        for key in level_a {
            let (_, category) = config.category_of(key).unwrap();
            assert_eq!((category.level, category.result), (Level::A, ResultForm::None), "{key}");
            assert_eq!(category.term, Term::Days(50), "{key}");
        }
        let (_, certificates) = config.category_of("certificates").unwrap();
        assert_eq!((certificates.level, certificates.result), (Level::B, ResultForm::Document));
        assert!(certificates.fields.iter().any(|field| field.kind == FieldKind::Choice));
        assert!(matches!(certificates.term, Term::WorkingDays(_)));
        assert_eq!(config.certification.as_ref().unwrap().visit.office, "kep");
        let (_, copies) = config.category_of("copies").unwrap();
        assert_eq!((copies.level, copies.result), (Level::A, ResultForm::Document));
        assert_eq!(copies.pickup.as_ref().unwrap().service, "family-status");
        let (_, attestations) = config.category_of("attestations").unwrap();
        assert_eq!((attestations.level, attestations.result), (Level::B, ResultForm::ElectronicDocument));
        assert!(config.answers.iter().any(|answer| answer.category.is_some()));
        for category in config.categories.values() {
            assert!(config.units.contains_key(&category.unit));
        }
    }

    /// Changes one line of the sample, and says what the reader is told.
    fn check(line: &str, instead: &str, tells: &[&str]) {
        assert!(SAMPLE.contains(line), "the sample has no {line}");
        let text = SAMPLE.replacen(line, instead, 1);
        let number = text[..text.find(instead).unwrap()].matches('\n').count() + 1;
        let said = parse(&text, &[&kep()]).unwrap_err();
        for told in tells.iter().map(ToString::to_string).chain([format!("line {number}")]) {
            assert!(said.contains(&told), "no «{told}» in: {said}");
        }
    }

    #[test]
    fn pla_07_a_wrong_file_is_told_with_key_line_and_what_would_be_right() {
        check("retention_years = 5", "retention_year = 5", &["retention_year", "expected one of"]);
        check("retention_years = 5", "retention_years = 0", &["retention_years", "must be from 1 to 50"]);
        check("unit = \"cleaning\"", "unit = \"cleanup\"", &["unit", "cleanup", "write one of cleaning, parks"]);
        check("level = \"b\"", "level = \"c\"", &["unknown variant `c`", "`none`, `a`, `b`"]);
        check("zone = \"Europe/Athens\"", "zone = \"Europe/Athina\"", &["zone", "Europe/Athens"]);
        check("office = \"kep\"", "office = \"kapp\"", &["office", "there is no office `kapp`, write one of kep"]);
        let service = "service = \"certification\"";
        check(
            service,
            "service = \"certificate\"",
            &["there is no service `certificate`, write one of", "family-status"],
        );
        check("working_days = 10", "working_days = 0", &["must be from 1 to 730"]);
        check("working_days = 10", "working_days = 1\ndays = 1", &["`days` stands there too"]);
        check("result = \"document\"", "result = \"paper\"", &["paper", "`none`, `document`"]);
        check("files_max = 3", "files_max = 0", &["files_max", "must be from 1 to 10"]);
        check("file_mib_max = 8", "file_mib_max = 11", &["file_mib_max", "must be from 1 to 10"]);
        let pickup = "pickup = { office = \"kep\", service = \"family-status\" }";
        check(pickup, "pickup = { office = \"kep\", service = \"pickup\" }", &["there is no service `pickup`"]);
        check("category = \"cleaning\"", "category = \"cleanup\"", &["there is no category `cleanup`, write one of"]);
        check("# url = \"https", "url = \"http", &["protocol.url", "must begin with https://"]);
    }

    #[test]
    fn pet_02_the_other_houses_of_the_sample_are_asked_once_their_addresses_stand_there() {
        let setup = parse(SAMPLE, &[&kep()]).unwrap();
        assert!(setup.outside.protocol.is_none() && setup.outside.records.is_none());
        let asked = SAMPLE.lines().map(|line| {
            let keys = ["[records]", "url =", "secret_file =", "unit =", "reason =", "looks_a_day ="];
            let commented = line.strip_prefix("# ").filter(|rest| keys.iter().any(|key| rest.starts_with(key)));
            format!("{}\n", commented.unwrap_or(line))
        });
        let text: String = asked.collect();
        let setup = parse(&text, &[&kep()]).unwrap();
        let (protocol, records) = (setup.outside.protocol.unwrap(), setup.outside.records.unwrap());
        assert_eq!(protocol.url.0.as_str(), "https://protocol.example.gr/numbers");
        assert_eq!(setup.config.protocol, ProtocolSource::Adapter { url: protocol.url.0.to_string() });
        assert_eq!((protocol.section, records.section), ("protocol", "records"));
        assert_eq!(setup.config.records.unwrap().looks_a_day, 10);
        assert!(protocol.secret_file.is_some() && !records.reason.is_empty());
        // For whom and why has to be said, and one looks a few times a day.
        for (line, instead, told) in [
            ("reason = \"Ν. 2690/1999\"", "", "`unit` and `reason`"),
            ("looks_a_day = 10", "looks_a_day = 0", "must be from 1 to 100"),
            ("looks_a_day = 10", "look_a_day = 10", "looks_a_day"),
        ] {
            assert!(text.contains(line), "{line}");
            let said = parse(&text.replacen(line, instead, 1), &[&kep()]).unwrap_err();
            assert!(said.contains(told), "no «{told}» in: {said}");
        }
    }

    #[test]
    fn omb_20_who_holds_the_rooms_stands_in_the_file() {
        let with = |rooms: &str| parse(&format!("{SAMPLE}\n[rooms]\n{rooms}\n"), &[&kep()]);
        assert_eq!(parse(SAMPLE, &[&kep()]).unwrap().provider, RoomProvider::BuiltIn);
        assert_eq!(with("provider = \"built-in\"").unwrap().provider, RoomProvider::BuiltIn);
        let link = with("provider = \"link\"\nurl = \"https://meet.example.gr/room\"").unwrap().provider;
        assert!(matches!(link, RoomProvider::Link(address) if address.as_str() == "https://meet.example.gr/room"));
        for (wrong, told) in [
            ("provider = \"link\"", "rooms.url: `provider = \"link\"` needs it"),
            ("url = \"https://meet.example.gr/room\"", "rooms.url"),
            ("provider = \"link\"\nurl = \"http://meet.example.gr/room\"", "must begin with https://"),
            ("provider = \"jitsi\"", "rooms.url: `provider = \"jitsi\"` needs it"),
            ("provider = \"jitsi\"\nurl = \"https://meet.example.gr\"", "rooms.app"),
            ("provider = \"jitsi\"\nurl = \"https://meet.example.gr\"\napp = \"seira\"", "rooms.secret_file"),
            (
                "provider = \"jitsi\"\nurl = \"https://meet.example.gr\"\napp = \"seira\"\nsecret_file = \"none\"",
                "rooms.secret_file: cannot read none",
            ),
            (
                "provider = \"jitsi\"\nurl = \"https://meet.example.gr\"\napp = \"seira\"\nkey_file = \"none\"",
                "rooms.key_name",
            ),
            ("provider = \"other\"", "`built-in`"),
            ("provider = \"built-in\"\nroom = 1", "room"),
        ] {
            let said = with(wrong).unwrap_err();
            assert!(said.contains(told), "no «{told}» in: {said}");
        }
    }

    #[test]
    fn pla_02_a_house_without_a_file_of_its_body_has_accounts_alone() {
        let config = of_office(&kep());
        assert_eq!(config.check(), Ok(()));
        assert_eq!(config.name, kep().name);
        assert!(config.categories.is_empty() && config.certification.is_none());
    }
}
