//! TLS in the hub: a private CA, new certificates without a restart, cookies that browsers guard, and no plain HTTP by accident.

use std::{
    fs,
    io::Read,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};

use crate::house::{PASSWORD, ProgramHouse};

const TLS: &str = "[tls]\ncertificate = \"tls/certificate.pem\"\nkey = \"tls/key.pem\"\n";
/// Nothing is waited for longer than this.
const DEADLINE: Duration = Duration::from_secs(30);

/// A client that trusts one CA alone.
pub fn client(ca: &Path) -> Agent {
    let ca = Certificate::from_pem(&fs::read(ca).unwrap()).unwrap();
    let tls = TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(vec![ca]))).build();
    // No connection is used twice: each shows the certificate that is in use.
    let config = Agent::config_builder().tls_config(tls).max_idle_connections(0).http_status_as_error(false);
    config.max_redirects(0).timeout_global(Some(DEADLINE)).build().into()
}

fn make_ca(house: &ProgramHouse, folder: &str) {
    let made = house.run_plain(&["make-ca", "--folder", folder, "--name", "127.0.0.1", "--name", "seira.test"]);
    assert!(made.status.success(), "{made:?}");
}

fn https_house(keys: &str) -> ProgramHouse {
    let mut house = ProgramHouse::files_with_config(&format!("{keys}{TLS}"), "");
    make_ca(&house, "tls");
    let made = house.run(&["create-admin", "--name", "admin", "--password-file", "password"]);
    assert!(made.status.success(), "{made:?}");
    house.start();
    house
}

fn replace(house: &ProgramHouse, from: &str) {
    // One after the other, each as a whole: what installs certificates does so.
    for file in ["key.pem", "certificate.pem"] {
        let place = house.folder.path().join("tls").join(file);
        fs::copy(house.folder.path().join(from).join(file), place.with_extension("next")).unwrap();
        fs::rename(place.with_extension("next"), place).unwrap();
    }
}

fn until_trusted(client: &Agent, url: &str) {
    let deadline = Instant::now() + DEADLINE;
    while client.get(url).call().is_err() {
        assert!(Instant::now() < deadline, "the new certificate is not in use");
    }
}

#[test]
fn new_08_the_hub_speaks_tls_and_its_cookies_are_guarded() {
    let house = https_house("");
    let ca = house.folder.path().join("tls/ca.pem");
    let client = client(&ca);
    let url = |path: &str| format!("https://{}{path}", house.address);
    let mut page = client.get(url("/login")).call().unwrap();
    let cookies: Vec<String> = headers(&page, "set-cookie");
    assert!(!cookies.is_empty());
    for cookie in cookies {
        assert!(
            cookie.starts_with("__Host-") && cookie.contains("; Secure") && cookie.contains("; Path=/;"),
            "{cookie}"
        );
        assert!(!cookie.to_lowercase().contains("domain="), "{cookie}");
    }
    assert_eq!(headers(&page, "strict-transport-security").len(), 1);
    // Signing in sets guarded ones too, and reads no others.
    let form: String =
        headers(&page, "set-cookie").iter().map(|line| format!("{}; ", line.split(';').next().unwrap())).collect();
    let text = page.body_mut().read_to_string().unwrap();
    let csrf = text.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
    let fields = [("csrf", csrf), ("name", "admin"), ("password", PASSWORD)];
    let signed_in = client.post(url("/login")).header("cookie", &form).header("origin", url(""));
    let signed_in = signed_in.send_form(fields).unwrap();
    assert_eq!(signed_in.status(), 303);
    let cookies = headers(&signed_in, "set-cookie");
    assert_eq!(cookies.len(), 2, "the session, and that the browser is known: {cookies:?}");
    assert!(cookies.iter().all(|cookie| cookie.starts_with("__Host-") && cookie.contains("; Secure")), "{cookies:?}");
    let session =
        cookies.iter().find_map(|cookie| cookie.split(';').next()?.strip_prefix("__Host-seira-session=")).unwrap();
    let status = |cookie: String| client.get(url("/staff")).header("cookie", &cookie).call().unwrap().status();
    assert_eq!(status(format!("__Host-seira-session={session}")), 200);
    assert_eq!(status(format!("seira-session={session}")), 303, "a name that anybody can plant is not read");
    // The page that tells how one is protected says what is so.
    let protected = client.get(url("/protection")).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(protected.contains("περνά κρυπτογραφημένο (TLS)"), "{protected}");
    // Plain HTTP is not spoken there.
    let mut stream = std::net::TcpStream::connect(&house.address).unwrap();
    std::io::Write::write_all(&mut stream, b"GET / HTTP/1.1\r\nHost: hub\r\n\r\n").unwrap();
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said);
    assert!(!String::from_utf8_lossy(&said).contains("HTTP/1.1"), "{said:?}");
}

