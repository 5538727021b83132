//! What somebody would try who reads the sources first: files of others on the machine, addresses made to break, sessions
//! that should have ended.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use ::paths::Route;
use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    http,
    pages::FormBrowser,
};

/// Every file and folder within a folder.
fn within(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(within(&path));
        }
        all.push(path);
    }
    all
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn new_11_nobody_else_on_the_machine_reads_what_the_hub_writes() {
    let mut house = ProgramHouse::files();
    let given: Vec<PathBuf> = within(house.folder.path());
    // As an older hub, or the administrator, left them.
    let uploads = house.folder.path().join("uploads");
    let sent = uploads.join("0123");
    fs::create_dir(&uploads).unwrap();
    fs::write(&sent, "an identity card").unwrap();
    set_mode(&sent, 0o644);
    set_mode(&uploads, 0o755);
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    house.ticket(&kiosk).ok();
    assert!(house.run(&["backup", "--to", "copy.db"]).status.success());
    let made = |house: &ProgramHouse| -> Vec<PathBuf> {
        within(house.folder.path()).into_iter().filter(|path| !given.contains(path)).collect()
    };
    let names = |paths: &[PathBuf]| -> Vec<String> {
        paths.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
    };
    let first = made(&house);
    for name in ["seira.db", "seira.db-wal", "seira.db-shm", "seira.db.lock", "mail", "uploads", "0123", "copy.db"] {
        assert!(names(&first).iter().any(|one| one == name), "{name} of {first:?}");
    }
    for path in &first {
        assert_eq!(mode(path) & 0o077, 0, "{} is {:o}", path.display(), mode(path));
    }
    // What was opened to others meanwhile is closed at the next start; a backup, with its list, is the administrator's.
    let is_own = |path: &&PathBuf| !path.ends_with("copy.db") && !path.ends_with("seira.tombstones");
    house.stop();
    for path in made(&house).iter().filter(|path| path.is_file()).filter(is_own) {
        set_mode(path, 0o644);
    }
    house.start();
    for path in made(&house).iter().filter(is_own) {
        assert_eq!(mode(path) & 0o077, 0, "{} is {:o}", path.display(), mode(path));
    }
}

/// Parts of a path as somebody writes them who means harm; they are written for a line of HTTP already.
const HOSTILE: [&str; 12] = [
    "%0a",
    "%0d%0aset-cookie:%20a=b",
    "%00",
    "%2f%2fexample.org",
    "%5c%5cexample.org",
    "https:%2f%2fexample.org",
    "..",
    "%2e%2e",
    "%3fa=b%23c",
    "%ff",
    "%7breference%7d",
    "%ce%ba%ce%b5%cf%80",
];

#[test]
fn new_11_no_address_breaks_a_page_or_leads_elsewhere() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let signed_in = browser.post("/login", "/login", &[("name", "admin"), ("password", PASSWORD)]);
    assert_eq!(signed_in.status, 303);
    let cookies = browser.cookies();
    let mut redirects = 0;
    for pattern in Route::ALL.iter().map(|route| route.pattern()).filter(|pattern| pattern.contains('{')) {
        for hostile in HOSTILE {
            // The office as it is, so that what is behind it is looked at, and hostile too; numbers as numbers.
            for (office, number) in [("kep", hostile), (hostile, "1")] {
                let part = |part: &str| match part {
                    "{office}" => office.to_owned(),
                    "{desk}" | "{booking}" | "{account}" | "{agent}" => number.to_owned(),
                    part if part.contains('{') => hostile.to_owned(),
                    part => part.to_owned(),
                };
                let path = pattern.split('/').map(part).collect::<Vec<_>>().join("/");
                for cookie in ["", cookies.as_str()] {
                    // Some of them are no text, e.g. workbooks.
                    let answer = http::ask_bytes(&house.address, "GET", &path, &[("cookie", cookie)], b"");
                    assert!(answer.status < 500, "{path}: {answer:?}");
                    let set = answer.headers.lines().filter(|line| line.to_lowercase().starts_with("set-cookie: a="));
                    assert_eq!(set.count(), 0, "{path}: {answer:?}");
                    let location = answer.headers.lines().find_map(|line| line.strip_prefix("location: "));
                    if let Some(location) = location {
                        redirects += 1;
                        let is_ours = location.starts_with('/') && !location.contains("//");
                        assert!(is_ours && location.bytes().all(|byte| byte.is_ascii_graphic()), "{path}: {location}");
                    }
                }
            }
        }
    }
    assert!(redirects > 100, "pages that lead back were among them: {redirects}");
}

