//! The touchscreen: check-in, walk-in, ticket.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bevy::prelude::*;
use clap::Parser;
use kiosk::{
    attendant::{Attendant, Devices, Hub, Kiosk, Shared},
    config::Config,
    devices::{printer, scanner},
    logic::LogicPlugin,
    ui::UiPlugin,
    walk::{Rules, Walk},
};
use panel::{
    alarm::Wake,
    link::{Link, LinkConfig},
    window,
};
use wire::{DeviceKind, KioskView};

/// How many services stand on a page, upright and lying.
const SERVICES_PORTRAIT: usize = 6;
const SERVICES_LANDSCAPE: usize = 4;

/// Lets citizens check in or take a number, and prints their tickets.
#[derive(Debug, Parser)]
struct Arguments {
    /// The kiosk's configuration.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

fn main() -> Result<AppExit> {
    let config = Config::read(&Arguments::parse().config)?;
    let mut app = window::open(&config.screen, "Seira · kiosk", config.screen.language);
    let wake = app.world().resource::<Wake>().clone();
    // The attendant listens to the link and the devices, and wakes the window when there is something to be seen.
    let unheard = Wake::new(|| ());
    let link = Link::<KioskView>::start(
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
    let rules = Rules { services_on_a_page_of_many, ..Rules::new(config.screen.language, services) };
    let walk = Walk::new(rules);
    let kiosk = Kiosk::new(walk, &config.hub, &config.name, config.scanner.is_some());
    let shared = Shared::new(Attendant::new(kiosk, Hub::new(link), attach(&config)?));
    shared.listen(wake).context("no thread for the attendant")?;
    app.insert_resource(shared).add_plugins((LogicPlugin, UiPlugin));
    Ok(app.run())
}

fn attach(config: &Config) -> Result<Devices> {
    let mut devices = Devices::default();
    if let Some(printer) = &config.printer {
        let profile = firmware_config::printer(&printer.profile).context("printer.profile")?;
        let handle = printer::start(&printer.port, profile.clone(), || ()).context("printer")?;
        devices.printer = Some((handle, profile));
    }
    if let Some(scanner) = &config.scanner {
        match &scanner.port {
            Some(port) => devices.scanner = Some(scanner::start(port, || ()).context("scanner")?),
            None => devices.keyboard = Some(scanner::KeyboardFramer::default()),
        }
    }
    Ok(devices)
}
