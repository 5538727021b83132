//! Level B, closed and opened step by step.

use body::{
    CategoryId, Doer, LevelSubject, LevelSwitches, OfficeId, ServiceName, SwitchCommand, SwitchRefusal, switches,
};
use office::{Language, ServiceId, Words};

use crate::town::municipality;

#[test]
fn pla_07_level_b_is_closed_and_opened_for_each_subject_with_a_notice() {
    let mut config = municipality();
    let (one, other) = (LevelSubject::Category(CategoryId(3)), LevelSubject::Category(CategoryId(4)));
    let now = "2026-11-30T08:00:00Z".parse().unwrap();
    let mut decided = LevelSwitches::default();
    let ask = |decided: &mut LevelSwitches, command: &SwitchCommand, set_up: bool| {
        let events = switches::decide(decided, command, set_up, Doer::Hub, now)?;
        events.iter().for_each(|event| switches::apply(decided, event));
        Ok::<_, SwitchRefusal>(events.len())
    };
    let close = |notice: Words| SwitchCommand::Close { subject: one, notice };
    let notice = Words::new("Ξανά από τη Δευτέρα.", "Again from Monday.");
    assert_eq!(
        ask(&mut decided, &close(Words::new("Όχι", " ")), true),
        Err(SwitchRefusal::NoticeMissing { language: Language::En })
    );
    assert!(decided.is_open(one, config.b_open(one, None)));
    assert_eq!(ask(&mut decided, &close(notice.clone()), true), Ok(1));
    assert_eq!(ask(&mut decided, &close(notice.clone()), true), Ok(0));
    assert_eq!((decided.is_open(one, true), decided.is_open(other, true)), (false, true));
    assert_eq!(decided.notice(one), Some(&notice));
    assert_eq!(ask(&mut decided, &SwitchCommand::Open { subject: one }, true), Ok(1));
    assert_eq!(ask(&mut decided, &SwitchCommand::Open { subject: one }, true), Ok(0));
    assert_eq!((decided.is_open(one, true), decided.notice(one)), (true, None));
    // What the file has closed staff open.
    let service = LevelSubject::Service { office: OfficeId(1), service: ServiceId(4) };
    let name = ServiceName { office: "kep".into(), service: "tax".into() };
    assert!(config.b_open(service, Some(&name)));
    config.b_closed.insert(name.clone());
    let set_up = config.b_open(service, Some(&name));
    assert!(!decided.is_open(service, set_up));
    assert_eq!(ask(&mut decided, &SwitchCommand::Open { subject: service }, set_up), Ok(1));
    assert!(decided.is_open(service, set_up));
}
