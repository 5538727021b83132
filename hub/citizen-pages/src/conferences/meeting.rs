//! The meeting of a collective body (PRE-10), for the coordinator of its conference: who belongs to it, its agenda, the
//! invitation, the roll, votes and minutes.

use std::collections::BTreeMap;

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{
    AccountId, Ballot, Meeting, MeetingMember, MemberPost, ParticipantId, VoteCount, VoteRecord, meeting::NOTICE_HOURS,
};
use coordination::conferences::{
    meeting::{self, DISCUSSION_MAX, MEETING_TEXT_MAX, MeetingFlaw, MeetingPress, MeetingView},
    post_sentence, seat_said,
};
use office::Words;
use paths::Page;
use people::readable_address;
use stationery::{
    extract::{PagePath, PageQuery},
    field_choices,
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    signed::MemberVisitor,
    visitor::Visitor,
};
use store::{ConferenceParticipant, MeetingWords};
use uuid::Uuid;

use super::{form::dates_of, one::ConferenceQuery};

page_actions! {
    /// What a form of a meeting's page is for.
    MeetingAction {
        /// It is set up, or changed.
        Plan = "plan",
        /// Its members are invited.
        Call = "call",
        /// Somebody is there.
        Present = "present",
        /// Somebody is not.
        Absent = "absent",
        /// A vote was taken.
        Vote = "vote",
        /// The minutes are made.
        Minutes = "minutes",
    }
}

field_choices! {
    /// What somebody invited is in the collective body.
    PostChoice {
        /// They lead it.
        Chair = "chair",
        /// They keep the minutes.
        Secretary = "secretary",
        /// They belong to it.
        Ordinary = "ordinary",
    }
}

field_choices! {
    /// What somebody voted.
    BallotChoice {
        /// They agree.
        For = "for",
        /// They do not.
        Against = "against",
        /// They keep out of it.
        Blank = "blank",
    }
}

#[derive(Template)]
#[template(path = "conferences/meeting.html")]
struct MeetingPage {
    f: Frame,
    desk: MeetingDesk,
    back: String,
    title: String,
    done: Option<String>,
    refusal: Option<String>,
    typed: TypedMeeting,
    seats: Vec<InvitedLine>,
    /// Whether it is set up.
    is_planned: bool,
    /// When its members were invited.
    called: Option<String>,
    is_signed: bool,
    quorum: String,
    has_quorum: bool,
    roll: Vec<RollLine>,
    items: Vec<ItemLine>,
    voters: Vec<(u16, String)>,
    discussion: String,
    /// Where the minutes are, once they are made.
    file: Option<String>,
    /// Where the secretary reads and signs them.
    sign: Option<String>,
    signatures: Vec<(String, String)>,
    /// That what is kept of the minutes is not what was made.
    changed: Option<String>,
    text_max: usize,
    discussion_max: usize,
}

/// What is typed of it as a whole.
#[derive(Debug, Clone, Default)]
struct TypedMeeting {
    body_el: String,
    body_en: String,
    place: String,
    quorum_way: String,
    secrecy_way: String,
    agenda: String,
    notice: String,
}

/// Somebody invited, as they are put into the body.
struct InvitedLine {
    number: u16,
    /// The name and the address by which they were invited.
    shown: String,
    name: String,
    post: &'static str,
    votes: bool,
    stands_in: String,
}

/// A member on the roll.
struct RollLine {
    number: u16,
    name: String,
    post: String,
    times: String,
    is_present: bool,
}

/// An item of the agenda.
struct ItemLine {
    number: u8,
    text: String,
    result: Option<String>,
    /// What was typed of its vote and refused.
    wrong: Option<Fields>,
}

impl ItemLine {
    fn typed(&self, name: &str) -> &str {
        self.wrong.as_ref().map_or("", |fields| said(fields, name))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template gives references")]
    fn has_ballot(&self, voter: &u16, ballot: BallotChoice) -> bool {
        self.typed(&format!("vote-{voter}")) == ballot.name()
    }
}

/// From whose page the meeting is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MeetingDesk {
    /// Whoever manages the conference of this name.
    Coordinator(Uuid),
    /// The secretary, by this link.
    Secretary(String),
}

impl MeetingDesk {
    /// The address of the page.
    fn here(&self) -> String {
        match self {
            Self::Coordinator(conference) => Page::ConferenceMeeting { conference: *conference }.to_string(),
            Self::Secretary(link) => Page::ConferenceSecretary { link }.to_string(),
        }
    }

    fn back(&self) -> String {
        match self {
            Self::Coordinator(conference) => Page::ConferenceOne { conference: *conference }.to_string(),
            Self::Secretary(link) => Page::ConferenceGuest { link }.to_string(),
        }
    }

