//! Closing and opening level B (PLA-07), as a part of a page: of administrators, for everything that asks for it; of staff, for
//! the categories that they supervise.

use access::Session;
use acts::{
    Fault,
    levels::switch::{self, LevelSwitch, NOTICE_CHARACTERS_MAX, SwitchFault, SwitchTurn, SwitchWish},
};
use body::{LevelSubject, SwitchRefusal};
use office::{Language, Words};
use serde::Deserialize;
use wire::ProblemCode;

use crate::{field_choices, problem::WrongField, visitor::Visitor};

/// Something that asks for level B, as a form.
#[derive(Debug)]
pub struct SwitchLine {
    /// In the form: `service:1:7`, or `category:5`.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether level B is open for it.
    pub open: bool,
    /// What users are told, as it stands or as it was typed.
    pub el: String,
    /// The same in English.
    pub en: String,
    /// Whether its form is open.
    pub unfolded: bool,
}

field_choices! {
    /// What a switch's button does.
    SwitchChoice {
        /// Level B is opened.
        Open = "yes",
        /// It is closed.
        Close = "no",
    }
}

/// What is to be closed or opened.
#[derive(Debug, Default, Deserialize)]
pub struct SwitchForm {
    #[serde(default)]
    subject: String,
    /// The name of a [`SwitchChoice`].
    #[serde(default)]
    open: String,
    #[serde(default)]
    el: String,
    #[serde(default)]
    en: String,
}

impl SwitchForm {
    fn wish(&self) -> Result<SwitchWish, ProblemCode> {
        let turn = match self.open.parse::<SwitchChoice>()? {
            SwitchChoice::Open => SwitchTurn::Open,
            SwitchChoice::Close => SwitchTurn::Close { notice: Words { el: self.el.clone(), en: self.en.clone() } },
        };
        let subject = self.subject.parse::<LevelSubject>().map_err(|_| ProblemCode::NotFound)?;
        Ok(SwitchWish { subject, turn })
    }
}

/// The forms of what somebody may close and open, with what was typed into one that was refused.
///
/// # Errors
/// `not-allowed` for who may close and open nothing, or that the hub cannot read.
pub async fn lines(visitor: &Visitor, session: &Session, typed: Option<&SwitchForm>) -> Result<Vec<SwitchLine>, Fault> {
    let voice = visitor.voice;
    // What is far too long is not sent back whole.
    let sent_back = |text: &str| text.chars().take(2 * NOTICE_CHARACTERS_MAX).collect::<String>();
    let line = |LevelSwitch { subject, name, open, notice }: LevelSwitch| {
        let id = subject.to_string();
        let own = typed.filter(|typed| typed.subject == id);
        let Words { el, en } = match own {
            Some(own) => Words { el: sent_back(&own.el), en: sent_back(&own.en) },
            None => notice.unwrap_or_default(),
        };
        SwitchLine { id, name: voice.of_text(&name), open, el, en, unfolded: own.is_some() }
    };
    let theirs = switch::theirs(visitor.state.level_room(), session).await?;
    Ok(theirs.into_iter().map(line).collect())
}

/// Closes or opens it; or says what is wrong with the form.
///
/// # Errors
/// `not-allowed` for who may not, `not-found` for what asks for no level B, or that the hub cannot write.
pub async fn press(visitor: &Visitor, session: &Session, form: &SwitchForm) -> Result<Result<(), WrongField>, Fault> {
    let state = &visitor.state;
    match switch::run(state.level_room(), &state.mail, session, form.wish()?).await {
        Ok(()) => Ok(Ok(())),
        Err(SwitchFault::Rule(SwitchRefusal::NoticeMissing { language })) => {
            let field = if language == Language::El { "el" } else { "en" };
            let said = visitor.voice.say("levels-notice-missing");
            Ok(Err(WrongField::new(said, format!("{field}-{}", form.subject))))
        }
        Err(SwitchFault::Fault(fault)) => Err(fault),
    }
}
