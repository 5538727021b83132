//! Lines to servers that stories start: their ports, and how they are encrypted.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use anyhow::Result;

/// A port that nobody listens on.
///
/// # Errors
/// When the machine has none left.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// A cable to a server of this machine, which can be pulled out, and put in again.
pub struct Cable {
    port: u16,
    /// What goes through it now; nothing while it is pulled out.
    through: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl Cable {
    /// A cable to a port.
    ///
    /// # Errors
    /// When the machine has no port left.
    pub fn to(server: u16) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let through = Arc::new(Mutex::new(Some(Vec::new())));
        let cable = Self { port, through: Arc::clone(&through) };
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let mut held = through.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(held) = held.as_mut() else { continue };
                let Ok(far) = TcpStream::connect(("127.0.0.1", server)) else { continue };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else { continue };
                    thread::spawn(move || carry(from, to));
                }
                held.extend([near, far]);
            }
        });
        Ok(cable)
    }

    /// The port at its near end.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Pulls it out: whatever goes through it breaks off, and nothing new comes through.
    pub fn pull_out(&self) {
        let held = self.through.lock().unwrap_or_else(PoisonError::into_inner).take();
        for stream in held.into_iter().flatten() {
            // One that has ended by itself needs no end.
            drop(stream.shutdown(Shutdown::Both));
        }
    }

    /// Puts it in again.
    pub fn put_in(&self) {
        self.through.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default();
    }
}

/// Carries bytes until one of the ends is gone.
fn carry(mut from: TcpStream, mut to: TcpStream) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(read) = from.read(&mut bytes)
        && read > 0
        && to.write_all(&bytes[..read]).is_ok()
    {}
    drop(to.shutdown(Shutdown::Both));
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
