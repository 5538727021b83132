//! Chaos for as long as somebody wishes: the tests' own story of everything that breaks, and its report.

use anyhow::Result;

use crate::{
    cargo::{cargo, root, run},
    packages::Purpose,
    setup,
};

/// `cargo xtask soak`: the report is written once everything held.
pub fn soak(minutes: u32) -> Result<()> {
    setup::run(&[Purpose::Build, Purpose::Test])?;
    // Of the whole workspace, as everything else is built: a crate alone has other features.
    let mut story = cargo(&["test", "--workspace", "--locked", "--test", "program"])?;
    story.args(["soak::", "--", "--nocapture"]);
    story.env("SEIRA_SOAK_MINUTES", minutes.to_string()).env("SEIRA_SOAK_REPORT", root()?.join("docs/soak.md"));
    run(&mut story)
}
