//! The outbox: what waits is rendered, handed over, and noted; what fails is tried again for days.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;
use lettre::{Message, message::Mailbox};
use office::{Booking, BookingLife, LaterMail, MailKind, OfficeConfig, PersonId, calendar};

use super::{
    ACCOUNT, ALERT, CODE, ENTRUSTED, INVITED, MOBILE_CODE, NEW_LINK, SERVED, START,
    alert::{AlertEnvelope, AlertMail},
    conference_letter, figure_report,
    gateway::{Gateway, Sms},
    letter::{BookingLetter, Fact, of_promise},
    link_letter::{LinkKind, LinkLetter},
    member_news, mobile_code, more, short,
    transport::Transport,
    unsent::SendFailure,
};
use crate::parts::Post;
use paths::Page;
use people::{Details, needs_line, readable};
use secrets::{
    AccountErrand, AccountLink, BookingKey, EntrustedLink, Holder, HolderLetter, Invitation, LinkOwner, ServedLink,
    Start, account_link, address_code, booking_code, booking_link, entrusted_link, invitation_link, served_link,
    start_link,
};
use store::{OutboxRow, Record, SentWay, ServedMailbox, Store, Stored};
use text::{Dates, Voice};
use writer::{
    About, CONFERENCE, CONFERENCE_REMINDER, COORDINATOR, FIGURES, MEMBER, MemberMail, MemberNews, REQUEST, RequestMail,
    RequestNews, whose,
};

/// Mails taken at once.
const BATCH: u32 = 20;
/// Minutes until the next try, by the tries so far; then once a day.
const BACK_OFF_MINUTES: [i64; 7] = [1, 5, 15, 60, 180, 360, 720];
/// A mail is given up after so many days.
pub const GIVEN_UP_AFTER_DAYS: u16 = 4;
/// The store is asked again after so long if it could not be read.
const STORE_AGAIN: std::time::Duration = std::time::Duration::from_secs(5);

/// The ways out of the house.
struct Ways {
    mail: Transport,
    sms: Option<Gateway>,
}

impl Ways {
    fn open(post: &Post) -> anyhow::Result<Self> {
        let sms = post.sms.as_ref().map(|sms| Gateway::new(sms)).transpose()?;
        Ok(Self { mail: Transport::new(&post.mail)?, sms })
    }

    /// Hands a message over, and says in which way.
    async fn send(&self, row: &OutboxRow, written: OutgoingMessage) -> Result<SentWay, SendFailure> {
        match (written, &self.sms) {
            (OutgoingMessage::Mail(message), _) => {
                self.mail.send(row.id, &row.kind, *message).await?;
                Ok(SentWay::Mail)
            }
            (OutgoingMessage::Sms(sms), Some(gateway)) => {
                gateway.send(sms).await?;
                Ok(SentWay::Sms)
            }
            (OutgoingMessage::Sms(_), None) => Err(SendFailure::NoAddress),
        }
    }
}

/// A message as it leaves the house.
enum OutgoingMessage {
    Mail(Box<Message>),
    Sms(Sms),
}

impl From<Message> for OutgoingMessage {
    fn from(message: Message) -> Self {
        Self::Mail(Box::new(message))
    }
}

/// Sends what the outbox holds, for ever.
pub async fn keep(post: Post) {
    let ways = match Ways::open(&post) {
        Ok(ways) => ways,
        Err(error) => {
            tracing::error!(%error, "mail cannot be sent as configured; it waits");
            return;
        }
    };
    loop {
        let (now, belief) = (post.clock.now(), post.writer.belief());
        let doubt = belief.doubt();
        let due = post.readers.read(move |store| match doubt {
            None => store.mails_due(now, BATCH),
            Some(doubt) => store.mails_due_in_doubt(doubt.since, now, BATCH),
        });
        let Ok(due) = due.await else {
            tokio::time::sleep(STORE_AGAIN).await;
            continue;
        };
        for row in &due {
            if !belief.may_send() {
                belief.believed().await;
                break;
            }
            if doubt.is_some() {
                belief.sent();
            }
            if deliver(&post, &ways, row).await.is_err() {
                tokio::time::sleep(STORE_AGAIN).await;
            }
        }
        match doubt {
            None if due.is_empty() => wait(&post).await,
            // What waits for the clock is not asked for again and again.
            Some(_) if due.is_empty() => tokio::select! {
                () = belief.believed() => {}
                () = post.wake.notified() => {}
            },
            None | Some(_) => {}
        }
    }
}

