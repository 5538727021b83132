//! Plays a serial ticket printer.
fn main() {}
