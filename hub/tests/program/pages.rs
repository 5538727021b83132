//! As much of a browser as the tests of signing in need: it keeps cookies, and sends forms back with their token.

use std::collections::BTreeMap;

use altcha::{Challenge, Payload, SolveChallengeOptions, solve_challenge};

use crate::{house::ProgramHouse, http::HttpAnswer};

/// A browser, perhaps behind a proxy that names where it is.
pub struct FormBrowser<'a> {
    house: &'a ProgramHouse,
    from: Option<String>,
    cookies: BTreeMap<String, String>,
}

impl<'a> FormBrowser<'a> {
    pub fn new(house: &'a ProgramHouse) -> Self {
        Self { house, from: None, cookies: BTreeMap::new() }
    }

    /// At an address, as the proxy before the hub says.
    pub fn from(house: &'a ProgramHouse, address: &str) -> Self {
        Self { from: Some(address.to_owned()), ..Self::new(house) }
    }

    /// A browser that kept its cookies over a restart of the hub.
    pub fn with_cookies(house: &'a ProgramHouse, cookies: &str) -> Self {
        let pairs = cookies.split("; ").filter_map(|pair| pair.split_once('='));
        let cookies = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { cookies, ..Self::new(house) }
    }

    /// The header of all cookies.
    pub fn cookies(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> HttpAnswer {
        self.ask("GET", path, "")
    }

    /// Draws a page anew, as its script does: nobody has touched it.
    pub fn redraw(&mut self, path: &str) -> HttpAnswer {
        let cookies = self.cookies();
        self.house.ask("GET", path, &[("cookie", cookies.as_str()), ("x-seira-drawn", "page")], "")
    }

    /// What it keeps under a name.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.get(name).unwrap_or_else(|| panic!("no cookie {name}")).clone()
    }

    /// Keeps a cookie that it was handed otherwise.
    pub fn keep(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> HttpAnswer {
        let cookies = self.cookies();
        let mut headers = vec![("cookie", cookies.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        // As browsers say it.
        headers.push(("sec-fetch-site", "same-origin"));
        headers.extend(self.from.as_deref().map(|from| ("x-forwarded-for", from)));
        let answer = self.house.ask(method, path, &headers, body);
        self.take_cookies(&answer);
        answer
    }

    /// Takes what an answer to somebody else's request of this browser has it keep.
    pub fn take(&mut self, answer: &HttpAnswer) {
        self.take_cookies(answer);
    }

    fn take_cookies(&mut self, answer: &HttpAnswer) {
        for line in answer.headers.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if name.eq_ignore_ascii_case("set-cookie")
                && let Some((key, value)) = value.split(';').next().and_then(|pair| pair.split_once('='))
            {
                self.cookies.insert(key.to_owned(), value.to_owned());
            }
        }
    }

    /// The token of a page's form.
    pub fn csrf(&mut self, path: &str) -> String {
        let page = self.ask("GET", path, "");
        let (_, rest) = page.text.split_once("name=\"csrf\" value=\"").unwrap_or_else(|| panic!("no form: {page:?}"));
        rest.split('"').next().unwrap().to_owned()
    }

    /// Sends a page's form.
    pub fn post(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> HttpAnswer {
        let csrf = self.csrf(page);
        self.post_with(&csrf, action, fields)
    }

    /// Sends a form that was shown before, with the token that stood in it.
    pub fn post_with(&mut self, csrf: &str, action: &str, fields: &[(&str, &str)]) -> HttpAnswer {
        let mut body = format!("csrf={csrf}");
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        self.ask("POST", action, &body)
    }

    /// Sends a page's form twice at the same moment, as an unsteady hand does. What both say is kept.
    pub fn post_twice(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> [HttpAnswer; 2] {
        let mut body = format!("csrf={}", self.csrf(page));
        for (name, value) in fields {
            body.push_str(&format!("&{name}={}", encoded(value)));
        }
        let cookies = self.cookies();
        let headers = [
            ("cookie", cookies.as_str()),
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
        ];
        let house = self.house;
        let both = std::thread::scope(|scope| {
            let press = || house.ask("POST", action, &headers, &body);
            [scope.spawn(press), scope.spawn(press)].map(|press| press.join().unwrap())
        });
        both.iter().for_each(|answer| self.take_cookies(answer));
        both
    }

    /// As when a session has run out.
    pub fn forget_session(&mut self) {
        self.cookies.remove("seira-session");
    }

    /// Steals what another browser keeps of who signed in there.
    pub fn take_known_of(&mut self, other: &FormBrowser<'_>) {
        self.cookies.insert("seira-known".to_owned(), other.cookies["seira-known"].clone());
    }
}

fn encoded(value: &str) -> String {
    value
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Does the work that a page asks for.
pub fn solve(page: &str) -> String {
    let (_, rest) = page.split_once("data-work=\"").unwrap();
    let json = rest.split('"').next().unwrap().replace("&#34;", "\"").replace("&quot;", "\"");
    let challenge: Challenge = serde_json::from_str(&json).unwrap();
    let solution = solve_challenge(SolveChallengeOptions::new(&challenge)).unwrap().unwrap();
    serde_json::to_string(&Payload { challenge, solution }).unwrap()
}
