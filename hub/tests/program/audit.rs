//! The audit: who came in and who did not, from where and when; bounded, without anything that was typed, for the
//! administrator on a page and for the machine's journal as JSON (NEW-08).

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    house::{PASSWORD, ProgramHouse},
    pages::FormBrowser,
};

/// A name that nobody has; many people type their password there.
const TYPED: &str = "mystiko-2026";

pub fn wait<T>(mut until: impl FnMut() -> Option<T>, what: &str) -> T {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        if let Some(found) = until() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn house() -> ProgramHouse {
    ProgramHouse::with_config("[proxy]\ntrusted = [\"127.0.0.1\"]\n[log]\nformat = \"json\"\n", "")
}

/// The audit's part of the log.
fn told(house: &ProgramHouse) -> Vec<Value> {
    let lines: Vec<Value> = house.log().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.into_iter().filter(|line| line["target"] == "audit").collect()
}

/// Waits until the log has an event, with these fields.
fn tells(house: &ProgramHouse, event: &str, fields: &[(&str, &str)]) -> Value {
    let is_it = |line: &Value| line["event"] == event && fields.iter().all(|(name, value)| line[name] == *value);
    wait(|| told(house).into_iter().find(is_it), &format!("{event} {fields:?}: {:?}", house.log()))
}

fn account(house: &ProgramHouse, admin: &str, name: &str, role: &str) -> u64 {
    house.employ(admin, name, role, Some("kep"), PASSWORD)
}

fn remove(house: &ProgramHouse, token: &str, path: &str) -> u16 {
    house.ask("DELETE", path, &[("authorization", &format!("Bearer {token}"))], "").status
}

#[test]
fn new_08_whoever_comes_in_or_does_not_is_in_the_audit_by_number_and_network() {
    let house = house();
    let admin = house.admin();
    tells(&house, "sign-in", &[("who", "account:1"), ("network", "127.0.0.1/32")]);
    // Failures, each with its reason, and from where.
    let from = |address: &str, name: &str, password: &str| {
        let body = json!({"name": name, "password": password}).to_string();
        house.ask("POST", "/api/v1/sessions", &[("x-forwarded-for", address)], &body).status
    };
    assert_eq!(from("192.0.2.7", TYPED, PASSWORD), 401);
    tells(&house, "sign-in-failed", &[("why", "unknown-name"), ("about", ""), ("network", "192.0.2.7/32")]);
    assert_eq!(from("2001:db8:0:1::7", "admin", "μαντεψιά"), 401);
    tells(
        &house,
        "sign-in-failed",
        &[("why", "wrong-password"), ("about", "account:1"), ("network", "2001:db8:0:1::/64")],
    );
    let (eleni, nikos) = (account(&house, &admin, "eleni", "clerk"), account(&house, &admin, "nikos", "clerk"));
    tells(&house, "account-made", &[("who", "account:1"), ("about", &format!("account:{eleni}")), ("why", "")]);
    let token = house.sign_in("nikos", PASSWORD);
    assert_eq!(remove(&house, &admin, &format!("/api/v1/accounts/{nikos}")), 204);
    let about = format!("account:{nikos}");
    tells(&house, "account-shut", &[("who", "account:1"), ("about", &about)]);
    tells(&house, "sessions-ended", &[("who", "account:1"), ("about", &about)]);
    assert_eq!(house.get(&token, "/api/v1/accounts").status, 401);
    tells(&house, "token-refused", &[("about", "")]);
    assert_eq!(from("192.0.2.8", "nikos", PASSWORD), 401);
    tells(&house, "sign-in-failed", &[("why", "shut-account"), ("about", &about)]);
    let clerk = house.sign_in("eleni", PASSWORD);
    // Asked too often: a person has a challenge, a program has to wait.
    for _ in 0..12 {
        from("192.0.2.9", "eleni", "μαντεψιά");
    }
    tells(&house, "sign-in-failed", &[("why", "challenge-unanswered"), ("about", &format!("account:{eleni}"))]);
    // No right to it, on a page and in the API; by a device that was shut out.
    assert_eq!(house.page(&clerk, "/admin/audit").status, 403);
    let who = format!("account:{eleni}");
    tells(&house, "right-refused", &[("who", &who)]);
    let (kiosk, id) = house.pair(&admin, "kiosk");
    tells(&house, "device-paired", &[("who", "account:1"), ("about", &format!("device:{id}"))]);
    assert_eq!(house.get(&kiosk, "/api/v1/accounts").status, 403);
    tells(&house, "right-refused", &[("who", &format!("device:{id}"))]);
    assert_eq!(remove(&house, &admin, &format!("/api/v1/devices/{id}")), 204);
    assert_eq!(house.ticket(&kiosk).status, 401);
    tells(&house, "token-refused", &[("about", &format!("device:{id}"))]);
    assert_eq!(remove(&house, &clerk, "/api/v1/sessions/self"), 204);
    tells(&house, "sign-out", &[("who", &who)]);
    // By page as by program.
    let mut browser = FormBrowser::from(&house, "192.0.2.10");
    browser.post("/login", "/login", &[("name", "admin"), ("password", PASSWORD)]);
    tells(&house, "sign-in", &[("who", "account:1"), ("network", "192.0.2.10/32")]);
    browser.post("/admin", "/logout", &[]);
    tells(&house, "sign-out", &[("who", "account:1")]);
    // Nothing that was typed is anywhere.
    assert!(!house.log().contains(TYPED) && !house.log().contains("eleni"));
    let mut kept = std::fs::read(house.database()).unwrap();
    kept.extend(std::fs::read(house.folder.path().join("seira.db-wal")).unwrap_or_default());
    assert!(!kept.windows(TYPED.len()).any(|window| window == TYPED.as_bytes()));
}

#[test]
fn new_08_an_administrator_reads_the_audit_of_their_own_office_by_person_kind_and_day() {
    let house = house();
    let admin = house.admin();
    let wrong = |name: &str| house.post("", "/api/v1/sessions", &json!({"name": name, "password": "μαντεψιά"})).status;
    let maria = account(&house, &admin, "maria", "admin");
    let eleni = account(&house, &admin, "eleni", "clerk");
    assert_eq!((wrong("eleni"), wrong("admin")), (401, 401));
    let shown = |token: &str, query: &str| house.page(token, &format!("/admin/audit?{query}")).text;
    let all = wait(
        || Some(shown(&admin, "")).filter(|page| page.matches("Λάθος συνθηματικό").count() == 2),
        "both are shown",
    );
    assert!(all.contains("127.0.0.1/32") && all.contains("Νέος λογαριασμός") && all.contains("Εντολή στον υπολογιστή"));
    // Whoever runs one office sees what is of that office, and nobody else's name.
    let office_admin = house.sign_in("maria", PASSWORD);
    let theirs = shown(&office_admin, "");
    assert_eq!(theirs.matches("Λάθος συνθηματικό").count(), 1, "{theirs}");
    assert!(theirs.contains("eleni") && theirs.contains("διαχειριστής όλων"), "{theirs}");
    assert!(!theirs.contains("Εντολή στον υπολογιστή"));
    // By person, kind and day.
    let one = shown(&admin, &format!("person=account:{eleni}"));
    assert_eq!(one.matches("<th scope=\"row\">").count(), 3, "made, with a password of her own, and failed: {one}");
    assert_eq!(shown(&admin, "kind=sign-in-failed").matches("<th scope=\"row\">").count(), 2);
    let signed_in = || shown(&admin, &format!("person=account:{maria}&kind=sign-in"));
    wait(|| (signed_in().matches("<th scope=\"row\">").count() == 1).then_some(()), "she signed in");
    assert!(shown(&admin, "day=2026-11-24&kind=sign-in-failed").contains("Λάθος συνθηματικό"));
    assert!(shown(&admin, "day=2026-11-23&kind=sign-in-failed").contains("Δεν έχει καταγραφεί τίποτα"));
    assert!(shown(&admin, "lang=en").contains("Wrong password"));
    // What cannot be looked for is said, and not taken for everything.
    for (hostile, status) in [
        ("day=x&person=%27&kind=%27&before=x", 400),
        ("day=-262143-01-01", 400),
        ("before=-9223372036854775808", 200),
        ("before=x", 200),
    ] {
        let page = house.page(&admin, &format!("/admin/audit?{hostile}"));
        assert_eq!(page.status, status, "{hostile}");
        assert!(status == 200 || !page.text.contains("<th scope=\"row\">"), "{hostile}");
    }
}

#[test]
fn new_08_a_burst_of_failures_is_a_few_rows_with_counts_and_a_restore_forgets_none() {
    let mut house = house();
    let admin = house.admin();
    let backup = house.folder.path().join("monday.db");
    assert!(house.run(&["backup", "--to", backup.to_str().unwrap()]).status.success());
    for nth in 0..60 {
        let guess = json!({"name": format!("{TYPED}{nth}"), "password": "μαντεψιά"}).to_string();
        house.ask("POST", "/api/v1/sessions", &[("x-forwarded-for", "192.0.2.7")], &guess);
    }
    house.stop();
    let counted = |house: &ProgramHouse| -> (u32, u32) {
        let database = rusqlite::Connection::open(house.database()).unwrap();
        let select = "SELECT count(*), coalesce(sum(count), 0) FROM audit WHERE network = '192.0.2.7/32'";
        database.query_row(select, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    let (rows, count) = counted(&house);
    assert_eq!(count, 60, "each is counted, also at a stop");
    // Unknown names, then no challenge; a minute may have ended between.
    assert!(rows <= 4, "{rows} rows");
    let restored = house.run(&["restore", "--from", backup.to_str().unwrap()]);
    assert!(restored.status.success(), "{restored:?}");
    assert_eq!(counted(&house), (rows, count));
    house.start();
    let admin_again = house.admin();
    let page = house.page(&admin_again, "/admin/audit").text;
    assert!(page.contains("Επαναφορά από αντίγραφο") && page.contains("φορές"), "{page}");
    assert_eq!(house.page(&admin, "/admin/audit").status, 303, "nobody is signed in who was so before");
}
