//! The meeting of a collective body at a conference (PRE-10): a coordinator sets it up, invites its members, calls the roll, enters
//! votes and makes the minutes; chair and secretary sign them by their own links.

use acts::Fault;
use body::{
    AccountId, Conference, Doer, Meeting, MeetingCommand, MeetingContext, MeetingMember, MeetingPlan, MeetingRefusal,
    MemberPost, ParticipantId, Passage, VoteRecord, WordsId, meeting,
};
use chrono::{DateTime, Utc};
use office::Words;
use people::is_unseen;
use secrets::{ConferencePass, draw_id};
use store::{BodyWords, ConferenceRow, MeetingWords, MinutesText, Store, Stored, WordsSubject};
use text::Dates;
use uuid::Uuid;
use writer::ConferenceNews;

pub use super::meeting_view::MeetingView;
use super::{ConferenceFlaw, ConferenceRoom, mails, minutes::compose, view::keep_look};

/// What is written of a meeting has so many characters in one field.
pub const MEETING_TEXT_MAX: usize = 600;
/// What is written of the discussion has so many.
pub const DISCUSSION_MAX: usize = 12_000;

/// Why something about a meeting has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingFlaw {
    /// The conference itself says no.
    Conference(ConferenceFlaw),
    /// The rules say no.
    Rule(MeetingRefusal),
    /// The body has no name.
    BodyMissing,
    /// A member has no name.
    NameMissing,
    /// Place, way of finding the quorum or way of keeping secrecy is not said.
    WayMissing,
    /// A text is longer than can be kept.
    TooLong,
}

/// What is pressed.
#[derive(Debug, Clone)]
pub enum MeetingPress {
    /// It is set up, or changed: what was written, who belongs to it, and how many hours before they are invited.
    Plan(MeetingWords, Vec<(ParticipantId, MeetingMember)>, u16),
    /// Its members are invited; at once, where it is urgent.
    Call(bool),
    /// Somebody is found present or absent.
    Roll(ParticipantId, bool),
    /// A vote was taken on an item.
    Vote(u8, VoteRecord),
    /// The minutes are made, with what the secretary wrote of the discussion.
    Minutes(String),
}

/// What a member reads of the minutes.
#[derive(Debug, Clone)]
pub struct MinutesView {
    /// Their text, as it was made.
    pub text: MinutesText,
    /// By which they are signed.
    pub words: WordsId,
    /// As what the reader would sign, if they do.
    pub signs: Option<MemberPost>,
    /// The meeting itself: who has signed, and when.
    pub meeting: Meeting,
    /// Names of members.
    pub names: Vec<(u16, String)>,
}

impl MeetingFlaw {
    /// In words.
    #[must_use]
    pub fn said(&self, dates: Dates) -> String {
        let voice = dates.voice;
        match self {
            Self::Conference(flaw) => flaw.said(dates),
            Self::BodyMissing => voice.say("meeting-body-missing"),
            Self::NameMissing => voice.say("meeting-name-missing"),
            Self::WayMissing => voice.say("meeting-way-missing"),
            Self::TooLong => voice.say("meeting-too-long"),
            Self::Rule(refusal) => of_rule(*refusal, dates),
        }
    }
}

fn of_rule(refusal: MeetingRefusal, dates: Dates) -> String {
    let voice = dates.voice;
    match refusal {
        MeetingRefusal::NotYours => voice.say("conference-not-yours"),
        MeetingRefusal::NoMeeting => voice.say("meeting-none"),
        MeetingRefusal::Cancelled => voice.say("conference-is-cancelled"),
        MeetingRefusal::UnknownMember => voice.say("meeting-unknown-member"),
        MeetingRefusal::OneChair => voice.say("meeting-one-chair"),
        MeetingRefusal::OneSecretary => voice.say("meeting-one-secretary"),
        MeetingRefusal::TooFewVoting { least } => voice.with("meeting-too-few", "least", least),
        MeetingRefusal::BadSubstitute => voice.say("meeting-bad-substitute"),
        MeetingRefusal::BadAgenda { most } => voice.with("meeting-bad-agenda", "most", most),
        MeetingRefusal::BadNotice { most } => voice.with("meeting-bad-notice", "most", most),
        MeetingRefusal::TooLate { latest } => voice.text("meeting-too-late", "when", &dates.day_and_time(latest)),
        MeetingRefusal::Called => voice.say("meeting-called-already"),
        MeetingRefusal::NotCalled => voice.say("meeting-not-called"),
        MeetingRefusal::NotYet => voice.say("meeting-not-yet"),
        MeetingRefusal::NoQuorum { needed, present } => {
            voice.say_with("meeting-no-quorum", [("needed", needed.into()), ("present", present.into())])
        }
        MeetingRefusal::UnknownItem => voice.say("meeting-unknown-item"),
        MeetingRefusal::CannotVote => voice.say("meeting-cannot-vote"),
        MeetingRefusal::TooManyVotes { most } => voice.with("meeting-too-many-votes", "most", most),
        MeetingRefusal::OtherMinutes => voice.say("meeting-other-minutes"),
        MeetingRefusal::NotSigner => voice.say("meeting-not-signer"),
        MeetingRefusal::Signed => voice.say("meeting-signed-already"),
        MeetingRefusal::TooManySteps => voice.say("meeting-too-many-steps"),
    }
}

