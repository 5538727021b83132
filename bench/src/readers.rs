//! Many readers of a feed on one thread, each message with the instant at which it came.

use std::{
    io::Write as _,
    net::TcpStream,
    os::fd::AsFd as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::Instant,
};

use anyhow::{Context, Result, anyhow, ensure};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use wire::BoardView;

/// How long the thread waits for something to read before it looks whether it should end.
const LOOK_AROUND: Timespec = Timespec { tv_sec: 0, tv_nsec: 50_000_000 };

/// A view that came to a reader.
pub struct ViewArrival {
    /// The reader's number, counted from 0.
    pub reader: usize,
    /// The moment at which it was there whole.
    pub at: Instant,
    /// Id of the newest call on it.
    pub newest_call: u64,
}

/// A message as it was read.
struct Came {
    reader: usize,
    at: Instant,
    message: Vec<u8>,
}

/// Readers that read until they are dropped.
pub struct ViewReaders {
    arrivals: mpsc::Receiver<Came>,
    over: Arc<AtomicBool>,
    work: Option<JoinHandle<()>>,
}

impl ViewReaders {
    /// Opens a feed for each path, and reads what comes.
    pub fn open(address: &str, token: &str, paths: &[String]) -> Result<Self> {
        Self::start(address, token, paths, true)
    }

    /// The same, but what comes is taken off the line and not looked at: while a load runs, its core is the load's.
    pub fn open_unread(address: &str, token: &str, paths: &[String]) -> Result<Self> {
        Self::start(address, token, paths, false)
    }

    fn start(address: &str, token: &str, paths: &[String], looks: bool) -> Result<Self> {
        let lines = paths.iter().map(|path| ReaderLine::open(address, token, path)).collect::<Result<Vec<_>>>()?;
        let over = Arc::new(AtomicBool::new(false));
        let (sender, arrivals) = mpsc::channel();
        let ended = Arc::clone(&over);
        let work = thread::spawn(move || {
            let _pinned = crate::machine::CorePin::here();
            if let Err(error) = read_all(lines, &sender, &ended, looks) {
                eprintln!("the readers of the feed fell over: {error:#}");
            }
        });
        Ok(Self { arrivals, over, work: Some(work) })
    }

    /// The next view that came to any of them. It is looked at here, and not where it is read: that would make the
    /// views behind it look late.
    pub fn next(&self) -> Result<ViewArrival> {
        loop {
            let came = self.arrivals.recv_timeout(std::time::Duration::from_secs(20));
            let Came { reader, at, message } = came.context("no view came to a reader")?;
            let message = String::from_utf8_lossy(&message);
            if message.contains("event: view") {
                let data =
                    message.lines().find_map(|line| line.strip_prefix("data:")).context("a view without data")?;
                let view: BoardView = serde_json::from_str(data.trim_start())?;
                let newest_call = view.calls.iter().map(|call| call.id).max().unwrap_or(0);
                return Ok(ViewArrival { reader, at, newest_call });
            }
        }
    }
}

impl Drop for ViewReaders {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
        if let Some(work) = self.work.take() {
            // A reader that fell over has said so.
            let _ = work.join();
        }
    }
}

/// One reader's connection.
struct ReaderLine {
    stream: TcpStream,
    text: Vec<u8>,
}

impl ReaderLine {
    fn open(address: &str, token: &str, path: &str) -> Result<Self> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer {token}\r\naccept: text/event-stream\r\n\r\n"
        );
        stream.write_all(request.as_bytes())?;
        Ok(Self { stream, text: Vec::new() })
    }

    /// Takes the next whole message out of what was read.
    fn message(&mut self) -> Option<Vec<u8>> {
        let end = self.text.windows(2).position(|pair| pair == b"\n\n")?;
        Some(self.text.drain(..end + 2).collect())
    }
}

fn read_all(mut lines: Vec<ReaderLine>, sender: &mpsc::Sender<Came>, over: &AtomicBool, looks: bool) -> Result<()> {
    let mut part = vec![0; 64 * 1024];
    while !over.load(Ordering::Relaxed) {
        let ready = ready(&lines)?;
        // First every byte with its instant, then the messages: taking one out must not make the next look late.
        let mut read = Vec::with_capacity(ready.len());
        for at in ready {
            let line = lines.get_mut(at).context("a reader")?;
            let count = std::io::Read::read(&mut line.stream, &mut part)?;
            ensure!(count > 0, "the hub has closed a feed: {}", String::from_utf8_lossy(&line.text));
            if looks {
                line.text.extend_from_slice(&part[..count]);
                read.push((at, Instant::now()));
            }
        }
        for (reader, at) in read {
            let line = lines.get_mut(reader).ok_or_else(|| anyhow!("a reader"))?;
            while let Some(message) = line.message() {
                // Nobody listens while only the load counts.
                let _ = sender.send(Came { reader, at, message });
            }
        }
    }
    Ok(())
}

fn ready(lines: &[ReaderLine]) -> Result<Vec<usize>> {
    let mut polled: Vec<PollFd<'_>> =
        lines.iter().map(|line| PollFd::from_borrowed_fd(line.stream.as_fd(), PollFlags::IN)).collect();
    poll(&mut polled, Some(&LOOK_AROUND))?;
    let ready = polled.iter().enumerate().filter(|(_, line)| !line.revents().is_empty());
    Ok(ready.map(|(at, _)| at).collect())
}
