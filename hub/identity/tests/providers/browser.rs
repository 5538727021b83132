//! A browser as far as these tests need one: it keeps cookies, sends forms, and says where it is led.

use std::collections::BTreeMap;

use ureq::{Agent, Body, http::Response};
use url::Url;

/// Where a browser was led, or what it was shown.
pub struct Shown {
    pub status: u16,
    pub location: Option<String>,
    pub text: String,
}

impl Shown {
    /// What the address that it was led to says under a name.
    pub fn said(&self, name: &str) -> Option<String> {
        let url = Url::parse(self.location.as_ref()?).ok()?;
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// What stands in a hidden field of the page.
    pub fn field(&self, name: &str) -> String {
        let (_, after) = self.text.split_once(&format!("name=\"{name}\" value=\"")).expect("the field is there");
        after.split_once('"').unwrap().0.replace("&amp;", "&")
    }
}

/// A browser.
pub struct PlainBrowser {
    agent: Agent,
    cookies: BTreeMap<String, String>,
}

impl PlainBrowser {
    pub fn new() -> Self {
        let config = Agent::config_builder().max_redirects(0).max_redirects_will_error(false);
        Self { agent: config.http_status_as_error(false).build().new_agent(), cookies: BTreeMap::new() }
    }

    fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    pub fn get(&mut self, url: &str) -> Shown {
        let answer = self.agent.get(url).header("cookie", self.cookie()).call().unwrap();
        self.take(answer)
    }

    pub fn post(&mut self, url: &str, form: &[(&str, &str)]) -> Shown {
        let answer = self.agent.post(url).header("cookie", self.cookie()).send_form(form.iter().copied()).unwrap();
        self.take(answer)
    }

    fn take(&mut self, mut answer: Response<Body>) -> Shown {
        for set in answer.headers().get_all("set-cookie") {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let status = answer.status().as_u16();
        Shown { status, location, text: answer.body_mut().read_to_string().unwrap_or_default() }
    }
}
