//! The link with which a booking begins, asked for by a program (OMB-02), and the challenge that stands before it (OMB-03).

use std::net::SocketAddr;

use acts::{
    Fault, LinkLimit,
    ask_start_link::{self, LINK_MINUTES, StartLinkWish},
    challenge_reply::{self, ChallengeReply, ChallengeVerdict, ShownChallenge},
};
use axum::{
    extract::{ConnectInfo, Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::Channel;
use people::address;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use text::Voice;
use wire::{Language, ProblemCode};

use crate::{
    problem::language_of,
    request::{ApiCaller, ApiRequest},
    state::Api,
    write::answer,
};

/// A challenge: either half of it is to be answered, once, within the hour.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ChallengeOffer {
    /// Whether this hub asks for one at all; if not, the rest is missing.
    required: bool,
    /// A proof of work of ALTCHA (version 2): its solution, as its libraries and its widget give it, is `work` of the request.
    #[schema(value_type = Option<Object>)]
    work: Option<Box<RawValue>>,
    /// The same for who has no such program: letters in a picture, or spoken.
    letters: Option<LettersOffer>,
}

/// Letters to be read or heard.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LettersOffer {
    /// What they are known by: `letters` of the request.
    token: String,
    /// Where they are seen.
    picture: String,
    /// Where they are heard, in the language of `Accept-Language`.
    sound: String,
}

/// A new challenge, for [`post`].
#[utoipa::path(get, path = "/api/v1/challenges", tag = "public",
    responses((status = 200, body = ChallengeOffer), (status = "4XX", body = wire::Problem)))]
pub async fn challenge(State(state): State<Api>, ApiCaller(_): ApiCaller) -> Result<Response, Fault> {
    let Some(ShownChallenge { work, letters: token }) = challenge_reply::show(&state.access, &state.limits) else {
        return answer(&ChallengeOffer { required: false, work: None, letters: None });
    };
    let file = |kind: &str| format!("/api/v1/challenges/{token}.{kind}");
    let (picture, sound) = (file("png"), file("wav"));
    let work = RawValue::from_string(work).ok();
    answer(&ChallengeOffer { required: true, work, letters: Some(LettersOffer { token, picture, sound }) })
}

/// The letters of a challenge: `….png` or `….wav`.
#[utoipa::path(get, path = "/api/v1/challenges/{file}", tag = "public", params(("file" = String, Path)),
    responses((status = 200, content((Vec<u8> = "image/png"), (Vec<u8> = "audio/wav"))),
        (status = "4XX", body = wire::Problem)))]
pub async fn letters(
    State(state): State<Api>,
    Path(file): Path<String>,
    headers: HeaderMap,
    ApiCaller(_): ApiCaller,
) -> Result<Response, Fault> {
    let voice = Voice(language_of(&headers));
    let (kind, bytes) = challenge_reply::letters(&state.access, &file, voice).await?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], bytes).into_response())
}

/// Somebody wants to begin a booking.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StartLinkRequest {
    /// Where the link goes, which proves the address.
    email: String,
    /// The key of the office that was chosen before.
    #[serde(default)]
    office: Option<String>,
    /// The key of the service that was chosen before.
    #[serde(default)]
    service: Option<String>,
    /// The way of being served that was chosen before.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    channel: Option<Channel>,
    /// The language of the mail.
    #[serde(default)]
    language: Language,
    /// The solution of the challenge's proof of work, as JSON in a string.
    #[serde(default)]
    work: String,
    /// What the letters are known by, if those were read instead.
    #[serde(default)]
    letters: String,
    /// The letters as they were read or heard; in capitals or not, Greek or Latin.
    #[serde(default)]
    read: String,
}

/// A link is on its way.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StartLinkAnswer {
    /// It is good for so many minutes.
    minutes: i64,
}

/// Sends a link to an address. A challenge out of `…/challenges` is solved for each, as on the page that does the same; it is
/// used up by the link that is sent.
#[utoipa::path(post, path = "/api/v1/start-links", tag = "public", request_body = StartLinkRequest,
    responses((status = 200, body = StartLinkAnswer),
        (status = 400, body = wire::Problem, description = "`malformed`: the address is none, or the challenge is not solved"),
        (status = 409, body = wire::Problem, description = "`command-reused`: the challenge was used before"),
        (status = 429, body = wire::Problem, description = "`too-many-requests`: for the address, its domain or the network"),
        (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asked: ApiRequest<StartLinkRequest>,
) -> Result<Response, Fault> {
    let StartLinkRequest { email, office, service, channel, language, work, letters, read } = asked.body;
    let email = address(&email).map_err(|flaw| refused("email", flaw.sentence()))?;
    let reply = ChallengeReply { work: &work, letters: &letters, read: &read };
    let challenge = match reply.judged(&state.access, &state.limits) {
        ChallengeVerdict::Right(challenge) => challenge,
        ChallengeVerdict::Late => return Err(refused("challenge", "challenge-late")),
        ChallengeVerdict::Wrong if work.is_empty() && read.is_empty() => {
            return Err(refused("challenge", "challenge-missing"));
        }
        ChallengeVerdict::Wrong => return Err(refused("challenge", "challenge-wrong")),
    };
    let limit = LinkLimit { key: state.key.clone(), limits: state.limits, from: from.ip() };
    let (office, service) = (office.unwrap_or_default(), service.unwrap_or_default());
    let wish = StartLinkWish { email, office, service, channel, language, challenge };
    match ask_start_link::run(&state.writer, &state.offices, limit, wish).await {
        Ok(()) => answer(&StartLinkAnswer { minutes: LINK_MINUTES }),
        Err(fault) if fault.code == ProblemCode::CommandReused => {
            Err(Fault { words: refused("challenge", "challenge-used").words, ..fault })
        }
        Err(fault) => Err(fault),
    }
}

/// What is wrong with a request, in the words of the page.
fn refused(place: &str, sentence: &str) -> Fault {
    let words = text::both(|voice| voice.say(sentence));
    Fault { words: Some(words), place: Some(place.to_owned()), ..ProblemCode::Malformed.into() }
}
