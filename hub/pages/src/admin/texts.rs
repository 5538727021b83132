//! The texts of mails and booking pages, for each office and language (FLD-21): edited with a preview, checked before they
//! are kept, and put back as they were shipped. Every change says who made it and when.

use acts::Fault;
use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::{Language, ProblemCode};

use crate::{
    form::Sent,
    frame::{Frame, ok, page},
    notice::Notice,
    problem,
    staff::signed::Signed,
};
use post::{MARK, sample};
use store::TextEdit;
use text::shipped::{GROUPS, Group};
use text::{
    Dates, OfficeVoice, SENTENCE_CHARACTERS_MAX, TextFault, Voice, check, languages, placeholders, preview, say,
    shipped, spoken,
};
use writer::OfficeHandle;

/// Sentences with these values in their placeholders show what a reader would see; nothing of a real person.
const SAMPLES: [(&str, &str); 15] = [
    ("email", "onoma@example.gr"),
    ("phone", "694 000 0000"),
    ("code", "C2D3F4G5"),
    ("until", "10:30"),
    ("at", "Τρίτη 24 Νοεμβρίου, 10:15"),
    ("when", "Τρίτη 24 Νοεμβρίου, 10:15"),
    ("day", "Τρίτη 24 Νοεμβρίου"),
    ("name", "Δελτίο ταυτότητας"),
    ("document", "Δελτίο ταυτότητας, φωτοαντίγραφο"),
    ("office", "ΚΕΠ"),
    ("agent", "Σχολή Οδηγών"),
    ("label", "Αριθμός"),
    ("what", "ταυτότητα"),
    ("version", "1a2b3c"),
    ("link", "https://"),
];
/// What stands in the place of a number.
const SAMPLE_COUNT: u64 = 2;

#[derive(Template)]
#[template(path = "admin/texts.html")]
struct TextsPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<OfficeTexts>,
}

struct OfficeTexts {
    name: String,
    groups: Vec<GroupTexts>,
}

struct GroupTexts {
    title: String,
    language: &'static str,
    lines: Vec<TextLine>,
}

struct TextLine {
    href: String,
    said: String,
    own: bool,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

fn group_title(group: Group, language: Language, voice: Voice) -> String {
    let group = match group {
        Group::Mail => "texts-mail",
        Group::Pages => "texts-pages",
        Group::Fields => "texts-fields",
        Group::Notice => "texts-notice",
    };
    format!("{} · {}", voice.say(group), say(language, "language-name"))
}

/// Every sentence that can be edited, as it is said now.
pub async fn get(signed: Signed, Query(done): Query<Done>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let visitor = &signed.visitor;
    let done = match done.done.as_str() {
        "saved" => Some("text-saved"),
        "reset" => Some("text-reset-done"),
        _ => None,
    };
    let offices = signed.run().filter_map(|office| {
        let name = office.config(|config| visitor.voice.of_text(&config.name))?;
        let pairs = GROUPS.into_iter().flat_map(|group| languages().map(move |language| (group, language)));
        let groups = pairs.map(|(group, language)| {
            let words = visitor.state.texts.voice(office.row, Voice(language));
            GroupTexts {
                title: group_title(group, language, visitor.voice),
                language: language.tag(),
                lines: shipped::ids(group).iter().map(|id| line(office, &words, language, id)).collect(),
            }
        });
        Some(OfficeTexts { name, groups: groups.collect() })
    });
    let f = visitor.frame().admin("admin-texts").at("/admin/texts");
    let done = done.map(|id| visitor.voice.say(id));
    ok(&TextsPage { f, refusal: None, done, offices: offices.collect() })
}

fn line(office: &OfficeHandle, words: &OfficeVoice, language: Language, id: &str) -> TextLine {
    let own = words.own_words(id);
    TextLine {
        href: format!("/admin/texts/{}/{}/{id}", office.key, language.tag()),
        said: own.or_else(|| text::shipped_or_added(language, id)).unwrap_or_default().to_owned(),
        own: own.is_some(),
    }
}

#[derive(Template)]
#[template(path = "admin/text.html")]
struct TextPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    office: String,
    language: &'static str,
    language_name: String,
    shipped: String,
    body: String,
    longest: usize,
    placeholders: Vec<String>,
    preview: Option<String>,
    mail: Option<String>,
    notice: Option<NoticePreview>,
    own: bool,
    changes: Vec<String>,
    action: String,
}

