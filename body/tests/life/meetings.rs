//! Meetings of collective bodies (PRE-10), as stories of their days.

use std::collections::BTreeMap;

use body::{
    AccountId, AnswerGiven, Ballot, Conference, ConferenceId, ConferencePhase, ConferenceSpan, Doer, Grant, GrantScope,
    Meeting, MeetingCommand, MeetingContext, MeetingMember, MeetingPlan, MemberPost, Participant, ParticipantId,
    Passage, Role, TextDigest, VoteCount, VoteRecord, WordsId, meeting,
};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Athens;
use office::calendar::instant_from;
use proptest::prelude::*;
use uuid::Uuid;

/// Five regular members with a vote (1 to 5, of whom 1 is the chair), a substitute of 2 (6), and a secretary without a vote (7);
/// 8 is invited and no member.
fn members() -> BTreeMap<ParticipantId, MeetingMember> {
    let of = |post, votes, substitutes: Option<u16>| MeetingMember {
        post,
        votes,
        substitutes: substitutes.map(ParticipantId),
    };
    let ordinary = of(MemberPost::Ordinary, true, None);
    [
        (1, of(MemberPost::Chair, true, None)),
        (2, ordinary),
        (3, ordinary),
        (4, ordinary),
        (5, ordinary),
        (6, of(MemberPost::Ordinary, true, Some(2))),
        (7, of(MemberPost::Secretary, false, None)),
    ]
    .map(|(id, member)| (ParticipantId(id), member))
    .into()
}

fn at(day: &str, time: &str) -> DateTime<Utc> {
    instant_from(Athens, format!("2026-{day}T{time}:00").parse().unwrap())
}

/// On the third of December at ten, for two hours.
fn conference() -> Conference {
    let invited = Participant { answer: AnswerGiven::None, is_removed: false, link: 0, has_come: false };
    Conference {
        id: ConferenceId(1),
        series: None,
        unit: None,
        coordinator: AccountId(1),
        words: WordsId(Uuid::from_u128(1)),
        span: ConferenceSpan { from: at("12-03", "10:00"), until: at("12-03", "12:00") },
        places: 9,
        sequence: 0,
        phase: ConferencePhase::Planned,
        is_locked: false,
        participants: (1..=8).map(|id| (ParticipantId(id), invited)).collect(),
        last_at: at("12-01", "08:00"),
        steps: 9,
    }
}

const FIRST: WordsId = WordsId(Uuid::from_u128(11));
const SECOND: WordsId = WordsId(Uuid::from_u128(12));

/// What a text is, letter by letter; each is its own here.
fn digest(words: WordsId) -> TextDigest {
    TextDigest::from([words.0.as_bytes()[15]; 32])
}

/// Who asks: an account, of which the first coordinates the organisation, or the link of somebody invited.
#[derive(Clone, Copy)]
enum HallVoice {
    Account(u32),
    Link(u16),
    /// The hub, for the room.
    Room,
}

struct Hall {
    meeting: Option<Meeting>,
    passages: Vec<Passage>,
    plan: MeetingPlan,
}

impl Hall {
    fn new() -> Self {
        let plan = MeetingPlan { words: FIRST, members: members(), items: 2, notice_hours: meeting::NOTICE_HOURS };
        Self { meeting: None, passages: Vec::new(), plan }
    }

    fn ask(&mut self, now: DateTime<Utc>, by: HallVoice, command: &MeetingCommand) -> String {
        let (by, link) = match by {
            HallVoice::Account(account) => (Doer::Account(AccountId(account)), None),
            HallVoice::Link(number) => (Doer::Link, Some(ParticipantId(number))),
            HallVoice::Room => (Doer::Hub, None),
        };
        let grants = match by {
            Doer::Account(AccountId(1)) => vec![Grant::new(Role::CoordinatorOfOrganisation, GrantScope::Body).unwrap()],
            Doer::Account(_) | Doer::Hub | Doer::Link => Vec::new(),
        };
        let (conference, passages) = (conference(), self.passages.clone());
        let context = MeetingContext { by, link, now, grants: &grants, conference: &conference, passages: &passages };
        match meeting::decide(self.meeting.as_ref(), command, &context) {
            Ok(events) if events.is_empty() => "so already".to_owned(),
            Ok(events) => {
                self.meeting = events.iter().fold(self.meeting.take(), meeting::apply);
                "done".to_owned()
            }
            Err(refusal) => refusal.to_string(),
        }
    }