fn managed(store: &Store, public: Uuid, by: AccountId) -> Stored<Result<ConferenceRow, ConferenceFlaw>> {
    let Some(row) = store.conference(public)? else { return Ok(Err(ConferenceFlaw::NotFound)) };
    let grants = store.grants_of(by)?;
    if body::grant::scopes_of(&grants, body::Action::CreateConferences).next().is_none() {
        return Ok(Err(ConferenceFlaw::NotFound));
    }
    let is_manager = row.conference.is_managed_by(by, &grants);
    Ok(if is_manager { Ok(row) } else { Err(body::ConferenceRefusal::NotYours.into()) })
}

/// Opens it, for who manages the conference; the look at its members is kept.
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn look(
    room: ConferenceRoom<'_>,
    asked: (Uuid, AccountId),
) -> Result<Result<MeetingView, ConferenceFlaw>, Fault> {
    open(room, asked, |_| true).await
}

/// Opens its minutes, for who manages the conference; the look at who stands in them is kept, where there are any.
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn look_at_minutes(
    room: ConferenceRoom<'_>,
    asked: (Uuid, AccountId),
) -> Result<Result<MeetingView, ConferenceFlaw>, Fault> {
    open(room, asked, |view| view.minutes.is_some()).await
}

async fn open(
    room: ConferenceRoom<'_>,
    (public, by): (Uuid, AccountId),
    is_seen: fn(&MeetingView) -> bool,
) -> Result<Result<MeetingView, ConferenceFlaw>, Fault> {
    let found = room.ledger.readers.read(move |store| match managed(store, public, by)? {
        Ok(row) => Ok(Ok(MeetingView::read(store, row)?)),
        Err(flaw) => Ok(Err(flaw)),
    });
    let found = found.await?;
    if let Ok(view) = found.as_ref()
        && is_seen(view)
    {
        keep_look(room, by, view.people.len()).await?;
    }
    Ok(found)
}

/// Does something about it.
///
/// # Errors
/// That the hub cannot write.
pub async fn press(
    room: ConferenceRoom<'_>,
    (public, by): (Uuid, AccountId),
    press: MeetingPress,
) -> Result<Result<(), MeetingFlaw>, Fault> {
    room.change(move |store, body, now| {
        let row = match managed(store, public, by)? {
            Ok(row) => row,
            Err(flaw) => return Ok(Err(MeetingFlaw::Conference(flaw))),
        };
        let view = MeetingView::read(store, row)?;
        let asked = match asked(body, &view, press, now) {
            Ok(Some(asked)) => asked,
            Ok(None) => return Ok(Ok(())),
            Err(flaw) => return Ok(Err(flaw)),
        };
        let grants = store.grants_of(by)?;
        let conference = view.row.conference.clone();
        let before = MeetingBefore { conference: &conference, meeting: view.meeting, passages: &view.passages };
        let after = match before.take(store, (Doer::Account(by), &grants), &asked.command, now)? {
            Ok(Some(after)) => after,
            Ok(None) => return Ok(Ok(())),
            Err(refusal) => return Ok(Err(MeetingFlaw::Rule(refusal))),
        };
        if let Some((id, subject, text)) = asked.words {
            store.put_body_words(&BodyWords { id, subject, author: by, text }, now)?;
        }
        tell(store, &conference, &after, &asked.command, now)?;
        Ok(Ok(()))
    })
    .await
}

