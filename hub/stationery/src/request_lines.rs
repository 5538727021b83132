//! What citizens and staff both read of a request: where it stands, by when it is due, what was filled in, and every step.

use acts::requests::{SPOT, form_of, view::RequestView};
use body::{AccountId, BodyConfig, Case, CaseEnd, CasePhase, CaseStep, CloseReason, PaperKind, ResultWay, Spot, Term};
use office::FieldKind;
use store::{FilePurpose, RequestFile};
use text::{Dates, Voice};

/// A fact about a request: its label, and what it is.
pub type RequestFact = (String, String);

/// A step of a request, as it is read.
#[derive(Debug)]
pub struct RequestLine {
    /// The day and hour, in words.
    pub at: String,
    /// What happened.
    pub said: String,
    /// What was written with it.
    pub text: Option<String>,
    /// Whether staff alone read that.
    pub internal: bool,
}

/// Who reads: staff are told names, citizens are not.
pub enum RequestReader<'a> {
    /// Whoever asked for it.
    Applicant,
    /// Staff, with the names of accounts.
    Staff(&'a dyn Fn(AccountId) -> String),
}

/// The class of the tag that says where a request stands, and what it says.
#[must_use]
pub fn standing(case: &Case, voice: Voice) -> (&'static str, String) {
    let (class, sentence) = match case.phase {
        CasePhase::InHand if case.worker.is_none() => ("tag-expected", "request-phase-unassigned"),
        CasePhase::InHand => ("tag-expected", "request-phase-in-hand"),
        CasePhase::AwaitsAnswer { .. } => ("tag-kept", "request-phase-awaits-answer"),
        CasePhase::Accepted => ("tag-expected", "request-phase-accepted"),
        CasePhase::Ready { way: ResultWay::Collection } => ("tag-here", "request-phase-ready-collection"),
        CasePhase::Ready { way: ResultWay::Post } => ("tag-here", "request-phase-ready-post"),
        CasePhase::Ready { way: ResultWay::Download } => ("tag-here", "request-phase-ready-download"),
        CasePhase::Closed { end } => ("tag-served", ended(end)),
    };
    (class, voice.say(sentence))
}

const fn ended(end: CaseEnd) -> &'static str {
    match end {
        CaseEnd::Done => "request-phase-done",
        CaseEnd::Collected => "request-phase-collected",
        CaseEnd::Posted => "request-phase-posted",
        CaseEnd::Downloaded => "request-phase-downloaded",
        CaseEnd::Refused => "request-phase-refused",
        CaseEnd::Forwarded => "request-phase-forwarded",
        CaseEnd::Withdrawn => "request-phase-withdrawn",
        CaseEnd::Closed(CloseReason::NotCollected) => "request-phase-not-collected",
        CaseEnd::Closed(CloseReason::NoAnswer) => "request-phase-no-answer",
        CaseEnd::Closed(CloseReason::Duplicate) => "request-phase-duplicate",
        CaseEnd::Closed(CloseReason::Other) => "request-phase-closed",
    }
}

/// The sentence of a way in which a result goes to the applicant.
#[must_use]
pub const fn way(way: ResultWay) -> &'static str {
    match way {
        ResultWay::Collection => "request-way-collection",
        ResultWay::Post => "request-way-post",
        ResultWay::Download => "request-way-download",
    }
}

/// How long a category takes, in words.
#[must_use]
pub fn term(term: Term, voice: Voice) -> String {
    match term {
        Term::Days(days) => voice.count("request-due-days", days),
        Term::WorkingDays(days) => voice.count("request-due-working-days", days),
    }
}

