//! Every form of every page, as each caller finds it in the page's own HTML, filled in with what is extreme, hostile or random:
//! a page with a sentence comes back, nothing breaks, and afterwards the offices work.
//!
//! Shows NEW-14.

use std::{cell::Cell, collections::BTreeSet};

use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use serde_json::json;

use crate::{
    feeds::first_view,
    gates::{CALLERS, GateScene, opened_pages},
    house::{WATCH, fresh_id},
    http,
};

/// Forms are filled in so often for each caller who finds them.
const CASES: u32 = 24;
/// Callers whose pages differ.
const WALKERS: [&str; 11] = [
    "nobody",
    "citizen",
    "member",
    "agent",
    "clerk",
    "certifier",
    "supervisor",
    "coordinator",
    "unit-coordinator",
    "head",
    "admin",
];
/// A field that nobody sees who is no machine.
const TRAP: &str = "left_empty";
/// What ends the walk of its caller, or takes from another what the walk still needs.
const SPARED: [&str; 3] = ["logout", "/disable", "/revoke"];

/// Text at the edges of what anybody means, and text that means harm. Bytes, since not all of it is text.
const VALUES: &[&[u8]] = &[
    b"",
    b" ",
    b"0",
    b"-1",
    b"255",
    b"256",
    b"65536",
    b"4294967296",
    b"18446744073709551616",
    b"-9223372036854775809",
    b"1e309",
    b"NaN",
    b"0x10",
    b"on",
    b"yes",
    b"null",
    b"[]",
    b"+262142-12-31T23:59:59Z",
    b"-262143-01-01",
    b"2026-02-30",
    b"2026-11-24",
    b"2200-12-31T23:59:59Z",
    b"2026-11-24T09:00:00+14:00",
    b"24:00",
    b"99:99",
    b"08:00-07:59",
    b"\0",
    b"\r\nSet-Cookie: a=b",
    b"\xff\xfe\xfd",
    b"\xed\xa0\x80",
    b"\xe2\x80\xae\xe2\x80\x8b",
    b"<script>alert(1)</script>",
    b"'\"><svg onload=alert(1)>",
    b"../../../etc/passwd",
    b"{{7*7}}${7*7}{ $name }",
    b"'); DROP TABLE people;--",
    b"=cmd|' /C calc'!A0",
    b"javascript:alert(1)",
    b"//example.org",
    b"a@b@c",
    b"maria@example.gr\r\nBcc: x@example.gr",
    b"00000000-0000-0000-0000-000000000000",
    b"kep",
    b"other",
    b"tickets",
    b"service:signature",
    b"desk:65535",
    b"\xce\x9c\xce\xb1\xcf\x81\xce\xaf\xce\xb1",
    "👩‍👩‍👧‍👦".as_bytes(),
];

/// A form as it stands in a page.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct FoundForm {
    action: String,
    /// Name, and what stands in it.
    fields: Vec<(String, String)>,
    has_files: bool,
}

fn unescaped(text: &str) -> String {
    text.replace("&#38;", "&").replace("&amp;", "&").replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<")
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mark = format!(" {name}=\"");
    tag[tag.find(&mark)? + mark.len()..].split('"').next()
}

/// The forms that a page posts; one that does not say where it goes, goes to its own page.
fn forms_in(html: &str, page: &str) -> Vec<FoundForm> {
    let forms = html.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap_or_default());
    forms
        .filter_map(|form| {
            let (head, body) = form.split_once('>')?;
            let head = format!(" {head}");
            if !attribute(&head, "method")?.eq_ignore_ascii_case("post") {
                return None;
            }
            let mut fields: Vec<(String, String)> = Vec::new();
            for tag in body.split('<').skip(1) {
                let name = tag.split([' ', '>']).next().unwrap_or_default();
                let tag = tag.split('>').next().unwrap_or_default();
                if ["input", "select", "textarea", "button"].contains(&name)
                    && let Some(field) = attribute(tag, "name")
                {
                    fields.push((unescaped(field), unescaped(attribute(tag, "value").unwrap_or_default())));
                }
                if name == "option"
                    && let (Some(last), Some(value)) = (fields.last_mut(), attribute(tag, "value"))
                    && last.1.is_empty()
                {
                    last.1 = unescaped(value);
                }
            }
            let has_files = head.contains("multipart");
            let action = attribute(&head, "action").map_or_else(|| page.to_owned(), unescaped);
            Some(FoundForm { action, fields, has_files })
        })
        .collect()
}