/// What is asked of the rules, and what is kept beside the journal if they say yes.
struct AskedMeeting {
    command: MeetingCommand,
    words: Option<(WordsId, WordsSubject, String)>,
}

/// What a press asks; nothing, where what was written stands so already, word by word.
fn asked(
    body: &body::BodyConfig,
    view: &MeetingView,
    press: MeetingPress,
    now: DateTime<Utc>,
) -> Result<Option<AskedMeeting>, MeetingFlaw> {
    let alone = |command| Ok(Some(AskedMeeting { command, words: None }));
    let conference = view.row.conference.id;
    match press {
        MeetingPress::Plan(words, members, notice_hours) => {
            let words = checked(words, &members)?;
            let id = WordsId(draw_id());
            let items = u8::try_from(words.agenda.len()).unwrap_or(u8::MAX);
            let plan = MeetingPlan { words: id, members: members.into_iter().collect(), items, notice_hours };
            let stands = |meeting: &Meeting| {
                let asked = (&plan.members, plan.items, plan.notice_hours);
                view.words == words && (&meeting.members, meeting.items, meeting.notice_hours) == asked
            };
            if view.meeting.as_ref().is_some_and(stands) {
                return Ok(None);
            }
            let text = serde_json::to_string(&words).unwrap_or_default();
            let words = Some((id, WordsSubject::Meeting(conference), text));
            Ok(Some(AskedMeeting { command: MeetingCommand::Plan(plan), words }))
        }
        MeetingPress::Call(is_urgent) => alone(MeetingCommand::Call { is_urgent }),
        MeetingPress::Roll(member, is_present) => alone(MeetingCommand::CallRoll { member, is_present }),
        MeetingPress::Vote(item, vote) => alone(MeetingCommand::Vote { item, vote }),
        MeetingPress::Minutes(discussion) => {
            let discussion = plain(&discussion);
            if discussion.chars().count() > DISCUSSION_MAX {
                return Err(MeetingFlaw::TooLong);
            }
            let ways = [&view.words.place, &view.words.quorum_way, &view.words.secrecy_way];
            if view.meeting.is_some() && ways.iter().any(|way| way.is_empty()) {
                return Err(MeetingFlaw::WayMissing);
            }
            let id = WordsId(draw_id());
            let text = view.meeting.as_ref().map(|meeting| compose(body, view, meeting, (&discussion, now)));
            if text.is_some() && text == view.minutes {
                return Ok(None);
            }
            let text = serde_json::to_string(&text.unwrap_or_default()).unwrap_or_default();
            let words = Some((id, WordsSubject::Minutes(conference), text));
            Ok(Some(AskedMeeting { command: MeetingCommand::MakeMinutes { words: id }, words }))
        }
    }
}

/// A meeting before something is asked of it.
struct MeetingBefore<'a> {
    conference: &'a Conference,
    meeting: Option<Meeting>,
    passages: &'a [Passage],
}

impl MeetingBefore<'_> {
    /// Decides, and keeps what follows; nothing where it was so already.
    fn take(
        self,
        store: &Store,
        (by, grants): (Doer, &[body::Grant]),
        command: &MeetingCommand,
        now: DateTime<Utc>,
    ) -> Stored<Result<Option<Meeting>, MeetingRefusal>> {
        let Self { conference, meeting, passages } = self;
        let context = MeetingContext { by, now, grants, conference, passages };
        let events = match meeting::decide(meeting.as_ref(), command, &context) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if events.is_empty() {
            return Ok(Ok(None));
        }
        let Some(after) = events.iter().fold(meeting, meeting::apply) else { return Ok(Ok(None)) };
        store.keep_meeting(&after, &events)?;
        Ok(Ok(Some(after)))
    }
}

/// Members are told of the invitation, and chair and secretary of minutes that wait for them.
fn tell(
    store: &Store,
    conference: &Conference,
    meeting: &Meeting,
    command: &MeetingCommand,
    now: DateTime<Utc>,
) -> Stored<()> {
    let (news, whom): (_, Vec<ParticipantId>) = match command {
        MeetingCommand::Call { .. } => (ConferenceNews::Meeting, meeting.members.keys().copied().collect()),
        MeetingCommand::MakeMinutes { .. } => {
            let signers = [MemberPost::Chair, MemberPost::Secretary].map(|post| meeting.holder(post));
            (ConferenceNews::Minutes, signers.into_iter().flatten().collect())
        }
        MeetingCommand::Plan(_)
        | MeetingCommand::CallRoll { .. }
        | MeetingCommand::Vote { .. }
        | MeetingCommand::Sign { .. } => return Ok(()),
    };
    whom.into_iter().try_for_each(|id| mails::tell(store, conference, id, news, now))
}

