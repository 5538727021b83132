//! What was taken from somebody since a backup stays taken after its restore on another machine: a citizen's account, level B, a
//! right among staff, an agent's way in (FLD-39).

use std::fs;

use crate::{
    gone::wait,
    house::{PASSWORD, ProgramHouse},
    outside::{clerk_who_certifies, is_certified},
    pages::FormBrowser,
    registers,
    through::led,
};

const AGENT: &str = "niki@example.gr";

/// The files of a house of a body, which writes its list of who is gone there.
fn files(list: &std::path::Path) -> ProgramHouse {
    let keys = format!("tombstones = {:?}\nbody = \"body.toml\"\n", list.to_str().unwrap());
    ProgramHouse::files_with_config(&keys, "")
}

fn browser_of<'a>(house: &'a ProgramHouse, session: &str) -> FormBrowser<'a> {
    let mut browser = FormBrowser::new(house);
    browser.keep("seira-session", session);
    browser
}

fn citizen<'a>(house: &'a ProgramHouse, name: &str) -> FormBrowser<'a> {
    let (mut browser, email) = (FormBrowser::new(house), format!("{name}@example.gr"));
    let typed = registers::typed(&mut browser, name, &email);
    let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(led(&browser.post("/register", "/register", &typed)), "/register/sent");
    registers::opens_and_signs_in(&mut browser, &registers::link_of(house, &email), name);
    browser
}

fn count(house: &ProgramHouse, select: &str) -> i64 {
    rusqlite::Connection::open(house.database()).unwrap().query_row(select, [], |row| row.get(0)).unwrap()
}

/// What each of them has: a name and a password, level B, the right to certify, a way in as an agent.
fn had(house: &ProgramHouse) -> [i64; 4] {
    [
        "SELECT count(*) FROM account WHERE name = 'melina'",
        "SELECT count(*) FROM account_standing WHERE json_extract(state, '$.certificate') IS NOT NULL",
        "SELECT count(*) FROM account_grant WHERE role = 'certifier'",
        "SELECT count(*) FROM agent WHERE disabled_at IS NULL",
    ]
    .map(|select| count(house, select))
}

#[test]
fn fld_39_no_right_that_was_taken_comes_back_with_a_backup_on_a_new_machine() {
    let (second, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let list = second.path().join("list");
    let mut house = files(&list);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    let (admin, clerk) = (house.admin(), clerk_who_certifies(&house));
    let (mut melina, mut vasilis) = (citizen(&house, "melina"), citizen(&house, "vasilis"));
    is_certified(&mut vasilis, &house, &clerk, "vasilis@example.gr", "090000045");
    let mut office = browser_of(&house, &admin);
    let invited = [("office", "kep"), ("name", "Νίκη"), ("email", AGENT)];
    assert_eq!(office.post("/admin/agents", "/admin/agents", &invited).status, 303);
    assert_eq!(had(&house), [1, 1, 1, 1]);
    let monday = backups.path().join("monday.db");
    let made = house.run(&["backup", "--to", monday.to_str().unwrap()]);
    assert!(made.status.success(), "{made:?}");
    // Each is taken afterwards: by its owner, or by an administrator.
    let erased = melina.post("/account/erase", "/account/erase", &[("own", PASSWORD)]);
    assert!(erased.status < 400, "{erased:?}");
    let account = count(&house, "SELECT id FROM account WHERE name = 'vasilis'");
    let page = format!("/staff/kep/certify/{account}");
    let revoked = office.post(&page, &format!("{page}/revoke"), &[("reason", "Το έγγραφο ήταν άλλου.")]);
    assert_eq!(led(&revoked), format!("{page}?done=revoked"));
    let number = count(&house, "SELECT id FROM account WHERE name = 'eleni'");
    let page = format!("/admin/clerks/{number}");
    assert_eq!(office.post(&page, &format!("{page}/grants"), &[]).status, 303);
    let agent = count(&house, "SELECT id FROM agent");
    let disabled = office.post("/admin/agents", &format!("/admin/agents/{agent}/disable"), &[]);
    assert_eq!(disabled.status, 303, "{disabled:?}");
    assert_eq!(had(&house), [0, 0, 0, 0]);
    // The second place knows by itself, and by ids alone.
    let text = || fs::read_to_string(&list).unwrap_or_default();
    wait(|| ["citizen", "certificate", "grant", "agent"].iter().all(|kind| text().contains(kind)), "the list");
    assert!(!["melina", "vasilis", AGENT].iter().any(|name| text().contains(name)), "{}", text());
    let mut new = files(&list);
    let done = new.run(&["restore", "--from", monday.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
    new.start();
    assert_eq!(had(&new), [0, 0, 0, 0], "nothing of it came back");
    // Nor for who tries: the name is nobody's, and whoever has lost a right is told so.
    let tries = browser_of(&new, &new.sign_in("eleni", "αρκετά μακρύ")).get("/staff/kep/certify").status;
    assert_eq!(tries, 403);
    let mut melina = FormBrowser::new(&new);
    let signs_in = melina.post("/login", "/login", &[("name", "melina"), ("password", PASSWORD)]);
    assert_eq!(signs_in.status, 401, "{signs_in:?}");
    new.stop();
    new.verify().unwrap();
}
