//! The texts of mails and booking pages, for each office and language (FLD-21): edited with a preview, checked before they
//! are kept, and put back as they were shipped. Every change says who made it and when.

use acts::{
    Fault, Notice,
    edit_text::{self, EditedSentence, TextRefusal, tidied},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use post::{MARK, sample};
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, ok, page},
    signed::StaffVisitor,
};
use text::{
    Dates, OfficeVoice, TextFault, Voice, characters_max, check, languages, placeholders, preview, say,
    shipped::{self, GROUPS, SentenceGroup},
    spoken,
};
use wire::{Language, ProblemCode};
use writer::OfficeHandle;

use crate::ticket_preview::{self, TicketDrawing};

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

/// What was done before, which the page says above the list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TextNews {
    Saved,
    Reset,
    #[serde(other)]
    Other,
}

impl TextNews {
    fn said(self, voice: Voice) -> Option<String> {
        match self {
            Self::Saved => Some(voice.say("text-saved")),
            Self::Reset => Some(voice.say("text-reset-done")),
            Self::Other => None,
        }
    }
}

/// How the list is asked for.
#[derive(Debug, Deserialize)]
pub struct TextsQuery {
    done: Option<TextNews>,
}

fn group_title(group: SentenceGroup, language: Language, voice: Voice) -> String {
    let group = match group {
        SentenceGroup::Mail => "texts-mail",
        SentenceGroup::Pages => "texts-pages",
        SentenceGroup::Fields => "texts-fields",
        SentenceGroup::Notice => "texts-notice",
        SentenceGroup::Ticket => "texts-ticket",
    };
    format!("{} · {}", voice.say(group), say(language, "language-name"))
}

/// Every sentence that can be edited, as it is said now.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<TextsQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let offices = signed.run().filter_map(|office| {
        let name = office.config(|config| visitor.voice.of_text(&config.name))?;
        let pairs = GROUPS.into_iter().flat_map(|group| languages().map(move |language| (group, language)));
        // Kiosks print no language that was added.
        let is_said = |(group, language): &(SentenceGroup, Language)| {
            *group != SentenceGroup::Ticket || Language::ALL.contains(language)
        };
        let pairs = pairs.filter(is_said);
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
    let f = visitor.frame().admin("admin-texts").at(Page::AdminTexts.to_string());
    let done = query.done.and_then(|news| news.said(visitor.voice));
    Ok(ok(&TextsPage { f, refusal: None, done, offices: offices.collect() }))
}

fn line(office: &OfficeHandle, words: &OfficeVoice, language: Language, id: &str) -> TextLine {
    let own = words.own_words(id);
    TextLine {
        href: Page::AdminText { office: &office.key, language: language.tag(), sentence: id }.to_string(),
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
    ticket: Option<TicketDrawing>,
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

/// The sentence of a path, if this administrator may edit it.
fn find<'a>(
    signed: &'a StaffVisitor,
    (key, tag, sentence): &'a (String, String, String),
) -> Result<EditedSentence<'a>, Fault> {
    let office = signed.visitor.state.office(key)?;
    let language = spoken(tag).ok_or(ProblemCode::NotFound)?;
    EditedSentence::find(&signed.session, office, language, sentence)
}

/// Shows one sentence, and where it can be changed.
pub async fn edit(signed: StaffVisitor, PagePath(path): PagePath<(String, String, String)>) -> Result<Response, Fault> {
    let edited = find(&signed, &path)?;
    let words = signed.visitor.state.texts.voice(edited.office.row, Voice(edited.language));
    let body = words.own_words(edited.sentence).unwrap_or_else(|| edited.shipped()).to_owned();
    show(&signed, edited, body, StatusCode::OK, None).await
}