    /// One line: `12-03 10:00 1 comes`, `12-03 10:10 votes 1 3:1:0 -> done`, `12-03 10:11 link 7 finds 3 absent`: by their own link.
    fn line(&mut self, line: &str) {
        let (said, follows) = line.split_once("->").map_or((line, "done"), |(said, follows)| (said, follows.trim()));
        let words: Vec<&str> = said.split_whitespace().collect();
        let now = at(words[0], words[1]);
        let done = match words[2..] {
            ["link", who, ref rest @ ..] => self.does(now, HallVoice::Link(who.parse().unwrap()), rest),
            ["room", ref rest @ ..] => self.does(now, HallVoice::Room, rest),
            ["somebody", ref rest @ ..] => self.does(now, HallVoice::Account(9), rest),
            [who, "comes"] => {
                self.passages.push(Passage { participant: ParticipantId(who.parse().unwrap()), at: now });
                "done".to_owned()
            }
            [who, "signs", ref rest @ ..] => {
                let number: u16 = who.parse().unwrap();
                let words = which(rest[0]);
                // Or somebody changed the text where it is kept.
                let text = if rest.get(1) == Some(&"changed") { WordsId(Uuid::nil()) } else { words };
                let sign = MeetingCommand::Sign { member: ParticipantId(number), words, digest: digest(text) };
                self.ask(now, HallVoice::Link(number), &sign)
            }
            ["quorum"] => {
                let quorum = self.meeting.as_ref().unwrap().quorum(&self.passages, now);
                format!("{} of {}, {} needed", quorum.present, quorum.seats, quorum.needed)
            }
            ref rest => self.does(now, HallVoice::Account(1), rest),
        };
        assert_eq!(done, follows, "{line}");
    }

    fn does(&mut self, now: DateTime<Utc>, by: HallVoice, what: &[&str]) -> String {
        let number = |text: &str| ParticipantId(text.parse().unwrap());
        let command = match *what {
            ["plans"] => MeetingCommand::Plan(self.plan.clone()),
            ["calls"] => MeetingCommand::Call { is_urgent: false },
            ["calls", "urgently"] => MeetingCommand::Call { is_urgent: true },
            ["finds", who, found] => MeetingCommand::CallRoll { member: number(who), is_present: found == "present" },
            ["seats", who] => MeetingCommand::Seat { member: number(who), is_there: true },
            ["loses", who] => MeetingCommand::Seat { member: number(who), is_there: false },
            ["votes", item, count] => {
                let parts: Vec<u16> = count.split(':').map(|part| part.parse().unwrap()).collect();
                let vote = VoteRecord::Result(VoteCount { agree: parts[0], against: parts[1], blank: parts[2] });
                MeetingCommand::Vote { item: item.parse().unwrap(), vote }
            }
            ["votes", item, "by", "name", ref names @ ..] => {
                let vote = VoteRecord::ByName(names.iter().map(|name| (number(name), Ballot::For)).collect());
                MeetingCommand::Vote { item: item.parse().unwrap(), vote }
            }
            ["writes", text] => MeetingCommand::MakeMinutes { words: which(text), digest: digest(which(text)) },
            ref words => panic!("{words:?}"),
        };
        self.ask(now, by, &command)
    }
}

fn which(text: &str) -> WordsId {
    if text == "first" { FIRST } else { SECOND }
}

fn check(hall: &mut Hall, script: &str) {
    script.lines().map(str::trim).filter(|line| !line.is_empty()).for_each(|line| hall.line(line));
}

