//! Files that are made to cost more than their length: of each kind one that is twice as long costs at most about twice as
//! much. The work is counted and no time is measured.

use std::{
    cell::Cell,
    sync::{
        Arc, Mutex,
        atomic::AtomicBool,
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use proptest::prelude::*;

use crate::{
    budget::{JudgeBudget, JudgePatience, unhurried},
    judges::{CrowdRefusal, Judges},
    kind::{kind_of, kind_within},
    unfit::FileFlaw,
};

/// What a file is found to be, and the work that it took.
fn judged(file: &[u8]) -> (Result<&'static str, FileFlaw>, u64) {
    let mut budget = JudgeBudget::new(file.len(), unhurried());
    let kind = kind_within(file, &mut budget);
    (kind, budget.spent())
}

fn pdf(content: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n", content, b"\n%%EOF\n"].concat()
}

/// Deflated without being packed (RFC 1951, 3.2.4): a block of so many bytes, which follow.
fn stored(length: u16) -> Vec<u8> {
    [&b"\x78\x9c\x00"[..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat()
}

/// A name, and what makes a file of about so many bytes.
type Family = (&'static str, fn(usize) -> Vec<u8>);

/// The ways in which one part of a file lies in another, stands in a circle, or says that it is longer than it is: each
/// makes about so many bytes.
const FAMILIES: &[Family] = &[
    ("streams of ASCII85 without an end", |length| pdf(&b"obj/A85 stream\n".repeat(length / 15))),
    ("streams of hexadecimal writing without an end", |length| pdf(&b"obj/AHx stream\n00".repeat(length / 17))),
    ("streams without a line", |length| pdf(&b"stream ".repeat(length / 7))),
    ("streams in one line after the other", |length| pdf(&b"stream\n".repeat(length / 7))),
    ("streams of nothing that is deflated", |length| pdf(&b"obj stream\n\x78\x9c".repeat(length / 13))),
    ("streams that are stored within one another", |length| {
        pdf(&[b"obj stream\n", &stored(11 + 7)[..]].concat().repeat(length / 18))
    }),
    ("stored blocks of nothing within one another", |length| {
        let empty = b"\x00\x00\x00\xff\xff".repeat(length / 40);
        pdf(&[&b"stream\n\x78\x9c".repeat(length / 18), &empty[..]].concat())
    }),
    ("ASCII85 around stored blocks", |length| pdf(&b"obj/A85 stream\nGb\"0Fzzzz".repeat(length / 24))),
    ("letters of ASCII85 that stand for four bytes", |length| {
        pdf(&[&b"stream\n".repeat(length / 14), &b"z".repeat(length / 2)[..]].concat())
    }),
    ("names that never end", |length| pdf(&b"/#4a#61".repeat(length / 7))),
    ("slashes", |length| pdf(&b"/".repeat(length))),
    ("packings that never end", |length| pdf(&b"/Filter[/Fl".repeat(length / 11))),
    ("packings behind remarks", |length| pdf(&b"/Filter%".repeat(length / 8))),
    ("packings behind blanks", |length| pdf(&[&b"/Filter".repeat(length / 14)[..], &b" ".repeat(length / 2)].concat())),
    ("sides behind blanks", |length| pdf(&b"/Width           /Height 1".repeat(length / 26))),
    ("dictionaries within one another", |length| pdf(&b"<</A".repeat(length / 4))),
    ("lists within one another", |length| pdf(&b"[".repeat(length))),
    ("texts within one another", |length| pdf(&b"(\\(".repeat(length / 3))),
    ("tables of parts", |length| {
        pdf(&b"xref\n0 1\n0000000000 65535 f\ntrailer<</Prev 9>>startxref\n9\n".repeat(length / 59))
    }),
    ("tables that lead back to themselves", |length| {
        pdf(&b"1 0 obj<</Type/XRef/Prev 9/W[1 1 1]>>stream\n\x78\x9c\nendstream ".repeat(length / 56))
    }),
    ("streams of objects in one another", |length| {
        pdf(&b"1 0 obj<</Type/ObjStm/N 999999999/First 0/Extends 1 0 R>>stream\n".repeat(length / 63))
    }),
    ("lengths without end", |length| pdf(&b"1 0 obj<</Length 99999999999999999999>>stream\nx".repeat(length / 46))),
    ("objects", |length| pdf(&b"1 0 obj".repeat(length / 7))),
    ("lines", |length| pdf(&b"stream\r\n\r\n".repeat(length / 10))),
    ("chunks of a PNG", |length| {
        let head = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0....";
        [&head[..], &b"\0\0\0\0tEXt....".repeat(length / 12)].concat()
    }),
    ("segments of a JPEG", |length| [b"\xff\xd8", &b"\xff\xe0\x00\x02".repeat(length / 4)[..]].concat()),
    ("bytes between the segments of a JPEG", |length| {
        [b"\xff\xd8\xff\xe0\x00\x02", &b"\xff".repeat(length)[..], b"\xe0\x00\x02"].concat()
    }),
    ("heads of a JPEG", |length| {
        [b"\xff\xd8", &b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01......".repeat(length / 15)[..]].concat()
    }),
];

/// A file of twice the length may cost twice as much, and as much more as a short one's rounding makes.
fn is_about_twice(once: u64, twice: u64) -> bool {
    twice <= once * 5 / 2 + 512 * 1024
}

#[test]
fn new_14_no_way_of_nesting_costs_more_than_its_length() {
    for (name, family) in FAMILIES {
        for length in [50_000, 200_000, 800_000] {
            let (file, longer) = (family(length), family(length * 2));
            let ((_, once), (kind, twice)) = (judged(&file), judged(&longer));
            assert!(is_about_twice(once, twice), "{name}: {once} steps for {length} bytes, {twice} for twice as many");
            // As often as a byte may be looked at, and what it may unpack into.
            let most = longer.len() as u64 * 33 + 4096 * 33 + 512 * 1024 * 1024;
            assert!(twice <= most, "{name}: {twice}");
            assert!(kind.is_err() || twice < longer.len() as u64 * 33, "{name}: taken, after {twice} steps");
        }
    }
}

/// Parts that a hostile file is put together from.
fn part() -> impl Strategy<Value = Vec<u8>> {
    let parts: &[&[u8]] = &[
        b"obj",
        b"1 0 obj",
        b"endobj",
        b"stream\n",
        b"stream\r",
        b"stream",
        b"endstream",
        b"/A85 ",
        b"/AHx ",
        b"/Fl ",
        b"/Filter",
        b"/Filter[",
        b"]",
        b"%",
        b"\n",
        b"<<",
        b">>",
        b"(",
        b")",
        b"[",
        b"/Width 9",
        b"/Height 9",
        b"~>",
        b">",
        b"\x78\x9c",
        b"\x78\x9c\x00\xff\xff\x00\x00",
        b"\x00\x00\x00\xff\xff",
        b"\x4b\x4c\x04\x02",
        b"z",
        b"Gb\"0F",
        b"789c",
        b"00",
        b"/#4a",
        b" ",
        b"xref\n0 1\n",
        b"trailer<</Prev 9>>",
        b"/Length 99999999999 ",
        b"/Type/ObjStm/N 99999999",
    ];
    prop_oneof![8 => proptest::sample::select(parts).prop_map(<[u8]>::to_vec), 1 => prop::collection::vec(any::<u8>(), 0..12)]
}

/// How files begin.
const HEADS: &[&[u8]] = &[b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b""];

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn new_14_what_is_repeated_costs_what_it_is_long(
        head in prop::collection::vec(part(), 0..6),
        repeated in prop::collection::vec(part(), 1..12),
        tail in prop::collection::vec(part(), 0..6),
        times in 500_usize..3_000,
    ) {
        let (head, repeated, tail) = (head.concat(), repeated.concat(), tail.concat());
        let file = |times| pdf(&[&head[..], &repeated.repeat(times), &tail].concat());
        let ((_, once), (_, twice)) = (judged(&file(times)), judged(&file(times * 2)));
        prop_assert!(is_about_twice(once, twice), "{once} steps, then {twice}");
    }

    #[test]
    fn new_14_nothing_that_is_sent_breaks_a_judge(
        head in proptest::sample::select(HEADS),
        parts in prop::collection::vec(part(), 0..60),
        ends in any::<bool>(),
    ) {
        let end = if ends { &b"%%EOF"[..] } else { b"" };
        let file = [head, &parts.concat(), end].concat();
        let (_, spent) = judged(&file);
        prop_assert!(spent <= (file.len() as u64 + 4096) * 33 * 40);
    }
}

#[test]
fn new_14_a_judge_stops_when_the_time_is_over_or_nobody_waits() {
    let bomb = pdf(&b"obj/A85 stream\n".repeat(60_000));
    let (_, whole) = judged(&bomb);
    let (looks, began, is_wanted) = (Cell::new(0_u32), Instant::now(), AtomicBool::new(true));
    // A clock that goes one second each time somebody looks at it.
    let clock = || {
        looks.set(looks.get() + 1);
        began + Duration::from_secs(looks.get().into())
    };
    let patience = JudgePatience { now: &clock, until: began + Duration::from_secs(10), is_wanted: &is_wanted };
    let mut budget = JudgeBudget::new(bomb.len(), patience);
    assert_eq!(kind_within(&bomb, &mut budget), Err(FileFlaw::Late));
    assert_eq!(looks.get(), 10, "it looked once more after the time was over");
    assert!(budget.spent() < whole / 10, "{} of {whole}", budget.spent());
    // Within one stream that unpacks into much.
    let heavy = pdf(&[b"obj stream\n", &stored(u16::MAX)[..], &vec![b' '; 9_000_000]].concat());
    assert_eq!(kind_of(&heavy, patience), Err(FileFlaw::Late));
    let is_wanted = AtomicBool::new(false);
    let patience = JudgePatience { is_wanted: &is_wanted, ..unhurried() };
    assert_eq!(kind_of(&bomb, patience), Err(FileFlaw::Late));
}

/// A clock that stands still until it is told, and says when somebody looks at it.
fn clock_on_a_lead() -> (Judges, Receiver<()>, std::sync::mpsc::Sender<()>) {
    let (looked, looks) = channel();
    let (tell, told) = channel();
    let (looked, told) = (Mutex::new(looked), Mutex::new(told));
    let clock = move || {
        let _ = looked.lock().unwrap().send(());
        let _ = told.lock().unwrap().recv();
        Instant::now()
    };
    (Judges::new(Arc::new(clock)), looks, tell)
}

#[tokio::test]
async fn new_14_two_are_judged_at_a_time_few_wait_and_an_answer_not_awaited_frees_the_place() {
    let (judges, looks, tell) = clock_on_a_lead();
    let judge = || {
        let judges = judges.clone();
        tokio::spawn(async move { judges.judge(|| Ok(pdf(b""))).await })
    };
    let mut waiting: Vec<_> = (0..10).map(|_| judge()).collect();
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(judges.judge(|| Ok(pdf(b""))).await, Err(CrowdRefusal), "the eleventh");
    looks.recv().unwrap();
    looks.recv().unwrap();
    assert!(looks.try_recv().is_err(), "a third was begun");
    // The first two are given up by who asked; they stop at the next look, and the next two begin.
    for gone in waiting.drain(..2) {
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
    }
    drop(tell);
    for one in waiting {
        assert_eq!(one.await.unwrap(), Ok(Ok("application/pdf")));
    }
    assert_eq!(judges.judge(|| Ok(pdf(b""))).await, Ok(Ok("application/pdf")));
}
