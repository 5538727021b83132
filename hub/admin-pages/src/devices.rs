//! Devices: let in by the code that they show and the words that are compared, shut out by a press.

use access::{Applicant, DevicePresence, ThreeWords};
use acts::{Fault, approve_device, find_applicant, meet_hub, revoke_device};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    signed::StaffVisitor,
};
use text::{Dates, Voice};
use uuid::Uuid;
use wire::{DeviceKind, ProblemCode};

#[derive(Template)]
#[template(path = "admin/devices.html")]
struct DevicesPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    /// Keys and names of the offices into which a device can be let.
    offices: Vec<(String, String)>,
    devices: Vec<DeviceRow>,
    /// A code that was refused, and for which office.
    typed: PairingForm,
}

/// Asks whether the screen of the device shows the same three words.
#[derive(Template)]
#[template(path = "admin/device-words.html")]
struct DeviceWordsPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    name: String,
    kind: String,
    office: String,
    /// The words; none on a device that shows none.
    words: Option<[String; 3]>,
    /// What is sent back with the press.
    code: String,
    office_key: String,
    compared: String,
}

struct DeviceRow {
    name: String,
    kind: String,
    office: String,
    added: String,
    /// Whether it follows its office now.
    connection: String,
    /// For how many tickets it has paper.
    paper: Option<String>,
    revoked: bool,
    /// Where it is shut out.
    revoke: String,
    /// That it met another hub, and when.
    met: Option<String>,
    /// Where an administrator says that they know.
    noted: String,
}

/// How the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct DevicesQuery {
    /// The device that was let in.
    #[serde(default)]
    paired: String,
    /// Anything, after one was shut out.
    #[serde(default)]
    revoked: String,
    /// Anything, after an administrator took note of another hub.
    #[serde(default)]
    noted: String,
}

/// Shows the devices.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<DevicesQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (devices, scope) = (&visitor.state.access.devices, signed.session.scope());
    let paired = Uuid::try_parse(&query.paired).ok().and_then(|id| devices.with_id(scope, id));
    let paired = paired.map(|device| visitor.voice.text("pair-done", "name", &device.name));
    let revoked = (!query.revoked.is_empty()).then(|| visitor.voice.say("device-revoke-done"));
    let noted = (!query.noted.is_empty()).then(|| visitor.voice.say("device-met-done"));
    Ok(show(&signed, paired.or(revoked).or(noted), None))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::AdminDevices.to_string())
}

fn show(signed: &StaffVisitor, done: Option<String>, refused: Option<(String, PairingForm)>) -> Response {
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, typed) = refused.unzip();
    let typed = typed.unwrap_or_default();
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut devices = Vec::new();
    let mut offices = Vec::new();
    for handle in signed.run() {
        let Some((name, zone)) = handle.config(|config| (voice.of_text(&config.name), config.zone)) else { continue };
        let dates = Dates { voice, zone, now: state.clock.now() };
        for device in state.access.devices.of_office(handle.row) {
            devices.push(DeviceRow {
                name: device.name.clone(),
                kind: kind_of(voice, device.kind),
                office: name.clone(),
                added: dates.day_and_time(device.paired_at),
                connection: connection(state.access.devices.connection(device.id), dates, state.clock.now()),
                paper: state.access.devices.tickets_left(device.id).map(|left| voice.count("device-paper", left)),
                revoked: device.revoked_at.is_some(),
                revoke: Page::AdminDeviceRevoke { device: device.id }.to_string(),
                met: state.access.devices.encounter(device.id).map(|met| {
                    let now = state.clock.now();
                    let (since, until) = (dates.until(met.since, now), dates.until(met.until, now));
                    voice.say_with("device-met", [("since", since.into()), ("until", until.into())])
                }),
                noted: Page::AdminDeviceNoted { device: device.id }.to_string(),
            });
        }
        offices.push((handle.key.to_string(), name));
    }
    devices.sort_by_key(|device| device.revoked);
    let f = visitor.frame().admin("admin-devices").at(Page::AdminDevices.to_string());
    let f = f.marking(refusal.as_ref().map(|_| "code"));
    page(status, &DevicesPage { f, refusal, done, offices, devices, typed })
}

