//! Signed heads of journals: whoever rewrites what happened long ago is found out by a line of last month's mail, also with
//! the key (NEW-14).

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::house::ProgramHouse;

const KEYS: &str = "alerts_to = [\"it@example.gr\", \"boss@example.gr\"]\njournal_key = \"elsewhere/key.pem\"\n";

fn house() -> ProgramHouse {
    let house = ProgramHouse::files_with_config(KEYS, "");
    fs::create_dir(house.folder.path().join("elsewhere")).unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house
}

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

/// The mails to administrators so far, unfolded.
pub fn mails(house: &ProgramHouse) -> Vec<String> {
    let Ok(folder) = fs::read_dir(house.folder.path().join("mail")) else { return Vec::new() };
    let names = folder.map(|entry| entry.unwrap().path()).filter(|path| path.to_string_lossy().ends_with("-alert.eml"));
    let mut names: Vec<_> = names.collect();
    names.sort();
    names.iter().map(|name| body(name)).collect()
}

fn body(path: &Path) -> String {
    let mail = fs::read_to_string(path).unwrap();
    let (head, body) = mail.split_once("\r\n\r\n").unwrap();
    let body = if head.contains("quoted-printable") {
        let soft = body.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = soft.as_bytes();
        while let Some((first, more)) = rest.split_first() {
            match (*first, more.get(..2)) {
                (b'=', Some(hex)) => {
                    bytes.push(u8::from_str_radix(std::str::from_utf8(hex).unwrap(), 16).unwrap());
                    rest = &more[2..];
                }
                (byte, _) => {
                    bytes.push(byte);
                    rest = more;
                }
            }
        }
        String::from_utf8(bytes).unwrap()
    } else if head.contains("base64") {
        use base64::{Engine, engine::general_purpose::STANDARD};
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap()
    } else {
        body.to_owned()
    };
    format!("{head}\n\n{body}")
}

fn line_in(text: &str) -> String {
    let at = text.find("seira-head 1").unwrap_or_else(|| panic!("no line: {text}"));
    text[at..].lines().next().unwrap().trim().to_owned()
}

/// A day with some events, ended by a stop; the line that was mailed of it.
fn a_day(house: &mut ProgramHouse, at: &str) {
    house.start_at(at, "1");
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    for _ in 0..3 {
        house.ticket(&kiosk).ok();
    }
    house.stop();
}

/// What somebody does who has the database: another row, and every hash anew.
fn rewrite(house: &ProgramHouse) {
    let database = Connection::open(house.database()).unwrap();
    let (row, body): (i64, String) = database
        .query_row("SELECT id, body FROM journal WHERE kind = 'ticket-taken' ORDER BY id LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    let changed = body.replace("\"persons\":1", "\"persons\":2");
    assert_ne!(changed, body);
    database.execute("UPDATE journal SET body = ?1 WHERE id = ?2", (&changed, row)).unwrap();
    let mut select = database
        .prepare("SELECT id, office, seq, at, actor, command, kind, body FROM journal ORDER BY office, seq")
        .unwrap();
    let mut rows = select.query([]).unwrap();
    let mut previous = [0_u8; 32];
    let mut hashes = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        let mut hash = Sha256::new();
        let command: Option<Vec<u8>> = row.get(5).unwrap();
        hash.update(previous);
        hash.update(row.get::<_, u32>(1).unwrap().to_be_bytes());
        hash.update(row.get::<_, i64>(2).unwrap().to_be_bytes());
        hash.update(row.get::<_, i64>(3).unwrap().to_be_bytes());
        for part in [
            row.get::<_, String>(4).unwrap().into_bytes(),
            command.unwrap_or_default(),
            row.get::<_, String>(6).unwrap().into_bytes(),
            row.get::<_, String>(7).unwrap().into_bytes(),
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(&part);
        }
        previous = hash.finalize().into();
        hashes.push((row.get::<_, i64>(0).unwrap(), previous));
    }
    for (id, hash) in hashes {
        database.execute("UPDATE journal SET hash = ?1 WHERE id = ?2", (hash.as_slice(), id)).unwrap();
    }
    // The snapshots are of the journal as it was.
    database.execute("DELETE FROM snapshot", []).unwrap();
}

