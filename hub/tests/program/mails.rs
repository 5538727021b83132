//! Mails as they lie in the folder, read as their receivers would.

use std::{fs, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::{gone::wait, house::ProgramHouse};

/// The newest mail of a kind, once it is there: all its parts in plain letters.
pub fn mail(house: &ProgramHouse, kind: &str) -> String {
    let folder = house.folder.path().join("mail");
    let newest = || {
        let files = fs::read_dir(&folder).ok()?.map(|file| file.unwrap().path());
        let mut found: Vec<PathBuf> =
            files.filter(|path| path.to_string_lossy().ends_with(&format!("-{kind}.eml"))).collect();
        found.sort();
        found.pop()
    };
    wait(|| newest().is_some(), "a mail is in the folder");
    plain(&fs::read_to_string(newest().unwrap()).unwrap())
}

/// Takes away what lies there, so that the next mail is the only one.
pub fn clear(house: &ProgramHouse) {
    for file in fs::read_dir(house.folder.path().join("mail")).into_iter().flatten() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
}

fn plain(mail: &str) -> String {
    let parts = mail.split("\r\n--").map(|part| {
        let Some((head, body)) = part.split_once("\r\n\r\n") else { return String::new() };
        let packed: String = body.split_whitespace().collect();
        match STANDARD.decode(packed) {
            Ok(bytes) if head.contains("base64") => String::from_utf8_lossy(&bytes).into_owned(),
            Ok(_) | Err(_) => body.replace("=\r\n", "").replace("=3D", "="),
        }
    });
    parts.collect::<Vec<_>>().join("\n")
}

/// The first link in a mail that begins so, e.g. `/booking/`.
pub fn link(mail: &str, begins: &str) -> String {
    let at = mail.find(begins).unwrap_or_else(|| panic!("no {begins} in {mail}"));
    let end = mail[at..].find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>')).unwrap_or(mail.len() - at);
    mail[at..at + end].to_owned()
}
