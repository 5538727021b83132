//! The touchscreen: check-in, walk-in, ticket.

use anyhow::{Context, Result};
use attendant::{Attendant, Deputy, HubContact, Kiosk, MachineSetting, PaperRoll, Peripherals, SharedAttendant};
use bevy::prelude::*;
use clap::Parser;
use kiosk::{
    arguments::KioskArguments,
    config::{JOBS, KioskConfig, PAPER},
    keypad::KeypadKeys,
    logic::{AttendantInCommon, KioskLogicPlugin, Sounds},
    ui::KioskWindow,
};
use link::{HubLink, LinkConfig, Wake};
use panel::{alarm::FrameWake, notes::NotePlayer, window};
use peripherals::{JobLedger, KeyboardFramer, ScannerKind, keypad, printer, scanner};
use voice::Speaker;
use walk::{KioskWalk, WalkRules};
use wire::{DeviceKind, KioskView};

/// How many services stand on a page, upright and lying.
const SERVICES_PORTRAIT: usize = 6;
const SERVICES_LANDSCAPE: usize = 4;

fn main() -> Result<AppExit> {
    let arguments = KioskArguments::parse();
    let config = KioskConfig::read(&arguments.config)?;
    if arguments.forget_hub {
        link::forget_hub(&config.state).context("the hub cannot be forgotten")?;
        return Ok(AppExit::Success);
    }
    if let Some(trial) = &arguments.trial {
        let went_well = kiosk::trial::run(&config, trial)?;
        return Ok(if went_well { AppExit::Success } else { AppExit::error() });
    }
    let mut app = window::open(&config.screen, "Seira · kiosk", config.screen.language);
    let wake = app.world().resource::<FrameWake>().0.clone();
    // The attendant listens to the link and the devices, and wakes the window when there is something to be seen.
    let unheard = Wake::new(|| ());
    let link = HubLink::<KioskView>::start(
        LinkConfig {
            hub: config.hub.clone(),
            kind: DeviceKind::Kiosk,
            name: config.name.clone(),
            state: config.state.clone(),
            feed: "kiosk",
        },
        &unheard,
    )
    .with_context(|| format!("cannot use the state folder {}", config.state.display()))?;
    let portrait = config.screen.is_portrait();
    let services = if portrait { SERVICES_PORTRAIT } else { SERVICES_LANDSCAPE };
    // Upright, the way to the next page has a row of its own, which takes the room of a service.
    let services_on_a_page_of_many = if portrait { services - 1 } else { services };
    let rules = WalkRules { services_on_a_page_of_many, ..WalkRules::new(config.screen.language, services) };
    let walk = KioskWalk::new(rules);
    let machine = MachineSetting {
        scanner: config.scanner.as_ref().map(|scanner| scanner.at),
        slot: config.printer.as_ref().map(|printer| printer.slot).unwrap_or_default(),
        speaks: !(config.voice.loudspeaker.is_empty() && config.voice.headset.is_empty()),
    };
    let kiosk = Kiosk::new(walk, &config.hub, &config.name, machine);
    let mut peripherals = attach(&config)?;
    let (loudspeaker, headset) = (config.voice.loudspeaker.clone(), config.voice.headset.clone());
    let speaker = Speaker::start(loudspeaker, headset, peripherals.note_voice()).context("no thread for the voice")?;
    let sounds = NotePlayer::start(config.sound.volume, peripherals.note_sound());
    let deputy = Deputy::take_up(&config.state, link::machine_now())
        .with_context(|| format!("cannot read the journal in {}", config.state.display()))?;
    let attendant = Attendant::new(kiosk, HubContact::new(link), peripherals).with_deputy(deputy).speaking(speaker);
    let shared = SharedAttendant::new(attendant);
    shared.listen(wake).context("no thread for the attendant")?;
    app.insert_resource(AttendantInCommon(shared))
        .insert_resource(KeypadKeys::of(&config.keypad)?)
        .insert_resource(Sounds(sounds))
        .add_plugins((KioskLogicPlugin, KioskWindow));
    Ok(app.run())
}

fn attach(config: &KioskConfig) -> Result<Peripherals> {
    let mut peripherals = Peripherals::default();
    if let Some(printer) = &config.printer {
        let profile = printer.profile()?;
        let ledger = config.state.join(JOBS);
        let (ledger, left) = JobLedger::open(&ledger).with_context(|| ledger.display().to_string())?;
        for job in left {
            warn!("the kiosk stopped while {} was printed: {:?}", job.label, job.stage);
        }
        let handle = printer::start_keeping(&printer.port, profile.clone(), ledger, || ()).context("printer")?;
        peripherals.paper = Some(PaperRoll::open(&config.state.join(PAPER), printer.roll_metres(&profile)));
        peripherals.printer = Some((handle, profile));
    }
    if let Some(scanner) = &config.scanner {
        match &scanner.port {
            Some(port) => {
                let kind = if scanner.keyboard { ScannerKind::Keyboard } else { ScannerKind::Serial };
                peripherals.scanner = Some(scanner::start(port, kind, || ()).context("scanner")?);
            }
            None => peripherals.keyboard = Some(KeyboardFramer::default()),
        }
    }
    if let Some(port) = &config.keypad.port {
        peripherals.keypad = Some(keypad::start(port, || ()).context("keypad")?);
    }
    Ok(peripherals)
}