#[test]
fn new_14_a_year_old_row_that_was_rewritten_and_signed_anew_is_found_by_last_months_line() {
    let mut house = house();
    a_day(&mut house, "2025-11-24T09:00:00+02:00");
    // A month ago, and the line of that day out of the mail.
    a_day(&mut house, "2026-10-27T09:00:00+02:00");
    house.start_at("2026-10-27T11:00:00+02:00", "1");
    let mail = wait(|| mails(&house).into_iter().rfind(|mail| mail.contains("day=2026-10-27")), "the mail of the day");
    assert!(mail.contains("it@example.gr") || mail.contains("boss@example.gr"), "{mail}");
    let last_month = line_in(&mail);
    let admin = house.admin();
    let page = house.page(&admin, "/admin/journal").text;
    assert!(page.contains(&last_month), "the page has it too: {page}");
    house.stop();
    assert!(house.log().contains(&last_month), "and the log");
    let verify = |text: &str| {
        let done = house.run(&["verify", "--head", text]);
        (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
    };
    let (sound, said) = verify(&last_month);
    assert!(sound && said.contains("signed by this hub, and the journal still has it"), "{said}");
    let (sound, said) = verify(&mail);
    assert!(sound, "a whole mail: {said}");
    let (sound, said) = verify(&last_month.replace("event=", "event=1"));
    assert!(!sound && said.contains("signature is wrong"), "{said}");
    let (sound, said) = verify("nothing");
    assert!(!sound && said.contains("no line of a signed head"), "{said}");
    // Somebody has the database and the key: they rewrite, hash, and sign anew.
    rewrite(&house);
    Connection::open(house.database()).unwrap().execute("DELETE FROM journal_head", []).unwrap();
    house.start_at("2026-11-24T09:00:00+02:00", "1");
    house.stop();
    let today = line_in(&house.log().lines().rfind(|line| line.contains("day=2026-11-24")).unwrap().replace('"', "\n"));
    let verify = |text: &str| {
        let done = house.run(&["verify", "--head", text]);
        (done.status.success(), String::from_utf8([done.stdout, done.stderr].concat()).unwrap())
    };
    let (sound, said) = verify(&today);
    assert!(said.contains("signed by this hub, and the journal still has it"), "the forgery is whole: {sound} {said}");
    let (sound, said) = verify(&last_month);
    assert!(!sound && said.contains("rewritten"), "{said}");
}

#[test]
fn new_14_a_journal_that_is_another_than_was_signed_is_told_of_at_the_start() {
    let mut house = house();
    a_day(&mut house, "2026-11-23T09:00:00+02:00");
    rewrite(&house);
    house.start_at("2026-11-24T09:00:00+02:00", "1");
    let told = |house: &ProgramHouse| mails(house).into_iter().filter(|mail| mail.contains("hub verify.")).count();
    wait(|| (told(&house) == 2).then_some(()), "both administrators are warned");
    let admin = house.admin();
    assert!(house.page(&admin, "/staff?all=1").text.contains("δεν είναι αυτό που υπογράφηκε"));
    // Once a day is enough.
    house.stop();
    house.start_at("2026-11-24T10:00:00+02:00", "1");
    let admin = house.admin();
    wait(|| house.page(&admin, "/staff?all=1").text.contains("δεν είναι αυτό που υπογράφηκε").then_some(()), "again");
    assert_eq!(told(&house), 2);
}

#[test]
fn new_14_the_key_is_nobody_elses_and_a_head_is_signed_each_morning() {
    use std::os::unix::fs::PermissionsExt;
    let mut house = house();
    house.start_at("2026-11-24T05:59:00+02:00", "60");
    let key = house.folder.path().join("elsewhere/key.pem");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let mail = wait(|| mails(&house).pop(), "the morning's mail");
    let line = line_in(&mail);
    assert!(line.contains("day=2026-11-24") && mail.contains("hub verify --head"), "{mail}");
    assert!(mail.contains("Κρατήστε") && mail.contains("Keep the lines"), "{mail}");
    let admin = house.admin();
    assert!(house.page(&admin, "/admin/journal?lang=en").text.contains(&line));
    house.employ(&admin, "eleni", "clerk", Some("kep"), crate::house::PASSWORD);
    let eleni = house.sign_in("eleni", crate::house::PASSWORD);
    assert_eq!(house.page(&eleni, "/admin/journal").status, 403);
}
