//! The script by which a machine brings itself up to date, run as it is among programs that play apt and systemd.
//!
//! Shows NEW-09.

#![expect(clippy::unwrap_used, reason = "a test")]

use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf, process::Command};

use firmware_config::{render::render, site::Site};
use tempfile::TempDir;

/// What each of those programs is: one script that goes by its name, and keeps the scene in files.
const PLAYED: &str = r#"#!/bin/sh
name=$(basename "$0")
echo "$name $*" >>"$SCENE/log"
case "$name $*" in
"apt-get"*" update"*) [ ! -e "$SCENE/away" ] ;;
"apt-get"*" download "*)
  for last; do :; done
  [ ! -e "$SCENE/gone" ] && touch "${last%%=*}_${last#*=}_amd64.deb" ;;
"apt-get"*" install "*)
  for last; do :; done
  case $last in
  */*_*) last=${last##*/}; last=${last#*_}; echo "${last%%_*}" >"$SCENE/installed" ;;
  *) echo "${last#*=}" >"$SCENE/installed" ;;
  esac ;;
"apt-cache policy "*) printf 'seira-kiosk:\n  Installed: %s\n  Candidate: %s\n' "$(cat "$SCENE/installed")" "$(cat "$SCENE/next")" ;;
"dpkg-query "*) cat "$SCENE/installed" ;;
"systemctl restart "*) [ "$(cat "$SCENE/installed")" != "$(cat "$SCENE/dead" 2>/dev/null)" ] ;;
"systemctl is-active "*) [ "$(cat "$SCENE/installed")" != "$(cat "$SCENE/dies" 2>/dev/null)" ] ;;
"systemctl show "*)
  # One that begins anew all the time is counted once more at each look.
  [ "$(cat "$SCENE/installed")" = "$(cat "$SCENE/falters" 2>/dev/null)" ] && echo x >>"$SCENE/starts"
  grep -c x "$SCENE/starts" ;;
"findmnt "*) cat "$SCENE/root" ;;
esac
"#;

/// A machine at night.
struct UpdateScene {
    folder: TempDir,
    script: PathBuf,
}

impl UpdateScene {
    /// Version 1.0 is there and 1.1 in the repository, with what else is so.
    fn new(so: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("bin")).unwrap();
        for name in
            ["apt-get", "apt-cache", "dpkg-query", "systemctl", "findmnt", "overlayroot-chroot", "sleep", "sync"]
        {
            let path = folder.path().join("bin").join(name);
            fs::write(&path, PLAYED).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for (name, text) in [("installed", "1.0"), ("next", "1.1"), ("root", "ext4"), ("starts", "x")].iter().chain(so)
        {
            fs::write(folder.path().join(name), format!("{text}\n")).unwrap();
        }
        let site = include_str!("../samples/site.toml").replace("hub_url", "updates = \"03:00\"\nhub_url");
        let machines = render(&Site::read(&site).unwrap());
        let mut files = machines.iter().flat_map(|machine| &machine.files);
        let text = files.find(|file| file.path == "/etc/seira/update.sh").unwrap().text.clone();
        let script = folder.path().join("update.sh");
        fs::write(&script, text).unwrap();
        Self { folder, script }
    }

    /// One night: whether the script was content, and what it said last.
    fn night(&self) -> (bool, String) {
        fs::write(self.folder.path().join("log"), "").unwrap();
        let path = format!("{}:/usr/bin:/bin", self.folder.path().join("bin").display());
        let mut command = Command::new("sh");
        command.arg(&self.script).arg("seira-kiosk").env_clear().env("PATH", path).env("SCENE", self.folder.path());
        let output = command.env("SEIRA_UPDATE_STATE", self.folder.path().join("state")).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), said.lines().last().unwrap_or_default().to_owned())
    }

    fn installed(&self) -> String {
        fs::read_to_string(self.folder.path().join("installed")).unwrap().trim().to_owned()
    }

    fn has_done(&self, what: &str) -> bool {
        fs::read_to_string(self.folder.path().join("log")).unwrap().contains(what)
    }
}

#[test]
fn new_09_a_newer_version_that_works_stays() {
    let scene = UpdateScene::new(&[]);
    assert_eq!(scene.night(), (true, "seira-update: seira-kiosk 1.1 works".to_owned()));
    assert_eq!(scene.installed(), "1.1");
    assert!(scene.has_done("systemctl restart seira-kiosk.service"));
    assert_eq!(scene.night(), (true, String::new()), "there is nothing newer");
    assert!(!scene.has_done("restart"));
}

#[test]
fn new_09_a_newer_version_that_does_not_work_is_taken_back_and_not_tried_again() {
    for what in ["dead", "dies", "falters"] {
        let scene = UpdateScene::new(&[(what, "1.1")]);
        let back = "seira-update: seira-kiosk 1.1 does not work: back to 1.0".to_owned();
        assert_eq!(scene.night(), (false, back), "{what}");
        assert_eq!(scene.installed(), "1.0", "{what}");
        let (is_content, said) = scene.night();
        assert!(is_content && said.contains("did not work here before"), "{what}: {said}");
        assert!(!scene.has_done("install") && !scene.has_done("restart"), "{what}");
        fs::write(scene.folder.path().join("next"), "1.2\n").unwrap();
        assert_eq!(scene.night(), (true, "seira-update: seira-kiosk 1.2 works".to_owned()), "{what}");
    }
}

#[test]
fn new_09_without_a_way_back_nothing_is_tried() {
    for (what, said) in [("away", "cannot be read"), ("gone", "is in the repository no more")] {
        let scene = UpdateScene::new(&[(what, "")]);
        let (is_content, last) = scene.night();
        assert!(!is_content && last.contains(said), "{last}");
        assert_eq!(scene.installed(), "1.0");
        assert!(!scene.has_done(" install "));
    }
}

#[test]
fn new_09_on_a_disk_that_is_only_read_what_works_is_kept_below_and_what_does_not_is_forgotten_by_a_start() {
    let scene = UpdateScene::new(&[("root", "overlay")]);
    assert!(scene.night().0);
    assert!(scene.has_done("overlayroot-chroot sh -c") && !scene.has_done("reboot"));
    let scene = UpdateScene::new(&[("root", "overlay"), ("dead", "1.1")]);
    assert!(!scene.night().0);
    assert!(scene.has_done("systemctl reboot") && !scene.has_done("overlayroot-chroot"));
}
