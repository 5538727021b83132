//! What the hub tells systemd: that it is ready once it listens, that its loop goes round, that it stops.

use std::{fs, os::unix::net::UnixDatagram, path::Path, time::Duration};

use crate::house::ProgramHouse;

/// The longest that a word is waited for; a test on a busy machine is slow, and no wrong.
const PATIENCE: Duration = Duration::from_secs(60);

fn ear(path: &Path) -> UnixDatagram {
    let ear = UnixDatagram::bind(path).unwrap();
    ear.set_read_timeout(Some(PATIENCE)).unwrap();
    ear
}

fn word(ear: &UnixDatagram) -> String {
    let mut bytes = [0; 256];
    let count = ear.recv(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes[..count]).trim().to_owned()
}

#[test]
fn new_09_the_hub_says_that_it_is_ready_alive_and_stopping() {
    let mut house = ProgramHouse::files();
    let socket = house.folder.path().join("notify");
    let ear = ear(&socket);
    house.start_watched(&socket, 300_000);
    assert_eq!(word(&ear), "READY=1");
    for _ in 0..3 {
        assert_eq!(word(&ear), "WATCHDOG=1");
    }
    house.stop();
    let mut last = word(&ear);
    while last == "WATCHDOG=1" {
        last = word(&ear);
    }
    assert_eq!(last, "STOPPING=1");
    fs::remove_file(socket).unwrap();
}
