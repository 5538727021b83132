//! Level B, as its holder sees it: what it opens, what is still missing, and the one next step (PLA-04, PLA-06, PET-05).

use acts::{
    Fault,
    levels::{LevelRefusal, wish},
    own_profile,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, AccountStanding, BWish};
use paths::Page;
use people::Profile;
use serde::Deserialize;
use stationery::{
    account_history, field_choices,
    form::OwnForm,
    frame::{Frame, page},
    next_step::{certification_visit, proof_name},
    signed::{CitizenMember, MemberVisitor},
};
use vocabulary::Level;

#[derive(Template)]
#[template(path = "member/level.html")]
struct MemberLevelPage {
    f: Frame,
    refusal: Option<String>,
    is_b: bool,
    /// The day from which level B holds, in words.
    since: String,
    /// The fields that are empty.
    missing: Vec<String>,
    wished: bool,
    visit_booked: bool,
    awaits_second: bool,
    /// The visit at which one is certified; none where this body certifies nobody.
    visit: Option<String>,
    /// What must be shown there.
    shown: Vec<String>,
    /// What a clerk said last, where it keeps level B away: what was missing, or why it was taken back.
    told: Option<String>,
    /// Everything that was decided about the account, with the reasons.
    history: Vec<String>,
}

async fn shown(member: &MemberVisitor, refusal: Option<String>) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let account = AccountId(member.session.account.id);
    let found = state.readers.read(move |store| {
        Ok((store.standing(account)?, store.standing_events(account)?, store.account_words(account)?))
    });
    let (standing, events, words): (AccountStanding, _, _) = found.await?;
    let profile: Profile = own_profile::read(&state.readers, &member.session).await?;
    let wish = match visitor.asker().await? {
        body::Asker::SignedIn { wish, .. } => wish,
        body::Asker::Stranger { .. } => BWish::None,
    };
    let rules = state.body.certification.as_ref();
    let visit = certification_visit(&state.body);
    let dates = visitor.dates_of_hub();
    let missing = profile.missing_for_level_b();
    let newest = events.iter().rev().find(|event| account_history::is_of_level(&event.step));
    let keeps_away = !standing.has_certification();
    let told =
        newest.filter(|_| keeps_away).map(|event| account_history::history(std::slice::from_ref(event), &words, dates));
    let page_shown = MemberLevelPage {
        f: visitor.frame().staff("member"),
        is_b: standing.level() == Level::B,
        since: standing
            .certificate
            .map(|one| dates.the_date_and_year(office::calendar::local_date(dates.zone, one.at)))
            .unwrap_or_default(),
        missing: missing.iter().map(|row| voice.say(&format!("profile-{}", row.input))).collect(),
        wished: wish != BWish::None,
        visit_booked: wish == BWish::VisitBooked,
        awaits_second: wish == BWish::AwaitsSecondClerk,
        visit,
        shown: rules.into_iter().flat_map(|rules| &rules.shown).map(|proof| voice.say(proof_name(*proof))).collect(),
        told: told.and_then(|lines| lines.into_iter().next()),
        history: account_history::history(&events, &words, dates),
        refusal: refusal.clone(),
    };
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(page(status, &page_shown))
}

/// Shows it.
pub async fn get(CitizenMember(member): CitizenMember) -> Result<Response, Fault> {
    shown(&member, None).await
}

field_choices! {
    /// Whether it is wished for.
    WishChoice {
        /// The wish for level B is stated.
        State = "yes",
        /// The wish is taken back.
        Drop = "no",
    }
}

/// What was pressed, by the name of a [`WishChoice`].
#[derive(Deserialize)]
pub struct WishForm {
    #[serde(default)]
    wish: String,
}

/// States the wish, or takes it back.
pub async fn post(
    CitizenMember(member): CitizenMember,
    OwnForm { visitor, fields }: OwnForm<WishForm>,
) -> Result<Response, Fault> {
    let wishes = match fields.wish.parse::<WishChoice>()? {
        WishChoice::State => true,
        WishChoice::Drop => false,
    };
    match wish::run(visitor.state.level_room(), &member.session, wishes).await {
        Ok(()) => Ok(Redirect::to(&Page::MemberLevel.to_string()).into_response()),
        Err(LevelRefusal::Fault(fault)) => Err(fault),
        Err(refusal) => shown(&member, refusal.sentence().map(|id| visitor.voice.say(id))).await,
    }
}
