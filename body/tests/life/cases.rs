//! Requests, from the protocol number to the end.

use body::{ADDITIONS_MAX, CaseCommand, Doer, ProtocolSource, WordsId};
use uuid::Uuid;

use crate::{
    script::{CITIZEN, check, check_in},
    town::municipality,
};

#[test]
fn pet_02_a_request_is_numbered_at_once_asked_about_and_done() {
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-11-30 09:31 7 takes -> nothing new
        2026-12-10 10:00 7 asks -> asked with 40 left
        2026-12-10 10:00 7 stands -> awaits an answer, 1/2026, due 2027-01-19
        2026-12-10 10:01 7 asks -> refused: the applicant was asked already
        2026-12-15 12:00 citizen adds -> added
        2026-12-15 12:01 citizen answers -> answered, due 2027-01-25
        2026-12-15 12:02 citizen answers -> refused: nothing was asked
        2026-12-16 09:00 7 accepts -> accepted
        2026-12-16 09:01 7 accepts -> refused: accepted already
        2026-12-18 09:00 7 finishes -> done, closed done
        2026-12-18 09:01 7 finishes -> refused: closed
        2026-12-18 09:02 7 stands -> closed done, 1/2026, due 2027-01-25
        ",
    );
}

#[test]
fn pla_03_level_a_collects_in_person_against_identity() {
    check(
        "
        2026-11-30 09:00 citizen submits copies by post -> refused: the address is not certified
        2026-11-30 09:00 citizen submits copies by download -> refused: there is no result of this kind
        2026-11-30 09:00 citizen submits copies -> submitted 1/2026 to unit 3 due 2027-01-19 by collection
        2026-11-30 09:30 7 readies -> refused: nobody has it
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-11-30 09:31 7 hands out -> refused: not ready
        2026-11-30 09:32 7 readies -> ready for collection
        2026-11-30 09:33 7 readies -> refused: ready already
        2026-11-30 09:33 7 asks -> refused: ready already
        2026-11-30 09:34 7 posts -> refused: the result goes another way
        2026-11-30 09:35 citizen chooses post -> refused: the address is not certified
        2026-12-01 10:00 citizen hands out -> refused: nobody decides about their own request
        2026-12-01 10:00 8 hands out after 40 -> collected with identity-card, closed collected
        2026-12-01 10:01 8 hands out after 40 -> nothing new
        2026-12-01 10:01 8 hands out after 41 -> refused: closed
        ",
    );
}

#[test]
fn pet_06_level_b_has_it_posted_and_may_choose_to_collect() {
    check(
        "
        2026-11-30 09:00 citizen submits certificates -> refused: not admitted
        level b
        2026-11-30 09:00 citizen submits certificates -> submitted 1/2026 to unit 3 due 2026-12-10 by post
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-12-01 09:30 7 readies -> ready for post
        2026-12-01 09:31 citizen chooses collection -> will go by collection
        2026-12-01 09:31 citizen chooses collection -> nothing new
        2026-12-01 09:32 7 posts -> refused: the result goes another way
        2026-12-01 09:33 citizen chooses post -> will go by post
        level a
        2026-12-01 09:34 7 posts -> refused: the address is not certified
        level b
        2026-12-02 09:34 7 posts -> posted on 2026-12-02, closed posted
        ",
    );
}

#[test]
fn pet_06_who_lost_level_b_since_collects() {
    check(
        "
        level b
        2026-11-30 09:00 citizen submits certificates -> submitted 1/2026 to unit 3 due 2026-12-10 by post
        2026-11-30 09:30 7 takes -> assigned to 7
        level a
        2026-12-01 09:30 7 readies -> ready for collection
        ",
    );
}

#[test]
fn omb_19_what_asks_for_taxisnet_too_is_downloaded_by_who_has_it() {
    check(
        "
        level b
        2026-11-30 09:00 citizen submits opinion -> refused: not admitted
        taxisnet
        2026-11-30 09:00 citizen submits opinion by download -> submitted 1/2026 to unit 2 due 2026-12-14 by download
        2026-11-30 09:00 citizen submits opinion -> refused: the number is taken
        2026-11-30 09:30 7 takes -> assigned to 7
        file missing
        2026-12-01 09:30 7 readies -> refused: no file of the result is there
        file there
        2026-12-01 09:30 7 readies -> ready for download
        2026-12-01 09:31 7 downloads -> refused: only the applicant can ask this
        2026-12-01 09:31 citizen downloads -> downloaded, closed downloaded
        2026-12-02 09:31 citizen downloads -> downloaded
        2026-12-02 09:32 citizen stands -> closed downloaded, 1/2026, due 2026-12-14
        ",
    );
}

