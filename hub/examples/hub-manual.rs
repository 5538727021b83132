//! Writes the manual pages and completions of `seira-hub` into a folder, for its package.

use std::{env, io};

use clap_complete::{Shell, generate_to};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).unwrap_or_else(|| ".".into());
    let name = "seira-hub";
    let mut command = hub::command().name(name).bin_name(name);
    clap_mangen::generate_to(command.clone(), &folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        generate_to(shell, &mut command, name, &folder)?;
    }
    Ok(())
}
