//! The stories: what people and devices live through, with the real programs. One binary, so that it is linked once.

mod nobody_twice;
mod power_cut;
mod same_command;