/// What stands at the head of a request's page and on its receipt.
#[must_use]
pub fn facts(case: &Case, body: &BodyConfig, dates: Dates) -> Vec<RequestFact> {
    let voice = dates.voice;
    let number = if case.awaits_number() { "request-number-provisional" } else { "request-number" };
    let category = body.categories.get(&case.category);
    let unit = body.units.get(&case.unit);
    let mut facts = vec![
        (voice.say(number), case.shown_number().to_string()),
        (voice.say("request-category"), category.map(|one| voice.of_text(&one.name)).unwrap_or_default()),
        (voice.say("request-unit"), unit.map(|one| voice.of_text(&one.name)).unwrap_or_default()),
        (voice.say("request-submitted-on"), dates.day_and_time(case.submitted_at)),
    ];
    // While a question waits nothing is due on any day.
    if !case.is_closed() && case.clock.stopped.is_none() {
        facts.push((voice.say("request-due"), dates.date_and_year(case.clock.due)));
    }
    if category.is_some_and(|category| category.result != body::ResultForm::None) {
        facts.push((voice.say("request-way-fact"), voice.say(way(case.way))));
    }
    facts
}

/// What was filled in, as label and answer; none where it was erased.
#[must_use]
pub fn said(view: &RequestView, body: &BodyConfig, voice: Voice) -> Option<Vec<RequestFact>> {
    let answers = view.answers()?;
    let category = body.categories.get(&view.row.case.category);
    let form = category.map(form_of).unwrap_or_default();
    let mut read = Vec::new();
    for field in &form {
        let Some(answer) = answers.get(&field.key) else { continue };
        let choice = || field.choices.get(answer.parse::<usize>().ok()?).map(|choice| voice.of_text(choice));
        let answer = if field.kind == FieldKind::Choice { choice() } else { None }.unwrap_or_else(|| answer.clone());
        read.push((voice.of_text(&field.label), answer));
    }
    if let Some(spot) = spot(view) {
        read.push((voice.say("request-spot"), spot_said(spot, voice)));
    }
    // What the form asked when it was filled in, and does not any more.
    let unknown = answers.iter().filter(|(key, _)| *key != SPOT && !form.iter().any(|field| field.key == **key));
    read.extend(unknown.map(|(key, answer)| (key.clone(), answer.clone())));
    Some(read)
}

/// The spot on the map that the applicant's browser told, if they agreed.
#[must_use]
pub fn spot(view: &RequestView) -> Option<Spot> {
    view.answers()?.get(SPOT)?.parse::<Spot>().ok()
}

/// A spot as text, with how exactly it is known.
#[must_use]
pub fn spot_said(spot: Spot, voice: Voice) -> String {
    let values = [("spot", spot.readable().into()), ("n", spot.metres().into())];
    voice.say_with("request-spot-said", values)
}

/// A file of a request, as it is listed.
#[derive(Debug)]
pub struct RequestFileLine {
    /// What the applicant called it.
    pub name: String,
    /// How large it is.
    pub size: String,
    /// When it came.
    pub at: String,
    /// Where it is downloaded.
    pub href: String,
}

/// The files of a request that are one thing, in the order in which they came; `page` is where each is downloaded.
#[must_use]
pub fn file_lines(
    view: &RequestView,
    purpose: FilePurpose,
    dates: Dates,
    page: impl Fn(uuid::Uuid) -> String,
) -> Vec<RequestFileLine> {
    let line = |file: &RequestFile| RequestFileLine {
        name: file.upload.name.clone(),
        size: file_size(file.upload.bytes, dates.voice),
        at: dates.day_and_time(file.upload.at),
        href: page(file.upload.id),
    };
    view.files.iter().filter(|file| file.purpose == purpose).map(line).collect()
}

/// How large a file is, in words.
#[must_use]
pub fn file_size(bytes: u64, voice: Voice) -> String {
    voice.count("document-kib", bytes.div_ceil(1024))
}