    fn file(&self) -> String {
        match self {
            Self::Coordinator(conference) => Page::ConferenceMinutesPdf { conference: *conference }.to_string(),
            Self::Secretary(link) => Page::ConferenceMinutesFile { link }.to_string(),
        }
    }

    fn sign(&self) -> Option<String> {
        match self {
            Self::Coordinator(_) => None,
            Self::Secretary(link) => Some(Page::ConferenceMinutes { link }.to_string()),
        }
    }
}

impl MeetingPage {
    fn action(&self, action: MeetingAction) -> String {
        let action = action.name();
        match &self.desk {
            MeetingDesk::Coordinator(conference) => {
                Page::ConferenceMeetingAction { conference: *conference, action }.to_string()
            }
            MeetingDesk::Secretary(link) => Page::ConferenceSecretaryAction { link, action }.to_string(),
        }
    }
}

pub(super) type Fields = BTreeMap<String, String>;

fn said<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |typed| typed.as_str())
}

async fn shown(
    member: &MemberVisitor,
    public: Uuid,
    done: Option<String>,
    wrong: Option<(String, Fields)>,
) -> Result<Response, Fault> {
    let (visitor, by) = (&member.visitor, AccountId(member.session.account.id));
    let view = meeting::look(visitor.state.conferences(), (public, by)).await?;
    let view = view.map_err(|flaw| flaw.fault(dates_of(visitor)))?;
    let desk = MeetingDesk::Coordinator(public);
    Ok(drawn(visitor, (visitor.frame().staff("conferences"), desk), &view, done, wrong))
}

/// The page of a meeting, as whoever keeps its minutes sees it.
pub(super) fn drawn(
    visitor: &Visitor,
    (frame, desk): (Frame, MeetingDesk),
    view: &MeetingView,
    done: Option<String>,
    wrong: Option<(String, Fields)>,
) -> Response {
    let (voice, dates) = (visitor.voice, dates_of(visitor));
    let (refusal, fields) = wrong.map_or((None, Fields::new()), |(refusal, fields)| (Some(refusal), fields));
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let meeting = view.meeting.as_ref();
    let typed = typed(view, &fields, |id| voice.say(id));
    let seats = view.people.iter().map(|one| seat(view, one, &fields)).collect();
    let quorum = meeting.map(|meeting| meeting.quorum(&view.passages, dates.now));
    let name = |id: ParticipantId| name(view, id);
    let roll = |meeting: &Meeting| -> Vec<RollLine> {
        let line = |(id, one): (&ParticipantId, &MeetingMember)| {
            let spans = meeting.presence(*id, &view.passages);
            let times = spans.iter().map(|span| {
                let from = dates.time(span.from);
                span.until.map_or_else(
                    || voice.text("meeting-present-since", "at", &from),
                    |until| format!("{from}–{}", dates.time(until)),
                )
            });
            RollLine {
                number: id.0,
                name: name(*id),
                post: seat_said(one, voice, name),
                times: times.collect::<Vec<_>>().join(", "),
                is_present: meeting.is_present(*id, &view.passages, dates.now),
            }
        };
        meeting.members.iter().map(line).collect()
    };
    let item = |(number, text): (u8, &String)| {
        let vote = meeting.and_then(|meeting| meeting.votes.get(&number)).map(VoteRecord::count);
        let result = vote.map(|count| {
            let values =
                [("agree", count.agree.into()), ("against", count.against.into()), ("blank", count.blank.into())];
            voice.say_with("minutes-result", values)
        });
        let wrong = Some(&fields).filter(|fields| said(fields, "item") == number.to_string()).cloned();
        ItemLine { number, text: text.clone(), result, wrong }
    };
    let voters = meeting.map(|meeting| meeting.voters(&view.passages, dates.now)).unwrap_or_default();
    let minutes = meeting.and_then(|meeting| meeting.minutes);
    let signature = |post, at: Option<chrono::DateTime<chrono::Utc>>| {
        let at = at.map_or_else(|| voice.say("minutes-waits"), |at| dates.day_and_time(at));
        (voice.say(post_sentence(post)), at)
    };
    let signatures = minutes
        .map(|made| vec![signature(MemberPost::Chair, made.chair), signature(MemberPost::Secretary, made.secretary)]);
    let called = meeting.and_then(|meeting| meeting.invited).map(|call| dates.day_and_time(call.at));
    let shown = MeetingPage {
        f: frame.at(desk.here()),
        back: desk.back(),
        title: voice.of_text(&view.title),
        done,
        refusal,
        seats,
        is_planned: meeting.is_some(),
        called,
        is_signed: meeting.is_some_and(Meeting::is_signed),
        has_quorum: quorum.is_some_and(|quorum| quorum.is_there()),
        quorum: quorum.map_or_else(String::new, |quorum| {
            let values =
                [("present", quorum.present.into()), ("seats", quorum.seats.into()), ("needed", quorum.needed.into())];
            voice.say_with("meeting-quorum-now", values)
        }),
        roll: meeting.map(roll).unwrap_or_default(),
        items: (1_u8..).zip(&view.words.agenda).map(item).collect(),
        voters: voters.into_iter().map(|id| (id.0, name(id))).collect(),
        // Who makes the minutes anew goes on from what they wrote before.
        discussion: match (fields.get("discussion"), &view.minutes) {
            (Some(typed), _) => typed.clone(),
            (None, made) => made.as_ref().map(|made| made.discussion.clone()).unwrap_or_default(),
        },
        changed: view.is_changed.then(|| voice.say("minutes-changed")),
        file: minutes.filter(|_| !view.is_changed).map(|_| desk.file()),
        sign: minutes.and_then(|_| desk.sign()),
        signatures: signatures.unwrap_or_default(),
        typed,
        desk,
        text_max: MEETING_TEXT_MAX,
        discussion_max: DISCUSSION_MAX,
    };
    page(status, &shown)
}