/// What somebody does with a field.
#[derive(Debug, Clone)]
enum Filling {
    /// Leaves it as it is.
    Kept,
    /// Takes it out of the form.
    Missing,
    /// Sends this.
    With(Vec<u8>),
    /// Sends it twice, the second time with this.
    Twice(Vec<u8>),
}

fn filling() -> impl Strategy<Value = Filling> {
    let value = || {
        prop_oneof![
            6 => proptest::sample::select(VALUES).prop_map(<[u8]>::to_vec),
            1 => (proptest::sample::select(VALUES), 2_usize..3_000).prop_map(|(value, times)| value.repeat(times)),
            2 => proptest::collection::vec(any::<u8>(), 0..40),
            2 => "\\PC{0,40}".prop_map(String::into_bytes),
        ]
    };
    prop_oneof![
        4 => Just(Filling::Kept),
        1 => Just(Filling::Missing),
        6 => value().prop_map(Filling::With),
        1 => value().prop_map(Filling::Twice),
    ]
}

fn encoded(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("%{byte:02X}")).collect()
}

/// The body of a form; its own token goes along, or else nobody would look at the rest.
fn body(form: &FoundForm, fillings: &[Filling], csrf: &str) -> String {
    let mut pairs = vec![format!("csrf={csrf}")];
    for ((name, kept), filling) in form.fields.iter().zip(fillings).filter(|((name, _), _)| name != "csrf") {
        let name = encoded(name.as_bytes());
        let kept = format!("{name}={}", encoded(kept.as_bytes()));
        match filling {
            Filling::Kept => pairs.push(kept),
            Filling::Missing => {}
            Filling::With(value) => pairs.push(format!("{name}={}", encoded(value))),
            Filling::Twice(value) => pairs.extend([kept, format!("{name}={}", encoded(value))]),
        }
    }
    pairs.join("&")
}

/// How the parts of a form with files are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrapping {
    /// As browsers do it.
    Whole,
    /// Without its last line.
    Unended,
    /// With another line between the parts than was said.
    Foreign,
    /// Without a word about that line.
    Unsaid,
    /// Without the empty line between the head of a part and what it holds.
    Headless,
    /// Part within part.
    Nested,
}

const WRAPPINGS: [Wrapping; 6] =
    [Wrapping::Whole, Wrapping::Unended, Wrapping::Foreign, Wrapping::Unsaid, Wrapping::Headless, Wrapping::Nested];

