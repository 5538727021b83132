//! Every screen of the board, wide and upright, in both languages.

use std::time::Duration;

use anyhow::{Context, Result};
use rustix::process::Signal;
use serde_json::json;
use tests::{
    device::{DeviceProcess, DeviceSetting},
    house::House,
    screen::Screen,
    staff::{OFFICE, Staff},
    wait,
};
use wire::FloorVisitState;

use crate::{
    album::PictureFolder,
    day,
    kiosks::still,
    labels::{LANGUAGES, Labels},
};

/// Name, size in pixels, and place of the language in [`LANGUAGES`].
const BOARDS: [(&str, (u32, u32), usize); 4] =
    [("wide", (1920, 1080), 0), ("wide", (1920, 1080), 1), ("upright", (1080, 1920), 0), ("upright", (1080, 1920), 1)];
/// While others wait, a call keeps the large area for so long.
const TURN: Duration = Duration::from_secs(4);
/// A call flashes so long.
const FLASH: Duration = Duration::from_secs(5);

/// A board.
struct Board {
    name: &'static str,
    labels: &'static Labels,
    device: DeviceProcess,
}

/// All boards of the office.
pub struct Boards {
    all: Vec<Board>,
    album: PictureFolder,
}

impl Boards {
    /// Starts them and takes the pictures of their pairing codes.
    pub fn start(house: &House, album: &PictureFolder) -> Result<Self> {
        let mut boards = Self { all: Vec::new(), album: album.clone() };
        for (name, size, language) in BOARDS {
            let labels = &LANGUAGES[language];
            let folder = house.folder(&format!("board-{name}-{}", labels.tag));
            let setting = DeviceSetting::display(&folder, &house.hub.base(), size).in_language(labels.tag);
            boards.all.push(Board { name, labels, device: DeviceProcess::start(setting)? });
        }
        boards.keep("panel-pairing-title", "pairing")?;
        for board in &boards.all {
            board.device.pair(&house.hub)?;
        }
        Ok(boards)
    }

    /// Keeps every board once it shows a sentence and stands still.
    fn keep(&self, id: &str, name: &str) -> Result<()> {
        for board in &self.all {
            let screen = board.device.screen()?;
            screen.find(&board.labels.start_of(id)?)?;
            self.keep_still(board, screen, name)?;
        }
        Ok(())
    }

    fn keep_still(&self, board: &Board, screen: &Screen, name: &str) -> Result<()> {
        self.album.keep(&format!("board-{}-{name}.{}", board.name, board.labels.tag), &still(screen)?)
    }

    /// Nobody is called yet.
    pub fn quiet(&self) -> Result<()> {
        self.keep("display-please-wait", "quiet")
    }

    /// A morning at work: calls, a repeated call, a hub that is lost, and an office that gives no more numbers.
    pub fn morning(&self, house: &mut House) -> Result<()> {
        let (staff, calls) = busy(house)?;
        // Each call is announced in its turn; then the last one stands.
        wait::pass(TURN * calls + FLASH);
        self.keep("display-last-calls", "calls")?;
        day::turn_to(house, "10:04")?;
        recall(&staff)?;
        wait::pass(FLASH);
        self.keep("display-recall", "recall")?;
        house.hub.process()?.signal(Signal::STOP)?;
        let lost = self.keep("display-stale-below", "lost");
        house.hub.process()?.signal(Signal::CONT)?;
        lost
    }

    /// Numbers are not given for a while.
    pub fn suspended(&self) -> Result<()> {
        for board in &self.all {
            let screen = board.device.screen()?;
            screen.find(if board.labels.is_first() { "Διακοπή" } else { "network" })?;
            self.keep_still(board, screen, "suspended")?;
        }
        Ok(())
    }

    /// Before the day begins.
    pub fn closed(&self) -> Result<()> {
        self.keep("display-closed-below", "closed")
    }
}

/// Opens the desks, lets people come, serves some, and leaves calls that stand; how many calls there were.
fn busy(house: &House) -> Result<(Staff, u32)> {
    let staff = Staff::admin(&house.hub)?;
    let kiosk = house.plain_kiosk()?;
    let services = ["signature", "family-status", "driving-licence", "criminal-record", "certified-copy"];
    for service in services.iter().cycle().take(14) {
        kiosk.take_ticket(service)?;
    }
    let desks: Vec<u16> = staff.floor()?.desks.iter().map(|desk| desk.number).collect();
    for desk in &desks {
        staff.open_desk(*desk)?;
    }
    let mut calls = 0;
    for round in 0..2 {
        for desk in &desks {
            let answer = staff.call(*desk, None, false)?;
            let Ok(call) = answer.json::<wire::CallAnswer>() else { continue };
            calls += 1;
            if round == 0 {
                staff.with_visit(*desk, "appeared", call.visit)?;
                staff.with_visit(*desk, "finishes", call.visit)?;
            }
        }
    }
    Ok((staff, calls))
}

/// Repeats the first call that stands.
fn recall(staff: &Staff) -> Result<()> {
    let floor = staff.floor()?;
    let called = floor.visits.iter().find_map(|visit| match visit.state {
        FloorVisitState::Called { desk, .. } => Some((desk, visit.visit)),
        _ => None,
    });
    let (desk, visit) = called.context("no call stands")?;
    staff.with_visit(desk, "recalls", visit)
}

/// Suspends the giving of numbers for an hour.
///
/// # Errors
/// When the hub refuses.
pub fn suspend(house: &House, until: chrono::DateTime<chrono::Utc>) -> Result<()> {
    let staff = Staff::admin(&house.hub)?;
    let because = json!({ "el": "Διακοπή του δικτύου", "en": "The network is down" });
    let answer = staff
        .client()
        .post(&format!("/api/v1/offices/{OFFICE}/suspensions"), &json!({ "until": until, "because": because }))?;
    anyhow::ensure!(answer.status < 300, "{}: {}", answer.status, answer.body);
    Ok(())
}
