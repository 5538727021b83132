//! What the holder of an account is told was done to it, in words.

use office::calendar;
use text::Dates;
use writer::MemberNews;

/// In words.
pub(crate) fn said(news: &MemberNews, dates: Dates) -> String {
    let voice = dates.voice;
    match news {
        MemberNews::Blocked => voice.say("mail-member-blocked"),
        MemberNews::Unblocked => voice.say("mail-member-unblocked"),
        MemberNews::FactorTaken => voice.say("mail-member-factor-taken"),
        MemberNews::Certified => voice.say("mail-member-certified"),
        MemberNews::LookedFirst => voice.say("mail-member-looked-first"),
        MemberNews::ProofsMissing => voice.say("mail-member-proofs-missing"),
        MemberNews::CertificateRevoked => voice.say("mail-member-certificate-revoked"),
        MemberNews::Unused { until } => {
            let day = calendar::local_date(dates.zone, *until);
            voice.with("mail-member-unused", "until", dates.the_date_and_year(day))
        }
        MemberNews::LevelClosed { what, notice } => {
            let said = [("what", voice.of_text(what).into()), ("notice", voice.of_text(notice).into())];
            voice.say_with("mail-member-level-closed", said)
        }
        MemberNews::LevelOpened { what } => voice.with("mail-member-level-opened", "what", voice.of_text(what)),
        MemberNews::RoleAsked => voice.say("mail-member-role-asked"),
        MemberNews::RoleApproved => voice.say("mail-member-role-approved"),
        MemberNews::RoleRefused => voice.say("mail-member-role-refused"),
        MemberNews::Maintenance { from, until, because } => {
            let said = [
                ("from", dates.day_and_time(*from).into()),
                ("until", dates.day_and_time(*until).into()),
                ("because", voice.of_text(because).into()),
            ];
            voice.say_with("mail-member-maintenance", said)
        }
        MemberNews::Joined => voice.say("mail-member-joined"),
        MemberNews::JoinedAway { .. } => voice.say("mail-member-joined-away"),
    }
}