#[test]
fn new_08_no_sign_in_outlives_the_shutting_of_its_account() {
    let house = ProgramHouse::with_config("", "failed_logins_per_minute = 100000\n");
    let admin = house.admin();
    let bearer = format!("Bearer {admin}");
    for nth in 0..12 {
        let name = format!("clerk{nth}");
        let path = format!("/api/v1/accounts/{}", house.employ(&admin, &name, "clerk", Some("kep"), PASSWORD));
        let tokens = std::thread::scope(|scope| {
            let sign_in = || {
                let answer = house.post("", "/api/v1/sessions", &json!({"name": name, "password": PASSWORD}));
                (answer.status == 200).then(|| answer.ok()["token"].as_str().unwrap().to_owned())
            };
            let waiting: Vec<_> = (0..4).map(|_| scope.spawn(sign_in)).collect();
            let shut = house.ask("DELETE", &path, &[("authorization", &bearer)], "");
            assert_eq!(shut.status, 204, "{shut:?}");
            waiting.into_iter().filter_map(|one| one.join().unwrap()).collect::<Vec<_>>()
        });
        for token in tokens {
            assert_eq!(house.desk(&token, 1, "close", &json!({})).code(), "not-signed-in");
        }
    }
}

#[test]
fn new_08_a_browser_has_one_session_and_the_one_before_is_over() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", "/login", &fields).status, 303);
    let stolen = browser.cookies();
    let is_in = |cookies: &str| house.ask("GET", "/admin", &[("cookie", cookies)], "").status == 200;
    assert!(is_in(&stolen));
    // Signed in once more, from a page that carries the session's own token.
    assert_eq!(browser.post("/admin", "/login", &fields).status, 303);
    assert!(is_in(&browser.cookies()) && !is_in(&stolen));
}

#[test]
fn new_11_nothing_but_files_of_the_program_itself_is_kept_by_browsers() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let bearer = format!("Bearer {admin}");
    let api = house.get("", "/api/openapi.json").ok();
    let described: Vec<(String, String)> = api["paths"]
        .as_object()
        .unwrap()
        .iter()
        .flat_map(|(path, of)| of.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())))
        .filter(|(_, path)| !path.contains("/feeds/"))
        .collect();
    assert!(described.len() > 20, "{described:?}");
    let pages = Route::ALL.iter().map(|route| ("GET".to_owned(), route.pattern().to_owned()));
    let own = ["/healthz", "/metrics", "/no-such-page", "/api/v1/no-such-thing", "/api/openapi.json"];
    let own = own.map(|path| ("GET".to_owned(), path.to_owned()));
    for (method, pattern) in described.into_iter().chain(pages).chain(own) {
        let part = |part: &str| match part {
            "{office}" => "kep".to_owned(),
            part if part.contains('{') => "1".to_owned(),
            part => part.to_owned(),
        };
        let path = pattern.split('/').map(part).collect::<Vec<_>>().join("/");
        for token in ["", bearer.as_str()] {
            // Signed out last of all: what the token is for has been asked by then.
            if method == "DELETE" && path.ends_with("/self") && !token.is_empty() {
                continue;
            }
            let headers = [("authorization", token)];
            let headers = if token.is_empty() { &headers[..0] } else { &headers[..] };
            let answer = house.ask(&method, &path, headers, "{}");
            let kept = answer.headers.lines().find_map(|line| line.strip_prefix("cache-control: "));
            assert_eq!(kept, Some("no-store"), "{method} {path}: {answer:?}");
        }
    }
}

#[test]
fn new_08_a_configuration_that_sends_secrets_in_plain_words_is_refused() {
    for (keys, said) in [
        ("[mail]\ntransport = \"smtp\"\nhost = \"mail.example.gr\"\n", "mail.example.gr"),
        ("[mail]\ntransport = \"smtp\"\nhost = \"10.0.0.1\"\nplain_within_house = \"yes\"\n", "plain_within_house"),
        (
            "[sms]\nurl = \"http://sms.example.gr/send\"\nfields = { to = \"{to}\", text = \"{text}\" }\n",
            "sms.example.gr",
        ),
    ] {
        let house = ProgramHouse::files_with_config(keys, "");
        let checked = house.run(&["check-config"]);
        let told = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(
            !checked.status.success() && told.contains(said) && told.contains("everybody on this network"),
            "{told}"
        );
        let started = house.run(&["serve"]);
        assert!(!started.status.success(), "{started:?}");
    }
    for keys in [
        "[mail]\ntransport = \"smtp\"\nhost = \"mail.example.gr\"\ntls = \"starttls\"\n",
        "[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\n",
        "[mail]\ntransport = \"smtp\"\nhost = \"10.0.0.1\"\n\
         plain_within_house = \"I know that everybody on this network can read it\"\n",
    ] {
        let checked = ProgramHouse::files_with_config(keys, "").run(&["check-config"]);
        assert!(checked.status.success(), "{keys}: {checked:?}");
    }
}