fn plain(text: &str) -> String {
    let seen = text.chars().filter(|one| matches!(one, '\n' | '\t') || !is_unseen(*one));
    seen.collect::<String>().trim().to_owned()
}

fn checked(words: MeetingWords, members: &[(ParticipantId, MeetingMember)]) -> Result<MeetingWords, MeetingFlaw> {
    let (el, en) = (plain(&words.body.el), plain(&words.body.en));
    let body = Words::new(if el.is_empty() { en.clone() } else { el.clone() }, if en.is_empty() { el } else { en });
    if body.el.is_empty() {
        return Err(MeetingFlaw::BodyMissing);
    }
    let agenda: Vec<String> = words.agenda.iter().map(|item| plain(item)).filter(|item| !item.is_empty()).collect();
    let names: Vec<(u16, String)> = words.names.iter().map(|(id, name)| (*id, plain(name))).collect();
    let is_named =
        |(id, _): &(ParticipantId, MeetingMember)| names.iter().any(|(named, name)| *named == id.0 && !name.is_empty());
    if !members.iter().all(is_named) {
        return Err(MeetingFlaw::NameMissing);
    }
    let [place, quorum_way, secrecy_way] = [&words.place, &words.quorum_way, &words.secrecy_way].map(|way| plain(way));
    let texts = [&body.el, &body.en, &place, &quorum_way, &secrecy_way].into_iter();
    let all = texts.chain(&agenda).chain(names.iter().map(|(_, name)| name));
    if all.into_iter().any(|text| text.chars().count() > MEETING_TEXT_MAX) {
        return Err(MeetingFlaw::TooLong);
    }
    if [&place, &quorum_way, &secrecy_way].iter().any(|way| way.is_empty()) {
        return Err(MeetingFlaw::WayMissing);
    }
    Ok(MeetingWords { body, place, quorum_way, secrecy_way, agenda, names })
}

/// The conference of a link, unless another link took its place.
fn behind(store: &Store, pass: &ConferencePass) -> Stored<Option<MeetingView>> {
    let Some(row) = store.conference(pass.conference)? else { return Ok(None) };
    let own = row.conference.participants.get(&ParticipantId(pass.participant));
    if !own.is_some_and(|one| one.link == pass.link && !one.is_removed) {
        return Ok(None);
    }
    MeetingView::read(store, row).map(Some)
}

/// The minutes, for one of the members; nothing before they are made, and for nobody else.
///
/// # Errors
/// That the hub cannot read.
pub async fn minutes(room: ConferenceRoom<'_>, pass: ConferencePass) -> Result<Option<MinutesView>, Fault> {
    let found = room.ledger.readers.read(move |store| {
        let Some(MeetingView { meeting: Some(meeting), minutes: Some(text), words, .. }) = behind(store, &pass)? else {
            return Ok(None);
        };
        let (Some(own), Some(made)) = (meeting.members.get(&ParticipantId(pass.participant)), meeting.minutes) else {
            return Ok(None);
        };
        let signs = match own.post {
            MemberPost::Chair | MemberPost::Secretary => Some(own.post),
            MemberPost::Ordinary => None,
        };
        Ok(Some(MinutesView { text, words: made.words, signs, names: words.names, meeting }))
    });
    Ok(found.await?)
}

/// One of the members signs the minutes that they have read.
///
/// # Errors
/// That the hub cannot write.
pub async fn sign(
    room: ConferenceRoom<'_>,
    pass: ConferencePass,
    words: WordsId,
) -> Result<Result<(), MeetingFlaw>, Fault> {
    room.change(move |store, _, now| {
        let Some(view) = behind(store, &pass)? else {
            return Ok(Err(MeetingFlaw::Rule(MeetingRefusal::UnknownMember)));
        };
        let MeetingView { row, meeting, passages, .. } = view;
        let before = MeetingBefore { conference: &row.conference, meeting, passages: &passages };
        let command = MeetingCommand::Sign { member: ParticipantId(pass.participant), words };
        let done = before.take(store, (Doer::Link, &[]), &command, now)?;
        Ok(done.map(drop).map_err(MeetingFlaw::Rule))
    })
    .await
}
