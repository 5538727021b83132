//! Every form of every page, pressed once more by somebody else, and pressed once more when the hub has forgotten the first
//! answer: nobody else gets what was shown, and nothing is done a second time (PROM-09). The forms are those of the sweep, which
//! fails where a route has none; a form for which this must be otherwise says why in a table, and a line of the table for which
//! it need not be otherwise fails too.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    SweepRow, account_rows, agent_rows, change, citizen_rows, counts, desk_rows, later_rows, member_rows, mobile_rows,
    office_rows, press::Press, request_rows, said, scene::SweepScene, short, step_rows,
};
use crate::http::HttpAnswer;

/// What signs somebody in, or proves an address; what is only about the browser is none of it.
const BADGES: [&str; 4] = ["seira-session=", "seira-step=", "seira-booking=", "seira-data="];

/// Routes of forms, each with the reason why the press that comes again may do something.
type Reasons = &'static [(&'static str, &'static str)];

/// How a form comes once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    /// From the browser in which it was opened, without anything by which somebody is known there.
    Unknown,
    /// From a browser that has opened a page of its own.
    Another,
    /// From the same browser, after the hub was killed and knows no answer any more.
    AfterKill,
}

impl Again {
    const ALL: [Self; 3] = [Self::Unknown, Self::Another, Self::AfterKill];

    /// The forms for which it is right that something is done, or somebody is known by it.
    const fn reasons(self) -> Reasons {
        match self {
            Self::Unknown => &[
                ("/login", "name and password are in the form; nobody was known there before the first press either"),
                ("/agent/password/{link}", "the same browser as at the first press: the link was its only proof"),
                ("/book/start/{link}", "the same"),
                ("/booking/{link}/code", "the same: link and code are in the form"),
                ("/confirm", "both codes are in the form, and make nothing final"),
                ("/entrusted/{link}", "the link is the proof, and makes nothing final"),
            ],
            Self::Another => &[
                ("/login", "whoever has name and password signs in"),
                ("/login/forgotten", "whoever asks has a mail sent, as often as the limits on links let them"),
                ("/confirm", "both codes are in the form, and make nothing final"),
                ("/entrusted/{link}", "the link is the proof, and makes nothing final"),
            ],
            Self::AfterKill => &[(
                "/book/{office}/hold/{booking}/extend",
                "to keep a time longer is asked anew each time, and may be as often as the office says",
            )],
        }
    }
}

/// What an answer sets of that by which somebody is known.
fn sets(answer: &HttpAnswer) -> Vec<&'static str> {
    let set: Vec<&str> =
        answer.headers.lines().filter(|line| line.to_lowercase().starts_with("set-cookie: ")).collect();
    let is_set = |badge: &&&str| {
        set.iter().any(|line| {
            let kept = line.split_once(**badge).map(|(_, rest)| rest.split(';').next().unwrap_or_default());
            kept.is_some_and(|kept| !kept.is_empty())
        })
    };
    BADGES.iter().filter(is_set).copied().collect()
}

/// What has become more or fewer, beside the presses that are known as done.
fn effect(scene: &SweepScene, before: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let mut more = change(before, &counts(scene.house()));
    more.remove("press");
    more
}

/// What happened at a press that came again.
struct Effect {
    route: &'static str,
    again: Again,
    what: String,
}

/// Presses the rows once, and again in every way.
fn pressed_again(scene: &mut SweepScene, rows: &[SweepRow]) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut pressed: Vec<(&'static str, Press, HttpAnswer)> = Vec::new();
    for row in rows.iter().filter(|row| !row.route.starts_with("/api/")) {
        let press = (row.set)(scene);
        let first = press.send(scene.house());
        assert!(first.status < 400, "{}: {} {}", row.route, first.status, short(&first));
        for (again, press) in [(Again::Unknown, press.unknown()), (Again::Another, press.of_another(scene.house()))] {
            let before = counts(scene.house());
            let answer = press.send(scene.house());
            let more = effect(scene, &before);
            assert!(answer.status < 500, "{}: {answer:?}", row.route);
            // Codes that are shown once are shown to nobody else.
            let shows = answer.status == 200 && answer.text.contains("<li><code>");
            if !more.is_empty() || !sets(&answer).is_empty() || shows {
                let what = format!("{more:?}, {:?}, {}", sets(&answer), short(&answer));
                effects.push(Effect { route: row.route, again, what });
            }
        }
        pressed.push((row.route, press, first));
    }
    scene.restart();
    for (route, mut press, first) in pressed {
        press.keep_cookies(&first);
        let before = counts(scene.house());
        let answer = press.send(scene.house());
        let more = effect(scene, &before);
        assert!(answer.status < 500, "{route}: {answer:?}");
        // What is not done again is answered as before, or in words.
        let is_same = answer.status == first.status && said(&answer) == said(&first);
        let is_word = answer.status >= 300 || answer.text.contains("<h1");
        if !more.is_empty() || !(is_same || is_word) {
            let what = format!("{more:?}, {:?}, {}", sets(&answer), short(&answer));
            effects.push(Effect { route, again: Again::AfterKill, what });
        }
    }
    effects
}

/// What has an effect without a reason, and what has a reason without an effect.
fn flaws(effects: &[Effect], again: Again) -> Vec<String> {
    let of_kind = || effects.iter().filter(|effect| effect.again == again);
    let strange = of_kind().filter(|effect| again.reasons().iter().all(|(known, _)| *known != effect.route));
    let strange = strange.map(|effect| format!("{}, {again:?}: {}", effect.route, effect.what));
    let idle = again.reasons().iter().filter(|(route, _)| of_kind().all(|effect| effect.route != *route));
    let idle = idle.map(|(route, _)| format!("{route} needs no reason, {again:?}"));
    strange.chain(idle).collect()
}

#[test]
fn prom_09_a_form_pressed_again_from_elsewhere_or_after_a_kill_is_done_once_and_shown_to_nobody_else() {
    let by_day =
        [desk_rows::rows(), office_rows::rows(), citizen_rows::rows(), agent_rows::rows(), account_rows::rows()];
    let by_day: Vec<SweepRow> = by_day.into_iter().flatten().collect();
    let mut effects = pressed_again(&mut SweepScene::by_day(), &by_day);
    effects.extend(pressed_again(&mut SweepScene::after_nine(), &later_rows::rows()));
    effects.extend(pressed_again(&mut SweepScene::in_two_steps(), &step_rows::rows()));
    effects.extend(pressed_again(&mut SweepScene::with_mobiles(), &mobile_rows::rows()));
    effects.extend(pressed_again(&mut SweepScene::of_body(), &member_rows::rows()));
    effects.extend(pressed_again(&mut SweepScene::of_body(), &request_rows::rows()));
    let wrong: BTreeSet<String> = Again::ALL.into_iter().flat_map(|again| flaws(&effects, again)).collect();
    assert!(wrong.is_empty(), "{} forms:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
