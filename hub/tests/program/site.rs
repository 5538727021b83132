//! The hub's file as a site's description makes it, in the steps of the printed sheet, is one that the hub takes.
//!
//! Shows NEW-09.

use std::{fs, process::Command};

use firmware_config::{render::render, site::Site};

use crate::house::{KEP, PROGRAM};

#[test]
fn new_09_the_file_that_a_site_gives_the_hub_is_taken_with_the_certificate_of_the_sheet() {
    let site = Site::read(include_str!("../../../firmware-config/samples/site.toml")).unwrap();
    let hub = render(&site).into_iter().find(|machine| machine.id == "seira-hub").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let etc = folder.path().display().to_string();
    let file = hub.files.iter().find(|file| file.path == "/etc/seira/hub.toml").unwrap();
    let text = file.text.replace("/etc/seira", &etc).replace("/var/lib/seira/hub", &etc);
    fs::write(folder.path().join("hub.toml"), text).unwrap();
    fs::write(folder.path().join("kep.toml"), KEP.replace("emblem = \"emblem.svg\"", "")).unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(PROGRAM).args(arguments).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(hub.sheet.contains("seira-hub make-ca --folder /etc/seira/tls --name seira.lan"));
    run(&["make-ca", "--folder", "tls", "--name", "seira.lan"]);
    assert!(run(&["check-config", "--config", "hub.toml"]).starts_with("1 office(s)"));
    run(&["create-admin", "--config", "hub.toml", "--name", "admin"]);
}
