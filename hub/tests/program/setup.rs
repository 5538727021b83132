//! From a fresh package to a hub that can be started: in one command that asks nothing, or on one page in a browser.
//!
//! Shows NEW-09.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};

use ureq::Agent;

use crate::{
    house::{PASSWORD, PROGRAM},
    mail_sink::MailSink,
    tls::client,
};

/// A hub in its first start, ended with its test.
struct StartingHub {
    folder: tempfile::TempDir,
    child: Child,
    said: BufReader<ChildStdout>,
    address: String,
    word: String,
    browser: Agent,
}

impl StartingHub {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = |name: &str| folder.path().join(name).display().to_string();
        let mut command = Command::new(PROGRAM);
        command.args(["setup", "--page", "--host", "127.0.0.1", "--listen", "127.0.0.1:0"]);
        command.args(["--folder", &own("etc"), "--state", &own("state"), "--user", "nobody-of-this-name"]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        let mut line = |before: &str| {
            let mut line = String::new();
            said.read_line(&mut line).unwrap();
            line.trim().strip_prefix(before).unwrap_or_else(|| panic!("{line}")).to_owned()
        };
        let address = line("open in a browser of the house: ");
        let word = line("the word that the page asks for: ");
        let fingerprint = line("browsers do not know the certificate yet; its SHA-256 fingerprint: ");
        assert_eq!(fingerprint.split(':').count(), 32, "{fingerprint}");
        let browser = client(&folder.path().join("etc/tls/ca.pem"));
        Self { folder, child, said, address, word, browser }
    }

