//! The look-alike as a program: for stories and the demo.

use std::{
    fs,
    io::{Write, stdout},
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::Parser;
use lookalike::{CLIENT, Lookalike, Mood, PROTOCOL_TOKEN, RECORDS_TOKEN, REGISTER_TOKEN, SECRET};
use tokio::net::TcpListener;

/// Plays TAXISnet, the register of staff, a protocol system and a register of citizens' records.
#[derive(Parser)]
#[command(version)]
struct LookalikeArguments {
    /// Where it listens; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// How it is; `POST /lookalike/mood` changes it.
    #[arg(long, default_value = "well")]
    mood: String,
    /// The folder of a hub, into which it writes its secrets, in `sign-in.toml` what stands in `hub.toml` for it, and in
    /// `protocol.toml` and `records.toml` what stands in `body.toml`.
    #[arg(long)]
    beside: Option<PathBuf>,
}

/// What a hub in this folder has to know.
fn introduce(folder: &Path, at: SocketAddr) -> anyhow::Result<()> {
    let oauth = format!("http://{at}/oauth2server");
    let section = format!(
        "\n[taxisnet]\nauthorize_url = \"{oauth}/oauth/authorize\"\ntoken_url = \"{oauth}/oauth/token\"\nuserinfo_url = \
         \"{oauth}/userinfo?format=xml\"\nlogout_url = \"{oauth}/logout/{{client}}/?url={{back}}\"\nclient_id = \
         \"{CLIENT}\"\nsecret_file = \"taxisnet-secret\"\ntimeout_seconds = 5\n\n[staff_register]\nurl = \
         \"http://{at}/register\"\nsecret_file = \"register-token\"\nunit = \"ΚΕΠ\"\nreason = \"ΥΑ 1/2026\"\n"
    );
    let protocol = format!(
        "[protocol]\nurl = \"http://{at}/protocol\"\nsecret_file = \"protocol-token\"\nunit = \"Πρωτόκολλο\"\nreason = \"Ν. \
         2690/1999\"\ntimeout_seconds = 5\n"
    );
    let records = format!(
        "[records]\nurl = \"http://{at}/records\"\nsecret_file = \"records-token\"\nunit = \"Δήμος Αγίου Νικολάου\"\nreason = \
         \"Απόφαση 12/2026\"\ntimeout_seconds = 5\n"
    );
    for (name, text) in [
        ("taxisnet-secret", SECRET),
        ("register-token", REGISTER_TOKEN),
        ("protocol-token", PROTOCOL_TOKEN),
        ("records-token", RECORDS_TOKEN),
        ("sign-in.toml", section.as_str()),
        ("protocol.toml", protocol.as_str()),
        ("records.toml", records.as_str()),
    ] {
        let file = folder.join(name);
        fs::write(&file, text).with_context(|| file.display().to_string())?;
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let LookalikeArguments { listen, mood, beside } = LookalikeArguments::parse();
    let mood: Mood = mood.parse().ok().with_context(|| format!("there is no mood \"{mood}\""))?;
    // What it takes for passwords is not asked of anybody but who sits before it.
    anyhow::ensure!(listen.ip().is_loopback(), "it listens on this machine alone");
    let lookalike = Lookalike::default();
    lookalike.feels(mood);
    let listener = TcpListener::bind(listen).await.with_context(|| listen.to_string())?;
    let at = listener.local_addr()?;
    beside.iter().try_for_each(|folder| introduce(folder, at))?;
    writeln!(stdout(), "listening on http://{at}")?;
    axum::serve(listener, lookalike::pages(&lookalike)).await?;
    Ok(())
}
