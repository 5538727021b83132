//! The program `hub`.

use std::process::ExitCode;

fn main() -> ExitCode {
    hub::run()
}
