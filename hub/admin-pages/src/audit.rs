//! Who came in and who did not, and what was done about accounts and devices: for the administrator, by number and network.

use paths::Page;
use std::collections::BTreeMap;

use access::{ADMIN, AuditKind, AuditParty, FactorWay, LockCause, SignInFailure, SignInWay};
use acts::Fault;
use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::{NaiveDate, NaiveTime};
use office::calendar;
use serde::Deserialize;
use stationery::{
    date_field::date_if_any,
    day_rows::{DayRows, day_rows},
    extract::PageQuery,
    frame::{Frame, page},
    problem::{self, marks, not_listed, status_of},
    signed::StaffVisitor,
};
use store::{AuditQuestion, AuditRow};
use text::{Dates, Voice};

/// So many stand on one page.
const ROWS_PER_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "admin/audit.html")]
struct AuditPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    people: Vec<AuditOption>,
    kinds: Vec<AuditOption>,
    day: String,
    /// By day.
    days: Vec<DayRows<ShownDeed>>,
    /// Where the older ones are.
    older: Option<String>,
    /// Where the newest are, from older ones.
    newest: Option<String>,
}

struct AuditOption {
    value: String,
    name: String,
    chosen: bool,
}

/// A row in words.
struct ShownDeed {
    at: String,
    what: String,
    why: Option<String>,
    who: String,
    about: Option<String>,
    network: String,
    count: Option<String>,
}

/// Which rows are wanted.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AuditQuery {
    person: String,
    kind: String,
    day: String,
    before: String,
}

/// Shows them, the newest first.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<AuditQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let dates = visitor.dates_of_hub();
    let names = PartyNames::known_to(&signed).await?;
    let (wish, fault) = match query.wish(&names) {
        Ok(wish) => (Some(wish), None),
        Err(fault) => (None, Some(fault)),
    };
    let has_failed = fault.is_some();
    let AuditWish { party, kind, day } = wish.unwrap_or_default();
    let between = day.and_then(|day| {
        let next = day.succ_opt()?;
        let start = |day: NaiveDate| calendar::instant_from(dates.zone, day.and_time(NaiveTime::MIN));
        Some((start(day), start(next)))
    });
    let before = query.before.parse::<i64>().ok();
    let question = AuditQuestion {
        office: signed.session.account.office(),
        party: party.clone(),
        event: kind.map(|kind| kind.name().to_owned()),
        between,
        before,
        most: u32::try_from(ROWS_PER_PAGE + 1).unwrap_or(u32::MAX),
    };
    // What cannot be looked for finds nothing, instead of everything.
    let mut found =
        if has_failed { Vec::new() } else { state.readers.read(move |store| store.audit(&question)).await? };
    let has_older = found.len() > ROWS_PER_PAGE;
    found.truncate(ROWS_PER_PAGE);
    let asked = |before: Option<i64>| {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        let (person, kind) = (party.as_deref().unwrap_or_default(), kind.map(AuditKind::name).unwrap_or_default());
        let before = before.map(|before| format!("&before={before}")).unwrap_or_default();
        Page::AdminAudit.asking(format_args!("person={person}&kind={kind}&day={day}{before}"))
    };
    let older = found.last().filter(|_| has_older).map(|(id, _)| asked(Some(*id)));
    let kinds = AuditKind::ALL.into_iter().map(|one| AuditOption {
        value: one.name().to_owned(),
        name: voice.say(sentence(one)),
        chosen: kind == Some(one),
    });
    let today = calendar::local_date(dates.zone, state.clock.now());
    let marked = fault.as_ref().map(marks).unwrap_or_default();
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| status_of(fault.code));
    let shown = AuditPage {
        f: visitor.frame().admin("admin-audit").at(asked(before)).marking(marked),
        refusal: fault.map(|fault| problem::sentence(visitor, &fault)),
        done: None,
        people: names.options(party.as_deref()),
        kinds: kinds.collect(),
        day: if has_failed { query.day } else { day.map(|day| day.to_string()).unwrap_or_default() },
        days: day_rows(found.iter().map(|(_, row)| (row.at, shown(row, &names, dates))), dates, today),
        older,
        newest: before.map(|_| asked(None)),
    };
    Ok(page(status, &shown))
}

