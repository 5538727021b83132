//! Lines to servers that stories start: their ports, and how they are encrypted.

use std::net::TcpListener;

use anyhow::Result;

/// A port that nobody listens on.
///
/// # Errors
/// When the machine has none left.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// How a line to a mail server comes to be encrypted, as the hub's configuration names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// It begins in the clear (port 587).
    Starttls,
    /// It is encrypted from its first byte (port 465).
    Implicit,
}

impl std::fmt::Display for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Starttls => "starttls",
            Self::Implicit => "tls",
        })
    }
}