/// Waits until a mail is due, or was put in.
async fn wait(post: &Post) {
    match post.readers.read(|store| store.next_mail_due()).await {
        Ok(Some(due)) => tokio::select! {
            () = post.clock.sleep_until(due) => {}
            () = post.wake.notified() => {}
        },
        Ok(None) => post.wake.notified().await,
        Err(_) => tokio::time::sleep(STORE_AGAIN).await,
    }
}

/// Tries one mail, and notes how it went.
async fn deliver(post: &Post, ways: &Ways, row: &OutboxRow) -> Result<(), writer::WriteError> {
    let sent = match render(post, row).await {
        Ok(written) => ways.send(row, written).await,
        Err(unsent) => Err(unsent),
    };
    let (id, now, whose) = (row.id, post.clock.now(), whose(&row.kind, &row.about));
    match sent {
        Ok(by) => {
            tracing::info!(mail = id, kind = row.kind, by = ?by, "a mail was sent");
            let noted = move |store: &Store| {
                if let (SentWay::Mail, Some((person, served))) = (by, whose) {
                    store.lift_refusal(person, served)?;
                }
                store.mail_sent(id, now, by)
            };
            post.writer.change(noted).await
        }
        Err(unsent) => {
            let mut due = unsent.may_help_again().then(|| next_try(row, now)).flatten();
            let is_flagged = due.is_none() && unsent.is_of_the_address();
            if let (true, Some(whose)) = (is_flagged, whose)
                && has_other_way(post, whose).await
            {
                // The address is flagged: the next try goes to the mobile.
                due = Some(now);
            }
            tracing::warn!(mail = id, kind = row.kind, why = %unsent, again = due.is_some(), "a mail was not sent");
            let lost = due.is_none() && reaches_nobody(row, unsent);
            let noted = move |store: &Store| {
                let why = unsent.to_string();
                store.mail_failed(id, now, due, &why)?;
                if let (true, Some((person, served))) = (is_flagged, whose) {
                    store.flag_undelivered(person, served, now, &why)?;
                }
                if lost { store.letter_unreached(id, now) } else { Ok(()) }
            };
            post.writer.change(noted).await
        }
    }
}

/// Whether a message that was given up is one that somebody has to be told by telephone. Who booked without an address was
/// told at the desk or on the telephone what stands; what has changed since they were not.
fn reaches_nobody(row: &OutboxRow, unsent: SendFailure) -> bool {
    let Ok(About { served: false, mail }) = serde_json::from_str::<About>(&row.about) else { return false };
    match unsent {
        SendFailure::Gone => false,
        SendFailure::NoAddress => match mail.kind {
            MailKind::Confirmation
            | MailKind::Reminder
            | MailKind::Corrected
            | MailKind::DetailsChanged
            | MailKind::Opinion => false,
            MailKind::Moved
            | MailKind::MovedByOffice
            | MailKind::Cancelled
            | MailKind::CancelledByOffice
            | MailKind::CancelledByLateness
            | MailKind::Void
            | MailKind::CorrectionAsked
            | MailKind::DetailsWarning
            | MailKind::Missed
            | MailKind::WillNotBeReached
            | MailKind::NotServed => true,
        },
        SendFailure::Letter
        | SendFailure::Letters
        | SendFailure::Send(_)
        | SendFailure::Sms(_)
        | SendFailure::SmsEnough
        | SendFailure::Returned(_)
        | SendFailure::Store => true,
    }
}

/// Whether there is a way to somebody whose address takes no mail.
pub async fn has_other_way(post: &Post, (person, served): (PersonId, bool)) -> bool {
    let Some(sms) = post.sms.as_ref().filter(|_| !served) else { return false };
    let found = post.readers.read(move |store| store.person(person)).await;
    found.ok().flatten().and_then(|person| sms.mobile(person.phone.as_deref()?)).is_some()
}

