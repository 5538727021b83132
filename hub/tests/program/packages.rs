//! The repository of packages that the hub serves to its house.
//!
//! Shows NEW-09.

use std::fs;

use crate::{house::ProgramHouse, http};

#[test]
fn new_09_devices_read_the_houses_packages_and_nothing_beside_them() {
    let mut house = ProgramHouse::files_with_config("[packages]\nfolder = \"packages\"\n", "");
    house.start();
    let get = |path: &str| http::ask_bytes(&house.address, "GET", path, &[], b"");
    assert_eq!(get("/packages/InRelease").status, 404, "nobody has put any there yet");
    let folder = house.folder.path().join("packages");
    fs::create_dir(&folder).unwrap();
    // Longer than several pieces.
    let package: String = (0..60_000).map(|n| format!("{n} ")).collect();
    let name = "seira-kiosk_1.0~rc1+b2_amd64.deb";
    for (name, text) in [("InRelease", "signed"), (name, package.as_str()), (".hidden", "no")] {
        fs::write(folder.join(name), text).unwrap();
    }
    // As apt asks for a flat repository, and as people do.
    for path in ["/packages/./InRelease", "/packages/InRelease"] {
        let answer = get(path);
        assert_eq!((answer.status, answer.text.as_str()), (200, "signed"), "{path}");
        assert!(answer.headers.to_lowercase().contains("content-length: 6\r\n"), "{}", answer.headers);
    }
    let answer = get(&format!("/packages/{name}"));
    assert!(answer.status == 200 && answer.text == package, "{} bytes", answer.text.len());
    for path in [
        "/packages/",
        "/packages/.hidden",
        "/packages/../hub.toml",
        "/packages/%2e%2e/hub.toml",
        "/packages/..%2fhub.toml",
        "/packages//etc/passwd",
        "/packages/nothing.deb",
    ] {
        assert_eq!(get(path).status, 404, "{path}");
    }
    assert_ne!(http::ask(&house.address, "POST", "/packages/InRelease", &[], b"").status, 200);
    drop(house);
    let house = ProgramHouse::new();
    assert_eq!(house.get("", "/packages/InRelease").status, 404, "a hub without a repository has no such page");
}
