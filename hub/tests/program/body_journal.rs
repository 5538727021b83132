//! The body's journal is held against what follows from it, its heads are signed as the offices' are, and a backup of a broken
//! one is no backup.
//!
//! Shows NEW-14, FLD-39 and PET-02.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::{
    gates::GateScene,
    heads::{mails, wait},
    house::ProgramHouse,
    pages::FormBrowser,
};

const KEYS: &str = "body = \"body.toml\"\nalerts_to = [\"it@example.gr\"]\n";

/// A house in which somebody has submitted a request and wishes for level B, stopped.
fn house() -> ProgramHouse {
    let mut house = ProgramHouse::files_with_config(KEYS, "");
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start_at("2026-10-27T09:00:00+02:00", "1");
    let (session, _, _) = GateScene::member(&house);
    let mut browser = FormBrowser::new(&house);
    browser.keep("seira-session", &session);
    let profile = [
        ("full-name", "Μελίνα Παπαδάκη"),
        ("phone", "694 000 0000"),
        ("tax-number", "090000045"),
        ("tax-office", "Αγίου Νικολάου"),
        ("street", "Κούνδουρου 12"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ];
    assert_eq!(browser.post("/account/details", "/account/details", &profile).status, 303);
    assert_eq!(browser.post("/account/level", "/account/level", &[("wish", "yes")]).status, 303);
    house.stop();
    house
}

fn change(house: &ProgramHouse, statement: &str) {
    assert!(Connection::open(house.database()).unwrap().execute(statement, []).unwrap() > 0, "{statement}");
}

/// What is wrong once this was changed in a copy of the database.
fn told_of(house: &ProgramHouse, statement: &str) -> String {
    let kept = std::fs::read(house.database()).unwrap();
    change(house, statement);
    let said = house.verify().unwrap_err();
    std::fs::write(house.database(), kept).unwrap();
    said
}

/// What somebody does who has the database: another row, every hash anew, and what follows from it changed too.
fn rewrite(house: &ProgramHouse) {
    let database = Connection::open(house.database()).unwrap();
    let submitted = "kind = 'case-submitted'";
    let body: String =
        database.query_row(&format!("SELECT body FROM body_journal WHERE {submitted}"), [], |row| row.get(0)).unwrap();
    let changed = body.replace("\"due\":\"2026-12-16\"", "\"due\":\"2027-12-16\"");
    assert_ne!(changed, body);
    database.execute(&format!("UPDATE body_journal SET body = ?1 WHERE {submitted}"), [&changed]).unwrap();
    database.execute("UPDATE request SET state = replace(state, '2026-12-16', '2027-12-16')", []).unwrap();
    let mut select =
        database.prepare("SELECT id, at, actor, about, number, kind, body FROM body_journal ORDER BY id").unwrap();
    let mut rows = select.query([]).unwrap();
    let (mut previous, mut hashes) = ([0_u8; 32], Vec::new());
    while let Some(row) = rows.next().unwrap() {
        let mut hash = Sha256::new();
        hash.update(previous);
        hash.update(row.get::<_, i64>(1).unwrap().to_be_bytes());
        hash.update(row.get::<_, i64>(4).unwrap().to_be_bytes());
        for column in [2, 3, 5, 6] {
            let part: String = row.get(column).unwrap();
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        previous = hash.finalize().into();
        hashes.push((row.get::<_, i64>(0).unwrap(), previous));
    }
    for (id, hash) in hashes {
        database.execute("UPDATE body_journal SET hash = ?1 WHERE id = ?2", (hash.as_slice(), id)).unwrap();
    }
}

#[test]
fn new_14_whatever_is_another_than_the_body_s_journal_says_is_told() {
    let house = house();
    let said = house.verify().unwrap();
    assert!(said.contains("of the body: 3 events, 1 accounts, 1 requests"), "{said}");
    for (statement, told) in [
        ("UPDATE body_journal SET actor = 'account:9' WHERE id = 1", "the body: event 1: was changed"),
        ("DELETE FROM body_journal WHERE id = 1", "the body: event 2: was changed"),
        ("UPDATE request SET state = replace(state, 'in-hand', 'accepted')", "request 1 is otherwise"),
        ("DELETE FROM request_words WHERE request = 1", ""),
        ("UPDATE protocol_series SET last = 7", "the series of official numbers"),
        ("UPDATE account_standing SET state = replace(state, 'open', 'blocked')", "stands otherwise"),
        ("DELETE FROM account_standing", "accounts: those of which something is kept"),
    ] {
        if told.is_empty() {
            // What was written can be erased without touching the journal.
            change(&house, statement);
            house.verify().unwrap();
            continue;
        }
        let said = told_of(&house, statement);
        assert!(said.contains(told), "{statement}: {said}");
    }
    house.verify().unwrap();
}

#[test]
fn new_14_a_row_of_the_body_that_was_rewritten_is_found_by_the_line_that_was_mailed() {
    let mut house = house();
    let line = |house: &ProgramHouse| {
        let log = house.log();
        let at = log.rfind("seira-head 1 office=@body")?;
        Some(log[at..].split(['"', '\n']).next().unwrap().to_owned())
    };
    let signed = line(&house).unwrap_or_else(|| panic!("no line: {}", house.log()));
    house.start_at("2026-10-27T11:00:00+02:00", "1");
    wait(|| mails(&house).into_iter().find(|mail| mail.contains(&signed)), "and by mail");
    let admin = house.admin();
    let page = house.page(&admin, "/admin/journal").text;
    assert!(page.contains(&signed) && page.contains("Λογαριασμοί, επίπεδα και αιτήματα"), "{page}");
    house.stop();
    let verify = |house: &ProgramHouse, text: &str| {
        let done = house.run(&["verify", "--head", text]);
        (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
    };
    let (sound, said) = verify(&house, &signed);
    assert!(sound && said.contains("the body, event 3: signed by this hub"), "{said}");
    rewrite(&house);
    assert!(house.verify().is_ok(), "the forgery is whole");
    let (sound, said) = verify(&house, &signed);
    assert!(!sound && said.contains("rewritten since"), "{said}");
    // The hub sees it too, at its next start, and signs nothing of it.
    house.start_at("2026-10-28T09:00:00+02:00", "1");
    let admin = house.admin();
    let seen = || house.page(&admin, "/staff?all=1").text.contains("δεν είναι αυτό που υπογράφηκε");
    wait(|| seen().then_some(()), "staff are told");
    wait(
        || mails(&house).into_iter().find(|mail| mail.contains("λογαριασμών, επιπέδων και αιτημάτων")),
        "and it is mailed",
    );
    house.stop();
    assert_eq!(line(&house), Some(signed), "no newer line");
}

#[test]
fn fld_39_a_backup_whose_body_is_bent_is_restored_by_nobody() {
    let house = house();
    assert!(house.run(&["backup", "--to", "copy.db"]).status.success());
    let copy = house.folder.path().join("copy.db");
    let bent = house.folder.path().join("bent.db");
    std::fs::copy(&copy, &bent).unwrap();
    let changed = Connection::open(&bent).unwrap();
    changed.execute("UPDATE body_journal SET body = replace(body, '2026', '2025')", []).unwrap();
    drop(changed);
    let restored = house.run(&["restore", "--from", "bent.db"]);
    let said = String::from_utf8(restored.stderr).unwrap();
    assert!(!restored.status.success() && said.contains("the backup is not sound; nothing was changed"), "{said}");
    // The database goes on by itself, and the sound backup leads back to where it was.
    change(&house, "UPDATE request SET state = replace(state, 'in-hand', 'accepted')");
    assert!(house.run(&["backup", "--to", "second.db"]).status.code() != Some(0), "what is bent is not backed up");
    assert!(house.run(&["restore", "--from", "copy.db"]).status.success());
    assert!(house.verify().unwrap().contains("1 requests"));
}
