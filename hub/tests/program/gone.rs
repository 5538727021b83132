//! What is gone stays gone: a restore brings back no shut account, no device that was shut out, nobody who was erased
//! (FLD-39).

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use serde_json::json;

use crate::house::{PASSWORD, ProgramHouse, fresh_id};

pub fn wait(mut until: impl FnMut() -> bool, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !until() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn in_database<T: rusqlite::types::FromSql>(house: &ProgramHouse, select: &str) -> T {
    rusqlite::Connection::open(house.database()).unwrap().query_row(select, [], |row| row.get(0)).unwrap()
}

/// Lets the configuration name a second place.
fn name_second(house: &ProgramHouse, second: &Path) {
    let file = house.folder.path().join("hub.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("tombstones = {:?}\n{text}", second.to_str().unwrap())).unwrap();
}

/// An administrator presses a button on a page.
fn press(house: &ProgramHouse, admin: &str, page: &str, path: &str, fields: &str) -> u16 {
    let cookie = format!("seira-session={admin}");
    let shown = house.ask("GET", page, &[("cookie", &cookie)], "").text;
    let csrf = shown.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    house.ask("POST", path, &headers, &format!("csrf={csrf}&{fields}")).status
}

/// The office's people before and after the backup: an account that is shut, a device that is shut out, a citizen who is
/// erased, each after it; and one of each that stays.
struct GoneStory {
    house: ProgramHouse,
    second: tempfile::TempDir,
    backups: tempfile::TempDir,
    admin: String,
    gone: (String, String),
    kept: String,
}

impl GoneStory {
    fn told() -> Self {
        let (second, backups) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut house = ProgramHouse::files();
        name_second(&house, &second.path().join("list"));
        assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
        house.start();
        let admin = house.admin();
        for name in ["eleni", "nikos"] {
            house.employ(&admin, name, "clerk", Some("kep"), PASSWORD);
        }
        let ((gone, gone_id), (kept, _)) = (house.pair(&admin, "kiosk"), house.pair(&admin, "kiosk"));
        let slots = house.get("", "/api/v1/offices/kep/slots?service=driving-licence&from=2026-11-25&days=2").ok();
        for (nth, name) in ["Μαρία", "Σοφία"].iter().enumerate() {
            let wish = json!({"service": "driving-licence", "start": slots["slots"][nth * 5]["start"], "name": name,
                "email": format!("{nth}@example.gr")});
            house.post_as(&admin, &fresh_id(), "/api/v1/offices/kep/bookings", &wish).ok();
        }
        // A document that each of them has sent: its file, and the row that names it.
        fs::create_dir(house.folder.path().join("uploads")).unwrap();
        house.stop();
        let database = rusqlite::Connection::open(house.database()).unwrap();
        for (byte, name) in [(1_u8, "Μαρία"), (2, "Σοφία")] {
            let id = uuid::Uuid::from_bytes([byte; 16]);
            fs::write(house.folder.path().join("uploads").join(id.simple().to_string()), name).unwrap();
            let insert = "INSERT INTO upload(id, person, name, kind, bytes, at) \
                          SELECT ?1, id, 'a.pdf', 'application/pdf', 8, created_at FROM people WHERE name = ?2";
            assert_eq!(database.execute(insert, (id.as_bytes().as_slice(), name)).unwrap(), 1);
        }
        drop(database);
        house.start();
        let admin = house.admin();
        let story = Self { house, second, backups, admin, gone: (gone, gone_id), kept };
        assert!(story.backup("monday.db"));
        story
    }

    fn backup(&self, name: &str) -> bool {
        let to = self.backups.path().join(name);
        let made = self.house.run(&["backup", "--to", to.to_str().unwrap()]);
        assert!(made.status.success(), "{made:?}");
        to.exists()
    }

    /// Afterwards.
    fn go(&self) {
        let (house, admin) = (&self.house, self.admin.as_str());
        let accounts = house.get(admin, "/api/v1/accounts").ok();
        let eleni =
            accounts.as_array().unwrap().iter().find(|account| account["name"] == "eleni").unwrap()["id"].clone();
        let bearer = format!("Bearer {admin}");
        for path in [format!("/api/v1/accounts/{eleni}"), format!("/api/v1/devices/{}", self.gone.1)] {
            let answer = house.ask("DELETE", &path, &[("authorization", &bearer)], "");
            assert!(answer.status < 300, "{answer:?}");
        }
        let id: Vec<u8> = in_database(house, "SELECT id FROM people WHERE name = 'Μαρία'");
        let person = uuid::Uuid::from_slice(&id).unwrap();
        let pressed = press(house, admin, "/admin/people", "/admin/people/erase", &format!("person={person}&sure=yes"));
        assert!(pressed < 400, "{pressed}");
        let erased = "SELECT count(*) FROM people WHERE name = 'Μαρία'";
        wait(|| in_database::<i64>(house, erased) == 0, "Μαρία is erased");
    }

    fn from(&self) -> String {
        self.backups.path().join("monday.db").to_str().unwrap().to_owned()
    }
}

/// Nobody of those is there who is gone, and everybody else is.
fn is_as_it_should(house: &ProgramHouse, story: &GoneStory) {
    let sign_in = |name: &str| house.post("", "/api/v1/sessions", &json!({"name": name, "password": PASSWORD})).status;
    assert_eq!((sign_in("nikos"), sign_in("admin")), (200, 200));
    assert_ne!(sign_in("eleni"), 200, "a shut account came back");
    assert_eq!(house.ticket(&story.kept).status, 200);
    assert_eq!(house.ticket(&story.gone.0).status, 401, "a device that was shut out came back");
    assert_eq!(house.get(&story.admin, "/api/v1/accounts").status, 401, "a session of before goes on");
    let names: String = in_database(house, "SELECT group_concat(name) FROM people WHERE name IS NOT NULL");
    assert_eq!(names, "Σοφία");
    assert_eq!(in_database::<i64>(house, "SELECT count(*) FROM address WHERE email = '0@example.gr'"), 0);
    let kept = house.folder.path().join("uploads").join("02".repeat(16));
    assert_eq!(fs::read_to_string(kept).unwrap(), "Σοφία", "what citizens sent is in the backup");
    assert!(!house.folder.path().join("uploads").join("01".repeat(16)).exists(), "a document of somebody erased");
}

#[test]
fn fld_39_an_older_backup_on_a_new_machine_revives_nobody() {
    let story = GoneStory::told();
    story.go();
    // The second place knows before anybody makes another backup.
    let list = story.second.path().join("list");
    wait(
        || {
            fs::read_to_string(&list)
                .is_ok_and(|text| ["person", "account", "device"].iter().all(|one| text.contains(one)))
        },
        "the list",
    );
    let text = fs::read_to_string(&list).unwrap();
    assert!(!text.contains("eleni") && !text.contains("example.gr") && !text.contains("Μαρία"), "{text}");
    let mut new = ProgramHouse::files();
    name_second(&new, &list);
    let done = new.run(&["restore", "--from", &story.from()]);
    let said = String::from_utf8(done.stdout.clone()).unwrap();
    assert!(done.status.success() && said.contains("3 were erased or shut out since"), "{done:?}");
    new.start();
    is_as_it_should(&new, &story);
    new.stop();
    new.verify().unwrap();
}

#[test]
fn fld_39_the_list_beside_the_backups_and_the_database_that_is_there_say_it_too() {
    let mut story = GoneStory::told();
    story.go();
    // Without the second place: a later backup in the same folder left its list there.
    assert!(story.backup("tuesday.db"));
    let mut new = ProgramHouse::files();
    assert!(new.run(&["restore", "--from", &story.from()]).status.success());
    new.start();
    is_as_it_should(&new, &story);
    new.stop();
    // Nor that: the database that is put aside knows.
    fs::remove_file(story.backups.path().join("seira.tombstones")).unwrap();
    fs::remove_file(story.second.path().join("list")).unwrap();
    story.house.stop();
    let refused = story.house.run(&["restore", "--from", &story.from()]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && said.contains("they would come back"), "{said}");
    let file = story.house.folder.path().join("hub.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.lines().filter(|line| !line.starts_with("tombstones")).collect::<Vec<_>>().join("\n"))
        .unwrap();
    assert!(story.house.run(&["restore", "--from", &story.from()]).status.success());
    story.house.start();
    is_as_it_should(&story.house, &story);
    // What was put aside is swept, weeks later.
    let aside = |house: &ProgramHouse| {
        let files =
            fs::read_dir(house.folder.path()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        files.filter(|name| name.contains(".before-")).count()
    };
    assert!(aside(&story.house) > 0);
    story.house.stop();
    story.house.start_at("2099-01-05T09:00:00+02:00", "1");
    wait(|| aside(&story.house) == 0, "copies of before are swept");
}
