//! A citizen submits a request or a complaint (PET-02, PET-04), and has its number at once.

use std::{collections::BTreeMap, sync::Arc};

use body::{
    AccountId, Admission, Asker, BodyConfig, CaseCommand, CaseRefusal, Category, Doer, LevelSubject, ResultWay,
    WordsId, access, case,
};
use chrono::{DateTime, TimeDelta, Utc};
use office::{Requirement, Words};
use people::{DetailFaults, DetailForm};
use store::{RequestRow, RequestWords, Store, Stored};
use text::Voice;
use uuid::Uuid;
use vocabulary::Assurance;

use super::{
    FILES_FIELD, RequestRoom, SPOT, SPOT_FIELD, form_of,
    news::tell,
    said::{spot_of, spot_sentence},
    step::Surroundings,
};
use crate::fault::Fault;

/// An account submits so many requests within a day: anybody can register, and each takes a protocol number.
pub const REQUESTS_A_DAY_MAX: u32 = 20;
/// So many requests of an account are open at a time, at most.
pub const REQUESTS_OPEN_MAX: u32 = 100;

/// A request that somebody wants to submit.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Drawn with the form: what is sent twice is one request.
    pub public: Uuid,
    /// The account of whoever asks.
    pub account: AccountId,
    /// Who vouches for them in this session.
    pub assurance: Assurance,
    /// Key of the category.
    pub category: String,
    /// How they want the result.
    pub way: Option<ResultWay>,
    /// What they typed.
    pub typed: DetailForm,
    /// The language in which faults are told.
    pub voice: Voice,
}

/// Why it was not taken. What was typed is the page's, and is not lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubmissionRefusal {
    /// There is no such category, or the name belongs to another's request.
    NotFound,
    /// Fields are missing, or wrong.
    Fields(DetailFaults),
    /// The level or who vouches is not enough; what is, and the next step.
    NotAdmitted(Admission),
    /// Enough for today.
    TooMany,
    /// The rules say no.
    Rule(CaseRefusal),
}

/// Takes it, in one transaction with its number.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    submission: Submission,
) -> Result<Result<RequestRow, SubmissionRefusal>, Fault> {
    let (body, now) = (Arc::clone(room.body), room.ledger.sober_now());
    let taken = room.ledger.writer.change(move |store| take(store, &body, &submission, now)).await?;
    room.mail.notify_one();
    room.numbers.notify_one();
    Ok(taken)
}

/// Who would ask for a category.
#[derive(Debug, Clone, Copy)]
pub enum Visiting {
    /// Nobody who is signed in; whether this browser was signed in before.
    Stranger {
        /// Whether it was.
        returning: bool,
    },
    /// Somebody with an account.
    Member {
        /// The account of whoever asks.
        account: AccountId,
        /// Who vouches for them in this session.
        assurance: Assurance,
    },
}

/// What somebody is told who would ask for a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// Whether they may; else what is missing and the one next step (PLA-06).
    pub admission: Admission,
    /// Who would ask, as the rules know them: it says in which ways a result could go to them.
    pub asker: Asker,
    /// What users are told where level B is closed (PLA-07).
    pub notice: Option<Words>,
}

/// What somebody is told who would ask for this category; none where there is no such.
///
/// # Errors
/// That the hub cannot read.
pub async fn prospect(room: RequestRoom<'_>, visiting: Visiting, key: String) -> Result<Option<Prospect>, Fault> {
    let body = Arc::clone(room.body);
    Ok(room.ledger.readers.read(move |store| prospect_in(store, &body, visiting, &key)).await?)
}

fn prospect_in(store: &Store, body: &BodyConfig, visiting: Visiting, key: &str) -> Stored<Option<Prospect>> {
    let Some((id, category)) = body.category_of(key) else { return Ok(None) };
    let subject = LevelSubject::Category(id);
    let switches = store.level_switches()?;
    let b_open = switches.is_open(subject, body.b_open(subject, None));
    let asker = match visiting {
        Visiting::Stranger { returning } => Asker::Stranger { returning },
        Visiting::Member { account, assurance } => {
            Surroundings::new(store, body, account, assurance, subject)?.applicant()
        }
    };
    let demand = category.demand(b_open);
    Ok(Some(Prospect { admission: access::admit(asker, demand), asker, notice: switches.notice(subject).cloned() }))
}