#[test]
fn pla_07_nothing_is_submitted_where_level_b_is_closed_nor_by_a_stranger() {
    let mut story = check("level b");
    story.b_open = false;
    story.line("2026-11-30 09:00 citizen submits certificates -> refused: not admitted");
    story.b_open = true;
    story.line("level none");
    story.line("2026-11-30 09:00 citizen submits cleaning -> refused: not admitted");
    story.line("level a");
    story.line("2026-11-30 09:00 citizen submits nothing -> refused: no such category");
    story.line("2026-11-30 09:00 citizen withdraws -> refused: no such request");
    story.line("2026-11-30 09:00 hub submits cleaning -> refused: only the applicant can ask this");
}

#[test]
fn pet_02_two_clerks_take_the_same_request() {
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-11-30 09:30 8 takes -> refused: another has it
        2026-11-30 09:31 8 accepts -> refused: another has it
        2026-11-30 09:31 8 closes duplicate -> refused: another has it
        2026-11-30 09:32 8 takes over 7 -> taken over from 7 by 8
        2026-11-30 09:32 9 takes over 7 -> refused: another has it
        2026-11-30 09:33 8 takes over 7 -> nothing new
        2026-11-30 09:34 5 assigns 9 -> taken over from 8 by 9
        2026-11-30 09:34 5 assigns 9 -> nothing new
        2026-11-30 09:34 5 assigns 100 -> refused: nobody decides about their own request
        2026-11-30 09:35 9 hands to 9 -> refused: no such unit
        2026-11-30 09:35 9 hands to 1 -> nothing new
        2026-11-30 09:35 8 hands to 2 -> refused: another has it
        2026-11-30 09:35 9 hands to 2 -> handed from unit 1 to 2
        2026-11-30 09:36 8 takes over 9 -> refused: nobody has it
        2026-11-30 09:36 4 takes -> assigned to 4
        2026-11-30 09:36 100 takes -> refused: nobody decides about their own request
        2026-11-30 09:36 hub takes -> refused: only staff can ask this
        2026-11-30 09:37 4 notes -> noted
        2026-11-30 09:37 citizen notes -> refused: nobody decides about their own request
        2026-11-30 09:38 4 proposes -> visit proposed
        2026-11-30 09:39 8 withdraws -> refused: only the applicant can ask this
        2026-11-30 09:39 8 answers -> refused: only the applicant can ask this
        ",
    );
}

#[test]
fn pet_02_not_ours_is_forwarded_within_three_days_or_shown_as_late() {
    check(
        "
        2026-11-26 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-15 by collection
        2026-11-30 14:00 7 forwards -> forwarded, closed forwarded
        2026-11-30 14:01 7 forwards -> refused: closed
        2026-11-30 14:02 citizen reopens -> refused: cannot be reopened
        ",
    );
    check(
        "
        2026-11-26 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-15 by collection
        2026-12-01 09:00 7 forwards -> forwarded late, closed forwarded
        ",
    );
}

#[test]
fn pet_02_what_was_overdue_when_it_stopped_stays_so() {
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:30 7 takes -> assigned to 7
        2027-01-19 23:30 7 stands -> in hand, 1/2026, due 2027-01-19
        2027-01-20 00:30 7 stands -> in hand, 1/2026, due 2027-01-19, overdue
        2027-01-25 09:00 7 asks -> asked with 0 left
        2027-01-26 09:00 7 stands -> awaits an answer, 1/2026, due 2027-01-19
        2027-02-25 09:00 citizen answers -> answered, due 2027-01-19
        2027-02-25 09:01 7 stands -> in hand, 1/2026, due 2027-01-19, overdue
        ",
    );
}

#[test]
fn pet_02_working_days_stop_too() {
    check(
        "
        level b
        taxisnet
        2026-12-14 09:00 citizen submits opinion -> submitted 1/2026 to unit 2 due 2026-12-29 by post
        2026-12-14 09:30 7 takes -> assigned to 7
        2026-12-16 10:00 7 asks -> asked with 8 left
        2027-01-04 10:00 citizen answers -> answered, due 2027-01-15
        ",
    );
}