/// The privacy notice as it would be.
struct NoticePreview {
    paragraphs: Vec<String>,
    /// The version that it would have, if it is another.
    new_version: Option<String>,
}

/// A sentence of an office that this administrator runs.
struct Chosen<'a> {
    office: &'a OfficeHandle,
    language: Language,
    id: String,
}

impl Chosen<'_> {
    fn of<'a>(signed: &'a Signed, path: (String, String, String)) -> Result<Chosen<'a>, Fault> {
        let (key, tag, id) = path;
        let visitor = &signed.visitor;
        let office = visitor.state.office(&key).ok_or(ProblemCode::NotFound)?;
        signed.admin_of(office.row)?;
        let language = spoken(&tag).ok_or(ProblemCode::NotFound)?;
        if !shipped::is_editable(&id) {
            return Err(ProblemCode::NotFound.into());
        }
        Ok(Chosen { office, language, id })
    }

    fn action(&self) -> String {
        format!("/admin/texts/{}/{}/{}", self.office.key, self.language.tag(), self.id)
    }

    fn shipped(&self) -> &'static str {
        text::shipped_or_added(self.language, &self.id).unwrap_or_default()
    }
}

/// Shows one sentence, and where it can be changed.
pub async fn edit(signed: Signed, Path(path): Path<(String, String, String)>) -> Response {
    let chosen = match Chosen::of(&signed, path) {
        Ok(chosen) => chosen,
        Err(fault) => return fault.into_response(),
    };
    let words = signed.visitor.state.texts.voice(chosen.office.row, Voice(chosen.language));
    let body = words.own_words(&chosen.id).unwrap_or_else(|| chosen.shipped()).to_owned();
    show(&signed, &chosen, body, StatusCode::OK, None).await
}

async fn show(
    signed: &Signed,
    chosen: &Chosen<'_>,
    body: String,
    status: StatusCode,
    refusal: Option<String>,
) -> Response {
    let visitor = &signed.visitor;
    let (voice, language, id) = (visitor.voice, chosen.language, chosen.id.as_str());
    let (row, tag, sentence) = (chosen.office.row, language.tag(), chosen.id.clone());
    let history = visitor.state.readers.read(move |store| store.text_history(row, tag, &sentence)).await;
    let Ok(history) = history else { return problem::page_of(visitor, ProblemCode::Unavailable) };
    let Some((office, zone)) = chosen.office.config(|config| (voice.of_text(&config.name), config.zone)) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let words = visitor.state.texts.voice(row, Voice(language));
    let dates = Dates { voice, zone };
    let accounts = visitor.state.access.accounts.all();
    let changes = history.iter().map(|edit| {
        let who = accounts.iter().find(|account| account.id == edit.account);
        let who = who.map(|account| account.name.clone()).unwrap_or_default();
        let what = if edit.body.is_some() { "text-change-saved" } else { "text-change-reset" };
        voice.say_with(what, [("who", who.into()), ("at", dates.day_and_time(edit.at).into())])
    });
    let previewed = preview(language, id, &body, &samples(language, id)).ok();
    let mail = previewed.as_ref().and_then(|_| {
        let texts = &visitor.state.texts;
        let marked = texts.voice_with(row, Voice(language), id, MARK);
        let said = texts.voice_with(row, Voice(language), id, &body);
        chosen.office.config(|config| sample(config, &marked, &said, visitor.state.clock.now())).flatten()
    });
    let notice = previewed.as_ref().filter(|_| shipped::NOTICE.contains(&id)).and_then(|_| {
        let would = visitor.state.texts.voice_with(row, Voice(language), id, &body);
        chosen.office.config(|config| {
            let (now, then) = (Notice::of(config, &words), Notice::of(config, &would));
            let new_version = Some(then.version).filter(|version| *version != now.version);
            NoticePreview { paragraphs: then.paragraphs, new_version }
        })
    });
    let page_of_text = TextPage {
        f: visitor.frame().admin("admin-texts").at(chosen.action()),
        refusal,
        done: None,
        office,
        language: language.tag(),
        language_name: say(language, "language-name"),
        shipped: chosen.shipped().to_owned(),
        body: body.chars().take(SENTENCE_CHARACTERS_MAX + 1).collect(),
        longest: SENTENCE_CHARACTERS_MAX,
        placeholders: placeholders(language, id).into_iter().map(|name| format!("{{ ${name} }}")).collect(),
        preview: previewed,
        mail,
        notice,
        own: words.own_words(id).is_some(),
        changes: changes.collect(),
        action: chosen.action(),
    };
    page(status, &page_of_text)
}