fn take(
    store: &Store,
    body: &BodyConfig,
    submission: &Submission,
    now: DateTime<Utc>,
) -> Stored<Result<RequestRow, SubmissionRefusal>> {
    let Submission { public, account, assurance, category: key, way, voice, .. } = submission;
    // The same form again: the same request.
    if let Some(row) = store.request(*public)? {
        return Ok(if row.case.account == *account { Ok(row) } else { Err(SubmissionRefusal::NotFound) });
    }
    let Some((id, category)) = body.category_of(key) else { return Ok(Err(SubmissionRefusal::NotFound)) };
    let known = Surroundings::new(store, body, *account, *assurance, LevelSubject::Category(id))?;
    let demand = category.demand(known.b_open());
    let admission = access::admit(known.applicant(), demand);
    if admission != Admission::Allowed {
        return Ok(Err(SubmissionRefusal::NotAdmitted(admission)));
    }
    let said = said(store, submission, category)?;
    let said = match said {
        Ok(said) => said,
        Err(faults) => return Ok(Err(SubmissionRefusal::Fields(faults))),
    };
    let today = store.requests_since(*account, now - TimeDelta::days(1))?;
    if today >= REQUESTS_A_DAY_MAX || store.open_requests_of(*account)? >= REQUESTS_OPEN_MAX {
        return Ok(Err(SubmissionRefusal::TooMany));
    }
    let case = store.next_request()?;
    let words = WordsId(secrets::draw_id());
    let command = CaseCommand::Submit { case, category: id, way: *way, words };
    let events = match case::decide(None, &command, &known.context(Doer::Account(*account), now, body)) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(SubmissionRefusal::Rule(refusal))),
    };
    let Some(made) = events.iter().fold(None, case::apply) else {
        return Ok(Err(SubmissionRefusal::Rule(CaseRefusal::UnknownCase)));
    };
    let row = RequestRow { public: *public, language: voice.0, case: made };
    store.keep_request(&row, &events)?;
    if category.files != Requirement::No {
        store.settle_drafts(*public, *account)?;
    }
    tell(store, &row, &events, now)?;
    let text = Some(serde_json::to_string(&said).unwrap_or_default());
    let kept = RequestWords { id: words, request: case, author: Some(*account), internal: false, text };
    store.put_request_words(&kept, now)?;
    Ok(Ok(row))
}

/// What was filled in, with the spot that the browser told, or everything that is wrong with it.
fn said(
    store: &Store,
    submission: &Submission,
    category: &Category,
) -> Stored<Result<BTreeMap<String, String>, DetailFaults>> {
    let Submission { public, account, typed, voice, .. } = submission;
    let (mut said, mut faults) = match typed.extras(&form_of(category), *voice) {
        Ok(said) => (said, Vec::new()),
        Err(faults) => (BTreeMap::new(), faults),
    };
    match spot_of(category, typed) {
        Ok(spot) => said.extend(spot.map(|spot| (SPOT.to_owned(), spot.to_string()))),
        Err(flaw) => faults.push((SPOT_FIELD.to_owned(), voice.say(spot_sentence(flaw)))),
    }
    if category.files == Requirement::Required {
        let files = store.request_files(*public)?;
        if !files.iter().any(|file| file.is_draft_of(*account)) {
            faults.push((FILES_FIELD.to_owned(), voice.say("request-files-missing")));
        }
    }
    Ok(if faults.is_empty() { Ok(said) } else { Err(faults) })
}

#[cfg(test)]
mod tests {
    use office::Language;
    use store::{FilePurpose, RequestFile, Upload};

    use super::*;
    use crate::requests::tests::{House, MARIA};

    fn submission(public: u128, category: &str, fields: &[(&str, &str)]) -> Submission {
        let fields: BTreeMap<String, String> =
            fields.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        Submission {
            public: Uuid::from_u128(public),
            account: MARIA,
            assurance: Assurance::None,
            category: category.to_owned(),
            way: None,
            typed: DetailForm::new(fields),
            voice: Voice(Language::En),
        }
    }

