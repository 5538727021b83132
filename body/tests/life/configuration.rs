//! What a body's configuration must agree on.

use body::{BodyConfig, CategoryId, ProtocolSource, ResultForm, Term, UnitId};
use office::{Closure, ExtraField, FieldKind, LocalHoliday, Words};
use vocabulary::Level;

use crate::town::municipality;

/// Changes the sample, and says where something is wrong.
fn faults(change: impl FnOnce(&mut BodyConfig)) -> Vec<String> {
    let mut config = municipality();
    change(&mut config);
    config.check().err().unwrap_or_default().into_iter().map(|fault| fault.path).collect()
}

fn category(config: &mut BodyConfig, id: u16) -> &mut body::Category {
    config.categories.get_mut(&CategoryId(id)).unwrap()
}

#[test]
fn pet_04_what_contradicts_itself_is_named_with_its_key() {
    assert_eq!(faults(|_| ()), Vec::<String>::new());
    assert_eq!(faults(|config| config.key = "Άγιος".into()), ["key"]);
    assert_eq!(faults(|config| config.name.en.clear()), ["name"]);
    assert_eq!(faults(|config| category(config, 1).unit = UnitId(9)), ["categories.1.unit"]);
    assert_eq!(faults(|config| category(config, 1).level = Level::None), ["categories.1.level"]);
    assert_eq!(faults(|config| config.certification = None), ["categories.3.level", "categories.4.level"]);
    assert_eq!(faults(|config| category(config, 1).term = Term::Days(0)), ["categories.1.days"]);
    assert_eq!(faults(|config| category(config, 1).term = Term::WorkingDays(731)), ["categories.1.working_days"]);
    assert_eq!(faults(|config| category(config, 2).key = "cleaning".into()), ["categories"]);
    assert_eq!(faults(|config| category(config, 1).retention_years = 0), ["categories.1.retention_years"]);
    assert_eq!(faults(|config| category(config, 1).result = ResultForm::ElectronicDocument), ["categories.1.result"]);
    assert_eq!(faults(|config| category(config, 1).files_max = 11), ["categories.1.files_max"]);
    assert_eq!(faults(|config| category(config, 1).file_mib_max = 0), ["categories.1.file_mib_max"]);
    let desk = body::ServiceName { office: "kep".into(), service: "collection".into() };
    assert_eq!(faults(|config| category(config, 2).pickup = Some(desk.clone())), Vec::<String>::new());
    assert_eq!(faults(|config| category(config, 1).pickup = Some(desk.clone())), ["categories.1.pickup"]);
    let answer = body::ReadyAnswer {
        name: Words::new("Συνεργείο", "Crew"),
        text: Words::default(),
        category: Some(CategoryId(9)),
        unit: Some(UnitId(9)),
    };
    let told = ["answers.0.text", "answers.0.unit", "answers.0.category"];
    assert_eq!(faults(|config| config.answers.push(answer.clone())), told);
    assert!(!answer.is_for(CategoryId(1), UnitId(9)) && answer.is_for(CategoryId(9), UnitId(9)));
    let field = ExtraField {
        key: "bin".into(),
        label: Words::new("Κάδος", "Bin"),
        hint: None,
        kind: FieldKind::Choice,
        required: true,
        choices: Vec::new(),
    };
    let push = |config: &mut BodyConfig| category(config, 1).fields.extend([field.clone(), field.clone()]);
    let told = ["categories.1.fields", "categories.1.fields.0.choices", "categories.1.fields.1.choices"];
    assert_eq!(faults(push), told);
    let holiday = LocalHoliday { month: 2, day: 30, name: Words::default() };
    assert_eq!(faults(|config| config.calendar.local_holidays.push(holiday)), ["calendar.local_holidays.0"]);
    let closure = Closure {
        from: "2026-12-02T00:00:00".parse().unwrap(),
        to: "2026-12-01T00:00:00".parse().unwrap(),
        desk: None,
        because: Words::default(),
        by_staff: false,
    };
    assert_eq!(faults(|config| config.calendar.closures.push(closure)), ["calendar.closures.0"]);
}

#[test]
fn pet_02_an_adapter_is_asked_in_the_clear_on_this_machine_alone() {
    let is_taken =
        |url: &str| faults(|config| config.protocol = ProtocolSource::Adapter { url: url.into() }).is_empty();
    for right in ["https://protocol.example.gr/", "http://127.0.0.1:9000/numbers", "http://localhost", "http://[::1]:1"]
    {
        assert!(is_taken(right), "{right}");
    }
    for wrong in ["", "https://", "http://protocol.example.gr/", "http://127.0.0.1.example.gr", "ftp://127.0.0.1"] {
        assert!(!is_taken(wrong), "{wrong}");
    }
}