/// The tool that judges, which is none of ours, in an environment of its own: made at the first run, by the package index.
fn other_tool() -> std::path::PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sslyze");
    let program = place.join("bin/sslyze");
    if !program.exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(&place).status().unwrap();
        assert!(made.success(), "python3 with its venv is needed, as `cargo xtask setup` installs it");
        let install = ["install", "--quiet", "--disable-pip-version-check", "sslyze==6.3.1"];
        assert!(Command::new(place.join("bin/pip")).args(install).status().unwrap().success());
    }
    program
}

#[test]
fn new_08_tls_is_judged_by_another_tool() {
    let house = https_house("");
    let place = |name: &str| house.folder.path().join(name);
    let judged = Command::new(other_tool())
        .args(["--mozilla_config=intermediate", "--certinfo_ca_file"])
        .arg(place("tls/ca.pem"))
        .arg("--json_out")
        .arg(place("judged.json"))
        .arg(&house.address)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&judged.stdout).into_owned();
    let (_, compliance) = said.split_once("COMPLIANCE AGAINST TLS CONFIGURATION").unwrap_or_else(|| panic!("{said}"));
    assert!(judged.status.success() && compliance.contains("OK - Compliant"), "{said}");
    // It has really looked, and found nothing of what it knows by name.
    let found: serde_json::Value = serde_json::from_str(&fs::read_to_string(place("judged.json")).unwrap()).unwrap();
    let result = &found["server_scan_results"][0]["scan_result"];
    let of = |command: &str| {
        let attempt = &result[command];
        assert_eq!(attempt["status"], "COMPLETED", "{command}: {attempt}");
        attempt["result"].clone()
    };
    for old in ["ssl_2_0_cipher_suites", "ssl_3_0_cipher_suites", "tls_1_0_cipher_suites", "tls_1_1_cipher_suites"] {
        assert_eq!(of(old)["accepted_cipher_suites"], json!([]), "{old}");
    }
    for new in ["tls_1_2_cipher_suites", "tls_1_3_cipher_suites"] {
        assert!(!of(new)["accepted_cipher_suites"].as_array().unwrap().is_empty(), "{new}");
    }
    assert_eq!(of("heartbleed")["is_vulnerable_to_heartbleed"], false);
    assert_eq!(of("openssl_ccs_injection")["is_vulnerable_to_ccs_injection"], false);
    assert_eq!(of("robot")["robot_result"], "NOT_VULNERABLE_RSA_NOT_SUPPORTED");
    assert_eq!(of("tls_compression")["supports_compression"], false);
    assert_eq!(of("tls_fallback_scsv")["supports_fallback_scsv"], true);
    // It trusts the house's own CA as the house's devices do, and no other CA makes it trust the hub.
    let deployments = of("certificate_info")["certificate_deployments"].clone();
    let paths = deployments[0]["path_validation_results"].as_array().unwrap().clone();
    assert!(paths.iter().any(|path| path["was_validation_successful"] == true), "{paths:?}");
}

fn headers<B>(answer: &ureq::http::Response<B>, name: &str) -> Vec<String> {
    answer.headers().get_all(name).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
}