fn kind_of(voice: Voice, kind: DeviceKind) -> String {
    match kind {
        DeviceKind::Kiosk => voice.say("device-kiosk"),
        DeviceKind::Display => voice.say("device-display"),
        DeviceKind::Desk(desk) => voice.text("device-desk", "desk", &desk.to_string()),
    }
}

fn connection(connection: DevicePresence, dates: Dates, now: DateTime<Utc>) -> String {
    match connection {
        DevicePresence::Open => dates.voice.say("device-connected"),
        DevicePresence::Lost(Some(since)) => dates.voice.text("device-lost-since", "at", &dates.until(since, now)),
        DevicePresence::Lost(None) => dates.voice.say("device-lost"),
    }
}

/// What is far too long for a code is not sent back whole.
const CODE_CHARACTERS_MAX: usize = 32;
/// What stands for words where a device shows none, and somebody has said that it does not.
const NO_WORDS: &str = "none";

/// The code that a device shows, and where it is to stand; the second time with the words that were compared.
#[derive(Debug, Default, Deserialize)]
pub struct PairingForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    words: String,
}

/// Asks whether the words are the same; once they are, lets the device in.
pub async fn pair(signed: StaffVisitor, OwnForm { visitor, fields }: OwnForm<PairingForm>) -> Result<Response, Fault> {
    signed.admin()?;
    let state = &visitor.state;
    let office = state.office(&fields.office)?;
    signed.admin_of(office.row)?;
    let done = if fields.words.is_empty() {
        find_applicant::run(&state.access, &signed.session, &fields.code)
            .map(|applicant| ask_for_words(&signed, &fields, applicant))
    } else {
        let words = match fields.words.as_str() {
            NO_WORDS => None,
            words => Some(words.parse::<ThreeWords>().map_err(|_| ProblemCode::Malformed)?),
        };
        approve_device::run(&state.access, &signed.session, office, &fields.code, words).await.map(|device| {
            Redirect::to(&Page::AdminDevices.asking(format_args!("paired={}", device.id))).into_response()
        })
    };
    match done {
        Err(Fault { code: ProblemCode::UnknownCode, .. }) => {
            let code = fields.code.chars().take(CODE_CHARACTERS_MAX).collect();
            Ok(show(&signed, None, Some((visitor.voice.say("pair-wrong"), PairingForm { code, ..fields }))))
        }
        done => done,
    }
}

fn ask_for_words(signed: &StaffVisitor, fields: &PairingForm, applicant: Applicant) -> Response {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let office = visitor.state.office(&fields.office).ok().and_then(|office| office.config(|c| voice.of_text(&c.name)));
    let f = visitor.frame().admin("admin-devices").at(Page::AdminDevices.to_string());
    let Applicant { request, words } = applicant;
    let shown = DeviceWordsPage {
        f,
        refusal: None,
        done: None,
        name: request.name,
        kind: kind_of(voice, request.kind),
        office: office.unwrap_or_default(),
        words: words.map(|words| words.in_language(voice.0)),
        code: fields.code.clone(),
        office_key: fields.office.clone(),
        compared: words.map_or_else(|| NO_WORDS.to_owned(), |words| words.to_string()),
    };
    page(StatusCode::OK, &shown)
}

/// An administrator has taken note that a device met another hub.
pub async fn noted(
    signed: StaffVisitor,
    PagePath(device): PagePath<String>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    signed.admin()?;
    let device = Uuid::try_parse(&device).map_err(|_| ProblemCode::NotFound)?;
    meet_hub::dismiss(&visitor.state.access, &visitor.state.offices, &signed.session, device)?;
    Ok(Redirect::to(&Page::AdminDevices.asking("noted=1")).into_response())
}

/// Shuts a device out, at once.
pub async fn revoke(
    signed: StaffVisitor,
    PagePath(device): PagePath<String>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    signed.admin()?;
    let device = Uuid::try_parse(&device).map_err(|_| ProblemCode::NotFound)?;
    revoke_device::run(&visitor.state.access, &signed.session, device).await?;
    Ok(Redirect::to(&Page::AdminDevices.asking("revoked=1")).into_response())
}
