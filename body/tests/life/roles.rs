//! Who becomes a coordinator, and which units they make: tables of what each is told.

use body::{
    AccountId, CoordinatorPost, Doer, Grant, GrantScope, MadeUnits, Role, RoleRequest, RoleRequestCommand,
    RoleRequestContext, RoleRequestId, RoleRequestPhase, RoleRequestRefusal, UnitContext, UnitId, UnitRefusal, WordsId,
    role_request, units,
};
use chrono::{DateTime, Utc};
use office::Words;
use uuid::Uuid;

use crate::town::municipality;

fn now() -> DateTime<Utc> {
    "2026-11-30T08:00:00Z".parse().unwrap()
}

fn grants(who: &str) -> Vec<Grant> {
    let of = |role, scope| vec![Grant::new(role, scope).unwrap()];
    match who {
        "admin" => of(Role::Administrator, GrantScope::Body),
        "organisation" => of(Role::CoordinatorOfOrganisation, GrantScope::Body),
        "unit" => of(Role::CoordinatorOfUnit, GrantScope::Unit(UnitId(1))),
        _ => Vec::new(),
    }
}

fn words(id: u128) -> WordsId {
    WordsId(Uuid::from_u128(id))
}

const ASKER: AccountId = AccountId(100);

fn asked(post: CoordinatorPost) -> RoleRequest {
    let command = RoleRequestCommand::Ask { request: RoleRequestId(1), post, words: words(1) };
    let context = RoleRequestContext { by: ASKER, now: now(), grants: &[], is_staff: true, has_open: false };
    let events = role_request::decide(None, &command, &context).unwrap();
    events.iter().fold(None, role_request::apply).unwrap()
}

#[test]
fn pre_05_who_decides_is_who_may_and_nobody_about_themselves() {
    let (organisation, unit) = (CoordinatorPost::Organisation, CoordinatorPost::Unit(UnitId(1)));
    let table = [
        (organisation, "admin", Ok(())),
        (organisation, "organisation", Err(RoleRequestRefusal::NotAllowed)),
        (organisation, "unit", Err(RoleRequestRefusal::NotAllowed)),
        (organisation, "nobody", Err(RoleRequestRefusal::NotAllowed)),
        (unit, "admin", Ok(())),
        (unit, "organisation", Ok(())),
        (unit, "unit", Err(RoleRequestRefusal::NotAllowed)),
        (unit, "nobody", Err(RoleRequestRefusal::NotAllowed)),
    ];
    for (post, who, told) in table {
        let request = asked(post);
        let grants = grants(who);
        for command in [RoleRequestCommand::Approve, RoleRequestCommand::Refuse { reason: words(2) }] {
            let context =
                RoleRequestContext { by: AccountId(7), now: now(), grants: &grants, is_staff: true, has_open: false };
            let decided = role_request::decide(Some(&request), &command, &context);
            assert_eq!(decided.map(drop), told, "{who} {post:?}");
            let own = RoleRequestContext { by: ASKER, ..context };
            let own = role_request::decide(Some(&request), &command, &own);
            assert_eq!(own, Err(RoleRequestRefusal::OwnRequest));
        }
    }
}

