//! The touchscreen: check-in, walk-in, ticket.

use std::path::PathBuf;

use anyhow::{Context, Result};
use attendant::{Attendant, Deputy, HubContact, Kiosk, Peripherals, SharedAttendant};
use bevy::prelude::*;
use clap::Parser;
use kiosk::{
    config::KioskConfig,
    logic::{AttendantInCommon, KioskLogicPlugin},
    ui::KioskWindow,
};
use link::{HubLink, LinkConfig, Wake};
use panel::{alarm::FrameWake, window};
use peripherals::{KeyboardFramer, printer, scanner};
use walk::{KioskWalk, WalkRules};
use wire::{DeviceKind, KioskView};

/// How many services stand on a page, upright and lying.
const SERVICES_PORTRAIT: usize = 6;
const SERVICES_LANDSCAPE: usize = 4;

/// Lets citizens check in or take a number, and prints their tickets.
#[derive(Debug, Parser)]
struct KioskArguments {
    /// The kiosk's configuration.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// Forget the hub with which this kiosk was paired, and end: at its next start it asks to be let in anew.
    #[arg(long)]
    forget_hub: bool,
}

fn main() -> Result<AppExit> {
    let arguments = KioskArguments::parse();
    let config = KioskConfig::read(&arguments.config)?;
    if arguments.forget_hub {
        link::forget_hub(&config.state).context("the hub cannot be forgotten")?;
        return Ok(AppExit::Success);
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
    let kiosk = Kiosk::new(walk, &config.hub, &config.name, config.scanner.is_some());
    let deputy = Deputy::take_up(&config.state, link::machine_now())
        .with_context(|| format!("cannot read the journal in {}", config.state.display()))?;
    let attendant = Attendant::new(kiosk, HubContact::new(link), attach(&config)?).with_deputy(deputy);
    let shared = SharedAttendant::new(attendant);
    shared.listen(wake).context("no thread for the attendant")?;
    app.insert_resource(AttendantInCommon(shared)).add_plugins((KioskLogicPlugin, KioskWindow));
    Ok(app.run())
}

fn attach(config: &KioskConfig) -> Result<Peripherals> {
    let mut peripherals = Peripherals::default();
    if let Some(printer) = &config.printer {
        let profile = firmware_config::printer(&printer.profile).context("printer.profile")?;
        let handle = printer::start(&printer.port, profile.clone(), || ()).context("printer")?;
        peripherals.printer = Some((handle, profile));
    }
    if let Some(scanner) = &config.scanner {
        match &scanner.port {
            Some(port) => peripherals.scanner = Some(scanner::start(port, || ()).context("scanner")?),
            None => peripherals.keyboard = Some(KeyboardFramer::default()),
        }
    }
    Ok(peripherals)
}
