//! The client of OpenID Connect against a provider that is not ours, `oidc-provider` from the npm registry.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use identity::{AwayCause, OpenIdConfig, OpenIdPerson, OpenIdProvider, ProviderFault, UnreadCause, provider_crew};
use tempfile::TempDir;
use url::Url;

use crate::{
    browser::{PlainBrowser, Shown},
    folder,
    started::Started,
    wait,
};

const BACK: &str = "http://127.0.0.1:9/login/from/staff";
const SECRET: &str = "secret-of-the-provider";
/// As the note that a browser keeps makes them.
const NONCE: &str = "nonce-of-this-way";
const VERIFIER: &str = "verifier-of-this-way-0123456789-0123456789-";

struct Scene {
    issuer: String,
    client: OpenIdProvider,
    _provider: Started,
    folder: TempDir,
}

impl Scene {
    fn new(switches: &[&str]) -> Self {
        Self::with(switches, "secret_file = \"SECRET\"")
    }

    fn with(switches: &[&str], keys: &str) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/node/provider.mjs");
        assert!(script.with_file_name("node_modules").is_dir(), "run `cargo xtask setup`");
        let mut command = Command::new("node");
        // It warns on every start that it is for tests.
        command.arg(script).args(switches).arg(BACK).stderr(Stdio::null());
        let (provider, said) = Started::ready(command);
        let issuer = said.strip_prefix("listening on ").expect(&said).to_owned();
        let folder = folder(&[("secret", SECRET), ("wrong", "another")]);
        let client = OpenIdProvider::new(&config(&issuer, &folder, keys), &provider_crew()).unwrap();
        Self { issuer, client, _provider: provider, folder }
    }

    fn sign_in(&self, browser: &mut PlainBrowser, user: &str) -> Shown {
        let url = wait(self.client.sign_in_url(BACK, ("state", NONCE, VERIFIER))).unwrap();
        let mut shown = browser.get(url.as_str());
        let mut at = url;
        // Its pages lead from one to the next until they lead back.
        for _ in 0..12 {
            match &shown.location {
                Some(to) if to.starts_with(BACK) => return shown,
                Some(to) => {
                    at = at.join(to).unwrap();
                    shown = browser.get(at.as_str());
                }
                None => {
                    let (_, action) = shown.text.split_once("action=\"").unwrap_or_else(|| panic!("{}", shown.text));
                    let form = at.join(action.split_once('"').unwrap().0).unwrap();
                    let prompt = shown.field("prompt");
                    let fields = [("prompt", prompt.as_str()), ("login", user), ("password", "any")];
                    shown = browser.post(form.as_str(), &fields);
                }
            }
        }
        panic!("it leads back at last");
    }

    fn code(&self, user: &str) -> String {
        self.sign_in(&mut PlainBrowser::new(), user).said("code").expect("it leads back with a code")
    }

    fn person(&self, user: &str) -> Result<OpenIdPerson, ProviderFault> {
        wait(self.client.person(BACK, &self.code(user), (NONCE, VERIFIER)))
    }

    fn tell(&self, path: &str) {
        assert_eq!(PlainBrowser::new().post(&format!("{}{path}", self.issuer), &[]).status, 200);
    }
}

fn config(issuer: &str, folder: &TempDir, keys: &str) -> OpenIdConfig {
    let text = format!(
        "name = \"staff\"\nlabel = {{ el = \"Υπηρεσία\", en = \"Office\" }}\nissuer = \"{issuer}\"\nclient_id = \
         \"seira\"\nscopes = [\"profile\", \"email\", \"groups\", \"tax\"]\ntimeout_seconds = 5\n{keys}\n\n[[grants]]\nclaim = \
         \"groups\"\nsays = \"kep-clerks\"\nrole = \"clerk\"\nscope = \"office:kep\"\n\n[[grants]]\nclaim = \
         \"realm_access.roles\"\nsays = \"administrator\"\nrole = \"administrator\"\nscope = \"body\"\n"
    );
    let mut config: OpenIdConfig = toml::from_str(&text.replace("SECRET", "secret")).unwrap();
    config.resolve(folder.path());
    config.check().unwrap();
    config
}

fn roles(person: &OpenIdPerson) -> Vec<&str> {
    person.grants.iter().map(|grant| grant.role.as_str()).collect()
}

#[test]
fn pre_02_staff_come_in_with_the_grants_that_follow_from_their_claims() {
    let scene = Scene::new(&[]);
    let maria = scene.person("maria").unwrap();
    assert_eq!(maria.subject, "maria");
    assert_eq!((maria.first_name.as_deref(), maria.last_name.as_deref()), (Some("Μαρία"), Some("Παπαδοπούλου")));
    assert_eq!(maria.user_name.as_deref(), Some("m.papadopoulou"));
    assert_eq!(maria.email.as_deref(), Some("maria@kep.example.gr"));
    assert_eq!(roles(&maria), ["clerk", "administrator"]);
    let nikos = scene.person("nikos").unwrap();
    assert_eq!((nikos.email, nikos.grants.len()), (None, 0), "an address that nobody has proven, and no group of ours");
}

#[test]
fn pre_02_a_secret_goes_as_the_provider_wants_it_and_none_where_pkce_stands_alone() {
    assert!(Scene::new(&["--post"]).person("nikos").is_ok());
    assert!(Scene::with(&["--public"], "").person("nikos").is_ok());
    let wrong = Scene::with(&[], "secret_file = \"wrong\"");
    assert_eq!(wrong.person("nikos"), Err(ProviderFault::Refused(400)));
}

