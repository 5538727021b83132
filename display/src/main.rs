//! The waiting-room screen: what is called, where to, and who is next; its chime and its voice.

use std::time::Instant;

use anyhow::{Context, Result};
use bevy::prelude::*;
use board::{Announcer, BoardState, SeenKeeper};
use clap::Parser;
use display::{
    arguments::DisplayArguments,
    config::BoardConfig,
    hall::HallSound,
    logic::{BoardKnowledge, BoardLine, BoardLogicPlugin, Outlets},
    ui::BoardWindow,
};
use link::{HubLink, LinkConfig};
use panel::{alarm::FrameWake, window};
use wire::{BoardView, DeviceKind};

fn main() -> Result<AppExit> {
    let arguments = DisplayArguments::parse();
    let config = BoardConfig::read(&arguments.config)?;
    if arguments.forget_hub {
        link::forget_hub(&config.state).context("the hub cannot be forgotten")?;
        return Ok(AppExit::Success);
    }
    let mut app = window::open(&config.screen, "Seira · board", config.screen.language);
    let wake = app.world().resource::<FrameWake>().0.clone();
    let link = HubLink::<BoardView>::start(
        LinkConfig {
            hub: config.hub.clone(),
            kind: DeviceKind::Display,
            name: config.name.clone(),
            state: config.state.clone(),
            feed: "board",
        },
        &wake,
    )
    .with_context(|| format!("cannot use the state folder {}", config.state.display()))?;
    let languages = config.languages();
    let (quiet, night) = (config.quiet()?, config.night()?);
    let (keeper, kept) = SeenKeeper::start(&config.state);
    let hall = HallSound::start(config.sound, config.voice, languages, wake);
    let announcer = Announcer::after(kept);
    let announcer = if hall.is_heard() { announcer.aloud() } else { announcer };
    let board = BoardState::new(announcer, languages, Instant::now()).dark_in(night).of_desks(config.desks);
    app.insert_resource(BoardLine(link))
        .insert_resource(Outlets { hall, quiet, keeper })
        .insert_resource(BoardKnowledge(board))
        .add_plugins((BoardLogicPlugin, BoardWindow { farthest_seat_m: config.screen.farthest_seat_m, languages }));
    Ok(app.run())
}