#[test]
fn pre_10_a_meeting_from_its_invitation_to_its_signed_minutes() {
    let mut hall = Hall::new();
    check(
        &mut hall,
        "
        12-01 09:00 calls -> there is no meeting
        12-01 09:00 somebody plans -> it is another coordinator's
        12-01 09:00 plans
        12-01 09:59 finds 1 present -> they were not invited
        12-01 09:59 calls
        12-01 10:00 calls -> so already
        12-01 10:00 plans -> they were invited
        12-02 10:00 finds 1 present -> it has not begun
        12-03 09:55 1 comes
        12-03 10:00 3 comes
        12-03 10:01 8 comes
        12-03 10:01 7 comes
        12-03 10:02 quorum -> 2 of 5, 3 needed
        12-03 10:02 votes 1 2:0:0 -> 3 must be present, and 2 are
        12-03 10:03 finds 6 present
        12-03 10:03 quorum -> 3 of 5, 3 needed
        12-03 10:04 votes 1 3:1:0 -> 3 can vote
        12-03 10:04 votes 3 3:0:0 -> there is no such item
        12-03 10:04 votes 1 2:1:0
        12-03 10:04 votes 1 2:1:0 -> so already
        12-03 10:05 votes 2 by name 1 3 7 -> somebody voted who cannot
        12-03 10:05 votes 2 by name 1 3 6
        12-03 10:06 2 comes
        12-03 10:06 quorum -> 3 of 5, 3 needed
        12-03 10:06 votes 2 by name 1 3 6 -> somebody voted who cannot
        12-03 10:07 finds 3 absent
        12-03 10:07 finds 3 absent -> so already
        12-03 10:07 quorum -> 2 of 5, 3 needed
        12-03 12:30 1 signs first -> these are not the minutes
        12-03 12:30 writes first
        12-03 12:31 3 signs first -> they do not sign
        12-03 12:31 8 signs first -> somebody is not invited
        12-03 12:31 1 signs first
        12-03 12:32 writes second
        12-03 12:33 7 signs first -> these are not the minutes
        12-03 12:33 7 signs second changed -> the text is not the one that was made
        12-03 12:33 7 signs second
        12-03 12:33 7 signs second -> so already
        12-04 09:00 1 signs second
        12-04 09:01 finds 3 present -> the minutes are signed
        12-04 09:01 writes first -> the minutes are signed
        ",
    );
    let meeting = hall.meeting.unwrap();
    assert!(meeting.is_signed());
    let spans = meeting.presence(ParticipantId(3), &hall.passages);
    assert_eq!(spans.len(), 1);
    assert_eq!((spans[0].from, spans[0].until), (at("12-03", "10:00"), Some(at("12-03", "10:07"))));
}

#[test]
fn pre_10_members_read_and_sign_minutes_by_their_links_for_thirty_days() {
    let mut hall = Hall::new();
    check(
        &mut hall,
        "
        12-01 09:00 plans
        12-01 09:01 calls
        12-03 12:30 writes first
        12-20 09:00 writes second
        ",
    );
    let ends = at("12-20", "09:00") + TimeDelta::days(meeting::MINUTES_LINK_DAYS);
    assert_eq!(hall.meeting.as_ref().unwrap().links_end(&conference()), ends);
    let sign = |member| MeetingCommand::Sign { member: ParticipantId(member), words: SECOND, digest: digest(SECOND) };
    assert_eq!(hall.ask(ends, HallVoice::Link(1), &sign(1)), "the links have ended");
    assert_eq!(hall.ask(ends - TimeDelta::seconds(1), HallVoice::Link(1), &sign(1)), "done");
    // Nobody signs for another.
    assert_eq!(hall.ask(ends - TimeDelta::seconds(1), HallVoice::Link(1), &sign(7)), "they do not sign");
}

#[test]
fn pre_10_the_secretary_keeps_the_minutes_by_their_own_link_and_no_other_member_does() {
    let mut hall = Hall::new();
    check(
        &mut hall,
        "
        12-01 09:00 plans
        12-01 09:01 link 7 plans -> it is another coordinator's
        12-01 09:01 link 7 calls -> it is another coordinator's
        12-01 09:01 link 7 finds 1 present -> they were not invited
        12-01 09:02 calls
        12-02 10:00 link 7 finds 1 present -> it has not begun
        12-03 10:00 link 7 finds 1 present
        12-03 10:00 link 7 finds 1 present -> so already
        12-03 10:00 link 7 finds 2 present
        12-03 10:00 link 7 finds 3 present
        12-03 10:01 link 1 finds 4 present -> the secretary keeps the minutes
        12-03 10:01 link 8 finds 4 present -> the secretary keeps the minutes
        12-03 10:01 link 1 votes 1 3:0:0 -> the secretary keeps the minutes
        12-03 10:02 link 7 votes 1 2:1:0
        12-03 10:03 link 7 votes 2 by name 1 2 3
        12-03 10:04 link 1 writes first -> the secretary keeps the minutes
        12-03 12:10 link 7 writes first
        12-03 12:11 7 signs first
        12-03 12:12 writes second
        12-03 12:13 7 signs first -> these are not the minutes
        12-03 12:13 7 signs second
        12-03 12:14 1 signs second
        12-03 12:15 link 7 writes first -> the minutes are signed
        ",
    );
    assert!(hall.meeting.unwrap().is_signed());
    // A month after the newest step the link enters nothing any more.
    let mut hall = Hall::new();
    check(&mut hall, "12-01 09:00 plans\n12-01 09:01 calls");
    let roll = MeetingCommand::CallRoll { member: ParticipantId(1), is_present: true };
    let ends = hall.meeting.as_ref().unwrap().links_end(&conference());
    assert_eq!(hall.ask(ends, HallVoice::Link(7), &roll), "the links have ended");
    assert_eq!(hall.ask(ends, HallVoice::Account(1), &roll), "done");
}