    /// What the page answers to a press, with everything filled in as it should be, save what is said otherwise.
    fn press(&self, button: &str, otherwise: &[(&str, &str)]) -> (u16, String) {
        let right = [
            ("lang", "el"),
            ("button", button),
            ("word", self.word.as_str()),
            ("body_el", "Δήμος Δοκιμών"),
            ("body_en", "Municipality of \"Trials\""),
            ("email", "help@trials.example"),
            ("phone", "2810 000000"),
            ("office_el", "ΚΕΠ Δοκιμών"),
            ("office_en", ""),
            ("office_file", ""),
            ("mail_host", ""),
            ("mail_port", ""),
            ("mail_tls", "starttls"),
            ("mail_user", ""),
            ("mail_password", ""),
            ("mail_from", ""),
            ("admin_name", "eleni"),
            ("admin_email", "it@trials.example"),
            ("password", PASSWORD),
            ("again", PASSWORD),
        ];
        let fields = right.map(|(name, value)| {
            let other = otherwise.iter().find(|(other, _)| *other == name);
            (name, other.map_or(value, |(_, other)| *other))
        });
        let mut answer = self.browser.post(&self.address).send_form(fields).unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    fn has(&self, file: &str) -> bool {
        self.folder.path().join("etc").join(file).exists()
    }
}

impl Drop for StartingHub {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn new_09_a_first_start_on_a_page_asks_for_the_word_and_loses_nothing_that_was_typed() {
    let hub = StartingHub::begin();
    let mut page = hub.browser.get(format!("{}/?lang=en", hub.address)).call().unwrap();
    let text = page.body_mut().read_to_string().unwrap();
    assert!(text.contains("<h1>First start</h1>") && text.contains("name=\"office_file\""), "{text}");
    assert!(page.headers()["content-security-policy"].to_str().unwrap().contains("form-action 'self'"));
    let (status, text) = hub.press("finish", &[("word", "2222 2222 2222")]);
    assert_eq!(status, 422, "{text}");
    assert!(text.contains("Αυτή δεν είναι η λέξη") && text.contains("Δήμος Δοκιμών"), "{text}");
    let wrong = [
        ([("body_en", " ")], "Συμπληρώστε το πεδίο «Όνομα του φορέα στα αγγλικά»"),
        ([("email", "help")], "γράψτε μια διεύθυνση"),
        ([("admin_name", "eleni m")], "χωρίς κενά"),
        ([("password", "short")], "χρειάζεται τουλάχιστον 12"),
        ([("again", "another one of them")], "δεν είναι ίδια"),
        ([("office_file", "key = \"kep\"\nnumbre = 1\n")], "numbre"),
        ([("mail_host", "mail server")], "χωρίς κενά"),
    ];
    for (otherwise, said) in wrong {
        let (status, text) = hub.press("finish", &otherwise);
        assert_eq!(status, 422, "{otherwise:?}");
        assert!(text.contains(said) && text.contains("value=\"ΚΕΠ Δοκιμών\""), "no «{said}»: {text}");
        assert!(!text.contains(PASSWORD), "a password is not repeated");
        assert!(!text.contains(".first-start"), "nobody knows that folder");
        assert!(!hub.has("hub.toml") && !hub.has(".first-start"), "{otherwise:?}");
    }
    let plain = [("mail_host", "192.0.2.1"), ("mail_tls", "none"), ("mail_from", "kep@trials.example")];
    let (status, text) = hub.press("finish", &plain);
    assert!(status == 422 && text.contains("others can read on its way") && !text.contains("plain_within"), "{text}");
}

#[test]
fn new_09_a_first_start_on_a_page_sends_a_mail_on_trial_and_ends_in_a_hub_that_starts() {
    let mut hub = StartingHub::begin();
    let sink = MailSink::start();
    let port = sink.address.rsplit_once(':').unwrap().1.to_owned();
    let mail = [
        ("mail_host", "127.0.0.1"),
        ("mail_port", port.as_str()),
        ("mail_tls", "none"),
        ("mail_from", "kep@trials.example"),
    ];
    let (status, text) = hub.press("trial", &mail);
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("για it@trials.example") && text.contains("value=\"Δήμος Δοκιμών\""), "{text}");
    assert_eq!(sink.taken(), ["RCPT TO:<it@trials.example>"]);
    let (status, text) = hub.press("trial", &[]);
    assert!(status == 200 && text.contains("γράφτηκε στον φάκελο"), "{text}");
    let letters = fs::read_dir(hub.folder.path().join("state/mail")).unwrap().count();
    assert_eq!(letters, 1);
    let (status, text) = hub.press("finish", &mail);
    assert_eq!(status, 200, "{text}");
    assert!(text.contains("systemctl enable --now seira-hub"), "{text}");
    assert!(text.contains(&format!("href=\"{}/login\"", hub.address)), "{text}");
    let mut rest = String::new();
    hub.said.read_to_string(&mut rest).unwrap();
    assert!(hub.child.wait().unwrap().success(), "{rest}");
    assert!(rest.contains("check-config"), "{rest}");
    let etc = |name: &str| fs::read_to_string(hub.folder.path().join("etc").join(name)).unwrap();
    let office = etc("office.toml");
    assert!(office.contains("name = { el = \"ΚΕΠ Δοκιμών\", en = "), "{office}");
    assert!(
        etc("body.toml").contains("Δήμος Δοκιμών") && etc("hub.toml").contains("alerts_to = [\"it@trials.example\"]")
    );
    // What was set up is a hub: it is checked, and starts under the address that the page named.
    let config = hub.folder.path().join("etc/hub.toml").display().to_string();
    let checked = Command::new(PROGRAM).args(["check-config", "--config", &config]).output().unwrap();
    assert_eq!(String::from_utf8(checked.stdout).unwrap(), "1 office(s), nothing wrong\n");
    let mut command = Command::new(PROGRAM);
    let mut running = command.args(["serve", "--config", &config]).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line.trim(), format!("listening on {}", hub.address));
    let front = hub.browser.get(&hub.address).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(front.contains("ΚΕΠ Δοκιμών"), "{front}");
    let mut login = hub.browser.get(format!("{}/login", hub.address)).call().unwrap();
    let cookies = login.headers().get_all("set-cookie").iter();
    let cookies: Vec<String> =
        cookies.map(|line| line.to_str().unwrap().split(';').next().unwrap().to_owned()).collect();
    let text = login.body_mut().read_to_string().unwrap();
    let csrf = text.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
    let form = [("csrf", csrf), ("name", "eleni"), ("password", PASSWORD)];
    let signed_in = hub.browser.post(format!("{}/login", hub.address)).header("cookie", cookies.join("; "));
    let signed_in = signed_in.header("origin", &hub.address).send_form(form).unwrap();
    assert_eq!(signed_in.status(), 303);
    let to = signed_in.headers()["location"].to_str().unwrap();
    assert!(to.contains("/login/set-up"), "an administrator sets a second step up: {to}");
    running.kill().unwrap();
    running.wait().unwrap();
}

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