/// A letter that a server took has come back: the address is flagged, and the letter goes to the mobile, or to the telephone
/// list. `false` if that is known already.
///
/// # Errors
/// If it cannot be written.
pub async fn take_back(post: &Post, row: &OutboxRow, why: SendFailure) -> Result<bool, writer::WriteError> {
    let (id, now, whose) = (row.id, post.clock.now(), whose(&row.kind, &row.about));
    let again = match whose {
        Some(whose) => has_other_way(post, whose).await,
        None => false,
    };
    let noted = move |store: &Store| -> Stored<bool> {
        let why = why.to_string();
        let is_new = store.letter_returned(id, whose.map(|(person, _)| person), now, &why, again)?;
        if let (true, Some((person, served))) = (is_new, whose) {
            store.flag_undelivered(person, served, now, &why)?;
        }
        Ok(is_new)
    };
    let is_new = post.writer.change(noted).await?;
    if is_new {
        post.wake.notify_one();
    }
    Ok(is_new)
}

/// When a mail is tried again, unless it is given up.
fn next_try(row: &OutboxRow, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let tries = usize::try_from(row.tries).unwrap_or(usize::MAX);
    let minutes = BACK_OFF_MINUTES.get(tries).copied().unwrap_or(24 * 60);
    (now - row.created_at < TimeDelta::days(GIVEN_UP_AFTER_DAYS.into())).then(|| now + TimeDelta::minutes(minutes))
}

/// The message, from what the store and the office know now.
async fn render(post: &Post, row: &OutboxRow) -> Result<OutgoingMessage, SendFailure> {
    match row.kind.as_str() {
        START => render_start(post, row).await.map(OutgoingMessage::from),
        SERVED => render_served(post, row).await.map(OutgoingMessage::from),
        ENTRUSTED => render_entrusted(post, row).await.map(OutgoingMessage::from),
        INVITED => render_invited(post, row).await.map(OutgoingMessage::from),
        ALERT => render_alert(post, row).map(OutgoingMessage::from),
        ACCOUNT => render_account(post, row).await.map(OutgoingMessage::from),
        REQUEST => render_request(post, row).await.map(OutgoingMessage::from),
        MEMBER => render_member(post, row).await.map(OutgoingMessage::from),
        CONFERENCE | CONFERENCE_REMINDER => conference_letter::invited(post, row).await.map(OutgoingMessage::from),
        COORDINATOR => conference_letter::coordinator(post, row).await.map(OutgoingMessage::from),
        FIGURES => figure_report::monthly(post, row).await.map(OutgoingMessage::from),
        NEW_LINK | CODE => render_for_holder(post, row).await.map(OutgoingMessage::from),
        MOBILE_CODE => mobile_code::render(post, row).await.map(OutgoingMessage::Sms),
        _ => render_about_booking(post, row).await,
    }
}

/// A warning to an administrator. It also leaves a house whose office is set aside.
fn render_alert(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let mail: AlertMail = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let to = post.alerts_to.get(mail.to).cloned().ok_or(SendFailure::Gone)?;
    let from: Mailbox = post.mail.from.parse().map_err(|_| SendFailure::NoAddress)?;
    let message_id = format!("<{}@{}>", post.key.mail_id(row.id, row.created_at), from.email.domain());
    let office = post.offices.iter().find(|office| office.row == row.office);
    let zone = office.and_then(|office| office.config(|config| config.zone)).unwrap_or(chrono_tz::Europe::Athens);
    Ok(mail.message(zone, &post.public_url, AlertEnvelope { from, to, message_id, at: post.clock.now() })?)
}

async fn render_start(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let start: Start = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    if start.expires_at <= post.clock.now() {
        return Err(SendFailure::Gone);
    }
    let address = start.address;
    let found = post.readers.read(move |store| store.address(address)).await.map_err(|_| SendFailure::Store)?;
    let email = found.ok_or(SendFailure::Gone)?.email;
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let letter = LinkLetter {
        kind: LinkKind::Start,
        config: &config,
        voice: post.texts.voice(row.office, start.language.into()),
        link: post.url(start_link(&post.key, &start)),
        expires_at: start.expires_at,
        facts: Vec::new(),
    };
    Ok(letter.message(&post.envelope(row, &email)?)?)
}

/// The mail that asks the person served whether the address is theirs.
async fn render_served(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let link: ServedLink = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let person = link.person;
    let found = post.readers.read(move |store| store.served(person)).await.map_err(|_| SendFailure::Store)?;
    let email = found.filter(|served| !served.proven).ok_or(SendFailure::Gone)?.email;
    let (config, expires_at) = {
        let office = post.office_of(row)?.read();
        let booking = office.bookings.get(&link.booking).ok_or(SendFailure::Gone)?;
        if !matches!(booking.life, BookingLife::Confirmed { .. }) {
            return Err(SendFailure::Gone);
        }
        (office.config.clone().ok_or(SendFailure::Gone)?, booking.promise.start)
    };
    let letter = LinkLetter {
        kind: LinkKind::Served,
        config: &config,
        voice: post.texts.voice(row.office, link.language.into()),
        link: post.url(served_link(&post.key, &link)),
        expires_at,
        facts: Vec::new(),
    };
    Ok(letter.message(&post.envelope(row, &email)?)?)
}

