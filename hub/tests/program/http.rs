//! As much of an HTTP client as the tests need: one request a connection.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

/// A reader waits no longer than this for anything.
const DEADLINE: Duration = Duration::from_secs(20);

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpAnswer {
    pub status: u16,
    pub headers: String,
    pub text: String,
}

impl HttpAnswer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        assert!(self.headers.to_lowercase().contains("application/problem+json"), "no problem: {self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status, "{self:?}");
        let code = problem["code"].as_str().unwrap().to_owned();
        assert_eq!(problem["type"], format!("urn:seira:problem:{code}"));
        assert!(problem["detail"].as_str().unwrap().chars().count() > 15, "no sentence: {self:?}");
        code
    }

    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()
    }
}

pub fn open(address: &str, request: &str, body: &[u8]) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    // Also a body that is refused is read to its end: a sender who is cut off in the middle never sees the answer.
    stream.write_all(body).unwrap();
    BufReader::new(stream)
}

/// Asks, and waits for the head of the answer alone: what is held open never ends.
pub fn ask_head(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpAnswer {
    let reader = asked(address, method, path, headers, body);
    let (answer, _) = read_head(reader);
    answer
}

pub fn ask(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpAnswer {
    let (mut answer, mut reader) = read_head(asked(address, method, path, headers, body));
    let mut text = Vec::new();
    let _ = reader.read_to_end(&mut text);
    answer.text = String::from_utf8(text).unwrap();
    answer
}

/// The same, of what may be no text.
pub fn ask_bytes(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpAnswer {
    let (mut answer, mut reader) = read_head(asked(address, method, path, headers, body));
    let mut text = Vec::new();
    let _ = reader.read_to_end(&mut text);
    answer.text = String::from_utf8_lossy(&text).into_owned();
    answer
}

/// Asks a hub that may not be there, or goes away in the middle: the whole answer, or nothing.
pub fn try_ask(
    address: &str,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> std::io::Result<HttpAnswer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    stream.write_all(&[request.as_bytes(), body].concat())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let half = || std::io::Error::other("half an answer");
    let (head, text) = answer.split_once("\r\n\r\n").ok_or_else(half)?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(half)?;
    Ok(HttpAnswer { status, headers: head.to_owned(), text: text.to_owned() })
}

fn asked(address: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> BufReader<TcpStream> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    open(address, &request, body)
}

fn read_head(mut reader: BufReader<TcpStream>) -> (HttpAnswer, BufReader<TcpStream>) {
    let mut status = String::new();
    reader.read_line(&mut status).unwrap();
    let status = status.split(' ').nth(1).unwrap_or_else(|| panic!("no status: {status}")).parse().unwrap();
    let mut headers = String::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if line.trim().is_empty() {
            break;
        }
        headers.push_str(&line);
    }
    (HttpAnswer { status, headers, text: String::new() }, reader)
}
