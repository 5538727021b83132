//! The mails that a hub without a server lays into its folder, as a reader shows them.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use base64::Engine;

use crate::house::ProgramHouse;

/// The newest mail of a kind, once it is there.
pub fn letter(house: &ProgramHouse, kind: &str) -> String {
    letter_to(house, kind, "")
}

/// The newest mail of a kind to an address.
pub fn letter_to(house: &ProgramHouse, kind: &str, address: &str) -> String {
    letters_to(house, kind, address, 1).pop().unwrap()
}

/// Every mail of a kind to an address, the oldest first, once there are so many.
pub fn letters_to(house: &ProgramHouse, kind: &str, address: &str, count: usize) -> Vec<String> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let files = std::fs::read_dir(house.folder.path().join("mail"));
        let mut found: Vec<PathBuf> =
            files.map(|files| files.map(|file| file.unwrap().path()).collect()).unwrap_or_default();
        found.retain(|path| path.to_string_lossy().ends_with(&format!("-{kind}.eml")));
        found.sort();
        let mails = found.iter().map(|path| std::fs::read_to_string(path).unwrap());
        let mails: Vec<String> = mails.filter(|mail| mail.contains(address)).map(|mail| plain_text(&mail)).collect();
        if mails.len() >= count {
            return mails;
        }
        assert!(Instant::now() < deadline, "{} mails of the kind {kind} to {address}", mails.len());
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The newest mail of a kind to an address, once it says something.
pub fn letter_saying(house: &ProgramHouse, (kind, address): (&str, &str), mark: &str) -> String {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let letter = letter_to(house, kind, address);
        if letter.contains(mark) {
            return letter;
        }
        assert!(Instant::now() < deadline, "no mail of the kind {kind} to {address} says {mark}: {letter}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The path of the first link in a mail that begins so.
pub fn link(letter: &str, mark: &str) -> String {
    let at = letter.find(mark).unwrap_or_else(|| panic!("no {mark} in {letter}"));
    letter[at..].split_whitespace().next().unwrap().to_owned()
}

/// The part that is text, with its packing undone.
fn plain_text(mail: &str) -> String {
    let at = mail.find("text/plain").unwrap();
    let start = mail[..at].rfind("\r\n--").unwrap_or(0);
    let (head, rest) = mail[start..].split_once("\r\n\r\n").unwrap();
    let body = rest.split("\r\n--").next().unwrap();
    if head.contains("base64") {
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(base64::engine::general_purpose::STANDARD.decode(packed).unwrap()).unwrap()
    } else {
        body.replace("=\r\n", "").replace("=3D", "=")
    }
}
