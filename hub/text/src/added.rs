//! Languages that an installation adds to Greek and English: for each a folder, named by its two letters, with the same
//! files as in `text/`. Two of them are enough, `pages.ftl` for citizens and `mail.ftl`; what is not said in them is said in English.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
    sync::OnceLock,
};

use anyhow::{Context, Result, bail, ensure};
use fluent_templates::{
    ArcLoader, LanguageIdentifier,
    fluent_bundle::{FluentResource, FluentValue},
};
use wire::Language;

use crate::{placeholders::names_in, shipped};

/// What a language must have.
const FILES: [&str; 2] = ["pages.ftl", "mail.ftl"];
/// How a language calls itself, in the switch on every page.
const NAME: &str = "language-name";

static ADDED: OnceLock<AddedLanguages> = OnceLock::new();

struct AddedLanguages {
    loader: ArcLoader,
    languages: BTreeMap<Language, OwnLanguage>,
}

/// One language's own.
struct OwnLanguage {
    identifier: LanguageIdentifier,
    sentences: HashMap<String, String>,
}

/// Takes in the languages that lie in a folder, once, before anything is said; gives which.
///
/// # Errors
/// With the file, the sentence and what would be right.
pub fn take_in(folder: &Path) -> Result<Vec<Language>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut languages = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            let (language, own) = read(&path)?;
            languages.insert(language, own);
        }
    }
    if languages.is_empty() {
        return Ok(Vec::new());
    }
    let fallback = languages.values().next().map(|own| own.identifier.clone()).unwrap_or_default();
    let loader = ArcLoader::builder(folder, fallback)
        .customize(|bundle| bundle.set_use_isolating(false))
        .build()
        .map_err(|error| anyhow::anyhow!("{}: {error}", folder.display()))?;
    let found = languages.keys().copied().collect();
    // A second call in the same process finds them there already.
    let _ = ADDED.set(AddedLanguages { loader, languages });
    Ok(found)
}

/// A language's folder.
fn read(folder: &Path) -> Result<(Language, OwnLanguage)> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let language = Language::of_tag(&name)
        .with_context(|| format!("{}: name the folder by the language's two letters, e.g. de", folder.display()))?;
    ensure!(
        !Language::ALL.contains(&language),
        "{}: Greek and English are there already; an administrator changes their sentences at /admin/texts",
        folder.display()
    );
    let identifier = name.parse().with_context(|| folder.display().to_string())?;
    for file in FILES {
        ensure!(
            folder.join(file).is_file(),
            "{}: {file} is missing; begin with a copy of text/en/{file}",
            folder.display()
        );
    }
    let mut sentences = HashMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ftl") {
            let source = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            sentences.extend(check(&source).with_context(|| path.display().to_string())?);
        }
    }
    ensure!(
        sentences.contains_key(NAME),
        "{}: «{NAME}» is missing: how the language calls itself, e.g. Deutsch",
        folder.display()
    );
    let missing =
        FILES.iter().flat_map(|file| shipped::of_file(file)).filter(|id| !sentences.contains_key(*id)).count();
    if missing > 0 {
        tracing::warn!(
            language = language.tag(),
            missing,
            "sentences are missing in an added language, and are said in English"
        );
    }
    Ok((language, OwnLanguage { identifier, sentences }))
}

/// The sentences of a file, each held against the English one: what is filled into it must have the same names.
fn check(source: &str) -> Result<Vec<(String, String)>> {
    if let Err((_, errors)) = FluentResource::try_new(source.to_owned()) {
        let at = errors.first().map_or(0, |error| error.pos.start);
        let line = source.get(..at).unwrap_or(source).lines().count().max(1);
        bail!("line {line} cannot be read: {}", errors.first().map(ToString::to_string).unwrap_or_default());
    }
    let sentences = shipped::split(source);
    for (id, body) in &sentences {
        let named = names_in(id, body).unwrap_or_default();
        let known: BTreeSet<String> =
            shipped::sentence(Language::En, id).and_then(|body| names_in(id, body).ok()).unwrap_or_default();
        if let Some(unknown) = named.difference(&known).next() {
            bail!("«{id}» names {{ ${unknown} }}, which that sentence does not have; it has: {known:?}");
        }
        if let Some(words) = shipped::never_left_out(id).iter().find(|words| !body.contains(*words)) {
            bail!("«{id}» has to say «{words}»: where one complains to the data protection authority");
        }
    }
    Ok(sentences.into_iter().map(|(id, body)| (id.to_owned(), body.to_owned())).collect())
}

/// The languages that were added, by their letters.
pub fn languages() -> impl Iterator<Item = Language> {
    ADDED.get().into_iter().flat_map(|added| added.languages.keys().copied())
}

/// What an added language says, if it says it.
pub fn try_say(
    language: Language,
    id: &str,
    arguments: &HashMap<Cow<'static, str>, FluentValue<'_>>,
) -> Option<String> {
    let added = ADDED.get()?;
    let own = added.languages.get(&language).filter(|own| own.sentences.contains_key(id))?;
    added.loader.lookup_no_default_fallback(&own.identifier, id, Some(arguments))
}

/// A sentence of an added language, in Fluent's own writing.
pub fn sentence(language: Language, id: &str) -> Option<&'static str> {
    ADDED.get()?.languages.get(&language)?.sentences.get(id).map(String::as_str)
}

/// How Fluent calls an added language.
pub fn identifier(language: Language) -> Option<&'static LanguageIdentifier> {
    ADDED.get()?.languages.get(&language).map(|own| &own.identifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(change: impl Fn(&Path)) -> String {
        let folder = tempfile::tempdir().unwrap();
        let german = folder.path().join("de");
        fs::create_dir(&german).unwrap();
        fs::write(german.join("pages.ftl"), "language-name = Deutsch\nfront-title = Termine\n").unwrap();
        fs::write(german.join("mail.ftl"), "mail-hello = Guten Tag,\n").unwrap();
        assert!(read(&german).is_ok());
        change(folder.path());
        let error = fs::read_dir(folder.path()).unwrap().find_map(|entry| read(&entry.unwrap().path()).err());
        format!("{:#}", error.expect("nothing is wrong with it"))
    }

    #[test]
    fn what_is_wrong_with_an_added_language_is_said_with_its_place() {
        let check = |change: &dyn Fn(&Path), parts: &[&str]| {
            let said = refused(change);
            assert!(parts.iter().all(|part| said.contains(part)), "{said}");
        };
        let write = |file: &'static str, text: &'static str| {
            move |folder: &Path| fs::write(folder.join("de").join(file), text).unwrap()
        };
        check(
            &|folder| fs::remove_file(folder.join("de/mail.ftl")).unwrap(),
            &["mail.ftl is missing", "text/en/mail.ftl"],
        );
        check(&|folder| fs::rename(folder.join("de"), folder.join("german")).unwrap(), &["german", "two letters"]);
        check(&|folder| fs::rename(folder.join("de"), folder.join("el")).unwrap(), &["/admin/texts"]);
        check(&write("pages.ftl", "front-title = Termine\n"), &["language-name"]);
        check(&write("mail.ftl", "mail-hello = Tag\nmail-help = { $mail\n"), &["mail.ftl", "line 2"]);
        check(&write("mail.ftl", "mail-help = { $fax }\n"), &["mail-help", "$fax", "phone"]);
        let complain = "language-name = Deutsch\nprivacy-complaint = Beschwerden: Behörde, 115 23 Athen.\n";
        check(&write("pages.ftl", complain), &["pages.ftl", "privacy-complaint", "complaints@dpa.gr"]);
    }
}
