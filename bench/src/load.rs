//! Many clients on one thread: each has a connection of its own and one request under way.
//!
//! The thread takes whichever answer is there and sends that connection's next request at once, so that the load costs
//! little of the machine that it shares with the server, and no client waits for another.

use std::{
    io::{Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream},
    os::fd::{AsFd as _, OwnedFd},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, Result, bail, ensure};
use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    net::{AddressFamily, SocketType, bind, connect, socket},
};

use crate::machine::CorePin;

/// Longest silence of all connections together before the load gives up.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// A connection that is kept, with the request that is under way on it.
struct LoadConnection {
    stream: TcpStream,
    buffer: Vec<u8>,
    under_way: Option<RequestUnderWay>,
}

/// A request that was sent.
struct RequestUnderWay {
    number: u64,
    sent: Instant,
}

/// An answer.
pub struct Reply<'a> {
    /// Of which request, counted from 0.
    pub number: u64,
    /// The HTTP status.
    pub status: u16,
    /// What the hub answered, whole.
    pub body: &'a [u8],
    /// From sending to the whole answer.
    pub took: Duration,
}

impl LoadConnection {
    fn on(stream: TcpStream) -> Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096), under_way: None })
    }

    fn send(&mut self, number: u64, request: &[u8]) -> Result<()> {
        self.under_way = Some(RequestUnderWay { number, sent: Instant::now() });
        Ok(self.stream.write_all(request)?)
    }

    /// Reads what is there; hands the answer over once it is whole.
    fn receive(&mut self, check: &mut impl FnMut(&Reply<'_>) -> Result<()>) -> Result<bool> {
        let mut part = [0; 64 * 1024];
        let count = self.stream.read(&mut part)?;
        if count == 0 && self.under_way.is_none() {
            // A hub gives up whoever says nothing for some seconds, as a client of an even load does that has no turn.
            let IpAddr::V4(own) = self.stream.local_addr()?.ip() else { bail!("a line of the newer addresses") };
            *self = Self::on(line_from(own, &self.stream.peer_addr()?.to_string())?)?;
            return Ok(false);
        }
        ensure!(count > 0, "the server has closed the connection");
        self.buffer.extend_from_slice(&part[..count]);
        let Some((status, body, end)) = parsed(&self.buffer)? else { return Ok(false) };
        let RequestUnderWay { number, sent } = self.under_way.take().context("an answer to nothing")?;
        check(&Reply { number, status, body: &self.buffer[body..end], took: sent.elapsed() })?;
        self.buffer.drain(..end);
        Ok(true)
    }
}

/// A whole answer at the start of the bytes: its status, where its body begins, and where it ends.
fn parsed(bytes: &[u8]) -> Result<Option<(u16, usize, usize)>> {
    let Some(head_end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&bytes[..head_end])?;
    let status = head.get(9..12).context("no status")?.parse()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
    });
    let Some(length) = length else { bail!("an answer without a length: {head}") };
    let body = head_end + 4;
    Ok((bytes.len() >= body + length).then_some((status, body, body + length)))
}

/// A line from an address of this machine's own network, e.g. 127.0.2.7: to the server that is another network.
pub fn line_from(own: Ipv4Addr, to: &str) -> Result<TcpStream> {
    let line: OwnedFd = socket(AddressFamily::INET, SocketType::STREAM, None)?;
    bind(&line, &SocketAddr::from((own, 0)))?;
    let to: SocketAddr = to.parse()?;
    connect(&line, &to)?;
    Ok(TcpStream::from(line))
}

/// The bytes of a POST with JSON.
pub fn post(path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = head("POST", path, headers);
    head.push_str(&format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n", body.len()));
    [head.as_bytes(), body].concat()
}

/// The bytes of a GET.
pub fn get(path: &str, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = head("GET", path, headers);
    head.push_str("\r\n");
    head.into_bytes()
}

fn head(method: &str, path: &str, headers: &[(&str, &str)]) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: bench\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head
}

/// What comes next on a free connection.
pub enum LoadStep {
    /// This request.
    Send(Vec<u8>),
    /// Nothing before this long.
    Wait(Duration),
    /// Nothing more.
    Over,
}

