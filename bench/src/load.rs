//! Many clients on one thread: each has a connection of its own and one request under way.
//!
//! The thread reads the connections in turn and sends the next request at once, so that the load costs little of the
//! machine that it shares with the server.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What of an answer is looked at.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
}

impl Connection {
    /// Connects to `127.0.0.1:PORT`.
    pub fn open(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096) })
    }

    /// Sends the bytes of a request.
    pub fn send(&mut self, request: &[u8]) -> Result<()> {
        Ok(self.stream.write_all(request)?)
    }

    /// Reads the answer to the oldest request.
    pub fn receive(&mut self) -> Result<Reply> {
        loop {
            if let Some((reply, length)) = parsed(&self.buffer)? {
                self.buffer.drain(..length);
                return Ok(reply);
            }
            self.read_more()?;
        }
    }

    /// Reads what is there into the buffer, and waits for something.
    fn read_more(&mut self) -> Result<()> {
        let mut part = [0; 8192];
        let count = self.stream.read(&mut part)?;
        ensure!(count > 0, "the server has closed the connection");
        self.buffer.extend_from_slice(&part[..count]);
        Ok(())
    }
}

/// A whole answer at the start of the bytes, and how long it is.
fn parsed(bytes: &[u8]) -> Result<Option<(Reply, usize)>> {
    let Some(head_end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&bytes[..head_end])?;
    let status = head.get(9..12).context("no status")?.parse()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let Some(length) = length else { bail!("an answer without a length: {head}") };
    let end = head_end + 4 + length;
    if bytes.len() < end {
        return Ok(None);
    }
    Ok(Some((Reply { status }, end)))
}

/// The bytes of a POST with JSON.
pub fn post(path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
    [head.as_bytes(), body].concat()
}

/// How many requests per second went well, with `clients` connections for so long.
///
/// `next` makes the request of a number; `check` looks at each answer.
pub fn run(
    address: &str,
    clients: usize,
    time: Duration,
    mut next: impl FnMut(u64) -> Vec<u8>,
    mut check: impl FnMut(&Reply) -> Result<()>,
) -> Result<(u64, Duration)> {
    let mut connections = (0..clients).map(|_| Connection::open(address)).collect::<Result<Vec<_>>>()?;
    let (mut sent, mut done) = (0, 0);
    let began = Instant::now();
    for connection in &mut connections {
        connection.send(&next(sent))?;
        sent += 1;
    }
    while began.elapsed() < time {
        for connection in &mut connections {
            check(&connection.receive()?)?;
            done += 1;
            connection.send(&next(sent))?;
            sent += 1;
        }
    }
    for connection in &mut connections {
        check(&connection.receive()?)?;
        done += 1;
    }
    Ok((done, began.elapsed()))
}
