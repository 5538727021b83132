//! The text of minutes (PRE-10): composed once, in Greek, which is the language of the body's records, and kept as it was made.

use body::{Ballot, BodyConfig, ConferencePhase, Meeting, MeetingMember, MemberPost, ParticipantId, VoteRecord};
use chrono::{DateTime, Utc};
use office::Language;
use store::{MinutesPart, MinutesText};
use text::{Dates, Voice};

use super::meeting_view::MeetingView;

/// The minutes of a meeting as it stands.
pub(super) fn compose(
    body: &BodyConfig,
    view: &MeetingView,
    meeting: &Meeting,
    (discussion, now): (&str, DateTime<Utc>),
) -> MinutesText {
    let voice = Voice::from(Language::El);
    let dates = Dates { voice, zone: body.zone, now };
    let writer = MinutesWriter { voice, dates, view, meeting };
    let mut parts = vec![MinutesPart::Text(format!("{}\n{}\n{}", body.name.el, view.words.body.el, view.title.el))];
    parts.extend(writer.facts());
    parts.extend(writer.presence());
    parts.extend(writer.agenda());
    if !discussion.is_empty() {
        parts.push(MinutesPart::Heading(voice.say("minutes-discussion")));
        parts.push(MinutesPart::Text(discussion.to_owned()));
    }
    parts.push(MinutesPart::Heading(voice.say("minutes-signatures")));
    let signers = [MemberPost::Chair, MemberPost::Secretary].map(|post| {
        let name = meeting.holder(post).map(|id| writer.name(id)).unwrap_or_default();
        vec![voice.say(post_sentence(post)), name]
    });
    let head = vec![voice.say("meeting-post"), voice.say("conference-name")];
    parts.push(MinutesPart::Table(head, signers.into()));
    MinutesText { title: voice.say("minutes-title"), parts, discussion: discussion.to_owned() }
}

/// What a post is called.
pub const fn post_sentence(post: MemberPost) -> &'static str {
    match post {
        MemberPost::Chair => "meeting-post-chair",
        MemberPost::Secretary => "meeting-post-secretary",
        MemberPost::Ordinary => "meeting-post-ordinary",
    }
}

/// What somebody is in the body: their post, or for whom they stand in, and whether they have no vote.
pub fn seat_said(member: &MeetingMember, voice: Voice, name: impl Fn(ParticipantId) -> String) -> String {
    let post = match member.substitutes {
        Some(whom) => voice.text("minutes-substitute", "name", &name(whom)),
        None => voice.say(post_sentence(member.post)),
    };
    if member.votes { post } else { format!("{post}, {}", voice.say("minutes-no-vote")) }
}

struct MinutesWriter<'a> {
    voice: Voice,
    dates: Dates,
    view: &'a MeetingView,
    meeting: &'a Meeting,
}

impl MinutesWriter<'_> {
    fn name(&self, id: ParticipantId) -> String {
        let named = self.view.words.names.iter().find(|(one, _)| *one == id.0);
        named.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// Day, year and time: minutes are read years later.
    fn dated(&self, at: DateTime<Utc>) -> String {
        format!("{}, {}", self.dates.day_and_year(at), self.dates.time(at))
    }

    /// When it was over, if it is.
    fn ended(&self) -> Option<DateTime<Utc>> {
        let (conference, until) = (&self.view.row.conference, self.view.row.conference.span.until);
        match conference.phase {
            ConferencePhase::Ended => Some(conference.last_at.min(until)),
            ConferencePhase::Planned => Some(until).filter(|until| *until <= self.dates.now),
            ConferencePhase::Cancelled => None,
        }
    }

    /// When, where, and how presence and secrecy were seen to (Joint Ministerial Decision 429/2020).
    fn facts(&self) -> [MinutesPart; 2] {
        let (voice, words, span) = (self.voice, &self.view.words, self.view.row.conference.span);
        let greek = voice.say("greek-time");
        let called = self.meeting.invited.map_or_else(String::new, |call| {
            let urgent = if call.is_urgent { format!(" ({})", voice.say("minutes-urgent")) } else { String::new() };
            format!("{}{urgent}", self.dated(call.at))
        });
        let ended = self.ended().map(|at| ("minutes-ended", format!("{} {greek}", self.dated(at))));
        let rows = [
            ("minutes-when", format!("{} {greek}", self.dated(span.from))),
            ("meeting-place", words.place.clone()),
            ("meeting-quorum-way", words.quorum_way.clone()),
            ("meeting-secrecy-way", words.secrecy_way.clone()),
            ("minutes-called", called),
        ];
        let rows = rows.into_iter().chain(ended).map(|(name, value)| vec![voice.say(name), value]).collect();
        let head = vec![voice.say("minutes-fact"), voice.say("minutes-value")];
        [MinutesPart::Heading(voice.say("minutes-facts")), MinutesPart::Table(head, rows)]
    }

    fn presence(&self) -> [MinutesPart; 3] {
        let voice = self.voice;
        let row = |(id, member): (&ParticipantId, &MeetingMember)| {
            let spans = self.meeting.presence(*id, &self.view.passages);
            let times: Vec<String> = spans
                .iter()
                .map(|span| {
                    let until = span.until.map_or_else(|| voice.say("minutes-to-end"), |until| self.dates.time(until));
                    format!("{} – {until}", self.dates.time(span.from))
                })
                .collect();
            let times = if times.is_empty() { voice.say("minutes-absent") } else { times.join(", ") };
            vec![self.name(*id), seat_said(member, voice, |whom| self.name(whom)), times]
        };
        let head = ["conference-name", "meeting-post", "minutes-present"].map(|id| voice.say(id));
        let rows = self.meeting.members.iter().map(row).collect();
        let quorum = match self.meeting.quorum_since(&self.view.passages) {
            Some((at, quorum)) => {
                let values = [
                    ("at", self.dates.time(at).into()),
                    ("present", quorum.present.into()),
                    ("seats", quorum.seats.into()),
                    ("needed", quorum.needed.into()),
                ];
                voice.say_with("minutes-quorum", values)
            }
            None => voice.say("minutes-no-quorum"),
        };
        [
            MinutesPart::Heading(voice.say("minutes-presence")),
            MinutesPart::Table(head.into(), rows),
            MinutesPart::Text(quorum),
        ]
    }

    fn agenda(&self) -> Vec<MinutesPart> {
        let voice = self.voice;
        let mut parts = vec![MinutesPart::Heading(voice.say("meeting-agenda"))];
        for (number, item) in (1_u8..).zip(&self.view.words.agenda) {
            parts.push(MinutesPart::Text(format!("{number}. {item}")));
            let Some(vote) = self.meeting.votes.get(&number) else { continue };
            let count = vote.count();
            let values =
                [("agree", count.agree.into()), ("against", count.against.into()), ("blank", count.blank.into())];
            parts.push(MinutesPart::Text(voice.say_with("minutes-result", values)));
            match vote {
                VoteRecord::Result(_) => {}
                VoteRecord::ByName(names) => {
                    let rows =
                        names.iter().map(|(id, ballot)| vec![self.name(*id), voice.say(ballot_sentence(*ballot))]);
                    let head = ["conference-name", "minutes-ballot"].map(|id| voice.say(id));
                    parts.push(MinutesPart::Table(head.into(), rows.collect()));
                }
            }
        }
        parts
    }
}

const fn ballot_sentence(ballot: Ballot) -> &'static str {
    match ballot {
        Ballot::For => "meeting-ballot-for",
        Ballot::Against => "meeting-ballot-against",
        Ballot::Blank => "meeting-ballot-blank",
    }
}
