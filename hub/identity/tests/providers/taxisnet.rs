//! TAXISnet's client against the look-alike, one test a mood.

use std::net::SocketAddr;

use identity::{AwayCause, ProviderFault, TaxisnetClient, TaxisnetConfig, TaxisnetPerson, UnreadCause, provider_crew};
use lookalike::{Lookalike, Mood, PASSWORD};
use tempfile::TempDir;

use crate::{
    browser::{PlainBrowser, Shown},
    folder, wait,
};

const BACK: &str = "http://127.0.0.1:9/login/from/taxisnet";
const STATE: &str = "the-state-of-this-way";

struct Scene {
    lookalike: Lookalike,
    address: SocketAddr,
    client: TaxisnetClient,
    browser: PlainBrowser,
    _folder: TempDir,
}

fn config(address: SocketAddr, folder: &TempDir) -> TaxisnetConfig {
    let secret = folder.path().join("secret");
    let text = format!(
        "authorize_url = \"http://{address}/oauth2server/oauth/authorize\"\ntoken_url = \
         \"http://{address}/oauth2server/oauth/token\"\nuserinfo_url = \
         \"http://{address}/oauth2server/userinfo?format=xml\"\nlogout_url = \
         \"http://{address}/oauth2server/logout/{{client}}/?url={{back}}\"\nclient_id = \"{}\"\nsecret_file = \
         {secret:?}\ntimeout_seconds = 1\n",
        lookalike::CLIENT
    );
    toml::from_str(&text).unwrap()
}

impl Scene {
    fn new(mood: Mood) -> Self {
        let (lookalike, address) = lookalike::start().unwrap();
        lookalike.feels(mood);
        let folder = folder(&[("secret", lookalike::SECRET)]);
        let config = config(address, &folder);
        config.check().unwrap();
        let client = TaxisnetClient::new(&config, &provider_crew()).unwrap();
        Self { lookalike, address, client, browser: PlainBrowser::new(), _folder: folder }
    }

    fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Signs somebody in there, and comes back.
    fn sign_in(&mut self, user: &str) -> Shown {
        let shown = self.browser.get(self.client.sign_in_url(BACK, STATE).as_str());
        if shown.location.is_some() {
            return shown;
        }
        let asked = shown.field("asked");
        let form = [("asked", asked.as_str()), ("username", user), ("password", PASSWORD)];
        let shown = self.browser.post(&self.at("/oauth2server/login"), &form);
        assert!(shown.text.contains("Έγκριση"), "{}", shown.text);
        let form = [("asked", asked.as_str()), ("user_oauth_approval", "true")];
        self.browser.post(&self.at("/oauth2server/oauth/authorize"), &form)
    }

    fn person(&mut self, user: &str) -> Result<TaxisnetPerson, ProviderFault> {
        let code = self.sign_in(user).said("code").expect("it leads back with a code");
        wait(self.client.person(BACK, &code))
    }
}

fn says(mood: Mood) -> Result<TaxisnetPerson, ProviderFault> {
    Scene::new(mood).person("maria")
}

fn maria() -> Result<TaxisnetPerson, ProviderFault> {
    let (first_name, last_name) = ("ΜΑΡΙΑ".to_owned(), "ΠΑΠΑΔΟΠΟΥΛΟΥ".to_owned());
    Ok(TaxisnetPerson { tax_number: "068933130".to_owned(), first_name, last_name })
}

#[test]
fn pre_02_a_person_is_known_by_tax_number_and_name_however_they_are_padded() {
    let mut scene = Scene::new(Mood::Well);
    let shown = scene.sign_in("maria");
    assert_eq!(shown.said("state").as_deref(), Some(STATE));
    let code = shown.said("code").unwrap();
    assert!(wait(scene.client.person(BACK, &code)) == maria());
    assert!(says(Mood::Unpadded) == maria());
    let scope = scene.lookalike.asked()[0].body.clone();
    assert!(scope.contains("scope=read") && scope.contains("response_type=code"), "{scope}");
}

#[test]
fn pre_02_a_company_is_told_that_it_is_no_natural_person() {
    assert_eq!(Scene::new(Mood::Well).person("etaireia"), Err(ProviderFault::NotAPerson));
    for mood in [Mood::Nulls, Mood::Empty, Mood::Missing] {
        assert_eq!(says(mood), Err(ProviderFault::NotAPerson), "{mood:?}");
    }
    assert_eq!(says(Mood::WrongTaxNumber), Err(ProviderFault::Unreadable(UnreadCause::Value)));
}

#[test]
fn pre_02_a_document_type_is_refused() {
    for mood in [Mood::Doctype, Mood::Laughs] {
        assert_eq!(says(mood), Err(ProviderFault::Unreadable(UnreadCause::DocumentType)), "{mood:?}");
    }
}