/// Which rows are wanted, as far as it can be.
#[derive(Default)]
struct AuditWish {
    party: Option<String>,
    kind: Option<AuditKind>,
    day: Option<NaiveDate>,
}

impl AuditQuery {
    /// What was asked for.
    fn wish(&self, names: &PartyNames) -> Result<AuditWish, Fault> {
        let party = match self.person.as_str() {
            "" => None,
            person => {
                let known = names.names.contains_key(person);
                Some(known.then(|| person.to_owned()).ok_or_else(|| not_listed("person", "audit-person"))?)
            }
        };
        let kind = match self.kind.as_str() {
            "" => None,
            name => {
                let kind = AuditKind::ALL.into_iter().find(|kind| kind.name() == name);
                Some(kind.ok_or_else(|| not_listed("kind", "audit-kind"))?)
            }
        };
        Ok(AuditWish { party, kind, day: date_if_any("day", "audit-day", &self.day)? })
    }
}

/// What a kind is called.
const fn sentence(kind: AuditKind) -> &'static str {
    match kind {
        AuditKind::SignIn => "audit-sign-in",
        AuditKind::FirstStep => "audit-first-step",
        AuditKind::SignInFailure => "audit-sign-in-failed",
        AuditKind::ConfirmFailure => "audit-confirmation-failed",
        AuditKind::SignOut => "audit-sign-out",
        AuditKind::Lock => "audit-locked",
        AuditKind::Unlock => "audit-unlocked",
        AuditKind::UnlockFailure => "audit-unlock-failed",
        AuditKind::Handover => "audit-handed-over",
        AuditKind::SessionsEnded => "audit-sessions-ended",
        AuditKind::RightsRefusal => "audit-right-refused",
        AuditKind::TokenRefusal => "audit-token-refused",
        AuditKind::Pairing => "audit-device-paired",
        AuditKind::DeviceShut => "audit-device-revoked",
        AuditKind::AccountMade => "audit-account-made",
        AuditKind::AccountInvited => "audit-account-invited",
        AuditKind::PasswordForgotten => "audit-password-forgotten",
        AuditKind::PasswordChanged => "audit-password-changed",
        AuditKind::AddressChanged => "audit-address-changed",
        AuditKind::AddressProven => "audit-address-proven",
        AuditKind::RoleGiven => "audit-role-given",
        AuditKind::RoleTaken => "audit-role-taken",
        AuditKind::FactorSet => "audit-factor-set",
        AuditKind::FactorDropped => "audit-factor-dropped",
        AuditKind::CodesRenewed => "audit-codes-renewed",
        AuditKind::AccountShut => "audit-account-shut",
        AuditKind::AccountBlocked => "audit-account-blocked",
        AuditKind::AccountUnblocked => "audit-account-unblocked",
        AuditKind::AccountsJoined => "audit-accounts-joined",
        AuditKind::AgentInvited => "audit-agent-invited",
        AuditKind::AgentShut => "audit-agent-shut",
        AuditKind::Restore => "audit-restore",
        AuditKind::KeyRotation => "audit-key-rotated",
        AuditKind::ClockBelieved => "audit-clock-believed",
    }
}

/// What a reason is called.
const fn reason(why: SignInFailure) -> &'static str {
    match why {
        SignInFailure::UnknownName => "audit-why-unknown-name",
        SignInFailure::WrongPassword => "audit-why-wrong-password",
        SignInFailure::WrongCode => "audit-why-wrong-code",
        SignInFailure::WrongPasskey => "audit-why-wrong-passkey",
        SignInFailure::AnsweredPasskey => "audit-why-answered-passkey",
        SignInFailure::ShutAccount => "audit-why-shut-account",
        SignInFailure::BlockedAccount => "audit-why-blocked-account",
        SignInFailure::ChallengeUnanswered => "audit-why-challenge",
        SignInFailure::Throttled => "audit-why-throttled",
        SignInFailure::StrayWay => "audit-why-stray-way",
        SignInFailure::ProviderSaidNo => "audit-why-provider-said-no",
        SignInFailure::ProviderAway => "audit-why-provider-away",
        SignInFailure::NoPerson => "audit-why-no-person",
        SignInFailure::NobodyHere => "audit-why-nobody-here",
    }
}