/// The mail that leaves to a citizen what an agent prepared for them.
async fn render_entrusted(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let link: EntrustedLink = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let (address, agent, now) = (link.address, link.agent, post.clock.now());
    let of = row.office;
    let found = post.readers.read(move |store| Ok((store.address(address)?, store.agent_of(of, agent)?))).await;
    let (address, agent) = found.map_err(|_| SendFailure::Store)?;
    let (email, agent) = (address.ok_or(SendFailure::Gone)?.email, agent.ok_or(SendFailure::Gone)?);
    let voice = Voice::from(link.language);
    let office = post.office_of(row)?;
    let (config, booking) = {
        let office = office.read();
        (
            office.config.clone().ok_or(SendFailure::Gone)?,
            office.bookings.get(&link.booking).cloned().ok_or(SendFailure::Gone)?,
        )
    };
    let expires_at = match booking.life {
        BookingLife::Held { owner, expires_at, .. } if owner == Some(link.address) && expires_at > now => expires_at,
        _ => return Err(SendFailure::Gone),
    };
    let own = post.texts.voice(row.office, voice);
    let mut facts = Vec::from(of_promise(&config, &booking.promise, &own, None, now));
    facts.push(Fact::new(own.say("mail-agent"), agent.name));
    let letter = LinkLetter {
        kind: LinkKind::Entrusted,
        config: &config,
        voice: own,
        link: post.url(entrusted_link(&post.key, &link)),
        expires_at,
        facts,
    };
    Ok(letter.message(&post.envelope(row, &email)?)?)
}

/// The mail that brings a holder of a booking a new link, or a code.
async fn render_for_holder(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let letter: HolderLetter = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    if letter.expires_at <= post.clock.now() {
        return Err(SendFailure::Gone);
    }
    let (person, holder) = (letter.person, letter.holder);
    let found = post.readers.read(move |store| {
        Ok((store.record(person)?, store.served(person)?, store.link_version(person, holder == Holder::Served)?))
    });
    let (record, served, version) = found.await.map_err(|_| SendFailure::Store)?;
    let email = match holder {
        Holder::Applicant => record.and_then(|record| record.email),
        Holder::Served => served.filter(|served| served.proven).map(|served| served.email),
    };
    let office = post.office_of(row)?;
    let (config, promise) = {
        let office = office.read();
        let booking = office.bookings.get(&letter.booking).ok_or(SendFailure::Gone)?;
        (office.config.clone().ok_or(SendFailure::Gone)?, booking.promise.clone())
    };
    let own = post.texts.voice(row.office, Voice::from(letter.language));
    let opens = BookingKey { office: config.key.clone(), booking: letter.booking, holder, version };
    let (kind, link) = match letter.code {
        Some(drawn) => (LinkKind::Code, short::in_halves(&address_code(&post.key, drawn))),
        None => (LinkKind::NewLink, post.url(booking_link(&post.key, &opens))),
    };
    let facts = Vec::from(of_promise(&config, &promise, &own, None, post.clock.now()));
    let letter = LinkLetter { kind, config: &config, voice: own, link, expires_at: letter.expires_at, facts };
    Ok(letter.message(&post.envelope(row, &email.ok_or(SendFailure::NoAddress)?)?)?)
}

/// The mail that invites an agent.
async fn render_invited(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let link: Invitation = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let (of, id) = (row.office, link.agent);
    let found = post.readers.read(move |store| store.agent_of(of, id)).await.map_err(|_| SendFailure::Store)?;
    let agent = found.ok_or(SendFailure::Gone)?;
    let is_newest = agent.invited_at.timestamp_millis() == link.invited_at;
    if agent.disabled || !is_newest || link.expires_at <= post.clock.now() {
        return Err(SendFailure::Gone);
    }
    let voice = Voice::from(link.language);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let letter = LinkLetter {
        kind: LinkKind::Invited,
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: post.url(invitation_link(&post.key, &link)),
        expires_at: link.expires_at,
        facts: vec![Fact::new(voice.say("mail-agent"), agent.name)],
    };
    Ok(letter.message(&post.envelope(row, &agent.email)?)?)
}