#[test]
fn pre_02_five_megabytes_are_not_read() {
    for mood in [Mood::Huge, Mood::HugeToken] {
        assert_eq!(says(mood), Err(ProviderFault::Unreadable(UnreadCause::TooLong)), "{mood:?}");
    }
}

#[test]
fn pre_02_the_life_of_a_token_may_be_text_and_labels_may_be_wrong() {
    for mood in [Mood::TextExpiry, Mood::WrongLabels] {
        assert!(says(mood) == maria(), "{mood:?}");
    }
}

#[test]
fn pre_02_a_page_for_people_is_no_answer() {
    for mood in [Mood::TokenPage, Mood::PersonPage] {
        assert_eq!(says(mood), Err(ProviderFault::Unreadable(UnreadCause::Form)), "{mood:?}");
    }
}

#[test]
fn pre_02_a_failing_server_is_away_and_so_is_a_silent_one_and_none() {
    for mood in [Mood::TokenFails, Mood::PersonFails] {
        assert_eq!(says(mood), Err(ProviderFault::Away(AwayCause::Status(500))), "{mood:?}");
    }
    for mood in [Mood::TokenSilent, Mood::PersonSilent] {
        assert_eq!(says(mood), Err(ProviderFault::Away(AwayCause::Silent)), "{mood:?}");
    }
    let folder = folder(&[("secret", "any")]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let client = TaxisnetClient::new(&config(free, &folder), &provider_crew()).unwrap();
    assert_eq!(wait(client.person(BACK, "code")), Err(ProviderFault::Away(AwayCause::Unreachable)));
}

#[test]
fn pre_02_no_secret_follows_to_another_address() {
    for mood in [Mood::TokenElsewhere, Mood::PersonElsewhere] {
        assert_eq!(says(mood), Err(ProviderFault::Unreadable(UnreadCause::Elsewhere)), "{mood:?}");
    }
}

#[test]
fn pre_02_a_code_is_good_once_and_for_this_client_alone() {
    let mut scene = Scene::new(Mood::Well);
    let code = scene.sign_in("maria").said("code").unwrap();
    assert!(wait(scene.client.person(BACK, &code)) == maria());
    assert_eq!(wait(scene.client.person(BACK, &code)), Err(ProviderFault::Refused(400)), "a reused code");
    for wrong in ["", "nonsense", "a b&c=d", "κώδικας"] {
        assert_eq!(wait(scene.client.person(BACK, wrong)), Err(ProviderFault::Refused(400)), "{wrong}");
    }
    let code = scene.sign_in("maria").said("code").unwrap();
    assert_eq!(wait(scene.client.person("http://127.0.0.1:9/other", &code)), Err(ProviderFault::Refused(400)));
    let folder = folder(&[("secret", "another")]);
    let stranger = TaxisnetClient::new(&config(scene.address, &folder), &provider_crew()).unwrap();
    assert_eq!(wait(stranger.person(BACK, "code")), Err(ProviderFault::Refused(401)), "a wrong secret");
}

#[test]
fn pre_02_a_state_that_is_not_ours_is_seen_by_who_holds_it_against_the_note() {
    assert_ne!(Scene::new(Mood::WrongState).sign_in("maria").said("state").as_deref(), Some(STATE));
    assert_eq!(Scene::new(Mood::NoState).sign_in("maria").said("state"), None);
    assert_eq!(Scene::new(Mood::Declined).sign_in("maria").said("error").as_deref(), Some("access_denied"));
}

#[test]
fn pre_02_its_cookie_signs_the_next_person_in_as_the_one_before_unless_the_browser_went_through_it() {
    let mut scene = Scene::new(Mood::Well);
    assert!(scene.person("maria") == maria());
    let next = scene.person("nikos").unwrap();
    assert_eq!(next.tax_number, "068933130", "the next at the same machine came in as the one before");
    let out = scene.client.sign_out_url("http://127.0.0.1:9/login?a=b&c").unwrap();
    let shown = scene.browser.get(out.as_str());
    assert_eq!(shown.location.as_deref(), Some("http://127.0.0.1:9/login?a=b&c"), "{}", shown.status);
    assert_eq!(scene.person("nikos").unwrap().tax_number, "660074100");
}

#[test]
fn pre_02_a_silent_provider_holds_a_few_threads_and_whoever_comes_then_is_told_so() {
    let mut scene = Scene::new(Mood::TokenSilent);
    let code = scene.sign_in("maria").said("code").unwrap();
    let answers = wait(async {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (client, code) = (scene.client.clone(), code.clone());
            tasks.spawn(async move { client.person(BACK, &code).await });
        }
        // Those before the hundredth hold every place; the rest is answered at once.
        let mut first = Vec::new();
        for _ in 0..28 {
            first.push(tasks.join_next().await.unwrap().unwrap());
        }
        first
    });
    assert!(answers.iter().all(|answer| *answer == Err(ProviderFault::Busy)), "{answers:?}");
}
