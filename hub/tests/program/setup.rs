//! From a fresh package to a hub that can be started, in one command that asks nothing.
//!
//! Shows NEW-09.

use std::{fs, process::Command};

use crate::house::PROGRAM;

#[test]
fn new_09_one_command_sets_a_hub_up_and_asks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let own = |name: &str| folder.path().join(name).display().to_string();
    let run = |arguments: &[&str]| Command::new(PROGRAM).args(arguments).output().unwrap();
    let (etc, state) = (own("etc"), own("state"));
    let setup = ["setup", "--host", "seira.lan", "--folder", &etc, "--state", &state, "--user", "nobody-of-this-name"];
    let done = run(&setup);
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(said.contains("admin sets the password at https://seira.lan/"), "{said}");
    assert!(said.contains("systemctl enable --now seira-hub"), "{said}");
    let config = own("etc/hub.toml");
    let checked = run(&["check-config", "--config", &config]);
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "1 office(s), nothing wrong\n");
    assert!(fs::metadata(own("state/seira.db")).is_ok() && fs::metadata(own("etc/tls/ca.pem")).is_ok());
    let again = run(&setup);
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already: this hub has been set up"));
}
