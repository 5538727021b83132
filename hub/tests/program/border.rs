//! What stands at the border of the hub, before any door: every request is paid for, and every form is one of ours.
//!
//! Shows PROM-13 and NEW-08.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::{
    house::{PASSWORD, ProgramHouse},
    http::HttpAnswer,
    pages::FormBrowser,
};

/// A house behind a proxy that names whom it asks for, with limits of its own.
fn paced(limits: &str) -> ProgramHouse {
    let mut house = ProgramHouse::files_with_config("[proxy]\ntrusted = [\"127.0.0.0/8\"]\n", "");
    let config = house.folder.path().join("hub.toml");
    let text = std::fs::read_to_string(&config).unwrap();
    let (before, _) = text.split_once("[limits]").unwrap();
    std::fs::write(&config, format!("{before}[limits]\n{limits}")).unwrap();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    house.start();
    house
}

fn get(house: &ProgramHouse, from: &str, path: &str, more: &[(&str, &str)]) -> HttpAnswer {
    house.ask("GET", path, &[&[("x-forwarded-for", from)], more].concat(), "")
}

fn retry_after(answer: &HttpAnswer) -> u64 {
    let line = answer.headers.lines().find_map(|line| line.strip_prefix("retry-after: "));
    line.unwrap_or_else(|| panic!("nobody says when: {answer:?}")).parse().unwrap()
}

#[test]
fn prom_13_pages_and_programs_of_one_network_share_one_limit_and_others_have_theirs() {
    // A bucket holds ten seconds' worth; hardly anything comes back while the test runs.
    let house = paced("address_requests_per_second = 2\n");
    let crowd = "203.0.113.7";
    let begun = Instant::now();
    let mut served = 0;
    let paths = ["/", "/book", "/api/v1/offices/kep/slots?service=driving-licence", "/privacy"];
    let refused = loop {
        let answer = get(&house, crowd, paths[served % paths.len()], &[]);
        if answer.status == 429 {
            break answer;
        }
        assert_eq!(answer.status, 200, "{answer:?}");
        served += 1;
        assert!(served < 10_000, "no limit");
    };
    let most = 20 + usize::try_from(begun.elapsed().as_secs() + 1).unwrap() * 2;
    assert!((20..=most).contains(&served), "{served} of {most}");
    assert!((1..=10).contains(&retry_after(&refused)), "{refused:?}");
    // Every route says no in its own way, before it does anything.
    let drained = |path: &str, more: &[(&str, &str)]| {
        let answers = (0..200).map(|_| get(&house, crowd, path, more));
        answers.into_iter().find(|answer| answer.status == 429).unwrap()
    };
    let page = drained("/book", &[("cookie", "seira-language=en")]);
    assert!(page.text.contains("More requests came from your network") && page.text.contains("<html lang=\"en\""));
    assert!(drained("/", &[]).text.contains("Ήρθαν από το δίκτυό σας περισσότερα αιτήματα"));
    let api = drained("/api/v1/offices/kep/slots?service=signature", &[("accept-language", "en")]);
    assert_eq!(api.code(), "too-many-requests");
    assert!(api.json()["detail"].as_str().unwrap().contains("More requests") && retry_after(&api) <= 10);
    let style = page.text.split_once("rel=\"stylesheet\" href=\"").unwrap().1.split('"').next().unwrap();
    assert_eq!(get(&house, crowd, style, &[]).status, 200, "the page that says no has its looks");
    for path in ["/assets/app.css", "/no-such-page", "/admin", "/v/0/feed"] {
        let answers = (0..2_000).map(|_| get(&house, crowd, path, &[]).status);
        assert!(answers.into_iter().any(|status| status == 429), "{path} has no limit");
    }
    // A post costs as much as four pages.
    let wrong = json!({ "name": "x", "password": "y" }).to_string();
    let posts = (0..20).map(|_| house.ask("POST", "/api/v1/sessions", &[("x-forwarded-for", "203.0.113.8")], &wrong));
    let judged = posts.filter(|answer| answer.status == 401).count();
    assert!((1..=8).contains(&judged), "{judged}");
    // Others are not concerned.
    assert_eq!(get(&house, "203.0.113.9", "/", &[]).status, 200);
}