async fn show(
    signed: &StaffVisitor,
    edited: EditedSentence<'_>,
    body: String,
    status: StatusCode,
    refusal: Option<String>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let EditedSentence { office: handle, language, sentence: id } = edited;
    let (voice, row, tag, sentence) = (visitor.voice, handle.row, language.tag(), id.to_owned());
    let history = visitor.state.readers.read(move |store| store.text_history(row, tag, &sentence)).await?;
    let named = handle.config(|config| (voice.of_text(&config.name), config.zone));
    let (office, zone) = named.ok_or(ProblemCode::Unavailable)?;
    let action = Page::AdminText { office: &handle.key, language: tag, sentence: id }.to_string();
    let words = visitor.state.texts.voice(row, Voice(language));
    let dates = Dates { voice, zone, now: visitor.state.clock.now() };
    let changes = history.iter().map(|edit| {
        let who = visitor.state.access.accounts.name_of_doer(row, edit.account).unwrap_or_default();
        let what = if edit.body.is_some() { "text-change-saved" } else { "text-change-reset" };
        voice.say_with(what, [("who", who.into()), ("at", dates.day_and_time(edit.at).into())])
    });
    let previewed = preview(language, id, &body, &samples(language, id)).ok();
    let mail = previewed.as_ref().and_then(|_| {
        let texts = &visitor.state.texts;
        let marked = texts.voice_with(row, Voice(language), id, MARK);
        let said = texts.voice_with(row, Voice(language), id, &body);
        handle.config(|config| sample(config, &marked, &said, visitor.state.clock.now())).flatten()
    });
    let notice = previewed.as_ref().filter(|_| shipped::NOTICE.contains(&id)).and_then(|_| {
        let would = visitor.state.texts.voice_with(row, Voice(language), id, &body);
        handle.config(|config| {
            let (now, then) = (Notice::of(config, &words), Notice::of(config, &would));
            let new_version = Some(then.version).filter(|version| *version != now.version);
            NoticePreview { paragraphs: then.paragraphs, new_version }
        })
    });
    let ticket = previewed.as_ref().filter(|_| shipped::TICKET.contains(&id)).and_then(|_| {
        let would = visitor.state.texts.voice_with(row, Voice(language), id, &body);
        let config = handle.config(|config| config.clone())?;
        ticket_preview::drawn(&config, &would, visitor.state.clock.now())
    });
    let page_of_text = TextPage {
        f: visitor.frame().admin("admin-texts").at(action.clone()).marking(refusal.as_ref().map(|_| "body")),
        refusal,
        done: None,
        office,
        language: tag,
        language_name: say(language, "language-name"),
        shipped: edited.shipped().to_owned(),
        body: body.chars().take(characters_max(id) + 1).collect(),
        longest: characters_max(id),
        placeholders: placeholders(language, id).into_iter().map(|name| format!("{{ ${name} }}")).collect(),
        preview: previewed,
        mail,
        notice,
        ticket,
        own: words.own_words(id).is_some(),
        changes: changes.collect(),
        action,
    };
    Ok(page(status, &page_of_text))
}

fn samples(language: Language, id: &str) -> Vec<(&'static str, text::Value)> {
    let named = placeholders(language, id);
    let texts = SAMPLES.iter().filter(|(name, _)| named.contains(*name)).map(|(name, text)| (*name, (*text).into()));
    texts.chain(named.contains("n").then(|| ("n", SAMPLE_COUNT.into()))).collect()
}

/// Which button was pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum TextButton {
    Save,
    Reset,
    #[default]
    #[serde(other)]
    Preview,
}

/// A sentence in other words, and what is to become of them.
#[derive(Debug, Deserialize)]
pub struct TextForm {
    #[serde(default)]
    body: String,
    #[serde(default)]
    act: TextButton,
}

fn sentence_of(voice: Voice, id: &str, fault: &TextFault) -> String {
    match fault {
        TextFault::Empty => voice.say("text-empty"),
        TextFault::Long => voice.with("text-long", "n", characters_max(id)),
        TextFault::Broken => voice.say("text-broken"),
        TextFault::Unknown(name) => voice.with("text-unknown", "name", name.chars().take(60).collect::<String>()),
        TextFault::Missing(name) => voice.text("text-missing", "name", name),
        TextFault::Unsaid(words) => voice.text("text-unsaid", "what", words),
    }
}

/// Shows how it would read, keeps it, or says it as shipped again.
pub async fn post(
    signed: StaffVisitor,
    PagePath(path): PagePath<(String, String, String)>,
    OwnForm { visitor, fields }: OwnForm<TextForm>,
) -> Result<Response, Fault> {
    let edited = find(&signed, &path)?;
    let state = &visitor.state;
    let keep = |body| edit_text::run(&state.ledger, &state.texts, &signed.session, edited, body);
    let (kept, done) = match fields.act {
        TextButton::Save => (keep(Some(fields.body.as_str())).await, "done=saved"),
        TextButton::Reset => (keep(None).await, "done=reset"),
        TextButton::Preview => {
            let body = tidied(&fields.body);
            let fault = check(edited.language, edited.sentence, &body).err();
            let refusal = fault.map(|fault| sentence_of(visitor.voice, edited.sentence, &fault));
            let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            return show(&signed, edited, body, status, refusal).await;
        }
    };
    match kept {
        Ok(()) => Ok(Redirect::to(&Page::AdminTexts.asking(done)).into_response()),
        Err(TextRefusal::Words(fault)) => {
            let refusal = Some(sentence_of(visitor.voice, edited.sentence, &fault));
            show(&signed, edited, tidied(&fields.body), StatusCode::UNPROCESSABLE_ENTITY, refusal).await
        }
        Err(TextRefusal::Fault(fault)) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use axum::{
        Form,
        body::Body,
        extract::{FromRequest, Request},
        http::{Method, header},
    };

    use super::*;

    async fn button(body: &'static str) -> TextButton {
        let request = Request::builder().method(Method::POST);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let form = Form::<TextForm>::from_request(request.body(Body::from(body)).unwrap(), &()).await;
        form.unwrap().0.act
    }

    #[tokio::test]
    async fn fld_21_only_the_button_that_says_so_keeps_a_text() {
        assert_eq!(button("body=x&act=save").await, TextButton::Save);
        assert_eq!(button("act=reset").await, TextButton::Reset);
        for other in ["body=x", "body=x&act=", "body=x&act=preview", "body=x&act=%3Cscript%3E"] {
            assert_eq!(button(other).await, TextButton::Preview, "{other}");
        }
    }
}