/// What a file of citizens may begin with, so that more than its first bytes is looked at.
const BEGINNINGS: [&[u8]; 4] = [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"];

/// The body of a form with files, and what is said of it.
fn parts(
    form: &FoundForm,
    fillings: &[Filling],
    csrf: &str,
    (wrapping, begins): (Wrapping, &[u8]),
) -> (&'static str, Vec<u8>) {
    let mut body = Vec::new();
    let line: &[u8] = if wrapping == Wrapping::Foreign { b"--other\r\n" } else { b"--edge\r\n" };
    let gap: &[u8] = if wrapping == Wrapping::Headless { b"\r\n" } else { b"\r\n\r\n" };
    let mut put = |name: &str, file: Option<&[u8]>, value: &[u8]| {
        let head = format!("content-disposition: form-data; name=\"{name}\"");
        body.extend([line, head.as_bytes()].concat());
        if let Some(file) = file {
            body.extend([b"; filename=\"".as_slice(), file, b"\"\r\ncontent-type: application/pdf"].concat());
        }
        body.extend([gap, value, b"\r\n"].concat());
    };
    put("csrf", None, csrf.as_bytes());
    for ((name, kept), filling) in form.fields.iter().zip(fillings).filter(|((name, _), _)| name != "csrf") {
        let file = |value: &[u8]| [begins, value].concat();
        match filling {
            Filling::Kept => put(name, Some(b"a.pdf"), &file(kept.as_bytes())),
            Filling::Missing => {}
            Filling::With(value) => put(name, Some(value), &file(value)),
            Filling::Twice(value) => {
                put(name, Some(b"a.pdf"), &file(value));
                put(name, None, value);
            }
        }
    }
    if wrapping == Wrapping::Nested {
        body = [b"--edge\r\ncontent-type: multipart/mixed; boundary=edge\r\n\r\n".as_slice(), &body].concat();
    }
    if wrapping != Wrapping::Unended {
        body.extend([&line[..line.len() - 2], b"--\r\n"].concat());
    }
    let kind = if wrapping == Wrapping::Unsaid { "multipart/form-data" } else { "multipart/form-data; boundary=edge" };
    (kind, body)
}

/// The fields of each form in which one writes, without what is not sent back: passwords, and what was drawn for the form.
fn written_in(html: &str, action: &str) -> Vec<String> {
    let forms = html.split("<form ").skip(1).map(|rest| rest.split("</form>").next().unwrap_or_default());
    let is_it = |form: &&str| {
        let (head, _) = form.split_once('>').unwrap_or((form, ""));
        attribute(&format!(" {head}"), "action").map(unescaped).as_deref() == Some(action)
    };
    let written = |tag: &str| {
        let name = tag.split([' ', '>']).next().unwrap_or_default();
        let tag = tag.split('>').next().unwrap_or_default();
        let kind = attribute(tag, "type").unwrap_or("text");
        let is_written = name == "textarea" || name == "input" && ["text", "email", "tel"].contains(&kind);
        attribute(tag, "name").filter(|_| is_written).map(unescaped)
    };
    forms.filter(is_it).flat_map(|form| form.split('<').skip(1).filter_map(written).collect::<Vec<_>>()).collect()
}

#[test]
fn new_14_a_form_that_is_refused_stands_there_with_all_that_was_typed() {
    // What is typed once for a step of signing in: a code that was wrong is no use.
    const NOT_SENT_BACK: [&str; 4] = ["read", "code", "altcha", TRAP];
    let scene = GateScene::set();
    let (mut refused, mut lost) = (BTreeSet::new(), BTreeSet::new());
    for walker in WALKERS.into_iter().filter(|walker| !["nobody", "citizen"].contains(walker)) {
        let caller = CALLERS.iter().position(|name| *name == walker).unwrap();
        for page in opened_pages(caller) {
            let html = scene.page(caller, &page);
            let here = scene.path(&page, caller);
            for form in forms_in(&html, &here).into_iter().filter(|form| !form.has_files) {
                let written = written_in(&html, &form.action);
                if written.is_empty() || SPARED.iter().any(|spared| form.action.contains(spared)) {
                    continue;
                }
                for typed in ["zq", "31"] {
                    let value =
                        |name: &String| format!("{typed}{}", written.iter().position(|one| one == name).unwrap());
                    let fill = |(name, kept): &(String, String)| match written.contains(name) {
                        true => Filling::With(value(name).into_bytes()),
                        false if kept.is_empty() => Filling::Kept,
                        false => Filling::With(kept.clone().into_bytes()),
                    };
                    let fillings: Vec<Filling> = form.fields.iter().map(fill).collect();
                    // As a browser sends it: names as they are, one button, and nothing in the field that is there for machines.
                    let mut sent = BTreeSet::from(["csrf", TRAP]);
                    let pairs = form.fields.iter().zip(&fillings).filter(|((name, _), _)| sent.insert(name));
                    let pairs = pairs.map(|((name, kept), filling)| match filling {
                        Filling::With(value) => format!("{name}={}", encoded(value)),
                        _ => format!("{name}={}", encoded(kept.as_bytes())),
                    });
                    let own = [format!("csrf={}", scene.csrf(caller))];
                    let body = own.into_iter().chain(pairs).collect::<Vec<_>>().join("&");
                    let answer = scene.post(caller, &form.action, &body);
                    if !(400..500).contains(&answer.status) {
                        continue;
                    }
                    refused.insert(form.action.clone());
                    let names = written.iter().filter(|name| !NOT_SENT_BACK.contains(&name.as_str()));
                    for name in names.filter(|name| !unescaped(&answer.text).contains(&value(name))) {
                        lost.insert(format!("{walker}, {}: {name} ({})", form.action, answer.status));
                    }
                }
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(refused.len() >= 8, "{refused:?}");
}

#[test]
fn new_14_every_form_survives_whatever_is_written_into_it() {
    let scene = GateScene::set();
    let (mut count, mut files, posts) = (0, 0, Cell::new(0_u32));
    for walker in WALKERS {
        let caller = CALLERS.iter().position(|name| *name == walker).unwrap();
        let mut seen = BTreeSet::new();
        for page in opened_pages(caller) {
            let html = scene.page(caller, &page);
            for form in forms_in(&html, &scene.path(&page, caller)) {
                let names: Vec<&String> = form.fields.iter().map(|(name, _)| name).collect();
                let is_new = seen.insert(format!("{} {names:?}", form.action));
                if !is_new || SPARED.iter().any(|spared| form.action.contains(spared)) {
                    continue;
                }
                count += 1;
                files += usize::from(form.has_files);
                let config =
                    Config { cases: CASES, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
                let wrapping = (proptest::sample::select(&WRAPPINGS), proptest::sample::select(&BEGINNINGS));
                let filled = (proptest::collection::vec(filling(), form.fields.len()), wrapping);
                let tried = TestRunner::new(config).run(&filled, |(fillings, (wrapping, begins))| {
                    posts.set(posts.get() + 1);
                    let csrf = scene.csrf(caller);
                    let answer = if form.has_files {
                        let (kind, body) = parts(&form, &fillings, csrf, (wrapping, begins));
                        scene.post_of(caller, &form.action, kind, &body)
                    } else {
                        scene.post(caller, &form.action, &body(&form, &fillings, csrf))
                    };
                    is_answered(&answer)
                        .map_err(|fault| TestCaseError::fail(format!("{walker}, {}: {fault}", form.action)))
                });
                tried.unwrap_or_else(|error| panic!("{error}"));
            }
        }
    }
    eprintln!("{count} forms were posted {} times", posts.get());
    assert!(count > 60, "{count} forms were found");
    assert!(files > 0, "no form with files was found");
    // What was suspended in good form is resumed; then everything works as before.
    let admin = &scene.admin;
    for scope in [json!({}), json!({ "service": "signature" }), json!({ "service": "driving-licence" })] {
        let _ = scene.house.post(admin, "/api/v1/offices/kep/resumptions", &json!({ "scope": scope }));
    }
    for office in ["kep", "other"] {
        let path = format!("/api/v1/offices/{office}/tickets");
        let ticket = scene.house.post_as(admin, &fresh_id(), &path, &json!({ "service": "certified-copy" }));
        assert!(ticket.status == 200 || ticket.status == 409, "{office}: {ticket:?}");
    }
    assert!(first_view(&scene.house, admin, "floor")["visits"].is_array());
    let metrics = scene.house.get(WATCH, "/metrics").text;
    assert!(metrics.contains("seira_commands_broken_total 0"), "{metrics}");
}

/// A redirect, or a page with a sentence; never a fault of the hub's own.
fn is_answered(answer: &http::HttpAnswer) -> Result<(), String> {
    let http::HttpAnswer { status, headers, text } = answer;
    if *status >= 500 {
        return Err(format!("{status}: {text}"));
    }
    let is_redirect = (300..400).contains(status) && headers.contains("location: ");
    let is_page = text.contains("<main") && text.contains("</html>");
    let is_file = *status == 200 && headers.contains("content-disposition: ");
    if is_redirect || is_page || is_file { Ok(()) } else { Err(format!("{status}, and no page: {headers}{text}")) }
}
