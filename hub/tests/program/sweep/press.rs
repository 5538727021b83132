//! A press: a form or a request as it leaves a browser or a program, to be sent again byte by byte.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Barrier,
    time::Duration,
};

use crate::{
    house::{ProgramHouse, fresh_id},
    http::{self, HttpAnswer},
    pages::FormBrowser,
};

/// A press, ready to be sent.
#[derive(Debug, Clone)]
pub struct Press {
    path: String,
    cookies: Vec<(String, String)>,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn unescaped(text: &str) -> String {
    let plain = [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#38;", "&"),
        ("&amp;", "&"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#39;", "'"),
    ];
    plain.into_iter().fold(text.to_owned(), |text, (escaped, letter)| text.replace(escaped, letter))
}

pub fn encoded(value: &str) -> String {
    let one =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(one).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next().map(unescaped)
}

fn own((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

/// The hidden fields of a page's form.
pub fn hidden(page: &str, action: &str) -> Vec<(String, String)> {
    let forms = page.split("<form ").skip(1).map(|form| form.split("</form>").next().unwrap());
    let is_it = |form: &&str| {
        let head = form.split('>').next().unwrap();
        // A form that does not say where it goes, goes to its own page.
        let goes = attribute(&format!(" {head}"), "action");
        goes.is_none_or(|goes| goes == action) && head.contains("method=\"post\"")
    };
    let mut forms: Vec<&str> = forms.filter(is_it).collect();
    forms.sort_by_key(|form| !form.split('>').next().unwrap().contains("action="));
    let form =
        forms.first().unwrap_or_else(|| panic!("no form for {action} in {}", page.split("<main").last().unwrap()));
    let inputs = form.split("<input").skip(1).map(|input| input.split('>').next().unwrap());
    let hidden = inputs.filter(|input| input.contains(" type=\"hidden\""));
    hidden.filter_map(|input| Some((attribute(input, "name")?, attribute(input, "value")?))).collect()
}

impl Press {
    /// A form of a page, with what is filled in.
    pub fn form(browser: &mut FormBrowser<'_>, page: &str, action: &str, fields: &[(&str, &str)]) -> Self {
        let html = browser.get(page).text;
        Self::form_of(browser, &html, action, fields)
    }

    /// The same, of a page that was shown.
    pub fn form_of(browser: &FormBrowser<'_>, html: &str, action: &str, fields: &[(&str, &str)]) -> Self {
        let mut all = hidden(html, action);
        for (name, value) in fields {
            all.retain(|(known, _)| known != name);
            all.push(((*name).to_owned(), (*value).to_owned()));
        }
        Self::fields(browser, action, &all)
    }

    /// A form without the number that the page had drawn for it.
    pub fn unnumbered(browser: &mut FormBrowser<'_>, page: &str, fields: &[(&str, &str)]) -> Self {
        let csrf = browser.csrf(page);
        let own = [("csrf", csrf.as_str())];
        let all: Vec<(String, String)> =
            own.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::fields(browser, page, &all)
    }

    /// A form of these fields alone.
    pub fn fields(browser: &FormBrowser<'_>, action: &str, fields: &[(String, String)]) -> Self {
        let body: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        Self::sent(browser, action, "application/x-www-form-urlencoded", body.join("&").into_bytes())
    }

    /// A command of the desk, which has its own id.
    pub fn command(browser: &mut FormBrowser<'_>, page: &str, action: &str, fields: &[(&str, &str)]) -> Self {
        let (csrf, id) = (browser.csrf(page), fresh_id());
        let own = [("csrf", csrf.as_str()), ("command", id.as_str())];
        let all: Vec<(String, String)> =
            own.iter().chain(fields).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Self::fields(browser, action, &all)
    }

    /// A body from a browser.
    pub fn sent(browser: &FormBrowser<'_>, path: &str, kind: &str, body: Vec<u8>) -> Self {
        let cookies = browser.cookies();
        let cookies = cookies.split("; ").filter_map(|pair| pair.split_once('='));
        let headers = [("content-type", kind), ("sec-fetch-site", "same-origin")];
        Self {
            path: path.to_owned(),
            cookies: cookies.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            body,
        }
    }

    /// A request of a program, under a fresh id.
    pub fn program(token: &str, path: &str, kind: &str, body: String) -> Self {
        let id = fresh_id();
        let bears = format!("Bearer {token}");
        let mut headers = vec![("content-type", kind), ("idempotency-key", id.as_str())];
        headers.extend((!token.is_empty()).then_some(("authorization", bears.as_str())));
        Self {
            path: path.to_owned(),
            cookies: Vec::new(),
            headers: headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
            body: body.into_bytes(),
        }
    }

    /// As a browser that has taken an answer's cookies.
    pub fn keep_cookies(&mut self, answer: &HttpAnswer) {
        for line in answer.headers.lines() {
            let Some((header, value)) = line.split_once(": ") else { continue };
            let pair = value.split(';').next().unwrap_or_default().split_once('=');
            let (true, Some((name, kept))) = (header.eq_ignore_ascii_case("set-cookie"), pair) else { continue };
            self.cookies.retain(|(known, _)| known != name);
            if !kept.is_empty() {
                self.cookies.push((name.to_owned(), kept.to_owned()));
            }
        }
    }

    /// As its browser sends it with the mark of the form, and nothing by which somebody is known.
    pub fn unknown(&self) -> Self {
        let mut press = self.clone();
        press.cookies.retain(|(name, _)| name == "seira-form");
        press
    }

    /// As a browser sends it that has opened a page of its own, with what was filled in elsewhere.
    pub fn of_another(&self, house: &ProgramHouse) -> Self {
        let mut browser = FormBrowser::new(house);
        let csrf = browser.csrf("/login");
        let mut press = self.clone();
        press.cookies = browser.cookies().split("; ").filter_map(|pair| pair.split_once('=')).map(own).collect();
        let body = String::from_utf8_lossy(&self.body).into_owned();
        press.body = match body.split_once("name=\"csrf\"\r\n\r\n") {
            Some((before, rest)) => {
                let (_, after) = rest.split_once("\r\n").unwrap();
                format!("{before}name=\"csrf\"\r\n\r\n{csrf}\r\n{after}").into_bytes()
            }
            None => {
                let pair = |pair: &str| match pair.starts_with("csrf=") {
                    true => format!("csrf={}", encoded(&csrf)),
                    false => pair.to_owned(),
                };
                body.split('&').map(pair).collect::<Vec<_>>().join("&").into_bytes()
            }
        };
        press
    }

    fn head(&self) -> Vec<(String, String)> {
        let mut head = self.headers.clone();
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            head.push(("cookie".to_owned(), cookies.join("; ")));
        }
        head
    }

    pub fn send(&self, house: &ProgramHouse) -> HttpAnswer {
        let head = self.head();
        let head: Vec<(&str, &str)> = head.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        http::ask_bytes(&house.address, "POST", &self.path, &head, &self.body)
    }

    /// Sends it on two connections, of which both are open and have sent all but the last byte before either has sent that.
    pub fn send_twice(&self, house: &ProgramHouse) -> [HttpAnswer; 2] {
        let mut request = format!("POST {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", self.path, house.address);
        for (name, value) in self.head() {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        request.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len()));
        let bytes = [request.as_bytes(), &self.body].concat();
        let together = Barrier::new(2);
        let press = || {
            let mut stream = TcpStream::connect(&house.address).unwrap();
            stream.set_nodelay(true).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let (last, most) = bytes.split_last().unwrap();
            stream.write_all(most).unwrap();
            together.wait();
            stream.write_all(&[*last]).unwrap();
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            let answer = String::from_utf8_lossy(&answer).into_owned();
            let (head, text) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("half an answer: {answer}"));
            let (status, headers) = head.split_once("\r\n").unwrap();
            let status = status.split(' ').nth(1).unwrap().parse().unwrap();
            HttpAnswer { status, headers: format!("{headers}\r\n"), text: text.to_owned() }
        };
        std::thread::scope(|scope| [scope.spawn(press), scope.spawn(press)].map(|press| press.join().unwrap()))
    }
}