    const BIN: [(&str, &str); 3] =
        [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ξεχειλίζει από την Τρίτη")];

    #[test]
    fn pet_04_level_a_submits_with_a_number_at_once_and_a_form_that_is_sent_twice_is_one_request() {
        let house = House::new();
        let row = take(&house.store, &house.body, &submission(1, "cleaning", &BIN), house.now).unwrap().unwrap();
        assert_eq!(row.case.shown_number().to_string(), "1/2026");
        let again = take(&house.store, &house.body, &submission(1, "cleaning", &BIN), house.now).unwrap();
        assert_eq!(again, Ok(row.clone()));
        let words = house.store.request_words(row.case.id).unwrap();
        assert_eq!(words.len(), 1);
        assert!(words[0].text.as_ref().is_some_and(|text| text.contains("Κουντούρου 12")));
        let journal = serde_json::to_string(&house.store.request_events(row.case.id).unwrap()).unwrap();
        assert!(!journal.contains("Κουντούρου"), "nothing that somebody wrote is in an event");
        // Another's name for a request leads nowhere.
        let other = Submission { account: AccountId(9), ..submission(1, "cleaning", &BIN) };
        assert_eq!(take(&house.store, &house.body, &other, house.now).unwrap(), Err(SubmissionRefusal::NotFound));
    }

    #[test]
    fn pet_04_what_was_chosen_goes_with_the_request_and_a_spot_is_in_greece() {
        let house = House::new();
        let file = |id: u128, account: AccountId| {
            let upload = Upload {
                id: Uuid::from_u128(id),
                person: RequestFile::owner(Uuid::from_u128(1)),
                name: "a.jpg".into(),
                kind: "image/jpeg".into(),
                bytes: 9,
                at: house.now,
            };
            RequestFile { upload, account, purpose: FilePurpose::Draft }
        };
        house.store.put_request_file(&file(11, MARIA)).unwrap();
        house.store.put_request_file(&file(12, AccountId(5))).unwrap();
        let at = |spot: &'static str| {
            let fields: Vec<_> = BIN.into_iter().chain([(SPOT_FIELD, spot)]).collect();
            take(&house.store, &house.body, &submission(1, "cleaning", &fields), house.now).unwrap()
        };
        let Err(SubmissionRefusal::Fields(faults)) = at("48.2,16.4,5") else { panic!("Vienna was taken") };
        assert_eq!((faults.len(), faults[0].0.as_str()), (1, SPOT_FIELD));
        let row = at("35.190612,25.716421,11.3").unwrap();
        let words = house.store.request_words(row.case.id).unwrap();
        assert!(words[0].text.as_ref().is_some_and(|text| text.contains("35.19061,25.71642,12")));
        let files = house.store.request_files(row.public).unwrap();
        let files: Vec<_> = files.iter().map(|file| (file.account, file.purpose)).collect();
        assert_eq!(files, [(MARIA, FilePurpose::Sent), (AccountId(5), FilePurpose::Draft)], "another's stays theirs");
    }

    #[test]
    fn pet_03_what_is_missing_is_told_field_by_field() {
        let house = House::new();
        let refused = take(&house.store, &house.body, &submission(1, "cleaning", &[("x-kind", "77")]), house.now);
        let Err(SubmissionRefusal::Fields(faults)) = refused.unwrap() else { panic!("it was taken") };
        let fields: Vec<&str> = faults.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["x-kind", "x-request_place", "x-request_what"]);
        assert_eq!(house.store.next_request().unwrap().0, 1, "no number was taken");
        let refused = take(&house.store, &house.body, &submission(1, "nothing", &BIN), house.now).unwrap();
        assert_eq!(refused, Err(SubmissionRefusal::NotFound));
    }

    #[test]
    fn pla_06_what_asks_for_level_b_says_what_is_missing() {
        let house = House::new();
        let refused = take(&house.store, &house.body, &submission(1, "certificates", &BIN), house.now).unwrap();
        let told =
            Admission::Barred { level: Some(vocabulary::Level::B), assurance: None, next: body::AccessStep::AskForB };
        assert_eq!(refused, Err(SubmissionRefusal::NotAdmitted(told)));
        let visiting = Visiting::Member { account: MARIA, assurance: Assurance::None };
        let asked = prospect_in(&house.store, &house.body, visiting, "certificates").unwrap().unwrap();
        assert_eq!((asked.admission, asked.asker.level()), (told, vocabulary::Level::A));
        let stranger = Visiting::Stranger { returning: false };
        let asked = prospect_in(&house.store, &house.body, stranger, "cleaning").unwrap().unwrap();
        assert!(matches!(asked.admission, Admission::Barred { next: body::AccessStep::Register, .. }));
        house.certify(MARIA);
        let form = [("x-certificate", "0")];
        let row = take(&house.store, &house.body, &submission(1, "certificates", &form), house.now).unwrap().unwrap();
        assert_eq!(row.case.way, ResultWay::Post);
    }

    #[test]
    fn pet_02_nobody_takes_all_the_numbers_of_a_day() {
        let house = House::new();
        for public in 0..REQUESTS_A_DAY_MAX {
            let taken = take(&house.store, &house.body, &submission(public.into(), "cleaning", &BIN), house.now);
            assert!(taken.unwrap().is_ok());
        }
        let one_more = submission(999, "cleaning", &BIN);
        let refused = take(&house.store, &house.body, &one_more, house.now).unwrap();
        assert_eq!(refused, Err(SubmissionRefusal::TooMany));
        let tomorrow = house.now + TimeDelta::hours(25);
        assert!(take(&house.store, &house.body, &one_more, tomorrow).unwrap().is_ok());
    }
}