/// Requests at an even rate, whatever the answers to those before are doing.
pub fn paced(began: Instant, number: u64, per_second: f64, request: impl FnOnce() -> Vec<u8>) -> LoadStep {
    #[expect(clippy::cast_precision_loss, reason = "a count of seconds")]
    let due = Duration::from_secs_f64(number as f64 / per_second);
    match due.checked_sub(began.elapsed()).filter(|wait| !wait.is_zero()) {
        Some(wait) => LoadStep::Wait(wait),
        None => LoadStep::Send(request()),
    }
}

/// How much was done.
#[derive(Debug, Clone, Copy)]
pub struct LoadTotal {
    /// So many requests were answered.
    pub answers: u64,
    /// From the first request to the last answer.
    pub lasted: Duration,
}

impl LoadTotal {
    /// So many of them a second.
    pub fn rate_of(&self, count: u64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
        let count = count as f64;
        count / self.lasted.as_secs_f64()
    }

    /// Answers a second.
    pub fn rate(&self) -> f64 {
        self.rate_of(self.answers)
    }
}

/// Asks with `clients` connections for so long, or until `next` has nothing more.
///
/// `next` makes the request of a number; `check` looks at each answer.
pub fn run(
    address: &str,
    clients: usize,
    time: Duration,
    next: impl FnMut(u64) -> LoadStep,
    check: impl FnMut(&Reply<'_>) -> Result<()>,
) -> Result<LoadTotal> {
    let lines = (0..clients).map(|_| Ok(TcpStream::connect(address)?)).collect::<Result<Vec<_>>>()?;
    run_on(lines, time, next, check)
}

/// The same on lines that are open.
pub fn run_on(
    lines: Vec<TcpStream>,
    time: Duration,
    mut next: impl FnMut(u64) -> LoadStep,
    mut check: impl FnMut(&Reply<'_>) -> Result<()>,
) -> Result<LoadTotal> {
    let mut connections = lines.into_iter().map(LoadConnection::on).collect::<Result<Vec<_>>>()?;
    let _pinned = CorePin::here();
    let (mut sent, mut answers, mut next_line) = (0, 0, 0);
    let mut over = false;
    let began = Instant::now();
    loop {
        let mut pause = SILENCE_MAX;
        // Each line in turn: else the first would carry everything that is answered at once, and pay for all of it.
        connections.rotate_left(next_line);
        next_line = 0;
        for (at, connection) in connections.iter_mut().enumerate().filter(|(_, one)| one.under_way.is_none()) {
            over |= began.elapsed() >= time;
            if over {
                break;
            }
            match next(sent) {
                LoadStep::Send(request) => {
                    connection.send(sent, &request)?;
                    sent += 1;
                    next_line = at + 1;
                }
                LoadStep::Wait(wait) => {
                    pause = wait;
                    break;
                }
                LoadStep::Over => over = true,
            }
        }
        let busy = connections.iter().any(|connection| connection.under_way.is_some());
        if over && !busy {
            return Ok(LoadTotal { answers, lasted: began.elapsed() });
        }
        if !busy {
            std::thread::sleep(pause.min(Duration::from_millis(1)));
            continue;
        }
        let ready = ready(&connections, pause)?;
        ensure!(!ready.is_empty() || pause < SILENCE_MAX, "no answer within {} s", SILENCE_MAX.as_secs());
        for at in ready {
            let connection = connections.get_mut(at).context("a connection")?;
            answers += u64::from(connection.receive(&mut check)?);
        }
    }
}

/// The connections on which something has come, waiting for it no longer than `most`.
fn ready(connections: &[LoadConnection], most: Duration) -> Result<Vec<usize>> {
    let mut polled: Vec<PollFd<'_>> =
        connections.iter().map(|one| PollFd::from_borrowed_fd(one.stream.as_fd(), PollFlags::IN)).collect();
    let most = Timespec { tv_sec: i64::try_from(most.as_secs())?, tv_nsec: most.subsec_nanos().into() };
    poll(&mut polled, Some(&most))?;
    let ready = polled.iter().enumerate().filter(|(_, one)| !one.revents().is_empty());
    Ok(ready.map(|(at, _)| at).collect())
}

/// A name for a command, as devices draw them: the time first, so that names drawn together are kept together.
pub fn drawn_name() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let millis = u64::try_from(since.as_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid().to_string()
}