fn samples(language: Language, id: &str) -> Vec<(&'static str, text::Value)> {
    let named = placeholders(language, id);
    let texts = SAMPLES.iter().filter(|(name, _)| named.contains(*name)).map(|(name, text)| (*name, (*text).into()));
    texts.chain(named.contains("n").then(|| ("n", SAMPLE_COUNT.into()))).collect()
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    body: String,
    #[serde(default)]
    act: String,
}

fn sentence_of(voice: Voice, fault: &TextFault) -> String {
    match fault {
        TextFault::Empty => voice.say("text-empty"),
        TextFault::Long => voice.with("text-long", "n", SENTENCE_CHARACTERS_MAX),
        TextFault::Broken => voice.say("text-broken"),
        TextFault::Unknown(name) => voice.with("text-unknown", "name", name.chars().take(60).collect::<String>()),
        TextFault::Missing(name) => voice.text("text-missing", "name", name),
        TextFault::Unsaid(words) => voice.text("text-unsaid", "what", words),
    }
}

/// Shows how it would read, keeps it, or says it as shipped again.
pub async fn post(
    signed: Signed,
    Path(path): Path<(String, String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let chosen = match Chosen::of(&signed, path) {
        Ok(chosen) => chosen,
        Err(fault) => return fault.into_response(),
    };
    let body = fields.body.replace("\r\n", "\n").trim().to_owned();
    let resets = fields.act == "reset";
    if !resets && let Err(fault) = check(chosen.language, &chosen.id, &body) {
        let sentence = sentence_of(visitor.voice, &fault);
        return show(&signed, &chosen, body, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence)).await;
    }
    if !resets && fields.act != "save" {
        return show(&signed, &chosen, body, StatusCode::OK, None).await;
    }
    let state = &visitor.state;
    let edit = TextEdit {
        office: chosen.office.row,
        language: chosen.language.tag().to_owned(),
        sentence: chosen.id.clone(),
        // What is the same as shipped follows the next version of the hub.
        body: (!resets && body != chosen.shipped()).then_some(body),
        account: signed.session.account.id,
        at: state.clock.now(),
    };
    let kept = state.writer.change(move |store| {
        store.put_text(&edit)?;
        store.texts()
    });
    let all = match kept.await {
        Ok(all) => all,
        Err(error) => return problem::page_of_fault(&visitor, &error.into()),
    };
    let (row, language) = (chosen.office.row, chosen.language);
    let ours = all.into_iter().filter(|edit| edit.office == row && edit.language == language.tag());
    state.texts.set(row, language, ours.filter_map(|edit| Some((edit.sentence, edit.body?))).collect());
    let admin = signed.session.account.id;
    tracing::info!(admin, office = row, sentence = chosen.id, language = language.tag(), "a text was changed");
    Redirect::to(if resets { "/admin/texts?done=reset" } else { "/admin/texts?done=saved" }).into_response()
}