#[test]
fn new_08_a_new_certificate_is_in_use_without_a_restart_and_a_wrong_one_is_not() {
    let house = https_house("");
    let url = format!("https://{}/", house.address);
    let first = client(&house.folder.path().join("tls/ca.pem"));
    assert_eq!(first.get(&url).call().unwrap().status(), 200);
    // A line that is open goes on under the old one.
    let pairing = json!({"kind": "kiosk", "name": "Είσοδος"}).to_string();
    let begun = first.post(format!("https://{}/api/v1/pairings", house.address)).send(&pairing).unwrap();
    assert_eq!(begun.status(), 200);
    make_ca(&house, "other");
    let other = client(&house.folder.path().join("other/ca.pem"));
    assert!(other.get(&url).call().is_err(), "another CA is not trusted yet");
    replace(&house, "other");
    until_trusted(&other, &url);
    // Who comes anew sees the new one; who was there before may resume without looking at it.
    let late = client(&house.folder.path().join("tls/ca.pem"));
    assert!(late.get(&url).call().is_err());
    // What is no certificate changes nothing, and does not end the hub; told by a signal, it looks again.
    fs::write(house.folder.path().join("tls/certificate.pem"), "no certificate").unwrap();
    let told = Command::new("kill").args(["-HUP", &house.process().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(other.get(&url).call().unwrap().status(), 200);
    // The same CA makes the next certificate: whoever trusts it needs nothing new.
    make_ca(&house, "other");
    replace(&house, "other");
    until_trusted(&other, &url);
}

#[test]
fn new_08_half_a_handshake_holds_no_place_for_ever() {
    let mut house = ProgramHouse::files_with_config(TLS, "head_seconds_max = 1\n");
    make_ca(&house, "tls");
    house.start();
    let mut stream = std::net::TcpStream::connect(&house.address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    std::io::Write::write_all(&mut stream, &[22, 3, 1]).unwrap();
    let mut said = Vec::new();
    assert_eq!(stream.read_to_end(&mut said).unwrap(), 0, "the hub hangs up");
}

#[test]
fn new_08_plain_http_is_not_spoken_to_others_unless_somebody_writes_that_they_know() {
    let started = |keys: &str| {
        let house = ProgramHouse::files_with_config(keys, "");
        let checked = house.run(&["check-config"]);
        let said = String::from_utf8(checked.stderr).unwrap();
        if checked.status.success() {
            return Ok(house);
        }
        // What the check refuses does not start either.
        let output = house.run(&["serve"]);
        assert!(!output.status.success());
        assert_eq!(String::from_utf8(output.stderr).unwrap().trim().lines().last(), said.trim().lines().last());
        Err(said)
    };
    let open = "listen = \"0.0.0.0:0\"\n";
    let said = started(open).err().unwrap();
    assert!(said.contains("plain_http_within_house = \"I know that everybody on this network can read it\""), "{said}");
    assert!(said.contains("[tls]") && said.contains("make-ca"), "{said}");
    assert!(started(&format!("{open}plain_http_within_house = \"yes\"\n")).is_err());
    let words = "plain_http_within_house = \"I know that everybody on this network can read it\"\n";
    let mut house = started(&format!("{open}{words}")).ok().unwrap();
    house.start();
    house.stop();
    // With a certificate no words are needed; without its files nothing starts.
    let said = started(&format!("{open}{TLS}")).err().unwrap();
    assert!(said.contains("tls.certificate"), "{said}");
    let house = ProgramHouse::files_with_config(TLS, "");
    make_ca(&house, "tls");
    make_ca(&house, "other");
    fs::copy(house.folder.path().join("other/key.pem"), house.folder.path().join("tls/key.pem")).unwrap();
    let output = house.run(&["check-config"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("does not go with"), "{said}");
}

#[test]
fn new_08_keys_are_for_their_owner_alone_and_a_ca_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    let house = ProgramHouse::files();
    make_ca(&house, "tls");
    let folder = house.folder.path().join("tls");
    for key in ["ca-key.pem", "key.pem"] {
        assert_eq!(fs::metadata(folder.join(key)).unwrap().permissions().mode() & 0o077, 0, "{key}");
    }
    let read = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
    let (ca, ca_key, certificate) = (read("ca.pem"), read("ca-key.pem"), read("certificate.pem"));
    make_ca(&house, "tls");
    assert_eq!((read("ca.pem"), read("ca-key.pem")), (ca, ca_key));
    assert_ne!(read("certificate.pem"), certificate);
    let wrong = house.run_plain(&["make-ca", "--folder", "tls", "--name", "https://seira.lan"]);
    assert!(!wrong.status.success());
    // A CA without its key is not overwritten.
    fs::remove_file(folder.join("ca-key.pem")).unwrap();
    let refused = house.run_plain(&["make-ca", "--folder", "tls", "--name", "seira.lan"]);
    assert!(!refused.status.success() && folder.join("ca.pem").exists());
}
