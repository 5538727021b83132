//! Writes the manual pages and completions of `seira-desk` into a folder, for its package.

use std::{env, io};

use clap_complete::{Shell, generate_to};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).unwrap_or_else(|| ".".into());
    let name = "seira-desk";
    let mut command = desk::command().name(name).bin_name(name);
    clap_mangen::generate_to(command.clone(), &folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut command, name, &folder)?;
    }
    Ok(())
}