fn name(view: &MeetingView, id: ParticipantId) -> String {
    let kept = view.words.names.iter().find(|(one, _)| *one == id.0).map(|(_, name)| name.clone());
    let invited = || view.people.iter().find(|one| one.participant == id).and_then(|one| one.name.clone());
    kept.or_else(invited).unwrap_or_default()
}

fn typed(view: &MeetingView, fields: &Fields, say: impl Fn(&str) -> String) -> TypedMeeting {
    if fields.contains_key("agenda") {
        let field = |name: &str| said(fields, name).to_owned();
        return TypedMeeting {
            body_el: field("body-el"),
            body_en: field("body-en"),
            place: field("place"),
            quorum_way: field("quorum-way"),
            secrecy_way: field("secrecy-way"),
            agenda: field("agenda"),
            notice: field("notice"),
        };
    }
    match &view.meeting {
        None => TypedMeeting {
            notice: NOTICE_HOURS.to_string(),
            place: say("meeting-place-usual"),
            quorum_way: say("meeting-quorum-way-usual"),
            secrecy_way: say("meeting-secrecy-way-usual"),
            ..TypedMeeting::default()
        },
        Some(meeting) => TypedMeeting {
            body_el: view.words.body.el.clone(),
            body_en: view.words.body.en.clone(),
            place: view.words.place.clone(),
            quorum_way: view.words.quorum_way.clone(),
            secrecy_way: view.words.secrecy_way.clone(),
            agenda: view.words.agenda.join("\n"),
            notice: meeting.notice_hours.to_string(),
        },
    }
}

fn seat(view: &MeetingView, one: &ConferenceParticipant, fields: &Fields) -> InvitedLine {
    let (id, email) = (one.participant, one.email.as_deref().map(readable_address).unwrap_or_default());
    let shown = one.name.as_ref().map_or_else(|| email.clone(), |name| format!("{name} ({email})"));
    let field = |name: &str| said(fields, &format!("{name}-{id}")).to_owned();
    if fields.contains_key("agenda") {
        let post = field("post").parse::<PostChoice>().map_or("", PostChoice::name);
        let votes = field("votes") == "yes";
        return InvitedLine { number: id.0, shown, name: field("name"), post, votes, stands_in: field("stands-in") };
    }
    let member = view.meeting.as_ref().and_then(|meeting| meeting.members.get(&id));
    let post = |member: &MeetingMember| match member.post {
        MemberPost::Chair => PostChoice::Chair.name(),
        MemberPost::Secretary => PostChoice::Secretary.name(),
        MemberPost::Ordinary => PostChoice::Ordinary.name(),
    };
    InvitedLine {
        number: id.0,
        shown,
        name: name(view, id),
        // Whoever is invited is thought to belong to it, until somebody says otherwise.
        post: member.map_or(if view.meeting.is_some() { "" } else { PostChoice::Ordinary.name() }, post),
        votes: member.map_or(view.meeting.is_none(), |member| member.votes),
        stands_in: member.and_then(|member| member.substitutes).map(|whom| whom.to_string()).unwrap_or_default(),
    }
}

