//! A line between a device and its hub that can be cut, mended, and made deaf: then what is asked goes through, and no answer
//! comes back.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU8, Ordering},
    },
    thread,
};

use anyhow::{Context, Result};

/// How the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum LineState {
    /// It carries both ways.
    Whole = 0,
    /// Nothing goes through, and whoever calls is hung up on.
    Cut = 1,
    /// What is asked goes through; no answer comes back.
    Deaf = 2,
}

/// A line to a hub.
pub struct CutLine {
    address: SocketAddr,
    state: Arc<AtomicU8>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl CutLine {
    /// A line to the hub at this address, e.g. `http://127.0.0.1:8080`.
    ///
    /// # Errors
    /// When no port is left.
    pub fn to(hub: &str) -> Result<Self> {
        let hub = hub.strip_prefix("http://").context("a plain line")?.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let line = Self { address, state: Arc::new(AtomicU8::new(LineState::Whole as u8)), open: Arc::default() };
        let (state, open) = (Arc::clone(&line.state), Arc::clone(&line.open));
        thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                if state.load(Ordering::SeqCst) == LineState::Cut as u8 {
                    continue;
                }
                // A hub that is down takes no call.
                let Ok(called) = TcpStream::connect(&hub) else { continue };
                let _ = carry(&caller, &called, &state, &open);
            }
        });
        Ok(line)
    }

    /// What the device takes for its hub's address.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes how the line is; one that is cut hangs up on everybody.
    pub fn turn(&self, state: LineState) {
        self.state.store(state as u8, Ordering::SeqCst);
        if state == LineState::Cut {
            for stream in self.open.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
    }
}

/// Carries both ways until one end hangs up.
fn carry(
    caller: &TcpStream,
    called: &TcpStream,
    state: &Arc<AtomicU8>,
    open: &Arc<Mutex<Vec<TcpStream>>>,
) -> Result<()> {
    let ends = [caller.try_clone()?, called.try_clone()?];
    open.lock().unwrap_or_else(PoisonError::into_inner).extend(ends);
    pass_on(caller.try_clone()?, called.try_clone()?, Arc::clone(state), LineState::Cut);
    pass_on(called.try_clone()?, caller.try_clone()?, Arc::clone(state), LineState::Deaf);
    Ok(())
}

/// One way; from `silent_from` on nothing of it arrives.
fn pass_on(mut from: TcpStream, mut to: TcpStream, state: Arc<AtomicU8>, silent_from: LineState) {
    thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(count) = from.read(&mut part) {
            let is_silent = match silent_from {
                LineState::Deaf => state.load(Ordering::SeqCst) != LineState::Whole as u8,
                LineState::Cut | LineState::Whole => state.load(Ordering::SeqCst) == LineState::Cut as u8,
            };
            if count == 0 || (!is_silent && to.write_all(&part[..count]).is_err()) {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}