#[test]
fn pre_02_a_code_serves_the_way_that_it_was_asked_for_and_once() {
    let scene = Scene::new(&[]);
    let refused = Err(ProviderFault::Refused(400));
    let code = scene.code("maria");
    let other = "another-verifier-0123456789-0123456789-01234567";
    assert_eq!(wait(scene.client.person(BACK, &code, (NONCE, other))), refused, "who stole the code cannot prove it");
    let code = scene.code("maria");
    let unproven = Err(ProviderFault::Unreadable(UnreadCause::Unproven));
    assert_eq!(wait(scene.client.person(BACK, &code, ("another", VERIFIER))), unproven, "signed for another way");
    assert_eq!(wait(scene.client.person(BACK, &code, (NONCE, VERIFIER))), refused, "used already");
    assert_eq!(wait(scene.client.person(BACK, "nonsense", (NONCE, VERIFIER))), refused);
}

#[test]
fn pre_02_a_token_for_another_client_and_one_that_nobody_signed_let_nobody_in() {
    let scene = Scene::new(&[]);
    assert!(scene.person("maria").is_ok());
    let unproven = Err(ProviderFault::Unreadable(UnreadCause::Unproven));
    for how in ["audience", "unsigned"] {
        scene.tell(&format!("/forge/{how}"));
        assert_eq!(scene.person("maria"), unproven, "{how}");
    }
    scene.tell("/forge/");
    assert!(scene.person("maria").is_ok(), "as before");
}

#[test]
fn pre_02_keys_that_a_provider_changes_are_fetched_when_something_is_signed_with_them() {
    let scene = Scene::new(&[]);
    assert!(scene.person("maria").is_ok());
    scene.tell("/rotate");
    assert!(scene.person("maria").is_ok(), "without a restart, and without waiting");
}

#[test]
fn pre_02_a_bridge_to_taxisnet_speaks_with_its_tax_numbers() {
    let scene = Scene::with(&[], "secret_file = \"SECRET\"\nclaims = { tax_number = \"taxid\" }");
    assert_eq!(scene.person("eleni").unwrap().tax_number.as_deref(), Some("123456783"));
    assert_eq!(scene.person("company"), Err(ProviderFault::NotAPerson));
    assert_eq!(scene.person("maria"), Err(ProviderFault::NotAPerson), "who has none there");
}

#[test]
fn pre_02_signing_out_leads_through_the_provider() {
    let scene = Scene::new(&[]);
    let mut browser = PlainBrowser::new();
    scene.sign_in(&mut browser, "maria");
    let again = browser.get(wait(scene.client.sign_in_url(BACK, ("s", NONCE, VERIFIER))).unwrap().as_str());
    assert!(again.said("code").is_some(), "its cookie lets the next person in as the one before");
    let out = wait(scene.client.sign_out_url("http://127.0.0.1:9/login")).unwrap();
    let asks = browser.get(out.as_str());
    assert_eq!(asks.status, 200, "{}", asks.text);
    let form = Url::parse(&scene.issuer).unwrap().join("/session/end/confirm").unwrap();
    let xsrf = asks.field("xsrf");
    let gone = browser.post(form.as_str(), &[("xsrf", xsrf.as_str()), ("logout", "yes")]);
    assert_eq!(gone.location.as_deref(), Some("http://127.0.0.1:9/login"), "{}", gone.text);
    let after = browser.get(wait(scene.client.sign_in_url(BACK, ("s", NONCE, VERIFIER))).unwrap().as_str());
    assert_eq!(after.said("code"), None, "it asks again who is there");
}

#[test]
fn pre_02_a_provider_that_is_away_or_another_is_told_apart() {
    let folder = folder(&[("secret", SECRET)]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let asked = |issuer: &str, folder| {
        let keys = "secret_file = \"SECRET\"";
        let client = OpenIdProvider::new(&config(issuer, folder, keys), &provider_crew()).unwrap();
        wait(client.sign_in_url(BACK, ("s", NONCE, VERIFIER)))
    };
    assert_eq!(asked(&format!("http://{free}"), &folder), Err(ProviderFault::Away(AwayCause::Unreachable)));
    let scene = Scene::new(&[]);
    let renamed = scene.issuer.replace("127.0.0.1", "localhost");
    let unproven = Err(ProviderFault::Unreadable(UnreadCause::Unproven));
    assert_eq!(asked(&renamed, &scene.folder), unproven, "it describes itself as another");
    scene.tell("/stop-answering");
    let keys = "secret_file = \"SECRET\"";
    let quick: OpenIdConfig = {
        let mut config = config(&scene.issuer, &scene.folder, keys);
        config.timeout_seconds = identity::ProviderSeconds::try_from(1).unwrap();
        config
    };
    let client = OpenIdProvider::new(&quick, &provider_crew()).unwrap();
    let silent = Err(ProviderFault::Away(AwayCause::Silent));
    assert_eq!(wait(client.sign_in_url(BACK, ("s", NONCE, VERIFIER))), silent);
    assert_eq!(wait(client.sign_out_url("http://127.0.0.1:9/login")), None, "then it is signed out here alone");
}
