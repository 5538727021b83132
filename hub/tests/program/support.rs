//! What is handed to whoever helps from afar: enough to help, no secret, and nothing of a person.

use std::{fs, process::Command};

use crate::house::ProgramHouse;

#[test]
fn new_08_a_bundle_for_helpers_says_how_the_hub_is_and_nothing_of_anybody() {
    let house = ProgramHouse::with_config("alerts_to = [\"anna.papadopoulou@example.gr\"]\n", "");
    let to = house.folder.path().join("support.tar.gz");
    let made = house.run(&["support-bundle", "--to", to.to_str().unwrap()]);
    assert!(made.status.success(), "{made:?}");
    let unpacked = tempfile::tempdir().unwrap();
    let tar = Command::new("tar").args(["--extract", "--file"]).arg(&to).current_dir(unpacked.path()).status().unwrap();
    assert!(tar.success());
    let mut whole = String::new();
    for entry in fs::read_dir(unpacked.path()).unwrap() {
        whole += &fs::read_to_string(entry.unwrap().path()).unwrap();
    }
    for told in ["seira-hub 0.", "kernel ", "bytes free of", "sound: 1 office(s)", "listen = "] {
        assert!(whole.contains(told), "{told} is not in {whole}");
    }
    let password = fs::read_to_string(house.folder.path().join("password")).unwrap();
    for hidden in ["papadopoulou", password.trim()] {
        assert!(!whole.contains(hidden), "{hidden} is in {whole}");
    }
    let again = house.run(&["support-bundle", "--to", to.to_str().unwrap()]);
    assert!(!again.status.success(), "what is there already is not written over");
}
