//! The buttons at a desk: paired like a kiosk, they press for the clerk who has opened it, also while another program has the
//! clerk's attention.

use std::{
    io::{self, Write as _},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use clap::Parser;
use crossbeam_channel::{Receiver, never, select};
use desk::{
    arguments::DeskArguments,
    buttons::ButtonNews,
    config::{ButtonLine, DeskConfig},
    press_gate::PressGate,
};
use heartbeat::Heartbeat;
use link::{CommandReply, DeviceCommand, HubLink, LinkConfig, News, NoAnswer, Urgency, Wake};
use peripherals::{KeypadEvent, ScanEvent, ScannerKind, keypad, scanner};
use wire::{BoardView, ButtonPress, DeskButton, DeviceKind};

/// The loop goes round so often, if nobody asks for more.
const ROUND: Duration = Duration::from_secs(10);
const PATH: &str = "offices/{office}/buttons";

/// The lines on which buttons hang; one of them has none.
struct ButtonEvents {
    keypad: Receiver<KeypadEvent>,
    keys: Receiver<ScanEvent>,
}

fn main() -> Result<()> {
    let arguments = DeskArguments::parse();
    let config = DeskConfig::read(&arguments.config)?;
    if arguments.forget_hub {
        return link::forget_hub(&config.state).context("the hub cannot be forgotten");
    }
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    let events = listen(&config.buttons).context("no thread for the buttons")?;
    let link = HubLink::<BoardView>::start(
        LinkConfig {
            hub: config.hub.clone(),
            kind: DeviceKind::Desk(config.desk),
            name: config.name.clone(),
            state: config.state.clone(),
            feed: "board",
        },
        &Wake::new(|| ()),
    )
    .with_context(|| format!("cannot use the state folder {}", config.state.display()))?;
    let mut out = io::stdout();
    writeln!(out, "ready").and_then(|()| out.flush()).context("cannot write to the output")?;
    press_for_ever(&link, &events)
}

fn listen(line: &ButtonLine) -> io::Result<ButtonEvents> {
    if line.keyboard {
        let keys = scanner::start(&line.port, ScannerKind::Keyboard, || ())?;
        return Ok(ButtonEvents { keypad: never(), keys });
    }
    Ok(ButtonEvents { keypad: keypad::start(&line.port, || ())?, keys: never() })
}

fn press_for_ever(link: &HubLink<BoardView>, events: &ButtonEvents) -> Result<()> {
    let heartbeat = Heartbeat::of_environment();
    heartbeat.ready();
    let round = heartbeat.every().unwrap_or(ROUND);
    let (started, mut gate) = (Instant::now(), PressGate::default());
    loop {
        let news = select! {
            recv(link.news) -> news => {
                hear(&news.context("the link has ended")?);
                ButtonNews::Nothing
            }
            recv(link.replies) -> reply => {
                gate.answered();
                tell(reply.context("the link has ended")?);
                ButtonNews::Nothing
            }
            recv(events.keypad) -> event => event.context("the line of the buttons has ended")?.into(),
            recv(events.keys) -> event => (&event.context("the line of the buttons has ended")?).into(),
            default(round) => ButtonNews::Nothing,
        };
        match news {
            ButtonNews::Pressed(button) if gate.press(started.elapsed()) => press(link, button),
            ButtonNews::Pressed(_) | ButtonNews::Nothing => {}
            ButtonNews::Plugged => tracing::info!("the buttons are there"),
            ButtonNews::Unplugged => tracing::warn!("the buttons are not there"),
        }
        heartbeat.beat();
    }
}

fn press(link: &HubLink<BoardView>, button: DeskButton) {
    let body = serde_json::to_value(ButtonPress { button }).unwrap_or_default();
    let (key, path) = (DeviceCommand::new_key(), PATH.to_owned());
    link.send(DeviceCommand { key, path, body, urgency: Urgency::Waited });
}

/// What the hub made of a press.
fn tell(reply: CommandReply) {
    match reply.answer {
        Ok(_) => tracing::info!("pressed"),
        Err(NoAnswer::Refused(problem)) => tracing::info!(code = ?problem.code, "the hub says no"),
        Err(NoAnswer::Away) => tracing::warn!("the hub does not answer"),
    }
}

fn hear(news: &News<BoardView>) {
    match news {
        News::Paired => tracing::info!("let in"),
        News::Lost { since } => tracing::warn!(%since, "the hub is not heard"),
        News::Estranged(why) => tracing::warn!(?why, "whoever answers is not the hub of these buttons"),
        // The link logs the code and the words; what the room sees is for the room.
        News::Pairing { .. } | News::Clock(_) | News::Emblem(_) | News::Provisions(_) | News::View { .. } => {}
    }
}
