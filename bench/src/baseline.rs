//! What the machine itself can do, so that the hub's figures can be judged: a sync, bare commits, an empty route.

use std::{
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Result;
use axum::{Router, routing::post};
use rusqlite::{Connection, params};

use crate::{load, numbers::percentile};

const SYNCS: usize = 300;
const ROWS_PER_COMMIT: u64 = 64;
const ROW_BYTES: usize = 300;

/// Median time of writing a page and syncing it, in milliseconds.
pub fn fsync_ms_p50(folder: &Path) -> Result<f64> {
    let mut file = File::create(folder.join("synced"))?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let began = Instant::now();
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(percentile(&mut times, 0.5))
}

/// Rows per second that SQLite alone takes, in synced commits of 64 rows as large as an event's.
pub fn sqlite_group_commit_rows_per_s(folder: &Path, time: Duration) -> Result<f64> {
    let mut connection = Connection::open(folder.join("rows.db"))?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.execute("CREATE TABLE row (seq INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT", [])?;
    let body = vec![42_u8; ROW_BYTES];
    let (began, mut rows) = (Instant::now(), 0);
    while began.elapsed() < time {
        let transaction = connection.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO row (seq, body) VALUES (?1, ?2)")?;
            for _ in 0..ROWS_PER_COMMIT {
                rows += 1;
                insert.execute(params![rows, body])?;
            }
        }
        transaction.commit()?;
    }
    Ok(f64::from(u32::try_from(rows)?) / began.elapsed().as_secs_f64())
}

/// A server with one empty POST route, on a thread of its own; its address.
pub fn start_empty_server() -> Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?.to_string();
    std::thread::spawn(move || -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            let router = Router::new().route("/", post(|body: axum::body::Bytes| async move { drop(body) }));
            Ok(axum::serve(listener, router).await?)
        })
    });
    Ok(address)
}

/// Answers per second of the empty route, with the same client as the hub's.
pub fn empty_post_per_s(address: &str, clients: usize, time: Duration) -> Result<f64> {
    let request =
        load::post("/", &[("authorization", "Bearer 0123456789abcdef0123456789abcdef")], b"{\"service\":\"none\"}");
    let done = load::run(
        address,
        clients,
        time,
        |_| load::LoadStep::Send(request.clone()),
        |reply| {
            anyhow::ensure!(reply.status == 200, "the empty route answers {}", reply.status);
            Ok(())
        },
    )?;
    Ok(done.rate())
}
