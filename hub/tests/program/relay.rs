//! A cable that a test pulls: what comes in at one end goes to wherever the other end stands now, unless it is pulled.

use std::{
    io,
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

pub struct Cable {
    /// Where one plugs in.
    pub address: String,
    to: Arc<Mutex<String>>,
    is_pulled: Arc<AtomicBool>,
    lines: Arc<Mutex<Vec<TcpStream>>>,
}

impl Cable {
    pub fn to(address: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let cable = Self {
            address: listener.local_addr().unwrap().to_string(),
            to: Arc::new(Mutex::new(address.to_owned())),
            is_pulled: Arc::default(),
            lines: Arc::default(),
        };
        let (to, is_pulled, lines) = (Arc::clone(&cable.to), Arc::clone(&cable.is_pulled), Arc::clone(&cable.lines));
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let address = to.lock().unwrap().clone();
                // Whoever comes to a cable that leads nowhere is hung up on.
                let Some(far) = Some(())
                    .filter(|()| !is_pulled.load(Ordering::Relaxed))
                    .and_then(|()| TcpStream::connect(address).ok())
                else {
                    continue;
                };
                let mut lines = lines.lock().unwrap();
                lines.retain(|line| line.peer_addr().is_ok());
                lines.extend([near.try_clone().unwrap(), far.try_clone().unwrap()]);
                let (near_2, far_2) = (near.try_clone().unwrap(), far.try_clone().unwrap());
                thread::spawn(move || carry(near, far));
                thread::spawn(move || carry(far_2, near_2));
            }
        });
        cable
    }

    /// The other end stands elsewhere from now on.
    pub fn lead_to(&self, address: &str) {
        address.clone_into(&mut self.to.lock().unwrap());
        self.cut();
    }

    /// Ends every line that runs through it.
    pub fn cut(&self) {
        for line in self.lines.lock().unwrap().drain(..) {
            let _ = line.shutdown(Shutdown::Both);
        }
    }

    pub fn pull(&self) {
        self.is_pulled.store(true, Ordering::Relaxed);
        self.cut();
    }

    pub fn plug_in(&self) {
        self.is_pulled.store(false, Ordering::Relaxed);
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
    let _ = from.shutdown(Shutdown::Both);
}
