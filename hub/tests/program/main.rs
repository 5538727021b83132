//! The program `hub` as others meet it: started in a folder of its own, asked over HTTP, stopped, killed, started again.

mod access;
mod bad_input;
mod durability;
mod feeds;
mod house;
mod http;