#[test]
fn pet_02_a_request_is_withdrawn_or_reopened_once_within_its_time() {
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:01 citizen reopens -> refused: not closed
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-12-18 09:00 7 refuses -> refused, closed refused
        2026-12-18 09:01 7 reopens -> refused: only the applicant can ask this
        2027-01-17 23:59 citizen reopens -> reopened, due 2027-03-08
        2027-01-18 09:00 7 finishes -> done, closed done
        2027-01-18 09:01 citizen reopens -> refused: cannot be reopened
        ",
    );
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-12-18 09:00 7 finishes -> done, closed done
        2027-01-18 00:01 citizen reopens -> refused: too late to reopen
        ",
    );
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:30 7 takes -> assigned to 7
        2026-12-01 09:00 7 asks -> asked with 49 left
        2026-12-02 09:00 citizen withdraws -> withdrawn, closed withdrawn
        2026-12-02 09:00 citizen withdraws -> nothing new
        2026-12-02 09:00 citizen answers -> refused: closed
        2026-12-02 09:00 citizen reopens -> refused: cannot be reopened
        ",
    );
}

#[test]
fn pet_02_a_request_is_closed_without_a_result_for_a_reason_that_fits() {
    check(
        "
        2026-11-30 09:00 citizen submits copies -> submitted 1/2026 to unit 3 due 2027-01-19 by collection
        2026-11-30 09:30 7 closes not-collected -> refused: not ready
        2026-11-30 09:30 7 closes no-answer -> refused: nothing was asked
        2026-11-30 09:30 7 closes other -> refused: words are needed
        2026-11-30 09:31 7 takes -> assigned to 7
        2026-11-30 09:32 7 readies -> ready for collection
        2027-11-30 09:30 7 closes not-collected -> closed closed not-collected
        2027-12-01 09:30 citizen reopens -> reopened, due 2028-01-20
        2027-12-01 09:31 7 stands -> in hand, 1/2026, due 2028-01-20
        ",
    );
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:30 7 closes duplicate -> closed closed duplicate
        2026-11-30 09:31 citizen reopens -> refused: cannot be reopened
        ",
    );
}

#[test]
fn pet_02_a_provisional_number_stands_until_the_other_protocol_answers() {
    let mut config = municipality();
    config.protocol = ProtocolSource::Adapter { url: "https://protocol.example.gr/numbers".into() };
    check_in(
        config,
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted P-1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:00 hub stands -> in hand, P-1/2026, due 2027-01-19
        2026-11-30 09:30 hub numbers ΔΑΝ-5512/2026 -> numbered ΔΑΝ-5512/2026
        2026-11-30 09:31 hub numbers ΔΑΝ-5512/2026 -> nothing new
        2026-11-30 09:31 hub numbers ΔΑΝ-5513/2026 -> refused: numbered already
        2026-11-30 09:31 hub stands -> in hand, ΔΑΝ-5512/2026, due 2027-01-19
        ",
    );
    check(
        "
        2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection
        2026-11-30 09:31 hub numbers 5513/2026 -> refused: numbers are the body's own
        ",
    );
}

#[test]
fn prom_10_the_time_of_a_request_never_runs_backwards_and_its_year_is_that_of_the_place() {
    let story = check(
        "
        2027-01-01 00:10 citizen submits cleaning -> submitted 1/2027 to unit 1 due 2027-02-22 by collection
        2026-12-31 10:00 7 takes -> assigned to 7
        ",
    );
    assert_eq!(story.journal[1].at, story.journal[0].at);
}

#[test]
fn pet_02_nobody_adds_for_ever() {
    let mut story =
        check("2026-11-30 09:00 citizen submits cleaning -> submitted 1/2026 to unit 1 due 2027-01-19 by collection");
    let at = "2026-11-30T10:00:00Z".parse().unwrap();
    let add = CaseCommand::Add { addition: WordsId(Uuid::from_u128(7)) };
    for _ in 0..ADDITIONS_MAX {
        story.ask(Doer::Account(CITIZEN), at, &add).unwrap();
    }
    assert_eq!(story.ask(Doer::Account(CITIZEN), at, &add), Err("too many steps".into()));
    let note = CaseCommand::Note { note: WordsId(Uuid::from_u128(8)) };
    let worker = Doer::Account(body::AccountId(7));
    let noted = (0..1_000).take_while(|_| story.ask(worker, at, &note).is_ok()).count();
    assert_eq!(noted, usize::from(body::STEPS_MAX - ADDITIONS_MAX - 1));
    // It can still come to an end.
    story.line("2026-11-30 12:00 7 takes -> refused: too many steps");
    story.line("2026-11-30 12:00 citizen withdraws -> withdrawn, closed withdrawn");
}