/// The mail that opens somebody's account to them.
async fn render_account(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let link: AccountLink = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let (name, now) = ((link.owner, link.errand, link.issued_at), post.clock.now());
    let owner = link.owner;
    let found = post.readers.read(move |store| {
        let called = match owner {
            LinkOwner::Account(id) | LinkOwner::Moved { account: id, .. } => {
                store.account(id)?.filter(|one| !one.disabled).map(|one| one.name)
            }
            LinkOwner::Registration(id) => store.registration(id)?.map(|waiting| waiting.name),
        };
        Ok((store.account_link(name, now)?, called))
    });
    let (issued, called) = found.await.map_err(|_| SendFailure::Store)?;
    // Used up, or another took its place.
    let (issued, called) = (issued.ok_or(SendFailure::Gone)?, called.ok_or(SendFailure::Gone)?);
    let voice = Voice::from(link.language);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let letter = LinkLetter {
        kind: match link.errand {
            AccountErrand::Invited => LinkKind::AccountInvited,
            AccountErrand::Forgotten => LinkKind::Forgotten,
            AccountErrand::Address | AccountErrand::DeskAddress => LinkKind::Address,
            AccountErrand::AddressUndo => LinkKind::AddressUndo,
            AccountErrand::AddressMoved => LinkKind::AddressMoved,
            AccountErrand::Activation => LinkKind::Activation,
            AccountErrand::Known => LinkKind::Known,
        },
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: post.url(account_link(&post.key, &link)),
        expires_at: link.expires_at,
        facts: vec![Fact::new(voice.say("mail-account"), called)],
    };
    Ok(letter.message(&post.envelope(row, &issued.email.ok_or(SendFailure::NoAddress)?)?)?)
}

/// What happened to a request. What was written stands on its page alone, behind a sign-in.
async fn render_request(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let mail: RequestMail = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let RequestMail { request, account, language, news } = mail;
    let found = post.readers.read(move |store| Ok((store.request(request)?, store.account(account)?))).await;
    let (found, account) = found.map_err(|_| SendFailure::Store)?;
    let case = found.ok_or(SendFailure::Gone)?.case;
    // Whoever closed the account while this request was open is told of its end all the same; one that is erased has no address.
    let account = account.ok_or(SendFailure::Gone)?;
    let no_address = if account.disabled { SendFailure::Gone } else { SendFailure::NoAddress };
    let email = account.email.filter(|_| account.email_proven).ok_or(no_address)?;
    let voice = Voice::from(language);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let now = post.clock.now();
    let dates = Dates { voice, zone: config.zone, now };
    let mut facts = vec![
        Fact::new(voice.say("mail-request-number"), case.shown_number().to_string()),
        Fact::new(voice.say("mail-request-news"), voice.say(request_news(news))),
    ];
    if !case.is_closed() && case.clock.stopped.is_none() {
        facts.push(Fact::new(voice.say("mail-request-due"), dates.date_and_year(case.clock.due)));
    }
    if account.disabled {
        facts.push(Fact::new(voice.say("mail-request-account"), voice.say("mail-request-account-closed")));
    }
    let letter = LinkLetter {
        kind: LinkKind::Request,
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: post.url(Page::RequestOne { request }),
        expires_at: now,
        facts,
    };
    Ok(letter.message(&post.envelope(row, &email)?)?)
}

/// What was done to an account, for its holder.
async fn render_member(post: &Post, row: &OutboxRow) -> Result<Message, SendFailure> {
    let MemberMail { account, language, news } = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let found = post.readers.read(move |store| store.account(account)).await.map_err(|_| SendFailure::Store)?;
    let account = found.filter(|account| !account.disabled).ok_or(SendFailure::Gone)?;
    let email = if let MemberNews::JoinedAway { address } = news {
        let found = post.readers.read(move |store| store.address(address)).await.map_err(|_| SendFailure::Store)?;
        found.map(|found| found.email)
    } else {
        account.email.filter(|_| account.email_proven)
    };
    let email = email.ok_or(SendFailure::NoAddress)?;
    let voice = Voice::from(language);
    let config = post.office_of(row)?.config(Clone::clone).ok_or(SendFailure::Gone)?;
    let now = post.clock.now();
    let letter = LinkLetter {
        kind: LinkKind::Member,
        config: &config,
        voice: post.texts.voice(row.office, voice),
        link: post.url(Page::Login),
        expires_at: now,
        facts: vec![
            Fact::new(voice.say("mail-account"), account.name),
            Fact::new(
                voice.say("mail-request-news"),
                member_news::said(&news, Dates { voice, zone: config.zone, now }),
            ),
        ],
    };
    Ok(letter.message(&post.envelope(row, &email)?)?)
}

