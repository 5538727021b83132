//! «Τα στοιχεία μου στον φορέα»: what somebody owes the body, and which of their matters are pending there, as the register that
//! keeps it tells it at this moment. What is shown is kept nowhere; that somebody looked is, and stands below.

use acts::{
    Fault,
    records::{RecordsOutcome, RecordsPreview},
};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use body::RecordsAdmission;
use outside::{CitizenRecords, OpenDebt, OutsideFault, PendingMatter};
use paths::Page;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, ok, page},
    login::button_of,
    next_step::{NextStep, WantedThing},
    signed::MemberVisitor,
    visitor::Visitor,
};
use text::{Dates, Voice};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "member/records.html")]
struct MemberRecordsPage {
    f: Frame,
    /// What went wrong.
    refusal: Option<String>,
    body: String,
    /// What is missing before somebody may look, and the one next step.
    next: Option<NextStep>,
    /// By which the same press is known again.
    look: Uuid,
    told: Option<ToldRecords>,
    /// How often a day, in words.
    bound: String,
    looks: Vec<String>,
}

/// What the register told, in words.
struct ToldRecords {
    as_of: String,
    debts: Vec<DebtLine>,
    total: String,
    pending: Vec<MatterLine>,
}

/// Something that is owed, in words.
struct DebtLine {
    about: String,
    amount: String,
    due: String,
    reference: String,
}

/// A matter that is pending, in words.
struct MatterLine {
    about: String,
    stands: String,
    since: String,
    reference: String,
}

/// An amount in euros.
fn euros(cents: u64, voice: Voice) -> String {
    let values = [("euros", (cents / 100).to_string().into()), ("cents", format!("{:02}", cents % 100).into())];
    voice.say_with("records-amount", values)
}

impl ToldRecords {
    fn new(records: CitizenRecords, dates: Dates) -> Self {
        let CitizenRecords { as_of, debts, pending } = records;
        let voice = dates.voice;
        let total = debts.iter().map(|debt| debt.cents).sum();
        let debt = |OpenDebt { about, cents, due, reference }: OpenDebt| DebtLine {
            about,
            amount: euros(cents, voice),
            due: due.map(|day| dates.date_and_year(day)).unwrap_or_default(),
            reference: reference.unwrap_or_default(),
        };
        let matter = |PendingMatter { about, stands, since, reference }: PendingMatter| MatterLine {
            about,
            stands,
            since: dates.date_and_year(since),
            reference: reference.unwrap_or_default(),
        };
        Self {
            as_of: dates.day_and_time(as_of),
            debts: debts.into_iter().map(debt).collect(),
            total: euros(total, voice),
            pending: pending.into_iter().map(matter).collect(),
        }
    }
}

/// What is missing, and the one next step; nothing to whom may look.
fn next(visitor: &Visitor, admission: RecordsAdmission) -> Option<NextStep> {
    let voice = visitor.voice;
    match admission {
        RecordsAdmission::Allowed => None,
        RecordsAdmission::LevelMissing(admission) => {
            NextStep::of(visitor, admission, WantedThing::Service, &Page::MemberRecords, None)
        }
        RecordsAdmission::FootingMissing => {
            // Through TAXISnet at once; else the second factor that one sets up oneself, and signs in with.
            let (label, href) = match button_of(visitor, access::TAXISNET, &Page::MemberRecords.to_string()) {
                Some(button) => ("step-taxisnet", button.href),
                None => ("member-security-lead", Page::Account.to_string()),
            };
            let (missing, label) = (voice.say("records-footing"), Some(voice.say(label)));
            Some(NextStep { missing, label, href: Some(href), beside: None })
        }
        RecordsAdmission::EnoughForToday => {
            Some(NextStep { missing: voice.say("records-enough"), label: None, href: None, beside: None })
        }
    }
}

/// The sentence for an answer that is none.
const fn untold(fault: OutsideFault) -> (StatusCode, &'static str) {
    match fault {
        OutsideFault::Busy | OutsideFault::Away(_) => (StatusCode::SERVICE_UNAVAILABLE, "records-away"),
        OutsideFault::Refused(_) | OutsideFault::Unreadable(_) | OutsideFault::Declined | OutsideFault::NotAPerson => {
            (StatusCode::BAD_GATEWAY, "records-unreadable")
        }
    }
}

fn shown(
    visitor: &Visitor,
    preview: RecordsPreview,
    told: Option<CitizenRecords>,
    refusal: Option<(StatusCode, &str)>,
) -> Response {
    let (voice, dates) = (visitor.voice, visitor.dates_of_hub());
    let shown = MemberRecordsPage {
        f: visitor.frame().at(Page::MemberRecords.to_string()).staff("member"),
        refusal: refusal.map(|(_, sentence)| voice.say(sentence)),
        body: voice.of_text(&visitor.state.body.name),
        next: next(visitor, preview.admission),
        look: draw_id(),
        told: told.map(|records| ToldRecords::new(records, dates)),
        bound: voice.count("records-bound", preview.looks_a_day),
        looks: preview.looks.into_iter().map(|at| dates.day_and_time(at)).collect(),
    };
    match refusal {
        Some((status, _)) => page(status, &shown),
        None => ok(&shown),
    }
}

/// Says what can be looked at, by whom, and when it was.
pub async fn get(member: MemberVisitor) -> Result<Response, Fault> {
    let preview = member.visitor.state.records_room().preview(&member.session).await?;
    Ok(shown(&member.visitor, preview, None, None))
}

/// The number of a look.
#[derive(Deserialize)]
pub struct LookForm {
    #[serde(default)]
    look: String,
}

/// Asks the register, after the button is pressed, and shows what it says.
pub async fn post(member: MemberVisitor, OwnForm { visitor, fields }: OwnForm<LookForm>) -> Result<Response, Fault> {
    let room = visitor.state.records_room();
    let number = Uuid::try_parse(&fields.look).unwrap_or_else(|_| draw_id());
    let outcome = room.look(&member.session, number).await?;
    let preview = room.preview(&member.session).await?;
    Ok(match outcome {
        RecordsOutcome::Told(records) => shown(&visitor, preview, Some(records), None),
        RecordsOutcome::Barred(admission) => {
            let preview = RecordsPreview { admission, ..preview };
            shown(&visitor, preview, None, Some((StatusCode::FORBIDDEN, "records-barred")))
        }
        RecordsOutcome::Untold(fault) => shown(&visitor, preview, None, Some(untold(fault))),
    })
}
