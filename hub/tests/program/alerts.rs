//! Administrators are warned by mail: of what somebody should look at soon, once for each kind and hour, with a subject that
//! says nothing of anybody (NEW-08).

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    heads::{mails, wait},
    house::{PASSWORD, ProgramHouse},
};

const KEYS: &str = "alerts_to = [\"it@example.gr\"]\n";

fn guesses(house: &ProgramHouse, name: &str, networks: std::ops::Range<u8>) {
    for network in networks {
        let guess = json!({"name": name, "password": "μαντεψιά"}).to_string();
        house.ask("POST", "/api/v1/sessions", &[("x-forwarded-for", &format!("192.0.2.{network}"))], &guess);
    }
}

/// Mails that say this.
fn told(house: &ProgramHouse, word: &str) -> usize {
    mails(house).iter().filter(|mail| mail.contains(word)).count()
}

#[test]
fn new_08_administrators_are_warned_once_an_hour_of_each_kind() {
    let mut house = ProgramHouse::files_with_config(&format!("{KEYS}[proxy]\ntrusted = [\"127.0.0.1\"]\n"), "");
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    // A minute, after which a burst is counted, is two seconds.
    house.start_at("2026-11-24T09:00:00+02:00", "30");
    let admin = house.admin();
    house.pair(&admin, "kiosk");
    wait(|| (told(&house, "A new device was connected") == 1).then_some(()), "the device");
    let account = |name: &str, role: &str| house.employ(&admin, name, role, Some("kep"), PASSWORD);
    let eleni = account("eleni", "clerk");
    let maria = account("maria", "admin");
    wait(
        || (told(&house, &format!("account was made, with the number {maria}")) == 1).then_some(()),
        "the administrator",
    );
    let path = format!("/api/v1/accounts/{maria}/invitations");
    house.post(&admin, &path, &json!({"own_password": PASSWORD})).ok();
    wait(|| (told(&house, &format!("account with the number {maria} was changed")) == 1).then_some(()), "her password");
    // Many guesses at one name from many networks, then many from one network at names that nobody has.
    guesses(&house, "eleni", 1..25);
    let of_eleni = format!("account with the number {eleni}:");
    wait(|| (told(&house, &of_eleni) == 1).then_some(()), "the account");
    for _ in 0..60 {
        guesses(&house, "nobody", 99..100);
    }
    wait(|| (told(&house, "from the network 192.0.2.99/32") == 1).then_some(()), "the network");
    guesses(&house, "eleni", 30..60);
    guesses(&house, "admin", 60..90);
    assert_eq!(told(&house, "failed sign-ins for the account"), 1, "once an hour");
    // A restore is told of at the next start.
    let backup = house.folder.path().join("monday.db");
    assert!(house.run(&["backup", "--to", backup.to_str().unwrap()]).status.success());
    house.stop();
    assert!(house.run(&["restore", "--from", backup.to_str().unwrap()]).status.success());
    // Commands go by the machine's clock: what they put in is due by then.
    house.start_at(&(chrono::Utc::now() + chrono::TimeDelta::hours(1)).to_rfc3339(), "1");
    wait(|| (told(&house, "was restored from a backup") == 1).then_some(()), "the restore");
    // Whoever reads over a shoulder learns from a subject that there is one.
    let subject = |mail: &String| mail.lines().filter(|line| line.starts_with("Subject:")).map(str::to_owned).next();
    let warnings = mails(&house).into_iter().filter(|mail| !mail.contains("seira-head"));
    let subjects: BTreeSet<_> = warnings.map(|mail| subject(&mail)).collect();
    assert_eq!(subjects.len(), 1, "{subjects:?}");
    assert!(mails(&house).iter().all(|mail| !mail.contains("eleni") && !mail.contains("maria")));
}

#[test]
fn fld_35_a_first_of_may_that_moves_is_told_of_once_well_before_its_new_day_can_be_booked() {
    let mut house = ProgramHouse::files_with_config(KEYS, "");
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    let told_of_2027 = |house: &ProgramHouse| told(house, "Saturday 1 May 2027");
    // Nobody is told in autumn; the day after, at the latest, the first mail of any kind would have gone out.
    house.start_at("2026-11-24T09:00:00+02:00", "1");
    let admin = house.admin();
    house.pair(&admin, "kiosk");
    wait(|| (told(&house, "A new device was connected") == 1).then_some(()), "another mail");
    assert_eq!(told_of_2027(&house), 0);
    house.stop();
    // Its services can be booked thirty days ahead or more; the mail is there long before, however often the hub starts.
    house.start_at("2027-02-05T09:00:00+02:00", "1");
    wait(|| (told_of_2027(&house) == 1).then_some(()), "the mail");
    let mail = mails(&house).into_iter().find(|mail| mail.contains("Saturday 1 May 2027")).unwrap();
    for words in ["Tuesday 4 May 2027", "Σάββατο 1 Μαΐου 2027", "Τρίτη 4 Μαΐου 2027", "/staff/bookings", "kep"]
    {
        assert!(mail.contains(words), "{words} in {mail}");
    }
    let page = house.page(&house.admin(), "/admin").text;
    assert!(page.contains("Τρίτη 4 Μαΐου 2027"), "and the pages say so too");
    house.stop();
    for at in ["2027-03-05T09:00:00+02:00", "2027-04-29T09:00:00+03:00"] {
        house.start_at(at, "1");
        let admin = house.admin();
        house.pair(&admin, "display");
        let count = if at.starts_with("2027-03") { 2 } else { 3 };
        wait(|| (told(&house, "A new device was connected") == count).then_some(()), "another mail");
        assert_eq!(told_of_2027(&house), 1, "once in a year");
        house.stop();
    }
}

#[test]
fn new_08_a_certificate_that_ends_soon_is_told_of_before() {
    let tls = "[tls]\ncertificate = \"tls/certificate.pem\"\nkey = \"tls/key.pem\"\n";
    let mut house = ProgramHouse::files_with_config(&format!("{KEYS}{tls}"), "");
    assert!(house.run_plain(&["make-ca", "--folder", "tls", "--name", "127.0.0.1"]).status.success());
    let in_days = |days: i64| (chrono::Utc::now() + chrono::TimeDelta::days(days)).to_rfc3339();
    // It is good for 364 days from yesterday on.
    house.start_at(&in_days(319), "1");
    house.stop();
    assert_eq!(mails(&house).len(), 0);
    for (days, told_so_far) in [(347, 1), (351, 1), (358, 2), (362, 3)] {
        house.start_at(&in_days(days), "1");
        wait(|| (told(&house, "certificate of the system ends") == told_so_far).then_some(()), "so long before");
        house.stop();
    }
}

#[test]
fn new_08_an_address_that_is_none_is_said_before_the_hub_runs() {
    let house = ProgramHouse::files_with_config("alerts_to = [\"nobody\"]\n", "");
    let checked = house.run(&["check-config"]);
    let said = String::from_utf8(checked.stderr).unwrap();
    assert!(!checked.status.success() && said.contains("alerts_to: nobody should be an address"), "{said}");
}
