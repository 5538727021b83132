//! The look-alike as a program: for stories and the demo.

use std::{
    io::{Write, stdout},
    net::SocketAddr,
};

use anyhow::Context;
use clap::Parser;
use lookalike::{Lookalike, Mood};
use tokio::net::TcpListener;

/// Plays TAXISnet and the register of staff.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Where it listens; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How it is; `POST /lookalike/mood` changes it.
    #[arg(long, default_value = "well")]
    mood: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let Arguments { listen, mood } = Arguments::parse();
    let mood: Mood = mood.parse().ok().with_context(|| format!("there is no mood \"{mood}\""))?;
    // What it takes for passwords is not asked of anybody but who sits before it.
    anyhow::ensure!(listen.ip().is_loopback(), "it listens on this machine alone");
    let lookalike = Lookalike::default();
    lookalike.feels(mood);
    let listener = TcpListener::bind(listen).await.with_context(|| listen.to_string())?;
    writeln!(stdout(), "listening on http://{}", listener.local_addr()?)?;
    axum::serve(listener, lookalike::pages(&lookalike)).await?;
    Ok(())
}