/// The sentence that says what happened to a request.
const fn request_news(news: RequestNews) -> &'static str {
    match news {
        RequestNews::Submitted => "mail-request-submitted",
        RequestNews::Numbered => "mail-request-numbered",
        RequestNews::Assigned => "mail-request-assigned",
        RequestNews::HandedOver => "mail-request-handed-over",
        RequestNews::Forwarded => "mail-request-forwarded",
        RequestNews::Asked => "mail-request-asked",
        RequestNews::Accepted => "mail-request-accepted",
        RequestNews::Refused => "mail-request-refused",
        RequestNews::Done => "mail-request-done",
        RequestNews::Ready => "mail-request-ready",
        RequestNews::Collected => "mail-request-collected",
        RequestNews::Posted => "mail-request-posted",
        RequestNews::VisitProposed => "mail-request-visit",
        RequestNews::Closed => "mail-request-closed",
    }
}

/// Where a message goes: to who booked or to the person served by mail; to the mobile of who booked.
enum Receiver {
    Mail(String, Holder),
    Mobile(String),
}

/// What is kept of somebody, and where this message goes. Who has an address that takes no mail is reached on the mobile if
/// that can be; else the mail is tried all the same: a mailbox that was full may have room again.
async fn receiver(post: &Post, about: &About) -> Result<(Record, Receiver), SendFailure> {
    let person = about.mail.person;
    let found = post.readers.read(move |store| Ok((store.record(person)?, store.served(person)?))).await;
    let (record, served) = found.map_err(|_| SendFailure::Store)?;
    let record = record.ok_or(SendFailure::NoAddress)?;
    let mobile = post.sms.as_ref().zip(record.phone.as_deref()).and_then(|(sms, phone)| sms.mobile(phone));
    let receiver = match (about.served, served) {
        (true, Some(ServedMailbox { email, proven: true })) => Receiver::Mail(email, Holder::Served),
        (true, _) => return Err(SendFailure::Gone),
        (false, _) => match (record.email.clone().filter(|_| record.undelivered.is_none()), mobile) {
            (Some(email), _) => Receiver::Mail(email, Holder::Applicant),
            (None, Some(mobile)) => Receiver::Mobile(mobile),
            (None, None) => Receiver::Mail(record.email.clone().ok_or(SendFailure::NoAddress)?, Holder::Applicant),
        },
    };
    Ok((record, receiver))
}

/// What was said with a booking, as its mail repeats it.
fn said(record: &Record, config: &OfficeConfig, booking: Option<&Booking>, voice: Voice) -> Vec<(String, String)> {
    let details = record.details.as_ref().and_then(Details::from_json);
    let service = booking.and_then(|booking| config.services.get(&booking.promise.service));
    let mut lines = details.map(|details| details.letter_lines(service, voice)).unwrap_or_default();
    if !lines.is_empty() {
        lines.extend(booking.and_then(|booking| needs_line(&booking.life.party()?.needs, voice)));
    }
    if let (false, Some(email)) = (lines.is_empty(), &record.email) {
        lines.push((voice.say("fact-email"), email.clone()));
    }
    lines
}