/// Every step of a request, the oldest first.
#[must_use]
pub fn lines(view: &RequestView, body: &BodyConfig, dates: Dates, reader: &RequestReader<'_>) -> Vec<RequestLine> {
    let read = |event: &body::CaseEvent| {
        let said = line(&event.step, body, dates, reader)?;
        let words = match &event.step {
            CaseStep::CaseSubmitted { .. } => None,
            _ => event.words(),
        };
        let internal = words.is_some_and(|id| view.words.iter().any(|words| words.id == id && words.internal));
        let text = words.and_then(|id| view.text(id)).map(str::to_owned);
        // What was handed out closes a request, and so do others: the step before says it.
        Some(RequestLine { at: dates.day_and_time(event.at), said, text, internal })
    };
    view.events.iter().filter_map(read).collect()
}

fn line(step: &CaseStep, body: &BodyConfig, dates: Dates, reader: &RequestReader<'_>) -> Option<String> {
    let voice = dates.voice;
    let unit = |unit: &body::UnitId| body.units.get(unit).map(|unit| voice.of_text(&unit.name)).unwrap_or_default();
    let plain = |sentence: &str| Some(voice.say(sentence));
    match step {
        CaseStep::CaseSubmitted { number, .. } => {
            Some(voice.text("request-step-submitted", "number", &number.to_string()))
        }
        CaseStep::ApplicantJoined { .. } => plain("request-step-joined"),
        CaseStep::CaseNumbered { official } => {
            Some(voice.text("request-step-numbered", "number", &official.to_string()))
        }
        CaseStep::CaseAssigned { to } => match reader {
            RequestReader::Applicant => plain("request-step-assigned"),
            RequestReader::Staff(name) => Some(voice.text("request-step-assigned-to", "who", &name(*to))),
        },
        CaseStep::CaseTakenOver { from, to } => match reader {
            RequestReader::Applicant => plain("request-step-taken-over"),
            RequestReader::Staff(name) => {
                let values = [("from", name(*from).into()), ("who", name(*to).into())];
                Some(voice.say_with("request-step-taken-over-by", values))
            }
        },
        CaseStep::CaseHandedOver { to, .. } => Some(voice.text("request-step-handed-over", "unit", &unit(to))),
        CaseStep::CaseForwarded { late: false, .. } => plain("request-step-forwarded"),
        CaseStep::CaseForwarded { late: true, .. } => plain("request-step-forwarded-late"),
        CaseStep::QuestionAsked { .. } => plain("request-step-asked"),
        CaseStep::QuestionAnswered { due, .. } => {
            Some(voice.text("request-step-answered", "day", &dates.the_date_and_year(*due)))
        }
        CaseStep::CaseSupplemented { .. } => plain("request-step-added"),
        CaseStep::CaseAccepted { .. } => plain("request-step-accepted"),
        CaseStep::CaseRefused { .. } => plain("request-step-refused"),
        CaseStep::CaseDone { .. } => plain("request-step-done"),
        CaseStep::ResultReady { .. } => plain("request-step-ready"),
        CaseStep::WayChosen { way: chosen } => Some(voice.text("request-step-way", "way", &voice.say(way(*chosen)))),
        CaseStep::ResultCollected { paper, .. } => plain(match paper.kind {
            PaperKind::IdentityCard => "request-step-collected-identity-card",
            PaperKind::Passport => "request-step-collected-passport",
        }),
        CaseStep::ResultPosted { .. } => plain("request-step-posted"),
        CaseStep::ResultDownloaded => plain("request-step-downloaded"),
        CaseStep::VisitProposed { .. } => plain("request-step-visit"),
        CaseStep::CaseWithdrawn => plain("request-step-withdrawn"),
        CaseStep::NoteAdded { .. } => match reader {
            RequestReader::Applicant => None,
            RequestReader::Staff(_) => plain("request-step-noted"),
        },
        CaseStep::CaseClosed { end: CaseEnd::Closed(_), .. } => plain("request-step-closed"),
        // The step before has said how it ended.
        CaseStep::CaseClosed { .. } => None,
        CaseStep::CaseReopened { due, .. } => {
            Some(voice.text("request-step-reopened", "day", &dates.the_date_and_year(*due)))
        }
    }
}
