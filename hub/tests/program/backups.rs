//! Backups on a schedule: kept by number, encrypted to a key that the hub does not hold, opened again, and drilled.
//!
//! Shows FLD-39.

use std::{fs, path::Path, process::Command};

use crate::house::ProgramHouse;

fn backups(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn said(house: &ProgramHouse, arguments: &[&str]) -> Result<String, String> {
    let output = house.run(arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
}

#[test]
fn fld_39_a_backup_a_night_is_encrypted_drilled_and_restored_on_a_second_machine() {
    let house = ProgramHouse::new();
    let own = |name: &str| house.folder.path().join(name).display().to_string();
    let made = Command::new("age-keygen").args(["--output", &own("key")]).output().expect("age-keygen");
    assert!(made.status.success(), "{made:?}");
    let public = Command::new("age-keygen").args(["-y", &own("key")]).output().unwrap().stdout;
    fs::write(own("recipients"), public).unwrap();
    // The hub runs meanwhile.
    let schedule = ["backup", "--into", &own("copies"), "--keep", "2", "--recipients-file", &own("recipients")];
    let written = said(&house, &schedule).unwrap();
    assert!(written.starts_with("written: ") && written.trim().ends_with(".tar.age"), "{written}");
    let file = Path::new(written.trim().trim_start_matches("written: ")).to_owned();
    assert!(fs::read(&file).unwrap().starts_with(b"age-encryption.org/v1"));
    assert_eq!(backups(Path::new(&own("copies"))).len(), 1);
    assert!(!house.folder.path().join(".backup").exists(), "nothing that can be read is left beside the database");

    // Without the key nobody reads it; with it the drill says that it can be restored, and when the last one was.
    assert!(said(&house, &["drill"]).unwrap().contains("no drill was done before"));
    let without = said(&house, &["drill", "--from", &own("copies")]).unwrap_err();
    assert!(without.contains("--identity-file"), "{without}");
    let with = ["drill", "--from", &own("copies"), "--identity-file", &own("key")];
    let drilled = said(&house, &with).unwrap();
    assert!(drilled.starts_with("the backup can be restored: 1 office(s)"), "{drilled}");
    assert!(said(&house, &["drill"]).unwrap().contains("the last drill was 0 day(s) ago"));
    assert!(!house.folder.path().join(".drill").exists() && !house.folder.path().join(".unpacked").exists());

    // A second machine, which has nothing but the backup and the key.
    let second = ProgramHouse::files();
    let from = ["restore", "--from", file.to_str().unwrap(), "--identity-file", &own("key")];
    let restored = said(&second, &from).unwrap();
    assert!(restored.starts_with("restored: 1 office(s)"), "{restored}");
    second.verify().unwrap();

    let wrong = Command::new("age-keygen").args(["--output", &own("other")]).output().unwrap();
    assert!(wrong.status.success());
    let refused = said(&second, &["restore", "--from", file.to_str().unwrap(), "--identity-file", &own("other")]);
    assert!(refused.unwrap_err().contains("is not for the key"));
}

#[test]
fn fld_39_old_backups_make_room_and_half_ones_are_none() {
    let house = ProgramHouse::new();
    let copies = house.folder.path().join("copies");
    fs::create_dir(&copies).unwrap();
    for old in ["seira-20260101-020000", "seira-20260102-020000", "seira-20260103-020000"] {
        fs::create_dir(copies.join(old)).unwrap();
    }
    fs::write(copies.join("letters.txt"), "somebody else's").unwrap();
    let into = copies.display().to_string();
    let written = said(&house, &["backup", "--into", &into, "--keep", "2"]).unwrap();
    let names = backups(&copies);
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(names.contains(&"letters.txt".to_owned()) && names.contains(&"seira-20260103-020000".to_owned()));
    let newest = written.trim().trim_start_matches("written: ").to_owned();
    assert!(said(&house, &["drill", "--from", &newest]).unwrap().contains("can be restored"));
}
