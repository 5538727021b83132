//! The second step of this hub after a provider's sign-in, and ways to a provider that there is not.
//!
//! Shows PRE-02 and NEW-08.

use crate::{
    accounts::{after, code},
    away::PlainBrowser,
    house::ProgramHouse,
    machine::ClockedMachine,
    pages::FormBrowser,
    slapd::free_port,
    sweep::scene::shown_at,
    through::{led, provider, scene, through_provider},
};

#[test]
fn new_08_who_comes_through_a_provider_and_has_a_second_step_is_asked_for_it() {
    let port = free_port();
    let (_provider, issuer) = provider(port);
    let keys = format!(
        "public_url = \"http://127.0.0.1:{port}\"\nlisten = \"127.0.0.1:{port}\"\n[[openid]]\nname = \"staff\"\nlabel = {{ el \
         = \"Προσωπικό\", en = \"Staff\" }}\nissuer = \"{issuer}\"\nclient_id = \"seira\"\nsecret_file = \
         \"openid-secret\"\nscopes = [\"profile\", \"email\", \"groups\"]\n[[openid.grants]]\nclaim = \
         \"groups\"\nsays = \"kep-clerks\"\nrole = \"admin\"\nscope = \"whole\"\n[sign_in]\nsecond_factor = \
         \"administrators\"\n"
    );
    // A rehearsal asks for no second step.
    let mut house = ProgramHouse::files_with_config(&keys, "");
    std::fs::write(house.folder.path().join("openid-secret"), "secret-of-the-provider").unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    let machine = ClockedMachine::of(&house);
    machine.set("2026-11-24T09:00:00+02:00");
    house.serve_on(&machine);
    let comes = |browser: &mut FormBrowser<'_>| {
        let to = led(&browser.get("/login/with/staff"));
        let back = through_provider(&mut PlainBrowser::new(), &to, "maria", &format!("http://127.0.0.1:{port}"));
        let back = back.trim_start_matches(&format!("http://127.0.0.1:{port}")).to_owned();
        led(&browser.get(&back))
    };
    let mut first = FormBrowser::new(&house);
    let way = comes(&mut first);
    assert!(way.starts_with("/login/set-up"), "an administrator has none yet: {way}");
    assert_ne!(first.get("/admin").status, 200, "nothing before");
    let page = first.get(&way);
    let secret = after(&page, "<code class=\"secret\" translate=\"no\">", '<');
    let draft = after(&page, "name=\"draft\" value=\"", '"');
    let typed = code(&secret, &shown_at(&page), 0);
    let set = first.post(&way, "/login/set-up", &[("draft", &draft), ("code", &typed), ("next", "/staff")]);
    assert_eq!(set.status, 200, "{set:?}");
    assert_eq!(first.get("/admin").status, 200);
    let mut second = FormBrowser::new(&house);
    let way = comes(&mut second);
    assert!(way.starts_with("/login/code"), "it is asked for from now on: {way}");
    assert_ne!(second.get("/admin").status, 200, "the provider's word is not enough");
    let wrong = second.post(&way, "/login/code", &[("code", "000000"), ("next", "/staff")]);
    assert_eq!(wrong.status, 401, "{wrong:?}");
    let typed = code(&secret, &shown_at(&page), 1);
    let right = second.post(&way, "/login/code", &[("code", &typed), ("next", "/staff")]);
    assert_eq!(led(&right), "/staff");
    assert_eq!(second.get("/admin").status, 200);
}

#[test]
fn pre_02_the_way_to_a_provider_that_there_is_not_leads_to_signing_in() {
    let (_, _, house) = scene();
    assert_eq!(led(&FormBrowser::new(&house).get("/login/with")), "/login");
    let unknown = FormBrowser::new(&house).get("/login/with/nobody");
    assert!((400..500).contains(&unknown.status) && unknown.text.contains("<h1"), "{unknown:?}");
}