#[test]
fn prom_13_a_drained_network_takes_nothing_from_its_staff_and_devices() {
    let house = paced("address_requests_per_second = 2\n");
    let office = "198.51.100.1";
    // Staff sign in and a kiosk is paired, each from somewhere else; then all of them are behind the address of the crowd.
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let mut browser = FormBrowser::from(&house, "198.51.100.2");
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", "/login", &fields).status, 303);
    let cookies = browser.cookies();
    while get(&house, office, "/", &[]).status != 429 {}
    let bearer = format!("Bearer {kiosk}");
    for _ in 0..3 {
        assert_eq!(get(&house, office, "/", &[]).status, 429);
        assert_eq!(get(&house, office, "/staff?all=1", &[("cookie", &cookies)]).status, 200);
        let ticket = house.ask(
            "POST",
            "/api/v1/offices/kep/tickets",
            &[("x-forwarded-for", office), ("authorization", &bearer)],
            &json!({ "service": "signature" }).to_string(),
        );
        assert_eq!(ticket.status, 200, "{ticket:?}");
    }
    // Who is signed out signs in again from the same browser; a token that somebody made up is one citizen more.
    let known = cookies.split("; ").find(|cookie| cookie.starts_with("seira-known")).unwrap();
    assert_eq!(get(&house, office, "/login", &[("cookie", known)]).status, 200);
    assert_eq!(get(&house, office, "/login", &[("cookie", "seira-known=s1.a.b")]).status, 429);
    assert_eq!(get(&house, office, "/", &[("authorization", "Bearer made-up")]).status, 429);
}

#[test]
fn prom_13_the_limits_as_they_are_do_not_meet_a_full_waiting_room() {
    let house = paced("");
    // Fifty people at one address each open a page with its five files, as fast as one machine can ask.
    let begun = Instant::now();
    for _ in 0..50 {
        assert_eq!(get(&house, "203.0.113.7", "/", &[]).status, 200);
        for _ in 0..5 {
            assert_ne!(get(&house, "203.0.113.7", "/assets/app.css", &[]).status, 429);
        }
    }
    assert!(begun.elapsed() < Duration::from_secs(600));
}

#[test]
fn new_08_a_form_of_a_neighbour_is_refused_like_any_other_strangers() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    let fields = [("name", "admin"), ("password", PASSWORD)];
    assert_eq!(browser.post("/login", "/login", &fields).status, 303);
    let (cookies, csrf) = (browser.cookies(), browser.csrf("/staff?all=1"));
    let send = |path: &str, csrf: &str, said: &[(&str, &str)]| {
        let own = [("cookie", cookies.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        house.ask("POST", path, &[&own, said].concat(), &format!("csrf={csrf}"))
    };
    for foreign in [
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://neighbour.example.gr"),
        ("origin", "null"),
    ] {
        let refused = send("/admin/outbox/try", &csrf, &[foreign]);
        assert_eq!(refused.status, 403, "{foreign:?}");
        assert!(refused.text.contains("δεν στάλθηκε από δική μας σελίδα"), "{foreign:?}: {}", refused.text);
        let api = house.ask(
            "POST",
            "/api/v1/offices/kep/resumptions",
            &[("cookie", cookies.as_str()), ("x-csrf-token", csrf.as_str()), foreign],
            "{}",
        );
        assert_eq!(api.code(), "not-allowed", "{foreign:?}");
    }
    let own = format!("http://{}", house.address);
    for said in [&[("sec-fetch-site", "same-origin")][..], &[("origin", own.as_str())], &[]] {
        assert_eq!(send("/admin/outbox/try", &csrf, said).status, 303, "{said:?}");
        assert_eq!(send("/admin/outbox/try", "another", said).status, 401, "{said:?}");
    }
}

#[test]
fn new_08_nobody_is_signed_in_by_a_form_of_which_nobody_says_from_where_it_was_sent() {
    let house = ProgramHouse::new();
    let own = format!("http://{}", house.address);
    let path = "/login";
    let mut browser = FormBrowser::new(&house);
    let csrf = browser.csrf(path);
    let cookies = browser.cookies();
    let send = |csrf: &str, cookies: &str, said: &[(&str, &str)]| {
        let given = [("cookie", cookies), ("content-type", "application/x-www-form-urlencoded")];
        let fields = format!("csrf={csrf}&name=admin&email=a@example.gr&password=wrong-password");
        house.ask("POST", path, &[&given, said].concat(), &fields)
    };
    let refused = send(&csrf, &cookies, &[]);
    assert_eq!(refused.status, 403, "{path}");
    assert!(refused.text.contains("δεν λέει από ποια σελίδα"), "{}", refused.text);
    assert!(refused.text.contains(&format!("href=\"{path}\"")), "it leads back to the form: {}", refused.text);
    let english = format!("{cookies}; seira-language=en");
    assert!(send(&csrf, &english, &[]).text.contains("Your browser does not say"));
    for foreign in [("sec-fetch-site", "same-site"), ("origin", "https://neighbour.example.gr"), ("origin", "null")] {
        assert_eq!(send(&csrf, &cookies, &[foreign]).status, 403, "{path} {foreign:?}");
    }
    for said in [("sec-fetch-site", "same-origin"), ("origin", own.as_str())] {
        // Judged, and wrong; but not without the token that this browser was given.
        let judged = send(&csrf, &cookies, &[said]);
        assert_eq!(judged.status, 401, "{path} {said:?}");
        assert!(judged.text.contains("role=\"alert\""), "{}", judged.text);
        assert_eq!(send("", &cookies, &[said]).status, 401, "{path}");
        assert_eq!(send(&csrf, "", &[said]).status, 401, "{path}: a token of another browser");
    }
}