/// What a form asks for.
pub(super) fn read(action: MeetingAction, fields: &Fields) -> MeetingPress {
    let member = || ParticipantId(said(fields, "participant").parse::<u16>().unwrap_or_default());
    match action {
        MeetingAction::Plan => {
            let (words, members) = plan(fields);
            // What is no number is refused as one that no body has.
            MeetingPress::Plan(words, members, said(fields, "notice").trim().parse::<u16>().unwrap_or(u16::MAX))
        }
        MeetingAction::Call => MeetingPress::Call(said(fields, "urgent") == "yes"),
        MeetingAction::Present => MeetingPress::Roll(member(), true),
        MeetingAction::Absent => MeetingPress::Roll(member(), false),
        MeetingAction::Vote => MeetingPress::Vote(said(fields, "item").parse::<u8>().unwrap_or_default(), vote(fields)),
        MeetingAction::Minutes => MeetingPress::Minutes(said(fields, "discussion").to_owned()),
    }
}

fn plan(fields: &Fields) -> (MeetingWords, Vec<(ParticipantId, MeetingMember)>) {
    let (mut members, mut names) = (Vec::new(), Vec::new());
    let posts = fields.iter().filter_map(|(name, value)| Some((name.strip_prefix("post-")?, value)));
    for (number, value) in posts {
        let (Ok(id), Ok(post)) = (number.parse::<u16>(), value.parse::<PostChoice>()) else { continue };
        let post = match post {
            PostChoice::Chair => MemberPost::Chair,
            PostChoice::Secretary => MemberPost::Secretary,
            PostChoice::Ordinary => MemberPost::Ordinary,
        };
        let votes = said(fields, &format!("votes-{id}")) == "yes";
        let substitutes = said(fields, &format!("stands-in-{id}")).parse::<u16>().ok().map(ParticipantId);
        members.push((ParticipantId(id), MeetingMember { post, votes, substitutes }));
        names.push((id, said(fields, &format!("name-{id}")).to_owned()));
    }
    let words = MeetingWords {
        body: Words::new(said(fields, "body-el"), said(fields, "body-en")),
        place: said(fields, "place").to_owned(),
        quorum_way: said(fields, "quorum-way").to_owned(),
        secrecy_way: said(fields, "secrecy-way").to_owned(),
        agenda: said(fields, "agenda").lines().map(str::to_owned).collect(),
        names,
    };
    (words, members)
}

/// By name where a name was chosen, else the numbers.
fn vote(fields: &Fields) -> VoteRecord {
    let named = fields.iter().filter_map(|(name, value)| {
        let id = ParticipantId(name.strip_prefix("vote-")?.parse::<u16>().ok()?);
        let ballot = match value.parse::<BallotChoice>().ok()? {
            BallotChoice::For => Ballot::For,
            BallotChoice::Against => Ballot::Against,
            BallotChoice::Blank => Ballot::Blank,
        };
        Some((id, ballot))
    });
    let named: BTreeMap<ParticipantId, Ballot> = named.collect();
    if !named.is_empty() {
        return VoteRecord::ByName(named);
    }
    let count = |name: &str| match said(fields, name).trim() {
        "" => 0,
        // What is no number is more than can vote.
        typed => typed.parse::<u16>().unwrap_or(u16::MAX),
    };
    VoteRecord::Result(VoteCount { agree: count("agree"), against: count("against"), blank: count("blank") })
}

/// Shows it.
pub async fn get(
    member: MemberVisitor,
    PagePath(public): PagePath<Uuid>,
    PageQuery(query): PageQuery<ConferenceQuery>,
) -> Result<Response, Fault> {
    let done = (query.done == "yes").then(|| member.visitor.voice.say("conference-done"));
    shown(&member, public, done, None).await
}

/// Leads to the meeting: a form is sent here, and nothing is shown.
pub async fn back(PagePath((conference, _)): PagePath<(Uuid, String)>) -> Redirect {
    Redirect::to(&Page::ConferenceMeeting { conference }.to_string())
}

/// Makes it so, or says why not.
pub async fn post(
    member: MemberVisitor,
    PagePath((public, action)): PagePath<(Uuid, String)>,
    OwnForm { visitor, fields }: OwnForm<Fields>,
) -> Result<Response, Fault> {
    let (dates, by) = (dates_of(&visitor), AccountId(member.session.account.id));
    let press = read(action.parse::<MeetingAction>()?, &fields);
    match meeting::press(visitor.state.conferences(), (public, by), press).await? {
        Ok(()) => {
            let one = Page::ConferenceMeeting { conference: public }.asking("done=yes");
            Ok(Redirect::to(&one).into_response())
        }
        Err(MeetingFlaw::Conference(flaw)) => Err(flaw.fault(dates)),
        Err(flaw) => shown(&member, public, None, Some((flaw.said(dates), fields))).await,
    }
}