#[test]
fn pre_10_the_room_says_who_left_it_and_a_reload_is_no_absence() {
    let mut hall = Hall::new();
    check(
        &mut hall,
        "
        12-01 09:00 plans
        12-01 09:01 room seats 1 -> so already
        12-01 09:02 calls
        12-03 10:00 1 comes
        12-03 10:00 2 comes
        12-03 10:00 3 comes
        12-03 10:00 somebody seats 1 -> it is another coordinator's
        12-03 10:00 link 1 seats 1 -> it is another coordinator's
        12-03 10:01 room loses 1 -> so already
        12-03 10:01 room seats 1
        12-03 10:01 room seats 1 -> so already
        12-03 10:01 room seats 2
        12-03 10:01 room seats 8 -> so already
        12-03 10:10 room loses 1
        12-03 10:10 quorum -> 2 of 5, 3 needed
        12-03 10:11 room seats 1
        12-03 10:11 quorum -> 3 of 5, 3 needed
        12-03 10:20 room loses 2
        12-03 10:29 quorum -> 2 of 5, 3 needed
        12-03 10:30 room seats 2
        12-03 10:30 quorum -> 3 of 5, 3 needed
        12-03 10:40 room loses 2
        12-03 10:41 finds 2 present
        12-03 10:41 quorum -> 3 of 5, 3 needed
        ",
    );
    let meeting = hall.meeting.unwrap();
    let spans = |member: u16| -> Vec<_> {
        let spans = meeting.presence(ParticipantId(member), &hall.passages);
        spans.into_iter().map(|span| (span.from, span.until)).collect()
    };
    let noon = |time: &str| at("12-03", time);
    assert_eq!(spans(1), [(noon("10:00"), None)], "a minute is a reload");
    let of_second = [(noon("10:00"), Some(noon("10:20"))), (noon("10:30"), Some(noon("10:40"))), (noon("10:41"), None)];
    assert_eq!(spans(2), of_second);
}

#[test]
fn pre_10_members_are_invited_in_time_or_it_is_said_that_it_was_urgent() {
    let mut hall = Hall::new();
    check(
        &mut hall,
        "
        12-01 10:01 plans
        12-01 10:01 calls -> members had to be invited by 2026-12-01 08:00:00 UTC
        12-01 10:02 calls urgently
        ",
    );
    assert!(hall.meeting.unwrap().invited.unwrap().is_urgent);
    // In time it is not urgent, whatever was ticked; and a body may ask for less.
    let mut hall = Hall::new();
    check(&mut hall, "12-01 09:00 plans\n12-01 09:00 calls urgently");
    assert!(!hall.meeting.unwrap().invited.unwrap().is_urgent);
    let mut hall = Hall::new();
    hall.plan.notice_hours = 24;
    check(&mut hall, "12-01 10:01 plans\n12-02 09:59 calls");
}

#[test]
fn pre_10_who_belongs_to_a_body_is_looked_at() {
    let wrong = |change: fn(&mut MeetingPlan), said: &str| {
        let mut hall = Hall::new();
        change(&mut hall.plan);
        hall.line(&format!("12-01 09:00 plans -> {said}"));
    };
    fn member(plan: &mut MeetingPlan, id: u16) -> &mut MeetingMember {
        plan.members.get_mut(&ParticipantId(id)).unwrap()
    }
    wrong(|plan| member(plan, 1).post = MemberPost::Ordinary, "one member is the chair");
    wrong(|plan| member(plan, 2).post = MemberPost::Chair, "one member is the chair");
    wrong(|plan| member(plan, 7).post = MemberPost::Ordinary, "one member is the secretary");
    wrong(
        |plan| member(plan, 6).substitutes = Some(ParticipantId(7)),
        "a substitute stands in for a regular member with a vote",
    );
    wrong(
        |plan| member(plan, 6).substitutes = Some(ParticipantId(6)),
        "a substitute stands in for a regular member with a vote",
    );
    wrong(|plan| member(plan, 6).votes = false, "a substitute stands in for a regular member with a vote");
    wrong(
        |plan| (2..=5).for_each(|id| member(plan, id).votes = false),
        "a substitute stands in for a regular member with a vote",
    );
    wrong(
        |plan| {
            plan.members.remove(&ParticipantId(6));
            (2..=5).for_each(|id| member(plan, id).votes = false);
        },
        "at least 3 regular members have a vote",
    );
    wrong(
        |plan| {
            let new = *member(plan, 3);
            plan.members.insert(ParticipantId(9), new);
        },
        "somebody is not invited",
    );
    wrong(|plan| plan.items = 0, "from 1 to 60 items");
    wrong(|plan| plan.items = 61, "from 1 to 60 items");
    wrong(|plan| plan.notice_hours = 4_401, "at most 4400 hours");
}