#[test]
fn pre_05_a_request_is_decided_once_and_the_same_press_changes_nothing() {
    let grants = grants("admin");
    let worker = RoleRequestContext { by: AccountId(7), now: now(), grants: &grants, is_staff: true, has_open: false };
    let asker = RoleRequestContext { by: ASKER, grants: &[], ..worker };
    let take = |request: RoleRequest, command, context: &RoleRequestContext<'_>| {
        let events = role_request::decide(Some(&request), &command, context).unwrap();
        events.iter().fold(Some(request), role_request::apply).unwrap()
    };
    let open = asked(CoordinatorPost::Organisation);
    let approved = take(open.clone(), RoleRequestCommand::Approve, &worker);
    assert_eq!(approved.phase, RoleRequestPhase::Approved);
    let again = |request: &RoleRequest, command, context: &RoleRequestContext<'_>| {
        role_request::decide(Some(request), &command, context).map(|events| events.len())
    };
    let refuse = RoleRequestCommand::Refuse { reason: words(2) };
    assert_eq!(again(&approved, RoleRequestCommand::Approve, &worker), Ok(0));
    assert_eq!(again(&approved, refuse, &worker), Err(RoleRequestRefusal::Decided));
    assert_eq!(again(&approved, RoleRequestCommand::Withdraw, &asker), Err(RoleRequestRefusal::Decided));
    let refused = take(open.clone(), refuse, &worker);
    assert_eq!(again(&refused, refuse, &worker), Ok(0));
    assert_eq!(again(&refused, RoleRequestCommand::Approve, &worker), Err(RoleRequestRefusal::Decided));
    let withdrawn = take(open.clone(), RoleRequestCommand::Withdraw, &asker);
    assert_eq!(again(&withdrawn, RoleRequestCommand::Withdraw, &asker), Ok(0));
    assert_eq!(again(&withdrawn, RoleRequestCommand::Approve, &worker), Err(RoleRequestRefusal::Decided));
    assert_eq!(again(&open, RoleRequestCommand::Withdraw, &worker), Err(RoleRequestRefusal::Unknown));
    // Whoever is not staff, has another open, or is one already, asks for nothing.
    let ask =
        RoleRequestCommand::Ask { request: RoleRequestId(2), post: CoordinatorPost::Organisation, words: words(3) };
    let told = |context: RoleRequestContext<'_>| role_request::decide(None, &ask, &context).map(|events| events.len());
    assert_eq!(told(asker), Ok(1));
    assert_eq!(told(RoleRequestContext { is_staff: false, ..asker }), Err(RoleRequestRefusal::NotStaff));
    assert_eq!(told(RoleRequestContext { has_open: true, ..asker }), Err(RoleRequestRefusal::OpenAlready));
    let has = self::grants("organisation");
    assert_eq!(told(RoleRequestContext { grants: &has, ..asker }), Err(RoleRequestRefusal::HasAlready));
}

#[test]
fn pre_06_units_are_made_by_coordinators_of_the_organisation_beside_those_of_the_file() {
    let config = municipality();
    let mut made = MadeUnits::default();
    let told = |made: &MadeUnits, who: &str, name: &Words| {
        let grants = grants(who);
        let context = UnitContext { by: Doer::Account(AccountId(7)), now: now(), grants: &grants, config: &config };
        units::decide(made, name, &context)
    };
    let press = Words::new(" Γραφείο Τύπου ", "Press office");
    for who in ["admin", "unit", "nobody"] {
        assert_eq!(told(&made, who, &press), Err(UnitRefusal::NotAllowed), "{who}");
    }
    for event in told(&made, "organisation", &press).unwrap() {
        units::apply(&mut made, &event);
    }
    assert_eq!(told(&made, "organisation", &press), Ok(Vec::new()), "the same press makes one unit");
    assert_eq!(made.name(&config, UnitId(10_001)).map(|name| name.el.as_str()), Some("Γραφείο Τύπου"));
    assert_eq!(made.name(&config, UnitId(1)), Some(&config.units[&UnitId(1)].name));
    assert_eq!(made.all(&config).count(), config.units.len() + 1);
    let table = [
        (Words::new("", "A"), UnitRefusal::NameMissing),
        (Words::new("Α", " "), UnitRefusal::NameMissing),
        (Words::new("cleaning", "Other"), UnitRefusal::NameTaken),
        (Words::new("Γραφείο Τύπου", "Other"), UnitRefusal::NameTaken),
        (Words::new("α".repeat(151), "A"), UnitRefusal::NameTooLong),
    ];
    for (name, refusal) in table {
        assert_eq!(told(&made, "organisation", &name), Err(refusal), "{name:?}");
    }
    for nth in made.iter().count()..units::UNITS_MADE_MAX {
        let name = Words::new(format!("Μονάδα {nth}"), format!("Unit {nth}"));
        told(&made, "organisation", &name).unwrap().iter().for_each(|event| units::apply(&mut made, event));
    }
    assert_eq!(told(&made, "organisation", &Words::new("Μία ακόμη", "One more")), Err(UnitRefusal::TooMany));
}
