//! The waiting-room screen: what is called, where to, and who is next; and its chime.

use std::path::PathBuf;

use anyhow::{Context, Result};
use bevy::prelude::*;
use clap::Parser;
use display::{
    announce::Announcer,
    chime::Chime,
    config::Config,
    keeper::Keeper,
    logic::{Board, FromHub, LogicPlugin, Outlets},
    ui::UiPlugin,
};
use panel::{
    alarm::Wake,
    link::{Link, LinkConfig},
    window,
};
use wire::{BoardView, DeviceKind};

/// Shows the waiting room who is called, where to, and who is next.
#[derive(Debug, Parser)]
struct Arguments {
    /// The board's configuration.
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
}

fn main() -> Result<AppExit> {
    let config = Config::read(&Arguments::parse().config)?;
    let mut app = window::open(&config.screen, "Seira · board", config.screen.language);
    let link = Link::<BoardView>::start(
        LinkConfig {
            hub: config.hub.clone(),
            kind: DeviceKind::Display,
            name: config.name.clone(),
            state: config.state.clone(),
            feed: "board",
        },
        app.world().resource::<Wake>(),
    )
    .with_context(|| format!("cannot use the state folder {}", config.state.display()))?;
    let (keeper, kept) = Keeper::start(&config.state);
    app.insert_resource(FromHub(link.news.clone()))
        .insert_resource(Outlets { chime: Chime::start(config.sound), keeper })
        .insert_resource(Board::new(Announcer::after(kept)))
        .add_plugins((LogicPlugin, UiPlugin { farthest_seat_m: config.screen.farthest_seat_m }));
    Ok(app.run())
}