/// So many kinds of commands there are.
const COMMANDS: usize = 7;

/// A command of each kind, filled from these numbers. A new kind does not compile here until it is among them.
fn command_of(kind: usize, number: u16, other: u16, is_so: bool) -> MeetingCommand {
    let (member, words) = (ParticipantId(number), if is_so { FIRST } else { SECOND });
    let command = match kind {
        0 => {
            let mut members = members();
            if let Some(last) = members.get_mut(&ParticipantId(6)) {
                last.substitutes = Some(ParticipantId(other)).filter(|_| is_so);
            }
            let far = MeetingMember { post: MemberPost::Ordinary, votes: is_so, substitutes: None };
            members.entry(member).or_insert(far);
            MeetingCommand::Plan(MeetingPlan { words, members, items: other.to_le_bytes()[0], notice_hours: number })
        }
        1 => MeetingCommand::Call { is_urgent: is_so },
        2 => MeetingCommand::CallRoll { member, is_present: is_so },
        3 if is_so => {
            let vote = VoteRecord::Result(VoteCount { agree: number, against: other, blank: u16::MAX });
            MeetingCommand::Vote { item: number.to_le_bytes()[0], vote }
        }
        3 => {
            let ballots = [(member, Ballot::For), (ParticipantId(other), Ballot::Blank)];
            MeetingCommand::Vote { item: 1, vote: VoteRecord::ByName(ballots.into()) }
        }
        4 => MeetingCommand::MakeMinutes { words, digest: digest(words) },
        5 => MeetingCommand::Sign { member, words, digest: digest(if other % 2 == 0 { FIRST } else { words }) },
        _ => MeetingCommand::Seat { member, is_there: is_so },
    };
    let found = match command {
        MeetingCommand::Plan(_) => 0,
        MeetingCommand::Call { .. } => 1,
        MeetingCommand::CallRoll { .. } => 2,
        MeetingCommand::Vote { .. } => 3,
        MeetingCommand::MakeMinutes { .. } => 4,
        MeetingCommand::Sign { .. } => 5,
        MeetingCommand::Seat { .. } => COMMANDS - 1,
    };
    assert_eq!(found, kind);
    command
}

fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn number() -> impl Strategy<Value = u16> {
    prop_oneof![0_u16..10, any::<u16>(), Just(u16::MAX)]
}

fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![any::<i64>(), 1_796_000_000_i64..1_796_500_000, Just(i64::MIN), Just(i64::MAX)]
}

proptest! {
    /// Whatever is asked of a meeting, whenever, in whatever order: it is answered, and what follows is read.
    #[test]
    fn prom_10_meetings_at_every_edge_are_decided(
        asked in proptest::collection::vec((0..COMMANDS, number(), number(), any::<bool>(), seconds()), 1..24),
        begins in seconds(),
        ends in seconds(),
        came in seconds(),
    ) {
        let mut hall = Hall::new();
        hall.line("12-01 09:00 plans");
        let span = ConferenceSpan { from: instant(begins), until: instant(ends) };
        let passages = [1, 3, 5, 8].map(|id| Passage { participant: ParticipantId(id), at: instant(came) });
        let grants = [Grant::new(Role::CoordinatorOfOrganisation, GrantScope::Body).unwrap()];
        for conference in [conference(), Conference { span, last_at: instant(came), ..conference() }] {
            let mut meeting = hall.meeting.clone();
            for (kind, one, other, is_so, at) in &asked {
                let command = command_of(*kind, *one, *other, *is_so);
                let person = if *is_so { Doer::Account(AccountId(1)) } else { Doer::Link };
                let by = if matches!(command, MeetingCommand::Seat { .. }) { Doer::Hub } else { person };
                let (now, link) = (instant(*at), Some(ParticipantId(*one)));
                let context =
                    MeetingContext { by, link, now, grants: &grants, conference: &conference, passages: &passages };
                if let Ok(events) = meeting::decide(meeting.as_ref(), &command, &context) {
                    meeting = events.iter().fold(meeting, meeting::apply);
                }
                let read = meeting.as_ref().map(|meeting| {
                    (meeting.quorum(&passages, now), meeting.quorum_since(&passages), meeting.presence(ParticipantId(*one), &passages))
                });
                prop_assert!(read.is_some(), "it is never lost");
            }
        }
    }
}
