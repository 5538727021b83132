//! TAXISnet's look-alike beside a hub: a program of its own, with a sign-in page and a cookie of its own. It plays the body's
//! register of records too.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::{
    hub::Hub,
    process::{Process, program},
};

/// What opens each of its people's accounts.
pub const PASSWORD: &str = "kodikos";

/// The look-alike.
pub struct TaxisnetLookalike {
    _process: Process,
    base: String,
}

impl TaxisnetLookalike {
    /// Starts it, and has a hub know it that does not run yet; as the body's protocol system too, which gives the official numbers.
    ///
    /// # Errors
    /// When it does not start.
    pub fn with_protocol(hub: &Hub) -> Result<Self> {
        let lookalike = Self::beside(hub)?;
        let (body, folder) = (hub.folder().join("body.toml"), hub.folder());
        let (known, protocol) = (fs::read_to_string(&body)?, fs::read_to_string(folder.join("protocol.toml"))?);
        let told = known.replacen("[protocol]\n", &protocol, 1);
        ensure!(told != known, "the sample of a body has a section for its protocol");
        fs::write(&body, told)?;
        Ok(lookalike)
    }

    /// Starts it, and has a hub know it that does not run yet.
    ///
    /// # Errors
    /// When it does not start.
    pub fn beside(hub: &Hub) -> Result<Self> {
        let folder = hub.folder();
        let mut command = program("lookalike")?;
        command.arg("--beside").arg(folder);
        let (process, said) = Process::start("lookalike", &mut command, &folder.join("lookalike.log"))?;
        let base = said.trim().strip_prefix("listening on ").context("it says where it listens")?.to_owned();
        let section = fs::read_to_string(folder.join("sign-in.toml"))?;
        hub.configure(|text| text + &section)?;
        let (body, records) = (folder.join("body.toml"), fs::read_to_string(folder.join("records.toml"))?);
        fs::write(&body, fs::read_to_string(&body)? + "\n" + &records)?;
        Ok(Self { _process: process, base })
    }

    /// Where it is.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// How it is from now on, by the name of a mood.
    ///
    /// # Errors
    /// When it has no such mood.
    pub fn feels(&self, mood: &str) -> Result<()> {
        let answer = ureq::post(format!("{}/lookalike/mood", self.base)).send(mood)?;
        ensure!(answer.status() == 204, "there is no mood {mood}");
        Ok(())
    }
}