/// What a way of signing in is called.
const fn way(way: SignInWay) -> &'static str {
    match way {
        SignInWay::Password => "audit-way-password",
        SignInWay::TwoSteps(FactorWay::App) => "audit-way-app",
        SignInWay::TwoSteps(FactorWay::Recovery) => "audit-way-recovery",
        SignInWay::TwoSteps(FactorWay::Passkey) => "audit-way-passkey",
        SignInWay::SettingUp => "audit-way-setting-up",
        SignInWay::Provider => "audit-way-provider",
        SignInWay::Directory => "audit-way-directory",
    }
}

/// What the cause of a lock is called.
const fn cause(why: LockCause) -> &'static str {
    match why {
        LockCause::Press => "audit-why-press",
        LockCause::Idle => "audit-why-idle",
    }
}

/// Those whom an administrator may know by name, by the numbers that the audit has.
struct PartyNames {
    names: BTreeMap<String, String>,
    voice: Voice,
}

impl PartyNames {
    async fn known_to(signed: &StaffVisitor) -> Result<Self, Fault> {
        let (state, voice) = (&signed.visitor.state, signed.visitor.voice);
        let mut names = BTreeMap::new();
        let accounts = state.access.accounts.all();
        for account in accounts.iter().filter(|account| signed.session.runs(account.office())) {
            names.insert(AuditParty::from(account.as_ref()).to_string(), account.name.clone());
        }
        let rows: Vec<u32> = signed.run().map(|office| office.row).collect();
        for row in &rows {
            for device in state.access.devices.of_office(*row) {
                names.insert(AuditParty::from(device.as_ref()).to_string(), device.name.clone());
            }
        }
        let agents = state.readers.read(move |store| rows.iter().map(|row| store.agents_of(*row)).collect());
        let agents: Vec<Vec<store::Agent>> = agents.await?;
        for agent in agents.iter().flatten() {
            names.insert(AuditParty::from(agent).to_string(), agent.name.clone());
        }
        Ok(Self { names, voice })
    }

    /// Staff and agents to choose from; devices are found by the kind.
    fn options(&self, chosen: Option<&str>) -> Vec<AuditOption> {
        let people = self.names.iter().filter(|(party, _)| !party.starts_with("device:"));
        let mut options: Vec<AuditOption> = people
            .map(|(party, name)| AuditOption {
                value: party.clone(),
                name: name.clone(),
                chosen: chosen == Some(party),
            })
            .collect();
        options.sort_by_key(|option| option.name.to_lowercase());
        options
    }

    /// A party in words; somebody of another office by their kind alone.
    fn say(&self, party: &str) -> String {
        if let Some(name) = self.names.get(party) {
            return name.clone();
        }
        self.voice.say(match party.split(':').next().unwrap_or_default() {
            "account" => "audit-who-account",
            "agent" => "audit-who-agent",
            "device" => "audit-who-device",
            "console" => "audit-who-console",
            _ => "audit-who-stranger",
        })
    }
}

fn shown(row: &AuditRow, names: &PartyNames, dates: Dates) -> ShownDeed {
    let voice = names.voice;
    let kind = AuditKind::ALL.into_iter().find(|kind| kind.name() == row.event);
    let why = match row.why.as_str() {
        "" => None,
        ADMIN => Some("audit-why-admin"),
        why => {
            let failure = SignInFailure::ALL.into_iter().find(|one| one.name() == why).map(reason);
            let lock = || LockCause::ALL.into_iter().find(|one| one.name() == why).map(cause);
            let signed_in = || SignInWay::ALL.into_iter().find(|one| one.name() == why).map(way);
            failure.or_else(lock).or_else(signed_in)
        }
    };
    let count = row.count > 1;
    ShownDeed {
        at: dates.time(row.at),
        what: kind.map(|kind| voice.say(sentence(kind))).unwrap_or_else(|| row.event.clone()),
        why: why.map(|why| voice.say(why)),
        who: names.say(&row.who),
        about: (!row.about.is_empty()).then(|| names.say(&row.about)),
        network: if row.network.is_empty() { voice.say("audit-network-none") } else { row.network.clone() },
        count: count.then(|| voice.say_with("audit-times", [("n", row.count.into())])),
    }
}