async fn render_about_booking(post: &Post, row: &OutboxRow) -> Result<OutgoingMessage, SendFailure> {
    let about: About = serde_json::from_str(&row.about).map_err(|_| SendFailure::Gone)?;
    let (kind, id, voice) = (about.mail.kind, about.mail.booking, Voice::from(about.mail.language));
    let (record, receiver) = receiver(post, &about).await?;
    let (config, booking) = {
        let office = post.office_of(row)?.read();
        if about.mail.asks_too_soon(&office, post.clock.now()) {
            return Err(SendFailure::Gone);
        }
        (office.config.clone().ok_or(SendFailure::Gone)?, office.bookings.get(&id).cloned())
    };
    if !kind.has_meaning(booking.as_ref(), post.clock.now()) || about.mail.reminds_too_soon(row.created_at) {
        return Err(SendFailure::Gone);
    }
    if let Some(later) = about.mail.later
        && !booking.as_ref().is_some_and(|booking| is_awaited(booking, later, post.clock.now()))
    {
        return Err(SendFailure::Gone);
    }
    let own = post.texts.voice(row.office, voice);
    let (email, holder) = match receiver {
        Receiver::Mail(email, holder) => (email, holder),
        // Nobody's telephone rings for that.
        Receiver::Mobile(_) if kind == MailKind::Opinion => return Err(SendFailure::Gone),
        Receiver::Mobile(to) => {
            let booking = booking.ok_or(SendFailure::Gone)?;
            if !lets_one_more(post, config.zone, about.mail.person).await? {
                return Err(SendFailure::SmsEnough);
            }
            let text = short::text(kind, &config, &booking, &own, post.clock.now());
            return Ok(OutgoingMessage::Sms(Sms { to, text }));
        }
    };
    let more = more::of(post, post.office_of(row)?, kind, booking.as_ref(), about.mail.was, &own).await?;
    let first_choice = booking.as_ref().and_then(|booking| booking.life.first_choice(post.clock.now()));
    let link = if kind.stands() || kind == MailKind::Opinion || first_choice.is_some() {
        let person = about.mail.person;
        let read = post.readers.read(move |store| store.link_version(person, holder == Holder::Served));
        let version = read.await.map_err(|_| SendFailure::Store)?;
        booking_link(&post.key, &BookingKey { office: config.key.clone(), booking: id, holder, version })
    } else {
        more::book_anew(&config, booking.as_ref())
    };
    let letter = BookingLetter {
        kind,
        config: &config,
        voice: own,
        said: said(&record, &config, booking.as_ref(), voice),
        phone: record.phone.as_deref().map(readable),
        booking: booking.as_ref().map(|booking| {
            let date = booking.promise.start.with_timezone(&config.zone).date_naive();
            (booking, booking_code(&post.key, config.number, date, &booking.reference).to_string())
        }),
        link: post.url(&link),
        chooses_first: first_choice.is_some(),
        was: about.mail.was,
        until: (kind == MailKind::CorrectionAsked).then(|| booking.as_ref()?.correction).flatten().map(|asked| {
            Dates { voice, zone: config.zone, now: post.clock.now() }.until(asked.until, post.clock.now())
        }),
        more,
        now: post.clock.now(),
    };
    Ok(letter.message(&post.envelope(row, &email)?)?.into())
}

/// Whether one more message goes to somebody's mobile on this day of the office.
async fn lets_one_more(post: &Post, zone: Tz, person: PersonId) -> Result<bool, SendFailure> {
    let Some(most) = post.sms.as_ref().map(|sms| sms.per_mobile_and_day) else { return Ok(false) };
    let today = calendar::local_date(zone, post.clock.now());
    let midnight = calendar::instant_from(zone, today.and_time(NaiveTime::MIN));
    let sent = post.readers.read(move |store| store.messages_to_mobile_of(person, midnight)).await;
    Ok(most.lets(sent.map_err(|_| SendFailure::Store)?))
}

/// Whether a reminder still has a sense: the booking is as it was told last, its person has not come, its time is ahead.
fn is_awaited(booking: &Booking, later: LaterMail, now: DateTime<Utc>) -> bool {
    let is_open = matches!(booking.life, BookingLife::Confirmed { .. });
    is_open && booking.sequence == later.sequence && now < booking.promise.start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(tries: u32) -> OutboxRow {
        OutboxRow {
            id: 1,
            office: 1,
            seq: Some(7),
            kind: "confirmation".into(),
            about: String::new(),
            created_at: "2026-11-24T08:00:00Z".parse().unwrap(),
            tries,
        }
    }

    #[test]
    fn a_mail_is_tried_for_days_and_then_given_up() {
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        assert_eq!(next_try(&row(0), now), Some(now + TimeDelta::minutes(1)));
        assert_eq!(next_try(&row(6), now), Some(now + TimeDelta::hours(12)));
        assert_eq!(next_try(&row(60), now + TimeDelta::days(3)), Some(now + TimeDelta::days(4)));
        assert_eq!(next_try(&row(60), now + TimeDelta::days(4)), None);
    }
}
