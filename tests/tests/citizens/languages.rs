//! A language more is two files beside the hub's configuration: the whole way of a booking in it, and its mails.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::walk::{Walk, place_with};

/// Stands before everything that is said in the added language, so that nothing else passes for it.
const MARK: &str = "¿";

/// The English files as a translator's first draft: every sentence, and every form of a plural, marked.
fn drafted(source: &str) -> String {
    let mut draft = String::new();
    for line in source.lines() {
        let sentence = line.split_once(" = ").filter(|(id, _)| !id.starts_with([' ', '#']));
        let form = line.trim_start().strip_prefix(['[', '*']).and_then(|_| line.split_once("] "));
        match (sentence, form) {
            (Some((id, said)), _) if !said.ends_with("->") => draft += &format!("{id} = {MARK}{said}\n"),
            (None, Some((which, said))) => draft += &format!("{which}] {MARK}{said}\n"),
            _ => draft += &format!("{line}\n"),
        }
    }
    draft.replace(&format!("language-name = {MARK}English"), "language-name = Deutsch")
}

fn put(hub: &Path) -> Result<()> {
    let folder = hub.join("languages/de");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("pages.ftl"), drafted(include_str!("../../../text/en/pages.ftl")))?;
    Ok(fs::write(folder.join("mail.ftl"), drafted(include_str!("../../../text/en/mail.ftl")))?)
}

#[test]
fn fld_21_a_language_is_added_by_two_files() -> Result<()> {
    let place = place_with(std::convert::identity, put)?;
    place.browser.go(&place.hub.base())?;
    place.browser.press("Deutsch")?;
    place.browser.reads(MARK)?;
    let read = |page: &str| {
        let seen = place.browser.script(
            "return [document.documentElement.lang, ...[...document.querySelectorAll('h1, main button[type=submit]')]\
             .map(part => part.innerText).filter(text => /[a-z]{3}/i.test(text))]",
        )?;
        let seen: Vec<&str> = seen.as_array().into_iter().flatten().filter_map(|text| text.as_str()).collect();
        ensure!(seen.len() > 1 && seen[0] == "de", "{page}: {seen:?}");
        let foreign: Vec<&&str> = seen[1..].iter().filter(|text| !text.contains(MARK)).collect();
        ensure!(foreign.is_empty(), "{page}: in no German: {foreign:?}");
        Ok(())
    };
    let walk = Walk { place: &place, language: "de", email: "gast@example.de", at: &read };
    walk.prove()?;
    walk.choose()?;
    walk.tell()?;
    let mail = walk.agree()?;
    for media_type in ["text/plain", "text/html"] {
        let text = mail.text(media_type)?;
        ensure!(text.matches(MARK).count() > 8, "{media_type}: {text}");
    }
    place.hub.verify()?;
    Ok(())
}
