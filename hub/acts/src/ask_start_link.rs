//! Somebody asks for the link that proves their address, and begins a booking (OMB-02).

use chrono::TimeDelta;
use office::{Channel, Language};
use secrets::{Start, draw_id};
use store::Actor;
use uuid::Uuid;
use wire::ProblemCode;
use writer::{Offices, START, Workbench, Writer};

use crate::{fault::Fault, link_limit::LinkLimit, turn::Turn};

/// A link is good for so long.
pub const LINK_MINUTES: i64 = 60;

/// A link that is wanted.
#[derive(Debug, Clone)]
pub struct StartLinkWish {
    /// Where it goes.
    pub email: String,
    /// The key of the office that was chosen before, if any.
    pub office: String,
    /// The key of the service that was chosen before, if any.
    pub service: String,
    /// The way of being served that was chosen before, if any.
    pub channel: Option<Channel>,
    /// The language of the mail.
    pub language: Language,
    /// The challenge that was solved; it is used up. None, where the hub asks for no challenge.
    pub challenge: Option<Uuid>,
}

/// Has a link sent.
///
/// # Errors
/// `too-many-requests` past the limits, `command-reused` if the challenge was used for another wish before, or that the hub cannot write.
pub async fn run(writer: &Writer, offices: &Offices, limit: LinkLimit, wish: StartLinkWish) -> Result<(), Fault> {
    let StartLinkWish { email, office, service, channel, language, challenge } = wish;
    let chosen = offices.get(&office).filter(|office| office.aside().is_none());
    let handle = chosen.or_else(|| offices.going().next()).ok_or(ProblemCode::Unavailable)?;
    let is_offered = handle.config(|config| config.services.values().any(|offered| offered.key == service));
    let wanted = (chosen.is_some() && is_offered.unwrap_or_default()).then_some((office, service));
    let asked = (&email, &wanted, channel, language);
    let asked = serde_json::to_string(&asked).map_err(|_| ProblemCode::InternalError)?;
    let asked = limit.key.link_mac("ask-start-link", &asked, 0);
    let turn = Turn { writer, office: handle, actor: Actor::Citizen, id: challenge };
    let work = move |bench: &mut Workbench<'_>| {
        let now = bench.now();
        limit.take(bench, &email)?;
        let address = bench.stored(bench.store().address_of(&email, now))?.id;
        let expires_at = now + TimeDelta::minutes(LINK_MINUTES);
        let start = Start { id: draw_id(), address, expires_at, language, wanted, channel };
        bench.post(START, serde_json::to_string(&start).unwrap_or_default());
        bench.write_rows();
        Ok(())
    };
    // Sent twice, it is the same; the address itself is nobody's to find in what is kept of answers.
    turn.take("ask-start-link", &asked, work).await
}
